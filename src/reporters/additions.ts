import type {Position} from 'unist'
import type {FindingSeverity} from '../engine/finding.ts'
import type {Applicability} from '../rule/rule.ts'
import type {Message} from './lint-result.ts'

/**
 * Options that are missing at one place, by who would add them: their names, with the targets that
 * want them where not all do.
 */
export interface Additions {
  readonly severity: FindingSeverity
  readonly place: Position
  /** `--fix`. */
  readonly safe: string[]
  /** `--fix --unsafe-fixes`. */
  readonly unsafe: string[]
  /** Nobody but the reader. */
  readonly open: string[]
}

/**
 * From how many on they are shown as one: fewer fit on as many lines by themselves, with their
 * rules.
 */
const minimum = 4

/**
 * An assignment that a message asks for, and nothing else but a few words without a comma, or the
 * targets that it holds for: ``Expected `PrivateTmp=yes` (252, 257)``.
 */
const addition = /^Expected `([A-Za-z]\w*)=[^`]*`(?:[^,`()]*)(\([^`()]*\))?$/

/**
 * Put together what a unit lacks: many rules ask for one more line each, and all of them point at
 * the header of the section.
 *
 * Messages belong together when they have place and severity in common and their text is an
 * addition. The others stay as they are; the order is that of the first message of each.
 */
export function groupAdditions(messages: readonly Message[]): Array<Message | Additions> {
  const groups = new Map<unknown, Message[]>()
  for (const message of messages) {
    const key = groupOf(message) ?? message
    const members = groups.get(key)
    if (members) members.push(message)
    else groups.set(key, [message])
  }
  return [...groups.values()].flatMap((members): ReadonlyArray<Message | Additions> => {
    const additions = additionsOf(members)
    return additions ? [additions] : members
  })
}

function groupOf({place, severity, fatal, text}: Message): string | undefined {
  if (!place || fatal || !addition.test(text)) return undefined
  return [severity, place.start.line, place.start.column, place.end.line, place.end.column].join(
    ':',
  )
}

function additionsOf(members: readonly Message[]): Additions | undefined {
  const [{severity, place} = {severity: undefined, place: undefined}] = members
  if (members.length < minimum || severity === undefined || !place) return undefined
  const added = (applicability: Applicability | undefined): string[] =>
    members
      .filter(
        ({fix}) =>
          (fix?.applicability === 'suggestion' ? undefined : fix?.applicability) === applicability,
      )
      .map(nameOf)
  return {severity, place, safe: added('safe'), unsafe: added('unsafe'), open: added(undefined)}
}

/** The option that is asked for, without its value, which the fix knows. */
function nameOf({text}: Message): string {
  const [, key = '', targets] = addition.exec(text) ?? []
  return targets === undefined ? key : `${key} ${targets}`
}
