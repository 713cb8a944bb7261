import {tally} from './lint-result.ts'
import type {LintResult} from './lint-result.ts'
import {totalWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import type {ReportContext} from './formatter.ts'
import {pastable, printable} from './printable.ts'

/** What a report has to know to end in a line. */
type Ending = Pick<ReportContext, 'fixed' | 'run'>

/**
 * What was found and what can be done about it, in a line, below one that says what was mended, if
 * anything was.
 *
 * `✖ 3 errors, 2 warnings in 2 files; 4 fixable with --fix, 1 more with --unsafe-fixes · 7 units
 * for systemd 252 and later; worst exposure 9.6 UNSAFE (a.service)`
 */
export function summary(
  entries: readonly LintResult[],
  {fixed, run}: Ending,
  paint: Paint,
): string {
  const lines: string[] = []
  const mended = fixed ? entries.filter(({applied}) => applied.length > 0) : []
  if (mended.length > 0) {
    const fixes = mended.reduce((sum, {applied}) => sum + applied.length, 0)
    lines.push(
      `${paint('green', '✔')} ${count(fixes, 'problem')} fixed in ${count(mended.length, 'file')}`,
    )
  }
  const facts = run ? runWords(entries, run, fixed, paint) : ''
  const {errors, warnings, fixableErrors, fixableWarnings, unsafelyFixable} = tally(
    entries.flatMap(({messages}) => messages),
  )
  if (errors + warnings > 0) {
    const remedy = remedies(fixableErrors + fixableWarnings, unsafelyFixable)
    lines.push(
      `${errors > 0 ? paint('red', '✖') : paint('yellow', '⚠')} ${problemWords(entries)}${remedy}${facts === '' ? '' : ` · ${facts}`}`,
    )
  } else if (
    run &&
    (run.units > 0 || run.skipped.size > 0) &&
    !(run.isPartial && run.units === 0)
  ) {
    lines.push(
      `${run.isPartial ? paint('yellow', '⚠') : paint('green', '✔')} ${problemWords(entries)} · ${facts}`,
    )
  }
  return lines.join('\n')
}

/** How many problems there are: `3 errors, 2 warnings in 2 files`. */
export function problemWords(entries: readonly LintResult[]): string {
  const troubled = entries.filter(({messages}) => messages.some(({severity}) => severity > 0))
  if (troubled.length === 0) return 'no errors, no warnings'
  const {errors, warnings} = tally(troubled.flatMap(({messages}) => messages))
  const problems = [
    errors > 0 ? count(errors, 'error') : '',
    warnings > 0 ? count(warnings, 'warning') : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
  return `${problems} in ${count(troubled.length, 'file')}`
}

/**
 * What was judged, what was not, and the worst of it: `7 units for systemd 252; 1 template skipped;
 * worst exposure 9.6 UNSAFE (a.service)`.
 */
export function runWords(
  entries: readonly LintResult[],
  {units, targets, skipped, isPartial}: NonNullable<ReportContext['run']>,
  fixed: boolean,
  paint: Paint,
  quoted: (path: string) => string = (path) => path,
): string {
  const judges = targets
    .map((target) => (/^\d/.test(target) ? `systemd ${target}` : target))
    .map(printable)
  const worst = worstOf(entries, fixed)
  const passed = [...skipped]
    .filter(([, many]) => many > 0)
    .map(([what, many]) => count(many, what))
  return [
    `${count(units, 'unit')}${judges.length === 0 ? '' : ` for ${judges.join(' and ')}`}`,
    ...(passed.length === 0 ? [] : [`${passed.join(', ')} skipped`]),
    ...(isPartial ? ['not all could be judged'] : []),
    ...(worst
      ? [
          `worst exposure ${totalWords(worst.total, paint)}${units > 1 ? ` (${quoted(printable(pastable(worst.path)))})` : ''}`,
        ]
      : []),
  ].join('; ')
}

/** The most exposed unit, the first of several; fixes that were made count. */
function worstOf(
  entries: readonly LintResult[],
  fixed: boolean,
): {readonly path: string; readonly total: number} | undefined {
  let worst: ReturnType<typeof worstOf>
  for (const {path, exposure} of entries) {
    const total = exposure && (fixed ? exposure.after : exposure.before)
    if (total !== undefined && total > (worst?.total ?? -1)) worst = {path, total}
  }
  return worst
}

function remedies(safe: number, unsafe: number): string {
  if (safe === 0) return unsafe === 0 ? '' : `; ${unsafe} fixable with --fix --unsafe-fixes`
  return `; ${safe} fixable with --fix${unsafe === 0 ? '' : `, ${unsafe} more with --unsafe-fixes`}`
}

/** `1 unit`, `2 units`. */
export function count(many: number, thing: string): string {
  return `${many} ${thing}${many === 1 ? '' : 's'}`
}
