import type {FolderEntry, UnitFolder, LocatedUnit} from './unit-folder.ts'
import {Amendments} from './amendments.ts'

import {isLoadableName, UnitAliases} from './aliases.ts'
import {isSliceName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'

/** Where systemd looks for units. */
export interface UnitPath {
  /** The unit that systemd loads by a name; a template is found as such. */
  find(name: string): LocatedUnit
  /**
   * The path of a file of a name that nothing else adds anything to, nor changes its name; the unit
   * is found if there is any text in it. Else undefined, and `find` tells.
   */
  plainFile(name: string): string | undefined
  /**
   * All names that have a file, a link, or a folder of drop-ins, in order; templates and masks
   * included.
   */
  readonly names: readonly string[]
}

/**
 * Put units together from folders in order of precedence, as a version of systemd does
 * (systemd.unit(5), "unit file load path").
 */
export function unitPath(folders: readonly UnitFolder[], version: number): UnitPath {
  const aliases = new UnitAliases(folders, version)
  const amending = new Amendments(folders, version)

  function find(name: string): LocatedUnit {
    const refused = (reason: string): LocatedUnit => ({...nothing(name), state: 'refused', reason})
    if (!isLoadableName(name)) return refused('no name for a unit')
    const found = aliases.find(name)
    if ('fault' in found) return refused(found.fault)
    const {main, own, names} = found
    const verdict = main ? verdictOn(main.entry) : verdictWithout(name, aliases.refusal(name))
    if (main && verdict.state !== 'found') return {...nothing(own), names, ...verdict}
    if (name.endsWith('.slice') && !isSliceName(name)) return refused('no name for a slice')
    return new FoundUnit(own, names, verdict, main?.entry.path, amending)
  }

  function plainFile(name: string): string | undefined {
    const file = name.endsWith('.slice') ? undefined : aliases.plainFile(name)
    return file === undefined || amending.isAmended([name]) ? undefined : file
  }

  return {find, plainFile, names: [...new Set([...aliases.names, ...amending.names])].toSorted()}
}

/**
 * A unit that is there. Whoever only asks whether there is such a one need not go through what
 * amends it.
 */
class FoundUnit implements LocatedUnit {
  readonly name: string
  readonly names: readonly string[]
  readonly state: LocatedUnit['state']
  declare readonly reason?: string
  readonly fragment: string | undefined
  readonly #amending: Amendments

  constructor(
    name: string,
    names: readonly string[],
    {state, reason}: LoadState,
    fragment: string | undefined,
    amending: Amendments,
  ) {
    this.name = name
    this.names = names
    this.state = state
    if (reason !== undefined) this.reason = reason
    this.fragment = fragment
    this.#amending = amending
  }

  get dropIns(): readonly string[] {
    return this.#amending.dropIns(this.names)
  }

  get isAmongMany(): boolean {
    return this.#amending.isAmongMany(this.names)
  }

  get pulls(): LocatedUnit['pulls'] {
    return this.#amending.pulls(this.names)
  }
}

function nothing(name: string): LocatedUnit {
  return {
    name,
    names: [name],
    state: 'missing',
    fragment: undefined,
    dropIns: [],
    isAmongMany: false,
    pulls: [],
  }
}

type LoadState = Pick<LocatedUnit, 'state' | 'reason'>

function verdictOn(entry: FolderEntry): LoadState {
  const end = entry.kind === 'link' ? entry.end : entry
  switch (end.kind) {
    case 'file':
      return {state: end.isEmpty ? 'masked' : 'found'}
    case 'device':
      return {state: 'masked'}
    case 'nothing':
      return {state: 'missing'}
    case 'folder':
      return {state: 'refused', reason: 'a folder'}
    case 'loop':
      return {state: 'refused', reason: 'links that lead back to themselves'}
    case 'other':
      return {state: 'refused', reason: 'no regular file'}
  }
}

/** Units of some types are there without a file (systemd.slice(5), systemd.device(5)). */
function verdictWithout(name: string, refusal: string | undefined): LoadState {
  const {suffix} = parseUnitName(name)
  if (suffix === 'slice' || suffix === 'device') return {state: 'found'}
  return refusal === undefined ? {state: 'missing'} : {state: 'refused', reason: refusal}
}
