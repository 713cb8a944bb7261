import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join, posix} from 'node:path'
import {random, type Random} from './cases-random.ts'

/** What to put at a path: a text, a link (`/` at its start is the top of the tree), or a folder. */
type Content = {readonly text: string} | {readonly link: string} | 'folder'

/** Folders of units made up from a seed. */
export interface Tree {
  /** The unit path, by folder in the tree, in order of precedence. */
  readonly folders: readonly string[]
  /**
   * Whether it is the root of a machine: links that start with `/` stay in it, and systemd knows
   * the folders.
   */
  readonly isRoot: boolean
  readonly files: ReadonlyMap<string, Content>
  /** Names of units to ask about: none of a template. */
  readonly asked: readonly string[]
}

/**
 * A tree with units of all kinds: overrides, masks, aliases, templates, links out of the unit path
 * and into nothing, drop-ins of names, templates, prefixes and types. The same arguments give the
 * same tree.
 */
export function tree(seed: number, index: number, version: number): Tree {
  const next = random(seed * 1_000_003 + index)
  const isRoot = next.chance(0.25) && version >= 250
  const folders = (isRoot ? rootFolders : ['etc', 'run', 'local', 'lib']).filter(() =>
    next.chance(0.8),
  )
  if (folders.length < 2) folders.push(isRoot ? 'usr/lib/systemd/system' : 'last')
  const made: Making = {
    next,
    version,
    folders,
    isRoot,
    names: namesOf(next),
    files: new Map(),
    count: 0,
  }
  if (isRoot && next.chance(0.5)) made.files.set('lib', {link: 'usr/lib'})
  for (const name of made.names)
    for (let count = next.pick([1, 1, 2, 3]); count > 0; count--) addUnit(made, name)
  for (let count = next.between(2, 14); count > 0; count--) addAmendments(made)
  if (next.chance(0.4)) for (let count = next.between(1, 4); count > 0; count--) addPulls(made)
  const plain = made.names.flatMap((name) =>
    name.includes('@.') ? instances.map((instance) => name.replace('@.', `@${instance}.`)) : [name],
  )
  const asked = [...new Set(plain)]
    .map((name) => ({name, rank: next.fraction()}))
    .toSorted((one, other) => one.rank - other.rank)
  return {folders, isRoot, files: made.files, asked: asked.slice(0, 9).map(({name}) => name)}
}

/** Write a tree into an empty folder. */
export function plant({folders, files, isRoot}: Tree, top: string): void {
  for (const folder of [...folders, outside]) mkdirSync(join(top, folder), {recursive: true})
  for (const [path, content] of files) {
    const place = join(top, path)
    mkdirSync(content === 'folder' ? place : dirname(place), {recursive: true})
    if (content === 'folder') continue
    if ('text' in content) writeFileSync(place, content.text)
    else
      symlinkSync(
        content.link.startsWith('/') && !content.link.startsWith('/dev/') && !isRoot
          ? top + content.link
          : content.link,
        place,
      )
  }
}

/** Those of systemd that a run for a root does not make up anew. */
const rootFolders = [
  'etc/systemd/system.control',
  'etc/systemd/system',
  'run/systemd/system',
  'usr/local/lib/systemd/system',
  'usr/lib/systemd/system',
]

interface Making {
  readonly next: Random
  readonly version: number
  readonly folders: readonly string[]
  readonly isRoot: boolean
  readonly names: readonly string[]
  readonly files: Map<string, Content>
  /** Counts the assignments, so that each leaves its own trace. */
  count: number
}

const outside = 'elsewhere'
const instances = ['one', 'a-b']
const stems = ['web', 'web-api', 'web-api-v2', 'web-', 'db', 'a--b', '-x', 'db-db']
const mounts = ['web', 'web-api', 'db', 'db-db']
const templates = [
  'app@',
  'app@one',
  'app@two',
  'other@',
  'other@one',
  'web-w@',
  'web-w@a-b',
  'web-w@one',
  'web-v@',
  'web-v@1',
]
const prefixes = ['web-', 'web-api-', 'web-@', 'web-@one', 'web-@a-b', 'a-', 'a--', '-', 'db-']

function namesOf(next: Random): string[] {
  const type = next.weighted([
    [12, 'service'],
    [2, 'socket'],
    [2, 'target'],
    [1, 'timer'],
    [1, 'path'],
    [1, 'slice'],
    [1, 'mount'],
  ])
  const typeOf = (): string =>
    next.chance(0.9) ? type : next.pick(['service', 'service', 'socket', 'target', 'slice'])
  const pool = type === 'mount' ? mounts : type === 'slice' ? stems : [...stems, ...templates]
  return [
    ...new Set(Array.from({length: next.between(3, 9)}, () => `${next.pick(pool)}.${typeOf()}`)),
  ]
}

function addUnit(made: Making, name: string): void {
  const {next, files} = made
  const path = `${next.pick(made.folders)}/${name}`
  if (files.has(path)) return
  files.set(
    path,
    next.weighted<() => Content>([
      [60, () => ({text: unitText(made, typeOf(name))})],
      [
        20,
        () => ({link: pathTo(made, path, `${next.pick(made.folders)}/${next.pick(made.names)}`)}),
      ],
      [3, () => ({link: pathTo(made, path, `${next.pick(made.folders)}/${name}`)})],
      [5, () => ({link: '/dev/null'})],
      [2, () => ({text: ''})],
      [2, () => ({text: '# nothing else\n'})],
      [8, () => ({link: pathTo(made, path, addOutside(made, unitText(made, typeOf(name)), name))})],
      [
        2,
        () => ({
          link: next.pick([
            '/nowhere/x.service',
            '../nowhere/x.service',
            '../etc/x.service.d/web.service',
            'nowhere.service',
            name,
            '../lib',
          ]),
        }),
      ],
      [1, () => 'folder'],
      [1, () => ({link: pathTo(made, path, `${next.pick(made.folders)}/`)})],
    ])(),
  )
}

function addAmendments(made: Making): void {
  const {next, files} = made
  const name = next.pick(made.names)
  const [type, stem] = [typeOf(name), name.slice(0, name.lastIndexOf('.'))]
  const [template] = stem.split('@')
  const amended = next.weighted([
    [8, name],
    [stem.includes('@') ? 4 : 0, `${template}@.${type}`],
    [stem.includes('@') ? 3 : 0, `${template}@${next.pick(instances)}.${type}`],
    [5, `${next.pick(prefixes)}.${type}`],
    [3, type],
  ])
  const folder = `${next.pick(made.folders)}/${amended}.d`
  if (typeof files.get(folder) === 'object') return
  let place = folder
  if (next.chance(0.06) && ![...files.keys()].some((path) => path.startsWith(`${folder}/`))) {
    place = next.chance(0.5)
      ? `${outside}/${made.count}.d`
      : `${next.pick(made.folders)}/${next.pick(made.names)}.d`
    if (place === folder || files.has(place)) return
    files.set(folder, {link: pathTo(made, folder, place)})
  }
  for (let count = next.between(1, 3); count > 0; count--) {
    const path = `${place}/${next.pick(confNames)}`
    if (files.has(path)) continue
    files.set(
      path,
      next.weighted<() => Content>([
        [75, () => ({text: dropInText(made, type)})],
        [6, () => ({link: '/dev/null'})],
        [4, () => ({text: ''})],
        [5, () => ({link: pathTo(made, path, addOutside(made, dropInText(made, type), 'x.conf'))})],
        [3, () => ({link: pathTo(made, path, `${folder}/${next.pick(confNames)}`)})],
        [3, () => ({link: next.pick(['/nowhere/x.conf', 'nowhere.conf', 'x/nowhere.conf'])})],
        [1, () => 'folder'],
      ])(),
    )
  }
}

const confNames = [
  '10-a.conf',
  '10-b.conf',
  '10-B.conf',
  '20.conf',
  '5.conf',
  'z.conf',
  '_.conf',
  '.hidden.conf',
  'other.txt',
  '30.CONF',
]

function addPulls(made: Making): void {
  const {next, files} = made
  const name = next.pick(made.names)
  const puller = next.weighted([
    [6, name],
    [1, typeOf(name)],
    [1, `${next.pick(prefixes)}.${typeOf(name)}`],
  ])
  const path = `${next.pick(made.folders)}/${puller}.${next.pick(['wants', 'wants', 'requires', 'upholds'])}/${next.pick([...made.names, 'far.target', 'odd'])}`
  if (files.has(path)) return
  files.set(
    path,
    next.weighted<() => Content>([
      // Of a root, systemd follows it on this machine.
      [10, () => ({link: made.isRoot ? '/nowhere' : `../${next.pick(made.names)}`})],
      [2, () => ({link: '/dev/null'})],
      [1, () => ({text: unitText(made, 'service')})],
      [1, () => ({text: ''})],
      [1, () => ({link: '/nowhere'})],
    ])(),
  )
}

/** The text of a link from a path in the tree to another, now and then one that leads astray. */
function pathTo({next, folders, isRoot}: Making, from: string, path: string): string {
  const relative = posix.relative(posix.dirname(from), path) || '.'
  const [top = ''] = path.split('/')
  // Of a root, systemd opens by the paths of this machine what it does not take for an alias.
  const isAlias =
    !posix.dirname(from).endsWith('.d') &&
    !from.endsWith('.d') &&
    folders.some((folder) => path.startsWith(folder))
  return next.pick(
    isRoot && !isAlias
      ? [relative, `./${relative}`]
      : [`/${path}`, relative, `../../${path}`, `/./${top}/../${path}`],
  )
}

/**
 * A file that is in no folder of the unit path, by its path; now and then one that is there
 * already.
 */
function addOutside({next, version, files, count}: Making, text: string, name: string): string {
  const suffix = name.slice(name.lastIndexOf('.'))
  // 247 aborts on links from a plain name to a template.
  const mayBeTemplate = version >= 250 || name.includes('@')
  const others = [...files.keys()].filter(
    (path) =>
      path.startsWith(`${outside}/`) &&
      path.endsWith(suffix) &&
      (mayBeTemplate || !path.includes('@')),
  )
  if (others.length > 0 && next.chance(0.3)) return next.pick(others)
  const path = `${outside}/${next.pick([`x${count}`, mayBeTemplate ? `x${count}@` : 'web', `sub${count}/${name.slice(0, -suffix.length)}`])}${suffix}`
  files.set(
    path,
    next.chance(0.9) ? {text} : next.chance(0.5) ? {text: ''} : {link: `gone${count}`},
  )
  return path
}

function typeOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

const needed: Readonly<Record<string, string>> = {
  service: '[Service]\nExecStart=/bin/sh\n',
  socket: '[Socket]\nListenStream=/run/any\nAccept=yes\n',
  timer: '[Timer]\nOnBootSec=1\n',
  path: '[Path]\nPathExists=/run/any\n',
  slice: '[Slice]\n',
  mount: '[Mount]\nWhat=/dev/any\n',
  target: '[Unit]\n',
}

function unitText(made: Making, type: string): string {
  return `${needed[type] ?? '[Unit]\n'}${dropInText(made, type)}`
}

const sections: Readonly<Record<string, string>> = {
  service: 'Service',
  socket: 'Socket',
  mount: 'Mount',
}

function dropInText(made: Making, type: string): string {
  const {next} = made
  const section = sections[type]
  const lines = [`[Unit]`, `Description=${++made.count}`]
  if (section === undefined) return `${lines.join('\n')}\n`
  lines.push(`[${section}]`, `Environment=T${++made.count}=1`)
  for (let count = next.between(0, 3); count > 0; count--) {
    const [key, values] = next.pick(hardening)
    lines.push(`${key}=${next.pick(values)}`)
  }
  if (next.chance(0.04)) lines.push('Environment=')
  if (type === 'service' && next.chance(0.03))
    lines.push(next.pick(['ExecStart=', 'ExecStart=/bin/sh', 'Type=oneshot', 'User=a:b']))
  if (next.chance(0.02))
    lines.push(next.pick(['[Broken', '[Unknown]', 'no assignment']), 'UMask=0111')
  return `${lines.join('\n')}\n`
}

const hardening: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['UMask', ['0077', '0027', '0022', '0007', '0000', '', 'bad']],
  ['User', ['web', 'root', 'nobody', '', '%i']],
  ['PrivateTmp', ['yes', 'no', '']],
  ['PrivateDevices', ['yes', 'no']],
  ['PrivateNetwork', ['yes', 'no']],
  ['ProtectHome', ['yes', 'read-only', 'tmpfs', 'no', 'bad']],
  ['ProtectSystem', ['strict', 'full', 'yes', 'no']],
  ['NoNewPrivileges', ['yes', 'no']],
  [
    'CapabilityBoundingSet',
    [
      '',
      '~CAP_SYS_ADMIN',
      'CAP_CHOWN CAP_KILL',
      '~CAP_KILL',
      'CAP_SYS_PTRACE CAP_NET_ADMIN',
      '~CAP_NET_ADMIN CAP_CHOWN',
    ],
  ],
  ['AmbientCapabilities', ['', 'CAP_KILL', '~CAP_KILL']],
  [
    'RestrictAddressFamilies',
    ['', 'AF_INET', 'AF_UNIX', '~AF_INET', '~AF_PACKET AF_NETLINK', 'none'],
  ],
  ['RestrictNamespaces', ['', 'yes', 'no', '~user', 'mnt net', '~mnt pid']],
  [
    'SystemCallFilter',
    ['', '@system-service', '~@privileged', '~@mount', '@mount', '~@resources @clock'],
  ],
  ['SystemCallArchitectures', ['', 'native', 'x86']],
  ['SupplementaryGroups', ['', 'adm', 'wheel']],
  ['IPAddressDeny', ['', 'any', '10.0.0.0/8']],
  ['IPAddressAllow', ['', 'localhost', '10.0.0.0/8']],
  ['DeviceAllow', ['', '/dev/null rw', 'char-tty r']],
  ['DevicePolicy', ['closed', 'auto', 'strict']],
  ['DynamicUser', ['yes', 'no']],
]
