import {denialContext} from './denial-context.ts'
import {activities} from './evidence/activities.ts'
import {isSourcing} from './evidence/invocations.ts'
import {isOfVariables} from './evidence/sourced.ts'
import {short} from './evidence/need.ts'
import type {Need} from './evidence/need.ts'
import {mayRunUnseen} from './evidence/of-tools.ts'
import {corePrograms} from './evidence/core-programs.ts'
import type {CoreProgram} from './evidence/core-programs.ts'
import {hostOfPrograms} from './evidence/program-files.ts'
import {needs} from './needs.ts'
import type {Profile} from './profile.ts'
import {hasRuntime} from './programs/programs.ts'
import type {ProgramsOfKind, ServiceKind} from './programs/tables/kinds.ts'
import {isRareForAll} from './rarity.ts'
import type {AccessId} from '../facts/accesses.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {valueOf, valuesIn} from '../unit/value.ts'

/** The profiles to choose from by evidence: one for each kind of service. */
export interface Profiles {
  readonly byKind: Readonly<Partial<Record<ServiceKind, Profile>>>
}

/** The profile that evidence chooses for a service; without one where it says too little. */
export interface Choice {
  readonly kind?: ServiceKind
  /** Why: a clause. */
  readonly because: string
}

/**
 * What kind of service a unit is, where its program or its shape leave no doubt.
 *
 * A closed profile says that nothing else is needed, so what does as others tell it is of no kind,
 * nor is what cannot be known.
 */
export const kindOf = query((unit: LoadedUnit): Choice => {
  if (unit.manager === 'user') return {because: 'what a user runs may be about anything of theirs'}
  const all = needs(unit)
  const unbounded = all.find(({access}) => access === 'anything')
  if (unbounded) return {because: unbounded.because}
  const missing = missingPart(unit)
  if (missing !== undefined) return {because: `\`${short(missing)}\` is not in sight`}
  const mains = corePrograms(unit).filter(({isMain}) => isMain)
  const unruled = corePrograms(unit).find(({kind}) => kind && !kind.kind)
  if (unruled?.kind)
    return {because: `\`${short(unruled.invocation.program)}\` ${unruled.kind.because}`}
  const found = new Set(mains.map(({kind}) => kind?.kind))
  const [first] = mains
  if (first?.kind?.kind && found.size === 1)
    return placed(
      first.kind,
      first.kind.kind,
      `\`${short(first.invocation.program)}\` ${first.kind.because}`,
      unit,
    )
  if (!found.has(undefined) && found.size > 1) return {because: 'it runs programs of several kinds'}
  return (
    ofShape(
      unit,
      new Set(all.flatMap((need) => (need.isGuess || isOfHelper(need) ? [] : [need.access]))),
    ) ?? {because: unknown(first)}
  )
}, itself)

/** Whether what listens is not the service itself, but what prepares it or cleans up behind it. */
function isOfHelper({access, assignment}: Need): boolean {
  return (
    access === 'bind-ports' &&
    assignment !== undefined &&
    assignment.key.startsWith('Exec') &&
    assignment.key !== 'ExecStart'
  )
}

/** A file that a script in sight reads commands from and that is not there, where others are. */
function missingPart(unit: LoadedUnit): string | undefined {
  if (!hostOfPrograms(unit)) return undefined
  const invocations = activities(unit).flatMap(({activity}) => activity.invocations)
  const found = invocations.find(
    ({program, args: [file = ''], seen}) => !seen && isSourcing(program) && !isOfVariables(file),
  )
  return found?.args[0]
}

/**
 * What runs as root and does what others have written may be about anything; applications that are
 * known do what daemons do.
 */
function placed(
  {isHost}: ProgramsOfKind,
  kind: ServiceKind,
  because: string,
  unit: LoadedUnit,
): Choice {
  if (kind === 'network-daemon' || kind === 'database' || !isRoot(unit)) return {kind, because}
  if (isHost) return {because: `${because}, as root`}
  return kind === 'web-service'
    ? {kind: 'network-daemon', because: `${because}, as root`}
    : {kind, because}
}

/** What kind its shape makes of a service that runs programs of which nobody knows the kind. */
function ofShape(unit: LoadedUnit, shown: ReadonlySet<AccessId>): Choice | undefined {
  const isOnce = valueOf(unit, 'Type')?.value === 'oneshot'
  if (isOnce) {
    const isLocal =
      corePrograms(unit).length === 0 &&
      !mayRunUnseen(unit) &&
      valuesIn(unit, 'Install').length === 0
    return isLocal && ![...shown].some(isBeyondFiles)
      ? {kind: 'timer-job', because: 'it runs once, and nothing but tools for files'}
      : undefined
  }
  if (isRoot(unit) || settingUp.some((id) => shown.has(id))) return undefined
  if (shown.has('bind-ports'))
    return {kind: 'web-service', because: 'it listens on ports, as a user of its own'}
  const runtime = activities(unit)
    .filter(({assignment: {key}}) => key === 'ExecStart')
    .flatMap(({activity}) => activity.invocations)
    .find(({path}) => hasRuntime(path))
  return (
    runtime && {
      kind: 'web-service',
      because: `it runs an application by \`${short(runtime.program)}\`, as a user of its own`,
    }
  )
}

/** What tells of a service that it sets up the machine, not only serves it. */
const settingUp = [
  'CAP_NET_ADMIN',
  'packet-sockets',
  'kernel-modules',
  'host-mounts',
] as const satisfies readonly AccessId[]

/** Whether more than files of this machine is needed for an access. */
function isBeyondFiles(id: AccessId): boolean {
  return (
    ['inet', 'inet-local', 'netlink', 'host-network'].includes(id) ||
    (isRareForAll(id) && id !== 'shared-tmp')
  )
}

function isRoot(unit: LoadedUnit): boolean {
  return denialContext(unit).capabilities === 'all'
}

function unknown(first: CoreProgram | undefined): string {
  return first
    ? `nothing tells for sure what \`${short(first.invocation.program)}\` needs`
    : 'nothing tells for sure what it needs'
}
