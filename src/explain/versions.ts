import {fileSections} from '../facts/data/directives.ts'
import {newestVersion, oldestVersion} from '../facts/targets.ts'
import {unitTypes} from '../facts/unit-types.ts'
import {valueFacts} from '../facts/value-facts.ts'
import type {ValueFacts} from '../facts/directives.ts'
import {validate} from '../values/validate.ts'

const versions = Array.from(
  {length: newestVersion - oldestVersion + 1},
  (_, index) => oldestVersion + index,
)

/**
 * What is known of a directive in a section, as the newest version has it that knows the directive.
 */
export function newestFacts(
  section: string,
  key: string,
  {unknownSince = Infinity}: ValueFacts,
): ValueFacts | undefined {
  return valueFacts(section, key, Math.min(newestVersion, unknownSince - 1))
}

/**
 * What systemd makes of a value: which versions take it, or why none does; undefined where all take
 * it that know the directive.
 */
export function takenBy(section: string, key: string, value: string): string | undefined {
  const known = versions.filter((version) => isAtWork(section, key, version))
  const taking = known.filter((version) => complaint(section, key, value, version) === undefined)
  if (taking.length === known.length) return undefined
  const newest = known.at(-1) ?? newestVersion
  return taking.length === 0
    ? `${byNone}: ${complaint(section, key, value, newest)}`
    : `by ${ranges(taking, known).join(', ')}`
}

/** How the answer begins where no version takes a value. */
export const byNone = 'by none'

function isAtWork(section: string, key: string, version: number): boolean {
  const facts = valueFacts(section, key, version)
  return (
    facts !== undefined &&
    version < (facts.removedSince ?? Infinity) &&
    !facts.unsupportedInThisSection
  )
}

function complaint(
  section: string,
  key: string,
  value: string,
  version: number,
): string | undefined {
  const facts = valueFacts(section, key, version)
  if (!facts) return undefined
  const unitType = unitTypes.find((type) => fileSections[type]?.includes(section)) ?? 'service'
  const context = {
    facts,
    version,
    manager: 'system',
    unitType,
    unitName: `example.${unitType}`,
    section,
    memory: new Set<string>(),
  } as const
  for (const {effect, message, meant} of validate(value, context)) {
    if (effect === 'notice') continue
    return meant === undefined || message.includes(`\`${meant}\``)
      ? message
      : `${message}, did you mean \`${meant}\`?`
  }
  return undefined
}

/** Runs of versions, the last one open where it goes to the end: `247 to 252, 257 and later`. */
function ranges(taking: readonly number[], known: readonly number[]): string[] {
  const starts = taking.filter((version) => !taking.includes(version - 1))
  return starts.map((start) => {
    const end = taking.find((version) => version >= start && !taking.includes(version + 1)) ?? start
    if (end === known.at(-1)) return `${start} and later`
    return start === end ? String(start) : `${start} to ${end}`
  })
}
