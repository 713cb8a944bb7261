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
  const [programs, logs, calls, refused, asRoot] = [
    'programs',
    'logs',
    'calls',
    'refused',
    'asRoot',
  ].map((key) => texts(value[key]))
  const [did, tried] = [clausesIn(value['did']), clausesIn(value['tried'])]
  const seen = texts(value['seen'])
  const unclear = texts(value['unclear'])
  const places = isObject(value['places']) ? value['places'] : undefined
  if (
    typeof program !== 'string' ||
    !programs ||
    !logs ||
    !calls ||
    !refused ||
    !asRoot ||
    !did ||
    !tried ||
    !seen ||
    !unclear ||
    !places
  )
    return undefined
  if (typeof runs !== 'number' || !(unit === undefined || typeof unit === 'string'))
    return undefined
  const inPlaces = uses.map(
    (use) => [use, places[use] === undefined ? [] : texts(places[use])] as const,
  )
  if (inPlaces.some(([, paths]) => paths === undefined)) return undefined
  return {
    program,
    programs,
    unit,
    logs,
    runs,
    seen: phases.filter((phase) => seen.includes(phase)),
    calls,
    refused,
    did,
    tried,
    places: Object.fromEntries(inPlaces),
    asRoot,
    unclear: (['writes', 'rings', 'cut'] as const).filter((what) => unclear.includes(what)),
  }
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
