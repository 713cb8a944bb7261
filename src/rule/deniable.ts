import type {AccessId} from '../facts/accesses.ts'
import type {Judgement} from '../needs/needs.ts'
import type {Unit} from './unit.ts'

/** Items of a list directive, by whether the service can do without them. */
export interface Deniable<Item> {
  /** What no fix may take away: the service needs it. */
  readonly needed: readonly Item[]
  /** What can go without asking. */
  readonly safe: readonly Item[]
  /** What may be needed; nobody said. */
  readonly unsure: readonly Item[]
}

/** Sort the items of a list directive, each with what leaving it out would deny. */
export function deniable<Item>(unit: Unit, items: readonly Item[], denied: (item: Item) => readonly AccessId[]): Deniable<Item> {
  const sorted = {needed: [] as Item[], safe: [] as Item[], unsure: [] as Item[]}
  for (const item of items) {
    const {applicability} = unit.judge(denied(item))
    sorted[applicability === 'withheld' ? 'needed' : applicability === 'safe' ? 'safe' : 'unsure'].push(item)
  }
  return sorted
}

/** What a line that begins to count would deny to the service, and whether that is safe; a directive of unknown effect is taken to deny nothing. */
export function judgeLine(unit: Unit, section: string, key: string, value: string): Judgement {
  return unit.judge(section === 'Service' ? unit.denies(key, value).filter((access) => access !== 'unknown-effect') : [])
}

/** What a fix takes away now: with unsafe fixes all that is not needed, else what is safe; where nothing is safe it offers the rest. */
export function taken<Item>(unit: Unit, {safe, unsure}: Deniable<Item>): {items: readonly Item[]; applicability: 'safe' | 'unsafe'} {
  if (unsure.length === 0 || (unit.permitted === 'safe' && safe.length > 0)) return {items: safe, applicability: 'safe'}
  return {items: [...safe, ...unsure], applicability: 'unsafe'}
}
