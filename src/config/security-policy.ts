import * as z from 'zod'
import type {Policy} from '../security/index.ts'
import {usageError} from './usage-error.ts'

type RowOverride = NonNullable<ReturnType<Policy['get']>>

/**
 * The text of a security policy of systemd: what it changes of which rows, by JSON field
 * (systemd-analyze(1), "security").
 *
 * What has a wrong type is ignored, as systemd does. Throws a usage error, with the name of the
 * file, for what is no JSON object.
 */
export function securityPolicy(json: string, file: string): Policy {
  const fault = (message: string, cause?: unknown): Error =>
    usageError('--security-policy', `${file}: ${message}`, cause)
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw fault(`Expected JSON: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  const policy = policySchema.safeParse(value)
  if (!policy.success)
    throw fault('Unexpected value, expected an object that has an object for each row')
  return policy.data
}

const number = z.int().nonnegative().optional().catch(undefined)
const text = z.string().optional().catch(undefined)

const entrySchema = z
  .object({
    weight: number,
    range: number,
    description_good: text,
    description_bad: text,
    description_na: text,
  })
  .transform(({weight, range, ...texts}): RowOverride => ({
    weight,
    range,
    descriptionGood: texts.description_good,
    descriptionBad: texts.description_bad,
    descriptionInapplicable: texts.description_na,
  }))

/** An object of entries; what is no entry is left out. */
const policySchema = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .transform((rows): Policy => {
    const entries = new Map<string, RowOverride>()
    for (const [field, row] of Object.entries(rows)) {
      const entry = entrySchema.safeParse(row)
      if (entry.success) entries.set(field, entry.data)
    }
    return entries
  })
