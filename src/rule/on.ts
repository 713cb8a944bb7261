import type {UnitType} from '../facts/unit-types.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {ComplaintKind} from '../unit/read/complaint.ts'
import {verdict} from '../unit/verdict.ts'
import {dialectOf} from '../values/dialect.ts'

/** What a unit has to be and to have for a rule to find something to say: all that is stated. */
export interface Occasion {
  /** Its manager is this one. */
  readonly manager?: LoadedUnit['manager'] | undefined
  /** It is of one of these types. */
  readonly types?: readonly UnitType[] | undefined
  /** One of these directives is written, under any of its names. */
  readonly lines?: readonly string[] | undefined
  /** One of these characters stands in a value. */
  readonly signs?: string | undefined
  /** A value goes on in the next line, behind a `\`. */
  readonly continued?: true | undefined
  /** systemd makes one of these complaints while it reads the unit. */
  readonly complaints?: readonly ComplaintKind[] | undefined
  /** One of its files has one of these permission bits. */
  readonly modes?: number | undefined
  /** systemd reads the unit to its end and does not load it. */
  readonly refused?: true | undefined
  /** Its target names a container that it runs in. */
  readonly contained?: true | undefined
}

/**
 * An occasion with all its parts, those that are not there among them, so that rules have one shape;
 * with parts that no occasion has, too, for what looks at plugins to tell of.
 */
export function withAllParts(occasion: Occasion): Occasion {
  // A rule in JavaScript may have anything here.
  return typeof occasion === 'object' ? {...noParts, ...occasion} : occasion
}

const noParts: Readonly<Record<keyof Occasion, undefined>> = {
  manager: undefined,
  types: undefined,
  lines: undefined,
  signs: undefined,
  continued: undefined,
  complaints: undefined,
  modes: undefined,
  refused: undefined,
  contained: undefined,
}

/** A rule that may have something to say about any unit. */
export const everyUnit: Occasion = {}

/** A rule about services. */
export const services: Occasion = {types: ['service']}

/** A rule about units of users' managers. */
export const unitsOfUsers: Occasion = {manager: 'user'}

/** A rule about units of some types. */
export function typed(...types: readonly UnitType[]): Occasion {
  return {types}
}

/** A rule about units in which one of these directives is written. */
export function lines(...keys: readonly string[]): Occasion {
  return {lines: keys}
}

/** A rule about units in whose values one of these characters stands. */
export function signs(characters: string): Occasion {
  return {signs: characters}
}

/** A rule about units of which systemd complains in one of these ways, with a word or without. */
export function complaints(...kinds: readonly ComplaintKind[]): Occasion {
  return {complaints: kinds}
}

/** A rule about units that systemd reads and does not load. */
export const refusedUnits: Occasion = {refused: true}

/** Whether a rule is to be asked about a unit: what it says that it is about is there. */
export function isConcerned(
  {manager, types, lines, signs, continued, complaints, modes, refused, contained}: Occasion,
  unit: LoadedUnit,
): boolean {
  if (manager !== undefined && manager !== unit.manager) return false
  if (contained && !unit.target.environments) return false
  if (types && !types.includes(unit.type)) return false
  if (lines && !lines.some((key) => keysOf(unit).has(key))) return false
  if (modes !== undefined && !unit.files.some(({mode = 0}) => (mode & modes) !== 0)) return false
  if (signs !== undefined && !hasSign(unit, signs)) return false
  if (continued && !unit.lines.some(({directive}) => directive.pieces)) return false
  if (refused && verdict(unit).refusal === undefined) return false
  return !complaints || complaints.some((kind) => kindsOf(unit).has(kind))
}

/** The directives that are written, by the names in the lines and by those of today. */
const keysOf = query((unit: LoadedUnit): ReadonlySet<string> => {
  const keys = new Set<string>()
  for (const {section, key} of unit.lines) {
    const {type, aliasOf: today} =
      dialectOf(unit.target).row(section, key, unit.target.version) ?? {}
    keys.add(type === 'quadlet' ? `${section}.${key}` : key)
    if (today !== undefined) keys.add(today.slice(today.indexOf('.') + 1))
  }
  return keys
}, itself)

/** Few rules ask, and for few characters. */
const hasSign = query(
  (unit: LoadedUnit, signs: string): boolean =>
    unit.lines.some(({value}) => [...signs].some((sign) => value.includes(sign))),
  itself,
)

const kindsOf = query(
  (unit: LoadedUnit): ReadonlySet<ComplaintKind> =>
    new Set(verdict(unit).complaints.map(({kind}) => kind)),
  itself,
)
