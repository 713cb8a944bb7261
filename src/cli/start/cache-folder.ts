import {lstatSync, mkdirSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * The user's own folder for compiled code, made where it is missing; undefined where there is none
 * that is safe.
 *
 * What is in it runs as the user: nobody else may be able to write there, and another user's
 * folder, as of whoever called `sudo`, is left alone.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE']) return undefined
  const base = baseFolder(env, process.platform)
  if (base === undefined || !path.isAbsolute(base)) return undefined
  const folder = path.join(base, 'unitlint')
  try {
    const stats = lstatSync(folder, {throwIfNoEntry: false})
    if (!stats) return make(folder) ? folder : undefined
    return stats.isDirectory() && isOwn(stats) && !isOpenToOthers(stats.mode) ? folder : undefined
  } catch {
    return undefined
  }
}

/** Whether others than the owner may write or read by a mode; there are no modes on Windows. */
export function isOpenToOthers(mode: number): boolean {
  return process.geteuid !== undefined && (mode & 0o077) !== 0
}

function baseFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA']
  if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME']
  const home = env['HOME']
  if (!home) return undefined
  return path.join(home, platform === 'darwin' ? 'Library/Caches' : '.cache')
}

/**
 * Make a folder with those above it, in what is the user's own already. One by one: `recursive`
 * never returns where that cannot be, as below /proc.
 */
function make(folder: string): boolean {
  const above = path.dirname(folder)
  const stats = lstatSync(above, {throwIfNoEntry: false})
  if (stats ? !isOwn(stats) : above === folder || !make(above)) return false
  mkdirSync(folder, {mode: 0o700})
  return true
}

/** Whether something is the user's own; on Windows all is that the user can come by. */
export function isOwn({uid}: {readonly uid: number}): boolean {
  return process.geteuid === undefined || uid === process.geteuid()
}
