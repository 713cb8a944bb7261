import path from 'node:path'
import {parseUnitName} from '../values/unit-names.ts'
import {isUnitName} from '../values/units.ts'
import type {FileFault} from './fault.ts'
import {findFiles, isFolder} from './find.ts'
import {topOfGlob} from './glob.ts'
import {statsOf} from './links.ts'
import {isBelowRoot, locate, realPath} from './locate.ts'
import type {FoundFiles, FoundFile} from './find.ts'
import {unitsOfRoot} from './root-units.ts'
import type {RootUnits} from './root-units.ts'
import type {RunView} from './search-path.ts'

/**
 * The files of a machine below a root that arguments stand for: files and folders, as elsewhere,
 * and names of units; all units when there are none.
 */
export function findInRoot(
  names: readonly string[],
  view: RunView & {readonly root: string},
): FoundFiles {
  const {cwd, root} = view
  if (!isFolder(path.resolve(cwd, root)))
    return {
      files: [],
      faults: [{path: root, message: 'No such folder'}],
      notes: [],
      skipped: new Map(),
    }
  const units = unitsOfRoot(root, view)
  return names.length === 0 ? allIn(units, root) : namedIn(units, names, {cwd, root})
}

function allIn(units: RootUnits, root: string): FoundFiles {
  const files = units.files.map((file): FoundFile => ({path: file, isNamed: false, isLink: false}))
  return {
    files,
    faults: files.length === 0 ? [{path: root, message: 'No units below this root'}] : [],
    notes: [],
    skipped: new Map(),
  }
}

/** What names stand for: units, or else files and folders that are looked for below the root. */
function namedIn(
  units: RootUnits,
  names: readonly string[],
  {cwd, root}: {readonly cwd: string; readonly root: string},
): FoundFiles {
  const found = new Map(names.map((name) => [name, units.of(asService(name))]))
  const masked = names.filter((name) => found.get(name) === 'masked')
  const unfound = names.filter((name) => found.get(name)?.length === 0)
  const files = [...found].flatMap(([name, its]) =>
    its === 'masked' ? [] : its.map((file) => foundAs(file, asService(name))),
  )
  const others = unfound.map((name) => inside(name, {cwd, root}))
  const astray = others.flatMap((other) => (typeof other === 'string' ? [] : [other]))
  const rest = findFiles(
    others.filter((other) => typeof other === 'string'),
    cwd,
    {takesIgnored: true},
  )
  const faults = [
    ...masked.map((name) => ({path: name, message: 'Masked'})),
    ...astray,
    ...rest.faults,
  ]
  return {files: [...files, ...rest.files], faults, notes: rest.notes, skipped: rest.skipped}
}

/**
 * A name with the suffix of a service where it has none of a unit, as systemctl(1) has it; a path
 * as it is.
 */
function asService(name: string): string {
  return isUnitName(name) || !isUnitName(`${name}.service`) ? name : `${name}.service`
}

/** A file of a unit of that name: a template stands for the instance that was named. */
function foundAs(file: string, name: string): FoundFile {
  const {prefix, instance, suffix} = parseUnitName(name)
  const isTemplate = instance !== '' && path.basename(file) === `${prefix}@.${suffix}`
  return {path: file, isNamed: true, isLink: false, ...(isTemplate ? {as: name} : {})}
}

/**
 * A name below the root as it leads to the same on this machine; a glob only where it does so by
 * itself. Other names as they are.
 */
function inside(
  name: string,
  {cwd, root}: {readonly cwd: string; readonly root: string},
): string | FileFault {
  if (!isBelowRoot(name, {cwd, root})) return name
  const top = statsOf(path.resolve(cwd, name)) ? undefined : topOfGlob(name)
  const found = locate(top ?? name, {cwd, root})
  if ('fault' in found) return {path: name, message: found.fault}
  if (found.isNew) return {path: name, message: 'No such file or folder'}
  if (found.path === realPath(path.resolve(cwd, top ?? name))) return name
  if (top !== undefined)
    return {
      path: name,
      message: 'A link leads elsewhere on this machine, expected a glob without it',
    }
  return path.join(root, path.relative(realPath(path.resolve(cwd, root)), found.path))
}
