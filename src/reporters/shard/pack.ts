import {Buffer} from 'node:buffer'
import {deflateSync} from 'node:zlib'
import type {LintResult, Message} from '../lint-result.ts'
import type {ReportContext} from '../formatter.ts'

/** What a shard's report says of the run that it is of. */
export interface Packing {
  /** From 1. */
  readonly index: number
  readonly count: number
  /** How many units each shard has. */
  readonly sizes: readonly number[]
  /** Tells the units of the run from those of another. */
  readonly units: string
  /** Tells how they are judged from how others are. */
  readonly settings: string
  readonly format: string
  /** What kept files from being linted, in lines. */
  readonly faults: readonly string[]
  readonly context: ReportContext
  /** Where a file stands in the report of the whole run. */
  readonly placeOf: (file: string) => number | undefined
}

/**
 * What a shard found, as one word of letters, digits, `+`, `/` and `=`: all that any format tells
 * of it.
 */
export function pack(
  entries: readonly LintResult[],
  {context, placeOf, ...shard}: Packing,
): string {
  const {cwd, quiet, fixed, fixing = false, version, rules, run} = context
  const told = rules.map(({id, summary, why, unless, directives}) => ({
    id,
    summary,
    why,
    unless,
    directives,
  }))
  const header = {
    ...shard,
    version,
    cwd,
    quiet,
    fixed,
    fixing,
    rules: told,
    run: run && {...run, skipped: [...run.skipped]},
  }
  let place = -1
  const lines = entries.map((entry) => {
    place = placeOf(entry.path) ?? place
    return `\n${JSON.stringify({place, ...plainEntry(entry)})}`
  })
  const bytes = Buffer.concat([JSON.stringify(header), ...lines].map((line) => Buffer.from(line)))
  return deflateSync(bytes, {level: 1}).toString('base64')
}

/** An entry as JSON has it; the text only where something is said about it. */
function plainEntry({slice, messages, ...entry}: LintResult): object {
  return {
    ...entry,
    text: messages.length === 0 ? '' : slice(0, Infinity),
    messages: messages.map(plainMessage),
  }
}

function plainMessage({cause, ...message}: Message): object {
  const stack = cause instanceof Error && !('code' in cause) ? cause.stack : undefined
  return {...message, ...(stack === undefined ? {} : {stack})}
}
