import type {FolderEntry, Link, UnitFolder} from './unit-folder.ts'
import {unitTypes} from '../facts/unit-types.ts'
import {isUnitName, mayHaveInstances} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'

/** The main file of a unit. */
interface MainFile {
  /**
   * The name that it has in the unit path; up to 247, for a link out of it, the one that the link
   * leads to.
   */
  readonly name: string
  readonly entry: FolderEntry
}

/** What `find` tells of a name. */
type NameLookup =
  | {readonly main: MainFile | undefined; readonly own: string; readonly names: readonly string[]}
  | {readonly fault: string}

/** More links in a row than this are a loop. */
const mostHops = 8
const loop = {fault: 'links that lead back to themselves'}

/**
 * Who is who on a unit path, by its files and links.
 *
 * A link to a file of another name in the unit path makes an alias, one to elsewhere stands for a
 * file; the first folder that has a name decides about it (systemd.unit(5)).
 */
export class UnitAliases {
  readonly #isOld: boolean
  readonly #meanings = new Map<string, MainFile | {readonly alias: string}>()
  /** The names that lead to a file, by its own; of a unit of one file and name there is none. */
  readonly #known = new Map<string, string[]>()
  /** Why a link of that name counts for nothing. */
  readonly #refusals = new Map<string, string>()

  constructor(folders: readonly UnitFolder[], version: number) {
    this.#isOld = version < 248
    for (const {entries} of folders)
      for (const [name, entry] of entries)
        if (!this.#meanings.has(name) && isUnitName(name) && mayBeUnit(entry, version))
          this.#take(name, entry)
    for (const name of this.#meanings.keys()) this.#know(name)
  }

  /** Why a link of that name counts for nothing, if it does. */
  refusal(name: string): string | undefined {
    return this.#refusals.get(name)
  }

  /** All names that have a file or link. */
  get names(): readonly string[] {
    return [...new Set([...this.#meanings.keys(), ...this.#refusals.keys()])]
  }

  /**
   * The main file of a unit, its own name, and all of its names, its own first; or why systemd
   * gives up on the name.
   */
  find(name: string): NameLookup {
    const {instance} = parseUnitName(name)
    const main = this.#follow(name) ?? (instance ? this.#follow(templateOf(name) ?? '') : undefined)
    if (main && 'fault' in main) return main
    if (main && this.#isAlone(name, instance, main) && !this.#known.has(name))
      return {main, own: name, names: [name]}
    const names = main ? this.#namesOf(name, main) : [name]
    if ('fault' in names) return names
    const wished = main ? instantiated(main.name, instance) : name
    const own = names.includes(wished) ? wished : name
    const others = new Set(names.map((one) => instantiated(one, instance)))
    others.delete(own)
    return {main, own, names: [own, ...[...others].toSorted()]}
  }

  /**
   * The path of a unit's file where all of it is plain: no instance, no link, no other name;
   * undefined where `find` has to tell.
   */
  plainFile(name: string): string | undefined {
    const main = this.#meanings.get(name)
    if (
      this.#isOld ||
      !main ||
      'alias' in main ||
      main.entry.kind !== 'file' ||
      parseUnitName(name).instance
    )
      return undefined
    return this.#known.get(name)?.some((alias) => alias !== name) ? undefined : main.entry.path
  }

  #take(name: string, entry: FolderEntry): void {
    if (entry.kind !== 'link') this.#meanings.set(name, {name, entry})
    else if (entry.target.place === 'outside')
      this.#meanings.set(name, {name: this.#isOld ? entry.target.name : name, entry})
    else {
      const alias = aliasOf(name, entry)
      if ('refused' in alias) this.#refusals.set(name, alias.refused)
      else if (alias.name !== name) this.#meanings.set(name, {alias: alias.name})
    }
  }

  #know(name: string): void {
    const main = this.#follow(name)
    if (!main || 'fault' in main) return
    const {instance} = parseUnitName(name)
    // Nearly all units have a file of their own and that one name; whether it is empty shows when
    // they are found.
    if (this.#isAlone(name, instance, main) || !hasText(main.entry)) return
    if (this.#isOld && instance && parseUnitName(main.name).instance === '') return
    const key = this.#isOld ? main.name : instantiated(main.name, instance)
    const names = this.#known.get(key)
    if (names) names.push(name)
    else this.#known.set(key, [name])
  }

  #follow(name: string): MainFile | typeof loop | undefined {
    let next = name
    for (let hop = 0; hop < mostHops; hop++) {
      const meaning =
        this.#meanings.get(next) ??
        (hop > 0 ? this.#meanings.get(templateOf(next) ?? '') : undefined)
      if (!meaning || !('alias' in meaning)) return meaning
      next = meaning.alias
    }
    return loop
  }

  #isAlone(name: string, instance: string | undefined, main: MainFile): boolean {
    return (
      !this.#isOld && instance === undefined && main.name === name && main.entry.kind === 'file'
    )
  }

  #namesOf(name: string, main: MainFile): string[] | {readonly fault: string} {
    if (this.#isOld) return this.#oldNamesOf(name, main)
    const {instance} = parseUnitName(name)
    const own = [name, ...(this.#known.get(name) ?? [])]
    if (main.name === name) return own
    const named = this.#known.get(main.name) ?? []
    const added = instance ? this.#instancesOf(named.filter(isTemplate), instance, main) : []
    return 'fault' in added
      ? added
      : [...own, main.name, ...named.filter((alias) => !instance || !isTemplate(alias)), ...added]
  }

  /**
   * The same up to 247, which goes by the names of files, those out of the unit path too, and trips
   * over names that do not go together.
   */
  #oldNamesOf(name: string, main: MainFile): string[] | {readonly fault: string} {
    const {instance, suffix} = parseUnitName(name)
    const named = this.#known.get(main.name) ?? []
    const isByTemplate =
      instance &&
      !this.#meanings.has(name) &&
      named.every((alias) => parseUnitName(alias).instance !== undefined)
    const added = isByTemplate
      ? this.#instancesOf(named, instance, main)
      : named.map((alias) => instantiated(alias, instance))
    if ('fault' in added) return added
    const names = [name, ...added.filter((alias) => instance !== '' || isTemplate(alias))]
    const goTogether = names.every(
      (alias) =>
        parseUnitName(alias).instance === instance && (alias === name || aliasTypes.has(suffix)),
    )
    return goTogether ? names : {fault: 'links from several units to one file'}
  }

  /**
   * The names of an instance for those of its template; those that lead to another file left out.
   */
  #instancesOf(names: readonly string[], instance: string, main: MainFile): string[] | typeof loop {
    const found: string[] = []
    for (const name of names) {
      const own = reinstantiated(name, instance)
      const other = this.#follow(own)
      if (other && 'fault' in other) return other
      if (!other || other.name === main.name) found.push(own)
    }
    return found
  }
}

/** Whether a text is a name that systemd tries to load. */
export function isLoadableName(name: string): boolean {
  const {instance, suffix} = parseUnitName(name)
  return (
    isUnitName(name) &&
    (instance === undefined || unitTypes.some((type) => type === suffix && mayHaveInstances(type)))
  )
}

/** Up to 250, whatever has the name of a unit is one, a folder as well. */
function mayBeUnit({kind}: FolderEntry, version: number): boolean {
  return kind === 'file' || kind === 'link' || version < 251
}

/**
 * The name that a link into the unit path stands for, or why systemd does not accept it
 * (systemd.unit(5), systemctl(1) "enable").
 */
function aliasOf(
  name: string,
  {target}: Link,
): {readonly name: string} | {readonly refused: string} {
  if (target.place !== 'inside') return {refused: loop.fault}
  const {instance, suffix} = parseUnitName(name)
  const {instance: targetInstance, suffix: targetSuffix} = parseUnitName(target.name)
  const type = unitTypes.find((candidate) => candidate === suffix)
  if (!aliasTypes.has(suffix)) return {refused: `links are not for units of type \`${suffix}\``}
  if (instance !== undefined && type && !mayHaveInstances(type))
    return {refused: `templates are not for units of type \`${suffix}\``}
  if (!isUnitName(target.name)) return {refused: 'a link to no name for a unit'}
  const isSameKind = kindOf(instance) === kindOf(targetInstance)
  if (!isSameKind && !(kindOf(instance) === 'instance' && targetInstance === ''))
    return {refused: 'a link from a plain unit, a template or an instance to one of another kind'}
  if (isSameKind && instance !== targetInstance) return {refused: 'a link to another instance'}
  if (suffix !== targetSuffix) return {refused: 'a link to a unit of another type'}
  return {name: target.name}
}

/** Types whose units may have several names. */
const aliasTypes: ReadonlySet<string> = new Set([
  'service',
  'socket',
  'target',
  'device',
  'timer',
  'path',
])

function kindOf(instance: string | undefined): 'plain' | 'template' | 'instance' {
  return instance === undefined ? 'plain' : instance === '' ? 'template' : 'instance'
}

/** The template of an instance. */
function templateOf(name: string): string | undefined {
  const {prefix, instance, suffix} = parseUnitName(name)
  return instance === undefined || instance === '' ? undefined : `${prefix}@.${suffix}`
}

/** A template with an instance put in; other names as they are. */
function instantiated(name: string, instance: string | undefined): string {
  const {prefix, instance: own, suffix} = parseUnitName(name)
  return own === '' && instance !== undefined ? `${prefix}@${instance}.${suffix}` : name
}

/** Another instance of a template, or of an instance's. */
function reinstantiated(name: string, instance: string): string {
  const {prefix, instance: own, suffix} = parseUnitName(name)
  return own === undefined ? name : `${prefix}@${instance}.${suffix}`
}

function isTemplate(name: string): boolean {
  return parseUnitName(name).instance === ''
}

function hasText(entry: FolderEntry): boolean {
  const end = entry.kind === 'link' ? entry.end : entry
  return end.kind === 'folder' || end.kind === 'other' || (end.kind === 'file' && !end.isEmpty)
}
