import path from 'node:path'
import {unitOf} from '../unit/load.ts'
import {rootUnitPath, prefixOf} from './unit-folders.ts'

/** What a run looks at. */
export interface RunView {
  readonly cwd: string
  /** The root of a machine's files, as people know it; absent: where each file lies tells. */
  readonly root?: string | undefined
  /** The version of systemd whose order counts. */
  readonly version: number
  /** Whose units a file is of; absent: its path tells. */
  readonly managerOf?: ((file: string) => 'system' | 'user') | undefined
  /**
   * By absolute path the texts that stand for what is written in files, or will be: those that are
   * open in an editor.
   */
  readonly texts?: ReadonlyMap<string, string> | undefined
}

/** Where a file looks for other units. */
export interface SearchPath {
  /** The same for all files that look in the same places. */
  readonly key: string
  /** Absolute, in order of precedence. */
  readonly folders: readonly string[]
  /** Absolute. */
  readonly root: string | undefined
  /** An absolute path below which people know files by another. */
  readonly known: readonly [absolute: string, name: string]
}

/** A folder of the unit path of a machine, and what is above its root. */
const systemFolder =
  /^(.*?)[/\\](?:etc|run|usr[/\\]local[/\\]lib|usr[/\\]lib|lib)[/\\]systemd[/\\](system|user)(?=$|[./\\])/

/** Where a file lies, and with that where else its systemd looks. */
export function searchPathOf(file: string, {cwd, root}: Omit<RunView, 'version'>): SearchPath {
  const absolute = path.resolve(cwd, file)
  const [, above, kind] =
    (absolute.includes('systemd') ? systemFolder.exec(path.dirname(absolute)) : undefined) ?? []
  const manager = kind === 'user' ? kind : 'system'
  if (root !== undefined) return searchPathOfRoot(root, manager, cwd)
  if (above !== undefined) {
    const its = above === '' ? path.parse(absolute).root : above
    return searchPathOfRoot(path.isAbsolute(file) ? its : path.relative(cwd, its), manager, cwd)
  }
  const isDropIn = unitOf(absolute)?.role === 'drop-in'
  const [folder, known] = [absolute, file].map((one) =>
    isDropIn ? path.join(path.dirname(one), '..') : path.dirname(one),
  )
  return {
    key: folder ?? '',
    folders: [folder ?? ''],
    root: undefined,
    known: [folder ?? '', known ?? ''],
  }
}

/** The places of a machine whose files are below a root. */
export function searchPathOfRoot(
  root: string,
  manager: 'system' | 'user',
  cwd: string,
): SearchPath {
  const absolute = path.resolve(cwd, root)
  return {
    key: `${manager} ${absolute}`,
    folders: rootUnitPath(absolute, manager),
    root: absolute,
    known: [absolute, root],
  }
}

/** From a path to the same as people know it. */
export function namer({known: [absolute, name]}: SearchPath): (file: string) => string {
  const [start, shownStart] = [prefixOf(absolute), prefixOf(name)]
  return (file) => (file.startsWith(start) ? shownStart + file.slice(start.length) : file)
}
