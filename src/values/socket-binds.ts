import {parseRange} from './cpu.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldAt} from './fields.ts'
import {plainly} from './meant.ts'
import {quote} from './quote.ts'

/** `[ipv4:|ipv6:][tcp:|udp:]PORTS` or `any`: `SocketBindAllow=` (systemd.resource-control(5)). */
export const socketBindRule: Validator = function* (value, context) {
  if (isBindRule(value, context.version)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a rule such as \`ipv4:tcp:8000-8100\` or \`any\``,
    plainly(value, socketBindRule, context, (bare) => bare.toLowerCase()),
  )
}

function isBindRule(value: string, version: number): boolean {
  const readers = [
    (text: string) => text === 'ipv4' || text === 'ipv6',
    (text: string) => /^(?:tcp|udp)$/i.test(text),
    (text: string) => isPorts(text, version),
  ]
  let reader = 0
  for (let at: number | undefined = 0; at !== undefined;) {
    const field: ReturnType<typeof fieldAt> = fieldAt(value, at, version, {
      separators: ':',
      everySeparator: true,
    })
    if (!field || 'fault' in field || field.text === '') return false
    let isRead = false
    while (reader < readers.length && !isRead) isRead = readers[reader++]?.(field.text) ?? false
    if (reader === readers.length) return isRead && field.next === undefined
    at = field.next
  }
  return true
}

function isPorts(text: string, version: number): boolean {
  if (text === 'any') return true
  const range = parseRange(text, version)
  const lowest = version >= 255 ? 0n : 1n
  return (
    range !== undefined &&
    range.first >= lowest &&
    range.first <= range.last &&
    range.last <= 65_535n
  )
}
