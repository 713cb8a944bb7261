import {usageError} from '../../config/usage-error.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import type {Main} from '../attempt.ts'
import {configsOfAll} from '../own-configs.ts'
import {tellAll, write, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {intoDropIns, sparingVendors} from '../lint/fix-to.ts'
import {dateOf} from '../seal.ts'
import {readUnits} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitsToLint} from '../units.ts'
import {hardenUnit} from './harden-unit.ts'
import {hardenArguments, hardenGrammar} from './harden-arguments.ts'
import type {HardenArguments} from './harden-arguments.ts'
import {personAt} from './person.ts'

/**
 * `unitlint harden FILE|UNIT`: walk the plan of a service in a terminal, and write what is kept; or
 * all of it without a question, or as a report.
 *
 * Returns the exit status: 1 where nothing was written though there was something, 2 where a file
 * is at fault. Rejects with a usage error.
 */
export const harden: Main = {
  grammar: hardenGrammar,
  async run(words, io) {
    const given = hardenArguments(words, io)
    const isAsking = !given.isSure && !given.isReport
    if (isAsking && !isTerminal(io)) throw usageError('unitlint', noTerminal)
    const found = await find(given, io)
    await tellAll(io, [...found.notes, ...found.faults])
    const services = found.units.filter(({identity}) => identity.type === 'service')
    for (const {files, identity} of found.units)
      if (identity.type !== 'service')
        await writeLine(
          io.stderr,
          printable(`${pastable(files[0].path)}: Unexpected kind of unit, expected a service`),
        )
    const person = isAsking ? personAt(io) : undefined
    let status =
      found.faults.size > 0 || services.length < found.units.length || services.length === 0 ? 2 : 0
    const reports: string[] = []
    try {
      for (const unit of services) {
        const ended = await hardenUnit(unit, {given, io, units: found, person, reports})
        status = Math.max(status, ended === 'quit' ? 1 : ended)
        if (ended === 'quit') break
      }
    } finally {
      await person?.leave()
    }
    if (reports.length > 0) await write(io.stdout, `${reports.join('\n')}\n`)
    return status
  },
}

const noTerminal =
  'Expected a terminal, as `harden` asks before each step; without one: `--yes` takes all that is safe, `--report pr` prints the plan, and `unitlint --preset strict --fix` fixes'

function isTerminal({stdin, stdout}: Io): boolean {
  return stdout.isTTY === true && 'isTTY' in stdin && stdin.isTTY === true
}

async function find(
  {files, root, instance, configs: flags, to}: HardenArguments,
  io: Io,
): Promise<UnitsToLint> {
  const configOf = await configsOfAll(flags, io.cwd)
  const units = await readUnits(files, {
    cwd: io.cwd,
    root,
    instance,
    configOf,
    optionsOf: runOptions({fix: 'safe', now: io.date()}),
  })
  const where = {cwd: io.cwd, root, date: dateOf(io)}
  if (to === 'dropin') return intoDropIns(units, where)
  return to === undefined && root !== undefined ? sparingVendors(units, where) : units
}
