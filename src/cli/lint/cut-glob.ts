import path from 'node:path'
import {walk} from '../../files/walk.ts'
import type {WalkedFile} from '../../files/walk.ts'
import {pastable} from '../../reporters/printable.ts'
import type {Io} from '../io.ts'

/**
 * What to say where names are what a shell makes of a glob over all folders that nobody has quoted:
 * most take `**` for one folder, and what lies elsewhere is left out. Undefined where they are not,
 * or nothing is.
 *
 * Folders are looked into only where all names have one ending and are in several folders of one;
 * all folders below only where all of these are named, and they are few.
 */
export function cutGlob(
  names: readonly string[],
  {cwd, env}: Pick<Io, 'cwd' | 'env'>,
  most = 1000,
): string | undefined {
  if (isHook(env)) return undefined
  const [first = ''] = names
  const [ending, top] = [path.extname(first), path.dirname(path.dirname(first))]
  const folders = new Set(names.map((name) => path.dirname(name)))
  const isAlike = (name: string): boolean =>
    path.extname(name) === ending && path.dirname(path.dirname(name)) === top
  if (folders.size < 2 || folders.has(top) || !names.every(isAlike)) return undefined
  const named = new Set(names.map((name) => path.normalize(name)))
  const below = (depth: number): readonly WalkedFile[] =>
    walk(top, cwd, [], {depth, most, ignored: []}).filter((file) => isShown(file, top, ending))
  if (
    below(2).some(
      ({path: file}) => path.relative(top, file).split(path.sep).length === 2 && !named.has(file),
    )
  )
    return undefined
  const [one, ...others] = below(Infinity).filter((file) => !named.has(file.path))
  if (!one) return undefined
  const such = `\`${pastable(one.path)}\``
  const what =
    others.length === 0 ? `${such} is` : `${others.length + 1} more files, such as ${such}, are`
  return `unitlint: ${what} not linted: where \`${path.join(top, `**/*${ending}`)}\` is meant, quote it, as the shell takes \`**\` for one folder`
}

/** Whether names are those that a hook of git hands on: what is to be committed. */
function isHook(env: Io['env']): boolean {
  return env['PRE_COMMIT'] !== undefined || env['GIT_INDEX_FILE'] !== undefined
}

/** Whether a shell would have found it as well: nothing hidden. */
function isShown({path: file}: WalkedFile, top: string, ending: string): boolean {
  return path.extname(file) === ending && !/(?:^|\/)\.[^/]/.test(path.relative(top, file))
}
