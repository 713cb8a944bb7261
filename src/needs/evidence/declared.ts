import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {directories} from '../../unit/mount-needs.ts'
import {directoryRoots} from '../../unit/own-directories.ts'
import type {OwnDirectoryKey} from '../../unit/own-directories.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {splitWords} from '../../values/words.ts'
import {resolvedPath} from './paths.ts'
import {valueOf, valuesOf, type Value} from '../../unit/value.ts'
import {isBelow} from '../../values/paths.ts'
import {upTo} from '../../syntax/text.ts'

/** Places that a unit names in its sandboxing. */
export interface Declared {
  /** Writable whatever else is protected. */
  readonly writable: readonly string[]
  /** Put there by the unit itself, even where nothing else of that area is left. */
  readonly bound: readonly string[]
  /** The home of the user that its commands run as, where it is where homes are. */
  readonly home: string | undefined
}

/**
 * The places that a unit declares: its directories, `ReadWritePaths=`, and what it binds
 * (systemd.exec(5)).
 */
export const declaredPlaces = query((unit: LoadedUnit): Declared => {
  const [written, bound, boundToRead] = (
    ['ReadWritePaths', 'BindPaths', 'BindReadOnlyPaths'] as const
  ).map((key) => listedPaths(unit, key).map(({path, inside}) => resolvedPath(inside ?? path)))
  const own = directories.flatMap(([key]) => placesOf(unit, key))
  const temporary = hasPrivateTmp(unit) ? ['/tmp', '/var/tmp'] : []
  return {
    writable: [...(written ?? []), ...(bound ?? []), ...own, ...temporary],
    bound: [...(bound ?? []), ...(boundToRead ?? [])],
    home: ownHome(unit),
  }
})

function ownHome(unit: LoadedUnit): string | undefined {
  if (unit.manager === 'user') return expanded('%h', unit)
  const user = valueOf(unit, 'User')?.value
  return user !== undefined && /^[a-z_][\w-]*$/i.test(user) ? `/home/${user}` : undefined
}

/** The directories that a directive has systemd make; those of a user's manager as if of the system. */
function placesOf(unit: LoadedUnit, key: OwnDirectoryKey): readonly string[] {
  return valuesOf(unit, key).flatMap(({value}) =>
    splitWords(expanded(value.slice(0, 32_768), unit), 'quotes').words.map(({text}) =>
      resolvedPath(`${directoryRoots[key]}/${upTo(text, ':')}`),
    ),
  )
}

/**
 * The variables by which systemd tells a service of the system of the directories that it makes for
 * it, and of its credentials (systemd.exec(5), "Environment variables").
 */
export function directoryVariables(unit: LoadedUnit): ReadonlyMap<string, string> {
  if (unit.manager === 'user') return new Map()
  const told = directories.flatMap(([key]) => {
    const paths = placesOf(unit, key)
    return paths.length > 0 ? [[variables[key], paths.join(':')] as const] : []
  })
  return new Map([...told, ['CREDENTIALS_DIRECTORY', `/run/credentials/${unit.name}`]])
}

function hasPrivateTmp(unit: LoadedUnit): boolean {
  const written = valueOf(unit, 'PrivateTmp')?.value
  return (
    written === 'connected' ||
    written === 'disconnected' ||
    valueOf(unit, 'PrivateTmp')?.boolean === true ||
    valueOf(unit, 'DynamicUser')?.boolean === true
  )
}

/**
 * Whether a unit says where its service writes: where it keeps its state, or what it may write of a
 * protected system.
 *
 * The directories of its configuration and of what it has while it runs say nothing of that, nor do
 * its logs.
 */
export function saysWhereItWrites(unit: LoadedUnit): boolean {
  return (
    ['StateDirectory', 'CacheDirectory'].some((key) =>
      valuesOf(unit, key).some(({value}) => value !== ''),
    ) ||
    ['ReadWritePaths', 'BindPaths'].some((key) =>
      listedPaths(unit, key).some(
        ({path, inside}) => !isWithin(inside ?? path, ['/tmp', '/var/tmp', '/run']),
      ),
    )
  )
}

/** Whether a path is in one of some places. */
export function isWithin(path: string, places: readonly string[]): boolean {
  const plain = resolvedPath(path)
  return places.some((place) => isBelow(plain, place))
}

/**
 * The paths that a list directive names, and where they appear inside, without the marks before
 * them.
 */
export function listedPaths(
  unit: LoadedUnit,
  key: string,
): ReadonlyArray<{path: string; inside: string | undefined; assignment: Value}> {
  return valuesOf(unit, key).flatMap((assignment) =>
    splitWords(expanded(assignment.value.slice(0, 32_768), unit), 'quotes').words.flatMap(
      ({text}) => {
        const [path = '', inside] = text.replace(/^[-+]{0,2}/, '').split(':')
        return path.startsWith('/') ? [{path, inside, assignment}] : []
      },
    ),
  )
}

function expanded(value: string, unit: LoadedUnit): string {
  return value.includes('%') ? (expandSpecifiers(value, unit) ?? value) : value
}

const variables: Readonly<Record<OwnDirectoryKey, string>> = {
  StateDirectory: 'STATE_DIRECTORY',
  CacheDirectory: 'CACHE_DIRECTORY',
  LogsDirectory: 'LOGS_DIRECTORY',
  RuntimeDirectory: 'RUNTIME_DIRECTORY',
  ConfigurationDirectory: 'CONFIGURATION_DIRECTORY',
}
