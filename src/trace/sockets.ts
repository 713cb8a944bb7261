import {descriptorOf, hasFlag, numberOf} from './arguments.ts'
import type {Call, CallHandler} from './call.ts'
import {apart} from './facts.ts'
import type {Opened} from './process.ts'

/** What calls about sockets tell, by name. */
export const socketCalls: Readonly<Record<string, CallHandler>> = {
  socket(call) {
    const [family = '', type = '', protocol = ''] = call.arguments
    if (call.isDenied) return
    ofFamily(call, family, type, protocol)
    const number = numberOf(call.result.replace(/<.*$/s, ''))
    if (number !== undefined && call.isDone) open(call, number, {family: apart(family)})
  },
  socketpair: (call) => ofFamily(call, call.at(0) ?? '', call.at(1) ?? '', ''),
  bind(call) {
    if (call.isDenied) {
      const port = portIn(call.text)
      if (port !== undefined && port > 0 && port < 1024)
        call.facts.try('CAP_NET_BIND_SERVICE', `binds port ${port}`)
      return
    }
    bound(call)
  },
  listen(call) {
    const its = openedOf(call)
    if (its) its.isListening = true
    if (its?.bound !== undefined) call.facts.listen(its.bound)
    if (its?.family === 'AF_INET' || its?.family === 'AF_INET6' || /<(?:TCP|SCTP)/.test(call.text))
      call.note('bind-ports', 'listens for others')
  },
  accept: accepted,
  accept4: accepted,
  connect(call) {
    if (call.isDenied) return
    const where = addressIn(call.text)
    addressed(call, 'connects to')
    if (call.isDone || call.error === 'EINPROGRESS') {
      call.facts.seen.add('connect')
      const its = openedOf(call)
      if (its) its.isConnected = true
      if (where !== undefined && call.facts.listening.has(where)) call.facts.connectedToItself++
    }
  },
  sendto: sent,
  sendmsg: sent,
  sendmmsg: sent,
  recvfrom: received,
  recvmsg: received,
  recvmmsg: received,
  getsockopt(call) {
    if (call.at(2) === 'SO_PEERCRED' && call.isDone)
      call.note('host-users', 'asks who its peers are')
  },
  setsockopt(call) {
    if (!call.isDone && !call.isDenied) return
    const option = call.at(2) ?? ''
    const [access, clause] = powerfulOptions[option] ?? []
    if (access !== undefined && clause !== undefined) call.power(access, clause)
    if (/^IP6?T_SO_SET|^ARPT_SO_SET|^EBT_SO/.test(option)) {
      call.power('CAP_NET_ADMIN', 'changes packet filters')
      call.note('host-network', 'changes packet filters')
    }
    if (option === 'SO_PRIORITY' && Number(/\[(\d+)\]/.exec(call.text)?.[1] ?? 0) > 6)
      call.power('CAP_NET_ADMIN', 'sets the priority of packets')
    if (option === 'SO_PASSCRED' && call.isDone && /\[1\]/.test(call.text))
      call.note('host-users', 'asks who its peers are')
  },
  ioctl(call) {
    const request = call.at(1) ?? ''
    const [, name] = /\b(SIOC\w{1,30}|TUNSETIFF|TUNSET\w{1,20})\b/.exec(request) ?? []
    if (name === undefined || /^SIOC(?:INQ|OUTQ|ATMARK|GPGRP|SPGRP)$/.test(name)) return
    call.note('host-network', 'asks about network interfaces')
    if (/^SIOC(?:S|A|D|BR|BOND|ETHTOOL|CHG|WAN)|^TUNSET/.test(name))
      call.power('CAP_NET_ADMIN', 'sets up network interfaces')
  },
}

const powerfulOptions: Readonly<
  Record<string, readonly ['CAP_NET_ADMIN' | 'CAP_NET_RAW', string]>
> = {
  SO_MARK: ['CAP_NET_ADMIN', 'marks packets'],
  SO_RCVBUFFORCE: ['CAP_NET_ADMIN', 'sets buffers beyond the limit'],
  SO_SNDBUFFORCE: ['CAP_NET_ADMIN', 'sets buffers beyond the limit'],
  SO_BINDTODEVICE: ['CAP_NET_RAW', 'binds sockets to an interface'],
  IP_TRANSPARENT: ['CAP_NET_ADMIN', 'uses addresses that are not its own'],
  IPV6_TRANSPARENT: ['CAP_NET_ADMIN', 'uses addresses that are not its own'],
  TCP_REPAIR: ['CAP_NET_ADMIN', 'repairs connections'],
}

function ofFamily(call: Call, family: string, type: string, protocol: string): void {
  const clause = `opens \`${/^(?:AF|PF)_\w{1,20}$/.exec(family)?.[0] ?? 'other'}\` sockets`
  switch (family) {
    case 'AF_UNIX':
    case 'AF_LOCAL':
      call.note('unix-sockets', clause)
      break
    case 'AF_INET':
    case 'AF_INET6':
      call.note('inet-local', clause)
      if (hasFlag(type, 'SOCK_RAW')) call.note('CAP_NET_RAW', 'opens raw sockets')
      break
    case 'AF_NETLINK':
      call.note('netlink', clause)
      if (!hasFlag(protocol, 'NETLINK_AUDIT')) call.note('host-network', clause)
      if (hasFlag(protocol, 'NETLINK_NETFILTER'))
        call.power('CAP_NET_ADMIN', 'talks to the packet filter')
      if (hasFlag(protocol, 'NETLINK_AUDIT'))
        call.power('CAP_AUDIT_WRITE', 'talks to the audit system')
      break
    case 'AF_PACKET':
      call.note('packet-sockets', clause)
      call.note('CAP_NET_RAW', clause)
      break
    default:
      call.note('exotic-sockets', clause)
  }
}

function open(call: Call, number: number, opened: Opened): void {
  const {process} = call
  if (process.opened.size < 1000) process.opened.set(number, opened)
}

function openedOf(call: Call): Opened | undefined {
  const {number} = descriptorOf(call.at(0))
  return number === undefined ? undefined : call.process.opened.get(number)
}

/** The port in an address. */
function portIn(text: string): number | undefined {
  const [, port] = /sin6?_port=htons\((\d{1,5})\)/.exec(text) ?? []
  return port === undefined ? undefined : Number(port)
}

/** The host in an address. */
function hostIn(text: string): string | undefined {
  return /sin_addr=inet_addr\("([\d.]{1,15})"\)|inet_pton\(AF_INET6, "([\da-fA-F:.]{1,45})"/
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined)
}

/** An address in words: the port, as what listens everywhere is reached anywhere, or the path. */
function addressIn(text: string): string | undefined {
  const port = portIn(text)
  if (port !== undefined) return `port ${port}`
  return /sun_path=(@?"(?:[^"\\]|\\.){0,200}")/.exec(text)?.[1]
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1' || host.startsWith('::ffff:127.')
}

/** What an address takes: who speaks to it, and of what it is. */
function addressed(call: Call, verb: string): void {
  const {facts} = call
  const host = hostIn(call.text)
  if (host !== undefined) {
    facts.note('inet-local', `${verb} addresses`)
    if (!isLoopback(host))
      facts.note(
        'inet',
        `${verb} ${/^(?:0\.0\.0\.0|::)$/.test(host) ? 'all addresses' : 'other hosts'}`,
      )
  }
  const path = /sun_path="((?:[^"\\]|\\.){0,200})"/.exec(call.text)?.[1]
  if (path?.startsWith('/') === true) {
    facts.place('read', path)
    if (path === '/run/systemd/notify') facts.note('notify', 'reports its state to systemd')
  }
  if (call.text.includes('sun_path=@')) facts.note('abstract-sockets', `${verb} abstract sockets`)
}

function bound(call: Call): void {
  const {facts} = call
  const host = hostIn(call.text)
  const port = portIn(call.text)
  addressed(call, 'binds')
  if (host !== undefined && port !== undefined && port > 0) {
    facts.note('bind-ports', `binds port ${port}`)
    if (port < 1024) call.power('CAP_NET_BIND_SERVICE', `binds port ${port}`)
  }
  const path = /sun_path="((?:[^"\\]|\\.){0,200})"/.exec(call.text)?.[1]
  if (path?.startsWith('/') === true) {
    facts.place('write', path)
    facts.make(path)
    // Whoever connects to it looks for it there.
    if (/^\/(?:var\/)?tmp\//.test(path)) facts.note('shared-tmp', 'listens in `/tmp` or `/var/tmp`')
  } else if (call.text.includes('sun_path="')) facts.unclear.add('writes')
  const its = openedOf(call)
  const words = addressIn(call.text)
  if (its && words !== undefined && port !== 0) its.bound = apart(words)
}

function accepted(call: Call): void {
  if (!call.isDone) {
    if (call.error === 'EAGAIN' || call.error === '') call.facts.isWaiting = true
    return
  }
  call.facts.accepted++
  const host = hostIn(call.text)
  if (host !== undefined && !isLoopback(host)) call.facts.note('inet', 'serves other hosts')
}

function sent(call: Call): void {
  if (call.text.includes('sa_family=')) addressed(call, 'sends to')
  if (/nlmsg_type=(?:RTM_(?:NEW|DEL|SET)|NFNL_|IPSET|NL80211)\w*/.test(call.text)) {
    call.power('CAP_NET_ADMIN', 'sets up the network')
    call.note('host-network', 'sets up the network')
  }
  if (call.isDone && call.text.includes('SCM_CREDENTIALS'))
    call.note('host-users', 'tells its peers who it is')
}

function received(call: Call): void {
  if (!call.isDone) return
  if (call.text.includes('SCM_CREDENTIALS')) call.note('host-users', 'asks who its peers are')
  const its = openedOf(call)
  const isOfPort = its?.bound !== undefined && !its.isListening && !its.isConnected
  if (isOfPort && (hostIn(call.text) !== undefined || its.family === 'AF_UNIX'))
    call.facts.datagrams++
  const host = hostIn(call.text)
  if (host !== undefined && !isLoopback(host)) call.facts.note('inet', 'hears from other hosts')
}
