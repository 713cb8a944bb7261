import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valueOf} from '../../unit/value.ts'
import {isOfRoot} from '../denial-context.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {isKnownProgram} from '../programs/programs.ts'
import {startedBySocat} from '../programs/socat.ts'
import {baseName} from '../../values/paths.ts'
import {activities} from './activities.ts'
import type {ActiveCommand} from './activities.ts'
import {commands} from './commands.ts'
import type {Command} from './commands.ts'
import {fileOf, fileRun, isShell, isSourcing, scriptOf, startsAnother} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import {needsFor, short} from './need.ts'
import type {Need} from './need.ts'
import {isHelperOf, isUnknown, givenName} from './core-programs.ts'
import {isOfVariables, mayBeCode} from './sourced.ts'

/**
 * What nobody can know from the unit: it runs a script that is not in sight, or no program at all,
 * or does what others tell it.
 *
 * What is only unseen makes nothing unsafe to deny for good; it takes a person, or a profile, to
 * say that it may be denied.
 */
export function* ofUnseen(unit: LoadedUnit): Generator<Need> {
  if (unit.type !== 'service') return
  if (commands(unit).every(isPlaceholder)) {
    yield unseen('no command of it is in sight that does anything')
    return
  }
  const isSetUp = setsUp(unit)
  const areOfRoot = isOfRoot(unit)
  const stem = givenName(unit)
  const all = activities(unit)
  for (const command of all)
    yield* ofCommand(command, isSetUp && (areOfRoot || command.isPrivileged), stem)
}

/**
 * Whether a service does something once as the machine starts, and perhaps undoes it: jobs of
 * timers are not installed, and leave nothing on.
 */
function setsUp(unit: LoadedUnit): boolean {
  if (valueOf(unit, 'Type')?.value !== 'oneshot') return false
  const isInstalled =
    unit.pulls.length > 0 ||
    ['WantedBy', 'RequiredBy', 'UpheldBy'].some((key) => valueOf(unit, key) !== undefined)
  return (
    isInstalled ||
    valueOf(unit, 'RemainAfterExit')?.boolean === true ||
    valueOf(unit, 'ExecStop') !== undefined
  )
}

/**
 * What root does as the machine starts may be to set up anything of it, where nobody knows the
 * program.
 */
function* ofCommand(
  {assignment, activity: {invocations}}: ActiveCommand,
  isSetUp: boolean,
  stem: string,
): Generator<Need> {
  const key = `\`${assignment.key}=\``
  const started = startedForOthers(invocations)
  if (started !== undefined)
    yield unseen(
      `${key} has \`socat\` run \`${short(fileOf(started))}\` for others, and nobody knows what that does`,
      assignment,
    )
  for (const invocation of invocations) {
    const boundless = boundlessOf(invocation)
    if (boundless !== undefined)
      yield* needsFor(['anything'], `${key} ${boundless}`, false, assignment)
    if (isInitScript(invocation.path))
      yield* needsFor(
        ofInitScripts,
        `${key} runs a script of init, which finds its daemon by its process and makes folders for it`,
        false,
        assignment,
      )
    const hidden = unseenOf(invocation, isSetUp, stem)
    if (hidden !== undefined) yield unseen(`${key} runs ${hidden}`, assignment)
  }
}

/** That nothing can be known, and why. */
function unseen(because: string, assignment?: Assignment): Need {
  return {
    access: 'anything',
    because,
    certain: false,
    isGuess: true,
    isUnseen: true,
    ...(assignment && {assignment}),
  }
}

/** What is run that may do anything, in words; undefined for all else. */
function boundlessOf(invocation: Invocation): string | undefined {
  const {path} = invocation
  if (isOfSystemd(path)) return 'runs a part of systemd, which sets up what it needs'
  if (isLocalScript(path)) return `runs what the administrator wrote into \`${path}\``
  return isBareShell(invocation) ? 'lets a user in, who runs what they like' : undefined
}

/**
 * What socat starts for those that connect, as inetd does, that nobody knows: it may keep files in
 * the `/tmp` of all, for example.
 */
function startedForOthers(invocations: readonly Invocation[]): Invocation | undefined {
  const isStarting = invocations.some(
    ({program, args}) => program === 'socat' && startedBySocat(args).length > 0,
  )
  return isStarting ? invocations.find(isUnknown) : undefined
}

/**
 * What is run that nobody can look into, in words; undefined where it can be known what it does.
 */
function unseenOf(invocation: Invocation, isSetUp: boolean, stem: string): string | undefined {
  const {seen} = invocation
  if (seen?.isWhole) return undefined
  const script = scriptRun(invocation)
  // What starts a program of which it is beyond doubt what it is for need not be read.
  if (
    seen &&
    script !== undefined &&
    kindOfProgram(stem, [])?.kind !== undefined &&
    (isHelperOf(stem, script) || isOfVariables(script))
  )
    return undefined
  if (script !== undefined)
    return `the script \`${short(script)}\`, which is not ${seen ? 'read to its end' : 'in sight'}`
  return isSetUp && isUnknown(invocation) && !startsAnother(invocation)
    ? `\`${short(fileOf(invocation))}\` as root when the machine starts, and nobody knows what that does`
    : undefined
}

/** A command that is there because systemd asks for one. */
function isPlaceholder({words: [program = '']}: Command): boolean {
  return ['true', 'false', ':'].includes(baseName(program))
}

/**
 * Whether a program is one of systemd's own that work for the system: its proxy works for a
 * service. Other packages put theirs into the same folder, under other names.
 */
function isOfSystemd(path: string): boolean {
  return /^\/(?:usr\/)?lib\/systemd\/systemd(?!-socket-proxyd$)(?:-[\w-]+)?$/.test(path)
}

function isLocalScript(path: string): boolean {
  return path === '/etc/rc.local' || path === '/etc/rc.d/rc.local'
}

/** It starts and stops a daemon by `start-stop-daemon` or the like, whatever it is named for. */
function isInitScript(path: string): boolean {
  return /^\/etc\/(?:rc\.d\/)?init\.d\/./.test(path)
}

/** To find the process of another user, and to end it (start-stop-daemon(8), pidof(8)). */
const ofInitScripts: readonly AccessId[] = [
  'other-processes',
  'host-pids',
  'proc-files',
  'CAP_SYS_PTRACE',
  'CAP_KILL',
  // `install -o USER -d /run/DAEMON`: the mode is set when the folder is another's.
  'root-files',
  'host-users',
  'CAP_CHOWN',
  'CAP_FOWNER',
  'CAP_DAC_OVERRIDE',
  '@chown',
]

/** A shell that reads what to do from its input. */
function isBareShell(invocation: Invocation): boolean {
  return (
    isShell(invocation.program) &&
    scriptOf(invocation) === undefined &&
    fileRun(invocation) === undefined
  )
}

/** The shell script that is run, unless it belongs to a program that is known. */
function scriptRun(invocation: Invocation): string | undefined {
  const {path, program, args, seen} = invocation
  if (isSourcing(program)) return seen?.path ?? args.slice(0, 1).find(mayBeCode)
  const script = isShell(program)
    ? scriptOf(invocation) === undefined
      ? fileRun(invocation)
      : undefined
    : isShellScript(fileOf(invocation))
      ? path
      : undefined
  return script === undefined || isKnownProgram(script) ? undefined : script
}

/**
 * By its ending, or as it lies below /etc, where nothing but scripts may be run (FHS 3.0, 3.7.2),
 * and does not end as those of other languages do.
 */
function isShellScript(path: string): boolean {
  return /\.(?:sh|bash|zsh|ksh|csh|init|wrapper)$|^\/etc\/(?!.*\.(?:py|pl|js)$)/.test(path)
}
