import {statfsSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {native, readRealPath} from './native.ts'

/**
 * The bits that are seldom meant of a file that is only read: it may be run by anyone, written by
 * all.
 */
const telling = 0o113

/**
 * `f_type` of file systems that keep no modes: all files have that of the mount (statfs(2),
 * linux/magic.h).
 */
const withoutModes: ReadonlySet<number> = new Set([
  0x00_00_4d_44, // msdos, vfat
  0x20_11_ba_b0, // exfat
  0x53_46_54_4e, // ntfs
  0x73_66_74_6e, // ntfs3
  0x78_6f_42_56, // vboxsf
  0xff_53_4d_42, // cifs
  0xfe_53_4d_42, // smb2
])

/**
 * The permission bits of a file that was opened; undefined where they are nobody's decision.
 *
 * They are none on Windows and on file systems without modes, and where a file that all may write
 * lies in a folder that all may, as everything does that a program with `umask 0` checked out. Only
 * odd modes are looked into.
 */
export function modeOf(file: string, {mode}: Stats): number | undefined {
  if (process.platform === 'win32') return undefined
  const bits = mode & 0o7777
  if ((bits & telling) === 0) return bits
  try {
    const folder = native(path.dirname(readRealPath(file)))
    if (process.platform === 'linux' && withoutModes.has(statfsSync(folder).type >>> 0))
      return undefined
    return (bits & 0o002) !== 0 && isOpenToAll(statSync(folder).mode) ? undefined : bits
  } catch {
    return undefined
  }
}

/**
 * Whether all may do with the files of a folder what they like: not where each may touch their own
 * alone, as in `/tmp`.
 */
function isOpenToAll(mode: number): boolean {
  return (mode & 0o1002) === 0o002
}
