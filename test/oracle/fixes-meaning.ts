import {parseBoolean} from '../../src/values/boolean.ts'
import type {ValueFacts} from '../../src/facts/directives.ts'
import {fieldsOf} from '../../src/values/fields.ts'
import {parseSize} from '../../src/values/sizes.ts'
import {parseTimeSpan} from '../../src/values/time.ts'

/** What a value that systemd takes means, as text: the same for two spellings of the same. */
export function meaningOf(value: string, facts: ValueFacts, version: number): string {
  if (parseBoolean(value) !== undefined && takesBoolean(facts)) return String(parseBoolean(value))
  if (facts.type.startsWith('timespan')) return String(parseTimeSpan(value, 's', version) ?? value)
  if (facts.type.includes('size')) return String(parseSize(value, 1024, version) ?? value)
  if (facts.type === 'rlimit') return value.replaceAll(' ', '')
  if (facts.type === 'mode') return String(Number.parseInt(value, 8))
  if (facts.type === 'signal' || facts.type === 'exit-status-list')
    return wordsOf(value, version)
      .map((word) => word.replace(/^SIG/, ''))
      .join(' ')
  if (facts.type === 'capability-set' || facts.type === 'errno')
    return wordsOf(value, version).join(' ').toUpperCase()
  if (facts.type === 'cpu-set') return wordsOf(value.replaceAll(',', ' '), version).join(' ')
  return facts.words === undefined && !facts.type.startsWith('device')
    ? value
    : wordsOf(value.replace(/^~ +/, '~'), version).join(' ')
}

function takesBoolean({type, booleanToo}: ValueFacts): boolean {
  return booleanToo === true || type === 'tristate' || type.startsWith('boolean')
}

/** The words of a list, without quotes. */
function wordsOf(value: string, version: number): string[] {
  return fieldsOf(value, version, {quotes: true, backslash: 'keep', relaxed: true}).fields.map(
    ({text}) => text,
  )
}
