import {valueFacts} from '../facts/value-facts.ts'
import type {Assignment} from './unit.ts'

/** A number of a time span with the unit behind it. */
export interface TimePart {
  /** Offsets in the logical value. */
  readonly from: number
  readonly to: number
  readonly number: string
  /** As it is written; empty for a bare number. */
  readonly unit: string
}

/** A time span in a value. */
export interface TimeSpan {
  /** What systemd takes a bare number for, as it may be written behind it. */
  readonly bareUnit: 's' | 'us' | 'ns'
  readonly parts: readonly TimePart[]
}

/**
 * The time spans in a value that systemd can read, taken apart: two in `SOFT:HARD`, none where the
 * directive takes no time or the value has specifiers (systemd.time(7), "parsing time spans").
 */
export function timeSpans(
  {section, key, value}: Pick<Assignment, 'section' | 'key' | 'value'>,
  version: number,
): readonly TimeSpan[] {
  if (!isTimeKey(key) || value.length > longest || !/[0-9]/.test(value) || value.includes('%'))
    return []
  const facts = valueFacts(section, key, version)
  switch (facts?.type) {
    case 'timespan':
      return [{bareUnit: 's', parts: partsOf(value, 0)}]
    case 'timespan-ns':
      return [{bareUnit: 'ns', parts: partsOf(value, 0)}]
    case 'rlimit': {
      const bareUnit = facts.resource === 'CPU' ? 's' : 'us'
      const colon = value.indexOf(':')
      const limits =
        colon === -1
          ? [partsOf(value, 0)]
          : [partsOf(value.slice(0, colon), 0), partsOf(value.slice(colon + 1), colon + 1)]
      return limits.map((parts) => ({bareUnit, parts}))
    }
    case 'device-value': {
      const [device] = /^[^ \t"'\\]+[ \t]+/.exec(value) ?? []
      return device === undefined
        ? []
        : [{bareUnit: 's', parts: partsOf(value.slice(device.length), device.length)}]
    }
    default:
      return []
  }
}

/** Nobody writes a longer one. */
const longest = 200

/** Whether it is the name of a directive that takes a time span, or of some others. */
function isTimeKey(key: string): boolean {
  return (
    key.endsWith('Sec') ||
    key === 'StartLimitInterval' ||
    key === 'LimitCPU' ||
    key === 'LimitRTTIME'
  )
}

function partsOf(text: string, offset: number): TimePart[] {
  return [
    ...text.matchAll(/(\+?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))(?:[ \t]*([A-Za-z\u00B5\u03BC]+))?/g),
  ].map(({0: whole, 1: number = '', 2: unit = '', index}) => ({
    from: offset + index,
    to: offset + index + whole.length,
    number,
    unit,
  }))
}
