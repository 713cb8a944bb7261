import {Buffer} from 'node:buffer'
import {spawnSync} from 'node:child_process'
import {appendFileSync, mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {onTestFinished} from 'vitest'
import {makeFolder} from '../files/folder.ts'

/** File systems that tests make disks of. */
export type FileSystem = 'tmpfs' | 'ext4'

/**
 * Make a small disk that is gone when the test is over. Returns where it is, or nothing where this
 * machine does not let us.
 */
export function makeDisk(system: FileSystem): string | undefined {
  const top = makeFolder()
  const disk = `${top}/disk`
  mkdirSync(disk)
  if (
    !(system === 'tmpfs'
      ? mount(['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk])
      : mountImage(`${top}/image`, disk))
  )
    return undefined
  onTestFinished(() => {
    spawnSync('umount', [disk])
  })
  return disk
}

/** Whether this machine lets us make such disks. */
export function canMake(system: FileSystem): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const name = `/tmp/unitlint-disk-${process.pid}-${system}`
  mkdirSync(name, {recursive: true})
  const isMounted =
    system === 'tmpfs' ? mount(['-t', 'tmpfs', 'tmpfs', name]) : mountImage(`${name}.image`, name)
  if (isMounted) spawnSync('umount', [name])
  for (const file of [name, `${name}.image`]) rmSync(file, {recursive: true, force: true})
  return isMounted
}

/** Fill a disk until no more than so many bytes are free. */
export function fill(disk: string, free: number): void {
  rmSync(`${disk}/pad`, {force: true})
  writeFileSync(`${disk}/pad`, '')
  settle(disk)
  const {bavail, bsize} = statfsSync(disk)
  writeFileSync(`${disk}/pad`, Buffer.alloc(Math.max(bavail * bsize - free - 2 * bsize, 0)))
  settle(disk)
  // What the file system needs for itself to hold a file, such as blocks of addresses, is not known
  // before.
  while (available(disk) > free && canAppend(`${disk}/pad`, Math.min(available(disk) - free, 1024)))
    settle(disk)
}

/**
 * Append bytes to a file, unless there is no room for what the file system itself needs to hold
 * them.
 */
function canAppend(file: string, size: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(size))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}

/**
 * Have a file system do what it has put off: until then, what was removed is not free, and what was
 * written takes more room than it will.
 */
function settle(disk: string): void {
  spawnSync('sync', ['-f', disk])
}

function available(disk: string): number {
  const {bavail, bsize} = statfsSync(disk)
  return bavail * bsize
}

function mountImage(image: string, disk: string): boolean {
  writeFileSync(image, '')
  truncateSync(image, 1024 * 1024)
  const {status} = spawnSync('mkfs.ext4', [
    '-q',
    '-F',
    '-b',
    '1024',
    '-m',
    '0',
    '-O',
    '^has_journal',
    image,
  ])
  return status === 0 && mount(['-o', 'loop', image, disk])
}

function mount(argv: readonly string[]): boolean {
  return spawnSync('mount', argv).status === 0
}
