import {lstatSync} from 'node:fs'
import path from 'node:path'
import {dropInName} from '../../engine/write/drop-in.ts'
import type {DropInNotes} from '../../engine/write/notes.ts'
import {isIntact, openingOf} from '../seal.ts'
import {readText} from '../../files/read.ts'
import type {UnitsToLint, UnitSources} from '../units.ts'
import type {SourceText} from '../source.ts'
import {codeOf, reasonOfFile} from '../../files/fault.ts'
import {isBelowRoot, locate} from '../../files/locate.ts'
import type {Whereabouts} from '../../files/locate.ts'
import {native} from '../../files/native.ts'
import {foldersFor} from '../../files/sights.ts'
import {pastable} from '../../reporters/printable.ts'

/** Where units are, and the date that is written in drop-ins, in milliseconds since 1970. */
export interface DatedWhereabouts extends Whereabouts {
  readonly date: number
}

/**
 * Let all fixes of units go to a drop-in of each, which joins its files: as it is, or empty where
 * it is not there yet. Below a root it is in the administrator's folder, whoever the unit is from;
 * else it is beside the unit.
 *
 * A unit is not fixed whose drop-in cannot be read, nor a drop-in whose unit is not in sight: of a
 * list that it takes back nobody knows the rest.
 */
export function intoDropIns(
  {units, faults, ...rest}: UnitsToLint,
  where: DatedWhereabouts,
): UnitsToLint {
  const found = new Set(faults)
  return {units: units.map((unit) => withDropIn(unit, where, found)), faults: found, ...rest}
}

/**
 * The same, below a root, for the units of vendors alone: what the administrator has written is
 * fixed where it stands, what vendors have stays as it is.
 */
export function sparingVendors(
  {units, faults, ...rest}: UnitsToLint,
  where: DatedWhereabouts,
): UnitsToLint {
  const found = new Set(faults)
  const spared = units.map((unit): UnitSources => {
    const [main, ...dropIns] = unit.files
    if (isVendors(main.path, where)) return withDropIn(unit, where, found)
    return {
      ...unit,
      files: [
        main,
        ...dropIns.map((source) =>
          isVendors(source.path, where) ? {...source, isKept: true} : source,
        ),
      ],
    }
  })
  return {units: spared, faults: found, ...rest}
}

/**
 * Whether a file below a root is where packages put theirs (systemd.unit(5), "unit file load
 * path").
 */
function isVendors(file: string, {cwd, root = '/'}: Whereabouts): boolean {
  const way = path
    .relative(path.resolve(cwd, root), path.resolve(cwd, file))
    .split(path.sep)
    .join('/')
  return /^(?:usr\/(?:local\/)?)?(?:lib|share)\/systemd\//.test(way)
}

function withDropIn(unit: UnitSources, where: DatedWhereabouts, faults: Set<string>): UnitSources {
  const {options, identity} = unit
  const [main, ...dropIns] = unit.files
  if (identity.role === 'drop-in') return dropInAlone(unit, where)
  const into = dropInOf(unit, where)
  const place = placeOf(into, where)
  const known = dropIns.find((source) => placeOf(source.path, where) === place)
  // One of the same name that is read now will not be read any more: what it says is taken over.
  const hidden = dropIns.find(
    (source) => path.basename(source.path) === dropInName && source !== known,
  )
  const isInVain = hidden !== undefined && precedes(hidden.path, into, unit, where)
  const text = isInVain
    ? {fault: `Not fixed: \`${hidden.path}\` takes its place`}
    : known
      ? known.text
      : textAt(into, where)
  if (typeof text !== 'string') {
    faults.add(`${pastable(into)}: ${text.fault}`)
    return {...unit, options: {...options, fix: undefined}}
  }
  const source: SourceText = {
    path: known?.path ?? into,
    text: text === '' ? (hidden?.text ?? '') : text,
    mode: known?.mode,
    isShared: false,
    isAsked: true,
  }
  const others = dropIns.filter((dropIn) => dropIn !== known && dropIn !== hidden)
  const before = others.filter((dropIn) => path.basename(dropIn.path) < dropInName)
  return {
    ...unit,
    files: [main, ...before, source, ...others.slice(before.length)],
    options: {...options, into: source.path, notes: notesFor(source.text, unit, where)},
  }
}

/** A drop-in whose unit is not in sight takes fixes where it is the one that would. */
function dropInAlone(unit: UnitSources, where: DatedWhereabouts): UnitSources {
  const {options, files} = unit
  const [{path: file, text}] = files
  return path.basename(file) === dropInName
    ? {...unit, options: {...options, into: file, notes: notesFor(text, unit, where)}}
    : {...unit, options: {...options, fix: undefined}}
}

/** The drop-in that takes the fixes of a unit. */
export function dropInOf(unit: UnitSources, where: Whereabouts): string {
  return path.join(folderOf(unit, where), dropInName)
}

/** One that somebody has changed keeps its first line, which tells so. */
function notesFor(text: string, {options}: UnitSources, {date}: DatedWhereabouts): DropInNotes {
  const whys = new Map(options.rules.map(({rule}) => [rule.id, rule.why.replace(/\.$/, '')]))
  return {
    whyOf: (id) => whys.get(id),
    opening: text === '' || isIntact(text) === true ? openingOf(date) : undefined,
  }
}

function folderOf({files: [main], identity, options}: UnitSources, {root}: Whereabouts): string {
  return root === undefined
    ? `${main.path}.d`
    : path.join(root, 'etc/systemd', options.manager, `${identity.name}.d`)
}

/**
 * Whether systemd reads a drop-in in the place of another of its name (systemd.unit(5)): its folder
 * comes before, and is not for a whole type.
 */
function precedes(
  hidden: string,
  into: string,
  {files: [main], identity}: UnitSources,
  where: Whereabouts,
): boolean {
  if (path.basename(path.dirname(hidden)) === `${identity.type}.d`) return false
  const folders = foldersFor(main.path, where).map((folder) => placeOf(folder, where))
  const rank = (dropIn: string): number =>
    folders.indexOf(placeOf(path.dirname(path.dirname(dropIn)), where))
  return rank(hidden) >= 0 && rank(hidden) < rank(into)
}

/** What tells a path from others that lead elsewhere. */
function placeOf(file: string, where: Whereabouts): string {
  const found = locate(file, where)
  return 'fault' in found ? path.resolve(where.cwd, file) : found.path
}

/** Empty where there is no file. */
function textAt(file: string, where: Whereabouts): string | {readonly fault: string} {
  const found = locate(file, where)
  const absolute = 'fault' in found ? path.resolve(where.cwd, file) : found.path
  if ('fault' in found && isBelowRoot(file, where)) return found
  try {
    if (!lstatSync(native(absolute), {throwIfNoEntry: false})) return ''
  } catch (error) {
    return {
      fault:
        codeOf(error) === 'ENOTDIR'
          ? 'Expected a folder to put it in, found a file'
          : reasonOfFile(error),
    }
  }
  const read = readText(absolute)
  return 'text' in read ? read.text : read
}
