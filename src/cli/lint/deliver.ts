import type {VFile} from 'vfile'
import {textOf} from '../../engine/unified/lint.ts'
import {encode} from '../../syntax/bytes.ts'
import {tellAll, usesColor, write, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import type {Reach} from '../../files/reach.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import type {LintArguments} from './lint-arguments.ts'
import {asDelivered, fixed, isNew} from './linted-unit.ts'
import type {Delivery, LintedUnit, PendingFix} from './linted-unit.ts'
import type {UnitsToRead} from '../units.ts'

/**
 * Write fixed texts to their files, to standard output for one that came from standard input, or
 * show what would change.
 */
export async function deliver(
  linted: readonly LintedUnit[],
  {fix, stdin, color}: LintArguments,
  {reach, passedOver}: Pick<UnitsToRead, 'reach' | 'passedOver'>,
  io: Io,
): Promise<Delivery> {
  if (!fix) return {files: linted.flatMap(({files}) => files), failed: false, pending: []}
  if (fix.to === 'dropin')
    await tellAll(
      io,
      linted.flatMap((one) => notFixed(one, fix.upTo)),
    )
  const {files, ...rest} = await (fix.show
    ? showDiff(linted, color, reach, io)
    : stdin === undefined
      ? (await import('./write-fixes.ts')).writeFixes(linted, reach, io)
      : fix.to === 'inline'
        ? print(linted, {name: stdin, passedOver}, io)
        : print(linted, {}, io))
  const intos = new Set(linted.map(({unit}) => unit.options.into))
  // A drop-in that nothing was put in is not there.
  return {...rest, files: files.filter((file) => !intos.has(file.path) || textOf(file) !== '')}
}

/** What to say of a drop-in that has no unit to be fixed with. */
function notFixed(
  {unit: {identity, options}, files: [file]}: LintedUnit,
  upTo: 'safe' | 'unsafe',
): string[] {
  if (!file || identity.role !== 'drop-in' || options.into !== undefined) return []
  const isFixable = file.messages.some(
    ({fix}) => fix?.applicability === 'safe' || fix?.applicability === upTo,
  )
  return isFixable
    ? [`${pastable(file.path)}: Not fixed: the unit that it amends is not in sight`]
    : []
}

/** Show what would change, as a unified diff. */
export async function showDiff(
  linted: readonly LintedUnit[],
  color: boolean | undefined,
  reach: Reach,
  io: Io,
): Promise<Delivery> {
  const {unifiedDiff} = await import('./diff.ts')
  const context = {
    cwd: io.cwd,
    isTerminal: io.stdout.isTTY === true,
    color: usesColor(io.stdout, io.env, color),
  }
  let failed = false
  for (const {unit, files} of linted) {
    for (const [index, source] of unit.files.entries()) {
      const after = fixed(files, index)
      if (after === source.text) continue
      const found = reach.of(source.path)
      if ('fault' in found) {
        failed = true
        await writeLine(
          io.stderr,
          printable(`${pastable(source.path)}: Not written: ${found.fault}`),
        )
        continue
      }
      const before = isNew(source, unit, found) ? undefined : source.text
      await write(io.stdout, encode(unifiedDiff(source.path, before, after, context)))
    }
  }
  return {files: linted.flatMap(({files}) => files), failed, pending: linted.flatMap(mended)}
}

/**
 * Of a unit that came from standard input all other files stay as they are. Without the name of one
 * file the drop-in that takes the fixes goes out.
 */
async function print(
  linted: readonly LintedUnit[],
  {name, passedOver}: {readonly name?: string} & Pick<UnitsToRead, 'passedOver'>,
  io: Io,
): Promise<Delivery> {
  const files: VFile[] = []
  // An editor takes what comes out for the text, whether it was linted or not.
  if (passedOver !== undefined) await write(io.stdout, encode(passedOver))
  for (const one of linted) {
    const given = one.unit.files.findIndex(
      ({path: file}) => file === (name ?? one.unit.options.into),
    )
    await write(io.stdout, encode(fixed(one.files, given)))
    const texts = one.unit.files.map(({text}, index) =>
      index === given ? fixed(one.files, index) : text,
    )
    for (const file of asDelivered(one, texts, io.cwd)) files.push(file)
  }
  return {files, failed: false, pending: []}
}

function mended({unit, files}: LintedUnit): PendingFix[] {
  const severities = new Map(unit.options.rules.map(({rule, severity}) => [rule.id, severity]))
  return files.flatMap(({path: file, data}) =>
    (data.unitlint?.applied ?? []).flatMap((ruleId) => {
      const severity = severities.get(ruleId)
      return severity === undefined ? [] : [{path: file, ruleId, severity}]
    }),
  )
}
