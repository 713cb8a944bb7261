import type {Need} from '../needs/needs.ts'
import type {Unit} from '../rule/unit.ts'
import {assess} from '../security/index.ts'
import type {AssessOptions, Row} from '../security/index.ts'
import {positionOf} from '../syntax/place.ts'
import type {LintOptions} from './options.ts'
import {remedyOf} from './remedy.ts'

/** A line of a file as it is now, from 1. */
export interface PlanPlace {
  readonly path: string
  readonly line: number
}

/** A row that stays open after all steps. */
export interface OpenPoint {
  readonly row: Row
  /** The first rule that is about it. */
  readonly ruleId: string | undefined
  readonly at: PlanPlace
  /** What the row contributes, in tenths, not rounded. */
  readonly gain: number
  /** The needs that closing it would deny; empty where no rule mends it for another reason. */
  readonly because: readonly Need[]
}

/**
 * What stays open of a unit after steps, the worst first; what is needed and where it is written
 * the unit before them tells.
 */
export function openPoints(
  after: Unit,
  unit: Unit,
  {rules}: LintOptions,
  how: AssessOptions = {},
): OpenPoint[] {
  const assessment = assess(after, how)
  const rows = assessment.refused ? [] : assessment.rows
  const all = rows.reduce((sum, {badness, weight}) => sum + (badness === null ? 0 : weight), 0)
  return rows
    .filter(({badness}) => badness)
    .map((row): OpenPoint => {
      const [directive = ''] = row.settings
      const remedy = remedyOf(row, unit)
      const weighed = remedy && unit.weigh(unit.denies(remedy[0], remedy[1]))
      return {
        row,
        ruleId: ruleAbout(directive, rules),
        at: writtenAt(unit, row.settings),
        gain: (100 * (row.badness ?? 0) * row.weight) / row.range / all,
        because: weighed?.because.filter(({isUnseen}) => !isUnseen) ?? [],
      }
    })
    .toSorted((one, other) => other.gain - one.gain)
}

/**
 * The rule that asks for a directive, before those that forbid something about it: their ids begin
 * with `no-`.
 */
function ruleAbout(directive: string, rules: LintOptions['rules']): string | undefined {
  const ids = rules.filter(({rule}) => rule.directives.includes(directive)).map(({rule}) => rule.id)
  return ids.find((id) => !id.startsWith('no-')) ?? ids[0]
}

/**
 * The last line that sets the first of some directives that is set, else the header of the section
 * that it would stand in.
 */
function writtenAt(unit: Unit, directives: readonly string[]): PlanPlace {
  const section = `${unit.type.charAt(0).toUpperCase()}${unit.type.slice(1)}`
  for (const directive of directives) {
    const last = unit.assignments(section, directive).at(-1)
    if (last) return {path: last.file.path, line: last.directive.position.start.line}
  }
  const header = unit.header(section)
  return {
    path: header?.file.path ?? unit.files[0]?.path ?? '',
    line: header ? positionOf(header.file.tree, header.span).start.line : 1,
  }
}
