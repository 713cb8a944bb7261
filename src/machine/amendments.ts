import {isLoadableName} from './aliases.ts'
import type {FolderEntry, LocatedUnit, UnitFolder} from './unit-folder.ts'
import {unitTypes} from '../facts/unit-types.ts'
import {isUnitName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'

/**
 * What folders beside units add to them: `NAME.d`, `NAME.wants` and so on of a unit path
 * (systemd.unit(5)).
 *
 * Of files of the same name only the first counts. Those of all names of a unit come in order of
 * file names; the folders for a whole type rank last.
 */
export class Amendments {
  readonly #folders: readonly UnitFolder[]
  readonly #version: number
  /** The folders that have some of a suffix: most have none. */
  readonly #having: ReadonlyMap<string, readonly UnitFolder[]>

  constructor(folders: readonly UnitFolder[], version: number) {
    this.#folders = folders
    this.#version = version
    this.#having = new Map(
      ['.d', ...kinds.map((kind) => `.${kind}`)].map((suffix) => [
        suffix,
        folders.filter((folder) => has(folder, suffix)),
      ]),
    )
  }

  /** The drop-ins of a unit with these names, its own first, in order of application. */
  dropIns(names: readonly string[]): readonly string[] {
    if (!this.#having.get('.d')?.length) return noDropIns
    return [...this.#entries(names, '.d')]
      .filter(([name, {entry}]) => name.endsWith('.conf') && isWritten(entry))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, {entry}]) => entry.path)
  }

  /**
   * Whether drop-ins that amend other units too are among them: those of a prefix, or of a whole
   * type.
   */
  isAmongMany(names: readonly string[]): boolean {
    const others = [
      parseUnitName(names[0] ?? '').suffix,
      ...names.flatMap((name) => [...amendingNames(name)]),
    ].filter((name) => !names.includes(name))
    return others.some((name) =>
      this.#having.get('.d')?.some(({entries}) => entries.has(`${name}.d`)),
    )
  }

  /** The units that links in its folders pull in. */
  pulls(names: readonly string[]): LocatedUnit['pulls'] {
    if (!kinds.some((kind) => this.#having.get(`.${kind}`)?.length)) return noPulls
    return kinds
      .filter((kind) => kind !== 'upholds' || this.#version >= 254)
      .flatMap((kind) =>
        [...this.#entries(names, `.${kind}`)]
          .filter(([name, {entry}]) => isUnitName(name) && isPulling(entry))
          .map(([name, {folder}]) => ({kind, name: pulled(name, names[0] ?? ''), folder}))
          .filter(({name}) => isLoadableName(name) && !names.includes(name)),
      )
  }

  /** Whether there are drop-ins or links for a unit of these names. */
  isAmended(names: readonly string[]): boolean {
    return this.dropIns(names).length > 0 || this.pulls(names).length > 0
  }

  /** All names that have a folder of drop-ins to themselves. */
  get names(): readonly string[] {
    return this.#folders
      .flatMap(({entries}) =>
        [...entries.keys()].filter((name) => name.endsWith('.d')).map((name) => name.slice(0, -2)),
      )
      .filter(isOneUnit)
  }

  /** What is in the folders of a unit with a suffix, by name. */
  #entries(names: readonly string[], suffix: string): ReadonlyMap<string, Amending> {
    const found = new Map<string, Amending>()
    const candidates = this.#having.get(suffix) ?? []
    if (candidates.length === 0) return found
    const own = names.flatMap((name) => {
      const its = [...amendingNames(name)]
      return candidates.flatMap((folder) => its.map((amending) => ({folder, amending})))
    })
    const ofType = candidates.map((folder) => ({
      folder,
      amending: parseUnitName(names[0] ?? '').suffix,
    }))
    for (const {folder, amending} of [...own, ...ofType])
      for (const [name, entry] of entriesOf(folder.entries.get(amending + suffix), this.#version))
        if (!name.startsWith('.') && !found.has(name) && !isPassedOver(entry, this.#version))
          found.set(name, {entry, folder: folder.path})
    return found
  }
}

/** Whether it is a link to something that may be a unit. */
function isPulling(entry: FolderEntry): boolean {
  return (
    entry.kind === 'link' &&
    entry.end.kind !== 'device' &&
    !(entry.end.kind === 'file' && entry.end.isEmpty)
  )
}

/** What amends a unit. */
interface Amending {
  readonly entry: FolderEntry
  /** The folder of the unit path that it is of. */
  readonly folder: string
}

/** Most units have none, and share that. */
const [noDropIns, noPulls]: [readonly string[], LocatedUnit['pulls']] = [[], []]

const kinds = ['wants', 'requires', 'upholds'] as const

/**
 * The names whose folders amend a unit, the most particular first: its own, its template's, those
 * of its prefixes up to each dash.
 *
 * For `a-b@i.service`: `a-b@i`, `a-b@`, `a-`, `a-@i`, `a-@`.
 */
export function amendingNames(name: string, names = new Set<string>()): ReadonlySet<string> {
  // With it all came in that it stands for.
  if (names.has(name)) return names
  names.add(name)
  const {prefix, instance, suffix} = parseUnitName(name)
  if (instance !== undefined && instance !== '') amendingNames(`${prefix}@.${suffix}`, names)
  const dash = prefix.replace(/-$/, '').lastIndexOf('-')
  const shorter = prefix.slice(0, dash + 1)
  if (dash > 0)
    amendingNames(instance ? `${shorter}@${instance}.${suffix}` : `${shorter}.${suffix}`, names)
  return names
}

function has({entries}: UnitFolder, suffix: string): boolean {
  for (const name of entries.keys()) if (name.endsWith(suffix)) return true
  return false
}

/** What is in a folder; up to 250 also by a link to one, later if that has an absolute path. */
function entriesOf(
  entry: FolderEntry | undefined,
  version: number,
): Iterable<[string, FolderEntry]> {
  if (entry?.kind === 'folder') return entry.entries
  return entry?.kind === 'link' &&
    entry.end.kind === 'folder' &&
    (entry.isAbsolute || version < 251)
    ? entry.end.entries
    : []
}

/** Whether an entry does not even stand in the way of others of its name. */
function isPassedOver(entry: FolderEntry, version: number): boolean {
  return version >= 258 && entry.kind === 'link' && entry.end.kind === 'loop'
}

function isWritten(entry: FolderEntry): boolean {
  const end = entry.kind === 'link' ? entry.end : entry
  return end.kind === 'file' && !end.isEmpty
}

/** The unit that a link pulls in: for a template, its instance for the unit that pulls. */
function pulled(name: string, by: string): string {
  const {prefix, instance, suffix} = parseUnitName(name)
  if (instance !== '') return name
  const puller = parseUnitName(by)
  return `${prefix}@${puller.instance ?? puller.prefix}.${suffix}`
}

/**
 * Whether a folder of drop-ins is for one unit or template, not for all with a prefix or of a type.
 */
function isOneUnit(name: string): boolean {
  return (
    isUnitName(name) &&
    !parseUnitName(name).prefix.endsWith('-') &&
    !unitTypes.some((type) => type === name)
  )
}
