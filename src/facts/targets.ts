import type {Dialect} from './dialect.ts'
import {environmentNamed} from './environments.ts'
import type {EnvironmentId} from './environments.ts'

/** A systemd to judge by. */
export interface Target {
  /** As the user named it: `252`, `debian-12`. */
  readonly name: string
  /** Major version. */
  readonly version: number
  /** Where it runs, beside a machine of its own. */
  readonly environments?: readonly EnvironmentId[]
  /** How it reads files; absent: as systemd reads its own units. */
  readonly dialect?: Dialect
}

/** The oldest and the newest systemd whose behaviour is known here. */
export const oldestVersion = 247
export const newestVersion = 262

/** Releases and the systemd that they ship. */
export const releases: Readonly<Record<string, number>> = {
  'debian-11': 247,
  'debian-12': 252,
  'debian-13': 257,
  'ubuntu-22.04': 249,
  'ubuntu-24.04': 255,
  'ubuntu-26.04': 259,
  'rhel-9': 252,
  'rhel-10': 257,
  'centos-9': 252,
  'centos-10': 257,
  'almalinux-9': 252,
  'almalinux-10': 257,
  'rocky-9': 252,
  'rocky-10': 257,
  'fedora-40': 255,
  'fedora-41': 256,
  'fedora-42': 257,
  'fedora-43': 258,
  'opensuse-leap-15.6': 254,
  'opensuse-leap-16.0': 257,
  'amazon-2023': 252,
}

/** The names that releases go by among people. */
export const codenames: Readonly<Record<string, string>> = {
  bullseye: 'debian-11',
  bookworm: 'debian-12',
  trixie: 'debian-13',
  jammy: 'ubuntu-22.04',
  noble: 'ubuntu-24.04',
  resolute: 'ubuntu-26.04',
}

/** Releases whose systemd is older than any that is known here. */
export const olderReleases: Readonly<Record<string, number>> = {
  jessie: 215,
  stretch: 232,
  buster: 241,
  'debian-8': 215,
  'debian-9': 232,
  'debian-10': 241,
  xenial: 229,
  bionic: 237,
  focal: 245,
  'ubuntu-16.04': 229,
  'ubuntu-18.04': 237,
  'ubuntu-20.04': 245,
  'rhel-7': 219,
  'rhel-8': 239,
  'centos-7': 219,
  'centos-8': 239,
}

/**
 * What is assumed when nobody names a target: the systemd of Debian 12 and of RHEL 9, the oldest
 * that large distributions still mend.
 */
export const defaultTarget: Target = {name: '252', version: 252}

/** The newest systemd that units may meet whose target nobody names. */
export const newestTarget: Target = {name: String(newestVersion), version: newestVersion}

/**
 * The target of a version number, or of a release by its name or the one that it goes by; undefined
 * for one that is not known.
 */
export function target(name: string): Target | undefined {
  const release = Object.hasOwn(codenames, name) ? (codenames[name] ?? '') : name
  if (Object.hasOwn(releases, release)) return {name, version: releases[release] ?? 0}
  if (!/^[0-9]{3}$/.test(name)) return undefined
  const version = Number(name)
  return version >= oldestVersion && version <= newestVersion ? {name, version} : undefined
}

/** The oldest of some systemds, of which there is one at least. */
export function oldestOf(targets: readonly Target[]): Target {
  return targets.reduce((one, other) => (other.version < one.version ? other : one))
}

/** What a name of targets means: systemds, environments, or a word that is neither. */
export interface NamedTargets {
  /** Each in the environments that are named beside it. */
  readonly targets: readonly Target[]
  /** Where no systemd is named beside them: those that all targets run in. */
  readonly environments: readonly EnvironmentId[]
}

/**
 * What `debian-13`, `docker` or `debian-13,docker` means: releases or versions, and the
 * environments that they run in; a text where a word is neither.
 */
export function namedTargets(text: string): NamedTargets | string {
  const words = text.split(',').map((word) => word.trim())
  const environments: EnvironmentId[] = []
  const targets: Target[] = []
  for (const word of words) {
    const [environment, found] = [environmentNamed(word), target(word)]
    if (environment) environments.push(environment)
    else if (found) targets.push(found)
    else return word
  }
  const all = [...new Set(environments)]
  return targets.length === 0
    ? {targets, environments: all}
    : {targets: targets.map((one) => within(one, all)), environments: []}
}

/** A target in these environments, and in no others. */
export function onlyWithin(
  {name, version}: Target,
  environments: readonly EnvironmentId[],
): Target {
  return within({name: name.replace(/,.*/, ''), version}, environments)
}

/**
 * The one target of a name such as `debian-13,docker`, or the default in environments that are
 * named alone; undefined for others.
 */
export function soleTarget(text: string): Target | undefined {
  const named = namedTargets(text)
  if (typeof named === 'string' || named.targets.length > 1) return undefined
  return named.targets[0] ?? within(defaultTarget, named.environments)
}

/** A target in these environments, besides those that it is in. */
export function within(one: Target, environments: readonly EnvironmentId[]): Target {
  const more = environments.filter((environment) => !one.environments?.includes(environment))
  if (more.length === 0) return one
  return {
    ...one,
    name: [one.name, ...more].join(','),
    environments: [...(one.environments ?? []), ...more],
  }
}
