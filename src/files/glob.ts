import {existsSync} from 'node:fs'
import path from 'node:path'
import picomatch from 'picomatch'
import type {FileFault} from './fault.ts'
import {native} from './native.ts'
import {walk} from './walk.ts'
import type {WalkedFile} from './walk.ts'

/** No path is longer. */
const longest = 4096

/**
 * The units and drop-ins that a glob fits, in order; undefined for a name that is no glob.
 *
 * Where what git ignores is wanted apart, it is added there.
 *
 * Walks as a folder is walked, so that a glob and a folder never disagree about links, hidden files
 * and what cannot be read.
 */
export function expandGlob(
  name: string,
  cwd: string,
  faults: FileFault[],
  ignored: string[] | undefined,
): WalkedFile[] | undefined {
  const written = parts(name)
  if (!written) return undefined
  const {top, glob} = written
  if (!existsSync(native(path.resolve(cwd, top)))) return []
  const matches = picomatch(glob, {dot: true})
  const depth = glob.includes('**') ? Infinity : glob.split('/').length
  const fits = (file: string): boolean =>
    matches(
      path.relative(path.resolve(cwd, top), path.resolve(cwd, file)).replaceAll(path.sep, '/'),
    )
  const left: string[] | undefined = ignored && []
  const files = walk(top, cwd, faults, {depth, ignored: left}).filter((file) => fits(file.path))
  for (const file of left ?? []) if (fits(file)) ignored?.push(file)
  return files
}

/** The folder that a glob looks in; undefined for a name that is no glob. */
export function topOfGlob(name: string): string | undefined {
  return parts(name)?.top
}

function parts(name: string): {readonly top: string; readonly glob: string} | undefined {
  // What reads globs is loaded for what may be one alone.
  if (name.length > longest || !/[*?[\](){}!+@|\\]/.test(name)) return undefined
  const written = path.sep === '/' ? name : name.replaceAll(path.sep, '/')
  const {base, glob, isGlob} = picomatch.scan(written)
  return isGlob ? {top: base.replaceAll(/\\(?=.)/g, '') || '.', glob} : undefined
}
