import type {FindingSeverity} from '../engine/finding.ts'

/**
 * How the severities of findings are called in configs and on the command line, in order of weight.
 */
export const severityWords = {0: 'info', 1: 'warn', 2: 'error'} as const satisfies Readonly<
  Record<FindingSeverity, string>
>

/** The word for a severity of findings. */
export type SeverityWord = (typeof severityWords)[FindingSeverity]

/**
 * What a severity may be in a config, and what each stands for; the numbers are those of ESLint,
 * whose 0 is off.
 */
const severityNumbers = {
  off: undefined,
  info: 0,
  warn: 1,
  error: 2,
  0: undefined,
  1: 1,
  2: 2,
} as const satisfies Readonly<Record<string, FindingSeverity | undefined>>

/**
 * How much a rule counts; what is `info` is told and never counts. The numbers are those of ESLint:
 * 0 off, 1 warning, 2 error.
 */
export type Severity = keyof typeof severityNumbers

/** All that a severity may be, words first. */
export const severities: readonly Severity[] = ['off', ...Object.values(severityWords), 0, 1, 2]

/** What a severity of a config is for a finding; undefined where there is to be none. */
export function severityOf(severity: Severity): FindingSeverity | undefined {
  return severityNumbers[severity]
}
