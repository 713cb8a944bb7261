import {usageError} from '../config/usage-error.ts'

/** The one argument that a command takes. Throws a usage error when there are none or more. */
export function onlyArgument(positionals: readonly string[], name: string): string {
  const [first, ...rest] = positionals
  if (first === undefined) throw usageError('unitlint', `Expected ${name}`)
  noMore(rest, name)
  return first
}

/** Throws a usage error for an argument too many, which says what alone is expected. */
export function noMore([first]: readonly string[], expected?: string): void {
  if (first === undefined) return
  const alone = expected === undefined ? '' : `, expected ${expected} and nothing else`
  throw usageError('unitlint', `Unexpected argument \`${first}\`${alone}`)
}
