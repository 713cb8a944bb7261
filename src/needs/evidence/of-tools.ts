import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {activities} from './activities.ts'
import {environment} from './environment.ts'
import {isShell, scriptOf} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import type {Need} from './need.ts'
import type {Borne} from './of-production.ts'
import {sways} from './swaying.ts'
import {isFileTool, usesOf} from './uses.ts'

/**
 * What a service does without that runs nothing but tools for texts and files: they talk to nobody,
 * become nobody else, and change nothing but files, whatever they are told.
 *
 * `needs` is what all other evidence shows, the places that the tools are told of among it.
 */
export function lacksOfTools(
  unit: LoadedUnit,
  needs: Iterable<Need>,
): ReadonlyMap<AccessId, Borne> {
  if (!hasOnlyTools(unit)) return nothing
  const needed = new Set(Array.from(needs, ({access}) => access))
  // Files that are devices, or settings of the kernel, may ask for any right.
  if (beyondFiles.some((id) => needed.has(id))) return nothing
  const all = activities(unit).map(({activity}) => activity)
  const invocations = all.flatMap((activity) => activity.invocations)
  const changesNothing =
    all.every(({redirections}) => redirections.length === 0) && invocations.every(isReading)
  const namesNoFile =
    changesNothing && invocations.every(({args}) => !args.some((arg) => arg.includes('/')))
  const lacks: readonly AccessId[] = [
    ...powers,
    ...(invocations.some(looksUpUsers) ? [] : talks),
    ...(changesNothing ? changes : []),
    ...(namesNoFile ? files : []),
  ]
  const words = (): string => 'read: it runs nothing but tools for texts and files'
  return new Map(lacks.filter((id) => !needed.has(id)).map((id) => [id, {grade: 'read', words}]))
}

const nothing: ReadonlyMap<AccessId, Borne> = new Map([])

const beyondFiles = [
  'anything',
  'kernel-tunables',
  'raw-devices',
  'control-groups',
  'other-processes',
  'host-mounts',
  'host-bpf',
] as const satisfies readonly AccessId[]

const powers = [
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_KILL',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  '@setuid',
  '@mount',
  '@resources',
] as const satisfies readonly AccessId[]

const talks = [
  'inet',
  'inet-local',
  'bind-ports',
  'netlink',
  'host-network',
] as const satisfies readonly AccessId[]

/** What it takes to change files of others, or what is kept about files. */
const changes = [
  'CAP_CHOWN',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_SETFCAP',
  'CAP_SYS_ADMIN',
  '@chown',
  '@privileged',
] as const satisfies readonly AccessId[]

/** What it takes to reach files at all. */
const files = [
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'home-read',
  'home-write',
  'host-users',
] as const satisfies readonly AccessId[]

/** Whether a service runs nothing but tools that do with files what they are told. */
export const hasOnlyTools = query((unit: LoadedUnit): boolean => {
  const all = activities(unit)
  // Variables may name what is loaded into them (ld.so(8)).
  if (unit.type !== 'service' || all.length === 0 || environment(unit).size > 0) return false
  return all.every(
    ({activity: {invocations, isSwayed}}) =>
      !isSwayed && invocations.length > 0 && invocations.every(isPlainTool),
  )
})

/** Whether a program does nothing but with files what it is told to, and starts no other. */
function isPlainTool(invocation: Invocation): boolean {
  const {program, args, script, seen} = invocation
  // What a script in sight does is among the invocations.
  if (seen) return seen.isWhole
  if (isShell(program)) return scriptOf(invocation) !== undefined
  if (startsUnseen(invocation)) return false
  if (program === 'tar') return true
  if (!isFileTool(program) || doingMore.has(program) || script !== undefined) return false
  return program !== 'find' || !args.some((arg) => /^-(?:exec|ok)/.test(arg))
}

/** Whether variables or tools have what runs be other than the commands say. */
export function mayRunUnseen(unit: LoadedUnit): boolean {
  return (
    activities(unit).some(
      ({activity: {invocations, isSwayed}}) => isSwayed || invocations.some(startsUnseen),
    ) || [...environment(unit).values()].some(({name, value}) => sways(name, value))
  )
}

/**
 * Whether a tool is told to run what stands in no command: by words of its own language, or by an
 * option, of which the beginning is enough. Archives of tar(1) may be on another host, before a
 * colon.
 */
function startsUnseen({program, args}: Invocation): boolean {
  const has = (pattern: RegExp): boolean => args.some((arg) => pattern.test(arg))
  // gawk talks to the network, too.
  const ownWords = /system|\||\/inet|\/e\b|^e\b|[;{\n]\s*e\b/
  if (program.endsWith('awk')) return has(ownWords) || has(/^-[a-zA-Z]*[fiEl]|^--(?:fi|in|lo|ex)/)
  switch (program) {
    case 'sed':
      return has(ownWords) || has(/^-[a-zA-Z]*f|^--fi/)
    case 'sort':
      return has(/^--co/)
    case 'tar':
      return (
        has(/:|^--(?:us|to-c|checkpoint-|inf|new-v|rs|rm)|^-[a-zA-Z]*[IF]/) ||
        /^[a-zA-Z]*[IF]/.test(args[0] ?? '')
      )
    default:
      return false
  }
}

/**
 * File tools that start others, send signals, raise limits, set the clock, or set what needs a
 * right of its own.
 */
const doingMore: ReadonlySet<string> = new Set(
  '. source alias eval exec env xargs trap kill ulimit start-stop-daemon logger rsync scp date mknod mkswap setcap chcon restorecon'.split(
    ' ',
  ),
)

/**
 * Whether names of users are looked up, for which the name service may ask another host
 * (nsswitch.conf(5)).
 */
function looksUpUsers({program, args}: Invocation): boolean {
  return (
    usersByName.has(program) ||
    (program === 'find' &&
      args.some((arg) => /^-(?:user|group|nouser|nogroup|ls|printf|fprintf)$/.test(arg)))
  )
}

const usersByName: ReadonlySet<string> = new Set(
  'chown chgrp install setfacl getfacl stat ls tar'.split(' '),
)

function isReading(invocation: Invocation): boolean {
  const {program, args} = invocation
  if (isShell(program)) return true
  if (program === 'find') return !args.some((arg) => /^-(?:delete|fprint|fls)/.test(arg))
  return program !== 'sort' && usesOf(invocation).every(({use}) => use === 'read')
}
