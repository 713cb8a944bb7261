import {structuredPatch} from 'diff'
import {access} from '../../facts/accesses.ts'
import type {Descent, Standing, Step} from '../../engine/exposure-steps.ts'
import {voucherOf} from '../../engine/proposal.ts'
import type {Walk} from '../../harden/walk.ts'
import {totalWords} from '../../reporters/exposure.ts'
import type {Paint} from '../../reporters/exposure.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {wrap} from '../../reporters/wrap.ts'
import type {Rule} from '../../rule/rule.ts'
import {formatExposure} from '../../security/index.ts'

/** How to show a walk. */
export interface Showing {
  readonly width: number
  readonly paint: Paint
}

/**
 * A step, in lines: what it writes and where, why, who vouches for it, and the exposure with it.
 */
export function stepLines(
  {step, standing, taken, skipped}: Walk & {readonly step: Step},
  {
    descent,
    rule,
    of,
  }: {readonly descent: Descent; readonly rule: Rule | undefined; readonly of: number},
  {width, paint}: Showing,
): string[] {
  const count = taken.length + skipped.length + 1
  const {file, line, ruleId} = step.located
  const heading = `[${count} of ${Math.max(of, count)}] ${printable(ruleId)}  ${changeWords(standing, step, paint)}`
  const [label, words] = vouched(descent, standing, step)
  const after = descent.after(standing, step)
  const told = (label: string, text: string): string[] => {
    const [first = '', ...others] = wrap(printable(text), width - 10)
    return [`  ${label.padEnd(8)}${first}`, ...others.map((other) => ' '.repeat(10) + other)]
  }
  return [
    paint('bold', heading),
    `  ${printable(pastable(file.path))}:${line}`,
    ...('left' in after
      ? []
      : changedLines(standing, after).map((changed) => `  ${painted(changed, paint)}`)),
    ...(rule ? told('Why', rule.why) : []),
    ...(rule?.unless === undefined ? [] : told('Unless', rule.unless)),
    ...told(label, words),
  ]
}

/** The exposure before and after a step, with what is gained. */
function changeWords({score}: Standing, step: Step, paint: Paint): string {
  return `${formatExposure(score.total)} -> ${totalWords(step.score.total, paint)} (${((step.score.exact - score.exact) / 10).toFixed(2)})`
}

/** Who says that a step is safe; of one that is not, what it denies that others need. */
function vouched(descent: Descent, standing: Standing, step: Step): [label: string, text: string] {
  if (step.applicability === 'safe')
    return ['Safe', voucherOf(step.fix) ?? 'it takes nothing away from the service']
  const denied = [...new Set(descent.denied(standing, step))].map((id) => access(id).title)
  const what = denied.length === 0 ? '' : `: ${denied.join('; ')}`
  return [
    'Unsafe',
    `nothing tells whether the service does without what it denies, which many need${what}`,
  ]
}

/** The lines that are other ones after a step, as a diff has them. */
function changedLines(before: Standing, after: Standing): string[] {
  return after.unit.files.flatMap((file, index) => {
    const [was, is] = [before.unit.files[index]?.tree.text ?? '', file.tree.text]
    if (was === is) return []
    return structuredPatch('', '', was, is, '', '', {context: 0}).hunks.flatMap(({lines}) =>
      lines.filter((line) => !/^(?:\\|.\s*$)/.test(line)).map(printable),
    )
  })
}

function painted(line: string, paint: Paint): string {
  const marked = `${line.slice(0, 1)} ${line.slice(1)}`
  return line.startsWith('+')
    ? paint('green', marked)
    : line.startsWith('-')
      ? paint('red', marked)
      : marked
}

/** What each answer to a step means. */
export const answersHelp = [
  '  k  keep it, which is written at the end',
  '  s  skip it, with a reason: a comment in the unit then says so, for good or up to a day',
  '  w  a weaker value in its place, or one of your own',
  '  b  back to the step before',
  '  a  all the rest: of safe steps all that are safe, and at an unsafe one all',
  '  q  quit, nothing is written',
]

/** The ways to do less than a step does, in lines, counted from 1. */
export function weakerLines(
  standing: Standing,
  steps: readonly Step[],
  {paint}: Showing,
): string[] {
  return steps.map(
    (step, index) =>
      `  ${index + 1}  ${printable(step.fix.title.replaceAll('`', ''))}  ${changeWords(standing, step, paint)}, ${step.applicability}`,
  )
}
