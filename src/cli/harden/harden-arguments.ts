import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {instanceNamed, instanceOption, rootOf, rootOption} from '../unit-arguments.ts'
import {configFlags, configOptions, hardeningFlags} from '../config-arguments.ts'
import {colorOption} from '../color-option.ts'
import type {Arguments, Grammar, Option} from '../grammar.ts'
import type {Io} from '../io.ts'
import {rootFor} from '../named-units.ts'

/** What to harden and how, as the command line says. */
export interface HardenArguments {
  readonly files: readonly string[]
  readonly root: string | undefined
  readonly instance: string | undefined
  readonly configs: ConfigFlags & {readonly presets: readonly string[]}
  /** Undefined: where `--fix` would put it. */
  readonly to: 'inline' | 'dropin' | undefined
  /** Write a report for a pull request. */
  readonly isReport: boolean
  /** Take all that is safe without a question. */
  readonly isSure: boolean
  /** Up to what all is taken where nobody is asked. */
  readonly upTo: 'safe' | 'unsafe'
  readonly color: boolean | undefined
}

const hardenOptions = {
  yes: {
    type: 'boolean',
    alias: 'y',
    describe: 'Take all safe steps and write them, without a question',
  },
  'unsafe-fixes': {type: 'boolean', describe: 'With --yes, --report: unsafe steps too'},
  report: {
    type: 'string',
    describe:
      'pr: print the plan as Markdown for a pull request, and write nothing unless --yes is there',
  },
  'fix-to': {
    type: 'string',
    describe:
      'Where to put what is kept: inline, or dropin for a drop-in beside the unit, 50-unitlint.conf',
  },
  ...configOptions,
  ...rootOption,
  ...instanceOption,
  ...colorOption,
} as const satisfies Readonly<Record<string, Option>>

/** What `unitlint harden` takes. */
export const hardenGrammar: Grammar = {
  usage: 'unitlint harden FILE|UNIT',
  options: hardenOptions,
  epilogue: [
    'In a terminal each step of the plan is shown with its reason, who vouches for it and the exposure after it, to be kept, skipped or weakened.',
    '',
    'Exit status: 0 written, or nothing to do; 1 left as it was; 2 the command or a file is at fault',
  ].join('\n'),
}

/** What to harden and how, by what a command line holds. Throws a usage error. */
export function hardenArguments(given: Arguments, io: Io): HardenArguments {
  const {positionals} = given
  if (positionals.length === 0)
    throw usageError('unitlint', 'Expected a service, by its file or by its name')
  const report = given.value('report')
  if (report !== undefined && report !== 'pr')
    throw usageError('--report', unexpected('report', String(report), ['pr']))
  const to = given.value('fix-to')
  if (to !== undefined && to !== 'inline' && to !== 'dropin')
    throw usageError('--fix-to', unexpected('place', String(to), ['inline', 'dropin']))
  return {
    files: positionals,
    root: rootFor(positionals, {cwd: io.cwd, root: rootOf(given)}),
    instance: instanceNamed(given),
    configs: hardeningFlags(configFlags(given, io)),
    to,
    isReport: report !== undefined,
    isSure: given.on('yes') ?? false,
    upTo: given.on('unsafe-fixes') ? 'unsafe' : 'safe',
    color: given.on('color'),
  }
}
