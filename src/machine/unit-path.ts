import type {Entry, UnitFolder, LocatedUnit} from './unit-folder.ts'
import {query} from '../unit/query.ts'
import {amendments} from './amendments.ts'
import type {Amendments} from './amendments.ts'
import {isLoadableName, unitAliases} from './aliases.ts'
import {isSliceName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'

/** Where systemd looks for units. */
export interface UnitPath {
  /** The unit that systemd loads by a name; a template is found as such. */
  find(name: string): LocatedUnit
  /** All names that have a file, a link, or a folder of drop-ins, in order; templates and masks included. */
  readonly names: readonly string[]
}

/** Put units together from folders in order of precedence, as a version of systemd does (systemd.unit(5), "unit file load path"). */
export function unitPath(folders: readonly UnitFolder[], version: number): UnitPath {
  const aliases = unitAliases(folders, version)
  const amending = amendments(folders, version)

  function find(name: string): LocatedUnit {
    const refused = (reason: string): LocatedUnit => ({...nothing(name), state: 'refused', reason})
    if (!isLoadableName(name)) return refused('no name for a unit')
    const found = aliases.find(name)
    if ('fault' in found) return refused(found.fault)
    const {main, own, names} = found
    const verdict = main ? verdictOn(main.entry) : verdictWithout(name, aliases.refusals.get(name))
    if (main && verdict.state !== 'found') return {...nothing(own), names, ...verdict}
    if (name.endsWith('.slice') && !isSliceName(name)) return refused('no name for a slice')
    return {
      name: own,
      names,
      ...verdict,
      fragment: main?.entry.path,
      // Whoever only asks whether there is such a unit need not go through these.
      get dropIns() {
        return dropInsOf(names, amending)
      },
      get isAmongMany() {
        return amending.isAmongMany(names)
      },
      get pulls() {
        return pullsOf(names, amending)
      },
    }
  }

  return {find, names: [...new Set([...aliases.names, ...amending.names])].toSorted()}
}

const dropInsOf = query((names: readonly string[], amending: Amendments) => amending.dropIns(names))
const pullsOf = query((names: readonly string[], amending: Amendments) => amending.pulls(names))

function nothing(name: string): LocatedUnit {
  return {name, names: [name], state: 'missing', fragment: undefined, dropIns: [], isAmongMany: false, pulls: []}
}

type Verdict = Pick<LocatedUnit, 'state' | 'reason'>

function verdictOn(entry: Entry): Verdict {
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
function verdictWithout(name: string, refusal: string | undefined): Verdict {
  const {suffix} = parseUnitName(name)
  if (suffix === 'slice' || suffix === 'device') return {state: 'found'}
  return refusal === undefined ? {state: 'missing'} : {state: 'refused', reason: refusal}
}
