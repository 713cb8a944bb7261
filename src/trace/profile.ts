import {accessIds} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import type {Phase, Trace, TracedService} from '../needs/evidence/traced.ts'
import type {Use} from '../needs/evidence/paths.ts'
import {phases, uses} from '../needs/evidence/trace-profile.ts'
import {TracedFacts} from './facts.ts'
import type {Group} from './process.ts'

/**
 * What logs show, by service: what ran the same program as the same unit, in several runs, is one.
 */
export function traceOf(
  seen: ReadonlyArray<{readonly log: string; readonly groups: readonly Group[]}>,
): Trace {
  const services = new Map<
    string,
    {program: string; unit: string | undefined; logs: Set<string>; facts: TracedFacts}
  >()
  for (const {log, groups} of seen) {
    for (const {program, unit, facts} of groups) {
      // What was cut adds what it shows, and takes nothing from what is whole.
      const key = `${unit ?? ''}\n${program}\n${facts.unclear.has('cut') ? 'cut' : ''}`
      let its = services.get(key)
      if (!its)
        services.set(
          key,
          (its = {program, unit, logs: new Set<string>(), facts: new TracedFacts()}),
        )
      its.logs.add(log)
      its.facts.add(facts)
    }
  }
  return {
    services: [...services.values()].map(({program, unit, logs, facts}) =>
      serviceOf(program, unit, [...logs], facts),
    ),
  }
}

function serviceOf(
  program: string,
  unit: string | undefined,
  logs: readonly string[],
  facts: TracedFacts,
): TracedService {
  const {runs} = facts
  const seen = new Set<Phase>(facts.seen)
  if (facts.left.size > 0) facts.note('shared-tmp', 'leaves files in `/tmp` or `/var/tmp`')
  if (runs > 0 && facts.isWaiting) seen.add('start')
  // What it connects to itself, to see whether it is up, is no client.
  if (facts.accepted > facts.connectedToItself) seen.add('accept')
  if (facts.datagrams > 0) seen.add('datagram')
  if (['io_uring_enter', 'io_uring_setup'].some((call) => facts.calls.has(call)))
    facts.unclear.add('rings')
  return {
    program: placeOf('run', program),
    programs: sorted([...facts.programs].map((path) => placeOf('run', path))),
    ...(unit === undefined ? {} : {unit}),
    logs,
    runs,
    seen: phases.filter((phase) => seen.has(phase)),
    calls: sorted(facts.calls),
    refused: sorted([...facts.refused].filter((call) => !facts.calls.has(call))),
    did: clauses(facts.did),
    tried: clauses(facts.tried),
    places: Object.fromEntries(uses.flatMap((use) => placesOf(use, facts.places.get(use)))),
    asRoot: sorted([...facts.asRoot].map((path) => placeOf('mention', path))),
    unclear: (['writes', 'rings', 'cut'] as const).filter((what) => facts.unclear.has(what)),
  }
}

function sorted(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].toSorted()
}

function clauses(all: ReadonlyMap<AccessId, ReadonlySet<string>>): TracedService['did'] {
  return Object.fromEntries(
    accessIds.flatMap((id) =>
      all.has(id) ? [[id, [...(all.get(id) ?? [])].toSorted()] as const] : [],
    ),
  )
}

function placesOf(
  use: Use,
  paths: ReadonlySet<string> | undefined,
): ReadonlyArray<readonly [Use, readonly string[]]> {
  return paths && paths.size > 0
    ? [[use, sorted([...paths].map((path) => placeOf(use, path)))]]
    : []
}

/**
 * The place of a path: homes and temporary folders without what is in them, folders of data without
 * what is deep in them, other processes without their numbers. To make and to replace a file, its
 * folder has to be writable.
 */
function placeOf(use: Use, path: string): string {
  if (/^\/home(?:\/|$)/.test(path)) return '/home/*'
  if (/^\/root(?:\/|$)/.test(path)) return '/root'
  if (/^\/run\/user(?:\/|$)/.test(path)) return '/run/user/*'
  const [temporary] = /^\/(?:var\/)?tmp(?=\/)/.exec(path) ?? []
  if (temporary !== undefined && use !== 'run')
    return use === 'write' ? temporary : `${temporary}/*`
  if (/^\/proc\/\d/.test(path)) return '/proc/*'
  if (path.startsWith('/proc/self/task/')) return '/proc/self/task/*'
  const isOfKernel = /^\/(?:dev|proc|sys)\//.test(path)
  const place =
    use === 'write' && !isOfKernel ? path.slice(0, Math.max(1, path.lastIndexOf('/'))) : path
  const parts = place.split('/')
  const deepest =
    isOfKernel || use === 'run'
      ? 7
      : parts[1] === 'var' || parts[1] === 'usr' || parts[1] === 'srv' || parts[1] === 'opt'
        ? 4
        : 3
  return (parts.length > deepest ? parts.slice(0, deepest).join('/') : place).slice(0, 200)
}

/** Several traces as one. */
export function together(traces: readonly Trace[]): Trace {
  return {services: traces.flatMap(({services}) => services)}
}
