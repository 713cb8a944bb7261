import type {AccessId} from '../facts/accesses.ts'
import {callOf} from './calls.ts'
import {deedsIn} from './deeds.ts'
import {errorIn, isTranslated} from './errors.ts'
import type {ErrorName} from './errors.ts'
import type {JournalEntry} from './journal.ts'

/** Something in a log that says why a service failed. */
export interface Symptom {
  readonly kind: 'call' | 'error' | 'notify' | 'result' | 'signal' | 'status' | 'step'
  /** The message that tells of it, the first one of several. */
  readonly message: string
  /** The error that it names. */
  readonly error?: ErrorName | undefined
  /** What the service was about, by its words. */
  readonly deeds: ReadonlySet<AccessId>
  /** The paths that it names. */
  readonly paths: readonly string[]
  /** The system call that the kernel denied. */
  readonly call?: string
  /** The step of the start that failed, as systemd calls it, such as `NAMESPACE`. */
  readonly step?: string
  /** The signal that ended it, without `SIG`. */
  readonly signal?: string
  /** How the unit ended, as systemd calls it, such as `watchdog`. */
  readonly result?: string
}

/** A log as long as one wants has no more than these that differ. */
const most = 400

/** As many lines before a death may tell of what died. */
const window = 16

/** What is no longer tells of no more than an error. */
const bare = 50

/** A line of a traceback, which names the file of a program. */
const isTrace = /^\s*(?:File "|at )/

/** Gathers what a log says, line by line; what it keeps does not grow with the log. */
export class Symptoms {
  readonly #found = new Map<string, Symptom>()
  /**
   * What was said just before, by which a message is understood that names an error alone: traces
   * of calls are told line by line.
   */
  #before: readonly string[] = []

  /** Take one more entry. */
  take(entry: JournalEntry): void {
    if (this.#found.size >= most) return
    const found = this.#understood(symptomOf(entry), entry)
    if (!found) return
    const key = `${found.kind} ${found.step ?? found.signal ?? found.call ?? found.result ?? ''} ${likeness(found.message)}`
    if (!this.#found.has(key)) this.#found.set(key, found)
  }

  #understood(found: Symptom | undefined, {from, message}: JournalEntry): Symptom | undefined {
    const before = this.#before
    if (from === 'service') this.#before = [...before.slice(1 - window), message.slice(0, 400)]
    if (found?.kind === 'signal') return afterWords(found, before)
    if (
      found?.kind !== 'error' ||
      from !== 'service' ||
      found.deeds.size > 0 ||
      found.paths.length > 0
    )
      return found
    const paths =
      found.message.length < bare
        ? before.slice(-2).flatMap((line) => (isTrace.test(line) ? [] : pathsIn(line)))
        : []
    return {...found, deeds: deedsIn(before.slice(-4).join('\n')), paths}
  }

  /** What was said last. */
  get words(): readonly string[] {
    return this.#before
  }

  /** What was found, in order. */
  get all(): readonly Symptom[] {
    return [...this.#found.values()]
  }
}

/** A death, understood by what was said before it. */
export function afterWords(symptom: Symptom, words: readonly string[]): Symptom {
  return symptom.kind === 'signal' && symptom.deeds.size === 0
    ? {...symptom, deeds: deedsIn(words.join('\n'))}
    : symptom
}

/**
 * Messages that differ in numbers and names of files alone say the same; the folders are kept, as
 * they tell who denies it.
 */
function likeness(message: string): string {
  return message.replaceAll(/\/[\w.@+~-]+(?=[^\w/.@+~-]|$)/g, '/').replaceAll(/\d+/g, '0')
}

function symptomOf({from, message}: JournalEntry): Symptom | undefined {
  const text = message.trim()
  if (from === 'manager') return ofManager(text) ?? undefined
  if (from === 'kernel') return ofKernel(text)
  return ofService(text)
}

/**
 * systemd.exec(5), "Process Exit Codes"; the words of the messages are those of systemd 247 to 262.
 */
function ofManager(message: string): Symptom | undefined {
  const text = message.replace(/^\S+\.\w+: /, '')
  const made = (its: Pick<Symptom, 'kind'> & Partial<Symptom>): Symptom => ({
    deeds: new Set(),
    paths: pathsIn(text),
    error: errorIn(text),
    ...its,
    message: text,
  })
  const [, failed] = /^Failed at step (\w+) spawning /.exec(text) ?? []
  if (failed !== undefined) return made({kind: 'step', step: failed, paths: []})
  if (text.startsWith('Failed to set up mount namespacing'))
    return made({kind: 'step', step: 'NAMESPACE'})
  const [, stream] = /^Failed to set up standard (input|output|error)/.exec(text) ?? []
  if (stream !== undefined) return made({kind: 'step', step: stepOfStream[stream] ?? 'STDERR'})
  if (
    /^(?:Changing to the requested working directory|Failed to change to the requested)/.test(text)
  )
    return made({kind: 'step', step: 'CHDIR'})
  if (/^(?:Failed to locate executable|Unable to locate executable|Failed to execute)/.test(text))
    return made({kind: 'step', step: 'EXEC'})
  if (/reception only permitted for|reception is disabled/.test(text)) return made({kind: 'notify'})
  const [, code, status, word] = exit.exec(text) ?? exitShown.exec(text) ?? []
  if (code === 'killed' || code === 'dumped')
    return made({kind: 'signal', signal: word ?? signals[Number(status)] ?? status ?? ''})
  if (code === 'exited') return ofStatus(Number(status), made)
  const [, result] =
    /^Failed with result '([\w-]+)'/.exec(text) ??
    /^Active: failed \(Result: ([\w-]+)\)/.exec(text) ??
    []
  if (result !== undefined && results.has(result)) return made({kind: 'result', result})
  const isError =
    /^(?:Failed to |Cannot |Can't |Could not |Couldn't )/.test(text) &&
    made({kind: 'error'}).error !== undefined
  return isError ? made({kind: 'error'}) : undefined
}

const stepOfStream: Readonly<Record<string, string>> = {input: 'STDIN', output: 'STDOUT'}

/** How a process ended, as the log says it, and as `systemctl status` does. */
const exit =
  /(?:Main|Control) process exited, code=(exited|killed|dumped), status=(\d+)(?:\/([\w-]+))?/
const exitShown = /\(code=(exited|killed|dumped), (?:status|signal)=(\w+)(?:\/([\w-]+))?\)/

/** Those that say more than how the main process ended. */
const results = new Set([
  'timeout',
  'protocol',
  'watchdog',
  'start-limit-hit',
  'oom-kill',
  'resources',
  'exec-condition',
])

function ofStatus(
  status: number,
  made: (its: Pick<Symptom, 'kind'> & Partial<Symptom>) => Symptom,
): Symptom | undefined {
  const step = steps[status]
  if (step !== undefined) return made({kind: 'step', step})
  // A shell says so of what it ran.
  if (status > 128 && signals[status - 128] !== undefined)
    return made({kind: 'signal', signal: signals[status - 128] ?? ''})
  return status === 0 ? undefined : made({kind: 'status'})
}

const signals: Readonly<Record<number, string>> = {
  4: 'ILL',
  5: 'TRAP',
  6: 'ABRT',
  7: 'BUS',
  9: 'KILL',
  11: 'SEGV',
  24: 'XCPU',
  25: 'XFSZ',
  31: 'SYS',
}

/**
 * The statuses by which the process that was to become the service says how far it came
 * (systemd.exec(5), "Process Exit Codes").
 */
const steps: Readonly<Record<number, string>> = Object.fromEntries(
  (
    'CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER ' +
    'CAPABILITIES CGROUP SETSID CONFIRM STDERR - PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR_PROFILE ADDRESS_FAMILIES ' +
    'RUNTIME_DIRECTORY - CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY CREDENTIALS BPF'
  )
    .split(' ')
    .flatMap((step, at) => (step === '-' ? [] : [[200 + at, step]])),
)

/**
 * Audit: what a filter of system calls has denied (audit records of type SECCOMP, which is 1326).
 */
function ofKernel(message: string): Symptom | undefined {
  const isSeccomp = /\btype=(?:SECCOMP|1326)\b|^SECCOMP /.test(message)
  const call = isSeccomp ? callOf(message) : undefined
  if (call !== undefined) return {kind: 'call', call, message, deeds: new Set(), paths: []}
  if (/\boom-kill:|Out of memory: Killed process/.test(message))
    return {kind: 'result', result: 'oom-kill', message, deeds: new Set(), paths: []}
  return undefined
}

/** Most of what services log tells of no failure, and need not be looked at closely. */
const mayTell =
  /fail|err|cannot|can't|could ?n|unable|den(?:y|ied)|\bnot?\b|refus|fatal|abort|lost|\bE[A-Z]{3}|unreach|resol|syscall|must|only|require|too (?:many|large)|memory|system call|signal \d|unknown|invalid|unavailable|unsupported|insufficient/i

/** A user or group that is not known: who cannot read the files of them knows none. */
const isNobody =
  /(?:unknown|invalid|no such|non-?existent|cannot find|can't find|could not find|failed to find) (?:the )?(?:system )?(?:user|group)\b|\bget(?:pw|gr)nam\b|(?:user|group) \S+ (?:is )?(?:not found|unknown|does not exist)/i

/** What a program says of an error, or of what it may not do. */
function ofService(message: string): Symptom | undefined {
  if (!mayTell.test(message) && !isTranslated(message)) return undefined
  const audit = ofKernel(message)
  if (audit) return audit
  // Who asks for its own name tells of nothing that it needs; and some say where more may be said.
  if (/unable to resolve host|dmesg\(1\) may have more/.test(message)) return undefined
  if (isNobody.test(message))
    return {
      kind: 'error',
      error: 'ENOENT',
      message,
      deeds: new Set(),
      paths: ['/etc/passwd', '/etc/group'],
    }
  const error = errorIn(message)
  const deeds = deedsIn(message)
  if (
    error === undefined &&
    !(
      deeds.size > 0 &&
      /fail|error|cannot|can't|could not|couldn't|unable|denied|not supported|refus|fatal|abort|lost|\bno\b/i.test(
        message,
      )
    )
  )
    return undefined
  return error === 'SIGSYS'
    ? {kind: 'signal', signal: 'SYS', message, deeds, paths: []}
    : {kind: 'error', error, message, deeds, paths: pathsIn(message)}
}

/**
 * The absolute paths in a message, without the program that speaks: the first of several, or one
 * with a number of its line.
 */
function pathsIn(message: string): readonly string[] {
  const text = message.replace(/^\/[^\s:]+: (?=\d+: )/, '')
  const [first, ...others] = [...text.matchAll(/(?<![\w/.:])\/(?:[\w.+@~%=,-]+\/?)+/g)].map(
    ([path]) => path.replace(/[.,]+$|(?<=.)\/$/, ''),
  )
  if (first === undefined) return []
  const isSpeaker = others.length > 0 && text.startsWith(`${first}: `)
  return [...new Set(isSpeaker ? others : [first, ...others])].slice(0, 8)
}
