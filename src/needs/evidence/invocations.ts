import {readScript} from './shell.ts'
import type {Redirection} from './shell.ts'
import {wrapped} from './wrappers.ts'

/** A program that a command starts, directly or through others. */
export interface Invocation {
  /** The path or name as written. */
  readonly path: string
  /** The name of its file. */
  readonly program: string
  readonly args: readonly string[]
}

/** All that a command does, as far as it can be read. */
export interface Activity {
  readonly invocations: readonly Invocation[]
  readonly redirections: readonly Redirection[]
  /** Values that its scripts give to variables. */
  readonly values: readonly string[]
  /** The scripts themselves, as far as they are read. */
  readonly scripts: readonly string[]
}

/** What a command does: the program and those that it starts in turn, through wrappers such as `nice`, and in scripts for a shell. */
export function activity(words: readonly string[], budget: Budget = {characters: mostCharacters}): Activity {
  const found = {invocations: [] as Invocation[], redirections: [] as Redirection[], values: [] as string[], scripts: [] as string[]}
  const open: Array<{words: readonly string[]; depth: number}> = [{words, depth: 0}]
  while (open.length > 0 && found.invocations.length < most) {
    const next = open.pop()
    const path = next?.words[0]
    if (!next || path === undefined || path === '') continue
    const invocation = {path, program: baseName(path), args: next.words.slice(1)}
    found.invocations.push(invocation)
    if (next.depth >= deepest) continue
    const depth = next.depth + 1
    for (const started of startedBy(invocation)) open.push({words: started, depth})
    const text = scriptOf(invocation)
    if (text === undefined) continue
    const part = text.slice(0, budget.characters)
    const script = readScript(part)
    found.scripts.push(part)
    budget.characters -= Math.min(text.length, budget.characters)
    for (const redirection of script.redirections) found.redirections.push(redirection)
    for (const value of script.values) found.values.push(value)
    for (const command of script.commands) open.push({words: command, depth})
  }
  return found
}

/** How much script is still read of a unit: a hostile one takes 20 ms a kilobyte, and the longest of those that people write has one. */
export interface Budget {
  characters: number
}

/** The budget of a unit. */
export const mostCharacters = 16_384

const most = 256
const deepest = 8

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const shells: ReadonlySet<string> = new Set(['ash', 'bash', 'csh', 'dash', 'fish', 'ksh', 'mksh', 'rbash', 'sh', 'tcsh', 'zsh'])
const scriptTakers: ReadonlySet<string> = new Set([...shells, 'flock', 'runuser', 'script', 'su'])

/** Whether a program is a shell. */
export function isShell(program: string): boolean {
  return shells.has(program)
}

/** The script that a program is given: that behind `-c`. */
export function scriptOf({program, args}: Invocation): string | undefined {
  if (program === 'eval') return args.join(' ')
  if (program === 'watch' || program === 'tmux' || program === 'screen') return args.findLast((arg) => arg.includes(' '))
  if (!scriptTakers.has(program)) return undefined
  // `flock FILE a -c b` and `runuser -u USER a -c b` hand the option on.
  const own = program === 'flock' || (program === 'runuser' && args.includes('-u')) ? args.length - wrapped(program, args).length : args.length
  const at = args.slice(0, own).findIndex((arg) => /^-[A-Za-z]*c$|^--(?:session-)?command$/.test(arg))
  if (at === -1) return args.find((arg) => arg.startsWith('--command='))?.slice('--command='.length)
  return args.slice(at + 1).find((arg) => !arg.startsWith('-'))
}

/** Whether a program is there to start another one: a wrapper, or what interprets a script. */
export function startsAnother(invocation: Invocation): boolean {
  return startedBy(invocation).some(([first = '']) => first !== '')
}

/** The commands that a program is told to start. */
function startedBy({program, args}: Invocation): ReadonlyArray<readonly string[]> {
  if (program === 'env') return [splitString(args) ?? wrapped('env', args)]
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
  const script = programBehind(program, args)
  if (script) return [script]
  if (isShell(program) || (scriptTakers.has(program) && scriptOf({program, path: '', args}) !== undefined)) return []
  return [wrapped(program, args)]
}

/** `env -S 'command line'`. */
function splitString(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((arg) => arg === '-S' || arg.startsWith('--split-string'))
  if (at === -1) return undefined
  const joined = args[at]?.startsWith('--split-string=') ? [args[at].slice('--split-string='.length)] : []
  return [...joined, ...args.slice(at + 1)]
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')
}

function argsBehind(args: readonly string[], option: RegExp): readonly string[] {
  const at = args.findIndex((arg) => option.test(arg))
  return at === -1 ? [] : args.slice(at + 1).filter((arg) => arg !== '--')
}

/** Interpreters, and their options that take a value. */
const interpreters: ReadonlyArray<readonly [family: RegExp, options: RegExp]> = [
  [/^(?:python|pypy)[0-9.]*$/, /^-[WXQ]$/],
  [/^(?:node|nodejs|ts-node|tsx|bun|deno)(?:-?[0-9]+)?$/, /^(?:-r|--require|--import|--loader|--env-file)$/],
  [/^(?:ruby|perl|php|lua|luajit)[0-9.]*$/, /^-[dIr]$/],
  [/^java$/, /^(?:-cp|-classpath|--class-path|-p|--module-path|--add-modules)$/],
  [/^(?:dotnet|mono|wine|wine64|guile|Rscript|julia|tclsh|wish)$/, /^$/],
]

/** The script, module or archive that an interpreter runs, as a command of its own, named without the suffix. */
function programBehind(program: string, args: readonly string[]): readonly string[] | undefined {
  const options = interpreters.find(([family]) => family.test(program))?.[1]
  if (!options) return undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const isModule = arg === '-m' || arg === '-jar'
    if (isModule && args[at + 1] !== undefined) return asCommand(args.slice(at + 1))
    if (/^-[ce]$/.test(arg)) return []
    if (options.test(arg)) at++
    else if (!arg.startsWith('-') && arg !== 'run') return asCommand(args.slice(at))
  }
  return []
}

function asCommand([script = '', ...args]: readonly string[]): readonly string[] {
  return [script.replace(/\.(?:py|pyz|jar|war|js|mjs|cjs|ts|rb|pl|php|lua|dll)$/, ''), ...args]
}
