import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {denialContext} from '../denials.ts'
import {attested, attestationWords} from '../programs/attested.ts'
import type {Attestation} from '../programs/attested.ts'
import {isKnownProgram, namesOf} from '../programs/programs.ts'
import {activities} from './activities.ts'
import {isShell} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import type {Need} from './need.ts'
import {isFileTool} from './uses.ts'

/** How it is known that a program does without an access. */
export interface Borne {
  /** `read`: in the program itself. */
  readonly grade: Attestation['grade'] | 'read'
  readonly words: () => string
}

/** What others who run the same program say by how they run it. */
export interface Production {
  /** What it does without, and who says so, in words. */
  readonly bears: ReadonlyMap<AccessId, Borne>
  /** What somebody explicitly leaves to it. */
  readonly needs: readonly Need[]
}

/**
 * What production attests of a service: of its main programs, all of them, where nothing else that it runs is unknown.
 *
 * A helper whose name begins like a main program's is taken to be its own.
 */
export function ofProduction(unit: LoadedUnit): Production {
  if (unit.type !== 'service') return nothing
  const asRoot = denialContext(unit).capabilities === 'all'
  const all = activities(unit).flatMap(({assignment, activity}) =>
    activity.invocations.filter(isProgram).map((invocation) => ({assignment, invocation, isMain: assignment.key === 'ExecStart'})),
  )
  const mains = all.flatMap(({assignment, invocation, isMain}) => {
    const found = isMain ? namesOf(invocation.program).flatMap((name) => attestedAs(name, asRoot)) : []
    return found.map((one) => ({...one, assignment}))
  })
  const [first, ...others] = mains
  if (!first) return nothing
  const isOwn = (name: string): boolean => mains.some((main) => name.startsWith(main.name))
  const isClear = all.every(({invocation}) => isOwn(invocation.program) || isKnownProgram(invocation.path))
  const bears = new Map(
    [...(isClear ? first.attested.bears : [])].flatMap(([id, attestation]) =>
      others.every((other) => other.attested.bears.has(id))
        ? [[id, {grade: attestation.grade, words: () => attestationWords(first.name, id, attestation)}] as const]
        : [],
    ),
  )
  const needs = mains.flatMap(({name, attested: its, assignment}) =>
    [...its.needs].map(([access, by]): Need => ({access, because: `${by[0]} leaves it to \`${name}\``, certain: false, assignment})),
  )
  return {bears, needs}
}

const nothing: Production = {bears: new Map(), needs: []}

function attestedAs(name: string, asRoot: boolean): ReadonlyArray<{name: string; attested: NonNullable<ReturnType<typeof attested>>}> {
  const found = attested(name, asRoot)
  return found ? [{name, attested: found}] : []
}

function isProgram({program}: Invocation): boolean {
  return !isShell(program) && !isFileTool(program)
}
