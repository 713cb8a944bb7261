/**
 * A signed number as C writes it: optional sign, `0x`, `0`, `0o` or `0b`; undefined for anything
 * else or one that does not fit the bits.
 */
export function parseSigned(text: string, bits: 32 | 64, version: number): bigint | undefined {
  const {start, base} = beginning(text, 0)
  const number = scanInteger(text, start, base, version)
  if (number?.end !== text.length) return undefined
  const value = number.isNegative ? -number.size : number.size
  return value >= -(1n << 63n) && value < 1n << 63n && BigInt.asIntN(bits, value) === value
    ? value
    : undefined
}

/** How a non-negative number may be written. */
export interface UnsignedForm {
  /** 0, the default, means as C writes it. */
  readonly base?: 0 | 8
  /** Not even `+` or `-0`. */
  readonly refusesSign?: boolean
  readonly refusesLeadingBlank?: boolean
}

/**
 * A number that is not negative, as C writes it; undefined for anything else or one that does not
 * fit the bits.
 */
export function parseUnsigned(
  text: string,
  bits: 8 | 16 | 32 | 64,
  version: number,
  {base: asked = 0, refusesSign = false, refusesLeadingBlank = false}: UnsignedForm = {},
): bigint | undefined {
  const {start, base} = beginning(text, asked)
  if (refusesLeadingBlank && /^[ \t\n\r]/.test(text)) return undefined
  if (refusesSign && /[+-]/.test(text.slice(start, start + 1))) return undefined
  const number = scanInteger(text, start, base, version)
  if (number?.end !== text.length || number.size >= 1n << 64n) return undefined
  const value = number.isNegative ? BigInt.asUintN(64, -number.size) : number.size
  if (value !== 0n && text[start] === '-') return undefined
  return value < 1n << BigInt(bits) ? value : undefined
}

/** A number as strtol(3) finds it in a text. */
export interface ScannedNumber {
  /** Without its sign; anything above 64 bits is just some number above 64 bits. */
  readonly size: bigint
  readonly isNegative: boolean
  /** Offset behind its last digit. */
  readonly end: number
}

/**
 * The number that begins at an offset, after white space and with an optional sign, as strtol(3)
 * finds it; undefined for none.
 *
 * The C libraries that systemd 255 to 261 come with take `0b` in any number; before and after, only
 * systemd itself does, at the start of a text.
 */
export function scanInteger(
  text: string,
  at: number,
  base: 0 | 2 | 8 | 10,
  version: number,
): ScannedNumber | undefined {
  blanks.lastIndex = at
  blanks.test(text)
  let digits = blanks.lastIndex
  const sign = text[digits]
  if (sign === '+' || sign === '-') digits++
  const prefix = text.slice(digits, digits + 3)
  let radix: 2 | 8 | 10 | 16 = base === 0 ? (prefix.startsWith('0') ? 8 : 10) : base
  if (base === 0 && /^0[xX][0-9a-fA-F]/.test(prefix)) {
    radix = 16
    digits += 2
  } else if (
    (base === 0 || base === 2) &&
    version >= 255 &&
    version < 262 &&
    /^0[bB][01]/.test(prefix)
  ) {
    radix = 2
    digits += 2
  }
  const pattern = digitsOf[radix]
  pattern.lastIndex = digits
  const [found] = pattern.exec(text) ?? []
  if (found === undefined) return undefined
  return {size: sizeOf(found, radix), isNegative: sign === '-', end: digits + found.length}
}

/**
 * Where a number begins and in which base it is, by the prefixes that systemd knows and C does not.
 */
function beginning(text: string, base: 0 | 8): {start: number; base: 0 | 2 | 8} {
  systemdBlanks.lastIndex = 0
  systemdBlanks.test(text)
  const start = systemdBlanks.lastIndex
  const prefix = base === 0 ? text.slice(start, start + 2).toLowerCase() : ''
  if (prefix === '0b') return {start: start + 2, base: 2}
  if (prefix === '0o') return {start: start + 2, base: 8}
  return {start, base}
}

const systemdBlanks = /[ \t\n\r]*/y
/** What isspace(3) holds for. */
const blanks = /[ \t\n\v\f\r]*/y
const digitsOf = {2: /[01]+/y, 8: /[0-7]+/y, 10: /[0-9]+/y, 16: /[0-9a-fA-F]+/y}

const prefixOf = {2: '0b', 8: '0o', 10: '', 16: '0x'}

function sizeOf(digits: string, radix: 2 | 8 | 10 | 16): bigint {
  const significant = digits.replace(/^0+/, '')
  // Longer ones have more than 64 bits in any base; reading them whole would take time that grows
  // with the square.
  return significant.length > 64 ? 1n << 64n : BigInt(prefixOf[radix] + (significant || '0'))
}
