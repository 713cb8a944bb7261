import {hasFlag, numberOf, stringOf} from './arguments.ts'
import type {Call, CallHandler} from './call.ts'
import {apart} from './facts.ts'
import type {Use} from '../needs/evidence/paths.ts'

/** What calls about files tell, by name. */
export const fileCalls: Readonly<Record<string, CallHandler>> = {
  open: (call) => opened(call, call.path(0), call.at(1), call.at(2)),
  openat: (call) => opened(call, call.path(1, 0), call.at(2), call.at(3)),
  openat2(call) {
    call.note('suid-files', 'calls `openat2`')
    opened(call, call.path(1, 0), call.at(2), call.at(2))
  },
  creat: (call) => opened(call, call.path(0), 'O_WRONLY|O_CREAT', call.at(1)),
  mkdir: (call) => made(call, call.path(0), call.at(1)),
  mkdirat: (call) => made(call, call.path(1, 0), call.at(2)),
  mknod: (call) => node(call, call.path(0), call.at(1)),
  mknodat: (call) => node(call, call.path(1, 0), call.at(2)),
  symlink: (call) => changed(call, call.path(1), true),
  symlinkat: (call) => changed(call, call.path(2, 1), true),
  link: (call) => changed(call, call.path(1), true),
  linkat: (call) => changed(call, call.path(3, 2), true),
  unlink: (call) => changed(call, call.path(0)),
  rmdir: (call) => changed(call, call.path(0)),
  unlinkat: (call) => changed(call, call.path(1, 0)),
  rename: (call) => renamed(call, call.path(0), call.path(1)),
  renameat: (call) => renamed(call, call.path(1, 0), call.path(3, 2)),
  renameat2: (call) => renamed(call, call.path(1, 0), call.path(3, 2)),
  truncate: (call) => changed(call, call.path(0)),
  access: (call) => looked(call, call.path(0), call.at(1)),
  faccessat: (call) => looked(call, call.path(1, 0), call.at(2)),
  faccessat2: (call) => looked(call, call.path(1, 0), call.at(2)),
  stat: (call) => looked(call, call.path(0)),
  lstat: (call) => looked(call, call.path(0)),
  newfstatat: (call) => looked(call, call.path(1, 0)),
  fstatat64: (call) => looked(call, call.path(1, 0)),
  statx: (call) => looked(call, call.path(1, 0)),
  readlink: (call) => looked(call, call.path(0)),
  readlinkat: (call) => looked(call, call.path(1, 0)),
  inotify_add_watch: (call) => looked(call, call.path(1)),
  chdir(call) {
    looked(call, call.path(0))
    if (call.isDone) call.process.folder = kept(call.path(0))
  },
  fchdir(call) {
    if (call.isDone) call.process.folder = kept(call.descriptor())
  },
  chroot(call) {
    call.note('CAP_SYS_CHROOT', 'calls `chroot`')
    const path = call.path(0)
    if (call.isDone && path !== undefined) call.process.root = path === '/' ? '' : apart(path)
  },
  chmod: (call) => moded(call, call.path(0), call.at(1)),
  fchmod: (call) => moded(call, call.descriptor(), call.at(1)),
  fchmodat: (call) => moded(call, call.path(1, 0), call.at(2)),
  fchmodat2: (call) => moded(call, call.path(1, 0), call.at(2)),
  chown: (call) => owned(call, call.path(0), 1),
  lchown: (call) => owned(call, call.path(0), 1),
  fchown: (call) => owned(call, call.descriptor(), 1),
  fchownat: (call) => owned(call, call.path(1, 0), 2),
  chown32: (call) => owned(call, call.path(0), 1),
  fchown32: (call) => owned(call, call.descriptor(), 1),
  utime: (call) => dated(call, call.path(0)),
  utimes: (call) => dated(call, call.path(0)),
  utimensat: (call) => dated(call, call.path(1, 0) ?? call.descriptor()),
  setxattr: (call) => attributed(call, call.path(0)),
  lsetxattr: (call) => attributed(call, call.path(0)),
  fsetxattr: (call) => attributed(call, call.descriptor()),
  fanotify_init: (call) => call.note('CAP_SYS_ADMIN', 'calls `fanotify_init`'),
  open_by_handle_at: (call) => call.note('CAP_DAC_READ_SEARCH', 'calls `open_by_handle_at`'),
  acct: (call) => call.note('CAP_SYS_PACCT', 'calls `acct`'),
  quotactl: (call) => call.power('CAP_SYS_ADMIN', 'calls `quotactl`'),
  quotactl_fd: (call) => call.power('CAP_SYS_ADMIN', 'calls `quotactl_fd`'),
  fcntl(call) {
    if (call.at(1) === 'F_SETLEASE') call.power('CAP_LEASE', 'takes leases on files')
  },
  ioctl(call) {
    if (hasFlag(call.at(1), 'FS_IOC_SETFLAGS'))
      call.power('CAP_LINUX_IMMUTABLE', 'sets flags of files')
  },
  mq_open: (call) => call.note('shared-ipc', 'opens a message queue'),
}

function opened(
  call: Call,
  path: string | undefined,
  flags: string | undefined,
  mode: string | undefined,
): void {
  const isMade = hasFlag(flags, 'O_CREAT') || hasFlag(flags, 'O_TMPFILE')
  const isWritten =
    isMade || hasFlag(flags, 'O_WRONLY') || hasFlag(flags, 'O_RDWR') || hasFlag(flags, 'O_TRUNC')
  if (isMade) setsIds(call, mode)
  if (hasFlag(flags, 'O_NOATIME') && path !== undefined && !call.facts.made.has(path))
    call.power('CAP_FOWNER', 'opens files of others without leaving a trace')
  if (path !== undefined && call.isDone && hasFlag(flags, 'O_DIRECTORY')) {
    const number = numberOf(call.result.replace(/<.*$/s, ''))
    if (number !== undefined && call.process.opened.size < 1000)
      call.process.opened.set(number, {path: apart(path)})
  }
  // A folder is not written to by opening it, nor is a file that is there made.
  if (isWritten) changed(call, path, isMade)
  else looked(call, path, undefined, 'read')
  if (path?.startsWith('/dev/shm/') === true && call.isDone) {
    if (isMade) call.facts.note('lasting-ipc', 'makes shared memory')
    else if (!call.facts.made.has(path))
      call.facts.note('shared-ipc', 'opens shared memory of others')
  }
}

function made(call: Call, path: string | undefined, mode: string | undefined): void {
  setsIds(call, mode)
  changed(call, path, true)
}

function node(call: Call, path: string | undefined, mode: string | undefined): void {
  setsIds(call, mode)
  if (hasFlag(mode, 'S_IFCHR') || hasFlag(mode, 'S_IFBLK')) call.note('CAP_MKNOD', 'makes devices')
  changed(call, path, true)
}

function renamed(call: Call, from: string | undefined, to: string | undefined): void {
  changed(call, from)
  changed(call, to, true)
}

function kept(path: string | undefined): string | undefined {
  return path === undefined ? undefined : apart(path)
}

/** A path that is written, made or removed. */
function changed(call: Call, path: string | undefined, isMade = false): void {
  const {facts} = call
  // What is not there, or is there already, was not written; what was denied is not needed.
  if (
    call.isDenied ||
    ['ENOENT', 'ENOTDIR', 'EROFS', 'ELOOP', 'EISDIR', 'ENOTEMPTY', 'ENXIO', 'EINVAL'].includes(
      call.error,
    )
  ) {
    if (path !== undefined && isHome(path)) facts.place('read', path)
    return
  }
  if (path === undefined) {
    facts.unclear.add('writes')
    return
  }
  if (call.error === 'EEXIST') {
    looked(call, path)
    return
  }
  facts.place('write', path)
  touched(call, path)
  if (isMade && call.isDone) facts.make(path)
  if (!inTmp.test(path) || !call.isDone) return
  // What nobody else can have made is a temporary file of its own.
  if (isMade && !call.text.includes('O_EXCL')) facts.leave(path)
  else if (!isMade) facts.left.delete(path)
}

/**
 * A path that is read, or looked for: what lies in homes answers otherwise where these are hidden,
 * though it is not there.
 */
function looked(call: Call, path: string | undefined, wanted?: string, use: Use = 'read'): void {
  if (path === undefined) return
  const isFound = call.isDone || call.error === 'EEXIST'
  const isTold = isFound
    ? telling.test(path) && !(inTmp.test(path) && call.facts.made.has(path))
    : isHome(path)
  if (isTold) call.facts.place(use, ownOf(path, call))
  if (!isFound) return
  if (wanted !== undefined && hasFlag(wanted, 'W_OK')) call.facts.place('write', path)
  touched(call, path)
}

/** Places of which it matters that they are read. */
const telling =
  /^\/(?:(?:dev|proc|sys|home|root|run\/user|(?:usr\/)?lib\/modules|etc\/(?:shadow|gshadow|sudoers|ssl\/private))(?:\/|$)|(?:var\/)?tmp\/)/
const inTmp = /^\/(?:var\/)?tmp\//

function isHome(path: string): boolean {
  return /^\/(?:home|root|run\/user)(?:\/|$)/.test(path)
}

/** What a service sees of itself in `/proc`, whatever its number. */
function ownOf(path: string, call: Call): string {
  const [all, pid] = /^\/proc\/(\d{1,7})(?=\/|$)/.exec(path) ?? []
  if (all === undefined || pid === undefined) return path
  return call.fellow(Number(pid)) ? `/proc/self${path.slice(all.length)}` : path
}

/**
 * Where root reaches what it may not own: with the powers of root over files, unless the file is
 * root's.
 */
function touched(call: Call, path: string): void {
  if (call.isPowerful && !ofRoot.test(path)) call.facts.root(path)
}

/** What packages install for root, and everyone may read. */
const ofRoot =
  /^\/(?:$|(?:usr|bin|sbin|lib\w{0,4}|boot|proc|sys)(?:\/|$)|dev(?:\/(?!shm\/)|$)|(?:etc|run|var|var\/(?:lib|log|cache|run|spool|lock)|run\/lock|srv|opt|home|root|tmp|var\/tmp)\/?$|etc\/(?:[\w.-]+$|(?:ssl|ld\.so\.conf\.d|pam\.d|security|default|alternatives|localtime|fonts|python3[\w.]*|gss|apt|systemd|logrotate\.d|cron\.\w+|profile\.d|terminfo)(?:\/(?!private)|$))|run\/systemd(?:\/|$)|var\/lib\/(?:dpkg|systemd)(?:\/|$))/

function setsIds(call: Call, mode: string | undefined): void {
  if (
    mode !== undefined &&
    (hasFlag(mode, 'S_ISUID') || hasFlag(mode, 'S_ISGID') || (octal(mode) & 0o6000) !== 0)
  ) {
    call.note('suid-files', 'makes files set-user-ID or set-group-ID')
    call.power('CAP_FSETID', 'makes files set-user-ID or set-group-ID')
  }
}

/** The number in a mode such as `S_IFREG|0644`, or that of a structure. */
function octal(mode: string): number {
  const [, digits] = /(?:^|[|=])(0[0-7]{1,5})\b/.exec(mode) ?? []
  return digits === undefined ? 0 : Number.parseInt(digits, 8)
}

function moded(call: Call, path: string | undefined, mode: string | undefined): void {
  setsIds(call, mode)
  ofOthers(call, path, 'changes modes of files that it did not make')
  changed(call, path === undefined ? undefined : `${path}/.`)
}

function owned(call: Call, path: string | undefined, at: number): void {
  const [user, group] = [call.at(at), call.at(at + 1)]
  if (user === '-1' && group === '-1') return
  if (call.isPowerful) {
    call.note('CAP_CHOWN', 'changes owners of files')
    if (path !== undefined) call.facts.made.delete(path)
  }
  // What gives a file to who has it already changes nothing.
  else if (!call.isDenied && user !== '-1' && user !== String(call.process.user))
    call.note('host-users', 'changes owners of files')
  changed(call, path === undefined ? undefined : `${path}/.`)
}

function dated(call: Call, path: string | undefined): void {
  ofOthers(call, path, 'sets times of files that it did not make')
  changed(call, path === undefined ? undefined : `${path}/.`)
}

function ofOthers(call: Call, path: string | undefined, clause: string): void {
  if (path === undefined || !call.facts.made.has(path)) call.power('CAP_FOWNER', clause)
}

function attributed(call: Call, path: string | undefined): void {
  const name = stringOf(call.at(1)) ?? ''
  if (name === 'security.capability') call.note('CAP_SETFCAP', 'gives capabilities to files')
  else if (/^(?:security|trusted)\./.test(name))
    call.power('CAP_SYS_ADMIN', `sets attributes \`${/^\w+\./.exec(name)?.[0] ?? ''}*\``)
  changed(call, path === undefined ? undefined : `${path}/.`)
}
