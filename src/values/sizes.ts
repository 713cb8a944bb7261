import type {Validator} from './fault.ts'
import {lineFault} from './fault.ts'
import {parseSigned, scanInteger} from './integers.ts'
import {meantInfinity, plainly} from './meant.ts'
import {legacyNotice, parseShare} from './numbers.ts'
import {parserOf} from './parsers.ts'
import {quote} from './quote.ts'

/** Limits of memory: `MemoryMax=` (systemd.resource-control(5)). */
export const memorySize: Validator = function* (value, context) {
  const {facts, version} = context
  const notice = legacyNotice(value, facts, version)
  if (notice) yield notice
  if (value === 'infinity') return
  const share = parseShare(value, version)
  const bytes = share === undefined ? parseSize(value, 1024, version) : BigInt(share)
  if (bytes === undefined) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a size such as \`512M\`, a percentage up to \`100%\` or \`infinity\``,
      plainly(value, memorySize, context, meantSize),
    )
  } else if (bytes >= (1n << 64n) - 1n || (bytes === 0n && !takesZero.has(facts.key))) {
    yield lineFault(value, `Unexpected ${quote(value)}, expected a size above \`0\``)
  }
}

/** Sizes of buffers and pipes: `ReceiveBuffer=` (systemd.socket(5)). */
export const size: Validator = function* (value, context) {
  const {facts, version} = context
  const parser = parserOf(facts, version)
  if (parser === 'config_parse_long') {
    if (parseSigned(value, 64, version) === undefined)
      yield lineFault(value, `Unexpected ${quote(value)}, expected a number of bytes`)
    return
  }
  const bytes = parseSize(value, 1024, version)
  if (bytes !== undefined && (parser !== 'config_parse_iec_size_long' || bytes < 1n << 63n)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a size such as \`8M\``,
    plainly(value, size, context, meantSize),
  )
}

/** Quotas of disks: `StateDirectoryQuota=` (systemd.exec(5)). */
export const sizeOrPercent: Validator = function* (value, context) {
  const {facts, version} = context
  if (
    facts.keywords?.includes(value) ||
    parseShare(value, version) !== undefined ||
    parseSize(value, 1024, version) !== undefined
  )
    return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a size such as \`512M\`, a percentage up to \`100%\` or \`off\``,
    plainly(value, sizeOrPercent, context, meantSize),
  )
}

/**
 * A number of bytes: rows of a number, maybe with a fraction, and one of `E P T G M K B`, each
 * smaller than the one before; undefined for anything else, or more than 64 bits.
 */
export function parseSize(text: string, base: 1000 | 1024, version: number): bigint | undefined {
  let total = 0n
  let smallest = 0
  let at = 0
  do {
    at = behind(text, at, blank)
    const number = scanInteger(text, at, 10, version)
    if (!number || number.size >= 1n << 64n || text[at] === '-') return undefined
    const whole = number.isNegative ? BigInt.asUintN(64, -number.size) : number.size
    let fraction = ''
    let end = number.end
    if (text[end] === '.') {
      end++
      fraction = text.slice(end, behind(text, end, digits))
      if (
        fraction.replace(/^0+/, '').length > 20 ||
        BigInt(fraction.slice(0, 40) || '0') >= 1n << 64n
      )
        return undefined
      end += fraction.length
    }
    end = behind(text, end, blank)
    const suffix = suffixes.findIndex(
      (candidate, index) => index >= smallest && text.startsWith(candidate, end),
    )
    if (suffix === -1) return undefined
    const factor = BigInt(base) ** BigInt(Math.max(0, 6 - suffix))
    const part = /[1-9]/.test(fraction) ? 1n : 0n
    if (BigInt.asUintN(64, whole + part) > allOnes / factor) return undefined
    total += BigInt.asUintN(
      64,
      whole * factor + BigInt(Math.floor(Number(`0.${fraction || '0'}`) * Number(factor))),
    )
    if (total > allOnes) return undefined
    at = end + (suffixes[suffix]?.length ?? 0)
    smallest = suffix + 1
  } while (at < text.length)
  return total
}

/** Keys for which nothing at all is an amount. */
const takesZero: ReadonlySet<string> = new Set([
  'DefaultMemoryLow',
  'DefaultMemoryMin',
  'MemoryLow',
  'MemoryMin',
  'MemorySwapMax',
  'MemoryZSwapMax',
  'StartupMemoryLow',
  'StartupMemorySwapMax',
  'StartupMemoryZSwapMax',
])

const allOnes = (1n << 64n) - 1n
const suffixes = ['E', 'P', 'T', 'G', 'M', 'K', 'B', '']
const blank = /[ \t\n\r]*/y
const digits = /[0-9]*/y

function behind(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  pattern.test(text)
  return pattern.lastIndex
}

/**
 * The size or percentage that `512mb`, `512MiB`, `50 %` or `unlimited` plainly mean: systemd's
 * units are binary and have one upper-case letter.
 */
export function meantSize(bare: string): string {
  return meantInfinity(bare)
    .replaceAll(/(?<=[0-9.]) ?([kmgtpe])(?:i?b)?(?![a-z])/gi, (_, letter: string) =>
      letter.toUpperCase(),
    )
    .replace(/(?<=[0-9]) ?b(?:ytes)?$/i, 'B')
    .replace(/ %$/, '%')
}
