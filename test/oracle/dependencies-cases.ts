import type {Random} from './cases-random.ts'
import type {Folder} from './dumps.ts'

/** Units of all types that depend on each other in every way. */
export function families(next: Random, count: number): Folder {
  const names = Array.from({length: count}, (_, index) => nameOf(index, next))
  const texts = new Map(names.map((name) => [name, textOf(name, names, next)]))
  const links = names.flatMap((name) =>
    next.chance(0.2)
      ? [`${name}.${next.pick(['wants', 'requires', 'upholds'])}/${plain(next.pick(names))}`]
      : [],
  )
  return {texts, links: [...new Set(links)]}
}

function nameOf(index: number, next: Random): string {
  const type = next.weighted([
    [6, 'service'],
    [3, 'socket'],
    [2, 'timer'],
    [2, 'path'],
    [4, 'target'],
    [1, 'slice'],
    [3, 'mount'],
    [1, 'automount'],
    [1, 'swap'],
  ] as const)
  if (type === 'mount' || type === 'automount' || type === 'swap')
    return `m${index}-${next.pick(['a', 'b'])}.${type}`
  if (type === 'slice') return next.pick([`s${index}-x.slice`, `s${index}.slice`])
  return `u${index}${next.chance(0.15) ? (next.chance(0.5) ? '@' : '@in-st') : ''}.${type}`
}

/** A link to a template says which instance. */
function plain(name: string): string {
  return name.replace('@.', '@other.')
}

function textOf(name: string, names: readonly string[], next: Random): string {
  const type = name.slice(name.lastIndexOf('.') + 1)
  const other = () =>
    next.weighted([
      [8, next.pick(names)],
      [1, 'absent.service'],
      [1, 'p-%p.service'],
      [1, 'i@%i.service'],
      [1, 'bad'],
      [1, next.pick(special)],
    ])
  const unit = Array.from(
    {length: next.between(0, 5)},
    () => `${next.pick(kinds)}=${Array.from({length: next.between(0, 3)}, other).join(' ')}\n`,
  )
  if (next.chance(0.2)) unit.push(`DefaultDependencies=${next.pick(['no', 'yes', 'maybe'])}\n`)
  if (next.chance(0.2)) unit.push(`RequiresMountsFor=${next.pick(paths)}\n`)
  if (next.chance(0.1)) unit.push(`WantsMountsFor=${next.pick(paths)}\n`)
  return `[Unit]\n${unit.join('')}${own(name, type, names, next)}`
}

const kinds = [
  ...[
    'Requires',
    'Requisite',
    'Wants',
    'BindsTo',
    'PartOf',
    'Upholds',
    'Conflicts',
    'Before',
    'After',
    'Before',
    'After',
    'OnFailure',
    'OnSuccess',
  ],
  ...[
    'PropagatesReloadTo',
    'ReloadPropagatedFrom',
    'PropagatesStopTo',
    'StopPropagatedFrom',
    'JoinsNamespaceOf',
    'BindTo',
    'PropagateReloadFrom',
  ],
]
const special = [
  'sysinit.target',
  'basic.target',
  'network.target',
  'shutdown.target',
  'local-fs.target',
  'dev-absent.device',
  '-.mount',
]
const paths = ['/m1/a/x', '/m2/b', '/m3', '/var/lib/x', '/m4/a /m5/a', '/m6/b/y']

function own(name: string, type: string, names: readonly string[], next: Random): string {
  const some = (lines: readonly string[], most = 3) =>
    Array.from({length: next.between(0, most)}, () => `${next.pick(lines)}\n`).join('')
  const stem = name.slice(0, name.lastIndexOf('.'))
  const named = (suffix: string) =>
    names.find((candidate) => candidate.endsWith(suffix) && candidate !== name) ?? `absent${suffix}`
  switch (type) {
    case 'service':
      return `[Service]\nExecStart=/bin/true\n${some(execution)}${some(services)}${next.chance(0.2) ? `Sockets=${named('.socket')}\n` : ''}`
    case 'socket':
      return `[Socket]\nListenStream=${next.pick(['80', '/m1/a/sock', '@x'])}\n${some(sockets)}${next.chance(0.2) ? `Service=${named('.service')}\n` : ''}`
    case 'timer':
      return `[Timer]\nOnBootSec=1\n${some(timers)}${next.chance(0.3) ? `Unit=${named('.service')}\nUnit=${named('.target')}\n` : ''}`
    case 'path':
      return `[Path]\nPathExists=/m2/b/c\n${some(['PathChanged=/m3/a', 'DirectoryNotEmpty=/m4', 'PathExistsGlob=/m5/a/*', 'MakeDirectory=yes'])}${next.chance(0.3) ? `Unit=${named('.mount')}\n` : ''}`
    case 'mount':
      return `[Mount]\nWhere=/${stem.replace('-', '/')}\nWhat=${next.pick(['/dev/absent1', 'tmpfs', '/m1/a', 'host:/x', '/dev/fuse'])}\n${next.chance(0.7) ? `Type=${next.pick(['ext4', 'tmpfs', 'nfs', 'fuse.sshfs', 'none'])}\n` : ''}${next.chance(0.6) ? `Options=${next.pick(['bind', 'nofail', '_netdev,loop', 'noauto,x-systemd.device-bound', 'rw', 'loop'])}\n` : ''}${some(execution, 1)}`
    case 'automount':
      return `[Automount]\nWhere=/${stem.replace('-', '/')}\n`
    case 'swap':
      return `[Swap]\nWhat=/${stem.replace('-', '/')}\n`
    default:
      return type === 'slice' ? '[Slice]\n' : ''
  }
}

const execution = [
  ...[
    'WorkingDirectory=/m1/a',
    'WorkingDirectory=-/m2/b',
    'RootDirectory=/m3/a',
    'StateDirectory=x',
    'LogsDirectory=y',
    'RuntimeDirectory=z',
  ],
  ...[
    'PrivateTmp=yes',
    'PrivateTmp=no',
    'Slice=s1-x.slice',
    'Slice=bad',
    'StandardOutput=null',
    'StandardError=null',
    'StandardOutput=kmsg+console',
  ],
  ...[
    'StandardInput=socket',
    'StandardOutput=file:/m1/a/x',
    'StandardError=journal',
    'LogNamespace=ns',
    'DynamicUser=yes',
    'StandardInput=tty',
    'StandardOutput=inherit',
  ],
]
const services = [
  'BusName=org.example.%p.i%i',
  'Type=dbus\nBusName=org.example.%p.i%i',
  'Type=oneshot',
  'Type=simple',
  'Restart=no',
  'Type=notify',
]
const sockets = [
  'Accept=yes',
  'Accept=no',
  'ListenDatagram=/m3/x',
  'ListenStream=',
  'ListenStream=81',
  'ListenFIFO=/m4/a/f',
  'ExecStartPre=/bin/true',
  'BindToDevice=eth0',
  'RuntimeDirectory=r',
]
const timers = [
  'OnCalendar=daily',
  'Persistent=yes',
  'Persistent=no',
  'OnActiveSec=5',
  'OnCalendar=',
  'OnClockChange=yes',
  'OnUnitActiveSec=1h',
]

/**
 * Small groups of units that pull in and order each other: `g3u0.target` pulls in some of its
 * group, and so on.
 */
export function tangles(next: Random, count: number): Folder {
  const texts = new Map<string, string>()
  for (let group = 0; group < count; group++) {
    const size = next.between(2, 9)
    const names = Array.from(
      {length: size},
      (_, index) =>
        `g${group}u${index}.${index === 0 || next.chance(0.3) ? 'target' : next.pick(['service', 'service', 'socket'])}`,
    )
    for (const [index, name] of names.entries()) {
      // Of targets that pull in each other, the order is left to chance.
      const isOrderly = (other: string, key: string) =>
        !name.endsWith('.target') ||
        key === 'Before' ||
        key === 'After' ||
        names.indexOf(other) > index
      const line = (key: string, chance: number) =>
        next.chance(chance)
          ? `${key}=${names.filter((other) => isOrderly(other, key) && next.chance(1.4 / size)).join(' ')}\n`
          : ''
      const lines = [
        line('Wants', 0.6),
        line('Requires', 0.3),
        line('Requisite', 0.1),
        line('BindsTo', 0.1),
        line('Before', 0.3),
        line('After', 0.4),
      ]
      const defaults =
        name.endsWith('.target') && next.chance(0.6) ? '' : 'DefaultDependencies=no\n'
      const type = name.slice(name.lastIndexOf('.') + 1)
      texts.set(
        name,
        `[Unit]\n${defaults}${lines.join('')}${type === 'service' ? '[Service]\nExecStart=/bin/true\n' : type === 'socket' ? '[Socket]\nListenStream=80\nAccept=yes\n' : ''}`,
      )
      if (type === 'socket')
        texts.set(name.replace('.socket', '@.service'), '[Service]\nExecStart=/bin/true\n')
    }
  }
  return {texts}
}
