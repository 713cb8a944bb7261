import {pulling, waitsFor} from './among.ts'
import type {DependencyKind} from './dependency.ts'
import {mountsAbove} from '../unit/mount-needs.ts'
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
  /** Those that have files first, then those that they name: instances of templates, and units that have no file of their own. */
  readonly units: readonly Summary[]
  /** How many have files. */
  readonly own: number
  readonly indexOf: ReadonlyMap<string, number>
  /** From a unit to those that wait for it; some more than once. */
  readonly later: ReadonlyArray<readonly number[]>
  /** From a unit to those that its start pulls in. */
  readonly pulls: ReadonlyArray<readonly number[]>
  /** From a unit to those that must be there already. */
  readonly verified: ReadonlyArray<readonly number[]>
}

/** The graph of units, those left out that are refused, by their names; the links that enabling makes are in it where units are taken for enabled. */
export function graphOf(relatives: Relatives, isInstalled: boolean, refused: ReadonlySet<string>): Graph {
  const units: Summary[] = []
  const places = new Map<string, number>()
  const missing = new Set<string>()
  const [later, pulls, verified]: [number[][], number[][], number[][]] = [[], [], []]
  const add = (name: string): number | undefined => {
    const known = places.get(name)
    if (known !== undefined || missing.has(name)) return known
    const unit = isTemplate(name) ? undefined : relatives.find(name)
    if (!unit || unit === 'masked' || !unit.isReadable || refused.has(unit.name)) {
      missing.add(name)
      return undefined
    }
    let place = places.get(unit.name)
    if (place === undefined) {
      place = units.push(unit) - 1
      for (const edges of [later, pulls, verified]) edges.push([])
    }
    for (const alias of [name, ...unit.names]) places.set(alias, place)
    return place
  }
  const connect = (place: number, kind: DependencyKind, name: string): void => {
    const other = relevant.has(kind) ? add(name) : undefined
    if (other === undefined || other === place) return
    if (kind === 'After') later[other]?.push(place)
    else if (kind === 'Before') later[place]?.push(other)
    else (kind === 'Requisite' ? verified : pulls)[place]?.push(other)
  }
  // What many have in common is looked up once.
  const resolved = new Map<readonly Tie[], readonly Tie[]>()
  const foundAmong = (ties: readonly Tie[]): readonly Tie[] => {
    const known = resolved.get(ties) ?? ties.filter(({kind, name}) => relevant.has(kind) && add(name) !== undefined)
    resolved.set(ties, known)
    return known
  }
  for (const unit of relatives.all()) add(unit.name)
  const own = units.length
  const above = new Map<string, readonly string[]>()
  const links: Array<readonly [target: number, place: number]> = []
  // More are added on the way.
  for (let place = 0; place < units.length; place++) {
    const unit = units[place]
    if (!unit) continue
    for (const ties of [unit.ties, foundAmong(unit.usual)]) for (const {kind, name} of ties) connect(place, kind, name)
    for (const {kind, path} of unit.mounts) {
      const names = above.get(path) ?? mountsAbove(path)
      above.set(path, names)
      for (const name of names) for (const tie of ['After', kind] as const) connect(place, tie, name)
    }
    if (unit.type === 'target') {
      for (const {kind, name} of unit.ties) {
        const other = pulling.has(kind) ? units[add(name) ?? -1] : undefined
        if (other && waitsFor(unit, other)) connect(place, 'After', name)
      }
    }
    for (const {name} of isInstalled ? unit.installs : []) {
      const target = add(name)
      if (target !== undefined && target !== place) links.push([target, place])
    }
  }
  for (const [target, place] of links) {
    const [puller, unit] = [units[target], units[place]]
    if (!puller || !unit) continue
    pulls[target]?.push(place)
    if (waitsFor(puller, unit)) later[place]?.push(target)
  }
  return {units, own, indexOf: places, later, pulls, verified}
}

const relevant: ReadonlySet<DependencyKind> = new Set(['After', 'Before', ...pulling])

/** From each place to those that lead to it. */
export function inverse(...all: ReadonlyArray<ReadonlyArray<readonly number[]>>): ReadonlyArray<readonly number[]> {
  const turned = (all[0] ?? []).map((): number[] => [])
  for (const next of all) for (const [index, others] of next.entries()) for (const other of others) turned[other]?.push(index)
  return turned
}

/** The places that some lead to, themselves included. */
export function reach(from: readonly number[], next: ReadonlyArray<readonly number[]>): Set<number> {
  const seen = new Set(from)
  for (const index of seen) for (const other of next[index] ?? []) seen.add(other)
  return seen
}
