import type {AccessId} from '../../facts/accesses.ts'
import {upTo} from '../../syntax/text.ts'

/** What an argument or a value says about the network: URLs, addresses, ports, paths of sockets. */
export function addressNeeds(text: string): readonly AccessId[] {
  if (!text.includes(':') && !text.includes('.')) return []
  const found = new Set<AccessId>()
  for (const token of text.slice(0, 4096).split(/[\s=,;"'|<>()]+/)) {
    if (token.length > 2 && token.length <= 256)
      for (const access of ofToken(token)) found.add(access)
  }
  return [...found]
}

/** What an option such as `--port 80` says. */
export function portNeeds(option: string, value: string): readonly AccessId[] {
  if (
    !isPort(value) ||
    !/^--?[A-Za-z-]*$/.test(option) ||
    !/^-[pl]$|port|listen|bind|addr|www/i.test(option)
  )
    return []
  return listening(Number(value))
}

function ofToken(token: string): readonly AccessId[] {
  const url = /^([a-z][a-z0-9+.-]{1,20}):(?:\/\/)?(.*)$/i.exec(token)
  const scheme = url?.[1]?.toLowerCase() ?? ''
  if (socketSchemes.has(scheme)) return ['unix-sockets']
  if (token.startsWith('fd:') || token.startsWith('file:')) return []
  if (url && token.startsWith(`${url[1]}://`)) return connecting(url[2] ?? '')
  const [, host = '', port = ''] = /^(?:[a-z0-9]+:)?(.*):([0-9]{1,5})(?:\/.*)?$/i.exec(token) ?? []
  if (isPort(port) && isHost(host))
    return isLoopback(host) ? ['inet-local', 'bind-ports'] : listening(Number(port))
  if (isAddress(token)) return isLoopback(token) ? ['inet-local'] : ['inet', 'inet-local']
  return /^[\w.-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(token) ||
    /^[\w.-]+@[\w.-]+:\S*$/.test(token) ||
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+:[~/]/i.test(token)
    ? ['inet', 'inet-local']
    : []
}

const socketSchemes: ReadonlySet<string> = new Set([
  'unix',
  'unix-connect',
  'unix-listen',
  'unix-client',
  'abstract',
  'abstract-connect',
  'abstract-listen',
  'local',
])

function connecting(rest: string): readonly AccessId[] {
  const host = upTo(rest, '/')
    .replace(/^.*@/s, '')
    .replace(/:[0-9]*$/, '')
  if (host === '') return rest.startsWith('/') ? ['unix-sockets'] : []
  return isLoopback(host) ? ['inet-local'] : ['inet', 'inet-local']
}

function listening(port: number): readonly AccessId[] {
  return port > 0 && port < 1024
    ? ['inet', 'inet-local', 'bind-ports', 'CAP_NET_BIND_SERVICE']
    : ['inet', 'inet-local', 'bind-ports']
}

function isPort(text: string): boolean {
  return /^[0-9]{2,5}$/.test(text) && Number(text) < 65536
}

function isHost(text: string): boolean {
  return (
    text === '' ||
    text === '*' ||
    text === 'localhost' ||
    isAddress(text) ||
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text)
  )
}

function isAddress(text: string): boolean {
  return (
    /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:\/[0-9]{1,2})?$/.test(text) ||
    /^\[?[0-9a-f]{0,4}:[0-9a-f:.]*:[0-9a-f.]*\]?$/i.test(text)
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '::1' || host === '[::1]'
}
