import type {Dependency, DependencyKind} from './dependencies.ts'
import {each, hasDefaults, runsPrograms, sharesTmp} from './parts.ts'
import {valueOf, valuesOf, valuesOfAny} from '../unit/value.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {isExtrinsicMount, isNetworkMount, mountPoint, mountSource} from './mount-source.ts'
import type {MountSource} from './mount-source.ts'
import {settings} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {escapePath} from '../values/units.ts'
import {isBelow, parseAbsolutePath} from '../values/paths.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {splitWords} from '../values/words.ts'

/** A path that a unit uses: it comes after all mounts above that path, and pulls them in where they have files (systemd.unit(5), "RequiresMountsFor="). */
export interface MountNeed {
  readonly kind: 'Requires' | 'Wants'
  readonly path: string
  readonly origin: Assignment | 'implicit'
}

/** The paths whose mounts a unit needs: written, and by what it runs, listens to, watches or mounts. */
export const mountNeeds = query(
  (unit: LoadedUnit): readonly MountNeed[] =>
    [...needsOf(unit)].flatMap(({path, ...need}) => {
      const parsed = parseAbsolutePath(path, unit.target.version)
      return parsed === undefined ? [] : [{...need, path: parsed}]
    }),
  itself,
)

/** The names of the mounts that could lie above a path, the root's included, and at it. */
export function mountsAbove(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return ['-.mount', ...parts.map((_, index) => `${escapePath(parts.slice(0, index + 1).join('/'))}.mount`)]
}

function* needsOf(unit: LoadedUnit): Iterable<MountNeed> {
  for (const [key, kind] of [
    ['RequiresMountsFor', 'Requires'],
    ['WantsMountsFor', 'Wants'],
  ] as const) {
    if (key === 'WantsMountsFor' && unit.target.version < 256) continue
    for (const origin of valuesOf(unit, key)) {
      for (const {text} of splitWords(origin.value, 'quotes').words) yield {kind, path: expandSpecifiers(text, unit) ?? '', origin}
    }
  }
  if (runsPrograms(unit)) yield* ofExecution(unit)
  if (unit.type === 'socket')
    yield* ofPaths(unit, ['ListenStream', 'ListenDatagram', 'ListenSequentialPacket', 'ListenFIFO', 'ListenSpecial', 'ListenUSBFunction'])
  if (unit.type === 'path') yield* ofPaths(unit, ['PathExists', 'PathExistsGlob', 'PathChanged', 'PathModified', 'DirectoryNotEmpty'])
  if (unit.type === 'timer' && unit.manager === 'system') {
    const persistent = valueOf(unit, 'Persistent')
    if (persistent?.boolean) yield {kind: 'Requires', path: '/var/lib/systemd/timers', origin: persistent}
  }
  if (unit.type === 'mount' || unit.type === 'automount') yield* ofMount(unit)
  if (unit.type === 'swap') yield {kind: 'Requires', path: mountSource(unit).what, origin: 'implicit'}
}

function* ofExecution(unit: LoadedUnit): Iterable<MountNeed> {
  const soft = unit.target.version >= 256 ? 'Wants' : 'Requires'
  const folder = valueOf(unit, 'WorkingDirectory')
  if (folder?.value.startsWith('-')) {
    if (unit.target.version >= 256) yield {kind: 'Wants', path: expandSpecifiers(folder.value.slice(1), unit) ?? '', origin: folder}
  } else if (folder) yield {kind: 'Requires', path: expandSpecifiers(folder.value, unit) ?? '', origin: folder}
  // A user's programs start in their home.
  else if (unit.manager === 'user' && unit.target.version >= 256) yield {kind: 'Wants', path: expandSpecifiers('%h', unit) ?? '', origin: 'implicit'}
  for (const key of ['RootDirectory', 'RootImage']) {
    const origin = valueOf(unit, key)
    if (origin) yield {kind: soft, path: expandSpecifiers(origin.value.replace(/^-/, ''), unit) ?? '', origin}
  }
  for (const [key, root] of directories) {
    for (const origin of valuesOf(unit, key)) {
      for (const {text} of splitWords(origin.value, 'quotes').words) {
        // Since 251 names of links may follow, behind a colon.
        const path = expandSpecifiers(`${root}/${text.split(':', 1)[0]}`, unit)
        if (path !== undefined) yield {kind: 'Requires', path, origin}
      }
    }
  }
  if (unit.manager !== 'system') return
  if (!sharesTmp(unit)) {
    if (unit.target.version >= 258 && hasDefaults(unit) && settings(unit).PrivateTmp.value !== 'no') yield {kind: 'Wants', path: '/var', origin: 'implicit'}
    return
  }
  if (unit.target.version < 249 || unit.target.version >= 256) yield {kind: soft, path: '/tmp', origin: 'implicit'}
  yield {kind: soft, path: '/var/tmp', origin: 'implicit'}
}

/** Folders that systemd makes, and where. */
export const directories = [
  ['RuntimeDirectory', '%t'],
  ['StateDirectory', '%S'],
  ['CacheDirectory', '%C'],
  ['LogsDirectory', '%L'],
  ['ConfigurationDirectory', '%E'],
] as const

/** The paths that some directives name. */
function* ofPaths(unit: LoadedUnit, keys: readonly string[]): Iterable<MountNeed> {
  for (const origin of valuesOfAny(unit, keys)) yield {kind: 'Requires', path: origin.expanded ?? '', origin}
}

function* ofMount(unit: LoadedUnit): Iterable<MountNeed> {
  const where = mountPoint(unit)
  if (where === undefined || where === '/') return
  yield {kind: 'Requires', path: where.slice(0, Math.max(1, where.lastIndexOf('/'))), origin: 'implicit'}
  if (unit.type !== 'mount') return
  const source = mountSource(unit)
  const origin = valueOf(unit, 'What') ?? 'implicit'
  if (source.what.startsWith('/') && (isBind(source) || source.options.includes('loop') || !isNetworkMount(source)))
    yield {kind: 'Requires', path: source.what, origin}
}

/** What a mount depends on by what and where it mounts (systemd.mount(5)). */
export function* mountDependencies(unit: LoadedUnit): Iterable<Dependency> {
  const source = mountSource(unit)
  const where = mountPoint(unit)
  if (where === undefined || where === '/') return
  const origin = valueOf(unit, 'What') ?? 'implicit'
  if (isDevice(source.what) && !isBind(source) && source.what !== '/dev/root') {
    const isBound = source.options.some((option) => /^x-systemd\.device-bound(?:=(?:1|yes|y|true|t|on))?$/.test(option))
    const kinds: readonly DependencyKind[] = unit.target.version >= 249 ? (isBound ? ['BindsTo'] : ['Requires', 'StopPropagatedFrom']) : ['BindsTo']
    yield* onDevice(unit, source.what, kinds, origin)
  }
  if (unit.manager === 'system' && unit.target.version < 257 && !isNetworkMount(source) && source.options.some((option) => quotas.has(option)))
    for (const name of ['systemd-quotacheck.service', 'quotaon.service']) yield* each(['Before', 'Wants'], name, origin)
  if (!hasDefaults(unit) || isExtrinsicMount(unit)) return
  const isRemote = isNetworkMount(source)
  if (isRemote) {
    yield {kind: 'After', name: 'network.target', origin: 'default'}
    yield* each(['Wants', 'After'], 'network-online.target', 'default')
  }
  yield {kind: 'After', name: isRemote ? 'remote-fs-pre.target' : 'local-fs-pre.target', origin: 'default'}
  if (!source.options.includes('nofail')) yield {kind: 'Before', name: isRemote ? 'remote-fs.target' : 'local-fs.target', origin: 'default'}
  yield* each(['Conflicts', 'Before'], 'umount.target', 'default')
  if (source.type === 'tmpfs') yield {kind: 'After', name: 'swap.target', origin: 'default'}
}

const quotas: ReadonlySet<string> = new Set(['usrquota', 'grpquota', 'quota', 'usrjquota', 'grpjquota'])

/** What a swap depends on by what it uses (systemd.swap(5)); in a container systemd leaves its defaults out. */
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
function* onDevice(unit: LoadedUnit, path: string, kinds: readonly DependencyKind[], origin: Assignment | 'implicit'): Iterable<Dependency> {
  const name = escapePath(path)
  yield* each([...(unit.manager === 'user' ? ['Wants' as const] : kinds), 'After'], `${name}.device`, origin)
  yield {kind: 'After', name: `blockdev@${name}.target`, origin}
}

function isDevice(path: string): boolean {
  return ['/dev', '/sys'].some((folder) => path !== folder && isBelow(path, folder))
}

function isBind({type, options}: MountSource): boolean {
  return type === 'bind' || type === 'rbind' || options.includes('bind') || options.includes('rbind')
}
