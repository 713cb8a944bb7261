import type {AccessId} from '../../facts/accesses.ts'
import type {Use} from './paths.ts'

/** What was seen of a life, where it was. */
export type Phase = 'start' | 'accept' | 'datagram' | 'connect' | 'end' | 'stop' | 'reload'

/**
 * What logs of strace(1) show of one service, or of whatever one command started: facts alone,
 * without arguments and contents.
 */
export interface TracedService {
  /** The program that was run, by its path; empty where it ran already when the tracing began. */
  readonly program: string
  /** All programs that it became and started, by their paths. */
  readonly programs: readonly string[]
  /** The unit that the manager said it was; absent where nothing told. */
  readonly unit?: string | undefined
  /** The names of the logs. */
  readonly logs: readonly string[]
  /** How many times its program was started. */
  readonly runs: number
  readonly seen: readonly Phase[]
  /** The system calls that were made, and did not only fail for the want of a right. */
  readonly calls: readonly string[]
  /** The system calls that only ever failed for the want of a right, or of the call. */
  readonly refused: readonly string[]
  /** What it did, by access: clauses such as "listens on port 80". */
  readonly did: Readonly<Partial<Record<AccessId, readonly string[]>>>
  /** What it tried in vain, for the want of a right, in the same way. */
  readonly tried: Readonly<Partial<Record<AccessId, readonly string[]>>>
  /** Which places it used, and how. */
  readonly places: Readonly<Partial<Record<Use, readonly string[]>>>
  /**
   * Places that it used while it was root, or may have been, and of which nobody knows whether they
   * are root's.
   */
  readonly asRoot: readonly string[]
  /** What of it is not in the logs though it happened. */
  readonly unclear: ReadonlyArray<'writes' | 'rings' | 'cut'>
}

/** All that the logs of a run show. */
export interface Trace {
  readonly services: readonly TracedService[]
}
