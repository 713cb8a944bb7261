import type {AccessId} from '../../facts/accesses.ts'
import {decode} from '../../syntax/bytes.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import {daemons, isOff} from './daemons.ts'
import type {ConfigRow, Daemon} from './daemons.ts'
import type {Sign} from './sign.ts'

/** What the config of a daemon shows. */
export interface Configured {
  readonly signs: readonly Sign[]
  /** What it does without, and how that shows, in words. */
  readonly lacks: ReadonlyMap<AccessId, string>
}

/** What the config of a program shows that is started with some arguments; undefined where no table says how to read it, or it is not in sight. */
export function configOf(program: string, args: readonly string[], host: Host): Configured | undefined {
  const daemon = daemons.find(({programs}) =>
    programs.split(' ').some((name) => (name.endsWith('*') ? program.startsWith(name.slice(0, -1)) : name === program)),
  )
  const file = daemon && fileOf(daemon, args, host)
  if (!file) return undefined
  const read: Reading = {files: new Set(), characters: mostCharacters, isWhole: true, entries: []}
  readInto(read, file, daemon, host, 0)
  const signs = read.entries.flatMap((entry) => signsOf(entry, daemon))
  const ports = read.entries.flatMap((entry) => (meaningsOf(entry, daemon).some(({means}) => means === 'port') ? [portOf(entry.value)] : []))
  return {signs: [...signs.values()].slice(0, mostSigns), lacks: read.isWhole ? lacksOf(ports, file.path, daemon) : none}
}

const none: ReadonlyMap<AccessId, string> = new Map([])

/** What is read of a config with all that it includes. */
const mostCharacters = 1_048_576
const mostBytes = 262_144
const mostFiles = 64
const deepest = 8
const mostEntries = 20_000
const mostSigns = 200

/** The config that the arguments name, or the usual one. */
function fileOf({option, files, programs}: Daemon, args: readonly string[], host: Host): HostFile | undefined {
  const named = args.flatMap((arg, index) => {
    const [name = '', joined] = arg.split('=', 2)
    if (option.test(name)) return [joined ?? args[index + 1] ?? '']
    // `-C/etc/x.conf`, and programs that take it as their only argument.
    if (option.test(arg.slice(0, 2)) && arg.startsWith('-') && arg.length > 2) return [arg.slice(2)]
    return option.test('') && arg.startsWith('/') ? [arg] : []
  })
  const cluster = programs.startsWith('postgres') ? args.flatMap((arg) => /^(\d+)-([\w.-]+)$/.exec(arg)?.slice(1, 3).join('/') ?? []) : []
  for (const path of [...named.flatMap((one) => [one, `${one}/postgresql.conf`]), ...cluster.map((one) => `/etc/postgresql/${one}/postgresql.conf`)]) {
    const file = host.file(path)
    if (file) return file
  }
  return named.length > 0 ? undefined : files.flatMap((path) => expanded(path, host)).flatMap((path) => host.file(path) ?? [])[0]
}

interface Entry {
  readonly key: string
  readonly value: string
  readonly path: string
}

interface Reading {
  readonly files: Set<string>
  characters: number
  isWhole: boolean
  readonly entries: Entry[]
}

function readInto(read: Reading, file: HostFile, daemon: Daemon, host: Host, depth: number): void {
  if (read.files.has(file.path)) return
  if (read.files.size >= mostFiles || depth > deepest || file.size > mostBytes || file.size > read.characters) {
    read.isWhole = false
    return
  }
  read.files.add(file.path)
  read.characters -= file.size
  const text = decode(file.bytes(0, mostBytes))
  if (text.includes('\0')) read.isWhole = false
  for (const entry of entriesIn(text, file.path, daemon)) {
    if (read.entries.length >= mostEntries) {
      read.isWhole = false
      return
    }
    read.entries.push(entry)
    for (const {means} of meaningsOf(entry, daemon)) {
      if (means !== 'include' && means !== 'include-folder') continue
      const found = included(entry, means, file.path, host)
      if (!found) read.isWhole = false
      for (const next of found ?? []) readInto(read, next, daemon, host, depth + 1)
    }
  }
}

/** The statements of a config, keys in lower case, behind the name of their section where there are sections. */
function* entriesIn(text: string, path: string, {statements, comment}: Daemon): Generator<Entry> {
  let section = ''
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)
  const parts =
    statements === 'lines'
      ? lines
      : lines
          .map((line) => line.replace(comment, ''))
          .join('\n')
          .split(/[;{}]/)
  for (const raw of parts) {
    const line = (statements === 'lines' ? raw.replace(comment, '') : raw).trim().slice(0, longest)
    const header = statements === 'lines' ? /^\[([^\]]{1,64})\]$/.exec(line)?.[1] : undefined
    if (header !== undefined) section = `${header.toLowerCase()}.`
    const [, key = '', value = ''] = /^([^\s=:]+)[\s=:]*([^]*)$/.exec(line) ?? []
    if (header === undefined && key !== '')
      yield {key: (key.startsWith('!') ? '' : section) + key.toLowerCase(), value: value.replaceAll(/["']/g, '').trim(), path}
  }
}

const longest = 2048

function meaningsOf({key, value}: Entry, {rows}: Daemon): readonly ConfigRow[] {
  const found = rows.filter((row) => row.key.test(key) && (row.value?.test(value) ?? true))
  // A socket is no port.
  return found.some(({means}) => means === 'socket') ? found.filter(({means}) => means !== 'port') : found
}

function signsOf(entry: Entry, daemon: Daemon): readonly Sign[] {
  return meaningsOf(entry, daemon).flatMap(({means}) => signsFor(means, entry))
}

function signsFor(means: ConfigRow['means'], {key, value, path}: Entry): readonly Sign[] {
  const subject = `\`${path}\``
  const because = `${subject} says \`${key.slice(key.indexOf('.') + 1)}\``
  const paths = value.split(/[\s,]+/).flatMap((word) => /^(?:unix:|unix@|-)?(\/[^:;]*)/.exec(word)?.[1] ?? [])
  const using = (use: 'read' | 'write' | 'run'): readonly Sign[] => paths.slice(0, 4).map((one) => ({needs: [], path: {path: one, use}, because: subject}))
  switch (means) {
    case 'port': {
      const port = portOf(value)
      const needs: readonly AccessId[] = ['bind-ports', 'inet', 'inet-local']
      return [{needs: port !== undefined && port >= 1024 ? needs : [...needs, 'CAP_NET_BIND_SERVICE'], because}]
    }
    case 'user':
      return isOff(value) || /^root\b/.test(value) ? [] : [{needs: ['CAP_SETUID', 'CAP_SETGID', '@setuid', '@privileged'], because}]
    case 'chroot':
      return isOff(value) ? [] : [{needs: ['CAP_SYS_CHROOT', '@mount', '@privileged'], because}]
    case 'socket':
      return [{needs: ['unix-sockets'], because}, ...using('write')]
    case 'read':
    case 'write':
    case 'run':
      return using(means)
    case 'include':
    case 'include-folder':
      return []
    default:
      return [{needs: means, because}]
  }
}

/** The port in `80`, `*:80`, `[::]:80`, `1.2.3.4@53`; undefined where there is none to see. */
function portOf(value: string): number | undefined {
  const [first = ''] = value.split(/[\s,]+/)
  const port = /(?:^|[:@])(\d{1,5})$/.exec(first)?.[1]
  return port === undefined ? undefined : Number(port)
}

/** Where all of a config is in sight that names no port below 1024, none is needed. */
function lacksOf(ports: ReadonlyArray<number | undefined>, path: string, {port}: Daemon): ReadonlyMap<AccessId, string> {
  const all = ports.length > 0 ? ports : [port]
  return all.every((one) => one !== undefined && one >= 1024) ? new Map([['CAP_NET_BIND_SERVICE', `read: \`${path}\` names no port below 1024`]]) : none
}

/** The files that a line includes; undefined where it cannot be told which. */
function included({value, path}: Entry, means: 'include' | 'include-folder', from: string, host: Host): readonly HostFile[] | undefined {
  const folder = from.slice(0, from.lastIndexOf('/'))
  const [first = '', ...rest] = value.split(/[\s,]+/)
  if (first === '' || /[$%\\[\]?{}]/.test(first) || path === '') return undefined
  const name = first.startsWith('/') ? first : `${folder}/${first}`
  if (means === 'include') {
    const found = expanded(name, host).flatMap((one) => host.file(one) ?? [])
    return found.length === 0 && !name.includes('*') ? undefined : found
  }
  // `conf-dir=/etc/dnsmasq.d,*.conf` takes those alone, `,.bak` leaves those out; to read too many of them is no harm.
  const only = rest.find((one) => one.startsWith('*'))
  return host.names(name).flatMap((one) => (only === undefined || one.endsWith(only.slice(1)) ? (host.file(`${name.replace(/\/$/, '')}/${one}`) ?? []) : []))
}

/** A path with `*` in names as the paths that there are. */
function expanded(path: string, host: Host): readonly string[] {
  const parts = path.split('/').slice(1)
  if (parts.filter((part) => part.includes('*')).length > 3) return []
  let found: readonly string[] = ['']
  for (const part of parts) {
    found = part.includes('*')
      ? found
          .flatMap((folder) => host.names(folder === '' ? '/' : folder).flatMap((name) => (isLike(name, part) ? [`${folder}/${name}`] : [])))
          .slice(0, mostFiles * 4)
      : found.map((folder) => `${folder}/${part}`)
  }
  return found
}

/** Whether a name is what a pattern with `*` stands for; one that begins with a dot is not. */
function isLike(name: string, pattern: string): boolean {
  if (name.startsWith('.')) return false
  const parts = pattern.split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found === -1 || found + part.length > name.length - last.length) return false
    at = found + part.length
  }
  return true
}
