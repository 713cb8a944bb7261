import {commandKeys} from '../../facts/command-keys.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {skipBlank, splitWords, wordAt} from '../../values/words.ts'
import type {Word} from '../../values/words.ts'
import {directoryVariables} from './declared.ts'
import {environment} from './environment.ts'
import {meantOf} from '../../unit/value.ts'

/** One command that a unit executes. */
export interface Command {
  readonly assignment: Assignment
  /** With `+`: it runs outside of the sandbox. */
  readonly isUnconfined: boolean
  /** With `!` or `!!`: it runs as root, in the sandbox. */
  readonly isPrivileged: boolean
  /** The program and its arguments, unquoted, specifiers and known variables replaced. */
  readonly words: readonly string[]
}

/** The commands of a unit, as systemd reads them (systemd.service(5), "command lines"). */
export const commands = query((unit: LoadedUnit): readonly Command[] => {
  const set = Array.from(environment(unit).values(), ({name, value}) => [name, value] as const)
  const variables = new Map([...directoryVariables(unit), ...set])
  return commandKeys.flatMap((key) =>
    meantOf(unit, key).flatMap((assignment) => commandsOf(assignment, unit, variables)),
  )
})

/** Longer lines are cut: nobody writes them, and what they say takes time to find out. */
const longest = 32_768

function commandsOf(
  assignment: Assignment,
  unit: LoadedUnit,
  variables: ReadonlyMap<string, string>,
): Command[] {
  const text = assignment.value.slice(0, longest)
  const found: Command[] = []
  let at = skipBlank(text, 0)
  while (at < text.length) {
    const first = wordAt(text, at)
    // One that stands alone is no program, and ends nothing.
    if (first.word.text === ';') {
      at = skipBlank(text, first.word.end)
      continue
    }
    const prefix = /^[-@:+!|]*/.exec(first.word.text)?.[0] ?? ''
    const rest = prefix.includes('|')
      ? restOfLine(text, first.word)
      : wordsUpToSemicolon(text, first.word.end)
    const program = first.word.text.slice(prefix.length)
    const raw = prefix.includes('|')
      ? ['/bin/sh', '-c', `${program} ${rest.words.join(' ')}`]
      : [program, ...(prefix.includes('@') ? rest.words.slice(1) : rest.words)]
    const words = argumentsOf(raw, unit, variables).filter(
      (word, index) => index > 0 || word !== '',
    )
    if (words.length > 0)
      found.push({
        assignment,
        isUnconfined: prefix.includes('+'),
        isPrivileged: prefix.includes('!'),
        words,
      })
    at = skipBlank(text, rest.end)
  }
  return found
}

/** The words up to one that is just `;`, which starts another command. */
function wordsUpToSemicolon(text: string, start: number): {words: string[]; end: number} {
  const words: string[] = []
  let at = skipBlank(text, start)
  while (at < text.length) {
    const {word} = wordAt(text, at)
    const written = text.slice(word.start, word.end)
    if (written === ';') return {words, end: word.end}
    words.push(written === '\\;' ? ';' : word.text)
    at = skipBlank(text, word.end)
  }
  return {words, end: text.length}
}

function restOfLine(text: string, word: Word): {words: string[]; end: number} {
  return {words: [text.slice(word.end).trim()], end: text.length}
}

/**
 * Words as the program gets them: a variable that is a whole argument becomes the words of its
 * value, none where that is empty (systemd.service(5), "command lines").
 */
function argumentsOf(
  raw: readonly string[],
  unit: LoadedUnit,
  variables: ReadonlyMap<string, string>,
): string[] {
  let left = longest
  return raw.flatMap((word, index) => {
    const name = index === 0 ? undefined : /^\$([A-Za-z_][A-Za-z0-9_]{0,63})$/.exec(word)?.[1]
    const value = name === undefined ? undefined : variables.get(name)
    if (value === undefined || value.length > left) return [replaced(word, unit, variables)]
    left -= value.length
    return splitWords(value, 'quotes').words.map(({text}) => text)
  })
}

function replaced(word: string, unit: LoadedUnit, variables: ReadonlyMap<string, string>): string {
  const home = variables.get('HOME')
  const inOwnHome =
    home === undefined || home.length > 256 ? word : word.replaceAll(/\$HOME\b/g, () => home)
  const expanded = inOwnHome.includes('%')
    ? (expandSpecifiers(inOwnHome, unit) ?? inOwnHome)
    : inOwnHome
  if (!expanded.includes('$') || expanded.length > 4096) return expanded
  return expanded.replaceAll(
    /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]{0,63})\}|^\$([A-Za-z_][A-Za-z0-9_]{0,63})$/g,
    (all, braced: string | undefined, bare: string | undefined) => {
      if (all === '$$') return '$'
      const value = variables.get(braced ?? bare ?? '')
      return value === undefined || value.length > 256 ? all : value
    },
  )
}
