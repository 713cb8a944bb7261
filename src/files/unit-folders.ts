import path from 'node:path'
import type {FolderNode, FolderEntry, Link, UnitFolder} from '../machine/unit-folder.ts'
import {follow, linkText, statsOf} from './links.ts'
import {realPath} from './locate.ts'
import {readFolder} from './native.ts'
import type {FileKind} from './native.ts'

/**
 * Read folders of units in order of precedence; what is not there is empty. Links are followed when
 * they are asked about, below the root as chroot(2) would, and never make a fault.
 *
 * The path of an entry is the one known to people, or, where an absolute link of another root would
 * lead astray, the one that it leads to.
 */
export function unitFolders(paths: readonly string[], root?: string): UnitFolder[] {
  const known = root === undefined ? undefined : path.resolve(root)
  const top = known === undefined ? undefined : realPath(known)
  const places = paths.map((folder) => {
    const absolute = path.resolve(folder)
    const start = top ?? path.parse(absolute).root
    const found = follow(path.relative(known ?? start, absolute), {
      from: start,
      root: start,
      last: true,
    })
    return typeof found === 'string' ? undefined : found.path
  })
  const tree: Tree = {
    root: top,
    knownRoot: root,
    folders: places.filter((place) => place !== undefined),
  }
  return paths.map((folder, index) => {
    const place = places[index]
    return {
      path: folder,
      entries:
        place === undefined
          ? new Map<string, FolderEntry>()
          : entriesIn(tree, readable(tree, folder, place), place),
    }
  })
}

/**
 * The folders where the manager of a machine looks for units, below its root, in order of
 * precedence (systemd.unit(5)); those of homes left out.
 */
export function rootUnitPath(root: string, manager: 'system' | 'user'): string[] {
  const isMerged = linkText(path.join(root, 'lib')) !== undefined
  const folders =
    manager === 'user'
      ? userFolders
      : systemFolders.filter((folder) => !isMerged || folder !== splitFolder)
  return folders.map((folder) => path.join(root, folder))
}

/** For systems whose `/lib` is not `/usr/lib`. */
const splitFolder = '/lib/systemd/system'

const systemFolders = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/run/systemd/generator.early',
  '/etc/systemd/system',
  '/etc/systemd/system.attached',
  '/run/systemd/system',
  '/run/systemd/system.attached',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/system',
  splitFolder,
  '/usr/lib/systemd/system',
  '/run/systemd/generator.late',
]

const userFolders = [
  '/etc/systemd/user',
  '/run/systemd/user',
  '/usr/local/share/systemd/user',
  '/usr/share/systemd/user',
  '/usr/local/lib/systemd/user',
  '/usr/lib/systemd/user',
]

/** What links are followed in. */
interface Tree {
  /** Where absolute links start, without links itself; undefined for the root of this machine. */
  readonly root: string | undefined
  /** The same as people know it. */
  readonly knownRoot: string | undefined
  /** The folders of the unit path, without links. */
  readonly folders: readonly string[]
}

/** What a folder holds; `known` is how people call it, `place` the same without links. */
function entriesIn(tree: Tree, known: string, place: string): ReadonlyMap<string, FolderEntry> {
  let found: ReturnType<typeof readFolder>
  try {
    found = readFolder(place)
  } catch {
    return new Map()
  }
  const start: PathPrefix = {known: prefixOf(known), place: prefixOf(place)}
  return new Map(
    found.map(([name, kind]) => {
      if (kind.isFile()) return [name, new FileIn(start, name)]
      const [knownEntry, placeOfEntry] = [start.known + name, start.place + name]
      const text = kind.isSymbolicLink() ? linkText(placeOfEntry) : undefined
      return [
        name,
        text === undefined
          ? nodeAt(tree, kind, knownEntry, placeOfEntry)
          : linkAt(tree, text, knownEntry, place),
      ]
    }),
  )
}

/** What the paths of entries of a folder begin with: as people know them, and without links. */
interface PathPrefix {
  readonly known: string
  readonly place: string
}

/**
 * A regular file. There are thousands: it has no path of its own until somebody asks, and no
 * getters of its own.
 */
class FileIn {
  readonly kind = 'file'
  readonly #start: PathPrefix
  readonly #name: string
  #isEmpty: boolean | undefined

  constructor(start: PathPrefix, name: string) {
    this.#start = start
    this.#name = name
  }

  get path(): string {
    return this.#start.known + this.#name
  }

  get isEmpty(): boolean {
    return (this.#isEmpty ??= sizeOf(this.#start.place + this.#name) === 0)
  }
}

/** What the paths of all entries of a folder begin with. */
export function prefixOf(folder: string): string {
  return path.join(folder, 'x').slice(0, -1)
}

function linkAt(tree: Tree, text: string, known: string, folder: string): FolderEntry {
  const root = tree.root ?? path.parse(folder).root
  let end:
    | (FolderNode & {readonly path: string})
    | {readonly path: string; readonly kind: 'nothing' | 'loop'}
    | undefined
  const atEnd = (): NonNullable<typeof end> =>
    (end ??= endOf(tree, follow(text, {from: folder, root, last: true}), known, root))
  return {
    kind: 'link',
    isAbsolute: path.isAbsolute(text),
    get path() {
      return tree.root === undefined ? known : atEnd().path
    },
    get target(): Link['target'] {
      const found = follow(text, {from: folder, root, last: false})
      if (typeof found === 'string') return {place: 'unknown'}
      const isInside = tree.folders.some(
        (one) => found.path === one || found.path.startsWith(one + path.sep),
      )
      return {place: isInside ? 'inside' : 'outside', name: path.basename(found.path)}
    },
    get end() {
      return atEnd()
    },
  }
}

function endOf(
  tree: Tree,
  found: ReturnType<typeof follow>,
  known: string,
  root: string,
):
  | (FolderNode & {readonly path: string})
  | {readonly path: string; readonly kind: 'nothing' | 'loop'} {
  if (typeof found === 'string') return {path: known, kind: found === 'loop' ? 'loop' : 'nothing'}
  // The tree of another machine may have no devices.
  if (found.path === path.join(root, 'dev', 'null')) return {path: known, kind: 'device'}
  return found.stats
    ? nodeAt(tree, found.stats, readable(tree, known, found.path), found.path)
    : {path: known, kind: 'nothing'}
}

function nodeAt(
  tree: Tree,
  found: FileKind,
  known: string,
  place: string,
): FolderNode & {readonly path: string} {
  if (found.isFile()) return new FileIn({known, place}, '')
  // Every unit of a type asks for the folder of that type again.
  let entries: ReadonlyMap<string, FolderEntry> | undefined
  if (found.isDirectory())
    return {
      path: known,
      kind: 'folder',
      get entries() {
        return (entries ??= entriesIn(tree, known, place))
      },
    }
  return {
    path: known,
    kind: found.isCharacterDevice() || found.isBlockDevice() ? 'device' : 'other',
  }
}

function sizeOf(file: string): number | undefined {
  const stats = statsOf(file)
  return stats === 'fault' ? undefined : stats?.size
}

/** The path that people know if it leads there on this machine, else the place itself. */
function readable({root, knownRoot}: Tree, known: string, place: string): string {
  if (root === undefined || knownRoot === undefined || realPath(known) === place) return known
  return path.join(knownRoot, path.relative(root, place))
}
