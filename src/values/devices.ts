import type {ValueFault, Reader, Validator, ValueContext} from './fault.ts'
import {fieldAt, fieldFault, splittingFault, type Field} from './fields.ts'
import {meantWord} from './meant.ts'
import {isWeight, legacyNotice} from './numbers.ts'
import {expectedPath, simplified} from './paths.ts'
import {expandPath, specifierOrLength} from './path-values.ts'
import {quote} from './quote.ts'
import {meantSize, parseSize} from './sizes.ts'
import {meantSpan, parseTimeSpan} from './time.ts'

/**
 * A device, or a class of devices such as `char-rtc`, and what may be done to it: letters of `rwm`,
 * in this order.
 */
export interface DeviceEntry {
  readonly device: string
  readonly access: string
}

/**
 * A device node or class and what may be done to it: `DeviceAllow=/dev/null rw`
 * (systemd.resource-control(5)).
 */
export const deviceAllow: Reader<DeviceEntry> = function* (value, context) {
  const {version} = context
  const field = fieldAt(value, 0, version, {quotes: true})
  if (!field) return undefined
  if ('fault' in field) {
    yield splittingFault(field)
    return undefined
  }
  const expanded = expandPath(field.text, context)
  if (expanded === undefined) {
    yield specifierOrLength(value, field, context, 'line')
    return undefined
  }
  const isClass = /^(?:block|char)-/.test(expanded)
  const device = isClass ? expanded : simplified(expanded, version)
  const expected = isClass
    ? undefined
    : (expectedPath(expanded, {kind: 'any'}, version) ??
      (isNode(device) ? undefined : 'a device below `/dev/`, `char-NAME` or `block-NAME`'))
  if (expected !== undefined) {
    yield fieldFault(field, `Unexpected ${quote(field.text)}, expected ${expected}`, 'line')
    return undefined
  }
  const rights = field.next === undefined ? '' : value.slice(field.next)
  if (/^[rwm]*$/.test(rights)) {
    const access = ['r', 'w', 'm'].filter((right) => rights === '' || rights.includes(right))
    return {device, access: access.join('')}
  }
  const meant = /^[rwmRWM, ]+$/.test(rights)
    ? rights.toLowerCase().replaceAll(/[, ]/g, '')
    : undefined
  yield fieldFault(
    {start: field.next ?? 0, end: value.length},
    `Unexpected ${quote(rights)}, expected some of the letters \`rwm\``,
    'line',
    meant,
  )
  return undefined
}

/**
 * A device and a number for it: `IOWriteBandwidthMax=/dev/sda 10M` (systemd.resource-control(5)).
 */
export const deviceValue: Validator = function* (value, context) {
  const notice = legacyNotice(value, context.facts, context.version)
  if (notice) yield notice
  const field = fieldAt(value, 0, context.version, {quotes: true})
  if (!field) return
  if ('fault' in field) {
    yield splittingFault(field)
    return
  }
  if (field.next === undefined) {
    yield fieldFault(
      field,
      `Unexpected ${quote(value)}, expected ${amountOf(context)} behind a device`,
      'line',
    )
    return
  }
  yield* deviceFaults(value, field, value.slice(field.next), context)
}

function* deviceFaults(
  value: string,
  field: Field,
  amount: string,
  context: ValueContext,
): Iterable<ValueFault> {
  const device = expandPath(field.text, context)
  if (device === undefined) {
    yield specifierOrLength(value, field, context, 'line')
    return
  }
  const expected = expectedPath(device, {kind: 'any'}, context.version)
  if (expected !== undefined)
    yield fieldFault(field, `Unexpected ${quote(field.text)}, expected ${expected}`, 'line')
  else if (!isAmount(amount, context))
    yield fieldFault(
      {start: field.next ?? 0, end: value.length},
      `Unexpected ${quote(amount)}, expected ${amountOf(context)}`,
      'line',
      meantWord(
        amount,
        (text) => isAmount(text, context),
        (bare) => [context.facts.form?.endsWith('TIMESPAN') ? meantSpan(bare) : meantSize(bare)],
      ),
    )
}

function isNode(path: string): boolean {
  return ['/dev', '/run/systemd/inaccessible'].some(
    (folder) => path === folder || path.startsWith(`${folder}/`),
  )
}

function isAmount(text: string, {facts, version}: ValueContext): boolean {
  const {form = ''} = facts
  if (form.endsWith('TIMESPAN')) return parseTimeSpan(text, 's', version) !== undefined
  if (form.endsWith('WEIGHT'))
    return facts.key.startsWith('Block')
      ? isWeight(text, version, 10n, 1000n)
      : isWeight(text, version, 1n, 10_000n)
  if (facts.keywords?.includes(text)) return true
  return (parseSize(text, 1000, version) ?? 0n) > 0n
}

function amountOf({facts}: ValueContext): string {
  const {form = ''} = facts
  if (form.endsWith('TIMESPAN')) return 'a time span such as `25ms`'
  if (form.endsWith('WEIGHT'))
    return facts.key.startsWith('Block')
      ? 'a number from `10` to `1000`'
      : 'a number from `1` to `10000`'
  return `a size above \`0\` such as \`10M\`${facts.keywords?.includes('infinity') ? ' or `infinity`' : ''}`
}
