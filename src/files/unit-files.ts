import path from 'node:path'
import type {UnitType} from '../facts/unit-types.ts'
import {isQuadlet} from '../facts/quadlet.ts'
import {unitOf} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import type {Sight} from '../machine/sight.ts'
import type {LocatedUnit} from '../machine/unit-folder.ts'
import {readFolder} from './native.ts'
import {sights} from './sights.ts'
import type {View} from './places.ts'

/** A file of a unit. */
export interface UnitFile {
  /** As people know it. */
  readonly path: string
  /** It amends other units as well, as what is in `service.d` does. */
  readonly isShared: boolean
  /** A run tells of it, and may change it unless it is shared. */
  readonly isAsked: boolean
}

/**
 * The files that make up a unit: its own and the drop-ins that amend it in the order of systemd, or
 * a drop-in whose unit is not in sight.
 */
export interface UnitFiles {
  readonly identity: UnitIdentity
  readonly files: readonly [UnitFile, ...UnitFile[]]
  readonly sight: Sight
  /**
   * Its drop-ins are too many to be read again for one more unit: `files` has its main file alone.
   */
  readonly isLeft: boolean
}

/** A unit of one file and name: thousands are, and each is kept until its turn comes. */
class PlainUnit implements UnitFiles {
  readonly isLeft = false
  readonly sight: Sight
  readonly #path: string
  readonly #type: UnitType
  readonly #name: string

  constructor(file: string, {name, type}: UnitIdentity, sight: Sight) {
    this.#path = file
    this.#name = name
    this.#type = type
    this.sight = sight
  }

  get identity(): UnitIdentity {
    return {name: this.#name, type: this.#type, role: 'fragment', names: [this.#name], pulls: []}
  }

  get files(): UnitFiles['files'] {
    return [{path: this.#path, isShared: false, isAsked: true}]
  }
}

/** For which unit a file was named, where that is an instance of the template in it. */
export type Instances = (file: string) => string | undefined

const noInstances: Instances = () => undefined

function withInstance(
  identity: UnitIdentity | undefined,
  name: string | undefined,
): UnitIdentity | undefined {
  return identity?.role === 'fragment' && name !== undefined ? {...identity, name} : identity
}

/** How often drop-ins that amend many units, as those in `service.d` do, are put to a unit. */
export const mostShared = 5_000

/**
 * Put files together to units, in order of their first file.
 *
 * A unit takes along all drop-ins that systemd would read with it (systemd.unit(5)), those of its
 * own as if they had been asked for. A drop-in asked for alone brings its unit.
 */
export function unitFiles(
  files: readonly string[],
  view: View,
  instances: Instances = noInstances,
): UnitFiles[] {
  const {cwd} = view
  const sightOf = sights(files, view)
  const asked = new Set(files.map((file) => path.resolve(cwd, file)))
  const units: Array<{readonly rank: number; readonly unit: UnitFiles}> = []
  const taken = new Set<string>()
  let shared = 0
  const add = (
    rank: number,
    identity: UnitIdentity,
    sight: Sight,
    [first, ...rest]: readonly UnitFile[],
  ): void => {
    if (!first) return
    const {names, pulls = []} = identity
    if (
      rest.length === 0 &&
      first.isAsked &&
      identity.role === 'fragment' &&
      names?.length === 1 &&
      names[0] === identity.name &&
      pulls.length === 0
    ) {
      units.push({rank, unit: new PlainUnit(first.path, identity, sight)})
      return
    }
    const count = rest.filter(({isShared}) => isShared).length
    shared += count
    const isLeft = count > 0 && shared > mostShared
    units.push({rank, unit: {identity, files: isLeft ? [first] : [first, ...rest], sight, isLeft}})
    for (const {path: file, isShared} of [first, ...rest])
      if (!isShared) taken.add(path.resolve(cwd, file))
  }
  /** Which drop-ins those are is not even asked any more. */
  const isLeft = ({isAmongMany}: LocatedUnit): boolean => isAmongMany && shared > mostShared
  const absolutes = new Map<string, string>()
  const absoluteOf = (file: string): string => {
    const known = absolutes.get(file) ?? path.resolve(cwd, file)
    absolutes.set(file, known)
    return known
  }
  const dropInOf = (
    dropIn: string,
    {names}: Pick<LocatedUnit, 'names'>,
    takesAlong: boolean,
  ): UnitFile => {
    const isShared = !names.some((name) => path.basename(path.dirname(dropIn)) === `${name}.d`)
    return {
      path: dropIn,
      isShared,
      isAsked: asked.has(absoluteOf(dropIn)) || (takesAlong && !isShared),
    }
  }
  const addFragment = (file: string, rank: number, identity: UnitIdentity): void => {
    const sight = sightOf(file)
    const located = sight.find(identity.name)
    const own = {path: file, isShared: false, isAsked: true}
    if (located.state === 'found' && isLeft(located)) {
      units.push({rank, unit: {identity, files: [own], sight, isLeft: true}})
      return
    }
    const alone = {
      name: identity.name,
      names: [identity.name],
      pulls: [],
      dropIns: isQuadlet(identity.type) ? dropInsBeside(file, cwd) : [],
    }
    const {name, names, pulls, dropIns} = located.state === 'found' ? located : alone
    add(rank, {...identity, name, names, pulls}, sight, [
      own,
      ...dropIns.map((dropIn) => dropInOf(dropIn, {names}, true)),
    ])
  }
  const addDropIn = (file: string, rank: number, identity: UnitIdentity): void => {
    const sight = sightOf(file)
    const located = unitOf(identity.name) ? sight.find(identity.name) : undefined
    const own = {path: file, isShared: false, isAsked: true}
    if (located?.state === 'found' && located.fragment !== undefined && isLeft(located)) {
      if (!asked.has(path.resolve(cwd, located.fragment)))
        units.push({rank, unit: {identity, files: [own], sight, isLeft: true}})
      return
    }
    const {fragment, dropIns = []} = located ?? {}
    if (
      located?.state === 'found' &&
      fragment !== undefined &&
      dropIns.some((dropIn) => isSame(dropIn, file, cwd))
    ) {
      const {name, names, pulls} = located
      const main = {path: fragment, isShared: false, isAsked: false}
      add(rank, {...identity, role: 'fragment', name, names, pulls}, sight, [
        main,
        ...dropIns.map((dropIn) => dropInOf(dropIn, {names}, false)),
      ])
    } else add(rank, identity, sight, [own])
  }
  const ranked = files.map((file, rank) => ({
    file,
    rank,
    identity: withInstance(unitOf(path.resolve(cwd, file)), instances(file)),
  }))

  for (const {file, rank, identity} of ranked)
    if (identity?.role === 'fragment') addFragment(file, rank, identity)
  for (const {file, rank, identity} of ranked)
    if (identity?.role === 'drop-in' && !taken.has(path.resolve(cwd, file)))
      addDropIn(file, rank, identity)
  return units.toSorted((one, other) => one.rank - other.rank).map(({unit}) => unit)
}

/**
 * The drop-ins that Quadlet puts into a file of its own, of those in the folder that the file is in
 * (podman-systemd.unit(5)).
 */
function dropInsBeside(file: string, cwd: string): readonly string[] {
  const folder = `${file}.d`
  try {
    const names = readFolder(path.resolve(cwd, folder)).flatMap(([name, kind]) =>
      kind.isFile() && name.endsWith('.conf') ? [name] : [],
    )
    return names.toSorted().map((name) => path.join(folder, name))
  } catch {
    return []
  }
}

function isSame(one: string, other: string, cwd: string): boolean {
  return path.resolve(cwd, one) === path.resolve(cwd, other)
}
