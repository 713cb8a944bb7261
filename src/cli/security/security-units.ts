import path from 'node:path'
import {load} from '../../unit/load.ts'
import type {LoadedUnit, UnitContext} from '../../unit/load.ts'
import type {SourceFile} from '../../unit/unit.ts'
import {isQuadlet} from '../../facts/quadlet.ts'
import {oldestOf} from '../../facts/targets.ts'
import {parse} from '../../syntax/parse.ts'
import {configsOfAll} from '../own-configs.ts'
import type {Io} from '../io.ts'
import {pastable} from '../../reporters/printable.ts'
import {guardUnit} from '../guard.ts'
import type {SecurityArguments} from './security-arguments.ts'
import {readNamed} from '../stdin.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitSources} from '../units.ts'

/** A unit to score. */
export interface SecurityUnit {
  /** Of its main file, as people know it. */
  readonly path: string
  readonly loaded: LoadedUnit
  readonly context: UnitContext
  readonly sources: UnitSources
  /** It was named itself. */
  readonly isNamed: boolean
}

/** The units to score, and what there is to say of the rest, in lines. */
export interface SecurityUnits {
  readonly units: readonly SecurityUnit[]
  readonly faults: ReadonlySet<string>
  readonly notes: readonly string[]
}

/**
 * Find and read the units to score: services, and other units where they are named themselves.
 * Rejects with a usage error.
 */
export async function findSecurityUnits(
  {
    files,
    stdin,
    root,
    search,
    instance,
    configs: flags,
  }: Pick<SecurityArguments, 'files' | 'stdin' | 'root' | 'search' | 'instance' | 'configs'>,
  io: Io,
): Promise<SecurityUnits> {
  const configOf = await configsOfAll(flags, io.cwd)
  const {units, faults, notes} = await readNamed(
    files,
    stdin,
    {cwd: io.cwd, root, search, instance, configOf, optionsOf: runOptions({})},
    io,
  )
  const named = new Set(
    (stdin === undefined ? files : [stdin]).map((file) => path.resolve(io.cwd, file)),
  )
  const {found, left} = toScore(units, files, named, io.cwd)
  const isEmpty = found.length === 0 && faults.size === 0 && left.length === 0
  const none = 'unitlint: No services'
  if (isEmpty && search.isUnmatchedFine)
    return {units: [], faults, notes: notes.length > 0 ? notes : [none]}
  return {units: found, faults: isEmpty ? new Set([none]) : new Set([...faults, ...left]), notes}
}

/** The units that are to be scored, and why some cannot be. */
function toScore(
  units: readonly UnitSources[],
  files: readonly string[],
  named: ReadonlySet<string>,
  cwd: string,
): {readonly found: readonly SecurityUnit[]; readonly left: readonly string[]} {
  const left: string[] = []
  const found = units.flatMap((sources) => {
    const [main] = sources.files
    const {type, role} = sources.identity
    const isNamed = named.has(path.resolve(cwd, main.path))
    if (type !== 'service' && !isNamed) return []
    if (isQuadlet(type)) {
      left.push(`${pastable(main.path)}: Unexpected kind of unit, expected one of systemd itself`)
      return []
    }
    if (role === 'fragment') {
      const loaded = guardUnit(sources.files, () =>
        securityUnit(sources, isNamed || namesUnit(files, sources)),
      )
      if ('made' in loaded) return [loaded.made]
      left.push(loaded.fault)
      return []
    }
    if (isNamed)
      left.push(`${pastable(main.path)}: Drop-in without its unit beside it, which has no exposure`)
    return []
  })
  return {found, left}
}

/** Whether one of some names is that of a unit, perhaps without the suffix of a service. */
function namesUnit(
  names: readonly string[],
  {identity: {name, names: all = []}}: UnitSources,
): boolean {
  return names.some((asked) =>
    [name, ...all].some((its) => its === asked || its === `${asked}.service`),
  )
}

/** As it is linted: by the oldest target, with the drop-ins that amend it. */
function securityUnit(sources: UnitSources, isNamed: boolean): SecurityUnit {
  const {targets, manager} = sources.options
  const target = oldestOf(targets)
  const context = {...sources.identity, target, manager, host: sources.sight.host}
  const files = sources.files.map((file, index): SourceFile => ({
    path: file.path,
    role: index === 0 ? 'fragment' : 'drop-in',
    tree: parse(file.text),
  }))
  return {path: sources.files[0].path, loaded: load(files, context), context, sources, isNamed}
}
