import {normalPath} from '../../unit/host.ts'
import {baseName} from '../../values/paths.ts'
import {
  argsOfFile,
  interpretedBy,
  isShell,
  isSourcing,
  scriptOf,
  startedBy,
  staysInFolder,
} from './invocations.ts'
import type {Invocation, SeenScript} from './invocations.ts'
import type {Own, ResolvedFile} from './own-folder.ts'
import {ScriptFolders} from './script-folders.ts'
import {ScriptNames} from './script-names.ts'
import {readScript, writtenThrough} from './shell.ts'
import type {Redirection} from './shell.ts'
import {mayBeCode} from './sourced.ts'
import {sways} from './swaying.ts'
import {fileGiven, lastTurn, lateOne, relativeAt, turnOf} from './waiting.ts'
import type {Waiting} from './waiting.ts'

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
  /** The folders that these change to, with the values that are known. */
  readonly folders: readonly string[]
  /** They set what has commands be others than their names say; see `sways`. */
  readonly isSwayed: boolean
}

/**
 * What a command does: the program and those that it starts in turn, through wrappers such as
 * `nice`, and in scripts for a shell; `sight` tells of those in sight, `given` are the variables
 * that it is started with.
 */
export function activity(
  words: readonly string[],
  budget: Budget = {characters: mostCharacters, fileCharacters: 0},
  sight?: ScriptSight,
  given: ReadonlyMap<string, string> = new Map(),
): Activity {
  const walk = new CommandWalk(budget, sight, given)
  walk.go(meantCommands(words).map((one) => ({words: one, depth: 0})))
  return walk.found()
}

/** What is in sight of a machine, for what scripts start. */
export interface ScriptSight {
  /** The folder that commands start in; undefined where nobody knows it. */
  readonly folder: string | undefined
  /** Whether there is a file. */
  has(path: string): boolean
  /** The script that an invocation runs, seen from a folder. */
  script(invocation: Invocation, folder: string | undefined): SeenScript | undefined
}

/** A way through the commands that start each other. */
class CommandWalk {
  readonly #budget: Budget
  readonly #sight: ScriptSight | undefined
  readonly #names: ScriptNames
  readonly #folders: ScriptFolders
  readonly #open: Waiting[] = []
  readonly #late: Waiting[] = []
  readonly #invocations: Invocation[] = []
  readonly #redirections: Redirection[] = []
  readonly #values: string[] = []
  readonly #scripts: string[] = []
  #isSwayed = false
  /** It can be told what each command of a script runs. */
  #isClear = true
  /** Something brought other files, with other scripts perhaps. */
  #hasOtherFiles = false

  constructor(budget: Budget, sight: ScriptSight | undefined, given: ReadonlyMap<string, string>) {
    this.#budget = budget
    this.#sight = sight
    this.#names = new ScriptNames(given)
    this.#folders = new ScriptFolders(sight?.folder)
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
      invocations: this.#sight ? this.#toldInvocations() : this.#invocations,
      redirections: this.#redirections,
      values: this.#values,
      scripts: this.#scripts,
      written,
      folders: this.#folders.changedTo((word) => this.#names.resolved(word)),
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
    const turn = this.#sight ? turnOf(next.words) : 0
    if (turn > (next.turn ?? 0)) {
      this.#late.push({...next, turn})
      return
    }
    const [path = '', ...rest] = this.#meant(first)
    if (rest.length > 0) {
      this.#open.push({...next, words: [path, ...rest, ...args], turn: undefined})
      return
    }
    const program = baseName(path)
    const file = this.#sight && fileGiven(program, args)
    if (file !== undefined) args[args.indexOf(file)] = this.#names.resolved(file)
    if (this.#sight && this.#isPlaced([path, ...args], next)) return
    this.#folders.add([path, ...args])
    if (this.#sight) this.#hasOtherFiles ||= bringsFiles(program, args)
    const script = interpretedBy(program, args)?.[0]
    const invocation: Invocation = {path, program, args, script, file: next.file}
    this.#isClear &&= !hides(invocation) || this.#names.isOwn(path)
    if (next.depth < deepest) this.#enter(invocation, next)
    else {
      this.#isClear = false
      this.#invocations.push(invocation)
    }
  }

  /** A word without variables: their values may be several words, but a path has spaces too. */
  #meant(word: string): readonly string[] {
    if (!this.#sight || !word.includes('$')) return [word]
    const text = this.#names.resolved(word)
    return /\s/.test(word) || this.#sight.has(text) ? [text] : text.split(/\s+/)
  }

  /**
   * Whether files that are named as they are seen from a folder are looked at by their paths
   * instead: those of all folders in which scripts may be.
   */
  #isPlaced(words: readonly string[], next: Waiting): boolean {
    const at = relativeAt(words)
    const given = words[at] ?? ''
    if (at === -1 || given.includes('$')) return false
    if ((next.turn ?? 0) < lastTurn) {
      this.#late.push({...next, words, turn: lastTurn})
      return true
    }
    const {folders, areAll} = this.#folders.all((word) => this.#names.resolved(word))
    const places = folders
      .map((folder) => normalPath(`${folder}/${given}`))
      .filter((place) => this.#sight?.has(place))
    const isDoubtful =
      next.isDoubtful === true ||
      next.isMoved === true ||
      !areAll ||
      places.length > 1 ||
      this.#hasOtherFiles
    for (const place of places)
      this.#open.push({...next, words: words.with(at, place), isDoubtful, turn: lastTurn})
    return places.length > 0
  }

  /** The script that an invocation runs, seen from any folder in which scripts may be. */
  #scriptOf(invocation: Invocation): SeenScript | undefined {
    const {folders} = this.#folders.all((word) => this.#names.resolved(word))
    for (const folder of folders.length > 0 ? folders.toReversed() : [undefined]) {
      const script = this.#sight?.script(invocation, folder)
      if (script) return script
    }
    return undefined
  }

  /** What an invocation starts is looked at next. */
  #enter(invocation: Invocation, by: Waiting): void {
    const {started} = by
    const depth = by.depth + 1
    const seen = this.#sight && this.#scriptOf(invocation)
    if (!seen && isSourcing(invocation.program) && invocation.args.slice(0, 1).some(mayBeCode))
      this.#isClear = false
    const isMoved = by.isMoved === true || !staysInFolder(invocation)
    const {path, program, args, script, file} = invocation
    for (const words of startedBy(invocation)) {
      const its = script === words[0] ? undefined : script
      this.#open.push({words, depth, file: its, started, isMoved})
    }
    const {words} = by
    const isWhole =
      seen !== undefined &&
      this.#enterScript(seen, invocation, {words, depth, started, isMoved: by.isMoved}) &&
      by.isDoubtful !== true
    for (const shown of seen?.shown?.commands ?? [])
      this.#open.push({words: shown, depth, started, isMoved: true})
    this.#invocations.push({path, program, args, script, file, seen: seen && {...seen, isWhole}})
    const text = scriptOf(invocation)
    if (text === undefined) return
    const part = text.slice(0, this.#budget.characters)
    this.#budget.characters -= part.length
    this.#read(part, undefined, {words, depth, started, isMoved})
  }

  /** The same of a script in sight; whether all that it does is told. */
  #enterScript(seen: SeenScript, {path, program, args}: Invocation, next: Waiting): boolean {
    const started = path.startsWith('/') ? path : seen.path
    if (!seen.isNamed) {
      this.#open.push({...next, words: [...seen.interpreter, started, ...args]})
      return seen.isWhole
    }
    if (!isShell(program) && !isSourcing(program)) return seen.isWhole
    const part = seen.text.slice(0, this.#budget.fileCharacters)
    this.#budget.fileCharacters -= part.length
    const given = fileGiven(program, args) ?? seen.path
    const read: ResolvedFile = {path: given.startsWith('/') ? given : seen.path, real: seen.path}
    const own: Own = {started: isShell(program) ? read : next.started, read}
    const isRead = this.#read(
      part,
      longestFile,
      {...next, started: own.started},
      isShell(program) ? argsOfFile(args) : [],
      own,
    )
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
    next: Waiting,
    args: readonly string[] = [],
    own?: Own,
  ): boolean {
    const script = readScript(text, longest, own)
    this.#scripts.push(text)
    for (const redirection of script.redirections) this.#redirections.push(redirection)
    for (const value of script.values) this.#values.push(value)
    for (const words of script.commands) this.#open.push({...next, words})
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

/** Whether a program changes a folder into another state of it. */
function bringsFiles(program: string, args: readonly string[]): boolean {
  return (
    /^(?:git|hg|svn|bzr)$/.test(program) &&
    args.some((arg) =>
      /^(?:pull|checkout|switch|reset|merge|rebase|clone|update|up|submodule)$/.test(arg),
    )
  )
}

/** Whether nobody can tell what a command of a script runs. */
function hides({path, program, args}: Invocation): boolean {
  return !isSourcing(program) && /[$`]/.test(program === 'eval' ? args.join(' ') : path)
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
