import {commandKeys} from '../../facts/command-keys.ts'
import {isBeforeScript, isShell} from '../../needs/evidence/invocations.ts'
import {wrapped} from '../../needs/evidence/wrappers.ts'
import {itself} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {meantOf} from '../../unit/value.ts'
import {skipBlank, wordAt} from '../../values/words.ts'
import {baseName} from '../../values/paths.ts'

/** A word of a command as it is written. */
export interface CommandWord {
  /** Unquoted; variables and specifiers as they stand. */
  readonly text: string
  /** Offsets in the value of the line. */
  readonly start: number
  readonly end: number
  /** It stands without quotes and escapes. */
  readonly isBare: boolean
  /**
   * The offset in the value of the first character of the text, where that stands as it is, maybe
   * in quotes.
   */
  readonly inner?: number | undefined
}

/** A command of an `Exec…=` line, with all that stands up to its end. */
export interface WrittenCommand {
  readonly assignment: Assignment
  /** The characters before the program, such as `-@`. */
  readonly prefixes: string
  /** The program, without its prefixes, and its arguments. */
  readonly words: readonly [CommandWord, ...CommandWord[]]
  /** A `;` of systemd's follows. */
  readonly isFollowed: boolean
  /** The names of the program and of those that it is told to start. */
  readonly programs: readonly string[]
  /** What a shell is told to run, behind `-c`: its place among the words. */
  readonly script: number | undefined
}

/**
 * The commands of a unit that no shell reads, those included that systemd refuses
 * (systemd.service(5), "command lines").
 */
export const writtenCommands = query(
  (unit: LoadedUnit): readonly WrittenCommand[] =>
    commandKeys.flatMap((key) =>
      meantOf(unit, key).flatMap(({assignment}) => commandsOf(assignment)),
    ),
  itself,
)

/** Nobody writes longer lines for a shell. */
const longest = 8192

function commandsOf(assignment: Assignment): WrittenCommand[] {
  const {value} = assignment
  if (value.length > longest) return []
  const found: WrittenCommand[] = []
  let words: CommandWord[] = []
  const end = (isFollowed: boolean): void => {
    const command = commandOf(assignment, words, isFollowed)
    if (command) found.push(command)
    words = []
  }
  for (let at = skipBlank(value, 0); at < value.length;) {
    const {word, fault} = wordAt(value, at)
    if (fault !== undefined) break
    const written = value.slice(word.start, word.end)
    if (written === ';') end(true)
    else {
      const isBare = written === word.text
      words.push({
        ...word,
        isBare,
        inner: isBare
          ? word.start
          : written.slice(1, -1) === word.text
            ? word.start + 1
            : undefined,
      })
    }
    at = skipBlank(value, word.end)
  }
  end(false)
  return found
}

function commandOf(
  assignment: Assignment,
  [first, ...rest]: readonly CommandWord[],
  isFollowed: boolean,
): WrittenCommand | undefined {
  const prefixes = /^[-@:+!|]*/.exec(first?.text ?? '')?.[0] ?? ''
  // A shell reads what stands behind `|`.
  if (!first || prefixes.includes('|')) return undefined
  const ahead = first.isBare ? prefixes.length : 0
  const program = {
    ...first,
    text: first.text.slice(prefixes.length),
    start: first.start + ahead,
    inner: first.inner === undefined ? undefined : first.inner + prefixes.length,
  }
  // The zeroth argument is no argument.
  const words: WrittenCommand['words'] = [
    program,
    ...(prefixes.includes('@') ? rest.slice(1) : rest),
  ]
  const texts = words.map(({text}) => text)
  const programs: string[] = []
  for (let at = 0; at < texts.length && programs.length < mostPrograms;) {
    const name = baseName(texts[at] ?? '')
    programs.push(name)
    const args = texts.slice(at + 1)
    const started = name === 'busybox' ? args : wrapped(name, args)
    if (started.length === 0) break
    at = texts.length - started.length
  }
  return {assignment, prefixes, words, isFollowed, programs, script: scriptAt(texts)}
}

const mostPrograms = 8

/**
 * Where the script of a shell stands among words: behind the `-c` of the first shell that is named,
 * or of `su` whose user is named before.
 */
function scriptAt(texts: readonly string[]): number | undefined {
  const shell = texts.findIndex((text) => isShell(baseName(text)) || baseName(text) === 'su')
  if (shell === -1) return undefined
  const program = baseName(texts[shell] ?? '')
  const at = texts.findIndex((text, index) => index > shell && isBeforeScript(program, text))
  const between = texts.slice(shell + 1, at)
  if (at === -1) return undefined
  if (
    program === 'su'
      ? !between.some((text) => /^[\w%]/.test(text))
      : between.some((text) => !/^[-+]|^[a-z]+$/.test(text))
  )
    return undefined
  const script = texts.findIndex((text, index) => index > at && !/^[-+]/.test(text))
  return script === -1 ? undefined : script
}
