import {isQuadlet, quadletService} from '../facts/quadlet.ts'
import {newestVersion} from '../facts/targets.ts'
import {parse} from '../syntax/parse.ts'
import type {UnitTree} from '../syntax/tree.ts'
import type {Host} from '../unit/host.ts'
import {unitPath} from './unit-path.ts'
import type {FolderEntry, LocatedUnit} from './unit-folder.ts'

/** A file that was read. */
export interface SeenFile {
  readonly tree: UnitTree
  /** Its permission bits, where they are known. */
  readonly mode?: number | undefined
}

/** Where a run finds units; see `UnitPath`. */
export interface Sight {
  find(name: string): LocatedUnit
  /**
   * Whether there is a unit of that name that is not in sight: of a manager in another place of the
   * run, where it may or may not be there when this one is, or made by Quadlet.
   */
  isElsewhere(name: string, manager: 'system' | 'user'): boolean
  readonly names: readonly string[]
  /** A file that was found; undefined where it cannot be read. */
  read(path: string): SeenFile | undefined
  /**
   * The text of a unit that is all in one file of its name, and has no other; undefined where there
   * is more to it, no text, or too much, and `find` and `read` tell.
   */
  plainText(name: string): string | undefined
  /** Whether what installs the files names a unit so; absent: nothing does. */
  readonly isNamedByRecipe?: ((name: string) => boolean) | undefined
  /** The other files of the machine, where they are in sight. */
  readonly host?: Host | undefined
  /** All units of a machine are in sight. */
  readonly isComplete: boolean
  /**
   * Where this is what another sight has become: that one, and the names of the units whose files
   * have other texts now. All else is the same in both.
   */
  readonly since?: {readonly sight: Sight; readonly changed: readonly string[]} | undefined
}

/** The service that Quadlet makes of a file; undefined for other files. */
function serviceMadeOf(name: string): string | undefined {
  const type = name.slice(name.lastIndexOf('.') + 1)
  return isQuadlet(type) ? quadletService(name, type) : undefined
}

/** Units that are given as texts, by the paths that their files would have in one folder. */
export function sightOf(texts: Readonly<Record<string, string>>, isComplete = false): Sight {
  const entries = new Map<string, FolderEntry>()
  for (const [path, text] of Object.entries(texts)) {
    const entry: FolderEntry = {kind: 'file', path, isEmpty: text === ''}
    const [folder = '', name] = path.split('/')
    if (name === undefined) entries.set(path, entry)
    else {
      const known = entries.get(folder)
      const its = known?.kind === 'folder' ? known.entries : []
      entries.set(folder, {kind: 'folder', path: folder, entries: new Map([...its, [name, entry]])})
    }
  }
  const {find, plainFile, names} = unitPath([{path: '', entries}], newestVersion)
  const made = new Set(Object.keys(texts).map(serviceMadeOf))
  const textAt = (path: string): string | undefined =>
    Object.hasOwn(texts, path) ? texts[path] : undefined
  return {
    find,
    names,
    isComplete,
    isElsewhere: (name) => made.has(name),
    read(path) {
      const text = textAt(path)
      return text === undefined ? undefined : {tree: parse(text)}
    },
    plainText(name) {
      const text = textAt(plainFile(name) ?? '')
      return text === '' ? undefined : text
    },
  }
}
