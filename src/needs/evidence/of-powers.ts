import {namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valueOf, valuesOf} from '../../unit/value.ts'
import {mounting} from '../programs/tables/row.ts'
import {guessesFor} from './need.ts'
import type {Need} from './need.ts'

/**
 * What a program that nobody knows is given powers for, by the lines that name these: a guess each,
 * which only ever withholds.
 */
export function* ofPowers(unit: LoadedUnit): Generator<Need> {
  const delegate = valueOf(unit, 'Delegate')
  if (delegate && delegate.boolean !== false && delegate.value !== '')
    yield* guessesFor(
      ofRunningOthers,
      '`Delegate=` lets it run others in control groups of their own',
      delegate,
    )
  for (const [name, needs, because] of powers) {
    const assignment = namesCapability(unit, name)
    if (!assignment) continue
    yield* guessesFor(needs, `\`${assignment.key}=\` names \`${name}\`, ${because}`, assignment)
  }
}

/** What it takes to run containers, machines or jobs of others. */
const ofRunningOthers = [
  ...namespaceIds,
  ...mounting,
  'raw-devices',
  'kernel-tunables',
  'kernel-modules',
  'suid-files',
  'realtime',
  'personality',
  'write-exec-memory',
  'shared-tmp',
  'shared-ipc',
  'home-read',
  'home-write',
  'privileges-by-exec',
  'other-processes',
  'host-pids',
  'proc-files',
  'netlink',
  'exotic-sockets',
  '@privileged',
  '@resources',
  '@setuid',
] as const satisfies readonly AccessId[]

/** What a capability is given for, where nobody says, and what that takes. */
const powers = [
  [
    'CAP_NET_ADMIN',
    ['raw-devices', 'kernel-tunables', 'kernel-modules', 'packet-sockets', 'exotic-sockets'],
    'perhaps for tunnels, which are opened in `/dev/net`',
  ],
  [
    'CAP_SYS_MODULE',
    ['kernel-tunables', 'raw-devices'],
    'perhaps for drivers, which are told in `/sys` of what to drive',
  ],
  ['CAP_NET_RAW', ['exotic-sockets'], 'which Bluetooth and XDP ask for too'],
  ['CAP_BPF', ['kernel-tunables', 'host-mounts'], 'perhaps for programs that it pins in `/sys`'],
] as const satisfies ReadonlyArray<readonly [string, readonly AccessId[], string]>

/** The line that lets a service have a capability, and says so. */
function namesCapability(unit: LoadedUnit, name: string): Assignment | undefined {
  return ['AmbientCapabilities', 'CapabilityBoundingSet']
    .flatMap((key) => valuesOf(unit, key))
    .find(({value}) => !value.includes('~') && value.split(/\s+/).includes(name))
}
