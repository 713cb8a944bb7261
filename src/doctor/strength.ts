import type {AccessId} from '../facts/accesses.ts'
import {isWithin} from '../needs/evidence/declared.ts'
import {denialContext} from '../needs/denial-context.ts'
import type {Unit} from '../rule/unit.ts'
import {itself} from '../unit/load.ts'
import {applySystemCallFilter, isCallAllowed} from '../values/syscalls.ts'
import {closeness} from './places.ts'
import type {Closeness} from './places.ts'
import {isTooSmall} from './limits.ts'
import {signsOf} from './signs.ts'
import type {Suspect} from './suspects.ts'
import type {Symptom} from './symptoms.ts'
import type {ErrorName} from './errors.ts'

/** What of a service every symptom is judged by. */
export interface JudgedService {
  readonly unit: Unit
  /**
   * Some command of it starts with all of root's powers: hardly anything but what is in force says
   * no to it.
   */
  readonly isRoot: boolean
  /** What it needs by evidence: 1 surely, 0.5 perhaps. */
  readonly needs: ReadonlyMap<AccessId, number>
  /** Whether a filter of system calls answers with an error. */
  readonly callErrors: boolean
}

/** What of a service every symptom is judged by. */
export function surroundings(unit: Unit): JudgedService {
  const {capabilities, callErrors} = denialContext(itself(unit))
  const needs = new Map<AccessId, number>()
  for (const {access, certain, isUnseen} of unit.needs)
    if (isUnseen !== true) needs.set(access, Math.max(needs.get(access) ?? 0, certain ? 1 : 0.5))
  return {unit, isRoot: capabilities === 'all', needs, callErrors}
}

/** Errors that say who gave them. */
const specific: ReadonlySet<string> = new Set([
  'EAFNOSUPPORT',
  'EMFILE',
  'EFBIG',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENOKEY',
  'ENOSYS',
  'EOVERFLOW',
])

/** What has root read and write whatever there is. */
export const overriding: readonly AccessId[] = [
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'superuser',
]

/**
 * How well lines explain a symptom, from 0 to 1. The figures order what may be to blame; they were
 * set by the services of test/doctor/broken.jsonl, and are no probabilities.
 */
export function strengthOf(suspect: Suspect, symptom: Symptom, its: JudgedService): number {
  switch (symptom.kind) {
    case 'call':
      return ofCall(suspect, symptom, its)
    case 'signal':
      return ofSignal(suspect, symptom, its)
    case 'error':
      return ofError(suspect, symptom, its)
    case 'step':
      return ofStep(suspect, symptom, its)
    case 'result':
      return ofResult(suspect, symptom, its)
    case 'notify':
      return suspect.key === 'NotifyAccess' ? 1 : 0
    default:
      return 0
  }
}

/** The kernel itself names the call. */
function ofCall({key, value}: Suspect, {call = ''}: Symptom, {unit}: JudgedService): number {
  const filter =
    key === 'SystemCallFilter'
      ? applySystemCallFilter(undefined, value, unit.target.version)?.value
      : undefined
  return filter && !isCallAllowed(filter, call) ? 1 : 0
}

function ofSignal(
  {key, value, denied}: Suspect,
  {signal = '', deeds}: Symptom,
  its: JudgedService,
): number {
  if (signsOf(key)?.signals?.includes(signal) !== true) return 0
  const needed = neededOf(denied, its)
  const fit = fitOf(denied, deeds)
  if (byOne[signal] === key) return 0.95
  if (isTooSmall(key, value, its.unit.target.version)) return 0.65
  // Programs crash by themselves, but no program stops itself so.
  if (signal !== 'SYS') return Math.max(0.25 + 0.5 * Math.max(needed, fit), ofEveryday(denied, its))
  if (key === 'SystemCallFilter' && its.callErrors) return 0.3
  return key === 'SystemCallFilter'
    ? 0.96 + 0.03 * fit + 0.01 * needed
    : 0.45 + 0.2 * fit + 0.1 * needed
}

/** Signals that the kernel sends for one thing alone. */
const byOne: Readonly<Record<string, string>> = {XFSZ: 'LimitFSIZE', XCPU: 'LimitCPU'}

/**
 * Steps of the start of which what is in force has made a failure (systemd.exec(5), "Process Exit
 * Codes").
 */
function ofStep(
  suspect: Suspect,
  {step = '', error, paths}: Symptom,
  {unit}: JudgedService,
): number {
  const {key, value} = suspect
  // What it opens there is /dev/null.
  if (/^STD(?:IN|OUT|ERR)$/.test(step) && error === 'EPERM')
    return (key === 'DevicePolicy' && value === 'strict') || key === 'DeviceAllow' ? 0.9 : 0
  if (step === 'NAMESPACE') return ofNamespace(suspect, paths)
  const signs = signsOf(key)
  if (error === undefined || signs?.errors.includes(error) !== true) return 0
  // Who runs a program is held to a number of processes, too (execve(2)).
  if (!signs.places)
    return (error === 'EAGAIN' && key === 'LimitNPROC') || error === 'ENOMEM' ? 0.85 : 0
  if (key === 'NoExecPaths' && step !== 'EXEC') return 0
  // Nobody hides these by what is about everything.
  if (startedWith(step, unit).some((path) => closeness(suspect, path, error, unit) >= 2))
    return 0.85
  // A program cannot be run without what loads it.
  return key === 'NoExecPaths' &&
    step === 'EXEC' &&
    loaders.some((path) => closeness(suspect, path, error, unit) >= 2)
    ? 0.75
    : 0
}

/** Where the dynamic linker is; links of the root lead there. */
const loaders = ['/usr/lib', '/usr/lib64']

/** The paths that a step of the start is about. */
function startedWith(step: string, unit: Unit): readonly string[] {
  if (step === 'EXEC')
    return unit.values('ExecStart').flatMap(({value}) => /^[-@:+!|]*(\/\S+)/.exec(value)?.[1] ?? [])
  return step === 'CHDIR'
    ? unit.values('WorkingDirectory').flatMap(({value}) => /^-?(\/.*)$/.exec(value)?.[1] ?? [])
    : []
}

/**
 * A mount that could not be made: of the lines that name its path, else of any that names paths
 * which may be missing.
 */
function ofNamespace({key, lines}: Suspect, paths: readonly string[]): number {
  const named = lines.flatMap((line) => line.paths)
  if (named.length === 0) return 0
  const asked = paths.map(onHost)
  if (asked.length === 0) return key === 'TemporaryFileSystem' ? 0 : 0.55
  const exact = named.filter(({text, inside}) => asked.includes(text) || asked.includes(inside))
  if (exact.length > 0) return exact.every(({marks}) => marks.includes('-')) ? 0.7 : 0.95
  return asked.some((path) =>
    named.some(({inside}) => isWithin(path, [inside]) || isWithin(inside, [path])),
  )
    ? 0.75
    : 0
}

/** A path that could not be mounted, as the service and the unit call it. */
export function onHost(path: string): string {
  return path.replace(/^\/run\/systemd\/(?:unit-root|mount-rootfs)(?=\/)/, '')
}

/** Packets are dropped, and nobody is told. */
const silent: ReadonlySet<string> = new Set(['IPAddressDeny', 'RestrictNetworkInterfaces'])

function ofResult({key, value, denied}: Suspect, {result}: Symptom, its: JudgedService): number {
  if (result !== 'timeout') return 0
  if (silent.has(key)) return 0.5 + 0.2 * neededOf(denied, its)
  if (isTooSmall(key, value, its.unit.target.version)) return 0.55
  return denied.has('notify')
    ? 0.45 + 0.4 * (its.needs.get('notify') ?? 0)
    : key === 'SystemCallFilter'
      ? ofEveryday(denied, its)
      : 0
}

/**
 * Groups of calls that nearly any program makes: who is told no to these may do anything, with
 * words for something else.
 */
const everyday = new Set<AccessId>([
  '@basic-io',
  '@file-system',
  '@io-event',
  '@ipc',
  '@network-io',
  '@process',
  '@signal',
  '@sync',
  '@timer',
])

/** Whether a filter answers calls of every day with an error. */
function ofEveryday(denied: ReadonlySet<AccessId>, {callErrors}: JudgedService): number {
  return callErrors && [...denied].some((id) => everyday.has(id)) ? 0.5 : 0
}

const byCloseness: Readonly<Record<Closeness, number>> = {0: 0, 1: 0.6, 2: 0.85, 3: 0.95}

function ofError(suspect: Suspect, symptom: Symptom, its: JudgedService): number {
  const {error, deeds} = symptom
  const {key, value, denied} = suspect
  const signs = signsOf(key)
  if (
    !signs ||
    (error !== undefined && !signs.errors.includes(error)) ||
    (key === 'SystemCallFilter' && !its.callErrors)
  )
    return 0
  const needed = neededOf(denied, its)
  if (isTooSmall(key, value, its.unit.target.version)) return 0.65
  if (key === 'LimitNOFILE' && /open files|file descriptors|\bnofile\b/i.test(symptom.message))
    return 0.85
  const byPlace = signs.places ? ofPlaces(suspect, symptom, its) : undefined
  if (byPlace !== undefined) return byPlace === 0 ? 0 : byPlace + 0.05 * needed
  // A file that is missing is no sign of anything, but for those that every machine has.
  if (error === 'ENOENT' && !(deeds.has('proc-files') && denied.has('proc-files'))) return 0
  if (deeds.size > 0) {
    const fit = fitOf(denied, deeds)
    if (fit === 0)
      return key === 'SystemCallFilter' && error === 'EPERM' ? ofEveryday(denied, its) : 0
    return error === undefined
      ? (silent.has(key) ? 0.36 : 0.38) + 0.16 * fit + 0.1 * needed
      : 0.55 + 0.25 * fit + 0.1 * needed + (specific.has(error) ? 0.1 : 0)
  }
  return error === undefined ? 0 : ofErrorAlone(error, suspect, its)
}

/** For an error that comes with nothing else that tells. */
function ofErrorAlone(error: ErrorName, {key, denied}: Suspect, its: JudgedService): number {
  const needed = neededOf(denied, its)
  if (specific.has(error)) return 0.8 + 0.1 * needed
  // Links may lead there.
  if (error === 'EACCES' && key === 'InaccessiblePaths') return its.isRoot ? 0.5 : 0
  // Root is told no by what is in force; others are told so for many reasons.
  if (error === 'EACCES')
    return its.isRoot && overriding.some((id) => denied.has(id)) ? 0.7 : 0.3 + 0.2 * needed
  return (
    (its.isRoot ? 0.48 : 0.35) +
    (key === 'SystemCallFilter' || key.startsWith('Limit')
      ? error === 'ENOMEM'
        ? 0.15
        : 0.05
      : 0) +
    0.2 * needed
  )
}

/** By the paths of a message; undefined where they tell nothing. */
function ofPlaces(
  suspect: Suspect,
  {error, paths}: Symptom,
  {unit}: JudgedService,
): number | undefined {
  const closest = paths
    .map((path) => closeness(suspect, path, error, unit))
    .reduce<Closeness>((one, other) => (other > one ? other : one), 0)
  if (closest > 0) return byCloseness[closest]
  if (error !== 'EROFS') return undefined
  if (paths.length > 0) return 0
  return suspect.key === 'ProtectSystem' && suspect.value === 'strict' ? 0.7 : 0.55
}

/** How well what is denied fits what the service was about: 1 for what the message means first. */
function fitOf(denied: ReadonlySet<AccessId>, deeds: ReadonlySet<AccessId>): number {
  const all = [...deeds]
  const at = all.findIndex((deed) => denied.has(deed))
  return at === -1 ? 0 : 1 - (0.3 * at) / all.length
}

/** How surely the service needs some of what is denied. */
function neededOf(denied: ReadonlySet<AccessId>, {needs}: JudgedService): number {
  let most = 0
  for (const [id, certainty] of needs) if (denied.has(id)) most = Math.max(most, certainty)
  return most
}
