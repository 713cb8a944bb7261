import type {AccessId} from '../facts/accesses.ts'
import {query} from '../unit/query.ts'
import type {Need} from './evidence/need.ts'
import {lifts} from './evidence/of-production.ts'
import type {Needs} from './needs.ts'
import {figureOf, isRare, rarityWords, upperBound} from './rarity.ts'

/** What came of weighing: whether accesses may be denied, and the needs that speak against it. */
export interface Weighed {
  readonly applicability: 'safe' | 'unsafe' | 'withheld'
  /** What it needs, the certain ones first; of what is unsafe, why nothing is known. */
  readonly because: readonly Need[]
  /**
   * Who vouches for it, in words: how others run the program, what is read in it, or how few
   * services of its kind need what is denied.
   */
  readonly by?: () => readonly string[]
}

/**
 * Weigh what speaks for and against a denial: withheld when the service needs some of it, safe when hardly any service does or
 * a closed profile says that this one does not, or others who run its program vouch for it; unsafe,
 * too, where nothing can be known of the service, or of what it uses of a runtime.
 */
export function weigh(denied: readonly AccessId[], needs: Needs): Weighed {
  const needed = accessesOf(needs)
  // What was seen to work needs no guess, nor does what denies nothing.
  const isSeen = denied.every((id) => needs.borne.get(id)?.grade === 'tried')
  if (denied.some((id) => needed.has(id)) || (!isSeen && needed.has('anything'))) {
    const all = new Set(denied)
    const because = needs.filter(
      (need) => !isOpen(need) && (all.has(need.access) || need.access === 'anything'),
    )
    return {
      applicability: 'withheld',
      because: because.toSorted((a, b) => Number(b.certain) - Number(a.certain)),
    }
  }
  const open = openIn(needs).filter(({access: id, isUnseen, isOfOthers}) => {
    if (isUnseen) return !isSeen
    const borne = needs.borne.get(id)
    return denied.includes(id) && (isOfOthers ? borne?.grade !== 'attested' : !borne)
  })
  if (open.length > 0) return {applicability: 'unsafe', because: open}
  if (needs.isClosed) return denied.includes('unknown-effect') ? unsafe : safe
  const asked = denied.filter((id) => !isRare(id, needs.population))
  if (!asked.every((id) => lifts(id, needs.borne.get(id)))) return unsafe
  return denied.length === 0
    ? safe
    : {applicability: 'safe', because: [], by: () => vouchers(denied, asked, needs)}
}

/**
 * Who vouches for what many services need, or for what is denied first; where nobody does, how few
 * of its kind need what most of them do.
 */
function vouchers(
  denied: readonly AccessId[],
  asked: readonly AccessId[],
  {borne, population}: Needs,
): readonly string[] {
  const said = new Set(
    (asked.length > 0 ? asked : denied.slice(0, 1)).flatMap((id) => borne.get(id)?.words() ?? []),
  )
  if (said.size > 0) return [...said]
  const boundOf = (id: AccessId): number => upperBound(figureOf(id, population))
  const worst = denied.reduce((one, other) => (boundOf(other) > boundOf(one) ? other : one))
  return [rarityWords(worst, population)]
}

const safe: Weighed = {applicability: 'safe', because: []}
const unsafe: Weighed = {applicability: 'unsafe', because: []}

const accessesOf = query(
  (needs: Needs): ReadonlySet<AccessId> =>
    new Set(needs.filter((need) => !isOpen(need)).map(({access}) => access)),
)
const openIn = query((needs: Needs): readonly Need[] => needs.filter(isOpen))

/** Whether it takes a person to say of something whether it is needed. */
function isOpen({isUnseen, isPossible}: Need): boolean {
  return isUnseen === true || isPossible === true
}
