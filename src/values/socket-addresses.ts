import {lineFault, type ValueFault, type Validator, type ValueContext} from './fault.ts'
import {fieldAt} from './fields.ts'
import {parseSigned, parseUnsigned} from './integers.ts'
import {isInterface} from './network-interfaces.ts'
import {parseAddress} from './ip-networks.ts'
import {plainly} from './meant.ts'
import {expandPath, specifierOrLength, varRunNotice} from './path-values.ts'
import {pathLength, expectedPath, isBelowVarRun} from './paths.ts'
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

const fileListeners = new Set([
  'ListenFIFO',
  'ListenSpecial',
  'ListenMessageQueue',
  'ListenUSBFunction',
])

function* fileFaults(value: string, text: string, context: ValueContext): Iterable<ValueFault> {
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

function* netlinkFaults(
  value: string,
  text: string,
  {version}: ValueContext,
): Iterable<ValueFault> {
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

function* addressFaults(value: string, text: string, context: ValueContext): Iterable<ValueFault> {
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
    const length = pathLength(text)
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
