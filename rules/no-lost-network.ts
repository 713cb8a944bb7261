import {add, defineRule, fixBy, lines, sandboxing, services, set} from 'unitlint/rule'
import type {Unit, Value} from 'unitlint/rule'

const {isLoopback} = sandboxing

export default defineRule({
  id: 'no-lost-network',
  directives: ['PrivateNetwork', 'RestrictAddressFamilies', 'IPAddressDeny', 'SocketBindDeny'],
  summary: 'Disallow taking the network from a service that is told to use it',
  why: 'The service reaches nobody, and nobody reaches it: what it is started for fails, often after long timeouts.',
  unless: 'The other hosts that the command names are reached through a local socket.',
  on: {
    ...services,
    ...lines('PrivateNetwork', 'RestrictAddressFamilies', 'IPAddressDeny', 'SocketBindDeny'),
  },
  fixesHangOn: [
    'PrivateNetwork',
    'RestrictAddressFamilies',
    'IPAddressDeny',
    'SocketBindDeny',
    'IPAddressAllow',
  ],
  messages: {
    connects: 'Unexpected `{option}` of a service that talks to `{host}`',
    listens: 'Unexpected `{option}` of a service that listens: {because}',
    allows: 'Unexpected `{option}` beside `IPAddressAllow={network}`',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable || unit.isPartial) return
    const host = sandboxing.hostTold(unit)
    const listening = listensByItself(unit)
    const network = isolation(unit)
    if (network) {
      const option = `PrivateNetwork=${network.value}`
      const fix = fixBy('unsafe', set('Service', 'PrivateNetwork', 'no'))
      const words = unit.values('IPAddressAllow').flatMap((line) => line.words)
      const allowed = words.find(({text}) => !isLoopback(text))
      if (host !== undefined) yield {message: 'connects', data: {option, host}, at: network, fix}
      else if (allowed)
        yield {message: 'allows', data: {option, network: allowed.text}, at: network, fix}
      else if (listening)
        yield {message: 'listens', data: {option, because: listening.because}, at: network, fix}
    }
    if (host !== undefined) yield* unreachable(unit, host)
    const bind = unit.values('SocketBindDeny').find(({value}) => value === 'any')
    if (!bind || unit.value('SocketBindAllow') || !listening) return
    if (unit.value('PrivateNetwork')?.boolean) return
    const {port, because} = listening
    const fix = fixBy('unsafe', add('Service', 'SocketBindAllow', port ?? ''))
    const data = {option: 'SocketBindDeny=any', because}
    yield {message: 'listens', data, at: bind, fix: port === undefined ? undefined : fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/curl https://example.org/\nPrivateNetwork=yes\n',
      '[Service]\nExecStart=/usr/bin/example --listen 0.0.0.0:8080\nSocketBindDeny=any\n',
      '[Service]\nExecStart=/usr/bin/example\nPrivateNetwork=yes\nIPAddressAllow=10.0.0.0/8\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/curl http://localhost/\nPrivateNetwork=yes\n',
      '[Service]\nExecStart=/usr/bin/example --listen 0.0.0.0:8080\nSocketBindDeny=any\nSocketBindAllow=8080\n',
    ],
  },
})

/** What takes away the address of a host that a service talks to, or all sockets for it. */
function* unreachable(unit: Unit, host: string) {
  const families = unit.value('RestrictAddressFamilies')
  if (families && sandboxing.deniedBy(unit, 'RestrictAddressFamilies').has('inet')) {
    const fix = sandboxing.givingBack(unit, 'RestrictAddressFamilies', ['inet'])
    const option = `RestrictAddressFamilies=${families.value}`
    yield {message: 'connects', data: {option, host}, at: families, fix} as const
  }
  const deny = unit.value('IPAddressDeny')
  const isAll =
    sandboxing.holdsAll(unit.settings.IPAddressDeny.value) &&
    unit.values('IPAddressAllow').every(({words}) => words.every(({text}) => isLoopback(text)))
  if (deny && isAll && !unit.value('IPEgressFilterPath')) {
    const allow = add('Service', 'IPAddressAllow', host)
    const its = fixBy('suggestion', allow, `Allow the addresses of \`${host}\``)
    const fix = /^[0-9.]+$/.test(host) ? its : undefined
    const option = `IPAddressDeny=${deny.value}`
    yield {message: 'connects', data: {option, host}, at: deny, fix} as const
  }
}

/**
 * The line by which a service is alone in its network: nobody joins it to another, or puts an
 * interface into it.
 */
function isolation(unit: Unit): Value | undefined {
  const at = unit.value('PrivateNetwork')
  const isJoined = ['JoinsNamespaceOf', 'NetworkNamespacePath'].some((key) => unit.value(key))
  const commands = unit.all('Service').filter(({key}) => key.startsWith('Exec'))
  const isFilled = commands.some(({value}) => /^[-@:!|]*\+|netns/.test(value))
  return at?.boolean && !isJoined && !isFilled ? at : undefined
}

/** A port that a command names, where no socket unit opens it. */
function listensByItself(unit: Unit): {because: string; port: string | undefined} | undefined {
  const activators = unit.machine.activators(unit.name)
  if (unit.value('Sockets') || activators.some(({type}) => type === 'socket')) return undefined
  const need = unit.needs.find(
    ({access, assignment, isGuess, isPossible}) =>
      access === 'bind-ports' && assignment?.key === 'ExecStart' && !isGuess && !isPossible,
  )
  if (!need) return undefined
  return {because: need.because, port: /(?:names port |:)(\d{1,5})`?$/.exec(need.because)?.[1]}
}
