import {lstatSync} from 'node:fs'
import path from 'node:path'
import {isBelow, realPath} from '../../files/locate.ts'
import type {Changes} from '../../files/git.ts'
import {native} from '../../files/native.ts'
import type {UnitFiles} from '../../files/unit-files.ts'
import {amendingNames} from '../../machine/amendments.ts'
import {pastable} from '../../reporters/printable.ts'
import {unitOf} from '../../unit/load.ts'
import type {LintableUnit, ChosenUnits} from './lintable-unit.ts'

/**
 * The units of which a file has changed, drop-ins included, and those that a file has been taken
 * away from. Units outside of the repository are faults.
 */
export function changedUnits<Of extends LintableUnit>(
  units: readonly Of[],
  {top, files, folders}: Changes,
  cwd: string,
): Omit<ChosenUnits<Of>, 'notes'> {
  const placeOf = places(cwd)
  const linked = new Set([...files].flatMap((file) => targetOf(file)))
  const gone = new Set([...files].flatMap((file) => (isThere(file) ? [] : takenAway(file))))
  const isChanged = (place: string): boolean =>
    files.has(place) || linked.has(place) || folders.some((folder) => isBelow(place, folder))
  const chosen: Of[] = []
  const outside: string[] = []
  for (const candidate of units) {
    const {unit} = candidate
    const its = unit.files.map(({path: file}) => placeOf(file))
    const asked = unit.files.filter(
      ({isAsked}, index) => isAsked && !isBelow(its[index]?.[0] ?? '', top),
    )
    for (const {path: file} of asked) outside.push(file)
    if (its.flat().some(isChanged) || isTakenFrom(unit, its.flat(), gone)) chosen.push(candidate)
  }
  const [first] = outside
  const others = outside.length === 1 ? '' : `, and ${outside.length - 1} more`
  return {
    chosen,
    faults:
      first === undefined
        ? []
        : [`${pastable(first)}: Outside of the repository that --changed-since asks${others}`],
  }
}

/** Where a file is without links in its way, and, where it is a link itself, where that leads. */
function places(cwd: string): (file: string) => readonly string[] {
  const folders = new Map<string, string>()
  return (file) => {
    const absolute = path.resolve(cwd, file)
    const folder = path.dirname(absolute)
    const known = folders.get(folder) ?? realPath(folder)
    folders.set(folder, known)
    const place = path.join(known, path.basename(absolute))
    const end = realPath(place)
    return end === place ? [place] : [place, end]
  }
}

function targetOf(file: string): readonly string[] {
  const end = realPath(file)
  return end === file ? [] : [end]
}

function isThere(file: string): boolean {
  return lstatSync(native(file), {throwIfNoEntry: false}) !== undefined
}

/**
 * Of a file that is there no more: the folder of units that it was in, with the name of the units
 * that had it.
 */
function takenAway(file: string): readonly string[] {
  const identity = unitOf(file)
  if (!identity) return []
  const folder = path.dirname(file)
  return [
    `${searched(identity.role === 'drop-in' ? path.dirname(folder) : folder)}/${identity.name}`,
  ]
}

function isTakenFrom(
  {identity: {name, names = [name], type}}: UnitFiles,
  places: readonly string[],
  gone: ReadonlySet<string>,
): boolean {
  if (gone.size === 0) return false
  const folders = new Set(
    places
      .flatMap((place) => [path.dirname(place), path.dirname(path.dirname(place))])
      .map(searched),
  )
  const its = [type, ...names.flatMap((one) => [...amendingNames(one)])]
  return [...folders].some((folder) => its.some((one) => gone.has(`${folder}/${one}`)))
}

/**
 * A folder of units without which of systemd's it is: those of one machine and manager amend each
 * other.
 */
function searched(folder: string): string {
  return folder.replace(
    /\/(?:etc|run|(?:usr\/(?:local\/)?)?lib)\/systemd\/(system|user)(?:[.-]\w+)?$/,
    '/$1',
  )
}
