import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {denialContext} from '../denial-context.ts'
import {attested, attestationWords, sourceName} from '../programs/attested.ts'
import type {Attestation, AttestedProgram} from '../programs/attested.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {isKnownProgram, namesOf} from '../programs/programs.ts'
import {activities} from './activities.ts'
import {saysWhereItWrites} from './declared.ts'
import type {Invocation} from './invocations.ts'
import type {Need} from './need.ts'
import {isHelperOf, givenName} from './core-programs.ts'
import {isForItself} from './uses.ts'

/** How it is known that a program does without an access. */
export interface Borne {
  /** `read`: in the program itself; `traced`: in what it did; `tried`: on a machine. */
  readonly grade: Attestation['grade'] | 'read' | 'traced' | 'tried'
  readonly words: () => string
}

/** What others who run the same program say by how they run it. */
export interface Production {
  /** What it does without, and who says so, in words. */
  readonly bears: ReadonlyMap<AccessId, Borne>
  /** What somebody explicitly leaves to it. */
  readonly needs: readonly Need[]
  /**
   * The lines whose program somebody runs whose word counts: what it does is known as far as that
   * goes, though it is not in sight.
   */
  readonly speaksFor: ReadonlySet<Assignment | undefined>
}

/**
 * What production attests of a service: of its main programs, all of them, where nothing else that
 * it runs is unknown.
 *
 * A helper whose name begins like a main program's is taken to be its own. Others may be left out,
 * by repository.
 */
export function ofProduction(
  unit: LoadedUnit,
  isLeftOut?: (repository: string) => boolean,
): Production {
  if (unit.type !== 'service') return nothing
  const asRoot = denialContext(unit).capabilities === 'all'
  const all = activities(unit).flatMap(({assignment, activity}) =>
    activity.invocations
      .filter(({program}) => isForItself(program))
      .map((invocation) => ({assignment, invocation})),
  )
  const mains = all
    .filter(({assignment}) => assignment.key === 'ExecStart')
    .flatMap(({assignment, invocation}) =>
      attestedFor(invocation, givenName(unit), asRoot, isLeftOut).map((one) => ({
        ...one,
        assignment,
      })),
    )
  const [first, ...others] = mains
  if (!first) return {...nothing, needs: [...ofName(unit, asRoot, isLeftOut)]}
  const needs = mains.flatMap(({assignment, ...main}) => needsLeft(main, assignment))
  // What a daemon `exampled` has beside it may be named for `example`.
  const stems = mains.map(({name}) => (name.length > 4 ? name.replace(/d$/, '') : name))
  const isOwn = ({program, path}: Invocation): boolean =>
    stems.some((own) => program.startsWith(own) || isHelperOf(own, path))
  const isClear = all.every(
    ({invocation}) => isOwn(invocation) || isKnownProgram(invocation.path) || isOfKind(invocation),
  )
  if (!isClear) return {...nothing, needs}
  const speaking = mains.filter(({attested: {bears}}) => bears.size > 0)
  return {
    bears: borneByAll(first, others, saysWhereItWrites(unit)),
    needs,
    speaksFor: new Set(speaking.map(({assignment}) => assignment)),
  }
}

/** What those who run a program leave to it. */
function needsLeft({name, attested}: NamedAttestation, assignment: Assignment): readonly Need[] {
  return [...attested.needs].map(([access, by]) => ({
    access,
    because: `${sourceName(by[0] ?? '')} leaves it to \`${name}\``,
    certain: false,
    assignment,
  }))
}

/**
 * What all of some programs do without, in the words of those who run the first. Where others write
 * only to some places, theirs are not those of a unit that names none of its own.
 */
function borneByAll(
  {name, attested: {bears}}: NamedAttestation,
  others: readonly NamedAttestation[],
  hasPlaces: boolean,
): Production['bears'] {
  return new Map(
    [...bears]
      .filter(([id]) => id !== 'write-anywhere' || hasPlaces)
      .filter(([id]) => others.every((other) => other.attested.bears.has(id)))
      .map(([id, attestation]) => [
        id,
        {grade: attestation.grade, words: () => attestationWords(name, attestation)},
      ]),
  )
}

/**
 * Whether what others do without may be taken away. One source alone is enough where what was wrong
 * is undone by taking the line out again: of 956 such lines of programs that others run too, none
 * was contradicted.
 */
export function lifts(id: AccessId, attestation: Pick<Borne, 'grade'> | undefined): boolean {
  if (!attestation) return false
  return attestation.grade !== 'once' || !lasting.has(id)
}

/** What stays after the line is gone: files as they were made, objects that were removed. */
const lasting: ReadonlySet<AccessId> = new Set<AccessId>([
  'world-readable-files',
  'group-shared-files',
  'group-writable-files',
  'lasting-ipc',
  'shared-tmp',
  'fixed-user',
])

/** Whether a program is beyond doubt of a kind, and runs nothing that others wrote. */
function isOfKind({path, args}: Invocation): boolean {
  const found = kindOfProgram(path, args)
  return found?.kind !== undefined && found.isHost !== true
}

/**
 * What is left to the program that the unit is named for: it may start it through another. A name
 * alone lifts nothing.
 */
function* ofName(
  unit: LoadedUnit,
  asRoot: boolean,
  isLeftOut: ((repository: string) => boolean) | undefined,
): Generator<Need> {
  const stem = givenName(unit)
  for (const [access, [by = '']] of attested(stem, asRoot, isLeftOut)?.needs ?? []) {
    yield {
      access,
      because: `${sourceName(by)} leaves it to \`${stem}\`, for which the unit is named`,
      certain: false,
      isGuess: true,
    }
  }
}

const nothing: Production = {bears: new Map(), needs: [], speaksFor: new Set()}

/** What is attested of a program by one of its names. */
interface NamedAttestation {
  readonly name: string
  readonly attested: AttestedProgram
}

function attestedFor(
  {program, path}: Invocation,
  stem: string,
  asRoot: boolean,
  isLeftOut: ((repository: string) => boolean) | undefined,
): readonly NamedAttestation[] {
  // What a package has for a program of its own becomes that program in the end.
  const names = [...namesOf(program), ...(isHelperOf(stem, path) ? [stem] : [])]
  return names.flatMap((name) => {
    const found = attested(name, asRoot, isLeftOut)
    return found ? [{name, attested: found}] : []
  })
}
