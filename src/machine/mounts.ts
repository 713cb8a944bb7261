import type {LoadedUnit} from '../unit/load.ts'
import {
  isBind,
  isExtrinsicMount,
  isNetworkMount,
  mountPoint,
  mountSource,
} from '../unit/mount-source.ts'
import {hasDefaults} from '../unit/parts.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueOf} from '../unit/value.ts'
import {isBelow} from '../values/paths.ts'
import {escapePath} from '../values/units.ts'
import type {Dependency, DependencyKind} from './dependency.ts'
import {each} from './each.ts'

/** What a mount depends on by what and where it mounts (systemd.mount(5)). */
export function* mountDependencies(unit: LoadedUnit): Iterable<Dependency> {
  const source = mountSource(unit)
  const where = mountPoint(unit)
  if (where === undefined || where === '/') return
  const origin = valueOf(unit, 'What') ?? 'implicit'
  if (isDevice(source.what) && !isBind(source) && source.what !== '/dev/root')
    yield* onDevice(unit, source.what, tiesToDevice(unit, source.options), origin)
  if (
    unit.manager === 'system' &&
    unit.target.version < 257 &&
    !isNetworkMount(source) &&
    source.options.some((option) => quotas.has(option))
  )
    for (const name of ['systemd-quotacheck.service', 'quotaon.service'])
      yield* each(['Before', 'Wants'], name, origin)
  if (hasDefaults(unit) && !isExtrinsicMount(unit)) yield* defaultsOfMount(source)
}

function* defaultsOfMount(source: ReturnType<typeof mountSource>): Iterable<Dependency> {
  const isRemote = isNetworkMount(source)
  if (isRemote) {
    yield {kind: 'After', name: 'network.target', origin: 'default'}
    yield* each(['Wants', 'After'], 'network-online.target', 'default')
  }
  yield {
    kind: 'After',
    name: isRemote ? 'remote-fs-pre.target' : 'local-fs-pre.target',
    origin: 'default',
  }
  if (!source.options.includes('nofail'))
    yield {
      kind: 'Before',
      name: isRemote ? 'remote-fs.target' : 'local-fs.target',
      origin: 'default',
    }
  yield* each(['Conflicts', 'Before'], 'umount.target', 'default')
  if (source.type === 'tmpfs') yield {kind: 'After', name: 'swap.target', origin: 'default'}
}

/** What a mount is to the device that it mounts. */
function tiesToDevice(
  {target: {version}}: LoadedUnit,
  options: readonly string[],
): readonly DependencyKind[] {
  const isBound = options.some((option) =>
    /^x-systemd\.device-bound(?:=(?:1|yes|y|true|t|on))?$/.test(option),
  )
  return version < 249 || isBound ? ['BindsTo'] : ['Requires', 'StopPropagatedFrom']
}

const quotas: ReadonlySet<string> = new Set([
  'usrquota',
  'grpquota',
  'quota',
  'usrjquota',
  'grpjquota',
])

/**
 * What a swap depends on by what it uses (systemd.swap(5)); in a container systemd leaves its
 * defaults out.
 */
export function* swapDependencies(unit: LoadedUnit): Iterable<Dependency> {
  const {what} = mountSource(unit)
  const origin = valueOf(unit, 'What') ?? 'implicit'
  if (isDevice(what)) yield* onDevice(unit, what, ['Requires'], origin)
  else yield {kind: 'After', name: 'systemd-remount-fs.service', origin}
  if (!hasDefaults(unit) || unit.manager !== 'system') return
  yield {kind: 'Before', name: 'swap.target', origin: 'default'}
  yield* each(['Conflicts', 'Before'], 'umount.target', 'default')
}

/** A user's manager only wants devices, as it starts none. */
function* onDevice(
  unit: LoadedUnit,
  path: string,
  kinds: readonly DependencyKind[],
  origin: Assignment | 'implicit',
): Iterable<Dependency> {
  const name = escapePath(path)
  yield* each(
    [...(unit.manager === 'user' ? ['Wants' as const] : kinds), 'After'],
    `${name}.device`,
    origin,
  )
  yield {kind: 'After', name: `blockdev@${name}.target`, origin}
}

function isDevice(path: string): boolean {
  return ['/dev', '/sys'].some((folder) => path !== folder && isBelow(path, folder))
}
