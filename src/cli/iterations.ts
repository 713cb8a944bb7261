import {usageError} from '../config/usage-error.ts'
import type {Iterations} from '../explain/time.ts'
import type {Arguments} from './grammar.ts'
import type {Io} from './io.ts'

/** The options that say from when on and how often it is told when something comes. */
export const iterationOptions = {
  'base-time': {
    type: 'string',
    describe:
      'Tell when a calendar event comes after this: `2026-12-24 18:00`, in UTC, or `@SECONDS`; else after now',
  },
  iterations: {type: 'string', describe: 'How often to tell when it comes (5)'},
} as const

/** What these options say. Throws a usage error. */
export function iterationsOf(given: Arguments, io: Io): Iterations {
  const base = given.value('base-time') ?? false
  const count = given.value('iterations') ?? '5'
  const since = base === false ? io.date() : momentOf(base)
  if (since === undefined)
    throw usageError(
      '--base-time',
      `Unexpected \`${base}\`, expected a time such as \`2026-12-24 18:00\` or \`@1798135200\``,
    )
  if (count === false || !/^[1-9][0-9]{0,2}$/.test(count))
    throw usageError('--iterations', `Unexpected \`${count}\`, expected a number from 1 to 999`)
  return {since, count: Number(count)}
}

/** Milliseconds since 1970; undefined for what is no time. */
function momentOf(text: string): number | undefined {
  const seconds = /^@([0-9]{1,10})$/.exec(text)?.[1]
  if (seconds !== undefined) return Number(seconds) * 1000
  const [, date = '', time = '00:00'] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?(?: UTC)?$/.exec(text) ??
    []
  const moment = Date.parse(`${date}T${time}Z`)
  return moment >= 0 ? moment : undefined
}
