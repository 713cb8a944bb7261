import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {baseName} from '../../values/paths.ts'
import {activities} from './activities.ts'
import {short} from './need.ts'
import type {Need} from './need.ts'
import {tracedLacks, ofKernel} from './traced-lacks.ts'
import {tracedNeeds} from './traced-needs.ts'
import type {Borne} from './of-production.ts'
import type {Phase, Trace, TracedService} from './traced.ts'

/** What traces show of a service. */
export interface Traced {
  readonly needs: readonly Need[]
  /** What it does without, as far as traces tell. */
  readonly lacks: ReadonlyMap<AccessId, Borne>
  /**
   * Of these, where the traces have its work, what they know better than that programs of its kind
   * need it: calls, powers and the kernel.
   */
  readonly outweighs: ReadonlySet<AccessId>
  /** Whether its start is in the traces. */
  readonly hasStart: boolean
  /** Whether what it was there for is in the traces: clients were served, or it ran to its end. */
  readonly hasWork: boolean
  /** Whether all places that it writes to are known. */
  readonly tellsWrites: boolean
  /** Whose logs, and of how many runs. */
  readonly source: string
  /** What is not in them, in words. */
  readonly unseen: readonly string[]
}

/** What a trace shows of a service; undefined where it is of others alone. */
export function ofTrace(unit: LoadedUnit, trace: Trace): Traced | undefined {
  if (unit.type !== 'service') return undefined
  const services = servicesOf(unit, trace)
  if (services.length === 0) return undefined
  const mains = services.filter((one) => isMain(one, unit))
  const seen = new Set(services.flatMap((one) => one.seen))
  const hasStart = mains.some((one) => one.seen.includes('start'))
  const unclear = new Set(services.flatMap((one) => one.unclear))
  const whole = mains.filter((one) => !one.unclear.includes('cut'))
  if (whole.length > 0) unclear.delete('cut')
  const hasWork =
    whole.some((one) => one.seen.includes('start')) &&
    !unclear.has('rings') &&
    isServed(unit, whole)
  const tellsWrites = hasWork && !unclear.has('writes')
  const runs = mains.reduce((sum, one) => sum + one.runs, 0)
  const source = `traced: ${sourceOf(services, runs)}`
  const needs = services.flatMap((one) => [...tracedNeeds(one, unit)])
  const needed = new Set(needs.map(({access}) => access))
  const words = (): string => source
  const closed: readonly AccessId[] = tracedLacks(unit, services, {
    hasStart,
    hasWork,
    tellsWrites,
  }).filter((id) => !needed.has(id))
  return {
    needs,
    lacks: new Map(closed.map((id) => [id, {grade: 'traced' as const, words}])),
    outweighs: new Set(hasWork ? closed.filter((id) => ofKernel.has(id)) : []),
    hasStart,
    hasWork,
    tellsWrites,
    source,
    unseen: unseenOf(unit, seen, {hasStart, unclear}),
  }
}

function sourceOf(services: readonly TracedService[], runs: number): string {
  const [first = 'a log', ...others] = new Set(services.flatMap(({logs}) => logs))
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `${short(first)}${more}, ${runs === 1 ? '1 run' : `${runs} runs`}`
}

/** The services of a trace that are a unit: as the manager called them, else by what they ran. */
function servicesOf(unit: LoadedUnit, {services}: Trace): readonly TracedService[] {
  const names = new Set(
    activities(unit).flatMap(({activity}) => activity.invocations.map(({program}) => program)),
  )
  return services.filter((one) => {
    if (one.unit !== undefined) return isNamed(one.unit, unit.name)
    if (one.program === '') return services.length === 1
    return one.programs.some((program) => names.has(baseName(program)))
  })
}

/** Whether a name is that of a unit, or of an instance of it where it is a template. */
function isNamed(name: string, unit: string): boolean {
  if (name === unit) return true
  const [stem = '', rest] = unit.split('@', 2)
  return rest === '.service' && name.startsWith(`${stem}@`)
}

/** Whether what was traced is what `ExecStart=` runs. */
function isMain({program, programs}: TracedService, unit: LoadedUnit): boolean {
  if (program === '') return true
  const starts = activities(unit).filter(({assignment}) => assignment.key === 'ExecStart')
  const names = new Set(
    starts.flatMap(({activity}) => activity.invocations.map((invocation) => invocation.program)),
  )
  return programs.some((path) => names.has(baseName(path)))
}

/**
 * Whether a service did what it is for: it served clients, or is a job that came to its end; one
 * that serves nobody got answers.
 */
function isServed(unit: LoadedUnit, mains: readonly TracedService[]): boolean {
  const seen = new Set(mains.flatMap((one) => one.seen))
  if (seen.has('accept') || seen.has('datagram')) return true
  return valueOf(unit, 'Type')?.value === 'oneshot' && seen.has('end')
}

function unseenOf(
  unit: LoadedUnit,
  seen: ReadonlySet<Phase>,
  {
    hasStart,
    unclear,
  }: {readonly hasStart: boolean; readonly unclear: ReadonlySet<TracedService['unclear'][number]>},
): readonly string[] {
  const isJob = valueOf(unit, 'Type')?.value === 'oneshot'
  return [
    ...(hasStart ? [] : ['no start']),
    ...(isJob
      ? seen.has('end')
        ? []
        : ['no end']
      : [
          ...(seen.has('accept') || seen.has('datagram') ? [] : ['no accept']),
          ...(seen.has('stop') ? [] : ['no stop']),
        ]),
    ...(seen.has('connect') ? [] : ['no connect']),
    ...(isJob || seen.has('reload') ? [] : ['no reload']),
    ...(unclear.has('rings') ? ['what went through io_uring'] : []),
    ...(unclear.has('writes') ? ['the folder of some paths'] : []),
    ...(unclear.has('cut') ? ['the end of the log'] : []),
  ]
}
