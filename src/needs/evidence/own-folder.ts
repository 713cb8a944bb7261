import {normalPath} from '../../unit/host.ts'

/** A file, as it was named when it was started or read, and where it is without links. */
export interface ResolvedFile {
  readonly path: string
  readonly real: string
}

/** What a script calls itself by. */
export interface Own {
  /** `$0`: for what is sourced that which sources it; absent: of a script that is in no file. */
  readonly started?: ResolvedFile | undefined
  /** `BASH_SOURCE`: the file that a line stands in. */
  readonly read: ResolvedFile
}

/** A text with the paths in it by which its script calls itself, and what it makes of these. */
export function withOwn(text: string, own: Own | undefined): string {
  if (!own || text.length > longest || !/\$(?:\{?0|\{?BASH_SOURCE)/.test(text)) return text
  const named = text.replaceAll(
    /\$(?:(0)(?!\w)|(BASH_SOURCE)(?!\w)|\{(?:(0)|(BASH_SOURCE)(?:\[0\])?)(%\/\*|##\*\/)?\})/g,
    (all, ...groups: ReadonlyArray<string | undefined>) => {
      const [bare, , braced, , end] = groups
      const path = (bare ?? braced) === undefined ? own.read.path : own.started?.path
      if (path === undefined) return all
      return end === undefined ? path : end === '##*/' ? nameOf(path) : folderOf(path)
    },
  )
  return reduced(named, [own.read, ...(own.started ? [own.started] : [])])
}

/** Longer than any that is a path. */
const longest = 512

/**
 * A text with paths in it for what `$(dirname PATH)`, `$(realpath PATH)` and `$(cd PATH && pwd)`
 * print of paths without variables.
 */
export function reduced(text: string, linked: readonly ResolvedFile[] = []): string {
  if (text.length > longest) return text
  let found = text
  for (let depth = 0; depth < deepest; depth++) {
    const next = found.replaceAll(
      /\$\(([^()`]*)\)|`([^`]*)`/g,
      (all, inner: string | undefined, old: string | undefined) =>
        printedBy((inner ?? old ?? '').trim(), linked) ?? all,
    )
    if (next === found) break
    found = next
  }
  return found
}

const deepest = 8

/** What a command prints of a path; undefined where it is none of the few that tell of paths. */
function printedBy(command: string, linked: readonly ResolvedFile[]): string | undefined {
  const [, tool = '', path] = toolOfPath.exec(command) ?? []
  if (path !== undefined)
    return tool === 'dirname'
      ? folderOf(path)
      : tool === 'basename'
        ? nameOf(path)
        : (linked.find((one) => one.path === path)?.real ?? normalPath(path))
  const [, folder] = entering.exec(command) ?? []
  return folder === undefined ? undefined : normalPath(folder)
}

const word = String.raw`(?:--\s+)?["']?(\/[^\s"'$()*?;&|<>]*)["']?`

const toolOfPath = new RegExp(
  String.raw`^(dirname|basename|readlink(?=\s+-)|realpath)\s+(?:-[a-zA-Z]+\s+|--canonicalize\s+)*${word}$`,
)

const entering = new RegExp(
  String.raw`^cd\s+(?:-[LPe]+\s+)*${word}(?:\s*(?:[12&]?>{1,2}\s*\/dev\/null|2>&1))*\s*(?:&&|;)\s*pwd(?:\s+-[LP])?$`,
)

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
