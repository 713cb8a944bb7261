import {corrections} from './data/directive-corrections.ts'
import {askedOnce, directive, entries, type DirectiveFacts, type ValueFacts} from './directives.ts'

/**
 * The facts of a directive in a section as of a version, corrected; undefined when that systemd
 * does not know it there.
 */
export const valueFacts = askedOnce((section, key, version): ValueFacts | undefined => {
  // The table has the fields of `ValueFacts`; `DirectiveFacts` names some of them.
  const facts: ValueFacts | undefined =
    directive(section, key, version) ?? backported(section, key, version)
  const correction = corrections.get(`${section}.${key}`) ?? corrections.get(key)
  return facts && correction ? {...facts, ...correction} : facts
})

/** A directive that the point releases of an older version took over. */
function backported(section: string, key: string, version: number): DirectiveFacts | undefined {
  return entries(section, key).find((facts) =>
    Object.hasOwn((facts as ValueFacts).backported ?? {}, version),
  )
}
