import {unexpected} from '../rule/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import type {Arguments, Option} from './grammar.ts'

/** The option of commands that say the same to people and to programs. */
export const textOrJsonOption = {
  format: {type: 'string', alias: 'f', describe: 'text, or json for programs'},
} as const satisfies Readonly<Record<string, Option>>

const formats = ['text', 'json'] as const

/** Which of the two is wanted; text where nothing is said. Throws a usage error for another. */
export function textOrJson(given: Arguments): (typeof formats)[number] {
  const named = String(given.value('format') ?? 'text')
  const format = formats.find((known) => known === named)
  if (format === undefined) throw usageError('--format', unexpected('format', named, formats))
  return format
}
