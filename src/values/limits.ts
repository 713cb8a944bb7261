import type {Validator, ValueContext} from './fault.ts'
import {lineFault} from './fault.ts'
import {fieldAt, splittingFault} from './fields.ts'
import {parseUnsigned} from './integers.ts'
import {meantInfinity, plainly} from './meant.ts'
import {quote} from './quote.ts'
import {meantSize, parseSize} from './sizes.ts'
import {meantSpan, parseTimeSpan} from './time.ts'

/** Limits of processes: `LimitNOFILE=SOFT:HARD` (systemd.exec(5), "process properties"). */
export const rlimit: Validator = function* (value, context) {
  const {version} = context
  const first = fieldAt(value, 0, version, colons)
  const second =
    first && 'text' in first && first.next !== undefined
      ? fieldAt(value, first.next, version, colons)
      : undefined
  for (const field of [first, second]) {
    if (!field || 'text' in field) continue
    yield splittingFault(field)
    return
  }
  const soft = first && 'text' in first ? parseLimit(first.text, context) : undefined
  const hard = second && 'text' in second ? parseLimit(second.text, context) : soft
  const isWhole =
    !second || !('text' in second) || second.next === undefined || second.next === value.length
  if (soft === undefined || hard === undefined || !isWhole) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected ${expected(context)}, or two of these as \`SOFT:HARD\``,
      plainly(value, rlimit, context, (bare) => meantLimit(bare, context)),
    )
  } else if (soft > hard) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a soft limit that is not above the hard one`,
    )
  }
}

const colons = {separators: ':', everySeparator: true}
const unlimited = (1n << 64n) - 1n

/** The limit in the units of setrlimit(2). */
function parseLimit(text: string, {facts, version}: ValueContext): bigint | undefined {
  const {resource = '', unit = ''} = facts
  if (resource === 'NICE') return parseNiceLimit(text, version)
  if (text === 'infinity') return unlimited
  if (unit.includes('timespan')) {
    const span = parseTimeSpan(text, resource === 'CPU' ? 's' : 'us', version)
    if (span === 'infinity') return unlimited
    return span === undefined || resource !== 'CPU' ? span : (span + 999_999n) / 1_000_000n
  }
  const limit = unit.startsWith('bytes')
    ? parseSize(text, 1024, version)
    : parseUnsigned(text, 64, version)
  return limit === undefined || limit >= unlimited ? undefined : limit
}

/** With a sign a nice level, without one the number that setrlimit(2) takes. */
function parseNiceLimit(text: string, version: number): bigint | undefined {
  const sign = text[0]
  const number = parseUnsigned(sign === '+' || sign === '-' ? text.slice(1) : text, 64, version)
  if (number === undefined) return undefined
  if (sign === '+') return number < 20n ? 20n - number : undefined
  if (sign === '-') return number <= 20n ? 20n + number : undefined
  return number <= 40n ? number : undefined
}

function expected({facts}: ValueContext): string {
  const {resource = '', unit = ''} = facts
  if (resource === 'NICE') return 'a nice level from `+19` to `-20` or a number from `0` to `40`'
  if (unit.includes('timespan')) return 'a time span such as `10min` or `infinity`'
  return unit.startsWith('bytes') ? 'a size such as `512M` or `infinity`' : 'a number or `infinity`'
}

/** `unlimited` as a shell calls it, and units of size and time as people write them. */
function meantLimit(bare: string, {facts}: ValueContext): string {
  const {unit = ''} = facts
  return bare
    .split(':')
    .map((part) =>
      unit.startsWith('bytes')
        ? meantSize(part)
        : unit.includes('timespan')
          ? meantSpan(part)
          : meantInfinity(part),
    )
    .join(':')
}
