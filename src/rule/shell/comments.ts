import type {LoadedUnit} from '../../unit/load.ts'
import {itself} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {dialectOf} from '../../values/dialect.ts'
import {commandKeys} from '../../facts/command-keys.ts'
import {writtenCommands} from './commands.ts'

/** A comment behind a value, which is part of the value. */
export interface TrailingComment {
  readonly assignment: Assignment
  /** Offset in the value of the sign that begins it. */
  readonly start: number
}

/** Comments behind values: systemd knows only lines of them (systemd.syntax(7)). */
export const trailingComments = query((unit: LoadedUnit): readonly TrailingComment[] => {
  const found: TrailingComment[] = []
  for (const {assignment, words} of writtenCommands(unit)) {
    // `#general` and `#fff` are arguments.
    const at = words.findIndex(
      ({text, isBare}, index) => index > 0 && isBare && /^#[A-Za-z]*$/.test(text),
    )
    const word = words[at]
    const behind = words.slice(at + 1).map(({text}) => text)
    if (word && isProse(behind, word.text)) found.push({assignment, start: word.start})
  }
  for (const assignment of unit.lines) {
    const {section, key, value} = assignment
    if (!/[#;]/.test(value) || value.length > longest || commands.has(key) || texts.has(key))
      continue
    const start = value.search(names.has(key) ? anySign : sign)
    const isOutside = ['"', "'"].every(
      (quote) => value.slice(0, start).split(quote).length % 2 === 1,
    )
    if (
      start > 0 &&
      (isOutside || key === 'Description') &&
      dialectOf(unit.target).row(section, key, unit.target.version)
    )
      found.push({assignment, start})
  }
  return found
}, itself)

/** Whether what stands behind `#` are words of a language, and no options and paths alone. */
function isProse(words: readonly string[], sign: string): boolean {
  const [first = ''] = words
  if (sign === '#') return /^[\p{L}([<"'0-9$/-]/u.test(first)
  return (
    words.length > 1 &&
    words.every((word) => /^[\p{L}\d(),.'!?:-]+$/u.test(word) && !word.startsWith('-'))
  )
}

const sign = /(?<=[ \t])#+[ \t]+[A-Za-z(]/
/** Files of other programs have another sign. */
const anySign = /(?<=[ \t])(?:#+|;+)[ \t]+[A-Za-z(]/
/** Lists of names, in which no such sign is one. */
const names: ReadonlySet<string> = new Set([
  'WantedBy',
  'RequiredBy',
  'UpheldBy',
  'Also',
  'Alias',
  'AmbientCapabilities',
  'CapabilityBoundingSet',
  'User',
  'Group',
  'SupplementaryGroups',
])

const longest = 4096
const commands: ReadonlySet<string> = new Set(commandKeys)
/** Texts in which such a sign may be meant. */
const texts: ReadonlySet<string> = new Set([
  'StandardInputText',
  'StandardInputData',
  'SetCredential',
  'LogFilterPatterns',
])
