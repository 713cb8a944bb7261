import {parseAddress} from './ip-networks.ts'
import {parseRange} from './cpu.ts'
import {expand, specifierFault} from './expansion.ts'
import {lineFault, type Fault, type Validator, type ValueContext} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault, type Field} from './fields.ts'
import {parseSigned, parseUnsigned} from './integers.ts'
import {plainly} from './meant.ts'
import {byteLength, expectedPath, isBelowVarRun} from './paths.ts'
import {expandPath, specifierOrLength, varRunNotice} from './path-values.ts'
import {quote} from './quote.ts'

/** Where a socket listens: `ListenStream=` and its like (systemd.socket(5)). */
export const socketAddress: Validator = function* (value, context) {
  const {key} = context.facts
  const text = expandPath(value, context)
  if (text === undefined) {
    yield specifierOrLength(value, {start: 0, end: value.length}, context, 'line')
    return
  }
  if (fileListeners.has(key)) yield* fileFaults(value, text, context)
  else if (key === 'ListenNetlink') yield* netlinkFaults(value, text, context)
  else yield* addressFaults(value, text, context)
}

/** `[ipv4:|ipv6:][tcp:|udp:]PORTS` or `any`: `SocketBindAllow=` (systemd.resource-control(5)). */
export const socketBindRule: Validator = function* (value, context) {
  if (isBindRule(value, context.version)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected a rule such as \`ipv4:tcp:8000-8100\` or \`any\``,
    plainly(value, socketBindRule, context, (bare) => bare.toLowerCase()),
  )
}

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

/** Words `SOURCE:FAMILY:TABLE:SET`: `NFTSet=` (systemd.resource-control(5)). */
export const nftSetList: Validator = function* (value, {version}) {
  const {fields, fault} = fieldsOf(value, version, {quotes: true, backslash: 'keep'})
  for (const field of fields) {
    const expected = nftSetFault(field.text, version)
    if (expected === undefined) continue
    yield fieldFault(field, `Unexpected ${quote(field.text)}, expected ${expected}`, 'line')
    return
  }
  if (fault) yield splittingFault(fault)
}

/** Whether a text can be the name of an interface; alternative names may be longer. */
function isInterface(text: string, version: number, mayBeAlternative: boolean): boolean {
  const length = byteLength(text)
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

const fileListeners = new Set([
  'ListenFIFO',
  'ListenSpecial',
  'ListenMessageQueue',
  'ListenUSBFunction',
])

function* fileFaults(value: string, text: string, context: ValueContext): Iterable<Fault> {
  const {
    facts: {key},
    version,
  } = context
  const expected = expectedPath(
    text,
    key === 'ListenSpecial' ? {kind: 'absolute'} : {kind: 'absolute', refusesKernelFiles: 'all'},
    version,
  )
  if (expected !== undefined)
    yield lineFault(value, `Unexpected ${quote(value)}, expected ${expected}`)
  else if (key === 'ListenFIFO' && isBelowVarRun(text)) yield varRunNotice(value, context)
}

function* netlinkFaults(value: string, text: string, {version}: ValueContext): Iterable<Fault> {
  const field = fieldAt(text, 0, version)
  const isFamily =
    field &&
    'text' in field &&
    (netlinkFamilies.has(field.text) ||
      (parseUnsigned(field.text, 32, version) ?? 1n << 32n) <= 0x7fffffffn)
  const group =
    field && 'next' in field && field.next !== undefined ? text.slice(field.next) : undefined
  if (!isFamily)
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a netlink family such as \`kobject-uevent\``,
    )
  else if (group !== undefined && parseUnsigned(group, 32, version) === undefined)
    yield lineFault(value, `Unexpected ${quote(group)}, expected the number of a multicast group`)
}

const netlinkFamilies = new Set(
  'route firewall inet-diag nflog xfrm selinux iscsi audit fib-lookup connector netfilter ip6-fw dnrtmsg kobject-uevent generic scsitransport ecryptfs rdma'.split(
    ' ',
  ),
)

function* addressFaults(value: string, text: string, context: ValueContext): Iterable<Fault> {
  const {facts, version} = context
  if (isBelowVarRun(text)) yield varRunNotice(value, context)
  const family = addressFamily(text, version)
  if (family === undefined) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected a port, \`ADDRESS:PORT\`, an absolute path or \`@NAME\``,
      plainly(value, socketAddress, context, meantAddress),
    )
  } else if (facts.key === 'ListenSequentialPacket' && family !== 'unix') {
    yield lineFault(value, `Unexpected ${quote(value)}, expected an absolute path or \`@NAME\``)
  }
}

/** `*:80`, `:80`, `localhost:80`. */
function meantAddress(bare: string): string {
  return bare.replace(/^(?:\*|0)?:([0-9]+)$/, '$1').replace(/^localhost:/, '127.0.0.1:')
}

function addressFamily(text: string, version: number): 'unix' | 'vsock' | 'ip' | undefined {
  if (text.startsWith('/') || text.startsWith('@')) {
    const length = byteLength(text)
    return length >= 2 && length <= longestSocketPath ? 'unix' : undefined
  }
  const [prefix] =
    (version >= 254 ? /^vsock(?:-(?:dgram|seqpacket|stream))?:/ : /^vsock:/).exec(text) ?? []
  if (prefix !== undefined) return isVsock(text.slice(prefix.length), version) ? 'vsock' : undefined
  return isPort(text, version) || isAddressAndPort(text, version) ? 'ip' : undefined
}

/** The room in a socket's address, less the zero at its end. */
const longestSocketPath = 107

function isVsock(text: string, version: number): boolean {
  const colon = text.indexOf(':')
  if (colon === -1) return false
  const port = parseUnsigned(text.slice(colon + 1), 32, version)
  if (port === undefined || (version >= 255 && port === 0xffffffffn)) return false
  const machine = text.slice(0, colon)
  if (machine === '' || parseUnsigned(machine, 32, version) !== undefined) return true
  return (
    (version >= 255 && ['hypervisor', 'local', 'host'].includes(machine)) ||
    (version >= 258 && ['any', '-1'].includes(machine))
  )
}

function isPort(text: string, version: number): boolean {
  return (parseUnsigned(text, 16, version, {refusesLeadingBlank: version >= 249}) ?? 0n) > 0n
}

/**
 * `ADDRESS:PORT`, the address in brackets when it is of IPv6, and maybe `%` and an interface behind
 * it all.
 */
function isAddressAndPort(text: string, version: number): boolean {
  if (text.includes('#')) return false
  const percent = text.indexOf('%')
  const scope = percent === -1 ? undefined : text.slice(percent + 1)
  if (
    scope !== undefined &&
    !isInterface(scope, version, true) &&
    (parseSigned(scope, 32, version) ?? 0n) <= 0n
  )
    return false
  const whole = percent === -1 ? text : text.slice(0, percent)
  const colon = whole.lastIndexOf(':')
  if (colon === -1 || !isPort(whole.slice(colon + 1), version)) return false
  const address = whole.slice(0, colon)
  if (!address.startsWith('['))
    return (
      !address.includes(':') &&
      parseAddress(address) !== undefined &&
      parseAddress(whole) === undefined
    )
  return (
    address.endsWith(']') &&
    address.length > 2 &&
    address.includes(':') &&
    parseAddress(address.slice(1, -1)) !== undefined
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

function nftSetFault(text: string, version: number): string | undefined {
  const {fields, fault} = fieldsOf(text, version, {separators: ':', backslash: 'c'})
  const [source, family, table, set] = fields
  if (!source || !family || !table || !set || fields.length > 4 || fault)
    return '`SOURCE:FAMILY:TABLE:SET`'
  if (!nftSources.has(source.text)) return '`cgroup`, `user` or `group` as its source'
  if (!nftFamilies.has(family.text))
    return '`inet`, `ip`, `ip6`, `arp`, `bridge` or `netdev` as its family'
  return isNftName(table, version) && isNftName(set, version)
    ? undefined
    : 'a table and a set with names that nftables takes'
}

const nftSources = new Set(['cgroup', 'user', 'group'])
const nftFamilies = new Set(['arp', 'bridge', 'inet', 'ip', 'ip6', 'netdev'])

function isNftName({text}: Field, version: number): boolean {
  return /^[A-Za-z][A-Za-z0-9/\\_.]*$/.test(text) && text.length <= (version >= 258 ? 255 : 31)
}
