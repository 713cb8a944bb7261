import {columnWidths, padded, widthOf} from './width.ts'
import type {ExposurePlan, PlanStep} from '../engine/exposure-plan.ts'
import type {OpenPoint, PlanPlace} from '../engine/open-points.ts'
import {access} from '../facts/accesses.ts'
import type {Need} from '../needs/needs.ts'
import type {Target} from '../facts/targets.ts'
import {levelOf} from '../security/index.ts'
import {choiceObject, choiceWords} from './choice.ts'
import {hundredths, unmarked, systemdNamed, totalWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import {pastable, printable} from './printable.ts'
import {wrap} from './wrap.ts'

/** A plan with what it is for. */
export interface PlannedUnit {
  readonly path: string
  readonly target: Target
  /** The options that make the same fixes, such as `--preset strict`. */
  readonly flags: string
  readonly plan: ExposurePlan
}

/**
 * A plan for people: what `--fix` reaches, each step with the total that it leaves, and what stays
 * open and why.
 */
export function planText(
  {path, target, flags, plan}: PlannedUnit,
  columns: number,
  paint: Paint,
): string {
  const blocks = [headLines(path, target, flags, plan, columns, paint)]
  if (plan.steps.length > 0) blocks.push(stepLines(plan.steps, columns, paint))
  if (plan.open.length > 0)
    blocks.push([paint('bold', 'Left open:'), ...openLines(plan.open, columns)])
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

/** A plan as an object for JSON, exposures as systemd shows them, such as 9.2. */
export function planObject({target, flags, plan}: PlannedUnit): object {
  return {
    target: target.name,
    before: exposureObject(plan.before),
    fixed: exposureObject(plan.fixed),
    unsafeFixed: exposureObject(plan.unsafeFixed),
    fixFlags: `${flags} --fix`,
    ...(plan.choice && {profile: choiceObject(plan.choice)}),
    steps: plan.steps.map(({ruleId, title, by, applicability, at, gain, total, edits}) => ({
      ruleId,
      title,
      ...(by !== undefined && {by}),
      applicability,
      filePath: at.path,
      line: at.line,
      gain: hundredths(gain),
      total: total / 10,
      edits: edits.map(({path, range, text}) => ({filePath: path, range, text})),
    })),
    open: plan.open.map(({row, ruleId, at, gain, because}) => ({
      name: row.name,
      json_field: row.jsonField,
      applicability: because.length > 0 ? 'withheld' : 'manual',
      ruleId: ruleId ?? null,
      filePath: at.path,
      line: at.line,
      gain: hundredths(gain),
      because: because.map(reason),
    })),
  }
}

function exposureObject(tenths: number): object {
  return {exposure: tenths / 10, level: levelOf(tenths)}
}

function headLines(
  path: string,
  target: Target,
  flags: string,
  plan: ExposurePlan,
  columns: number,
  paint: Paint,
): string[] {
  const {before, fixed, unsafeFixed} = plan
  const change =
    fixed === before
      ? `with \`${flags} --fix\` this unit stays at ${totalWords(before, unmarked)}`
      : `with \`${flags} --fix\` this unit goes from ${totalWords(before, unmarked)} to ${totalWords(fixed, unmarked)}`
  const more =
    unsafeFixed === fixed ? '' : `, with \`--unsafe-fixes\` to ${totalWords(unsafeFixed, unmarked)}`
  const lines = wrap(
    paint('bold', printable(`${pastable(path)}: ${change}${more} (${systemdNamed(target.name)})`)),
    columns,
  )
  return [...lines, ...(plan.choice ? wrap(printable(choiceWords(plan.choice)), columns) : [])]
}

function stepLines(steps: readonly PlanStep[], columns: number, paint: Paint): string[] {
  const cells = steps.map(({ruleId, applicability, at}) => [
    applicability,
    printable(ruleId),
    placeWords(at),
  ])
  const heading = ['FIX', 'RULE', 'LINE']
  const widths = columnWidths(heading, cells)
  const columnText = (row: readonly string[] = []): string =>
    row.map((cell, index) => padded(cell, widths[index] ?? 0)).join('  ')
  const first = ` GAIN TOTAL           ${columnText(heading)}  WHAT TO DO`
  const room = columns - widthOf(columnText(heading)) - beforeColumns - 2
  return [
    paint('bold', first),
    ...steps.flatMap(({gain, total, title, by}, index) => {
      const line = `${hundredths(gain).toFixed(2).padStart(5)} ${totalWords(total, paint, 'DANGEROUS'.length + (total < 100 ? 1 : 0))}  ${columnText(cells[index])}`
      const what = printable(by === undefined ? title : `${title}; ${by}`)
      return widthOf(what) <= room
        ? [`${line}  ${what}`]
        : [line.trimEnd(), ...indented(what, columns)]
    }),
  ]
}

/** ` 1.43 9.2 UNSAFE     ` */
const beforeColumns = 22

function openLines(points: readonly OpenPoint[], columns: number): string[] {
  return points.flatMap(({row, ruleId, at, gain, because}) => {
    const why = because.length > 0 ? 'withheld' : 'left to you'
    const rule = ruleId === undefined ? 'no rule' : printable(ruleId)
    const [first, ...others] = because
    const reasons = first
      ? `${reason(first)}${others.length > 0 ? `, and ${others.length} more` : ''}`
      : row.description
    return [
      `${hundredths(gain).toFixed(2).padStart(5)} ${row.name}  ${why}  ${rule}  ${placeWords(at)}`,
      ...indented(printable(reasons), columns),
    ]
  })
}

function indented(text: string, columns: number): string[] {
  return wrap(text, Math.max(columns - 8, 30)).map((line) => ' '.repeat(8) + line)
}

function reason({access: id, because, certain, assignment}: Need): string {
  const place = assignment
    ? `${pastable(assignment.file.path)}:${assignment.directive.position.start.line}: `
    : ''
  const {title} = access(id)
  const meaning = [
    ...(because.includes(title) ? [] : [title]),
    ...(certain ? [] : ['perhaps']),
  ].join(', ')
  return `${place}${because}${meaning === '' ? '' : ` (${meaning})`}`
}

function placeWords({path, line}: PlanPlace): string {
  return printable(`${pastable(path)}:${line}`)
}
