import {lstatSync} from 'node:fs'
import path from 'node:path'
import {dropInName} from '../engine/drop-in-text.ts'
import {reasonOfFile} from '../files/fault.ts'
import {readText} from '../files/read.ts'
import {pastable} from '../reporters/printable.ts'
import type {Source, Units, UnitSources} from './units.ts'

/** Where the drop-ins of fixes go. */
export interface DropInPlace {
  readonly cwd: string
  /** The root of a machine's files: there it is the administrator's folder, whoever the unit is from. Else it is beside the unit. */
  readonly root: string | undefined
}

/**
 * Let all fixes of units go to a drop-in of each, which joins its files: as it is, or empty where it is not there yet.
 *
 * A unit is not fixed whose drop-in cannot be read, nor a drop-in whose unit is not in sight: of a list that it takes back nobody knows the rest.
 */
export function intoDropIns({units, faults, notes}: Units, place: DropInPlace): Units {
  const found = new Set(faults)
  return {units: units.map((unit) => withDropIn(unit, place, found)), faults: found, notes}
}

function withDropIn(unit: UnitSources, place: DropInPlace, faults: Set<string>): UnitSources {
  const {options, identity} = unit
  const [main, ...dropIns] = unit.files
  if (identity.role === 'drop-in')
    return {...unit, options: path.basename(main.path) === dropInName ? {...options, into: main.path} : {...options, fix: undefined}}
  const into = path.join(folderOf(unit, place), dropInName)
  const isInto = (source: Source): boolean => path.resolve(place.cwd, source.path) === path.resolve(place.cwd, into)
  const known = dropIns.find(isInto)
  const text = known ? known.text : textAt(into, place.cwd)
  if (typeof text !== 'string') {
    faults.add(`${pastable(into)}: ${text.fault}`)
    return {...unit, options: {...options, fix: undefined}}
  }
  // One of the same name that is read now will not be read any more: what it says is taken over.
  const hidden = dropIns.find((source) => path.basename(source.path) === dropInName && source !== known)
  const source: Source = {path: known?.path ?? into, text: text === '' ? (hidden?.text ?? '') : text, isShared: false, isAsked: true}
  const others = dropIns.filter((dropIn) => dropIn !== known && dropIn !== hidden)
  const before = others.filter((dropIn) => path.basename(dropIn.path) < dropInName)
  return {...unit, files: [main, ...before, source, ...others.slice(before.length)], options: {...options, into: source.path}}
}

function folderOf({files: [main], identity, options}: UnitSources, {root}: DropInPlace): string {
  return root === undefined ? `${main.path}.d` : path.join(root, 'etc/systemd', options.manager, `${identity.name}.d`)
}

/** Empty where there is no file. */
function textAt(file: string, cwd: string): string | {readonly fault: string} {
  const absolute = path.resolve(cwd, file)
  try {
    if (!lstatSync(absolute, {throwIfNoEntry: false})) return ''
  } catch (error) {
    const isInFile = error instanceof Error && 'code' in error && error.code === 'ENOTDIR'
    return {fault: isInFile ? 'Expected a folder to put it in, found a file' : reasonOfFile(error)}
  }
  const read = readText(absolute)
  return 'text' in read ? read.text : read
}
