import {statSync} from 'node:fs'
import path from 'node:path'
import {findFiles} from './find.ts'
import type {Found, FoundFile} from './find.ts'
import {unitsOfRoot} from './sights.ts'
import type {View} from './sights.ts'

/** The files of a machine below a root that arguments stand for: files and folders, as elsewhere, and names of units; all units when there are none. */
export function findInRoot(names: readonly string[], view: View & {readonly root: string}): Found {
  const {cwd, root} = view
  if (!statSync(path.resolve(cwd, root), {throwIfNoEntry: false})?.isDirectory()) return {files: [], faults: [{path: root, message: 'No such folder'}]}
  const units = unitsOfRoot(root, view)
  if (names.length === 0) {
    const files = units.files.map((file): FoundFile => ({path: file, isNamed: false, isLink: false}))
    return {files, faults: files.length === 0 ? [{path: root, message: 'No units below this root'}] : []}
  }
  const found = new Map(names.map((name) => [name, units.of(name)]))
  const masked = names.filter((name) => found.get(name) === 'masked')
  const unfound = names.filter((name) => found.get(name)?.length === 0)
  const files = [...found.values()].flatMap((its) => (its === 'masked' ? [] : its)).map((file): FoundFile => ({path: file, isNamed: true, isLink: false}))
  const others = findFiles(unfound, cwd)
  return {files: [...files, ...others.files], faults: [...masked.map((name) => ({path: name, message: 'Masked'})), ...others.faults]}
}
