import type {NewLine} from '../engine/anchors.ts'
import type {Weighed} from '../needs/weigh.ts'
import type {Triable} from './search.ts'

/**
 * A line that would harden a service, or one member of a list: what is tried, and kept or left out,
 * as one.
 */
export interface Candidate extends Triable<Candidate> {
  readonly key: string
  /** As it is told. */
  readonly value: string
  /** Of a list: what would be taken away. */
  readonly member?: string
  /** Other lines that belong to it. */
  readonly besides: readonly NewLine[]
  /** What evidence says of it. */
  readonly evidence: Weighed['applicability']
}

/**
 * The usual families of addresses, those together that go together: a check by one protocol of the
 * Internet says nothing of the other.
 */
export const usualFamilies = ['AF_UNIX', 'AF_INET AF_INET6', 'AF_NETLINK', 'AF_PACKET']

/** All other families, as one. */
export const otherFamilies = 'others'

/** A candidate as people write it. */
export function lineOf({key, value, besides}: Candidate): string {
  const places = besides
    .filter(([name]) => name !== 'SystemCallErrorNumber')
    .map(([name, its]) => ` and ${name}=${its}`)
  return `${key}=${value}${places.join('')}`
}
