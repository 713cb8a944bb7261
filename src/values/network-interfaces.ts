import {expand, specifierFault} from './expansion.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldAt, fieldFault, splittingFault} from './fields.ts'
import {parseSigned} from './integers.ts'
import {pathLength} from './paths.ts'
import {quote} from './quote.ts'

/**
 * A network interface: `BindToDevice=` (systemd.socket(5)), `BindNetworkInterface=`
 * (systemd.resource-control(5)).
 */
export const networkInterfaceName: Validator = function* (value, context) {
  const {facts, version} = context
  if (facts.keywords?.includes(value)) return
  const text = version >= 258 ? expand(value, context, 'full') : value
  if (text === undefined)
    yield specifierFault(value, {start: 0, end: value.length}, context, 'line')
  else if (!isInterface(text, version, facts.key === 'BindNetworkInterface'))
    yield lineFault(value, `Unexpected ${quote(value)}, expected the name of a network interface`)
}

/**
 * Words that are network interfaces: `RestrictNetworkInterfaces=` (systemd.resource-control(5)).
 */
export const networkInterfaceList: Validator = function* (value, {version}) {
  const start = value.startsWith('~') ? 1 : 0
  for (let at: number | undefined = start; at !== undefined;) {
    const field = fieldAt(value, at, version, {quotes: true})
    if (!field) return
    if ('fault' in field) {
      yield splittingFault(field)
      return
    }
    if (!isInterface(field.text, version, version >= 257))
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected the name of a network interface`,
      )
    at = field.next
  }
}

/** Whether a text can be the name of an interface; alternative names may be longer. */
export function isInterface(text: string, version: number, mayBeAlternative: boolean): boolean {
  const length = pathLength(text)
  if (length === 0 || length >= (mayBeAlternative ? 128 : 16) || text === '.' || text === '..')
    return false
  if (/[^!-~]|[:/]/.test(text) || /^[0-9]+$/.test(text)) return false
  if (version < 249) return true
  return (
    !text.includes('%') &&
    text !== 'all' &&
    text !== 'default' &&
    (parseSigned(text, 32, version) ?? 0n) <= 0n
  )
}
