import {access} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {denialContext} from './denial-context.ts'
import {saysWhereItWrites} from './evidence/declared.ts'
import type {Need} from './evidence/need.ts'
import {lifts} from './evidence/of-production.ts'
import type {Production} from './evidence/of-production.ts'
import {corePrograms} from './evidence/core-programs.ts'
import {populationOf} from './evidence/population.ts'
import {isRare} from './rarity.ts'

/** What services of a kind need, as a config declares it. */
export interface Profile {
  readonly needs: readonly AccessId[]
  /** What they need besides where they start as root. */
  readonly asRoot?: readonly AccessId[]
  /** What they may need besides where nobody knows all of their programs. */
  readonly ifUnknown?: readonly AccessId[]
  /** They need nothing else, but for what evidence shows. */
  readonly closed: boolean
}

/**
 * What a profile says that a service needs. Where evidence has chosen it, `chosenOver` is what others
 * do without, which it leaves denied.
 */
export function* ofProfile(
  unit: LoadedUnit,
  profile: Profile | undefined,
  chosenOver: Production['bears'] | undefined,
): Generator<Need> {
  if (!profile) return
  const hasPlaces = saysWhereItWrites(unit)
  const population = populationOf(unit)
  for (const id of grantedTo(unit, profile)) {
    // Where a unit says where it writes, it needs no other places.
    if (id === 'write-anywhere' && hasPlaces) continue
    // What evidence chose denies no less than evidence alone would.
    if (chosenOver && (isRare(id, population) || lifts(id, chosenOver.get(id)))) continue
    yield {access: id, because: `the profile says that it ${access(id).title}`, certain: false}
  }
  for (const {kind, invocation, assignment} of corePrograms(unit)) {
    for (const id of kind?.needs ?? []) {
      if (!chosenOver || !lifts(id, chosenOver.get(id)))
        yield {
          access: id,
          because: `\`${invocation.program}\` ${access(id).title} where it is told to`,
          certain: false,
          assignment,
        }
    }
  }
}

/**
 * What a profile says that a service needs: it hangs on whom it runs as, and on whether all of its
 * programs are known.
 */
function grantedTo(
  unit: LoadedUnit,
  {needs: always, asRoot = [], ifUnknown = []}: Profile,
): ReadonlySet<AccessId> {
  return new Set([
    ...always,
    ...(denialContext(unit).capabilities === 'all' ? asRoot : []),
    ...(corePrograms(unit).every(({isKnown}) => isKnown) ? [] : ifUnknown),
  ])
}
