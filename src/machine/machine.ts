import {defaultTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import {linesRead, load, unitOf, unitWith} from '../unit/load.ts'
import type {LoadedUnit, UnitContext} from '../unit/load.ts'
import {query, recent} from '../unit/query.ts'
import type {SourceFile} from '../unit/unit.ts'
import {verdict} from '../unit/verdict.ts'
import {cyclesOf} from './boot-cycles.ts'
import {Compactor} from './compact.ts'
import type {Cycle} from './shortest-cycles.ts'
import {glance, glanceAtText} from './glance.ts'
import type {Glimpse} from './glance.ts'
import {telling} from './line-roles.ts'
import {templateOf} from '../unit/references.ts'
import {
  activatorsOf,
  busNameOwnersOf,
  ipcKeepersOf,
  mentionsOf,
  runtimeUsersOf,
} from './relations.ts'
import type {Mention} from './relations.ts'
import type {Sight} from './sight.ts'
import {isPlainlySound} from './sound.ts'
import {summary} from './summary.ts'
import type {Summary} from './summary.ts'
import type {LocatedUnit} from './unit-folder.ts'
import type {Units} from './units.ts'

/**
 * The units of a run as one systemd sees them: which there are, and what they are to each other.
 *
 * What they are to each other is worked out once, from a summary of each. A unit is read with all
 * its lines when it is asked for, and forgotten when others have been asked for since: the same
 * unit may be another object.
 */
export interface Machine {
  /** All units are in sight: a name that is not found has no unit. */
  readonly isComplete: boolean
  /**
   * The unit that systemd would load by a name or alias, an instance from its template;
   * `masked` where that name is; undefined where none is in sight.
   */
  find(name: string): LoadedUnit | 'masked' | undefined
  /**
   * Whether there is anything of that name for the manager, in sight, elsewhere in the run or made
   * by Quadlet: what is elsewhere may or may not be there when a unit is.
   */
  isKnown(name: string): boolean
  /**
   * Whether a recipe of packages, a makefile or a script beside the files names a unit so: one of
   * them may be installed under that name.
   */
  isNamedByRecipe(name: string): boolean
  /** The names of all units that have a main file, templates and instances included, in order. */
  readonly names: readonly string[]
  /** The ordering cycles among them and the units of systemd's boot. */
  readonly cycles: readonly Cycle[]
  /**
   * The sockets, timers, paths and automounts that start a unit, and the services that list a
   * socket.
   */
  activators(name: string): readonly LoadedUnit[]
  /** The services that run as a user, not a dynamic one, and have `RemoveIPC=no`. */
  keepingIpcOf(user: string): readonly LoadedUnit[]
  /** The services that own a name on the bus, templates left out. */
  owningBusName(name: string): readonly LoadedUnit[]
  /**
   * Some of the units that use a directory below `/run`, or one in it: that have systemd make it,
   * or need what is mounted there.
   */
  usingRuntime(path: string): readonly LoadedUnit[]
  /**
   * The units that have to do with one by its name: by a line, a link, or because others enable it.
   */
  mentions(name: string): readonly Mention[]
}

/** A machine of which others can be made. */
export interface WholeMachine extends Machine {
  readonly units: Units
}

/** The units in sight as a systemd sees them: the same machine for the same systemd. */
export const machineIn = query(
  (sight: Sight, target: Target, manager: UnitContext['manager']): WholeMachine =>
    machine(unitsIn(sight, {target, manager})),
)

/** The machine of a unit: one that others do not know is added to them. */
export const machineWith = query((unit: LoadedUnit, others: WholeMachine = nothing): Machine => {
  const {units} = others
  if (units.isThere(unit.name)) return others
  const isIts = (name: string): boolean => unit.names.includes(name)
  const its = unit.isPartial ? undefined : summary(unit)
  return machine({
    isComplete: units.isComplete,
    manager: {manager: unit.manager, target: unit.target},
    all: () => (its ? withOne(units.all(), its) : units.all()),
    services: () => (its?.type === 'service' ? withOne(units.services(), its) : units.services()),
    find: (name) => (isIts(name) ? its : units.find(name)),
    load: (name) => (isIts(name) ? unit : units.load(name)),
    isThere: (name) => isIts(name) || units.isThere(name),
    isChanged: (name) => isIts(name) || units.isChanged(name),
    isRefused: (name) => (isIts(name) ? isRefusedUnit(unit) : units.isRefused(name)),
    isKnown: (name) => units.isKnown(name),
    isNamedByRecipe: (name) => units.isNamedByRecipe(name),
  })
})

const withOne = query((all: readonly Summary[], one: Summary): readonly Summary[] => [...all, one])

const nothing = machine({
  isComplete: false,
  manager: {manager: 'system', target: defaultTarget},
  all: () => [],
  services: () => [],
  find: () => undefined,
  load: () => undefined,
  isThere: () => false,
  isChanged: () => false,
  isRefused: () => false,
  isKnown: () => false,
  isNamedByRecipe: () => false,
})

function machine(units: Units): WholeMachine {
  return {
    units,
    isComplete: units.isComplete,
    find: (name) => units.load(name),
    isKnown: (name) => units.isKnown(name),
    isNamedByRecipe: (name) => units.isNamedByRecipe(name),
    get names() {
      return units.all().map(({name}) => name)
    },
    get cycles() {
      return cyclesOf(units)
    },
    activators: (name) => activatorsOf(name, units),
    keepingIpcOf: (user) => ipcKeepersOf(user, units),
    owningBusName: (name) => busNameOwnersOf(name, units),
    usingRuntime: (path) => runtimeUsersOf(path, units),
    mentions: (name) => mentionsOf(name, units),
  }
}

/**
 * Units that are kept with all their lines: more than a rule asks for at once, and so few that what
 * is forgotten has not grown old.
 */
const mostLoaded = 100

/** Units of which it is kept whether they are refused. */
const mostJudged = 20_000

function isRefusedUnit(unit: LoadedUnit): boolean {
  return verdict(unit).refusal !== undefined
}

type Viewer = Pick<UnitContext, 'target' | 'manager'>

function unitsIn(sight: Sight, viewer: Viewer): Units {
  const {target, manager} = viewer
  const loaded = recent(mostLoaded, (name) => read(sight.find(name), sight, viewer))
  const locate = (name: string): LocatedUnit => sight.find(name)
  const {since} = sight
  const before = since && machineIn(since.sight, target, manager).units
  const changed = new Set(since?.changed)
  const isChanged = (name: string): boolean => changed.has(name) || changed.has(templateOf(name))
  const refused = recent(mostJudged, (name): boolean => {
    const text = mayBePlain(name, viewer) ? sight.plainText(name) : undefined
    if (text !== undefined && isPlainlySound(text, target)) return false
    const unit = units.load(name)
    return unit !== undefined && unit !== 'masked' && isRefusedUnit(unit)
  })
  const units: Units = {
    isComplete: sight.isComplete,
    manager: viewer,
    all: () => inSight(sight, target, manager).all,
    services: () => servicesInSight(sight, target, manager).all,
    find: (name) => foundIn(sight, name, viewer),
    load(name) {
      const {state, name: own} = locate(name)
      return state === 'found' ? loaded(own) : state === 'masked' ? 'masked' : undefined
    },
    isThere(name) {
      if (sight.plainText(name) !== undefined) return true
      const unit = units.load(name)
      return unit !== undefined && unit !== 'masked'
    },
    isChanged,
    isRefused: (name) => (before && !isChanged(name) ? before.isRefused(name) : refused(name)),
    isKnown: (name) => locate(name).state !== 'missing' || sight.isElsewhere(name, viewer.manager),
    isNamedByRecipe: (name) => sight.isNamedByRecipe?.(name) ?? false,
  }
  return units
}

function foundIn(sight: Sight, name: string, viewer: Viewer): ReturnType<Units['find']> {
  const {find} = inSight(sight, viewer.target, viewer.manager)
  const known = find(name)
  const names = namesIn(sight)
  // What is written down nowhere, not as a template either, is not there.
  if (known || !(names.has(name) || names.has(templateOf(name)))) return known
  const located = sight.find(name)
  if (located.state !== 'found') return located.state === 'masked' ? 'masked' : undefined
  return find(located.name) ?? look(located, sight, viewer)
}

/** The summaries of units in sight that have a main file. */
interface InSight {
  /** In order of the names that they were found by. */
  readonly all: readonly Summary[]
  /** By a name or alias. */
  readonly find: (name: string) => Summary | undefined
}

/** All names in sight, of what has no main file too. */
const namesIn = query(({since, names}: Sight): ReadonlySet<string> =>
  since ? namesIn(since.sight) : new Set(names),
)

const inSight = query((sight: Sight, target: Target, manager: Viewer['manager']): InSight => {
  const {since, names} = sight
  const viewer = {target, manager}
  if (since)
    return changedSince(inSight(since.sight, target, manager), since.changed, sight, viewer)
  const services = servicesInSight(sight, target, manager)
  const others = lookedAt(
    names.filter((name) => !isService(name)),
    sight,
    viewer,
  )
  const find: InSight['find'] = (name) => services.find(name) ?? others.find(name)
  const all = new Set(names.flatMap((name) => find(name) ?? []))
  return {all: [...all], find}
})

/** Of services alone: no other unit has the names of one. */
const servicesInSight = query(
  (sight: Sight, target: Target, manager: Viewer['manager']): InSight => {
    const {since, names} = sight
    const viewer = {target, manager}
    return since
      ? changedSince(servicesInSight(since.sight, target, manager), since.changed, sight, viewer)
      : lookedAt(names.filter(isService), sight, viewer)
  },
)

function isService(name: string): boolean {
  return name.endsWith('.service')
}

/** The units of the system that are the same to every systemd, by name: those looked at so far. */
const timelessIn = query((_sight: Sight) => new Map<string, Summary>())

function lookedAt(names: readonly string[], sight: Sight, viewer: Viewer): InSight {
  const compactor = new Compactor()
  const byName = new Map<string, Summary>()
  const all: Summary[] = []
  const seen = new Set<string>()
  const timeless = timelessIn(sight)
  for (const name of names) {
    const known = mayBePlain(name, viewer) ? timeless.get(name) : undefined
    const plain = known ? undefined : glanceAtName(name, sight, viewer)
    const unit = known ?? (plain && compactor.compact(plain.unit))
    if (unit) {
      if (plain?.isTimeless) timeless.set(name, unit)
      seen.add(name)
      all.push(unit)
      byName.set(name, unit)
      continue
    }
    const located = sight.find(name)
    if (located.state !== 'found') continue
    const before = byName.get(located.name)
    const its = before || seen.has(located.name) ? undefined : look(located, sight, viewer)
    const looked = before ?? (its && compactor.compact(its))
    seen.add(located.name)
    if (its && looked) all.push(looked)
    if (looked) for (const alias of [located.name, name]) byName.set(alias, looked)
  }
  return {all, find: (name) => byName.get(name)}
}

/**
 * The same with what some units are now; the very same where they are to others what they were, so
 * that what was worked out from it holds.
 */
function changedSince(
  known: InSight,
  changed: readonly string[],
  sight: Sight,
  viewer: Viewer,
): InSight {
  const others = changed.flatMap((name): Array<readonly [string, Summary]> => {
    const before = known.find(name)
    const located = before && sight.find(name)
    const now = located && look(located, sight, viewer)
    // A unit that comes or goes makes another sight.
    return before && now && JSON.stringify(before) !== JSON.stringify(now)
      ? [[before.name, now]]
      : []
  })
  return others.length === 0 ? known : withOthers(known)(JSON.stringify(others))
}

/**
 * The units with others in the places of some: who writes a unit changes what it is to others
 * seldom, and then stays with it for a while.
 */
const withOthers = query((known: InSight) =>
  recent(mostVariants, (text): InSight => {
    // It was written as such.
    const others = new Map(JSON.parse(text) as ReadonlyArray<readonly [string, Summary]>)
    const now = (unit: Summary): Summary => others.get(unit.name) ?? unit
    return {
      all: known.all.map(now),
      find: (name) => {
        const unit = known.find(name)
        return unit && now(unit)
      },
    }
  }),
)

const mostVariants = 2

/** Whether a look at its text may tell anything of a unit. */
function mayBePlain(name: string, {manager, target}: Viewer): boolean {
  return manager === 'system' && name.endsWith('.service') && !target.dialect
}

/** What most units are to others: those of one plain file. */
function glanceAtName(name: string, sight: Sight, viewer: Viewer): Glimpse | undefined {
  const text = mayBePlain(name, viewer) ? sight.plainText(name) : undefined
  return text === undefined ? undefined : glanceAtText(name, text, viewer)
}

/** What a unit is to others, if it has a main file: at a glance where that is enough. */
function look(located: LocatedUnit, sight: Sight, viewer: Viewer): Summary | undefined {
  const {name, names, pulls} = located
  const type = unitOf(name)?.type
  const files = sourcesOf(located, sight)
  if (!type || files[0]?.role !== 'fragment') return undefined
  const context = {name, names, pulls, type, ...viewer}
  if (files.length > 1 || type !== 'service') return summary(load(files, context))
  const found = linesRead(files, context)
  return (
    glance({...context, ...found}) ??
    summary(unitWith(telling({...found, ...context}), files, found.isReadable, context))
  )
}

function read(located: LocatedUnit, sight: Sight, viewer: Viewer): LoadedUnit | undefined {
  const {name, names, pulls} = located
  const type = unitOf(name)?.type
  return type && load(sourcesOf(located, sight), {name, names, pulls, type, ...viewer})
}

function sourcesOf({fragment, dropIns}: LocatedUnit, sight: Sight): SourceFile[] {
  return [fragment, ...dropIns].flatMap((path, index): SourceFile[] => {
    const seen = path === undefined ? undefined : sight.read(path)
    return path !== undefined && seen
      ? [{path, role: index === 0 ? 'fragment' : 'drop-in', ...seen}]
      : []
  })
}
