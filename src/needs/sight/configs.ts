import type {AccessId} from '../../facts/accesses.ts'
import {decode} from '../../syntax/bytes.ts'
import {mostNames} from '../../unit/host.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import {rowsByName} from '../programs/lists.ts'
import {daemons, turnsOff} from './daemons.ts'
import type {ConfigRow, Daemon} from './daemons.ts'
import type {ShownByFiles, Sign} from './sign.ts'

/**
 * What the config of a program shows that is started with some arguments; undefined where no table
 * says how to read it, or it is not in sight.
 */
export function configOf(
  program: string,
  args: readonly string[],
  host: Host,
): ShownByFiles | undefined {
  const [daemon] = [...named(program), ...alike([program])]
  const read: ConfigReading = {
    files: new Set(),
    folders: mostFolders,
    characters: mostCharacters,
    isWhole: true,
    entries: [],
  }
  const file = daemon && fileOf(daemon, args, read, host)
  if (!file) return undefined
  readInto(read, file, daemon, host, 0)
  const signs = read.entries.flatMap((entry) =>
    entry.rows.flatMap(({means}) => signsFor(means, entry)),
  )
  const ports = read.entries.flatMap(({rows, value}) =>
    rows.some(({means}) => means === 'port') ? [portOf(value)] : [],
  )
  return {
    signs: signs.slice(0, mostSigns),
    lacks: read.isWhole ? lacksOf(ports, file.path, daemon) : none,
  }
}

const {named, alike} = rowsByName(daemons)

const none: ReadonlyMap<AccessId, string> = new Map([])

/** What is read of a config with all that it includes. */
const mostCharacters = 1_048_576
const mostBytes = 262_144
const mostFiles = 64
const mostFolders = 128
const mostPaths = 256
const deepest = 8
const mostEntries = 20_000
const mostSigns = 200

/** The config that the arguments name, or the usual one. */
function fileOf(
  {option, files, programs}: Daemon,
  args: readonly string[],
  read: ConfigReading,
  host: Host,
): HostFile | undefined {
  const named = args.flatMap((arg, index) => {
    const [name = '', joined] = arg.split('=', 2)
    if (option.test(name)) return [joined ?? args[index + 1] ?? '']
    // `-C/etc/x.conf`, and programs that take it as their only argument.
    if (option.test(arg.slice(0, 2)) && arg.startsWith('-') && arg.length > 2) return [arg.slice(2)]
    return option.test('') && arg.startsWith('/') ? [arg] : []
  })
  const cluster = programs.startsWith('postgres')
    ? args.flatMap((arg) => /^(\d+)-([\w.-]+)$/.exec(arg)?.slice(1, 3).join('/') ?? [])
    : []
  for (const path of [
    ...named.flatMap((one) => [one, `${one}/postgresql.conf`]),
    ...cluster.map((one) => `/etc/postgresql/${one}/postgresql.conf`),
  ]) {
    const file = host.file(path)
    if (file) return file
  }
  return named.length > 0
    ? undefined
    : files
        .flatMap((path) => expanded(path, read, host))
        .flatMap((path) => host.file(path) ?? [])[0]
}

interface ConfigLine {
  readonly key: string
  readonly value: string
  /** The file that it stands in. */
  readonly path: string
  /** What it means. */
  readonly rows: readonly ConfigRow[]
}

interface ConfigReading {
  readonly files: Set<string>
  /** How many folders may still be looked into. */
  folders: number
  /** How much text may still be read. */
  characters: number
  isWhole: boolean
  readonly entries: ConfigLine[]
}

function readInto(
  read: ConfigReading,
  file: HostFile,
  daemon: Daemon,
  host: Host,
  depth: number,
): void {
  if (read.files.has(file.path)) return
  if (
    read.files.size >= mostFiles ||
    depth > deepest ||
    file.size > mostBytes ||
    file.size > read.characters
  ) {
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
    for (const {means} of entry.rows) {
      if (means !== 'include' && means !== 'include-folder') continue
      const found = included(entry, means, read, host)
      if (!found) read.isWhole = false
      for (const next of found ?? []) readInto(read, next, daemon, host, depth + 1)
    }
  }
}

/**
 * The statements of a config, keys in lower case, behind the name of their section where there are
 * sections.
 */
function* entriesIn(
  config: string,
  path: string,
  {statements, comment, rows}: Daemon,
): Generator<ConfigLine> {
  let section = ''
  const lines = config.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)
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
    const [, name = '', text = ''] = /^([^\s=:]+)[\s=:]*([^]*)$/.exec(line) ?? []
    if (header !== undefined || name === '') continue
    const key = (name.startsWith('!') ? '' : section) + name.toLowerCase()
    const value = text.replaceAll(/["']/g, '').trim()
    yield {key, value, path, rows: meaningsOf(key, value, rows)}
  }
}

const longest = 2048

function meaningsOf(key: string, value: string, rows: readonly ConfigRow[]): readonly ConfigRow[] {
  const found = rows.filter((row) => row.key.test(key) && (row.value?.test(value) ?? true))
  // A socket is no port.
  return found.some(({means}) => means === 'socket')
    ? found.filter(({means}) => means !== 'port')
    : found
}

function signsFor(means: ConfigRow['means'], {key, value, path}: ConfigLine): readonly Sign[] {
  const subject = `\`${path}\``
  const because = `${subject} says \`${key.slice(key.indexOf('.') + 1)}\``
  const paths = value
    .split(/[\s,]+/)
    .flatMap((word) => /^(?:unix:|unix@|-)?(\/[^:;]*)/.exec(word)?.[1] ?? [])
  const using = (use: 'read' | 'write' | 'run'): readonly Sign[] =>
    paths.slice(0, 4).map((one) => ({needs: [], path: {path: one, use}, because: subject}))
  switch (means) {
    case 'port': {
      const port = portOf(value)
      const needs: readonly AccessId[] = ['bind-ports', 'inet', 'inet-local']
      return [
        {
          needs: port !== undefined && port >= 1024 ? needs : [...needs, 'CAP_NET_BIND_SERVICE'],
          because,
        },
      ]
    }
    case 'user':
      return turnsOff(value) || /^root\b/.test(value)
        ? []
        : [{needs: ['CAP_SETUID', 'CAP_SETGID', '@setuid', '@privileged'], because}]
    case 'chroot':
      return turnsOff(value) ? [] : [{needs: ['CAP_SYS_CHROOT', '@mount', '@privileged'], because}]
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
function lacksOf(
  ports: ReadonlyArray<number | undefined>,
  path: string,
  {port}: Daemon,
): ReadonlyMap<AccessId, string> {
  const all = ports.length > 0 ? ports : [port]
  return all.every((one) => one !== undefined && one >= 1024)
    ? new Map([['CAP_NET_BIND_SERVICE', `read: \`${path}\` names no port below 1024`]])
    : none
}

/** The files that a line includes; undefined where it cannot be told which. */
function included(
  {value, path}: ConfigLine,
  means: 'include' | 'include-folder',
  read: ConfigReading,
  host: Host,
): readonly HostFile[] | undefined {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const [first = '', ...rest] = value.split(/[\s,]+/)
  const written = means === 'include' ? [first, ...rest] : [first]
  if (first === '' || written.some((one) => /[$%\\[\]?{}]/.test(one))) return undefined
  const [name = '', ...others] = written.map((one) =>
    one.startsWith('/') ? one : `${folder}/${one}`,
  )
  if (means === 'include') {
    const found = [name, ...others].map((one) =>
      expanded(one, read, host).flatMap((its) => host.file(its) ?? []),
    )
    // What is not there may be elsewhere: some daemons look for it from the folder that they start
    // in.
    return found.some((its, at) => its.length === 0 && !/^\/.*\*/.test(written[at] ?? ''))
      ? undefined
      : found.flat()
  }
  // `conf-dir=/etc/dnsmasq.d,*.conf` takes those alone, `,.bak` leaves those out; to read too many
  // of them is no harm.
  const only = rest.find((one) => one.startsWith('*'))
  return namesIn(name, read, host).flatMap((one) =>
    only === undefined || one.endsWith(only.slice(1))
      ? (host.file(`${name.replace(/\/$/, '')}/${one}`) ?? [])
      : [],
  )
}

/** The names in a folder. */
function namesIn(folder: string, read: ConfigReading, host: Host): readonly string[] {
  const found = read.folders-- > 0 ? host.names(folder) : undefined
  if (!found || found.length >= mostNames) read.isWhole = false
  return found ?? []
}

/** A path with `*` in names as the paths that there are. */
function expanded(path: string, read: ConfigReading, host: Host): readonly string[] {
  let found: readonly string[] = ['']
  for (const part of path.split('/').slice(1)) {
    found = part.includes('*')
      ? found.flatMap((folder) =>
          namesIn(folder === '' ? '/' : folder, read, host).flatMap((name) =>
            isLike(name, part) ? [`${folder}/${name}`] : [],
          ),
        )
      : found.map((folder) => `${folder}/${part}`)
    if (found.length > mostPaths) read.isWhole = false
    found = found.slice(0, mostPaths)
  }
  return found
}

/** Whether a name is what a pattern with `*` stands for; one that begins with a dot is not. */
function isLike(name: string, pattern: string): boolean {
  if (name.startsWith('.')) return false
  const parts = pattern.split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found === -1 || found + part.length > name.length - last.length) return false
    at = found + part.length
  }
  return true
}
