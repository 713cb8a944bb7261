import type {ValueFacts} from '../facts/directives.ts'
import {lineFault, type ValueFault, type Validator, type ValueContext} from './fault.ts'
import {parseSigned, parseUnsigned} from './integers.ts'
import {meantInfinity, plainly} from './meant.ts'
import {quote} from './quote.ts'

/**
 * Numbers with a sign: `Nice=`, `OOMScoreAdjust=`, `Priority=` (systemd.exec(5), systemd.socket(5),
 * systemd.swap(5)).
 */
export const integer: Validator = function* (value, context) {
  const {facts, version} = context
  const {bits, min, max} = integerRange(context)
  const number =
    facts.parser === 'config_parse_exit_status'
      ? parseUnsigned(value, 8, version)
      : parseSigned(value, bits, version)
  if (number === undefined || number < min || number > max)
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a number from \`${min}\` to \`${max}\``,
    )
}

/**
 * Numbers that are not negative: `StartLimitBurst=`, `Backlog=` (systemd.unit(5),
 * systemd.socket(5)).
 */
export const unsigned: Validator = function* (value, context) {
  const {facts, version} = context
  if (facts.keywords?.includes(value)) return
  if (parseUnsigned(value, 32, version) !== undefined) return
  const or = (facts.keywords ?? []).map((word) => ` or \`${word}\``).join('')
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a number from \`0\` to \`4294967295\`${or}`,
    plainly(value, unsigned, context, (bare) => bare.toLowerCase()),
  )
}

/** Weights of control groups: `CPUWeight=`, `IOWeight=` (systemd.resource-control(5)). */
export const weight: Validator = function* (value, context) {
  const {facts, version} = context
  const {min = 1, max = 10_000} = facts
  const takesIdle = facts.keywords?.includes('idle') === true && version >= 252
  if (takesIdle && value === 'idle') return
  if (isWeight(value, version, BigInt(min), BigInt(max))) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a number from \`${min}\` to \`${max}\`${takesIdle ? ' or `idle`' : ''}`,
    plainly(value, weight, context, (bare) => bare.toLowerCase()),
  )
}

/**
 * Shares of the processor in control groups of version 1: `CPUShares=`
 * (systemd.resource-control(5)).
 */
export const cpuShares: Validator = function* (value, context) {
  const notice = legacyNotice(value, context.facts, context.version)
  if (notice) yield notice
  yield* weight(value, context)
}

/** Percentages: `CPUQuota=`, `ManagedOOMMemoryPressureLimit=` (systemd.resource-control(5)). */
export const percent: Validator = function* (value, context) {
  const {facts, version, section} = context
  // The table has the first name of this key for all sections, but only some unit types take it, as
  // for the later one.
  if (
    facts.key === 'ManagedOOMMemoryPressureLimitPercent' &&
    section !== 'Service' &&
    section !== 'Slice'
  ) {
    yield lineFault(value, `Unexpected \`${facts.key}=\`, expected it in a service or slice`)
    return
  }
  const isQuota = facts.positive === true
  const share = isQuota
    ? parseShare(value, version, true)
    : version < 248
      ? parseWholePercent(value, version)
      : parseShare(value, version)
  if (share !== undefined && (!isQuota || share > 0)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a percentage ${isQuota ? 'above `0%`' : 'up to `100%`'} such as \`50%\``,
    plainly(value, percent, context, meantPercent),
  )
}

/** A percentage without its sign, or with a blank before it. */
function meantPercent(bare: string): string | undefined {
  const [, number] = /^([1-9][0-9]{0,9}(?:\.[0-9]{1,2})?) ?%?$/.exec(bare) ?? []
  return number && `${number}%`
}

/** How many tasks a control group may hold: `TasksMax=` (systemd.resource-control(5)). */
export const tasksMax: Validator = function* (value, context) {
  const {version} = context
  if (value === 'infinity' || parseShare(value, version) !== undefined) return
  const count = parseUnsigned(value, 64, version)
  if (count !== undefined && count > 0n && count < (1n << 64n) - 1n) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a number above \`0\`, a percentage up to \`100%\` or \`infinity\``,
    plainly(value, tasksMax, context, (bare) =>
      bare.endsWith('%') ? meantPercent(bare) : meantInfinity(bare),
    ),
  )
}

/** Whether a text is a weight between two bounds. */
export function isWeight(text: string, version: number, min: bigint, max: bigint): boolean {
  const number = parseUnsigned(text, 64, version)
  return number !== undefined && number >= min && number <= max
}

/**
 * A percentage in ten thousandths: `N%` with two decimals, `N‰` with one, `N‱`; undefined for
 * anything else.
 *
 * Up to 248 in thousandths: `N%` with one decimal and `N‰`. Above 100 % only when it may be.
 */
export function parseShare(text: string, version: number, isUnbounded = false): number | undefined {
  const unit = text.at(-1) ?? ''
  const places = decimalPlaces(unit, version)
  if (places === undefined) return undefined
  const number = text.slice(0, -1)
  const dot = number.indexOf('.')
  const decimals = dot === -1 ? '' : number.slice(dot + 1)
  if (
    dot !== -1 &&
    (places === 0 ||
      decimals.length === 0 ||
      decimals.length > places ||
      !/^[0-9]+$/.test(decimals))
  )
    return undefined
  const whole = parseSigned(dot === -1 ? number : number.slice(0, dot), 32, version)
  if (whole === undefined || whole < 0n) return undefined
  const share = Number(whole) * 10 ** places + Number(decimals.padEnd(places, '0') || '0')
  const all = version < 249 ? 1000 : 10_000
  return share <= (isUnbounded ? 0x7fffffff : all) ? share : undefined
}

/**
 * From 252 to 257, each use of most limits of control groups of version 1 is told of, be it of an
 * empty value (systemd.resource-control(5), "deprecated options").
 */
export function legacyNotice(
  value: string,
  facts: ValueFacts,
  version: number,
): ValueFault | undefined {
  if (
    facts.removedSince !== 258 ||
    version < 252 ||
    version >= 258 ||
    !toldOfAtEachUse.has(facts.type)
  )
    return undefined
  return {
    from: 0,
    to: value.length,
    message: `Unexpected \`${facts.key}=\`, expected what replaces it for control groups of version 2`,
    effect: 'notice',
    kind: 'deprecated-directive',
  }
}

const toldOfAtEachUse: ReadonlySet<string> = new Set(['cpu-shares', 'device-value', 'memory-size'])

/** How many decimals a percentage in some unit has. */
function decimalPlaces(unit: string, version: number): number | undefined {
  if (version < 249) return unit === '%' ? 1 : unit === '‰' ? 0 : undefined
  return unit === '%' ? 2 : unit === '‰' ? 1 : unit === '‱' ? 0 : undefined
}

/** The percentage that up to 247 has no decimals. */
function parseWholePercent(text: string, version: number): number | undefined {
  if (!text.endsWith('%')) return undefined
  const whole = parseSigned(text.slice(0, -1), 32, version)
  return whole !== undefined && whole >= 0n && whole <= 100n ? Number(whole) : undefined
}

interface IntegerRange {
  readonly bits: 32 | 64
  readonly min: bigint
  readonly max: bigint
}

function integerRange({
  facts: {key, parser, min, max},
  memory,
  version,
}: ValueContext): IntegerRange {
  // What counted was the policy so far, which by default has no priorities.
  if (key === 'CPUSchedulingPriority' && version < 250) {
    const isRealTime =
      memory.has('CPUSchedulingPolicy=fifo') || memory.has('CPUSchedulingPolicy=rr')
    return isRealTime ? {bits: 32, min: 1n, max: 99n} : {bits: 32, min: 0n, max: 0n}
  }
  const bits = parser === 'config_parse_long' ? 64 : 32
  const half = 1n << BigInt(bits - 1)
  return {
    bits,
    min: min === undefined ? -half : BigInt(min),
    max: max === undefined ? half - 1n : BigInt(max),
  }
}
