import {UsageError} from '../config/usage-error.ts'
import {codeOf, reasonOfFile} from '../files/fault.ts'
import {printable} from '../reporters/printable.ts'

/** What went wrong with a whole run, in one line; a fault of ours comes with its stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof UsageError) return printable(error.message)
  // Loading a part of ourselves is what fails first; it is loaded when it is needed.
  if (['EMFILE', 'ENFILE'].includes(codeOf(error) ?? '')) return `unitlint: ${reasonOfFile(error)}`
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return ['unitlint: failed, and should not have', ...stack.split('\n')]
    .map((line) => printable(line))
    .join('\n')
}
