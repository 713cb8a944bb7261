import type {SourceText} from './source.ts'
import path from 'node:path'
import {guard} from './guard.ts'
import type {LintableUnit} from './part/lintable-unit.ts'
import {setUpFor} from './v8-flags.ts'
import type {ResolvedConfig} from '../config/configs.ts'
import type {FileSettings} from '../config/settings.ts'
import {usageFault} from '../config/usage-error.ts'
import type {LintOptions} from '../engine/options.ts'
import {findFiles} from '../files/find.ts'
import type {FoundFile} from '../files/find.ts'
import {readLocated} from '../files/locate.ts'
import type {Whereabouts} from '../files/locate.ts'
import {reach} from '../files/reach.ts'
import type {Reach} from '../files/reach.ts'
import {impostor} from '../files/recognise.ts'
import {findInRoot} from '../files/root.ts'
import {partsRead, unitsAsRead, wanted} from '../files/read-units.ts'
import {mostShared} from '../files/unit-files.ts'
import type {Instances, UnitFile, UnitFiles} from '../files/unit-files.ts'
import {load, unitOf} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {parse} from '../syntax/parse.ts'
import {instanceOf} from '../values/unit-names.ts'
import {newestVersion, oldestOf} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import {passedOver} from '../reporters/formatter.ts'
import {pastable} from '../reporters/printable.ts'
import type {Sight} from '../machine/sight.ts'
import type {Scope, ScopeNotes} from './scope.ts'
import {countSkipped, withConfigs, configFor, optionsFor, ignoredNote} from './unit-configs.ts'
import type {JudgedBy} from './unit-configs.ts'

/** A unit to lint: its main file first, then its drop-ins. */
export interface UnitSources extends Pick<UnitFiles, 'identity' | 'sight'> {
  readonly files: readonly [SourceText, ...SourceText[]]
  readonly options: LintOptions
}

/** What there is to lint, and what there is to say of the rest, in lines. */
export interface UnitsToLint {
  readonly units: readonly UnitSources[]
  /** What kept files, or all files of a config, from being linted. */
  readonly faults: ReadonlySet<string>
  /** What people should know and is no fault. */
  readonly notes: readonly string[]
  /** How many files were passed over, by what they are. */
  readonly skipped: ReadonlyMap<string, number>
  /** What of it may be written. */
  readonly reach: Reach
}

/** The same before anything is read: more is said of units as they are read. */
export interface UnitsToRead extends Omit<UnitsToLint, 'units'> {
  /** The units that there are to read: some may turn out to be none, or several. */
  readonly planned: ReadonlyArray<Pick<UnitFiles, 'files'>>
  /** What there is to lint, each read when its turn comes and not kept. To be gone through once. */
  readonly units: Iterable<UnitSources>
  /** The text on standard input, where its config ignores it: a filter hands it on as it is. */
  readonly passedOver?: string | undefined
}

/**
 * A unit with the drop-ins that amend it, read by a systemd: by the oldest of its targets, unless
 * told.
 */
export function loadedUnit(
  {files, identity, options: {targets, manager}, sight}: UnitSources,
  by?: Target,
): LoadedUnit {
  const target = by ?? oldestOf(targets)
  const sources = files.map(({path: file, text}, index) => ({
    path: file,
    role: index === 0 ? identity.role : ('drop-in' as const),
    tree: parse(text),
  }))
  return load(sources, {...identity, target, manager, host: sight.host})
}

/** Find and read the units that arguments stand for; see `findUnits`. */
export async function readUnits(names: readonly string[], scope: Scope): Promise<UnitsToLint> {
  return inFull(await findUnits(names, scope))
}

/** Read all units. */
export function inFull({units, faults, notes, skipped, reach: its}: UnitsToRead): UnitsToLint {
  return {units: [...units], faults, notes, skipped, reach: its}
}

/** Find the units that arguments stand for: with a root and no arguments, all of its units. */
export async function findUnits(names: readonly string[], scope: Scope): Promise<UnitsToRead> {
  const {cwd, root} = scope
  const view = {cwd, root, version: newestVersion}
  const found =
    root === undefined ? findFiles(names, cwd, scope.search) : findInRoot(names, {...view, root})
  setUpFor(found.files.length)
  const faults = new Set(
    found.faults.map(({path: file, message}) => `${pastable(file)}: ${message}`),
  )
  const notes = found.notes.map(({path: file, message}) => `${pastable(file)}: ${message}`)
  const skipped = new Map(found.skipped)
  const kept = await withConfigs(found.files, scope, {faults, notes, skipped})
  const readerOf = (file: string): LintOptions | undefined => {
    const config = kept.get(file)?.config
    return config && optionsFor(file, config, scope, faults)
  }
  const all = unitsAsRead(
    [...kept.keys()],
    readerOf,
    {cwd, root},
    instancesOf(found.files, scope, faults),
  ).flatMap((unit): UnitWithConfig[] => {
    const asked = unit.files.find((file) => kept.has(file.path))
    const judged = kept.get(asked?.path ?? '')
    return judged ? [new UnitWithConfig(unit, judged, cwd)] : []
  })
  const planned = chosen(all, scope, faults, notes)
  const isSearched = planned === all && found.files.some((file) => !file.isNamed)
  return {
    planned: planned.map(({unit}) => unit),
    units: inTurn(planned, {isSearched}, scope, {faults, notes, skipped}),
    faults,
    notes,
    skipped,
    reach: reach(names, scope),
  }
}

/**
 * The instances that templates were named for, and else the one that all are taken for. One of a
 * template can be looked at in a run.
 */
function instancesOf(
  files: readonly FoundFile[],
  {cwd, instance}: Scope,
  faults: Set<string>,
): Instances {
  const named = new Map<string, string>()
  for (const {path: file, as} of files) {
    if (as === undefined) continue
    const other = named.get(file)
    if (other !== undefined && other !== as)
      faults.add(
        `${pastable(as)}: Not looked at beside \`${other}\`, expected one instance of a template at a time`,
      )
    else named.set(file, as)
  }
  return (file) => {
    const own = named.get(file)
    const identity =
      own === undefined && instance !== undefined ? unitOf(path.resolve(cwd, file)) : undefined
    return (
      own ?? (identity && instance !== undefined ? instanceOf(identity.name, instance) : undefined)
    )
  }
}

/** One of thousands: each is kept until its turn comes. */
class UnitWithConfig implements LintableUnit {
  readonly unit: UnitFiles
  readonly judged: JudgedBy
  readonly #cwd: string

  constructor(unit: UnitFiles, judged: JudgedBy, cwd: string) {
    this.unit = unit
    this.judged = judged
    this.#cwd = cwd
  }

  settings(): FileSettings | undefined {
    return settingsFor(this.unit.files[0].path, this.judged.config, this.#cwd)
  }
}

/** The units that are meant. */
function chosen(
  all: readonly UnitWithConfig[],
  {choose}: Scope,
  faults: Set<string>,
  notes: string[],
): readonly UnitWithConfig[] {
  if (!choose) return all
  const choice = choose(all)
  for (const fault of choice.faults) faults.add(fault)
  for (const note of choice.notes) notes.push(note)
  return choice.chosen
}

/** Undefined where the config is at fault. */
function settingsFor(file: string, config: ResolvedConfig, cwd: string): FileSettings | undefined {
  try {
    return config.settings(path.resolve(cwd, file))
  } catch (error) {
    usageFault(error)
    return undefined
  }
}

function* inTurn(
  planned: readonly UnitWithConfig[],
  {isSearched}: {readonly isSearched: boolean},
  scope: Scope,
  said: ScopeNotes,
): Iterable<UnitSources> {
  const {faults, notes} = said
  const left: string[] = []
  let count = 0
  for (const next of planned) {
    if (next.unit.isLeft) {
      left.push(next.unit.files[0].path)
      continue
    }
    for (const one of readPlanned(next, scope, said)) {
      count++
      yield one
    }
  }
  const [firstLeft] = left
  if (firstLeft !== undefined) faults.add(`${pastable(firstLeft)}: ${leftOut(left.length - 1)}`)
  if (count > 0 || faults.size > 0 || !isSearched) return
  const none = 'unitlint: No units: all files found are ignored, or are something else'
  if (scope.search?.isUnmatchedFine) notes.push(none)
  else faults.add(none)
}

function readPlanned(
  {judged: {config, isNamed}, unit}: UnitWithConfig,
  scope: Scope,
  {faults, notes, skipped}: ScopeNotes,
): UnitSources[] {
  const files = wanted(unit, (file) => config.isIgnored(path.resolve(scope.cwd, file)))
  const sources = files.flatMap((file) => read(file, unit.sight, scope, faults))
  return partsRead(sources, unit).flatMap((part) => {
    const [{path: file, text}] = part.files
    const looked = guard(pastable(file), () => {
      const looksLike = impostor(text)
      if (looksLike !== undefined && isNamed)
        notes.push(
          `${pastable(file)}: Looks like ${looksLike}, read as a unit because it was named`,
        )
      if (looksLike === undefined || isNamed) return optionsFor(file, config, scope, faults)
      countSkipped(skipped, passedOver)
      return undefined
    })
    if ('fault' in looked) faults.add(looked.fault)
    else if (looked.made) return [{...part, options: looked.made}]
    return []
  })
}

function leftOut(others: number): string {
  const these = others === 0 ? '' : `, with ${others} other units,`
  return `Left out${these} as drop-ins for many units are read ${mostShared} times at most in one run; expected fewer of them, or fewer units at a time`
}

/** The unit on standard input, with the drop-ins that it would have under its name. */
export async function stdinUnit(name: string, text: string, scope: Scope): Promise<UnitsToRead> {
  const {cwd} = scope
  const faults = new Set<string>()
  const its = reach([name], scope)
  const config = await configFor(name, scope, faults)
  const options = config && optionsFor(name, config, scope, faults)
  const [unit] = unitsAsRead([name], () => options, {cwd}, instancesOf([], scope, faults))
  const isIgnored = config?.isIgnored(path.resolve(cwd, name)) ?? false
  if (unit?.isLeft) faults.add(`${pastable(name)}: ${leftOut(0)}`)
  if (!unit || unit.isLeft || !options || isIgnored)
    return {
      planned: [],
      units: [],
      faults,
      notes: isIgnored ? [ignoredNote(name)] : [],
      skipped: new Map(),
      reach: its,
      passedOver: isIgnored ? text : undefined,
    }
  const isGiven = (file: UnitFile): boolean =>
    path.resolve(cwd, file.path) === path.resolve(cwd, name)
  const files = unit.files.flatMap((file) =>
    isGiven(file) ? [{...file, text}] : read(file, unit.sight, scope, faults),
  )
  const units = partsRead(files, unit).map((part) => ({...part, options}))
  return {planned: units, units, faults, notes: [], skipped: new Map(), reach: its}
}

function read(file: UnitFile, sight: Sight, where: Whereabouts, faults: Set<string>): SourceText[] {
  const seen = sight.read(file.path)
  if (seen) return [{...file, text: seen.tree.text, mode: seen.mode}]
  const read = readLocated(file.path, where)
  if ('text' in read) return [{...file, ...read}]
  faults.add(`${pastable(file.path)}: ${read.fault}`)
  return []
}
