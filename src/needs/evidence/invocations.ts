import {startedByCapsh} from '../programs/capsh.ts'
import {startedBySocat} from '../programs/socat.ts'
import type {Sign} from '../sight/sign.ts'
import {baseName} from '../../values/paths.ts'
import {put, readScript, unclear, writtenThrough} from './shell.ts'
import type {Redirection, Script} from './shell.ts'
import {sways} from './swaying.ts'
import {wrapped} from './wrappers.ts'

/** A program that a command starts, directly or through others. */
export interface Invocation {
  /** The path or name as written. */
  readonly path: string
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
    | {readonly signs: readonly Sign[]; readonly commands: ReadonlyArray<readonly string[]>}
    | undefined
}

/** All that a command does, as far as it can be read. */
export interface Activity {
  readonly invocations: readonly Invocation[]
  readonly redirections: readonly Redirection[]
  /** Values that its scripts give to variables. */
  readonly values: readonly string[]
  /** The scripts themselves, as far as they are read. */
  readonly scripts: readonly string[]
  /** Where these write to what variables name, with the values that are known. */
  readonly written: ReadonlyArray<{
    readonly script: string
    readonly places: readonly string[]
  }>
  /** They set what has commands be others than their names say; see `sways`. */
  readonly isSwayed: boolean
}

/**
 * What a command does: the program and those that it starts in turn, through wrappers such as
 * `nice`, and in scripts for a shell; `scriptIn` tells of those in sight, `given` are the variables
 * that it is started with.
 */
export function activity(
  words: readonly string[],
  budget: Budget = {characters: mostCharacters, fileCharacters: 0},
  scriptIn?: (invocation: Invocation) => SeenScript | undefined,
  given: ReadonlyMap<string, string> = new Map(),
): Activity {
  const found = {
    invocations: [] as Invocation[],
    redirections: [] as Redirection[],
    values: [] as string[],
    scripts: [] as string[],
    isSwayed: false,
  }
  const names = new Names(given)
  const open: Waiting[] = meantCommands(words).map((one) => ({words: one, depth: 0}))
  const late: Waiting[] = []
  const read = (
    text: string,
    longest: number | undefined,
    depth: number,
    args: readonly string[] = [],
  ): boolean => {
    const script = readScript(text, longest)
    found.scripts.push(text)
    for (const redirection of script.redirections) found.redirections.push(redirection)
    for (const value of script.values) found.values.push(value)
    for (const command of script.commands) open.push({words: command, depth})
    found.isSwayed ||= [...script.variables].some(([name, value]) => sways(name, value))
    names.add(script, args)
    return script.isWhole
  }
  let isClear = true
  while (found.invocations.length < most) {
    const next = open.pop() ?? lateOne(late)
    if (!next) break
    const [first = '', ...args] = next.words
    if (first === '') continue
    // What a variable stands for may be told by a script that is still to be read.
    const hasVariable = first.includes('$') || (isSourcing(first) && args[0]?.includes('$'))
    if (scriptIn && hasVariable && !next.isLate) {
      late.push({...next, isLate: true})
      continue
    }
    const [path = '', ...rest] = scriptIn ? names.resolved(first).split(/\s+/) : [first]
    if (rest.length > 0) {
      open.push({words: [path, ...rest, ...args], depth: next.depth})
      continue
    }
    const program = baseName(path)
    if (scriptIn && isSourcing(program)) args[0] = names.resolved(args[0] ?? '')
    const invocation: Invocation = {path, program, args, script: interpretedBy(program, args)?.[0]}
    isClear &&= !hides(invocation) || names.isOwn(path)
    if (next.depth >= deepest) {
      found.invocations.push(invocation)
      continue
    }
    const depth = next.depth + 1
    const seen = scriptIn?.(invocation)
    let isWhole = seen?.isWhole ?? false
    for (const started of startedBy(invocation)) open.push({words: started, depth})
    if (seen && !seen.isNamed) open.push({words: [...seen.interpreter, seen.path, ...args], depth})
    else if (seen && (isShell(program) || isSourcing(program))) {
      const part = seen.text.slice(0, budget.fileCharacters)
      budget.fileCharacters -= part.length
      isWhole =
        read(part, longestFile, depth, isShell(program) ? argsOfFile(args) : []) &&
        isWhole &&
        part.length === seen.text.length &&
        !/^(?:t?csh|fish)$/.test(program)
    }
    for (const started of seen?.shown?.commands ?? []) open.push({words: started, depth})
    found.invocations.push({...invocation, seen: seen && {...seen, isWhole}})
    const text = scriptOf(invocation)
    if (text === undefined) continue
    const part = text.slice(0, budget.characters)
    budget.characters -= Math.min(text.length, budget.characters)
    read(part, undefined, depth)
  }
  const written = found.scripts.flatMap((script) => {
    const places = writtenThrough(script).map((word) => names.resolved(word))
    return places.length === 0 ? [] : [{script, places}]
  })
  if (!scriptIn) return {...found, written}
  const isAll = isClear && open.length === 0 && late.length === 0
  const invocations = found.invocations.filter(({path}) => !names.isOwn(path))
  return {
    ...found,
    written,
    invocations: isAll
      ? invocations
      : invocations.map(({seen, ...others}) => ({
          ...others,
          seen: seen && {...seen, isWhole: false},
        })),
  }
}

/**
 * A command, last, behind those that it hands to the program in the belief that a shell reads them:
 * they are run once that is mended.
 */
function meantCommands(words: readonly string[]): ReadonlyArray<readonly string[]> {
  const found: string[][] = [[]]
  for (const word of words) {
    if (operators.has(word)) found.unshift([])
    else found[0]?.push(word)
  }
  return found
}

const operators: ReadonlySet<string> = new Set(['&', '&&', '|', '||'])

/** A command that is still to be looked at. */
interface Waiting {
  readonly words: readonly string[]
  readonly depth: number
  /** All scripts have been read. */
  readonly isLate?: true
}

/** Takes one of those that wait for variables: first what is sourced, which may set some. */
function lateOne(late: Waiting[]): Waiting | undefined {
  const at = late.findLastIndex(({words: [first = '']}) => isSourcing(first))
  return at === -1 ? late.pop() : late.splice(at, 1)[0]
}

/**
 * Whether nobody can tell what a command of a script runs. What distributions keep variables in is
 * no code.
 */
function hides({path, program, args}: Invocation): boolean {
  if (isSourcing(program))
    return /^(?!\/etc\/(?:default|sysconfig|conf\.d)\/).*[$`]/.test(args[0] ?? '')
  return /[$`]/.test(program === 'eval' ? args.join(' ') : path)
}

const longestWord = 1024

/** What scripts call by names of their own. */
class Names {
  readonly #given: ReadonlyMap<string, string>
  readonly #variables = new Map<string, string>()
  readonly #defaults = new Map<string, string>()
  readonly #functions = new Set<string>()

  constructor(given: ReadonlyMap<string, string>) {
    this.#given = given
  }

  /** What a script sets, and what it is started with as `$1` and so on. */
  add(script: Script, args: readonly string[]): void {
    const {variables, defaults, functions} = script
    for (const [name, value] of variables) put(this.#variables, name, value)
    for (const [name, value] of defaults) put(this.#defaults, name, value)
    // Within a function they are its own.
    const areArgs = functions.size === 0 && !script.commands.some(isShifting)
    for (const [index, arg] of args.entries())
      put(this.#variables, `${index + 1}`, areArgs ? arg : unclear)
    for (const name of functions) this.#functions.add(name)
  }

  /** The one value of a variable, whoever gives it; undefined where nobody does. */
  #valueOf(name: string): string | undefined {
    const own = this.#variables.get(name)
    const first = this.#given.get(name) ?? this.#defaults.get(name)
    return own === undefined || first === undefined || own === first ? (own ?? first) : unclear
  }

  /** A word with the values of its variables, where all of them are known. */
  resolved(word: string): string {
    let text = word
    for (
      let depth = 0;
      depth < deepest && text.includes('$') && text.length < longestWord;
      depth++
    ) {
      text = text.replaceAll(
        /\$\{(\w+):?-([^{}]*)\}|\$\{(\w+)\}|\$(\w+)/g,
        (
          all,
          name: string | undefined,
          otherwise: string,
          ...[braced, bare]: readonly string[]
        ) => {
          const value =
            this.#valueOf(name ?? braced ?? bare ?? '') ??
            (name === undefined ? undefined : otherwise)
          return value === undefined || value === unclear ? all : value
        },
      )
    }
    return text.includes('$') || text.trim() === '' ? word : text.trim()
  }

  /** Whether a name is that of a function, or of one of several with the same beginning. */
  isOwn(name: string): boolean {
    const [start = ''] = name.split('$', 1)
    if (start === name || start === '') return this.#functions.has(name)
    for (const its of this.#functions) if (its.startsWith(start)) return true
    return false
  }
}

/** Whether a command gives a script other arguments (`shift`, `set -- a`). */
function isShifting([name, ...args]: readonly string[]): boolean {
  return name === 'shift' || (name === 'set' && args.some((arg) => !/^[-+][A-Za-z]/.test(arg)))
}

/** How much of a script in a file is parsed: most of those of init systems are shorter. */
const longestFile = 16_384

/**
 * How much script is still read of a unit: a hostile one takes 20 ms a kilobyte, and the longest of
 * those that people write has one.
 */
export interface Budget {
  characters: number
  /** The same for scripts in files. */
  fileCharacters: number
}

/** The budget of a unit. */
export const mostCharacters = 16_384

const most = 256
const deepest = 8

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
export function scriptOf({program, args}: Invocation): string | undefined {
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
  if (isShell(program))
    return scriptOf({path: first, program, args}) === undefined ? fileRun({args}) : undefined
  return args.includes('-m') ? undefined : interpretedBy(program, args)?.[0]
}

/** The file that a shell is given to run. */
export function fileRun({args}: Pick<Invocation, 'args'>): string | undefined {
  return args.find((arg) => !/^[-+]/.test(arg))
}

/** What a shell hands on to the file that it is given to run. */
function argsOfFile(args: readonly string[]): readonly string[] {
  return args.slice(args.indexOf(fileRun({args}) ?? '') + 1).slice(0, mostArgs)
}

const mostArgs = 9

/** The commands that a program is told to start. */
function startedBy({program, args}: Invocation): ReadonlyArray<readonly string[]> {
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
  if (
    isShell(program) ||
    (scriptTakers.has(program) && scriptOf({program, path: '', args}) !== undefined)
  )
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
function interpretedBy(program: string, args: readonly string[]): readonly string[] | undefined {
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
  return [machineCode.has(baseName(name)) ? script : name, ...args]
}

/** Programs that are no scripts, but what people call theirs, such as `cron.php`. */
const machineCode: ReadonlySet<string> = new Set([
  'at',
  'cron',
  'init',
  'login',
  'master',
  'service',
])
