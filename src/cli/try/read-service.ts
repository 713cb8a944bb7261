import {existsSync} from 'node:fs'
import path from 'node:path'
import type {ConfigFlags} from '../../config/configs.ts'
import {UsageError, usageError} from '../../config/usage-error.ts'
import {askerFor} from '../../engine/check-held.ts'
import {facadeFor, readyUnit} from '../../engine/ready-unit.ts'
import {tell} from '../../engine/tell.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import type {Unit} from '../../rule/unit.ts'
import {parse} from '../../syntax/parse.ts'
import type {Candidate} from '../../try/candidate.ts'
import {addedByHand, candidates, hardeningOf} from '../../try/candidates.ts'
import {trialName} from '../../try/drop-in.ts'
import {load} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {hardeningFlags} from '../config-arguments.ts'
import {ownConfigs} from '../own-configs.ts'
import {tellAll} from '../io.ts'
import type {Io} from '../io.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {loadedUnit, readUnits} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitSources} from '../units.ts'
import {machineFolders, unitNamed} from './machine.ts'
import type {TryArguments} from './try-arguments.ts'
import {guardAndTell} from '../guard.ts'
import {onlyUnit} from '../named-units.ts'

/** A service with all that may be tried of it. */
export interface ServiceToTry {
  readonly unit: Unit
  readonly candidates: readonly Candidate[]
  /** The unit with a drop-in of this text behind all others. */
  readonly unitWith: (text: string) => Unit
}

/**
 * Read the service, and work out what to try; undefined where it cannot be read, which has been
 * told. Rejects with a usage error.
 */
export async function readService(
  {service, mode, instance, lines}: TryArguments,
  flags: ConfigFlags,
  io: Io,
): Promise<ServiceToTry | undefined> {
  const isFile =
    service.includes('/') || (mode !== 'machine' && existsSync(path.resolve(io.cwd, service)))
  const read = await readUnits([isFile ? service : unitNamed(service)], {
    cwd: io.cwd,
    root: isFile ? undefined : '/',
    instance,
    configOf: ownConfigs(hardeningFlags(flags), io.cwd),
    optionsOf: runOptions({}),
  })
  await tellAll(io, [...read.notes, ...read.faults])
  const sources = onlyUnit(service, read)
  return sources && guardAndTell(sources.files, () => triableOf(sources, lines), io)
}

function triableOf(sources: UnitSources, lines: readonly string[]): ServiceToTry {
  const {options} = sources
  const loaded = loadedUnit(sources)
  const unit = readyUnit(loaded, options)
  const name = pastable(sources.files[0].path)
  if (unit.type !== 'service') throw usageError(name, 'Unexpected kind of unit, expected a service')
  if (/@\.\w+$/.test(unit.name))
    throw usageError(name, 'Expected an instance of the template, such as `name@instance.service`')
  const refused = notLoadedLine(loaded)
  if (refused !== undefined) throw new UsageError(printable(refused))
  const facade = facadeFor(options)
  const active = options.rules.filter(({rule}) => rule.directives.length > 0)
  const {located} = askerFor(options, () => facade)(unit, active)
  const {kept} = tell(unit.files, located, options)
  const [found, told] = [located, kept].map((all) => new Set(all.map(({ruleId}) => ruleId)))
  // Comments may turn off all that a rule finds.
  const isTurnedOff = (id: string): boolean => found?.has(id) === true && told?.has(id) !== true
  const wanted = hardeningOf(active.map(({rule}) => rule).filter(({id}) => !isTurnedOff(id)))
  const byHand = candidatesByHand(unit, lines)
  const others = candidates(unit, {found: kept, wanted, facade}).filter(
    (one) => !byHand.some(({key, member}) => key === one.key && member === one.member),
  )
  return {
    unit,
    candidates: [...others, ...byHand],
    unitWith: (text) => unitWith(text, loaded, sources),
  }
}

/** What somebody wants tried as well. Throws a usage error for what is no line to try. */
function candidatesByHand(unit: Unit, lines: readonly string[]): readonly Candidate[] {
  const added = lines.map((line) => addedByHand(unit, line))
  const wrong = added.find((one) => typeof one === 'string')
  if (wrong !== undefined) throw usageError('--line', wrong)
  return added.filter((one) => typeof one !== 'string')
}

/** A unit with a drop-in of this text behind all others. */
function unitWith(text: string, loaded: LoadedUnit, {options, identity}: UnitSources): Unit {
  const {target, manager, host} = loaded
  const file = path.join(machineFolders.transient, `${loaded.name}.d`, trialName)
  const files = [...loaded.files, {path: file, role: 'drop-in' as const, tree: parse(text)}]
  return readyUnit(load(files, {...identity, target, manager, host}), options)
}
