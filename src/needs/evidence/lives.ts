import {isSilent, isStarter, lifeOf} from '../programs/lives.ts'
import type {Life} from '../programs/lives.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {activities} from './activities.ts'
import type {ActiveCommand} from './activities.ts'
import {fileRun, isBeforeScript, isShell} from './invocations.ts'
import type {Activity} from './activity.ts'
import type {Invocation} from './invocations.ts'
import {short} from './need.ts'
import {upTo} from '../../syntax/text.ts'

/** How what a line starts lives. */
export interface LifeOfLine extends Life {
  readonly assignment: Assignment
  /** The program, with the option that decides it: `httpd -DFOREGROUND`. */
  readonly subject: string
}

/** How the commands of `ExecStart=` live, where that is known. */
export const livesOf = query((unit: LoadedUnit): readonly LifeOfLine[] =>
  activities(unit).flatMap(({assignment, activity}) => {
    const found = isStart(assignment)
      ? (lifeOfActivity(activity) ?? lifeOfScript(activity))
      : undefined
    return found ? [{...found, assignment}] : []
  }),
)

/**
 * Whether a line starts a service, as it stands: what a template leaves open at its beginning, as
 * in `@sbindir@/example`, is read as a prefix.
 */
function isStart({key, value}: Assignment): boolean {
  return key === 'ExecStart' && !/^[-:+!]*@\w+@/.test(value)
}

/**
 * The life of the first program that is known to have one, of those that become one another; of a
 * runtime only where what it runs has none.
 */
function lifeOfActivity(activity: Activity): Omit<LifeOfLine, 'assignment'> | undefined {
  const found = chainOf(activity).flatMap(({path, program, args}) => {
    const life = lifeOf(path, args)
    return life
      ? [
          {
            ...life,
            subject: short(life.option === undefined ? program : `${program} ${life.option}`),
          },
        ]
      : []
  })
  return found.find(({isRuntime}) => !isRuntime) ?? found[0]
}

/**
 * The life of a shell that is given a script which ends with a command in the background, for which
 * nothing waits.
 */
function lifeOfScript({
  invocations,
  scripts,
}: Activity): Omit<LifeOfLine, 'assignment'> | undefined {
  const [shell] = invocations
  const [script, ...others] = scripts
  if (
    script === undefined ||
    others.length > 0 ||
    !shell ||
    !isShell(shell.program) ||
    invocations.some(({seen}) => seen)
  )
    return undefined
  const isLeft =
    /[^&>|;\\\s]\s*&$/.test(script.trim()) &&
    !/\b(?:wait|tail|sleep|setsid)\b|systemd-notify/.test(script)
  return isLeft
    ? {
        life: 'forks',
        option: undefined,
        isElsewhere: false,
        isSeveral: false,
        isRuntime: false,
        subject: short(shell.program),
      }
    : undefined
}

/**
 * The programs that a command becomes one after the other: those of a script only where it is
 * nothing but one command.
 */
function chainOf({invocations, scripts}: Activity): readonly Invocation[] {
  const seen = invocations.findIndex((invocation) => invocation.seen)
  if (seen !== -1) return invocations.slice(0, seen + 1)
  const [script, ...others] = scripts
  if (script === undefined) return invocations
  const isOne = others.length === 0 && !/[;|\n`]|\$\(|(?<!>)&|&(?![0-9])/.test(script.trim())
  return isOne
    ? invocations
    : invocations.slice(
        0,
        invocations.findIndex(({program}) => isShell(program)),
      )
}

/** What a line starts that never tells systemd anything: the program or the script. */
export interface SilentLine {
  readonly assignment: Assignment
  readonly subject: string
}

/**
 * The lines of `ExecStart=` that start what never tells systemd what `word` begins, such as
 * `READY`: a program known for that, or a script of such alone.
 */
export const silentLines = query(
  (unit: LoadedUnit, word: 'READY' | 'WATCHDOG'): readonly SilentLine[] =>
    activities(unit).flatMap((command) => {
      const {assignment} = command
      if (!isStart(assignment)) return []
      const subject = silentIn(command, word)
      return subject === undefined ? [] : [{assignment, subject}]
    }),
)

function silentIn(
  {activity: {invocations, scripts}}: ActiveCommand,
  word: 'READY' | 'WATCHDOG',
): string | undefined {
  const [first] = invocations
  const told =
    word === 'READY'
      ? /READY=|--ready|NOTIFY_SOCKET|sd_notify/
      : /WATCHDOG=|NOTIFY_SOCKET|sd_notify/
  if ([...scripts, ...invocations.flatMap(({args}) => args)].some((text) => told.test(text)))
    return undefined
  const isMute = ({path, program, args, seen}: Invocation): boolean =>
    isSilent(path) ||
    (word === 'WATCHDOG' && program === 'systemd-notify') ||
    (isShell(program) &&
      (seen ? seen.isWhole : args.some((arg) => isBeforeScript(program, arg)))) ||
    wrappers.has(program)
  const isAllMute =
    invocations.every(isMute) && invocations.some(({program}) => !wrappers.has(program))
  return first && isAllMute ? short(first.program) : undefined
}

/** Programs that become another one and say nothing. */
const wrappers: ReadonlySet<string> = new Set([
  'env',
  'nice',
  'ionice',
  'exec',
  'setsid',
  'chrt',
  'taskset',
  'nohup',
  'stdbuf',
  'command',
])

/**
 * The lines of `ExecStart=` of which a shell stays the main process, as far as can be seen: scripts
 * that do not end with `exec`.
 */
export const shellsInFront = query((unit: LoadedUnit): readonly SilentLine[] =>
  activities(unit).flatMap(({assignment, activity: {invocations, scripts}}) => {
    if (!isStart(assignment)) return []
    const at = invocations.findIndex(({program}) => !wrappers.has(program))
    const first = invocations[at]
    if (!first || scripts.some((text) => /\bexec\s/.test(text))) return []
    const isFile =
      /\.(?:ba|da|k|z)?sh$/.test(first.program) ||
      (isShell(first.program) &&
        fileRun(first) !== undefined &&
        !first.args.some((arg) => isBeforeScript(first.program, arg)))
    // A shell becomes the last command of a script that it is given as a word, but none of several
    // in a pipe or of a loop.
    const isPiped =
      isShell(first.program) &&
      scripts.some((text) => /[^|]\|[^|]/.test(text.replaceAll(/'[^']*'|"[^"]*"/g, ' ')))
    const isLoop = isShell(first.program) && scripts.some((text) => /[;\s]done\s*$/.test(text))
    const isNext =
      isShell(first.program) && invocations.some(({program}) => /\.(?:ba)?sh$/.test(program))
    return isFile || isPiped || isLoop || isNext
      ? [{assignment, subject: short(first.program)}]
      : []
  }),
)

/**
 * The lines of `ExecStart=` in which a shell has `systemd-notify` report, which is another process
 * than the main one.
 */
export const reportingShells = query((unit: LoadedUnit): readonly SilentLine[] =>
  activities(unit).flatMap(({assignment, activity: {invocations, scripts}}) => {
    const shell = invocations.find(({program}) => isShell(program))
    const becomes = (text: string): boolean => /\bexec\s/.test(upTo(text, 'systemd-notify'))
    if (!isStart(assignment) || !shell || scripts.some(becomes)) return []
    const isReporting = invocations.some(
      ({program, args}) => program === 'systemd-notify' && !args.includes('--exec'),
    )
    return isReporting ? [{assignment, subject: short(shell.program)}] : []
  }),
)

/**
 * The lines of `ExecStart=` whose main process starts the program as another one and waits for it.
 */
export const startingLines = query((unit: LoadedUnit): readonly SilentLine[] =>
  activities(unit).flatMap(({assignment, activity: {invocations}}) => {
    const first = invocations.find(({program}) => !wrappers.has(program))
    return isStart(assignment) && first && isStarter(first.path)
      ? [{assignment, subject: short(first.program)}]
      : []
  }),
)

/**
 * The lines of `ExecStart=` that leave several processes in the background, of which none is the
 * main one.
 */
export const scatteringLines = query((unit: LoadedUnit): readonly SilentLine[] =>
  activities(unit).flatMap(({assignment, activity}) => {
    if (!isStart(assignment)) return []
    const life = lifeOfActivity(activity)
    if (life?.life === 'forks') return life.isSeveral ? [{assignment, subject: life.subject}] : []
    const {invocations, scripts} = activity
    const [first] = invocations
    if (!first || scripts.length !== 1 || invocations.some(({seen}) => seen)) return []
    const backgrounds = scripts[0]?.match(/(?<![&>])&(?![&>0-9])/g)?.length ?? 0
    const daemons = invocations.filter(({path, args}) => isDaemon(lifeOf(path, args))).length
    return backgrounds + daemons > 1 ? [{assignment, subject: short(first.program)}] : []
  }),
)

function isDaemon(life: Life | undefined): boolean {
  return life?.life === 'forks' && !life.isElsewhere
}
