import {lstatSync, rmdirSync, unlinkSync} from 'node:fs'
import path from 'node:path'
import {dropInName} from '../../engine/write/drop-in.ts'
import {reasonOfFile} from '../../files/fault.ts'
import {readText} from '../../files/read.ts'
import type {Reach} from '../../files/reach.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {ownConfigs} from '../own-configs.ts'
import {tellAll, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {rootFor} from '../named-units.ts'
import {nextCommands} from '../next-commands.ts'
import {isIntact} from '../seal.ts'
import {uninterrupted} from '../uninterrupted.ts'
import {findUnits} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitSources} from '../units.ts'
import {dropInOf} from './fix-to.ts'
import type {LintArguments} from './lint-arguments.ts'

/**
 * `unitlint --undo`: remove the drop-ins that fixes and `unitlint try` have written for units, as
 * far as nobody has changed them since.
 *
 * Returns the exit status: 2 where one stays that should go. Rejects with a usage error.
 */
export async function undo(
  {files, root, search, instance, configs: flags}: LintArguments,
  io: Io,
): Promise<number> {
  const where = {cwd: io.cwd, root: rootFor(files, {cwd: io.cwd, root})}
  const configOf = ownConfigs(flags, io.cwd)
  const {units, faults, notes, reach} = await findUnits(files, {
    ...where,
    search,
    instance,
    configOf,
    optionsOf: runOptions({}),
  })
  const removed: UnitSources[] = []
  let failed = false
  await uninterrupted(async (pause) => {
    for (const unit of units) {
      for (const dropIn of dropInsOf(unit, where)) {
        const outcome = removeOwn(dropIn, reach, io.cwd)
        if (outcome === 'absent') continue
        failed ||= outcome !== 'removed'
        if (outcome === 'removed') removed.push(unit)
        const line = `${pastable(dropIn)}: ${outcome === 'removed' ? 'Removed' : `Not removed: ${outcome.fault}`}`
        await writeLine(outcome === 'removed' ? io.stdout : io.stderr, printable(line))
        await pause()
      }
    }
  })
  await tellAll(io, [...notes, ...faults])
  if (removed.length > 0) await writeLine(io.stdout, `Next: ${nextCommands(removed, where).load}`)
  else if (!failed && faults.size === 0)
    await writeLine(
      io.stdout,
      `unitlint: Nothing to undo: none of the units has a ${dropInName} of unitlint's`,
    )
  return failed || faults.size > 0 ? 2 : 0
}

/** The drop-in of a unit; of one that is alone, itself where it is one. */
function dropInsOf(
  unit: UnitSources,
  where: {readonly cwd: string; readonly root: string | undefined},
): readonly string[] {
  if (unit.identity.role !== 'drop-in') return [dropInOf(unit, where)]
  return unit.files.flatMap(({path: file}) => (path.basename(file) === dropInName ? [file] : []))
}

/**
 * Remove a drop-in, and its folder where that is empty then; a link in the place of either is
 * somebody's own.
 */
function removeOwn(
  dropIn: string,
  reach: Reach,
  cwd: string,
): 'removed' | 'absent' | {readonly fault: string} {
  const found = reach.of(dropIn)
  if ('fault' in found) return found
  if (found.isNew) return 'absent'
  const place = path.resolve(cwd, dropIn)
  if (isLink(place)) return {fault: 'it is a link, expected a file'}
  const read = readText(found.path)
  if ('fault' in read) return read
  const isOwn = isIntact(read.text)
  if (isOwn === undefined) return {fault: 'it is not one that this version of unitlint has written'}
  if (!isOwn) return {fault: 'somebody has changed it since unitlint wrote it'}
  try {
    unlinkSync(found.path)
  } catch (error) {
    return {fault: reasonOfFile(error)}
  }
  if (!isLink(path.dirname(place))) removeIfEmpty(path.dirname(found.path))
  return 'removed'
}

function isLink(file: string): boolean {
  return lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink() === true
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something is in it, another run has removed it, or it may not be: systemd does not mind it.
  }
}
