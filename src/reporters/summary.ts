import {tally} from './entry.ts'
import type {Entry} from './entry.ts'
import type {Paint} from './exposure.ts'

/**
 * What was found and what can be done about it, in a line, below one that says what was mended, if anything was.
 *
 * `✖ 3 errors, 2 warnings in 2 files; 4 fixable with --fix, 1 more with --unsafe-fixes`
 */
export function summary(entries: readonly Entry[], fixed: boolean, paint: Paint): string {
  const lines: string[] = []
  const mended = fixed ? entries.filter(({applied}) => applied.length > 0) : []
  if (mended.length > 0) {
    const fixes = mended.reduce((sum, {applied}) => sum + applied.length, 0)
    lines.push(`${paint('green', '✔')} ${count(fixes, 'problem')} fixed in ${count(mended.length, 'file')}`)
  }
  const troubled = entries.filter(({messages}) => messages.some(({severity}) => severity > 0))
  if (troubled.length > 0) {
    const {errors, warnings, fixableErrors, fixableWarnings, unsafelyFixable} = tally(troubled.flatMap(({messages}) => messages))
    const problems = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter((words) => words !== '').join(', ')
    const remedy = remedies(fixableErrors + fixableWarnings, unsafelyFixable)
    lines.push(`${errors > 0 ? paint('red', '✖') : paint('yellow', '⚠')} ${problems} in ${count(troubled.length, 'file')}${remedy}`)
  }
  return lines.join('\n')
}

function remedies(safe: number, unsafe: number): string {
  if (safe === 0) return unsafe === 0 ? '' : `; ${unsafe} fixable with --fix --unsafe-fixes`
  return `; ${safe} fixable with --fix${unsafe === 0 ? '' : `, ${unsafe} more with --unsafe-fixes`}`
}

function count(many: number, thing: string): string {
  return `${many} ${thing}${many === 1 ? '' : 's'}`
}
