import {nearest} from '../facts/nearest.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {parseSigned, parseUnsigned} from './integers.ts'
import {knownNames} from './known.ts'
import {meantWord, plainly} from './meant.ts'
import {quote} from './quote.ts'

/** Signals, by name or number: `KillSignal=` (systemd.kill(5)). */
export const signal: Validator = function* (value, context) {
  if (isSignal(value, context.version)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a signal such as \`SIGTERM\``,
    plainly(value, signal, context, (bare) => meantSignal(bare, context.version)),
  )
}

/**
 * Words that are exit statuses, by name or number, or signals: `SuccessExitStatus=`
 * (systemd.service(5)).
 */
export const exitStatusList: Validator = function* (value, context) {
  const {version} = context
  const {fields, fault} = fieldsOf(value, version)
  const isWord = (word: string): boolean =>
    exitStatuses(version).has(word) ||
    parseUnsigned(word, 8, version) !== undefined ||
    isSignal(word, version)
  for (const field of fields) {
    if (isWord(field.text)) continue
    const meant = meantWord(field.text, isWord, (bare) => [
      upperSignal(bare),
      nearest(bare, [...signalNames, ...exitStatuses(version)]),
    ])
    yield fieldFault(
      field,
      `Unexpected ${quote(field.text)}, expected a number from \`0\` to \`255\`, an exit status such as \`TEMPFAIL\` or a signal such as \`SIGTERM\``,
      'word',
      meant,
    )
  }
  if (fault) yield splittingFault(fault)
}

/** Signals and exit statuses are in upper case, and no `_` follows `SIG`. */
function upperSignal(bare: string): string {
  return bare.toUpperCase().replace(/^SIG_/, 'SIG')
}

/** A signal in other letter case, or misspelt. */
function meantSignal(bare: string, version: number): string | undefined {
  const upper = upperSignal(bare)
  return isSignal(upper, version) ? upper : nearest(upper, signalNames)
}

/** Whether systemd takes a text for a signal, by number, or by name with or without `SIG`. */
function isSignal(text: string, version: number): boolean {
  const number = parseSigned(text, 32, version)
  if (number !== undefined) return number > 0n && number <= highest
  const name = text.startsWith('SIG') ? text.slice(3) : text
  if (names.has(name) || name === 'RTMIN' || name === 'RTMAX') return true
  const [, end, offset] = /^RT(MIN(?=\+)|MAX(?=-))(.*)$/s.exec(name) ?? []
  const distance = offset === undefined ? undefined : parseSigned(offset, 32, version)
  if (distance === undefined) return false
  return end === 'MIN'
    ? distance >= 0n && distance <= realTime
    : distance <= 0n && distance >= -realTime
}

const names = new Set(
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  ),
)
const signalNames = [...names].map((name) => `SIG${name}`)
const highest = 64n
/** How many signals there are from `RTMIN` to `RTMAX`, less one. */
const realTime = 30n

/** systemd.exec(5), "process exit codes"; `NAME:252-` is known from 252 on. */
const exitStatuses = knownNames(
  'SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING USAGE DATAERR NOINPUT NOUSER ' +
    'NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG CHDIR NICE FDS EXEC MEMORY LIMITS ' +
    'OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP ' +
    'SETSID CONFIRM STDERR PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR ADDRESS_FAMILIES ' +
    'RUNTIME_DIRECTORY CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY ' +
    'NUMA_POLICY CREDENTIALS EXCEPTION BPF:250- KSM:254- MEMORY_THP:260-',
)
