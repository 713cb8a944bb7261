import {pulling, waitsFor} from './among.ts'
import type {DependencyKind} from './dependency.ts'
import {EdgeList} from './edges.ts'
import type {Edges} from './edges.ts'
import {mountAt} from '../unit/mount-needs.ts'
import {isTemplate} from '../unit/references.ts'
import type {Summary, Tie} from './summary.ts'

/** Units among which cycles are looked for. */
export interface Relatives {
  /** All that have files. */
  all(): Iterable<Summary>
  /** By a name or alias, an instance from its template. */
  find(name: string): Summary | 'masked' | undefined
}

/** Who comes after whom, and who pulls in whom, by places in `units`. */
export interface Graph {
  /**
   * Those that have files first, then those that they name: instances of templates, and units that
   * have no file of their own.
   */
  readonly units: readonly Summary[]
  /** How many have files. */
  readonly own: number
  placeOf(name: string): number | undefined
  /** From a unit to those that wait for it; some more than once. */
  readonly later: Edges
  /** From a unit to those that its start pulls in. */
  readonly pulls: Edges
  /** From a unit to those that must be there already. */
  readonly verified: Edges
  /** The same without some units, and without those that only they name. */
  without(refused: ReadonlySet<string>): Graph
}

/**
 * What a unit is to another that it names; installed: enabling links it there, first: and the other
 * waits for it.
 */
const way = {after: 0, before: 1, pulls: 2, verifies: 3, installed: 4, installedFirst: 5} as const

/**
 * The graph of units; the links that enabling makes are in it where units are taken for enabled.
 */
export function graphOf(relatives: Relatives, isInstalled: boolean): Graph {
  return graphOfSome(new Known(relatives, isInstalled), new Set())
}

/** What a unit says of others: ways and places, one after the other. */
type Said = readonly number[]

/** All that is known of units by places. */
class Known {
  readonly units: Summary[] = []
  /** How many have files. */
  readonly own: number
  // With it all came in that it stands for.
  readonly places = new Map<string, number>()
  /** Three for each place: what it says by itself, as many do, and by what it uses. */
  readonly #says: Said[] = []
  readonly #relatives: Relatives
  readonly #missing = new Set<string>()
  /** What many say is kept once. */
  readonly #shared = new Map<readonly Tie[], Said>()
  /** The places of the mounts of a path and of those above it. */
  readonly #mounts = new Map<string, readonly number[]>()

  constructor(relatives: Relatives, isInstalled: boolean) {
    this.#relatives = relatives
    for (const unit of relatives.all())
      if (unit.isReadable && !isTemplate(unit.name)) this.#put(unit)
    this.own = this.units.length
    // More are added on the way.
    for (let place = 0; place < this.units.length; place++) {
      const unit = this.units[place]
      if (!unit) continue
      const [usual, ties] = [this.#saidBy(unit.usual), this.#saidBy(unit.ties)]
      this.#says.push(ties, usual, this.#othersOf(unit, isInstalled))
    }
  }

  /** What a place says. */
  saidAt(place: number): readonly [ties: Said, usual: Said, others: Said] {
    const at = place * 3
    return [this.#says[at] ?? none, this.#says[at + 1] ?? none, this.#says[at + 2] ?? none]
  }

  #put(unit: Summary): number {
    const place = this.places.get(unit.name) ?? this.units.push(unit) - 1
    for (const alias of unit.names) this.places.set(alias, place)
    return place
  }

  /** The place of a unit that another names; undefined where there is none of that name. */
  #add(name: string): number | undefined {
    const its = this.places.get(name)
    if (its !== undefined || this.#missing.has(name)) return its
    const unit = isTemplate(name) ? undefined : this.#relatives.find(name)
    if (!unit || unit === 'masked' || !unit.isReadable) {
      this.#missing.add(name)
      return undefined
    }
    const place = this.#put(unit)
    this.places.set(name, place)
    return place
  }

  #say(said: number[], kind: DependencyKind, name: string): void {
    const its = ways.get(kind)
    const other = its === undefined ? undefined : this.#add(name)
    if (its !== undefined && other !== undefined) said.push(its, other)
  }

  #saidBy(ties: readonly Tie[]): Said {
    const its = this.#shared.get(ties)
    if (its) return its
    const said: number[] = []
    for (const {kind, name} of ties) this.#say(said, kind, name)
    const kept = asKept(said)
    this.#shared.set(ties, kept)
    return kept
  }

  /** What a unit says by what it uses, by what it is, and by what enabling it makes. */
  #othersOf(unit: Summary, isInstalled: boolean): Said {
    const others: number[] = []
    for (const {path} of unit.mounts) {
      for (const mount of this.#mountsTo(path === '/' ? '' : path))
        others.push(way.after, mount, way.pulls, mount)
    }
    if (unit.type === 'target') {
      for (const {kind, name} of unit.ties) {
        const other = pulling.has(kind) ? this.units[this.#add(name) ?? -1] : undefined
        if (other && waitsFor(unit, other)) this.#say(others, 'After', name)
      }
    }
    for (const {name} of isInstalled ? unit.installs : []) {
      const target = this.#add(name)
      const puller = target === undefined ? undefined : this.units[target]
      if (target !== undefined && puller)
        others.push(waitsFor(puller, unit) ? way.installedFirst : way.installed, target)
    }
    return asKept(others)
  }

  #mountsTo(path: string): readonly number[] {
    const its = this.#mounts.get(path)
    if (its) return its
    const upper = path === '' ? none : this.#mountsTo(path.slice(0, path.lastIndexOf('/')))
    const mount = this.#add(mountAt(path))
    const all = mount === undefined ? upper : [...upper, mount]
    this.#mounts.set(path, all)
    return all
  }
}

const none: readonly number[] = []

/** Without the room that an array has to grow. */
function asKept(said: readonly number[]): Said {
  return said.length === 0 ? none : said.slice()
}

function graphOfSome(all: Known, refused: ReadonlySet<string>): Graph {
  const part = new Subgraph(all, refused)
  const {units, own, later, pulls, verified} = part
  const size = units.length
  return {
    units,
    own,
    placeOf: placesIn(all, part.places),
    later: later.among(size),
    pulls: pulls.among(size),
    verified: verified.among(size),
    without: (others) => graphOfSome(all, others),
  }
}

/** Its places, of those in all: what a graph was made with is not kept for them. */
function placesIn(all: Known, places: Int32Array): Graph['placeOf'] {
  return (name) => {
    const place = places[all.places.get(name) ?? -1] ?? -1
    return place === -1 ? undefined : place
  }
}

/** The units that are not refused and what they name, by places of their own, in the making. */
class Subgraph {
  readonly own: number
  readonly later = new EdgeList()
  readonly pulls = new EdgeList()
  readonly verified = new EdgeList()
  readonly #all: Known
  readonly #refused: ReadonlySet<string>
  /** The places in all, in the order of the new ones, and the other way round. */
  readonly #order: number[] = []
  readonly places: Int32Array
  /** What enabling makes: whether it waits, for which unit, and of which. */
  readonly #links: number[] = []

  constructor(all: Known, refused: ReadonlySet<string>) {
    this.#all = all
    this.#refused = refused
    this.places = new Int32Array(all.units.length).fill(-1)
    for (let old = 0; old < all.own; old++) this.#add(old)
    this.own = this.#order.length
    this.#connectAll()
    // Links come behind what units say themselves.
    const links = this.#links
    for (let index = 0; index < links.length; index += 3) {
      const [waits, target = 0, place = 0] = [links[index], links[index + 1], links[index + 2]]
      this.pulls.add(target, place)
      if (waits === 1) this.later.add(place, target)
    }
  }

  get units(): readonly Summary[] {
    return this.#order.flatMap((old) => this.#all.units[old] ?? [])
  }

  /** The new place of a unit; -1 for one that is refused. */
  #add(old: number): number {
    if (this.places[old] === -1 && !this.#refused.has(this.#all.units[old]?.name ?? ''))
      this.places[old] = this.#order.push(old) - 1
    return this.places[old] ?? -1
  }

  #connectAll(): void {
    const seen = new Set<Said>()
    // More are added on the way.
    for (let place = 0; place < this.#order.length; place++) {
      const [ties, usual, others] = this.#all.saidAt(this.#order[place] ?? 0)
      if (!seen.has(usual))
        for (let index = 1; index < usual.length; index += 2) this.#add(usual[index] ?? 0)
      seen.add(usual)
      for (const part of [ties, usual, others]) this.#connect(place, part)
    }
  }

  #connect(place: number, said: Said): void {
    for (let index = 0; index < said.length; index += 2) {
      const [its, other] = [said[index], this.#add(said[index + 1] ?? 0)]
      if (other === -1 || other === place) continue
      if (its === way.after) this.later.add(other, place)
      else if (its === way.before) this.later.add(place, other)
      else if (its === way.pulls) this.pulls.add(place, other)
      else if (its === way.verifies) this.verified.add(place, other)
      else this.#links.push(its === way.installedFirst ? 1 : 0, other, place)
    }
  }
}

const ways: ReadonlyMap<DependencyKind, number> = new Map([
  ['After', way.after],
  ['Before', way.before],
  ...[...pulling].map((kind) => [kind, kind === 'Requisite' ? way.verifies : way.pulls] as const),
])
