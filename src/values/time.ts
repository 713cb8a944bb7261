import {nearest} from '../facts/nearest.ts'
import {expand} from './expansion.ts'
import {lineFault, type Validator} from './fault.ts'
import {scanInteger} from './integers.ts'
import {meantInfinity, plainly} from './meant.ts'
import {quote} from './quote.ts'

/** Spans of time whose bare number is seconds (systemd.time(7), "parsing time spans"). */
export const timespan: Validator = function* (value, context) {
  const text = expand(value, context)
  const span = text === undefined ? undefined : parseTimeSpan(text, 's', context.version)
  if (span === undefined) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a time span such as \`5min 20s\``,
      plainly(value, timespan, context, meantSpan),
    )
  } else if (context.facts.min !== undefined && (span === 'infinity' || span < 1_000_000n)) {
    yield lineFault(value, `Unexpected ${quote(value)}, expected a time span from \`1s\` on`)
  }
}

/** Spans of time whose bare number is nanoseconds: `TimerSlackNSec=` (systemd.exec(5)). */
export const timespanNs: Validator = function* (value, context) {
  if (parseTimeSpan(value, 'ns', context.version) !== undefined) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a time span such as \`50us\``,
    plainly(value, timespanNs, context, meantSpan),
  )
}

/**
 * A span of time in microseconds, or in nanoseconds when a bare number is; undefined for what
 * systemd cannot read, and for what does not fit 64 bits.
 */
export function parseTimeSpan(
  text: string,
  bare: 's' | 'us' | 'ns',
  version: number,
): bigint | 'infinity' | undefined {
  const scale = bare === 'ns' ? 1000n : 1n
  const defaultUnit = bare === 's' ? 1_000_000n : 1n
  let at = behindBlank(text, 0)
  if (text.startsWith('infinity', at))
    return behindBlank(text, at + 8) === text.length ? 'infinity' : undefined
  if (at === text.length) return undefined
  let total = 0n
  while (at < text.length) {
    if (text[at] === '-') return undefined
    const number = scanInteger(text, at, 10, version)
    const dot = number ? number.end : at
    if (number && (number.size >= 1n << 63n || (number.isNegative && number.size > 0n)))
      return undefined
    if (!number && text[dot] !== '.') return undefined
    let decimals = ''
    let end = dot
    if (text[dot] === '.') {
      decimalDigits.lastIndex = dot + 1
      decimals = decimalDigits.exec(text)?.[0] ?? ''
      end = dot + 1 + decimals.length
    }
    const unitAt = behindBlank(text, end)
    const unit = unitAt < text.length ? unitOf(text, unitAt, bare === 'ns', version) : undefined
    const factor =
      unit === undefined
        ? defaultUnit
        : unit === 'ns' || unit === 'nsec'
          ? 1n
          : (units.get(unit) ?? 1n) * scale
    at = unitAt + (unit?.length ?? 0)
    if (at === end && at < text.length) return undefined
    if ((number?.size ?? 0n) >= allOnes / factor) return undefined
    total += (number?.size ?? 0n) * factor
    if (total >= allOnes) return undefined
    if (text[dot] === '.') {
      if (decimals === '') return undefined
      total += fractionOf(decimals, factor)
      if (total >= allOnes) return undefined
    }
    at = behindBlank(text, at)
  }
  return total
}

/**
 * `5S`, `1 Hour` and `10 secs` in the spelling that systemd knows; `M` is months and `m` minutes,
 * so that one is left alone.
 */
export function meantSpan(bare: string): string {
  return meantInfinity(bare).replaceAll(/[A-Za-z]+/g, (word) =>
    word === 'M' || word === 'infinity' ? word : meantUnit(word.toLowerCase()),
  )
}

/** A unit in the spelling that systemd knows; short ones differ by a letter. */
function meantUnit(word: string): string {
  const known = otherUnits.get(word)
  if (known !== undefined || units.has(word) || word.length < 5) return known ?? word
  return nearest(word, longUnits) ?? word
}

/** Units as people write them who do not know these. */
const otherUnits: ReadonlyMap<string, string> = new Map([
  ['microseconds', 'us'],
  ['usecs', 'us'],
  ['milliseconds', 'ms'],
  ['millis', 'ms'],
  ['msecs', 'ms'],
  ['secs', 's'],
  ['mins', 'min'],
  ['hrs', 'h'],
  ['wks', 'w'],
  ['yrs', 'y'],
])

const allOnes = (1n << 64n) - 1n
const decimalDigits = /[0-9]*/y
const blank = /[ \t\n\r]*/y

function behindBlank(text: string, at: number): number {
  blank.lastIndex = at
  blank.test(text)
  return blank.lastIndex
}

/** What the decimals of a number are in the small unit, cut digit by digit. */
function fractionOf(decimals: string, factor: bigint): bigint {
  let total = 0n
  let place = factor / 10n
  for (const digit of decimals) {
    if (place === 0n) break
    total += BigInt(digit) * place
    place /= 10n
  }
  return total
}

/** Units in microseconds. */
const units: ReadonlyMap<string, bigint> = new Map(
  (
    [
      ['us usec µs μs', 1],
      ['ms msec', 1000],
      ['s sec second seconds', 1_000_000],
      ['m min minute minutes', 60_000_000],
      ['h hr hour hours', 3_600_000_000],
      ['d day days', 86_400_000_000],
      ['w week weeks', 604_800_000_000],
      ['M month months', 2_629_800_000_000],
      ['y year years', 31_557_600_000_000],
    ] as const
  ).flatMap(([names, length]) => names.split(' ').map((name) => [name, BigInt(length)] as const)),
)

const longUnits = [...units.keys()].filter((name) => name.length >= 4)

/** The longest name of a unit that stands at an offset. */
function unitOf(text: string, at: number, nano: boolean, version: number): string | undefined {
  return [...units.keys(), ...(nano ? ['ns', 'nsec'] : [])]
    .filter((name) => text.startsWith(name, at) && isKnown(name, version))
    .toSorted((one, other) => other.length - one.length)[0]
}

/** The Greek letter came with 252, the sign for micro was always there. */
function isKnown(name: string, version: number): boolean {
  return version >= 252 || !name.startsWith('μ')
}
