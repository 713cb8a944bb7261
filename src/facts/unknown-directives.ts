import {fileSections} from './data/directives.ts'
import {directiveNames, entries, everywhere} from './directives.ts'
import {nearest} from './nearest.ts'
import {quadletKeys, quadletRow, quadletSections} from './quadlet.ts'
import type {UnitType} from './unit-types.ts'
import {valueFacts} from './value-facts.ts'

/** Why a systemd does not know a directive in a section. */
export type UnknownDirective =
  /** It stands in the wrong section; where it belongs. */
  | {readonly why: 'misplaced'; readonly section: string}
  /** Other versions know it there. */
  | {readonly why: 'newer'; readonly since: number}
  | {readonly why: 'gone'; readonly since: number}
  /** No version does; what was meant, if a name of this section or else of another is near. */
  | {readonly why: 'unknown'; readonly meant: MeantDirective | undefined}

/** A directive that was meant, and its section. */
export interface MeantDirective {
  readonly key: string
  readonly section: string
}

/** Tell why a directive is not known in a section of a unit of some type. */
export function unknownDirective(
  key: string,
  section: string,
  type: UnitType,
  version: number,
): UnknownDirective {
  const sections = fileSections[type] ?? quadletSections[type] ?? []
  const home = sections.find(
    (other) => other !== section && (valueFacts(other, key, version) ?? quadletRow(other, key)),
  )
  if (home !== undefined) return {why: 'misplaced', section: home}
  const here = entries(section, key)
  const newer = here.find(({since = 0}) => since > version)
  if (newer) return {why: 'newer', since: newer.since ?? 0}
  const gone = here.find(({unknownSince = Infinity}) => unknownSince <= version)
  if (gone) return {why: 'gone', since: gone.unknownSince ?? 0}
  return {why: 'unknown', meant: meantOf(key, [section, ...sections], version)}
}

/** What was meant, of the first section that has a near name. */
function meantOf(
  key: string,
  sections: readonly string[],
  version: number,
): MeantDirective | undefined {
  for (const section of sections) {
    const meant = meantBy(key, namesFor(section, version))
    if (meant !== undefined) return {key: meant, section}
  }
  return undefined
}

/** A line that is wrong is often there many times. */
function meantBy(key: string, known: readonly string[]): string | undefined {
  const last = lastAsked.get(known)
  if (last?.key === key) return last.meant
  const meant = nearestOf(key, known)
  lastAsked.set(known, {key, meant})
  return meant
}

/**
 * The nearest name; one with the same last word, as `ProtectHome` for `PrivateHome`, or
 * `WorkingDirectory` for `WorkDirectory`, before one that ends or begins otherwise.
 */
function nearestOf(key: string, known: readonly string[]): string | undefined {
  const meant = nearest(key, known)
  const [first = '', last = '', ...others] = wordsOf(key)
  if (
    last === '' ||
    others.length > 0 ||
    (meant?.endsWith(last) && meant.startsWith(first.charAt(0)))
  )
    return meant
  const alike = known.filter(
    (name) => name.startsWith(first.charAt(0)) && name.endsWith(last) && wordsOf(name).length === 2,
  )
  return alike.length === 1 ? alike[0] : meant
}

function wordsOf(key: string): readonly string[] {
  return key.length > longest ? [] : key.split(/(?=[A-Z][a-z])/)
}

/** No directive has a longer name. */
const longest = 64

const lastAsked = new WeakMap<
  readonly string[],
  {readonly key: string; readonly meant: string | undefined}
>()

const names = new Map<string, readonly string[]>()

/** The directives that a version knows in a section: the same array for the same question. */
function namesFor(section: string, version: number): readonly string[] {
  const id = `${section} ${version}`
  const known = names.get(id)
  if (known) return known
  const found = [
    ...quadletKeys(section),
    ...directiveNames().filter((name) => isFor(name, section, version)),
  ]
  // Sections that no version knows have none; anybody can make up more of them.
  if (found.length > 0) names.set(id, found)
  return found
}

function isFor(name: string, section: string, version: number): boolean {
  return everywhere(name).some(
    (facts) =>
      facts.sections.includes(section) &&
      (facts.since ?? 0) <= version &&
      version < (facts.unknownSince ?? Infinity),
  )
}
