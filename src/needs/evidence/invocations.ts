import {startedByCapsh} from '../programs/capsh.ts'
import {hasRuntime, isNamedProgram} from '../programs/programs.ts'
import {startedBySocat} from '../programs/socat.ts'
import type {Sign} from '../sight/sign.ts'
import {baseName} from '../../values/paths.ts'
import {wrapped} from './wrappers.ts'

/** A program that a command starts, directly or through others. */
export interface Invocation {
  /** The path or name as written, of what an interpreter runs without the suffix. */
  readonly path: string
  /** The same with the suffix; absent where it has none. */
  readonly file?: string | undefined
  /** The name of its file. */
  readonly program: string
  readonly args: readonly string[]
  /** The file that it runs, where it is an interpreter that is given one. */
  readonly script?: string | undefined
  /** The script that it runs, or is, in sight. */
  readonly seen?: SeenScript | undefined
}

/** A script in sight. */
export interface SeenScript {
  /** Its path on the machine, without links. */
  readonly path: string
  /** As much of it as is read. */
  readonly text: string
  /** That is all of it. */
  readonly isWhole: boolean
  /** What runs it, with the arguments that come before those of the script. */
  readonly interpreter: readonly [string, ...string[]]
  /** Whether the command names what runs it. */
  readonly isNamed: boolean
  /** What it shows beside the commands of a shell. */
  readonly shown?:
    | {
        readonly signs: readonly Sign[]
        readonly commands: ReadonlyArray<readonly string[]>
        /** More runs than is read: programs that it does not name, or modules, as it has so many. */
        readonly isPartial?: true
        /** Where all that it loads is in sight, or comes with Python. */
        readonly reach?: {readonly mayGiveAway: boolean}
      }
    | undefined
}

const shells: ReadonlySet<string> = new Set([
  'ash',
  'bash',
  'csh',
  'dash',
  'fish',
  'ksh',
  'mksh',
  'rbash',
  'sh',
  'tcsh',
  'zsh',
])
const scriptTakers: ReadonlySet<string> = new Set([...shells, 'flock', 'runuser', 'script', 'su'])

/** Whether a program is a shell. */
export function isShell(program: string): boolean {
  return shells.has(program)
}

/** Whether a command of a shell runs what is in a file as if it stood there. */
export function isSourcing(program: string): boolean {
  return program === '.' || program === 'source'
}

/**
 * Whether behind an argument of a program comes a script: behind `-c`, which in those of shells
 * stands among other letters, as in `sh -ce`.
 */
export function isBeforeScript(program: string, arg: string): boolean {
  return isShell(program)
    ? /^-[A-Za-z]*c[A-Za-z]*$|^--command$/.test(arg)
    : /^-[A-Za-z]*c$|^--(?:session-)?command$/.test(arg)
}

/** The script that a program is given: that behind `-c`. */
export function scriptOf({
  program,
  args,
}: Pick<Invocation, 'program' | 'args'>): string | undefined {
  if (program === 'eval') return args.join(' ')
  // What is run when the script ends, or under another name.
  if (program === 'trap') return args.find((arg) => !arg.startsWith('-'))
  if (program === 'alias') return args.map((arg) => arg.replace(/^[^=]*=/, '')).join('\n')
  if (program === 'watch' || program === 'tmux' || program === 'screen')
    return args.findLast((arg) => arg.includes(' '))
  if (!scriptTakers.has(program)) return undefined
  // `flock FILE a -c b` and `runuser -u USER a -c b` hand the option on.
  const own =
    program === 'flock' || (program === 'runuser' && args.includes('-u'))
      ? args.length - wrapped(program, args).length
      : args.length
  const at = args.slice(0, own).findIndex((arg) => isBeforeScript(program, arg))
  if (at === -1) return args.find((arg) => arg.startsWith('--command='))?.slice('--command='.length)
  return args.slice(at + 1).find((arg) => !arg.startsWith('-'))
}

/** Whether what a program starts is started in the folder that it is started in itself. */
export function staysInFolder({program, args}: Invocation): boolean {
  if (isShell(program) || isSourcing(program)) return true
  return program === 'env'
    ? !args.some((arg) => /^(?:-[a-zA-Z]*C|--chdir)/.test(arg))
    : staying.has(program)
}

const staying: ReadonlySet<string> = new Set(
  'builtin command exec eval trap nice ionice nohup setsid time timeout flock stdbuf chrt taskset setpriv'.split(
    ' ',
  ),
)

/** The path of the file that is run, as written. */
export function fileOf({path, file}: Invocation): string {
  return file ?? path
}

/** Whether a program is there to start another one: a wrapper, or what interprets a script. */
export function startsAnother(invocation: Invocation): boolean {
  return startedBy(invocation).some(([first = '']) => first !== '')
}

/**
 * The file that a command is there to run: that of an interpreter or a shell; undefined where it is
 * none of these, or told otherwise what to do.
 */
export function scriptRunBy([first = '', ...args]: readonly string[]): string | undefined {
  const program = baseName(first)
  if (isShell(program)) return scriptOf({program, args}) === undefined ? fileRun({args}) : undefined
  return args.includes('-m') ? undefined : interpretedBy(program, args)?.[0]
}

/** The file that a shell is given to run. */
export function fileRun({args}: Pick<Invocation, 'args'>): string | undefined {
  return args.find((arg) => !/^[-+]/.test(arg))
}

/** What a shell hands on to the file that it is given to run. */
export function argsOfFile(args: readonly string[]): readonly string[] {
  return args.slice(args.indexOf(fileRun({args}) ?? '') + 1).slice(0, mostArgs)
}

const mostArgs = 9

/** The commands that a program is told to start. */
export function startedBy({program, args}: Invocation): ReadonlyArray<readonly string[]> {
  if (program === 'env') return [splitString(args) ?? wrapped('env', args)]
  if (program === 'command' && /^-[vV]$/.test(args[0] ?? '')) return []
  if (program === 'busybox' || program === 'toybox') return [args]
  if (program === 'find') return [argsBehind(args, /^-(?:exec|execdir|ok|okdir)$/)]
  if (program === 'start-stop-daemon') return [argsBehind(args, /^(?:-x|-a|--exec|--startas)$/)]
  if (program === 'screen')
    return [
      wrapped(
        'nohup',
        args.filter((_, index) => !/^-[A-Za-z]*[cShLTt]$/.test(args[index - 1] ?? '')),
      ),
    ]
  if (program === 'socat') return startedBySocat(args)
  if (program === 'capsh') return startedByCapsh(args)
  const script = programBehind(program, args)
  if (script) return [script]
  if (isShell(program) || (scriptTakers.has(program) && scriptOf({program, args}) !== undefined))
    return []
  return [wrapped(program, args)]
}

/** `env -S 'command line'`. */
function splitString(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((arg) => arg === '-S' || arg.startsWith('--split-string'))
  if (at === -1) return undefined
  const joined = args[at]?.startsWith('--split-string=')
    ? [args[at].slice('--split-string='.length)]
    : []
  return [...joined, ...args.slice(at + 1)]
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')
}

function argsBehind(args: readonly string[], option: RegExp): readonly string[] {
  const at = args.findIndex((arg) => option.test(arg))
  return at === -1 ? [] : args.slice(at + 1).filter((arg) => arg !== '--')
}

/** Interpreters, by how their names begin, and their options that take a value. */
const interpreters: ReadonlyArray<
  readonly [starts: readonly string[], family: RegExp, options: RegExp]
> = [
  [['python', 'pypy'], /^(?:python|pypy)[0-9.]*$/, /^-[WXQ]$/],
  [
    ['node', 'ts', 'bun', 'deno'],
    /^(?:node|nodejs|ts-node|tsx|bun|deno)(?:-?[0-9]+)?$/,
    /^(?:-r|--require|--import|--loader|--env-file)$/,
  ],
  [['php'], /^php[0-9.]*$/, /^-[cdSt]$/],
  [['ruby', 'perl', 'lua'], /^(?:ruby|perl|lua|luajit)[0-9.]*$/, /^-[dIr]$/],
  [['java'], /^java$/, /^(?:-cp|-classpath|--class-path|-p|--module-path|--add-modules)$/],
  [
    ['dotnet', 'mono', 'wine', 'guile', 'Rscript', 'julia', 'tclsh', 'wish'],
    /^(?:dotnet|mono|wine|wine64|guile|Rscript|julia|tclsh|wish)$/,
    /^$/,
  ],
]

/**
 * The script, module or archive that an interpreter runs, as a command of its own, named without
 * the suffix.
 */
function programBehind(program: string, args: readonly string[]): readonly string[] | undefined {
  const words = interpretedBy(program, args)
  return words && (words.length === 0 ? [] : asCommand(words))
}

/**
 * What an interpreter runs, and its arguments; nothing where it is told what to do by an argument,
 * undefined where it is none.
 */
export function interpretedBy(
  program: string,
  args: readonly string[],
): readonly string[] | undefined {
  const options = interpreters.find(
    ([starts, family]) => starts.some((start) => program.startsWith(start)) && family.test(program),
  )?.[2]
  if (!options) return undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '-m' || arg === '-jar') return args.slice(at + 1)
    if (options.test(arg)) at++
    else if (/^-[cer]$/.test(arg)) return []
    else if (!arg.startsWith('-') && arg !== 'run') return args.slice(at)
  }
  return []
}

function asCommand([script = '', ...args]: readonly string[]): readonly string[] {
  const name = script.replace(/\.(?:py|pyz|jar|war|js|mjs|cjs|ts|rb|pl|php|lua|dll)$/, '')
  return [isOfMachineCode(name) && !/\.(?:jar|war|dll)$/.test(script) ? script : name, ...args]
}

/**
 * Whether a name is that of a program that is no script, and a word that people call theirs by,
 * such as `cron.php` and `watchdog.py`.
 */
function isOfMachineCode(path: string): boolean {
  const name = baseName(path)
  return /^[a-z]+$/.test(name) && isNamedProgram(name) && !hasRuntime(name)
}
