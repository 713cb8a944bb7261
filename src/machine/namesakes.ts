import {nearest} from '../facts/nearest.ts'
import {query} from '../unit/query.ts'
import {isTemplate} from '../unit/references.ts'
import {parseUnitName, stemOf} from '../values/unit-names.ts'
import type {Machine} from './machine.ts'

/** The unit whose name differs by a letter or two, or by more that is no letter. */
export function namesakeOf(name: string, machine: Machine): string | undefined {
  const alike = namesLike(name, machine)
  const same = alike.byLetters.get(lettersOf(name))
  const stem = stemOf(name)
  const meant =
    same === undefined && stem.length >= 5 && alike.byStem.size <= most
      ? nearest(stem, alike.byStem.keys())
      : undefined
  return same ?? (meant === undefined ? undefined : alike.byStem.get(meant))
}

/** Nobody looks for a slip among more names of one kind. */
const most = 1_000

/**
 * Names of one type with the same digits, of templates or of others: by what they are without
 * punctuation, and by what they are without the type.
 */
interface Alike {
  readonly byLetters: Map<string, string>
  readonly byStem: Map<string, string>
}

function namesLike(name: string, machine: Machine): Alike {
  return groupsOf(machine).get(kindOf(name)) ?? {byLetters: new Map(), byStem: new Map()}
}

const groupsOf = query(({names}: Machine): ReadonlyMap<string, Alike> => {
  const groups = new Map<string, Alike>()
  for (const name of names) {
    const group: Alike = groups.get(kindOf(name)) ?? {byLetters: new Map(), byStem: new Map()}
    groups.set(kindOf(name), group)
    const [letters, stem] = [lettersOf(name), stemOf(name)]
    if (!group.byLetters.has(letters)) group.byLetters.set(letters, name)
    if (!group.byStem.has(stem)) group.byStem.set(stem, name)
  }
  return groups
})

function kindOf(name: string): string {
  return `${parseUnitName(name).suffix} ${isTemplate(name)} ${name.replaceAll(/\D/g, '')}`
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
