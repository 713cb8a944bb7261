import * as z from 'zod'
import type {Profiles} from '../needs/kind.ts'
import type {Profile} from '../needs/profile.ts'
import type {Rule} from '../rule/rule.ts'
import {faultOf, joinPaths, keysOf} from '../rule/issues.ts'

/** A unit that a rule has nothing to say about. */
export interface ValidCase {
  /** What the case shows; the text of the unit when absent. */
  readonly name?: string
  readonly unit: string
  /** The name of the file; `example.service` when absent. */
  readonly fileName?: string
  /** The permission bits of the file, such as `0o644`. */
  readonly mode?: number
  /** Drop-ins of the unit, in order. */
  readonly dropIns?: readonly string[]
  /** The other units of the run, by their names; drop-ins as `NAME.service.d/NAME.conf`. */
  readonly others?: Readonly<Record<string, string>>
  /** The other units are all there are on the machine. */
  readonly isComplete?: boolean
  readonly options?: unknown
  /** A version or release, such as `debian-12`, with a comma where it runs: `debian-13,docker`. */
  readonly target?: string
  readonly manager?: 'system' | 'user'
  readonly profile?: Profile | Profiles
  /** When the unit is read, such as `2026-12-01`; absent: nobody knows. */
  readonly now?: string
}

/** A unit that a rule complains of. */
export interface InvalidCase extends ValidCase {
  /** `line:column-line:column: message`, in order. */
  readonly problems: readonly string[]
  /** The unit after `--fix`; when absent, `--fix` must leave it alone. */
  readonly fixed?: string
  /** The unit after `--fix --unsafe-fixes`, where that differs. */
  readonly fixedUnsafely?: string
}

const valid = z.strictObject({
  name: z.string().optional(),
  unit: z.string(),
  fileName: z.string().optional(),
  mode: z.int().optional(),
  dropIns: z.array(z.string()).optional(),
  others: z.record(z.string(), z.string()).optional(),
  isComplete: z.boolean().optional(),
  options: z.unknown().optional(),
  target: z.string().optional(),
  manager: z.enum(['system', 'user']).optional(),
  profile: z.unknown().optional(),
  now: z.string().optional(),
} satisfies Record<keyof ValidCase, z.ZodType>)

const invalid = valid.extend({
  problems: z.array(z.string()),
  fixed: z.string().optional(),
  fixedUnsafely: z.string().optional(),
} satisfies Record<Exclude<keyof InvalidCase, keyof ValidCase>, z.ZodType>)

const schemas = {valid, invalid}

/**
 * Throws what is wrong with a case, or with its options, in one line: a test in JavaScript may have
 * any.
 */
export function holdCase(
  kind: keyof typeof schemas,
  index: number,
  given: ValidCase,
  {options}: Pick<Rule, 'options'>,
): void {
  const where = `${kind}[${index}]`
  refuseFault(schemas[kind], given, where)
  refuseFault(options, given.options ?? {}, `${where}.options`)
}

/** Throws for lists of cases that are none. */
export function holdLists({valid: some, invalid: others}: Readonly<Record<string, unknown>>): void {
  refuseFault(z.array(z.unknown()), some, 'valid')
  refuseFault(z.array(z.unknown()), others, 'invalid')
}

function refuseFault(schema: z.ZodType, value: unknown, where: string): void {
  const {success, error} = schema.safeParse(value)
  if (success) return
  const {path, message} = faultOf(error, value, keysOf(schema))
  throw new Error(`${joinPaths(where, path)}: ${message}`)
}
