import {columnWidths} from './width.ts'
import {severityNames} from './lint-result.ts'
import type {LintResult} from './lint-result.ts'
import {painter} from './exposure.ts'
import type {Formatter} from './formatter.ts'
import {inert, printable, printableJson} from './printable.ts'
import {summary} from './summary.ts'
import type {FindingSeverity} from '../engine/finding.ts'

/** How often a rule found something, at one severity. */
interface RuleFigure {
  readonly ruleId: string | null
  readonly severity: FindingSeverity
  readonly count: number
  /** Mended by `--fix`. */
  readonly fixable: number
  /** Mended by `--fix --unsafe-fixes` only. */
  readonly unsafelyFixable: number
}

/**
 * A table for people: how often each rule found something, the most frequent first, and what fixes
 * mend.
 */
export const statistics: Formatter = (entries, context) => {
  const paint = painter(context.color)
  const figures = figuresOf(entries)
  const end = context.quiet ? '' : summary(entries, context, paint)
  if (figures.length === 0) return end
  const head = ['COUNT', 'FIXABLE', 'UNSAFELY', 'SEVERITY', 'RULE']
  const cells = figures.map(({ruleId, severity, ...many}) => [
    String(many.count),
    String(many.fixable),
    String(many.unsafelyFixable),
    severityNames[severity],
    ruleId === null ? '(no rule)' : printable(ruleId),
  ])
  const widths = columnWidths(head, cells)
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        index < 3 ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return inert(
    [paint('bold', line(head)), ...cells.map(line), ...(end === '' ? [] : ['', end])].join('\n'),
  )
}

/** The same as JSON: an array with an object a rule and severity. */
export const statisticsJson: Formatter = (entries) => printableJson(figuresOf(entries))

/** The most frequent first, then by name. */
function figuresOf(entries: readonly LintResult[]): readonly RuleFigure[] {
  const figures = new Map<string, {-readonly [Key in keyof RuleFigure]: RuleFigure[Key]}>()
  for (const {messages} of entries) {
    for (const {ruleId = null, severity, fix} of messages) {
      const key = `${severity}${ruleId ?? ''}`
      const figure = figures.get(key) ?? {
        ruleId,
        severity,
        count: 0,
        fixable: 0,
        unsafelyFixable: 0,
      }
      figures.set(key, figure)
      figure.count++
      if (fix?.applicability === 'safe') figure.fixable++
      if (fix?.applicability === 'unsafe') figure.unsafelyFixable++
    }
  }
  return [...figures.values()].toSorted(
    (one, other) =>
      other.count - one.count ||
      other.severity - one.severity ||
      ((one.ruleId ?? '') < (other.ruleId ?? '') ? -1 : 1),
  )
}
