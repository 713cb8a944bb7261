import path from 'node:path'
import type {UnitType} from '../facts/unit-types.ts'
import {isQuadlet} from '../facts/quadlet.ts'
import {unitOf} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import type {Sight} from '../machine/sight.ts'
import type {LocatedUnit} from '../machine/unit-folder.ts'
import {readFolder} from './native.ts'
import {sights} from './sights.ts'
import type {RunView} from './search-path.ts'

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
  /** Where it is not that of its file. */
  readonly #name: string | undefined

  constructor(file: string, {name, type}: UnitIdentity, sight: Sight) {
    this.#path = file
    this.#name = name === path.basename(file) ? undefined : name
    this.#type = type
    this.sight = sight
  }

  get identity(): UnitIdentity {
    const name = this.#name ?? path.basename(this.#path)
    return {name, type: this.#type, role: 'fragment', names: [name], pulls: []}
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
  view: RunView,
  instances: Instances = noInstances,
): UnitFiles[] {
  const units = new Assembly(files, view)
  const asked = files.flatMap((file, rank): AskedFile[] => {
    const identity = withInstance(unitOf(path.resolve(view.cwd, file)), instances(file))
    return identity ? [{path: file, rank, identity}] : []
  })
  for (const file of asked) if (file.identity.role === 'fragment') units.addFragment(file)
  for (const file of asked) if (file.identity.role === 'drop-in') units.addDropIn(file)
  return units.inOrder()
}

/** A file that was asked for. */
interface AskedFile {
  /** As people know it. */
  readonly path: string
  /** Its place among all. */
  readonly rank: number
  readonly identity: UnitIdentity
}

/** Units, as they are put together of files. */
class Assembly {
  readonly #cwd: string
  readonly #sightOf: (file: string) => Sight
  readonly #asked: ReadonlySet<string>
  readonly #absolutes = new Map<string, string>()
  readonly #units: Array<{readonly rank: number; readonly unit: UnitFiles}> = []
  /** The files that are in a unit already, and in no other. */
  readonly #taken = new Set<string>()
  /** How many drop-ins that amend many units were put to one. */
  #shared = 0

  constructor(files: readonly string[], view: RunView) {
    this.#cwd = view.cwd
    this.#sightOf = sights(files, view)
    this.#asked = new Set(files.map((file) => path.resolve(view.cwd, file)))
  }

  inOrder(): UnitFiles[] {
    return this.#units.toSorted((one, other) => one.rank - other.rank).map(({unit}) => unit)
  }

  addFragment(file: AskedFile): void {
    const {identity} = file
    const sight = this.#sightOf(file.path)
    const located = sight.find(identity.name)
    const isFound = located.state === 'found'
    if (isFound && this.#isLeft(located)) this.#leave(file, sight)
    else {
      const {name, names, pulls, dropIns} = isFound ? located : unfound(file, this.#cwd)
      this.#add(file.rank, {...identity, name, names, pulls}, sight, [
        alone(file),
        ...dropIns.map((dropIn) => this.#dropIn(dropIn, names, true)),
      ])
    }
  }

  /** Adds the unit that it amends; a drop-in that another has brought along is in it already. */
  addDropIn(file: AskedFile): void {
    const {path: own, rank, identity} = file
    if (this.#taken.has(path.resolve(this.#cwd, own))) return
    const sight = this.#sightOf(own)
    const located = unitOf(identity.name) ? sight.find(identity.name) : undefined
    const main = located?.state === 'found' ? located.fragment : undefined
    if (!located || main === undefined) this.#add(rank, identity, sight, [alone(file)])
    else if (this.#isLeft(located)) {
      if (!this.#asked.has(path.resolve(this.#cwd, main))) this.#leave(file, sight)
    } else if (located.dropIns.some((dropIn) => isSame(dropIn, own, this.#cwd))) {
      const {name, names, pulls, dropIns} = located
      this.#add(rank, {...identity, role: 'fragment', name, names, pulls}, sight, [
        {path: main, isShared: false, isAsked: false},
        ...dropIns.map((dropIn) => this.#dropIn(dropIn, names, false)),
      ])
    } else this.#add(rank, identity, sight, [alone(file)])
  }

  #add(
    rank: number,
    identity: UnitIdentity,
    sight: Sight,
    [first, ...rest]: UnitFiles['files'],
  ): void {
    if (rest.length === 0 && first.isAsked && isPlain(identity)) {
      this.#units.push({rank, unit: new PlainUnit(first.path, identity, sight)})
      return
    }
    const count = rest.filter(({isShared}) => isShared).length
    this.#shared += count
    const isLeft = count > 0 && this.#shared > mostShared
    const files = isLeft ? ([first] as const) : ([first, ...rest] as const)
    this.#units.push({rank, unit: {identity, files, sight, isLeft}})
    for (const {path: file, isShared} of [first, ...rest])
      if (!isShared) this.#taken.add(path.resolve(this.#cwd, file))
  }

  #leave(file: AskedFile, sight: Sight): void {
    const {rank, identity} = file
    this.#units.push({rank, unit: {identity, files: [alone(file)], sight, isLeft: true}})
  }

  /** Whether its drop-ins are too many; which those are is not even asked any more. */
  #isLeft({isAmongMany}: LocatedUnit): boolean {
    return isAmongMany && this.#shared > mostShared
  }

  #dropIn(dropIn: string, names: readonly string[], takesAlong: boolean): UnitFile {
    const isShared = !names.some((name) => path.basename(path.dirname(dropIn)) === `${name}.d`)
    const isAsked = this.#asked.has(this.#absoluteOf(dropIn)) || (takesAlong && !isShared)
    return {path: dropIn, isShared, isAsked}
  }

  /** One that amends many units is asked about for each. */
  #absoluteOf(file: string): string {
    const known = this.#absolutes.get(file) ?? path.resolve(this.#cwd, file)
    this.#absolutes.set(file, known)
    return known
  }
}

/** A file that makes a unit by itself, or is the main one of its unit. */
function alone({path: file}: AskedFile): UnitFile {
  return {path: file, isShared: false, isAsked: true}
}

/** Whether there is no more to a unit than its file and its name. */
function isPlain({role, name, names, pulls = []}: UnitIdentity): boolean {
  return role === 'fragment' && names?.length === 1 && names[0] === name && pulls.length === 0
}

/** What there is to know of a unit that is not found where its file lies. */
function unfound(
  {path: file, identity: {name, type}}: AskedFile,
  cwd: string,
): Pick<LocatedUnit, 'name' | 'names' | 'pulls' | 'dropIns'> {
  return {name, names: [name], pulls: [], dropIns: isQuadlet(type) ? dropInsBeside(file, cwd) : []}
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
