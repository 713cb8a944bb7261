import type {AccessId} from '../facts/accesses.ts'
import type {Weighed} from '../needs/weigh.ts'
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
export function deniable<Item>(
  unit: Unit,
  items: readonly Item[],
  denied: (item: Item) => readonly AccessId[],
): Deniable<Item> {
  const sorted = {needed: [] as Item[], safe: [] as Item[], unsure: [] as Item[]}
  for (const item of items) {
    const {applicability} = unit.weigh(denied(item))
    sorted[
      applicability === 'withheld' ? 'needed' : applicability === 'safe' ? 'safe' : 'unsure'
    ].push(item)
  }
  return sorted
}

/**
 * What fixes may take away: first all that is not needed, then only what can go without asking;
 * nothing where all is needed.
 */
export function going<Item>({safe, unsure}: Deniable<Item>): ReadonlyArray<readonly Item[]> {
  return [[...safe, ...unsure], ...(unsure.length > 0 ? [safe] : [])].filter(
    (items) => items.length > 0,
  )
}

/**
 * What a line that begins to count would deny to the service, and whether that is safe; a directive
 * of unknown effect is taken to deny nothing.
 */
export function weighLine(unit: Unit, section: string, key: string, value: string): Weighed {
  return unit.weigh(
    section === 'Service'
      ? unit.denies(key, value).filter((access) => access !== 'unknown-effect')
      : [],
  )
}
