import {isAccess} from '../../facts/accesses.ts'
import type {Use} from './paths.ts'
import type {Phase, Trace, TracedService} from './traced.ts'

/** The form of a profile in a file: what `unitlint trace --summary` writes. */
export const form = 'unitlint-trace'
export const formVersion = 1

export const phases: readonly Phase[] = [
  'start',
  'accept',
  'datagram',
  'connect',
  'end',
  'reload',
  'stop',
]
export const uses: readonly Use[] = ['run', 'read', 'write']

/** The trace that a profile tells, as JSON has it; what is wrong with it as a text. */
export function traceIn(value: unknown): Trace | string {
  if (!isObject(value) || value['form'] !== form)
    return `Expected a summary of \`unitlint trace --summary\`: an object with \`"form": "${form}"\``
  if (value['version'] !== formVersion)
    return `Unexpected version of a summary, expected ${formVersion}`
  const services = value['services']
  if (!Array.isArray(services)) return 'Expected `services`'
  const read = services.map(readService)
  const wrong = read.findIndex((one) => one === undefined)
  return wrong === -1
    ? {services: read.filter((one) => one !== undefined)}
    : `Unexpected \`services[${wrong}]\`, expected what \`unitlint trace --summary\` writes`
}

function readService(value: unknown): TracedService | undefined {
  if (!isObject(value)) return undefined
  const {program, unit, runs} = value
  if (typeof program !== 'string' || typeof runs !== 'number') return undefined
  if (unit !== undefined && typeof unit !== 'string') return undefined
  const lists = listsIn(value)
  const [did, tried] = [clausesIn(value['did']), clausesIn(value['tried'])]
  const places = placesIn(value['places'])
  if (!lists || !did || !tried || !places) return undefined
  const {seen, unclear, ...others} = lists
  return {
    program,
    unit,
    runs,
    ...others,
    did,
    tried,
    places,
    seen: phases.filter((phase) => seen.includes(phase)),
    unclear: (['writes', 'rings', 'cut'] as const).filter((what) => unclear.includes(what)),
  }
}

const listed = ['programs', 'logs', 'calls', 'refused', 'asRoot', 'seen', 'unclear'] as const

function listsIn(
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<(typeof listed)[number], readonly string[]>> | undefined {
  const lists = listed.map((key) => [key, texts(value[key])] as const)
  // Each has its list, as none is missing.
  return lists.some(([, its]) => its === undefined)
    ? undefined
    : (Object.fromEntries(lists) as Record<(typeof listed)[number], readonly string[]>)
}

function placesIn(value: unknown): TracedService['places'] | undefined {
  if (!isObject(value)) return undefined
  const places = uses.map(
    (use) => [use, value[use] === undefined ? [] : texts(value[use])] as const,
  )
  return places.some(([, paths]) => paths === undefined) ? undefined : Object.fromEntries(places)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one): one is string => typeof one === 'string')
    ? value
    : undefined
}

/** What is said of accesses: those of other versions are passed over. */
function clausesIn(value: unknown): TracedService['did'] | undefined {
  if (!isObject(value)) return undefined
  const read = Object.entries(value).map(([id, list]) => [id, texts(list)] as const)
  if (read.some(([, list]) => list === undefined)) return undefined
  return Object.fromEntries(read.filter(([id]) => isAccess(id)))
}
