import type {AccessId} from '../accesses.ts'
import {measured} from '../data/measured.ts'
import {known} from './known.ts'
import {isInMode} from './modes.ts'

/** Something that a program needs. */
export interface ProgramNeed {
  readonly access: AccessId
  /** A part of the program that not every use of it has, as a noun phrase. */
  readonly feature?: string | undefined
}

/** What a program is known to need when started with these arguments; nothing for one that is not known. */
export function programNeeds(program: string, args: readonly string[]): readonly ProgramNeed[] {
  const found: ProgramNeed[] = []
  for (const name of namesOf(program)) {
    for (const {needs, mode, feature} of measuredBy.get(name) ?? []) {
      if (mode && !isInMode(mode, args)) continue
      // The generator writes ids of accesses only; its test holds it to that.
      for (const access of needs.split(' ') as AccessId[]) found.push({access, feature})
    }
    for (const access of knownBy.get(name) ?? []) found.push({access})
  }
  return found
}

/** The names that a program goes by: its own, and without the version behind it. */
function namesOf(program: string): readonly string[] {
  const plain = program.replace(/[-._]?[0-9][0-9.]*$/, '')
  return plain === program || plain === '' ? [program] : [program, plain, `${plain}3`]
}

const measuredBy = new Map<string, Array<(typeof measured)[number]>>()
for (const entry of measured) measuredBy.set(entry.program, [...(measuredBy.get(entry.program) ?? []), entry])

const knownBy = new Map<string, readonly AccessId[]>()
for (const {programs, needs} of known) for (const program of programs.split(' ')) knownBy.set(program, [...(knownBy.get(program) ?? []), ...needs])
