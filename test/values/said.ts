import {valueFacts} from '../../src/facts/value-facts.ts'
import {validate} from '../../src/values/validate.ts'
import {unitTypes, type UnitType} from '../../src/facts/unit-types.ts'

/** What is written for a fault: where, what is lost, the message, and what is meant. */
export function said(assignment: string, version = 257, memory = new Set<string>()): string[] {
  const [, section = '', key = '', value = ''] = /^(\w+)\.(\w+)=(.*)$/s.exec(assignment) ?? []
  const facts = valueFacts(section, key, version)
  if (!facts) throw new Error(`Expected a directive, found ${assignment}`)
  const unitType: UnitType = unitTypes.find((type) => type === section.toLowerCase()) ?? 'service'
  const context = {
    facts,
    version,
    manager: 'system',
    unitType,
    unitName: `foo-bar@a-b.${unitType}`,
    section,
    memory,
  } as const
  return [...validate(value, context)].map(
    ({from, to, effect, message, meant, silent, unplaced}) => {
      const quiet = silent ? ' in silence' : unplaced ? ' without a line' : ''
      return `${from}-${to} ${effect}${quiet}: ${message}${meant === undefined ? '' : ` → ${meant}`}`
    },
  )
}

/** The values that systemd would say something about, of those that a directive is given. */
export function refused(directive: string, values: readonly string[], version?: number): string[] {
  return values.filter((value) =>
    said(`${directive}=${value}`, version).some(
      (text) => !/ (?:in silence|without a line): /.test(text),
    ),
  )
}
