import {spawnSync} from 'node:child_process'
import {existsSync, fchmodSync, fchownSync, fstatSync} from 'node:fs'
import process from 'node:process'
import {codeOf} from './fault.ts'

/**
 * Give an open file the owner, mode, access control list and extended attributes of another. Throws
 * where the first two cannot be had.
 *
 * Node cannot see the last two, so the system's own `cp` takes them over where it is GNU's;
 * elsewhere they are lost.
 */
export function keepAttributes(from: number, to: number): void {
  const {uid, gid, mode} = fstatSync(from)
  if (process.platform === 'linux' && existsSync(descriptors)) copyAttributes(from, to)
  const now = fstatSync(to)
  if (now.uid !== uid || now.gid !== gid) giveTo(to, uid, gid)
  // Last: a new owner takes away the bits that give rights.
  if (fstatSync(to).mode !== mode) fchmodSync(to, mode & 0o7777)
}

const descriptors = '/proc/self/fd'

/** Never by `PATH`, which is the caller's. */
const programs = ['/usr/bin/cp', '/bin/cp']

function copyAttributes(from: number, to: number): void {
  const program = programs.find((file) => existsSync(file))
  if (program === undefined) return
  // The file is written now, whenever the old one was. The paths are those of the child.
  const options = ['--attributes-only', '--preserve=all', '--no-preserve=timestamps']
  const {status, stderr} = run(
    program,
    [...options, '--', `${descriptors}/3`, `${descriptors}/4`],
    [from, to],
  )
  // An attribute that a file of ours may not have is passed over in silence, but for the word.
  const [full] = /No space left on device|Disk quota exceeded/.exec(stderr) ?? []
  if (full !== undefined) throw new Error(full)
  if (status !== 0 && isGnu(program)) throw new Error('its access control list could not be kept')
}

function isGnu(program: string): boolean {
  return run(program, ['--version'], []).stdout.includes('coreutils')
}

function run(
  program: string,
  argv: readonly string[],
  open: readonly number[],
): {status: number | null; stdout: string; stderr: string} {
  // In a session of its own, as Ctrl-C in a terminal goes to all that is in that of ours.
  const world = {cwd: '/', env: {LC_ALL: 'C'}, detached: true, encoding: 'utf8'} as const
  return spawnSync(program, argv, {...world, stdio: ['ignore', 'pipe', 'pipe', ...open]})
}

function giveTo(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid)
  } catch (error) {
    const isRefused = codeOf(error) === 'EPERM'
    throw isRefused && process.getuid?.() === uid
      ? new Error('the file is of a group that is not yours')
      : error
  }
}
