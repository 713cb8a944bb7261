import type {z} from 'zod'
import {nearest} from '../facts/nearest.ts'
import {alternatives, unexpected} from './suggest.ts'

/** What zod found wrong with a value. */
export interface SchemaFault {
  /** The path to the key, such as `rules.private-tmp[1].atLeast`; empty for the value itself. */
  readonly path: string
  readonly message: string
}

/** The keys that an object of a schema may have, as far as that tells. */
export function keysOf(schema: z.ZodType): readonly string[] {
  return 'shape' in schema && typeof schema.shape === 'object'
    ? Object.keys(schema.shape ?? {})
    : []
}

/**
 * The first thing that zod found wrong, in our words.
 *
 * Takes the value that it was asked about, and the keys that the value may have, for suggestions.
 */
export function faultOf(
  error: z.core.$ZodError,
  value: unknown,
  keys: readonly string[] = [],
): SchemaFault {
  // A misspelt key is also a missing one.
  const issue = error.issues.find(({code}) => code === 'unrecognized_keys') ?? error.issues[0]
  if (!issue) return {path: '', message: error.message}
  return faultOfIssue(issue, value, keys)
}

function faultOfIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  keys: readonly string[],
): SchemaFault {
  const path = pathText(issue.path)
  const actual = at(value, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys
      // A schema may know better than we which keys it has.
      const message = issue.message.startsWith('Unexpected ')
        ? issue.message
        : unexpected('key', key, issue.path.length === 0 ? keys : [])
      return {path: pathText([...issue.path, key]), message}
    }
    case 'invalid_type':
      return {path, message: instead(actual, typeText(issue.expected))}
    case 'invalid_value':
      return {path, message: insteadOfValues(actual, issue.values)}
    case 'invalid_union': {
      const inner = bestBranch(issue, actual)
      if (!inner) return {path, message: instead(actual, unionText(issue))}
      const fault = faultOfIssue(inner, actual, [])
      return {path: joinPaths(path, fault.path), message: fault.message}
    }
    default:
      return {path, message: issue.message}
  }
}

/** The path to a key as one would write it in JavaScript, less the quotes. */
function pathText(path: readonly PropertyKey[]): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else text += text === '' ? String(key) : `.${String(key)}`
  }
  return text
}

/** The path to what is at a path inside of what is at another. */
export function joinPaths(outer: string, inner: string): string {
  return outer === '' || inner === '' || inner.startsWith('[') ? outer + inner : `${outer}.${inner}`
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let inner = value
  // Whatever has keys may be asked for them.
  for (const key of path)
    inner =
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined
  return inner
}

/**
 * The issue of the alternative that was meant: one that fits at its root, or that has words much
 * like the value.
 */
function bestBranch(
  issue: z.core.$ZodIssueInvalidUnion,
  actual: unknown,
): z.core.$ZodIssue | undefined {
  const issues = issue.errors.flat()
  const deep = issues.filter(
    (inner) =>
      inner.path.length > 0 ||
      !['invalid_type', 'invalid_value', 'invalid_union'].includes(inner.code),
  )
  if (deep.length > 0) return deep.toSorted((one, other) => other.path.length - one.path.length)[0]
  return issues.find(
    (inner) =>
      inner.code === 'invalid_value' &&
      typeof actual === 'string' &&
      nearest(actual, inner.values.map(String)) !== undefined,
  )
}

function unionText(issue: z.core.$ZodIssueInvalidUnion): string {
  const expected = issue.errors.flat().map((inner) => {
    if (inner.code === 'invalid_value') return alternatives(inner.values.map(String))
    if (inner.code === 'invalid_type') return typeText(inner.expected)
    return inner.code === 'invalid_union' ? unionText(inner) : ''
  })
  return [...new Set(expected.filter((text) => text !== ''))].join(', or ')
}

function instead(actual: unknown, expected: string): string {
  if (actual === undefined) return `Expected ${expected}`
  return expected === ''
    ? `Unexpected ${shown(actual)}`
    : `Unexpected ${shown(actual)}, expected ${expected}`
}

function insteadOfValues(actual: unknown, values: readonly z.core.util.Primitive[]): string {
  const words = values.map(String)
  if (typeof actual === 'string') return unexpected('value', actual, words)
  return instead(actual, words.length <= 12 ? alternatives(words) : '')
}

function typeText(type: string): string {
  const name =
    (
      {record: 'object', tuple: 'array', map: 'object', int: 'integer'} as Readonly<
        Record<string, string>
      >
    )[type] ?? type
  return /^[aeio]/.test(name) ? `an ${name}` : `a ${name}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return '`null`'
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
    ? `\`${value}\``
    : typeof value
}
