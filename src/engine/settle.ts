import type {Target} from '../facts/targets.ts'
import type {Unit} from '../rule/unit.ts'
import type {SourceFile} from '../unit/unit.ts'
import type {Checked, Located} from './check.ts'
import {changeable, maximumPasses} from './fixed-unit.ts'
import {suited} from './options.ts'
import type {LintOptions} from './options.ts'
import {plan} from './plan.ts'
import type {Facade} from './proposal.ts'
import {sourceOf} from './reader.ts'
import type {UnitReader} from './reader.ts'
import {tell} from './tell.ts'
import {timed} from './timing.ts'
import {dropInPass, withReasons} from './write/drop-in.ts'
import type {Pass} from './write/drop-in.ts'
import {texts} from './write/inline.ts'

/** The files of a unit at some point, and what the rules say of it. */
export interface CheckedUnit {
  readonly sources: readonly SourceFile[]
  readonly unit: Unit
  readonly checked: Checked
}

/** Files after all fixes that a run may make, and what is left to say of them. */
export interface Settled extends CheckedUnit {
  /** The rules whose fixes were applied, in order. */
  readonly applied: readonly string[]
  /** The rules whose fixes undo each other without end, in order; none where all is settled. */
  readonly unsettled: readonly string[]
}

/** How a run may write fixes. */
export interface Writing {
  readonly reader: UnitReader
  /** The place of the drop-in that takes all fixes among the files; -1 where there is none. */
  readonly place: number
  /** Paths of files that no fix may change. */
  readonly untouchable: ReadonlySet<string>
}

/**
 * Plan, write, and look again, until nothing is left to fix: so that what is written is known to be
 * settled.
 */
export function settle(
  first: CheckedUnit,
  options: LintOptions,
  {reader, place, untouchable}: Writing,
): Settled {
  const permitted = options.fix ?? 'safe'
  const applied: string[] = []
  // What takes turns is seen in two passes.
  const late = new Set<string>()
  const ask = (unit: Unit): readonly Located[] =>
    tell(unit.files, reader.ask(unit, options.rules).located, options).kept
  let stage = first
  for (let pass = 0; pass < maximumPasses; pass++) {
    const {sources, unit, checked} = stage
    const {kept} = tell(sources, checked.located, options)
    const candidates = changeable(kept, untouchable, options)
    const into = sources[place]
    const {read, facade} = reader
    const [targets, notes] = [suited(options), options.notes]
    const written = timed(options.timing, 'plan', () =>
      into
        ? dropInPass(unit, candidates, permitted, {into, targets, read, facade, ask, notes})
        : inlinePass(unit, candidates, permitted, facade, targets),
    )
    if (written.texts.size === 0) {
      const located = withReasons(checked.located, written.left)
      return {...stage, checked: {...checked, located}, applied, unsettled: []}
    }
    for (const rule of written.applied) {
      applied.push(rule)
      if (pass >= maximumPasses - 2) late.add(rule)
    }
    stage = stageAfter(sources, written.texts, reader, options)
    // Of more problems than are told each run mends some.
    if (checked.isCut) return {...stage, applied, unsettled: []}
  }
  return {...stage, applied, unsettled: [...late].toSorted()}
}

/** The unit with what was written, looked at again. */
function stageAfter(
  sources: CheckedUnit['sources'],
  written: Pass['texts'],
  reader: UnitReader,
  options: LintOptions,
): CheckedUnit {
  const next = sources.map((old) => {
    const text = written.get(old)
    return text === undefined ? old : sourceOf({path: old.path, text, mode: old.mode}, old.role)
  })
  const unit = reader.read(next)
  return {sources: next, unit, checked: reader.ask(unit, options.rules)}
}

function inlinePass(
  unit: Unit,
  candidates: readonly Located[],
  permitted: 'safe' | 'unsafe',
  facade: Facade,
  targets: readonly Target[],
): Pass {
  const {accepted, operations} = plan(unit, candidates, permitted, facade, targets)
  return {
    texts: texts(operations),
    applied: accepted.map(({proposal}) => proposal.ruleId),
    left: new Map(),
  }
}
