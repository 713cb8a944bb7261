import type {Target} from '../facts/targets.ts'
import {load, unitOf} from '../unit/load.ts'
import type {LoadedUnit, UnitContext} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {SourceFile} from '../unit/unit.ts'
import {cyclesOf} from './boot-cycles.ts'
import type {Cycle} from './cycles.ts'
import {activatorsOf, ipcKeepersOf, mentionsOf, nameOwnersOf} from './relations.ts'
import type {Mention} from './relations.ts'
import type {Sight} from './sight.ts'
import type {LocatedUnit} from './unit-path.ts'

/**
 * The units of a run as one systemd sees them: which there are, and what they are to each other.
 *
 * A unit is read when it is first asked for, and what all units tell is worked out once.
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
   * Whether there is anything of that name, in sight or elsewhere in the run:
   * what is elsewhere may or may not be there when a unit is.
   */
  isKnown(name: string): boolean
  /** Every unit that has a main file, templates and instances included, in order of names. */
  readonly units: readonly LoadedUnit[]
  /** The ordering cycles among them and the units of systemd's boot. */
  readonly cycles: readonly Cycle[]
  /** The sockets, timers, paths and automounts that start a unit, and the services that list a socket. */
  activators(name: string): readonly LoadedUnit[]
  /** The services that run as a user, not a dynamic one, and have `RemoveIPC=no`. */
  keepingIpcOf(user: string): readonly LoadedUnit[]
  /** The services that own a name on the bus, templates left out. */
  owningBusName(name: string): readonly LoadedUnit[]
  /** The units that have to do with one by its name: by a line, a link, or because others enable it. */
  mentions(name: string): readonly Mention[]
}

/** The units in sight as a systemd sees them: the same machine for the same systemd. */
export const machineIn = query((sight: Sight, target: Target, manager: UnitContext['manager']): Machine => {
  const unitNamed = query((its: Sight, name: string) => {
    const located = its.find(name)
    return located.state === 'found' ? read(located, its, {target, manager}) : undefined
  })
  const find = (name: string): LoadedUnit | 'masked' | undefined => {
    const {state, name: own} = sight.find(name)
    if (state === 'masked') return 'masked'
    return state === 'found' ? unitNamed(sight, own) : undefined
  }
  return machine({
    isComplete: sight.isComplete,
    find,
    isKnown: (name) => sight.find(name).state !== 'missing' || sight.isElsewhere(name),
    all: () => {
      const found = sight.names.map(find).filter((unit) => unit !== undefined && unit !== 'masked')
      return [...new Set(found)]
    },
  })
})

/** The machine of a unit: one that others do not know is added to them. */
export const machineWith = query((unit: LoadedUnit, others: Machine = nothing): Machine => {
  const own = others.find(unit.name)
  if (own && own !== 'masked') return others
  return machine({
    isComplete: others.isComplete,
    find: (name) => (unit.names.includes(name) ? unit : others.find(name)),
    isKnown: (name) => others.isKnown(name),
    all: () => [...others.units, unit],
  })
})

/** Which units there are. */
interface Units extends Pick<Machine, 'isComplete' | 'find' | 'isKnown'> {
  all(): readonly LoadedUnit[]
}

const nothing = machine({isComplete: false, find: () => undefined, isKnown: () => false, all: () => []})

function machine({all, ...units}: Units): Machine {
  const made: Machine = {
    ...units,
    get units() {
      return withMain(all)
    },
    get cycles() {
      return cyclesOf(made)
    },
    activators: (name) => activatorsOf(made).get(name) ?? [],
    keepingIpcOf: (user) => ipcKeepersOf(made).get(user) ?? [],
    owningBusName: (name) => nameOwnersOf(made).get(name) ?? [],
    mentions: (name) => mentionsOf(made).get(name) ?? [],
  }
  return made
}

const withMain = query((all: Units['all']) => all().filter(({isPartial}) => !isPartial))

function read({name, names, pulls, fragment, dropIns}: LocatedUnit, sight: Sight, viewer: Pick<UnitContext, 'target' | 'manager'>): LoadedUnit | undefined {
  const type = unitOf(name)?.type
  if (!type) return undefined
  const sources = [fragment, ...dropIns].flatMap((path, index): SourceFile[] => {
    const tree = path === undefined ? undefined : sight.read(path)
    return path !== undefined && tree ? [{path, role: index === 0 ? 'fragment' : 'drop-in', tree}] : []
  })
  return load(sources, {name, names, pulls, type, ...viewer})
}
