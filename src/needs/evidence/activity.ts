import {baseName} from '../../values/paths.ts'
import {argsOfFile, interpretedBy, isShell, isSourcing, scriptOf, startedBy} from './invocations.ts'
import type {Invocation, SeenScript} from './invocations.ts'
import {ScriptNames} from './script-names.ts'
import {readScript, writtenThrough} from './shell.ts'
import type {Redirection} from './shell.ts'
import {sways} from './swaying.ts'

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
  const walk = new Walk(budget, scriptIn, given)
  walk.go(meantCommands(words).map((one) => ({words: one, depth: 0})))
  return walk.found()
}

/** A way through the commands that start each other. */
class Walk {
  readonly #budget: Budget
  readonly #scriptIn: ((invocation: Invocation) => SeenScript | undefined) | undefined
  readonly #names: ScriptNames
  readonly #open: Waiting[] = []
  readonly #late: Waiting[] = []
  readonly #invocations: Invocation[] = []
  readonly #redirections: Redirection[] = []
  readonly #values: string[] = []
  readonly #scripts: string[] = []
  #isSwayed = false
  /** It can be told what each command of a script runs. */
  #isClear = true

  constructor(
    budget: Budget,
    scriptIn: ((invocation: Invocation) => SeenScript | undefined) | undefined,
    given: ReadonlyMap<string, string>,
  ) {
    this.#budget = budget
    this.#scriptIn = scriptIn
    this.#names = new ScriptNames(given)
  }

  go(commands: readonly Waiting[]): void {
    for (const command of commands) this.#open.push(command)
    while (this.#invocations.length < most) {
      const next = this.#open.pop() ?? lateOne(this.#late)
      if (!next) break
      this.#look(next)
    }
  }

  found(): Activity {
    const written = this.#scripts.flatMap((script) => {
      const places = writtenThrough(script).map((word) => this.#names.resolved(word))
      return places.length === 0 ? [] : [{script, places}]
    })
    return {
      invocations: this.#scriptIn ? this.#toldInvocations() : this.#invocations,
      redirections: this.#redirections,
      values: this.#values,
      scripts: this.#scripts,
      written,
      isSwayed: this.#isSwayed,
    }
  }

  /** Without calls of functions; none is whole where something is left that nobody can tell. */
  #toldInvocations(): readonly Invocation[] {
    const isAll = this.#isClear && this.#open.length === 0 && this.#late.length === 0
    const invocations = this.#invocations.filter(({path}) => !this.#names.isOwn(path))
    return isAll
      ? invocations
      : invocations.map(({seen, ...others}) => ({
          ...others,
          seen: seen && {...seen, isWhole: false},
        }))
  }

  #look(next: Waiting): void {
    const [first = '', ...args] = next.words
    if (first === '') return
    // What a variable stands for may be told by a script that is still to be read.
    const hasVariable = first.includes('$') || (isSourcing(first) && args[0]?.includes('$'))
    if (this.#scriptIn && hasVariable && !next.isLate) {
      this.#late.push({...next, isLate: true})
      return
    }
    const [path = '', ...rest] = this.#scriptIn ? this.#names.resolved(first).split(/\s+/) : [first]
    if (rest.length > 0) {
      this.#open.push({words: [path, ...rest, ...args], depth: next.depth})
      return
    }
    const program = baseName(path)
    if (this.#scriptIn && isSourcing(program)) args[0] = this.#names.resolved(args[0] ?? '')
    const invocation: Invocation = {path, program, args, script: interpretedBy(program, args)?.[0]}
    this.#isClear &&= !hides(invocation) || this.#names.isOwn(path)
    if (next.depth >= deepest) this.#invocations.push(invocation)
    else this.#enter(invocation, next.depth + 1)
  }

  /** What an invocation starts is looked at next. */
  #enter(invocation: Invocation, depth: number): void {
    const seen = this.#scriptIn?.(invocation)
    for (const words of startedBy(invocation)) this.#open.push({words, depth})
    const isWhole = seen !== undefined && this.#enterScript(seen, invocation, depth)
    for (const words of seen?.shown?.commands ?? []) this.#open.push({words, depth})
    this.#invocations.push({...invocation, seen: seen && {...seen, isWhole}})
    const text = scriptOf(invocation)
    if (text === undefined) return
    const part = text.slice(0, this.#budget.characters)
    this.#budget.characters -= part.length
    this.#read(part, undefined, depth)
  }

  /** The same of a script in sight; whether all that it does is told. */
  #enterScript(seen: SeenScript, {program, args}: Invocation, depth: number): boolean {
    if (!seen.isNamed) {
      this.#open.push({words: [...seen.interpreter, seen.path, ...args], depth})
      return seen.isWhole
    }
    if (!isShell(program) && !isSourcing(program)) return seen.isWhole
    const part = seen.text.slice(0, this.#budget.fileCharacters)
    this.#budget.fileCharacters -= part.length
    const isRead = this.#read(part, longestFile, depth, isShell(program) ? argsOfFile(args) : [])
    return (
      isRead &&
      seen.isWhole &&
      part.length === seen.text.length &&
      !/^(?:t?csh|fish)$/.test(program)
    )
  }

  #read(
    text: string,
    longest: number | undefined,
    depth: number,
    args: readonly string[] = [],
  ): boolean {
    const script = readScript(text, longest)
    this.#scripts.push(text)
    for (const redirection of script.redirections) this.#redirections.push(redirection)
    for (const value of script.values) this.#values.push(value)
    for (const words of script.commands) this.#open.push({words, depth})
    this.#isSwayed ||= [...script.variables].some(([name, value]) => sways(name, value))
    this.#names.add(script, args)
    return script.isWhole
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
