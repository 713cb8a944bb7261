import type {VFile} from 'vfile'
import type {Reach} from '../../files/reach.ts'
import {notWritten, writer} from '../../files/writer.ts'
import type {Writer} from '../../files/writer.ts'
import type {OtherNames, WriteOutcome} from '../../files/outcome.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {asDelivered, fixed, isNew} from './linted-unit.ts'
import type {Delivery, LintedUnit} from './linted-unit.ts'
import {uninterrupted} from '../uninterrupted.ts'
import type {UnitSources} from '../units.ts'
import type {SourceText} from '../source.ts'

/**
 * Write fixed texts to their files, one after the other, as far as the run reaches; a signal to end
 * waits for the file that is being written.
 */
export async function writeFixes(
  linted: readonly LintedUnit[],
  reach: Reach,
  io: Io,
): Promise<Delivery> {
  return uninterrupted((pause) => writeAll(linted, {reach, pause}, io))
}

/** What writing all files needs besides them. */
interface WritingContext {
  readonly reach: Reach
  /** Between two files. */
  readonly pause: () => Promise<void>
}

async function writeAll(
  linted: readonly LintedUnit[],
  {reach, pause}: WritingContext,
  io: Io,
): Promise<Delivery> {
  const files: VFile[] = []
  const others = new Map<string, {readonly name: string; readonly others: OtherNames}>()
  const its = writer()
  let failed = false
  for (const one of linted) {
    const texts: string[] = []
    for (const [index, source] of one.unit.files.entries()) {
      const {path: name, text} = source
      const after = fixed(one.files, index)
      const outcome: WriteOutcome =
        after === text ? {state: 'written'} : writeOne(source, after, one.unit, reach, its)
      const fault = notWritten(outcome)
      texts.push(fault === undefined ? after : text)
      if (after !== text) await pause()
      if (outcome.state === 'written' && outcome.others)
        others.set(outcome.others.key, {name, others: outcome.others})
      if (fault === undefined) continue
      failed = true
      await writeLine(io.stderr, printable(`${pastable(name)}: ${fault}`))
    }
    for (const file of asDelivered(one, texts, io.cwd)) files.push(file)
  }
  for (const {name, others: left} of others.values())
    if (left.count > 0) await writeLine(io.stderr, printable(`${pastable(name)}: ${keepOld(left)}`))
  return {files, failed, pending: []}
}

function writeOne(
  source: SourceText,
  after: string,
  unit: UnitSources,
  reach: Reach,
  its: Writer,
): WriteOutcome {
  const found = reach.of(source.path)
  if ('fault' in found) return {state: 'refused', reason: found.fault}
  return isNew(source, unit, found)
    ? its.create(found.path, after, forAll)
    : its.replace(found.path, source.text, after)
}

/** Everybody may read what systemd does. */
const forAll = 0o644

/** What to say of a file that was written under one of its names. */
function keepOld({count, here}: OtherNames): string {
  const rest = count - here.length
  const elsewhere = rest > 0 ? [`${rest} elsewhere`] : []
  return `Written, but its other names (hard links) keep the old text: ${[...here, ...elsewhere].join(', ')}`
}
