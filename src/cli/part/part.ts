import {changesSince} from '../../files/git.ts'
import type {ReportContext} from '../../reporters/formatter.ts'
import type {LintResult} from '../../reporters/lint-result.ts'
import {embed} from '../../reporters/shard/embed.ts'
import {pack} from '../../reporters/shard/pack.ts'
import type {LintableUnit, ChosenUnits} from './lintable-unit.ts'
import {changedUnits} from './changed.ts'
import {shardOf} from './shard.ts'
import type {Shard, ShardSplit} from './shard.ts'

/** Which of all units are meant. */
export interface PartWanted {
  /** Those that have changed since this commit. */
  readonly changedSince?: string | undefined
  readonly shard?: Shard | undefined
}

/** A part of all units; those beside it are still read, as what is around a unit. */
export interface Part {
  readonly choose: <Of extends LintableUnit>(units: readonly Of[]) => ChosenUnits<Of>
  /**
   * A report on it, with what puts it together with those on the others, where it is a shard of a
   * run.
   */
  readonly seal: (text: string, entries: readonly LintResult[], sealing: Sealing) => string
}

/** What a shard's report says beside its entries. */
export interface Sealing {
  readonly format: string
  readonly context: ReportContext
  /** What kept files from being linted. */
  readonly faults: readonly string[]
}

/** The part that is wanted, or why there is none, in words. The folder is absolute. */
export function wantedPart(
  {changedSince, shard}: PartWanted,
  cwd: string,
): Part | {readonly fault: string} {
  const changes = changedSince === undefined ? undefined : changesSince(changedSince, cwd)
  if (changes && 'fault' in changes) return {fault: `--changed-since: ${changes.fault}`}
  let known: ShardSplit | undefined
  return {
    choose(units) {
      const changed = changes ? changedUnits(units, changes, cwd) : {chosen: units, faults: []}
      const isNone = units.length > 0 && changed.chosen.length === 0 && changed.faults.length === 0
      const notes = isNone ? [`unitlint: No unit has changed since \`${changedSince}\``] : []
      if (!shard) return {...changed, notes}
      const {chosen, ...its} = shardOf(changed.chosen, shard, cwd)
      known = its
      return {...changed, chosen, notes}
    },
    seal(text, entries, {format, context, faults}) {
      const split = known
      // Of a shard without units there is nothing to tell.
      if (
        !shard ||
        !split ||
        (text === '[]' && faults.length === 0 && split.sizes[shard.index - 1] === 0)
      )
        return text
      return embed(format, text, () => pack(entries, {...split, ...shard, format, faults, context}))
    },
  }
}
