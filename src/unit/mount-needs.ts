import {escapePath} from '../values/units.ts'
import {parseAbsolutePath} from '../values/paths.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {splitWords} from '../values/words.ts'
import {itself, type LoadedUnit} from './load.ts'
import {isBind, isNetworkMount, mountPoint, mountSource} from './mount-source.ts'
import {hasDefaults, runsPrograms, sharesTmp} from './parts.ts'
import {query} from './query.ts'
import {readsNames} from './references.ts'
import {settings} from './settings.ts'
import type {Assignment} from './unit.ts'
import {valueOf, valuesOf, valuesOfAny} from './value.ts'

/**
 * A path that a unit uses: it comes after all mounts above that path, and pulls them in where they
 * have files (systemd.unit(5), "RequiresMountsFor=").
 */
export interface MountNeed {
  readonly kind: 'Requires' | 'Wants'
  readonly path: string
  readonly origin: Assignment | 'implicit'
}

/**
 * The paths whose mounts a unit needs: written, and by what it runs, listens to, watches or mounts.
 */
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
  return ['', ...parts].map((_, index) => mountAt(`/${parts.slice(0, index).join('/')}`))
}

/** The name of the mount at a path, which has no slash too many. */
export function mountAt(path: string): string {
  return `${escapePath(path)}.mount`
}

function* needsOf(unit: LoadedUnit): Iterable<MountNeed> {
  yield* written(unit)
  if (runsPrograms(unit)) yield* ofExecution(unit)
  yield* ofPaths(unit, [
    ...[
      'ListenStream',
      'ListenDatagram',
      'ListenSequentialPacket',
      'ListenFIFO',
      'ListenSpecial',
      'ListenUSBFunction',
    ],
    ...['PathExists', 'PathExistsGlob', 'PathChanged', 'PathModified', 'DirectoryNotEmpty'],
  ])
  if (unit.type === 'timer' && unit.manager === 'system') {
    const persistent = valueOf(unit, 'Persistent')
    if (persistent?.boolean)
      yield {kind: 'Requires', path: '/var/lib/systemd/timers', origin: persistent}
  }
  if (unit.type === 'mount' || unit.type === 'automount') yield* ofMount(unit)
  if (unit.type === 'swap')
    yield {kind: 'Requires', path: mountSource(unit).what, origin: 'implicit'}
}

function* written(unit: LoadedUnit): Iterable<MountNeed> {
  for (const [key, kind] of [
    ['RequiresMountsFor', 'Requires'],
    ['WantsMountsFor', 'Wants'],
  ] as const) {
    if (key === 'WantsMountsFor' && unit.target.version < 256) continue
    for (const origin of valuesOf(unit, key)) {
      for (const {text} of splitWords(origin.value, 'quotes').words)
        yield {kind, path: expandSpecifiers(text, unit) ?? '', origin}
    }
  }
}

function* ofExecution(unit: LoadedUnit): Iterable<MountNeed> {
  const soft = unit.target.version >= 256 ? 'Wants' : 'Requires'
  const folder = valueOf(unit, 'WorkingDirectory')
  if (folder?.value.startsWith('-')) {
    if (unit.target.version >= 256)
      yield {
        kind: 'Wants',
        path: expandSpecifiers(folder.value.slice(1), unit) ?? '',
        origin: folder,
      }
  } else if (folder)
    yield {kind: 'Requires', path: expandSpecifiers(folder.value, unit) ?? '', origin: folder}
  // A user's programs start in their home.
  else if (unit.manager === 'user' && unit.target.version >= 256)
    yield {kind: 'Wants', path: expandSpecifiers('%h', unit) ?? '', origin: 'implicit'}
  for (const key of ['RootDirectory', 'RootImage']) {
    const origin = valueOf(unit, key)
    if (origin)
      yield {kind: soft, path: expandSpecifiers(origin.value.replace(/^-/, ''), unit) ?? '', origin}
  }
  for (const [key, root] of directories) {
    for (const origin of valuesOf(unit, key)) {
      for (const {text} of splitWords(origin.value, 'quotes').words) {
        const path = expandSpecifiers(`${root}/${directoryName(text, unit.target.version)}`, unit)
        if (path !== undefined) yield {kind: 'Requires', path, origin}
      }
    }
  }
  if (unit.manager !== 'system') return
  if (!sharesTmp(unit)) {
    if (unit.target.version >= 258 && hasDefaults(unit) && settings(unit).PrivateTmp.value !== 'no')
      yield {kind: 'Wants', path: '/var', origin: 'implicit'}
    return
  }
  if ((unit.target.version < 249 || unit.target.version >= 256) && !hasTmpInMemory(unit))
    yield {kind: soft, path: '/tmp', origin: 'implicit'}
  yield {kind: soft, path: '/var/tmp', origin: 'implicit'}
}

/**
 * Whether the `/tmp` of a unit's own lies in memory though its `/var/tmp` lies in the machine's:
 * without default dependencies the machine's `/tmp` may not be there yet, unless the unit waits for
 * it (systemd.exec(5), "PrivateTmp="; seen in 262, not in 257).
 */
export function hasTmpInMemory(unit: LoadedUnit): boolean {
  const {type, target} = unit
  if (
    target.version < 262 ||
    type === 'mount' ||
    type === 'swap' ||
    !runsPrograms(unit) ||
    hasDefaults(unit) ||
    !sharesTmp(unit)
  )
    return false
  const {RootDirectory, RootImage} = settings(unit)
  if (
    (RootDirectory.value ?? '/') !== '/' ||
    RootImage.value !== undefined ||
    valueOf(unit, 'RootMStack')
  )
    return false
  const isAfter = valuesOf(unit, 'After').some((line) =>
    readsNames(line, unit).some(({name}) => name === 'tmp.mount'),
  )
  return (
    !isAfter &&
    ![...written(unit)].some(({path}) => parseAbsolutePath(path, target.version) === '/tmp')
  )
}

/** Folders that systemd makes, and where. */
export const directories = [
  ['RuntimeDirectory', '%t'],
  ['StateDirectory', '%S'],
  ['CacheDirectory', '%C'],
  ['LogsDirectory', '%L'],
  ['ConfigurationDirectory', '%E'],
] as const

/**
 * The name of such a folder in a word: since 250 names of links may follow, behind a colon, which
 * was part of the name before.
 */
export function directoryName(word: string, version: number): string {
  return version < 250 ? word : (word.split(':', 1)[0] ?? '')
}

/** The paths that some directives name. */
function* ofPaths(unit: LoadedUnit, keys: readonly string[]): Iterable<MountNeed> {
  for (const origin of valuesOfAny(unit, keys))
    yield {kind: 'Requires', path: origin.expanded ?? '', origin}
}

function* ofMount(unit: LoadedUnit): Iterable<MountNeed> {
  const where = mountPoint(unit)
  if (where === undefined || where === '/') return
  yield {
    kind: 'Requires',
    path: where.slice(0, Math.max(1, where.lastIndexOf('/'))),
    origin: 'implicit',
  }
  const source = mountSource(unit)
  const origin = valueOf(unit, 'What') ?? 'implicit'
  if (
    source.what.startsWith('/') &&
    (isBind(source) || source.options.includes('loop') || !isNetworkMount(source))
  )
    yield {kind: 'Requires', path: source.what, origin}
}
