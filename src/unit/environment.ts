import {outcomesIn, triedFor, withheldIn} from '../facts/environments.ts'
import type {EnvironmentId, Outcome} from '../facts/environments.ts'
import {isWordDirective} from '../facts/sandboxing/rows.ts'
import {strictnessOf} from '../facts/strictness.ts'
import {parseBoolean} from '../values/boolean.ts'
import {splitWords} from '../values/words.ts'
import type {LoadedUnit} from './load.ts'
import {isOff} from './user-manager.ts'
import {valueOf, valuesOf} from './value.ts'
import type {Value} from './value.ts'

/** What becomes of a line where its unit runs, and who knows. */
export interface EnvironmentFate {
  readonly at: Value
  /** All in which the same becomes of it, by the same word. */
  readonly environments: readonly EnvironmentId[]
  /** `ignored`, `in part` with what it does not do, or `fails` with the exit status of systemd. */
  readonly does: string
  /** Of a capability that nobody has there. */
  readonly word?: string
  /** A sentence without its stop: measured with which systemd, or known from whom. */
  readonly because: string
}

/** What does not work of the lines in force of a directive where the unit runs. */
export function fatesInEnvironments(
  unit: LoadedUnit,
  section: string,
  key: string,
): readonly EnvironmentFate[] {
  const {environments = [], version} = unit.target
  const found = environments.flatMap((environment) =>
    key === 'AmbientCapabilities'
      ? withheld(unit, key, environment)
      : fates(unit, section, key, environment),
  )
  const same = new Map<string, {-readonly [Key in keyof EnvironmentFate]: EnvironmentFate[Key]}>()
  for (const {environment, at, does, word, because} of found) {
    const name = `${does} ${word ?? ''} ${because ?? ''}`
    const told =
      because === undefined ? `Measured with systemd ${triedFor(version)}` : `Known: ${because}`
    const its = same.get(name) ?? {
      at,
      environments: [],
      does,
      ...(word === undefined ? {} : {word}),
      because: told,
    }
    same.set(name, {...its, environments: [...its.environments, environment]})
  }
  return [...same.values()]
}

/** The lines with which a service does not start where its unit runs, as text. */
export function failingLines(unit: LoadedUnit): readonly string[] {
  if (!unit.target.environments) return []
  const pairs = new Map(
    unit.lines.map(({section, key}) => [`${section}.${key}`, {section, key}] as const),
  )
  return [...pairs.values()].flatMap(({section, key}) =>
    fatesInEnvironments(unit, section, key).flatMap(({at, does}) =>
      does.startsWith('fails') ? [`${key}=${at.value}`] : [],
    ),
  )
}

interface Found {
  readonly environment: EnvironmentId
  readonly at: Value
  readonly does: string
  readonly word?: string
  readonly because?: string | undefined
}

function fates(
  unit: LoadedUnit,
  section: string,
  key: string,
  environment: EnvironmentId,
): Found[] {
  const at = valueOf(unit, key)
  const fitting = at && outcomeOf(unit, section, {key, value: at.value}, environment)
  return fitting ? [{environment, at, does: fitting.does, because: fitting.because}] : []
}

/**
 * What becomes of a value in an environment, be it in the unit or not; undefined where it works, or
 * nobody knows.
 */
function outcomeOf(
  unit: LoadedUnit,
  section: string,
  {key, value}: {readonly key: string; readonly value: string},
  environment: EnvironmentId,
): Outcome | undefined {
  const {version} = unit.target
  return isOff(unit, section, key, value)
    ? undefined
    : outcomesIn(environment, key, version).find((one) => isSample(one, key, value, version))
}

/**
 * What would become of a directive's value in `[Service]` where the unit runs, in words; none where
 * it works, or nobody knows.
 */
export function wordsForEnvironments(
  unit: LoadedUnit,
  key: string,
  value: string,
): readonly string[] {
  const {environments = [], version} = unit.target
  return environments.flatMap((environment) => {
    const {does, because} = outcomeOf(unit, 'Service', {key, value}, environment) ?? {}
    if (does === undefined) return []
    return [
      `${environment}: ${does === 'ignored' ? 'is ignored' : does}, ${because === undefined ? `measured with systemd ${triedFor(version)}` : `known: ${because}`}`,
    ]
  })
}

/** The capabilities that are asked for and that no process has there. */
function withheld(unit: LoadedUnit, key: string, environment: EnvironmentId): Found[] {
  const missing = withheldIn(environment)
  return valuesOf(unit, key).flatMap((at) => {
    const words = splitWords(at.value, 'quotes').words.map(({text}) => text)
    return words.flatMap((word) =>
      missing.includes(word) ? [{environment, at, does: 'ignored', word}] : [],
    )
  })
}

/** Whether what is known of a sample holds for a value. */
function isSample({value: sample}: Outcome, key: string, value: string, version: number): boolean {
  if (sample === '' || sample === value) return true
  // Numbers of which only negative ones take rights.
  if (/^-\d+$/.test(sample)) return value.startsWith('-')
  if (isWordDirective(key)) return isSameWord(key, sample, value, version)
  return numbered[key] ? numbered[key][value] === sample : true
}

/** Words that have numbers, too: nothing is known of others of theirs. */
const numbered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CPUSchedulingPolicy: {1: 'fifo', 2: 'rr'},
  IOSchedulingClass: {1: 'realtime'},
  StandardInput: {},
}

function isSameWord(key: string, sample: string, value: string, version: number): boolean {
  const word = parseBoolean(value) === true ? 'yes' : value
  if (word === sample) return true
  const level = strictnessOf(key, word, version)
  return level >= 0 && level === strictnessOf(key, sample, version)
}
