import {corrections} from './data/directive-corrections.ts'
import {askedOnce, directive, entries, type DirectiveFacts} from './directives.ts'

/** The facts of a directive in a section as of a version, corrected; undefined when that systemd does not know it there. */
export const valueFacts = askedOnce((section, key, version): ValueFacts | undefined => {
  // The table has the fields of `ValueFacts`; `DirectiveFacts` names some of them.
  const facts: ValueFacts | undefined = directive(section, key, version) ?? backported(section, key, version)
  const correction = corrections.get(`${section}.${key}`) ?? corrections.get(key)
  return facts && correction ? {...facts, ...correction} : facts
})

/** A directive that the point releases of an older version took over. */
function backported(section: string, key: string, version: number): DirectiveFacts | undefined {
  return entries(section, key).find((facts) => Object.hasOwn((facts as ValueFacts).backported ?? {}, version))
}

/** What is known of the values of a directive, beside the rest (the fields of directives.json that validators use). */
export interface ValueFacts extends Omit<DirectiveFacts, 'values'> {
  readonly values?: readonly EnumValue[]
  /** A number is taken as well as one of `values`. */
  readonly numericToo?: boolean
  /** Words of their own meaning beside what the type takes. */
  readonly keywords?: readonly string[]
  readonly forms?: readonly string[]
  readonly min?: number | string
  readonly max?: number | string
  readonly base?: number
  readonly percent?: boolean
  /** A percentage may be above 100. */
  readonly unbounded?: boolean
  readonly positive?: boolean
  readonly resource?: string
  /** What a bare number of a resource limit counts. */
  readonly unit?: string
  /** How systemd splits the value; absent: not at all. */
  readonly words?: string
  /** Which table of specifiers the value is expanded by; absent: none. */
  readonly specifiers?: 'full' | 'path' | 'name' | 'cred' | 'fd'
  readonly invert?: '~'
  readonly prefix?: string
  readonly prefixes?: string
  readonly absolute?: boolean
  readonly glob?: boolean
  readonly relativeTo?: string
  readonly kind?: string
  readonly form?: string
  readonly zeroMeans?: string
  /** What a condition compares. */
  readonly valueType?: string
  readonly value?: string
  readonly schemes?: readonly string[]
  /** The type of unit that must be named. */
  readonly unitType?: string
  readonly aliasOf?: string
  readonly legacy?: boolean
  readonly obsolete?: boolean | readonly string[]
  readonly lastWorkingParser?: string
  /** The parser that a version's table names, by the first version that does; absent: always `parser`. */
  readonly parserHistory?: readonly (readonly [since: number, parser: string])[]
  readonly emptyAssignment?: 'accepted' | 'rejected with a warning' | 'refuses the unit'
  readonly emptyByVersion?: Readonly<Record<string, 'silent' | 'warns'>>
  readonly invalidValueRefusesUnit?: boolean
  readonly resets?: boolean
  /** What an empty value takes back, in words, where that is more than the directive's own. */
  readonly emptyResets?: string
  /** Packages that know the directive although the first release of that version does not. */
  readonly backported?: Readonly<Record<string, string>>
}

/** A word that an enumeration takes. */
export interface EnumValue {
  readonly value: string
  readonly since?: number
  /** The last version that takes it. */
  readonly until?: number
  readonly obsoleteSince?: number
}
