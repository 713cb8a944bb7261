import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {instanceNamed, instanceOption} from '../unit-arguments.ts'
import {configFlags, configOptions} from '../config-arguments.ts'
import type {Arguments, Option} from '../grammar.ts'
import type {Io} from '../io.ts'
import {noMore, onlyArgument} from '../positionals.ts'
import {textOrJson, textOrJsonOption} from '../text-or-json.ts'
import type {TryPlan} from './run-try.ts'
import type {Checking} from './trial.ts'

/** What to try and how, as the command line says. */
export interface TryArguments {
  readonly service: string
  /** `canary` and `learn` print what to do by hand, and start nothing. */
  readonly mode: 'canary' | 'learn' | 'machine'
  readonly checking: Checking
  readonly keep: TryPlan['keep']
  readonly starts: number
  /** Lines that somebody wants tried as well. */
  readonly lines: readonly string[]
  readonly instance: string | undefined
  readonly configs: ConfigFlags
  readonly format: ReturnType<typeof textOrJson>
}

/** What to put back: what is left of a service, or undefined of all. */
export interface RestoreArguments {
  readonly restored: string | undefined
}

const {preset, config, target, evidence} = configOptions
/** The options of `unitlint try`. */
export const tryOptions = {
  check: {
    type: 'string',
    describe:
      'A command for the shell that ends with status 0 where the service works; else it has to stay active',
  },
  'check-timeout': {type: 'string', describe: 'How many seconds the check may take; default: 30'},
  settle: {
    type: 'string',
    describe: 'Without a check: how many seconds it has to stay active; default: 5',
  },
  'start-timeout': {
    type: 'string',
    describe: 'How many seconds the service may take to start as it is; default: 90',
  },
  starts: {type: 'string', describe: 'How often the service may be started at most; default: 100'},
  keep: {
    type: 'string',
    describe:
      'What works stays as a dropin (the default), inline in a unit of your own, or none of it',
  },
  line: {
    type: 'string',
    describe: "Try this line of [Service] as well: 'Directive=value'; may be repeated",
  },
  canary: {type: 'boolean', describe: 'Only print what to do to try it all by hand'},
  learn: {
    type: 'boolean',
    describe: 'Only print a drop-in that logs the system calls that would be denied',
  },
  restore: {type: 'boolean', describe: 'Put back what a run has left that was killed'},
  ...textOrJsonOption,
  preset,
  config,
  target,
  evidence,
  ...instanceOption,
} as const satisfies Readonly<Record<string, Option>>

const keeps = ['dropin', 'inline', 'none'] as const

/** What to try and how, by what a command line holds. Throws a usage error. */
export function tryArguments(given: Arguments, io: Io): TryArguments | RestoreArguments {
  const format = textOrJson(given)
  const said = String(given.value('keep') ?? 'dropin')
  const keep = keeps.find((known) => known === said)
  if (!keep) throw usageError('--keep', unexpected('place', said, keeps))
  const starts = number(given, 'starts', 100, 'starts', 10_000)
  const checking = checkingOf(given)
  if (given.on('restore')) {
    const [restored, ...more] = given.positionals
    noMore(more)
    return {restored}
  }
  return {
    service: onlyArgument(given.positionals, 'the name of a service'),
    mode: given.on('learn') ? 'learn' : given.on('canary') ? 'canary' : 'machine',
    checking,
    keep,
    starts,
    lines: given.values('line').map(String),
    instance: instanceNamed(given),
    configs: configFlags(given, io),
    format,
  }
}

function checkingOf(given: Arguments): Checking {
  const milliseconds = (name: string, usual: number): number =>
    Math.round(number(given, name, usual, 'seconds', 86_400) * 1000)
  const check = given.value('check')
  return {
    command: typeof check === 'string' ? check : undefined,
    timeout: milliseconds('check-timeout', 30),
    settle: milliseconds('settle', 5),
    startTimeout: milliseconds('start-timeout', 90),
    grace: 2000,
  }
}

function number(given: Arguments, name: string, usual: number, unit: string, most: number): number {
  const text = given.value(name)
  if (text === undefined) return usual
  const isWhole = unit === 'starts'
  const value = (isWhole ? /^\d{1,5}$/ : /^\d{1,5}(\.\d{1,3})?$/).test(String(text))
    ? Number(text)
    : 0
  if (value <= 0 || value > most)
    throw usageError(`--${name}`, `Unexpected \`${String(text)}\`, expected a number of ${unit}`)
  return value
}
