import type {ValueFacts} from '../../facts/directives.ts'
import type {TakenLine} from './lines.ts'
import {isNothing, listWrittenBy} from './places.ts'
import type {AssignmentSource} from '../unit.ts'

/**
 * The lines that may have to do with each other, or that are not simply what they say; the others
 * count as they stand. In most units there is hardly one.
 */
export function tangled(lines: readonly TakenLine[], unit: AssignmentSource): readonly TakenLine[] {
  if (areApart(lines, unit)) return none
  const groups = new Map<string, TakenLine[]>()
  for (const line of lines) {
    const name = groupOf(line)
    const group = groups.get(name)
    if (group) group.push(line)
    else groups.set(name, [line])
  }
  const found = new Set(
    [...groups.values()].flatMap((group) =>
      group.length > 1 || group.some((line) => isOdd(line, unit)) ? group : [],
    ),
  )
  return lines.filter((line) => found.has(line))
}

const none: readonly TakenLine[] = []

/**
 * Whether no two lines can have to do with each other: a quick look, which is enough for most
 * units.
 */
function areApart(lines: readonly TakenLine[], unit: AssignmentSource): boolean {
  const seen = new Set<string>()
  for (const line of lines) {
    const {facts} = line
    if (
      isOdd(line, unit) ||
      reaching.some((start) => facts.key.startsWith(start)) ||
      facts.aliasOf !== undefined
    )
      return false
    if (seen.has(facts.key) && !(facts.repeat === 'append' && adding.has(facts.type))) return false
    seen.add(facts.key)
  }
  return true
}

/** Directives that share a setting with others. */
const reaching = ['TimeoutS', 'CPUScheduling', 'IOScheduling', 'LoadCredential', 'SetCredential']

/** Types of which each line adds to those before it, whatever it says. */
const adding: ReadonlySet<string> = new Set([
  'unit-list',
  'exec-command',
  'path-list',
  'prefixed-path-list',
  'condition-path',
  'condition-string',
])

/** What reaches into another setting than its own is in one group with it. */
function groupOf({assignment: {section, key}, facts}: TakenLine): string {
  if (section === 'Service' && timeouts.has(key)) return 'timeouts'
  const place = listWrittenBy(section, key, facts)
  return isModeOfFolder(facts) ? place.slice(0, -'Mode'.length) : place
}

const timeouts: ReadonlySet<string> = new Set(['TimeoutSec', 'TimeoutStartSec', 'TimeoutStopSec'])

function isModeOfFolder({key}: ValueFacts): boolean {
  return key.endsWith('DirectoryMode')
}

/** Whether a line does something else than to set all that it says. */
function isOdd(
  {assignment: {key, value}, facts, skipped}: TakenLine,
  unit: AssignmentSource,
): boolean {
  return (
    value === '' ||
    key === 'Environment' ||
    facts.type === 'cpu-set' ||
    skipped.length > 0 ||
    (value.startsWith('%') && isNothing(value, facts, unit))
  )
}
