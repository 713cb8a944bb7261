import {environments, outcomesIn, samplesOf, withheldIn} from '../facts/environments.ts'
import type {EnvironmentId} from '../facts/environments.ts'
import {newestVersion} from '../facts/targets.ts'

/**
 * What becomes of a directive in containers, a line for all in which the same does; none where it
 * works, or nobody knows.
 */
export function inContainers(key: string): readonly string[] {
  const byWords = new Map<string, string[]>()
  for (const environment of Object.keys(environments) as EnvironmentId[]) {
    for (const words of key === 'AmbientCapabilities'
      ? withheldWords(environment)
      : wordsIn(environment, key)) {
      byWords.set(words, [...(byWords.get(words) ?? []), environment])
    }
  }
  return [...byWords].map(([words, names]) => `${names.join(', ')}: ${words}`)
}

/** Values that fare alike are told together. */
function wordsIn(environment: EnvironmentId, key: string): string[] {
  const outcomes = outcomesIn(environment, key, newestVersion)
  const fates = new Map<string, string[]>()
  for (const {value, does, because} of outcomes) {
    const words = `${does === 'ignored' ? 'is ignored' : does} (${because === undefined ? 'measured' : `known: ${because}`})`
    fates.set(words, [...(fates.get(words) ?? []), ...(/^[a-z-]+$/.test(value) ? [value] : [])])
    if (/^-\d/.test(value)) fates.set(words, ['below 0'])
  }
  return [...fates].map(([words, values]) =>
    values.length > 0 && (values[0] === 'below 0' || values.length < samplesOf(key))
      ? `${values.join(', ')} ${words}`
      : words,
  )
}

function withheldWords(environment: EnvironmentId): string[] {
  const missing = withheldIn(environment)
  return missing.length === 0 ? [] : [`nobody has ${missing.join(', ')} (measured)`]
}
