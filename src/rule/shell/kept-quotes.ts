import type {Complaint} from '../../unit/read/complaint.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {Unit} from '../unit.ts'
import {dialectOf} from '../../values/dialect.ts'
import {isValid} from '../validity.ts'

/**
 * The value of a line within the quotes that systemd keeps, without a word: as part of a name, a
 * path or what a condition asks for; undefined for others.
 */
export function keptQuotes(
  unit: Unit,
  {section, key, value}: Pick<Complaint, 'section'> & Pick<Assignment, 'key' | 'value'>,
): string | undefined {
  const inner = /^(["'])([^"'\\]+)\1$/.exec(value)?.[2]
  const facts =
    inner === undefined || section === undefined
      ? undefined
      : dialectOf(unit.target).row(section, key, unit.target.version)
  return facts &&
    keeping.has(facts.type) &&
    // What conditions compare is taken apart in words, without their quotes: `">= 5.4" "< 7"`.
    facts.valueType?.endsWith('comparison-list') !== true &&
    key !== 'Description' &&
    isValid(unit, section ?? '', key, inner ?? '')
    ? inner
    : undefined
}

/**
 * Types of values that are taken as they stand, quotes and all; a description may well have quotes.
 */
const keeping: ReadonlySet<string> = new Set([
  'condition-path',
  'condition-string',
  'fd-name',
  'instance-name',
  'mount-source',
  'path',
  'string',
  'user-or-group',
])
