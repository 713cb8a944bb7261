import {directives} from './data/directives.ts'

/** A word that an enumeration takes, and since which version. */
export interface DirectiveValue {
  readonly value: string
  readonly since?: number
}

/** What systemd's parser tables say of a directive (`load-fragment-gperf.gperf.in`). */
export interface DirectiveFacts {
  readonly sections: readonly string[]
  readonly key: string
  readonly parser: string
  /** The kind of value; see the validators in `values/`. */
  readonly type: string
  readonly repeat: 'replace' | 'append' | 'merge' | 'first'
  readonly page?: string
  /** First version that knows it; absent: older than any version known here. */
  readonly since?: number
  /** Since then it only earns a warning that it is gone. */
  readonly removedSince?: number
  /** Since then it is unknown. */
  readonly unknownSince?: number
  /** In the table, but this unit type only earns a warning. */
  readonly unsupportedInThisSection?: boolean
  readonly values?: readonly DirectiveValue[]
  readonly booleanToo?: boolean
}

/**
 * The facts of a directive in a section as of a version; undefined when that systemd does not know
 * it there.
 */
export const directive = askedOnce((section, key, version) =>
  entries(section, key).find((facts) => isKnown(facts, version)),
)

/** A question about a directive in a section as of a version. */
export type DirectiveQuestion<Answer> = (
  section: string,
  key: string,
  version: number,
) => Answer | undefined

/**
 * A question whose answers are worked out once for each directive that there is; there is none
 * about others.
 */
export function askedOnce<Answer>(question: DirectiveQuestion<Answer>): DirectiveQuestion<Answer> {
  const byVersion = new Map<number, Map<string, Map<string, Answer | undefined>>>()
  return (section, key, version) => {
    let byKey = byVersion.get(version)
    if (!byKey) byVersion.set(version, (byKey = new Map<string, Map<string, Answer | undefined>>()))
    let bySection = byKey.get(key)
    if (!bySection) {
      if (!places().has(key)) return undefined
      const sections = everywhere(key).flatMap((facts) => facts.sections)
      bySection = new Map(sections.map((its) => [its, question(its, key, version)]))
      byKey.set(key, bySection)
    }
    return bySection.get(section)
  }
}

/** All facts ever true of a key in a section, whatever the version. */
export function entries(section: string, key: string): readonly DirectiveFacts[] {
  return everywhere(key).filter((facts) => facts.sections.includes(section))
}

/** All that is known of a key, in any section and version. */
export function everywhere(key: string): readonly DirectiveFacts[] {
  const known = parsed.get(key)
  if (known) return known
  const place = places().get(key)
  if (!place) return none
  // The generator wrote it in this shape.
  const all = JSON.parse(`[${directives.slice(place.from, place.to)}]`) as DirectiveFacts[]
  parsed.set(key, all)
  return all
}

/** The names of all directives, sorted. */
export function directiveNames(): readonly string[] {
  return (sorted ??= [...places().keys()].toSorted())
}

let sorted: readonly string[] | undefined

function isKnown(facts: DirectiveFacts, version: number): boolean {
  return (facts.since ?? 0) <= version && version < (facts.unknownSince ?? Infinity)
}

const none: readonly DirectiveFacts[] = []

/** What has been asked for: a unit has few of all directives. */
const parsed = new Map<string, readonly DirectiveFacts[]>()

/** Where the rows of a directive stand in the text, which follow each other. */
interface RowsAt {
  readonly from: number
  to: number
}

let found: Map<string, RowsAt> | undefined

function places(): ReadonlyMap<string, Readonly<RowsAt>> {
  if (found) return found
  found = new Map()
  const mark = '"key":"'
  // A row a line, between a bracket and another; a comma ends all but the last.
  for (let from = 2; from < directives.length - 1;) {
    const end = directives.indexOf('\n', from)
    const start = directives.indexOf(mark, from) + mark.length
    const key = directives.slice(start, directives.indexOf('"', start))
    const to = directives[end - 1] === ',' ? end - 1 : end
    const place = found.get(key)
    if (place) place.to = to
    else found.set(key, {from, to})
    from = end + 1
  }
  return found
}

/**
 * What is known of the values of a directive, beside the rest (the fields of directives.json that
 * validators use).
 */
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
  /**
   * The parser that a version's table names, by the first version that does; absent: always
   * `parser`.
   */
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
