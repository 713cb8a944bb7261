import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {directiveNames} from '../../facts/directives.ts'
import {codenames, newestVersion, oldestVersion, releases} from '../../facts/targets.ts'
import {formats} from '../../reporters/index.ts'
import type {Option} from '../grammar.ts'
import type {Described} from './grammars.ts'

/** What may stand somewhere: words, files of some kind, or both. */
export interface Expected {
  readonly words: readonly string[]
  readonly files: 'units' | 'all' | 'folders' | 'none'
}

const ruleIds = rules.map(({id}) => id)
const presetNames = Object.keys(presets)
const versions = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) =>
  String(oldestVersion + index),
)
const targets = [...versions, ...Object.keys(releases), ...Object.keys(codenames)]

/** What options of a name take, whatever the command. */
const byOption: Readonly<Record<string, Expected>> = {
  preset: words(presetNames),
  target: words(targets),
  from: words(targets),
  to: words(targets),
  rule: words(ruleIds),
  'fix-only': words(['errors', ...ruleIds]),
  'fix-to': words(['inline', 'dropin']),
  json: words(['short', 'pretty', 'off']),
  report: words(['pr']),
  keep: words(['dropin', 'inline', 'none']),
  root: {words: [], files: 'folders'},
}

/** Options that name a file. */
const ofFiles: ReadonlySet<string> = new Set([
  'baseline',
  'config',
  'evidence',
  'exposure-baseline',
  'journal',
  'log',
  'output-file',
  'security-policy',
  'stdin-filename',
  'summary',
  'trace',
])

/** What an option takes; undefined for a switch. */
function valuesOf(command: string, name: string, option: Option): Expected | undefined {
  if (option.type === 'boolean') return undefined
  if (name === 'format')
    return words(['', 'merge-reports'].includes(command) ? formats : formatsIn(option.describe))
  return Object.hasOwn(byOption, name)
    ? byOption[name]
    : {words: [], files: ofFiles.has(name) ? 'all' : 'none'}
}

/** The names of formats that the description of an option lists. */
function formatsIn(describe: string): readonly string[] {
  return ['text', 'table', 'json', 'markdown', 'html', 'dot', ...formats].filter(
    (name, index, all) => all.indexOf(name) === index && describe.includes(name),
  )
}

/** What a command takes beside options. */
export function argumentsOf({name, usage}: Pick<Described, 'name' | 'usage'>): Expected {
  switch (name) {
    case 'explain':
      return words([...ruleIds, ...directiveNames(), ...presetNames])
    case 'why-not':
      return {words: directiveNames(), files: 'units'}
    case 'completion':
      return words(shells)
    case 'merge-reports':
      return {words: [], files: 'all'}
    default:
      return /files|FILE|UNIT/.test(usage) ? {words: [], files: 'units'} : words([])
  }
}

/** The shells that completions are for. */
export const shells = ['bash', 'zsh', 'fish'] as const

function words(known: readonly string[]): Expected {
  return {words: known, files: 'none'}
}

/** An option as it is typed. */
export interface TypedOption {
  /** `--fix`, `--no-color`, `-f`. */
  readonly text: string
  readonly describe: string
  /** Undefined where it takes no value. */
  readonly values: Expected | undefined
}

/** All options of a command as they are typed, by name. */
export function typedOptions({name: command, grammar}: Described): readonly TypedOption[] {
  const help = {type: 'boolean', describe: 'Show this help', alias: 'h'} as const satisfies Option
  return Object.entries({...grammar.options, help}).flatMap(
    ([name, option]: [string, Option]): TypedOption[] => {
      const values = valuesOf(command, name, option)
      const {describe, alias, negatable = false} = option
      const opposite = negatable || describe.includes(`--no-${name}`)
      return [
        {text: `--${name}`, describe, values},
        ...(alias === undefined ? [] : [{text: `-${alias}`, describe, values}]),
        ...(opposite
          ? [{text: `--no-${name}`, describe: `The opposite of --${name}`, values: undefined}]
          : []),
      ]
    },
  )
}
