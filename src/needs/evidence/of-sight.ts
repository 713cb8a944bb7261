import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {isKnownProgram, isMeasured} from '../programs/programs.ts'
import {importsOf} from '../sight/seen.ts'
import type {Sign} from '../sight/sign.ts'
import {activities} from './activities.ts'
import {declaredPlaces} from './declared.ts'
import {environment} from './environment.ts'
import {isShell} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import type {Need} from './need.ts'
import {ofPath} from './of-commands.ts'
import type {Borne, Production} from './of-production.ts'
import {programFile} from './scripts.ts'
import {isFileTool} from './uses.ts'

/** What the files of a machine show of a service that uses them. */
export interface Sighted {
  readonly needs: readonly Need[]
  /** What all of its programs do without, as is read in them, in words. */
  readonly lacks: ReadonlyMap<AccessId, Borne>
}

/** What the programs of a service show where they are in sight; `bears` is what others who run it attest. */
export function ofSight(unit: LoadedUnit, bears: Production['bears']): Sighted {
  const {host} = unit
  if (!host || unit.type !== 'service') return nothing
  const places = declaredPlaces(unit)
  const needs: Need[] = []
  const seen = new Map<string, ReturnType<typeof importsOf>>()
  // What is loaded beside it, and what a script does, its imports do not tell.
  let isAll = [...environment(unit).keys()].every((name) => !name.startsWith('LD_'))
  for (const {assignment, activity} of activities(unit)) {
    for (const invocation of activity.invocations) {
      if (isFileTool(invocation.program)) continue
      if (isScripted(invocation)) {
        isAll = false
        continue
      }
      const file = programFile(invocation.path, host)
      if (!file || seen.has(file.path) || seen.size >= mostPrograms) {
        isAll &&= file !== undefined && seen.has(file.path)
        continue
      }
      const imported = importsOf(file, host)
      seen.set(file.path, imported)
      if (isMeasured(invocation.path)) continue
      const isKnown = isKnownProgram(invocation.path)
      for (const sign of imported?.signs ?? []) {
        if (isKnown && sign.yieldsTo && sign.yieldsTo !== 'production') continue
        for (const need of needsOf(sign, assignment, places)) if (!sign.yieldsTo || bears.get(need.access)?.grade !== 'attested') needs.push(need)
      }
    }
  }
  const all = [...seen.values()]
  return {needs, lacks: isAll && all.length > 0 ? inAll(all.map((one) => one?.lacks ?? new Map<AccessId, string>())) : nothing.lacks}
}

const nothing: Sighted = {needs: [], lacks: new Map()}

/** Programs that are read for one unit. */
const mostPrograms = 16

/** Whether a script tells what a command does, not its own code. */
function isScripted({program, script, seen}: Invocation): boolean {
  return script !== undefined || seen !== undefined || isShell(program)
}

function* needsOf({needs, path, because, yieldsTo}: Sign, assignment: Assignment, places: ReturnType<typeof declaredPlaces>): Generator<Need> {
  const guess = yieldsTo === 'profile' && {isGuess: true as const}
  for (const access of needs) yield {access, because, certain: false, ...guess, assignment}
  if (path) for (const need of ofPath(path.path, path.use, because, assignment, places)) yield {...need, certain: false, ...guess}
}

function inAll([first, ...others]: ReadonlyArray<ReadonlyMap<AccessId, string>>): Sighted['lacks'] {
  const kept = [...(first ?? [])].filter(([id]) => others.every((other) => other.has(id)))
  return new Map(kept.map(([id, words]) => [id, {grade: 'read', words: () => words}]))
}
