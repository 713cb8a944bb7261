import {socatAddresses} from './socat.ts'
import type {SocatAddress} from './socat.ts'
import {upTo} from '../../syntax/text.ts'

/** Whether a program is used in a way; see `isInMode`. */
type Mode = (args: readonly string[]) => boolean

/**
 * Whether a program with these arguments is used in a way that has needs of its own.
 *
 * False only where the arguments show another use: without arguments, or with variables among them,
 * nothing is shown.
 */
export function isInMode(mode: ModeName, args: readonly string[]): boolean {
  return modes[mode](args)
}

export type ModeName = keyof typeof modes

const modes = {
  /** tar, bsdtar: unpacks. */
  extracts: (args) => {
    if (hasLong(args, ['extract', 'get'])) return true
    const letters = clusters(args) + (args[0]?.startsWith('-') ? '' : (args[0] ?? ''))
    if (letters.includes('x')) return true
    return (
      isUnclear(args) ||
      !(
        /[cturdA]/.test(letters) ||
        hasLong(args, ['create', 'list', 'append', 'update', 'diff', 'compare', 'delete'])
      )
    )
  },
  /** cpio: unpacks or copies. */
  copiesIn: (args) =>
    isUnclear(args) ||
    hasFlag(args, 'ip', ['extract', 'pass-through']) ||
    !hasFlag(args, 'ot', ['create', 'list']),
  /** restic, borg: brings files back. */
  restores: (args) => {
    if (args.some((arg) => arg === 'restore' || arg === 'extract')) return true
    return !args.some((arg) => backupCommands.has(arg))
  },
  /** restic, borg, rclone: mounts a repository. */
  mounts: (args) =>
    args.some((arg) => /^(?:u?mount|cmount)$/.test(arg)) ||
    (isUnclear(args) && !args.some((arg) => backupCommands.has(arg))),
  /** restic, borg, rsync and the like: the arguments do not say which files. */
  copiesUnnamed: (args) =>
    !args.some((arg, index) => arg.startsWith('/') && !isOfFile(args[index - 1] ?? '')),
  /** restic, borg, rsync and the like: the repository is not a local path. */
  storesElsewhere: (args) =>
    !args.some((arg, index) =>
      arg.includes('::')
        ? arg.startsWith('/')
        : /^--repo=(?:local:)?\//.test(arg) ||
          (/^(?:-r|--repo)$/.test(args[index - 1] ?? '') && /^(?:local:)?\//.test(arg)),
    ),
  /** cp, rsync, install: keeps or sets owners. */
  keepsOwners: (args) =>
    isUnclear(args) ||
    hasFlag(args, 'aopg', ['archive', 'preserve', 'owner', 'group', 'chown', 'perms', 'daemon']),
  /** chmod: sets set-user-ID or set-group-ID bits. */
  setsIdBits: (args) => isUnclear(args) || args.some(isWithIdBits),
  /** install, mkdir: makes what has set-user-ID or set-group-ID bits. */
  makesIdBits: (args) =>
    args.some((arg, index) => {
      const mode =
        /^(?:-[a-zA-Z]*m|--mode=)(.+)$/.exec(arg)?.[1] ??
        (/^(?:-[a-zA-Z]*m|--mode)$/.test(args[index - 1] ?? '') ? arg : '')
      return mode.includes('$') || isWithIdBits(mode)
    }),
  /** restic: keeps a cache in the home directory. */
  cachesInHome: (args) => !hasLong(args, ['no-cache', 'cache-dir']),
  /** chronyd: is not told that another user starts it. */
  startsAsRoot: (args) => !args.includes('-U'),
  /** getent: asks for hosts. */
  looksUpHosts: (args) => isUnclear(args) || args.some((arg) => /^a?hosts/.test(arg)),
  /** ip: changes what it shows. */
  changesNetwork: (args) =>
    isUnclear(args) || hasFlag(args, 'b', ['batch']) || args.some((arg) => networkChanges.has(arg)),
  /** ip: makes names for network namespaces. */
  namesNetworkNamespaces: (args) => isUnclear(args) || args.some((arg) => /^netns$|^-n/.test(arg)),
  /** ss, netstat: names the processes behind sockets. */
  showsProcesses: (args) =>
    isUnclear(args) || hasFlag(args, 'p', ['processes', 'program', 'programs']),
  /** sysctl: writes. */
  setsKernelSettings: (args) =>
    isUnclear(args) ||
    hasFlag(args, 'wpf', ['write', 'load', 'system']) ||
    args.some((arg) => arg.includes('=')),
  /** docker: does more than show what there is. */
  worksOnContainers: ([first = '', second = '']) =>
    !containerViews.has(first) &&
    !(/^(?:container|image|network|volume|system)$/.test(first) && containerViews.has(second)),
  /** hostname: sets it. */
  setsHostName: (args) =>
    args.some((arg) => !arg.startsWith('-')) || hasFlag(args, 'Fb', ['file', 'boot']),
  /** chrt: asks for a real-time policy, its default. */
  asksRealtime: (args) => !hasFlag(args, 'obipm', ['other', 'batch', 'idle', 'pid', 'max']),
  /** ionice: asks for the real-time class. */
  asksRealtimeAccess: (args) =>
    isUnclear(args) || /(?:^| )(?:-c ?|--class[= ])(?:1|realtime)(?: |$)/.test(args.join(' ')),
  /** strace, gdb: looks into a process that runs already. */
  attaches: (args) =>
    isUnclear(args) ||
    hasFlag(args, 'p', ['attach', 'pid']) ||
    args.some((arg) => /^[0-9]+$/.test(arg)),
  /** start-stop-daemon: looks which process is the daemon, as nothing but its ID would tell it. */
  looksForProcesses: (args) =>
    isUnclear(args) ||
    !hasFlag(args, 'p', ['pidfile', 'pid']) ||
    args.some((arg) => /^(?:-[xnu]|--(?:exec|name|user|ppid|startas)(?:=.*)?)$/.test(arg)),
  /** kill: sends signals to other processes than the service's own. */
  signalsOthers: (args) => !args.some((arg) => /^\$\{?MAINPID\b/.test(arg)),
  /** node, luajit: translates to machine code, unless told not to. */
  compiles: (args) => !args.some((arg) => arg === '--jitless' || arg === '-joff'),
  /** curl, ssh and the like: talks to another host than its own. */
  reachesOthers: (args) =>
    !args.some(isLocal) ||
    args.some((arg) => !isLocal(arg) && /:\/\/|@|^[\w-]+(?:\.[\w-]+)+(?::|$)/.test(arg)),
  /** ssh: notes which key a host has. */
  notesHosts,
  /** rsync: talks to another host by a shell, and has that note which key it has. */
  notesHostsByShell: (args) =>
    args.some((arg) => /^[\w.@-]+:(?!:|\/\/)|^(?:-e|--rsh)/.test(arg)) && notesHosts(args),
  /** socat: uses devices, interfaces, raw packets, or sockets other than IP and local ones. */
  reachesBeyondSockets: (args) => {
    const addresses = socatAddresses(args)
    return isUnclear(args) || addresses.length < 2 || !addresses.every(isPlainAddress)
  },
  /** systemd-tmpfiles: works by all lists of the system, not by files that it is told. */
  setsUpSystem: (args) => !args.some(isList) || !args.every((arg) => isList(arg) || isOfLists(arg)),
  /** date: sets the clock. */
  setsClock: (args) =>
    isUnclear(args) ||
    hasFlag(args, 's', ['set']) ||
    args.some((arg) => /^set-|^[0-9]{8,14}(?:\.[0-9]{2})?$/.test(arg)),
} as const satisfies Readonly<Record<string, Mode>>

/**
 * Whether an address of socat is a socket of IP or a local one, a program, a file or an end of the
 * command itself, and asks for nothing more.
 */
function isPlainAddress({type, rest}: SocatAddress): boolean {
  const isPlain =
    /^(?:(?:TCP|UDP|UDPLITE|SCTP|DCCP|OPENSSL|SSL|OPENSSL-DTLS|DTLS|UNIX|ABSTRACT|SOCKS|PROXY)[0-9A-Z-]*|EXEC|SYSTEM|SHELL|STDIO|STDIN|STDOUT|STDERR|-|FD|[0-9]+|PIPE|FIFO|ECHO)$/i.test(
      type,
    ) ||
    (/^(?:OPEN|GOPEN|FILE|CREATE|CREAT)?$/i.test(type) &&
      !/^(?:\/dev\/|\/sys\/|\/proc\/sys\/)/.test(rest) &&
      rest.startsWith('/'))
  return (
    isPlain &&
    !/(?:^|,)(?:ip-?transparent|so-?bindtodevice|bindtodevice|interface|if|so-?mark|mark|tun|iff|ioctl|setsockopt|netns|so-?priority)\b/i.test(
      rest,
    )
  )
}

/** Whether `ssh` keeps the keys of hosts where it always does, and adds those of new ones. */
function notesHosts(args: readonly string[]): boolean {
  return !args.some((arg) => /StrictHostKeyChecking[= ]yes|UserKnownHostsFile/i.test(arg))
}

/** Whether an argument names a file of systemd-tmpfiles. */
function isList(arg: string): boolean {
  return /^(?!-)[^$%]+\.conf$/.test(arg)
}

/** Whether an option says what systemd-tmpfiles does by its files. */
function isOfLists(arg: string): boolean {
  return /^--(?:create|clean|remove|boot|graceful)$/.test(arg)
}

/** Whether a mode, in digits or letters, has set-user-ID or set-group-ID bits. */
function isWithIdBits(mode: string): boolean {
  return /^[=+]?0*[2-7][0-7]{3}$|^(?:.*,)?[ugoa]*[+=][rwxXt]*s/.test(mode)
}

/** Whether an option names a file that is not one of those to copy. */
function isOfFile(option: string): boolean {
  return option === '-r' || (/^--?[a-z-]+$/.test(option) && /repo|file|from|cache|dir/.test(option))
}

const backupCommands: ReadonlySet<string> = new Set([
  'backup',
  'break-lock',
  'cache',
  'cat',
  'check',
  'compact',
  'copy',
  'create',
  'delete',
  'diff',
  'find',
  'forget',
  'info',
  'init',
  'key',
  'list',
  'ls',
  'prune',
  'rebuild-index',
  'recover',
  'repair',
  'rewrite',
  'snapshots',
  'stats',
  'tag',
  'unlock',
])

/** What docker shows, as the daemon tells it. */
const containerViews: ReadonlySet<string> = new Set([
  '--version',
  '-v',
  'df',
  'events',
  'images',
  'info',
  'inspect',
  'logs',
  'ls',
  'port',
  'ps',
  'stats',
  'top',
  'version',
])

const networkChanges: ReadonlySet<string> = new Set([
  'a',
  'add',
  'append',
  'attach',
  'change',
  'chg',
  'd',
  'del',
  'delete',
  'exec',
  'f',
  'flush',
  'netns',
  'prepend',
  'replace',
  'restore',
  's',
  'set',
])

/** Whether an argument names this host. */
function isLocal(arg: string): boolean {
  return /(?:^|[/@=])(?:localhost|127\.|\[?::1)|^--?unix-socket/.test(arg)
}

/** Whether the arguments may hide others. */
function isUnclear(args: readonly string[]): boolean {
  return args.length === 0 || args.some((arg) => arg.includes('$'))
}

/** The letters of all short options. */
function clusters(args: readonly string[]): string {
  return args
    .filter((arg) => /^-[A-Za-z]/.test(arg))
    .map((arg) => arg.slice(1))
    .join('')
}

function hasLong(args: readonly string[], names: readonly string[]): boolean {
  return args.some((arg) => arg.startsWith('--') && names.includes(upTo(arg.slice(2), '=')))
}

function hasFlag(args: readonly string[], letters: string, names: readonly string[]): boolean {
  const given = clusters(args)
  return [...letters].some((letter) => given.includes(letter)) || hasLong(args, names)
}
