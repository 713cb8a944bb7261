import yargs from 'yargs'
import {usageError} from '../config/usage-error.ts'
import type {UsageError} from '../config/usage-error.ts'
import {nearest} from '../facts/nearest.ts'
import type {Arguments, Grammar, Option} from './grammar.ts'
import {wrapWidth} from './io.ts'
import type {Io} from './io.ts'

/** Take any command line apart, or give the help that it asks for. Rejects with a usage error. */
export async function parseFully(
  argv: readonly string[],
  grammar: Grammar,
  io: Io,
): Promise<Arguments | {readonly help: string}> {
  let help = ''
  const parsed: Readonly<Record<string, unknown>> = await parserFor(argv, grammar, io).parseAsync(
    [...argv],
    {},
    (_error: unknown, _parsed: unknown, output: string) => {
      help = output
    },
  )
  if (help !== '') return {help}
  for (const [name, option] of Object.entries(grammar.options))
    checkValue(name, option, argv, parsed[name])
  return argumentsOf(parsed)
}

function parserFor(
  argv: readonly string[],
  {usage, options, epilogue = ''}: Grammar,
  io: Io,
): ReturnType<typeof yargs> {
  return yargs()
    .scriptName('unitlint')
    .detectLocale(false)
    .version(false)
    .parserConfiguration({
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
      'parse-numbers': false,
      'camel-case-expansion': false,
    })
    .options(
      Object.fromEntries(
        Object.entries(options).map(([name, {type, describe, alias}]) => [
          name,
          {type, describe, ...(alias ? {alias} : {}), requiresArg: type === 'string'},
        ]),
      ),
    )
    .usage(usage)
    .epilogue(epilogue)
    .help('help')
    .alias('help', 'h')
    .describe('help', 'Show this help')
    .strictOptions()
    .wrap(wrapWidth(io.stdout))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw inOurWords(message ?? error?.message ?? '', argv, options)
    })
}

function argumentsOf(parsed: Readonly<Record<string, unknown>>): Arguments {
  // yargs gives texts for options with values, and `false` for their opposites.
  const values = (name: string): ReadonlyArray<string | false> =>
    [parsed[name] ?? []].flat().map((value) => (value === false ? value : (value as string)))
  return {
    positionals: [parsed['_'] ?? []].flat().map(String),
    on: (name) => (parsed[name] === undefined ? undefined : [parsed[name]].flat().at(-1) === true),
    values,
    value: (name) => values(name).at(-1),
  }
}

/**
 * Throws for what yargs lets pass: a switch with a value, and the opposite of an option that has
 * none.
 */
function checkValue(
  name: string,
  {type, negatable = false}: Option,
  argv: readonly string[],
  value: unknown,
): void {
  if (type === 'string' && !negatable && [value].flat().includes(false))
    throw usageError('unitlint', `Unexpected option \`--no-${name}\``)
  const given =
    type === 'boolean' &&
    argv.find((argument) => argument.startsWith(`--${name}=`) && !/=(true|false)$/.test(argument))
  if (given)
    throw usageError(
      'unitlint',
      `Unexpected value in \`${given}\`, expected \`--${name}\` or \`--no-${name}\``,
    )
}

function inOurWords(
  message: string,
  argv: readonly string[],
  known: Grammar['options'],
): UsageError {
  const unknown = /^Unknown arguments?: ([^,]*)/.exec(message)?.[1]
  if (unknown !== undefined) return usageError('unitlint', unknownOption(unknown, argv, known))
  const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1]
  return usageError(
    'unitlint',
    missing === undefined ? message : `Expected a value after \`${dashed(missing)}\``,
  )
}

function unknownOption(name: string, argv: readonly string[], known: Grammar['options']): string {
  const written =
    argv
      .find(
        (argument) =>
          argument.replace(/^-+/, '').split('=')[0] === name ||
          argument.replace(/^--?no-/, '').split('=')[0] === name,
      )
      ?.split('=')[0] ?? dashed(name)
  const [subject, meant] = written.startsWith('--')
    ? [written, meantBy(written.slice(2), known)]
    : [dashed(name), knownElsewhere(name, known)]
  return `Unexpected option \`${subject}\`${meant === undefined ? '' : `, did you mean \`--${meant}\`?`}`
}

/** The option that is called so elsewhere, else the one whose name is nearest. */
function meantBy(word: string, known: Grammar['options']): string | undefined {
  const names = Object.keys(known)
  const all = [...names, ...names.map((option) => `no-${option}`), 'help', 'version']
  return knownElsewhere(word, known) ?? nearest(word, all)
}

function knownElsewhere(word: string, known: Grammar['options']): string | undefined {
  return Object.entries(known).find(([, {elsewhere}]) => elsewhere?.includes(word))?.[0]
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}
