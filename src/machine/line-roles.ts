import {newestVersion, oldestVersion} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {Assignment} from '../unit/unit.ts'
import {dialectOf} from '../values/dialect.ts'
import {dependencyKinds} from './dependency.ts'
import type {DependencyKind} from './dependency.ts'
import {directories} from '../unit/mount-needs.ts'

/**
 * What a line is to a glance: it ties to units, lists words, is a word by itself, which may have
 * specifiers, makes a unit one to be loaded, or counts in one that is loaded only; what has no role
 * changes nothing.
 */
type Role =
  | 'odd'
  | 'aside'
  | 'scalar'
  | 'expanded'
  | 'list'
  | 'directories'
  | 'paths'
  | {readonly kind: DependencyKind}

/**
 * The lines of a service that have to do with what it is to others: all others can be left out
 * before it is read for that.
 */
export function telling({
  lines,
  target,
}: Pick<LoadedUnit, 'lines' | 'target'>): readonly Assignment[] {
  if (target.dialect) return lines
  const roles = rolesFor(target)
  return lines.filter(({section, key}) => roles.get(section)?.has(key))
}

/** What the lines of each section are to a glance, by one systemd. */
export const rolesFor = query(
  (target: Target): ReadonlyMap<string, Roles> =>
    new Map([...told].map(([section, roles]) => [section, new Roles(target, section, roles)])),
)

/**
 * What lines of a section are to a glance, by one systemd: it is worked out for those that are
 * written somewhere.
 */
class Roles {
  readonly #known = new Map<string, Role | undefined>()
  readonly #timeless = new Map<string, boolean>()
  readonly #target: Target
  readonly #section: string
  readonly #told: ReadonlyMap<string, Role>

  constructor(target: Target, section: string, roles: ReadonlyMap<string, Role>) {
    this.#target = target
    this.#section = section
    this.#told = roles
  }

  get(key: string): Role | undefined {
    if (!this.#told.has(key)) return undefined
    if (!this.#known.has(key)) this.#known.set(key, this.#roleOf(key, this.#target.version))
    return this.#known.get(key)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** Whether a line is the same to all systemds that know it, and all do. */
  isTimeless(key: string): boolean {
    let known = this.#timeless.get(key)
    if (known === undefined) {
      const role = this.#roleOf(key, oldestVersion)
      known = role !== undefined && role === this.#roleOf(key, newestVersion)
      this.#timeless.set(key, known)
    }
    return known
  }

  #roleOf(key: string, version: number): Role | undefined {
    const role = this.#told.get(key)
    if (role === undefined) return undefined
    const facts = dialectOf(this.#target).row(this.#section, key, version)
    // Systemd does not know it, and takes nothing of it.
    if (!facts) return undefined
    const isList = typeof role === 'object' || role === 'list'
    return (facts.removedSince ?? Infinity) <= version ||
      facts.unsupportedInThisSection ||
      (isList && facts.type !== 'unit-list')
      ? 'odd'
      : role
  }
}

const all = (role: Role, ...keys: readonly string[]) =>
  keys.map((key): [string, Role] => [key, role])

/** What systemd takes lines for that knows them, by section. */
export const told: ReadonlyMap<string, ReadonlyMap<string, Role>> = new Map([
  [
    'Unit',
    new Map<string, Role>([
      ...[...dependencyKinds].map(([key, kind]): [string, Role] => [key, {kind}]),
      ...all('scalar', 'DefaultDependencies'),
      ...all('paths', 'RequiresMountsFor', 'WantsMountsFor'),
    ]),
  ],
  [
    'Service',
    new Map<string, Role>([
      ...all(
        'scalar',
        'Type',
        'PrivateTmp',
        'DynamicUser',
        'RemoveIPC',
        'StandardInput',
        'StandardOutput',
        'StandardError',
        'Slice',
      ),
      ...all('expanded', 'BusName', 'WorkingDirectory'),
      ...directories.flatMap(([key]) => all('directories', key)),
      ...all('odd', 'Sockets', 'RootImage', 'RootDirectory', 'LogNamespace'),
      ...all('aside', 'User'),
    ]),
  ],
  ['Install', new Map<string, Role>(all('list', 'WantedBy', 'RequiredBy', 'UpheldBy', 'Also'))],
])
