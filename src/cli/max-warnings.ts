import {usageError} from '../config/usage-error.ts'
import type {Arguments, Option} from './grammar.ts'

/** The option that says how many warnings are too many. */
export const maxWarningsOption = {
  'max-warnings': {type: 'string', describe: 'Exit with status 1 when there are more warnings'},
} as const satisfies Readonly<Record<string, Option>>

/** How many warnings there may be; any number where nothing is said. Throws a usage error. */
export function maxWarnings(given: Arguments): number {
  const value = given.value('max-warnings')
  if (value === undefined || value === false || value === '-1') return Infinity
  if (!/^\d{1,9}$/.test(value))
    throw usageError('--max-warnings', `Unexpected \`${value}\`, expected a number`)
  return Number(value)
}

/** What is said of more warnings than there may be. */
export function tooManyWarnings(warnings: number, most: number): string {
  return `unitlint: ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, expected at most ${most}`
}
