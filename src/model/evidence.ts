import {access} from './accesses.ts'
import type {AccessId} from './accesses.ts'
import {activity} from './evidence/invocations.ts'
import {addressNeeds, portNeeds} from './evidence/addresses.ts'
import {commands} from './evidence/commands.ts'
import type {Command} from './evidence/commands.ts'
import {environment} from './evidence/environment.ts'
import {pathNeeds, isBelow, simplified} from './evidence/paths.ts'
import type {Use} from './evidence/paths.ts'
import {usesOf} from './evidence/uses.ts'
import {last, list, switchedOn} from './evidence/written.ts'
import {programNeeds} from './programs/programs.ts'
import type {Assignment, AssignmentSource} from './unit.ts'
import {capabilityNamed} from './values/capabilities.ts'
import {splitWords} from './values/words.ts'

/** Something that a service needs, and how that shows. */
export interface Need {
  readonly access: AccessId
  /** A clause for messages: "`node` compiles code while it runs". */
  readonly because: string
  /** Denying it would surely break the service; otherwise it is likely. */
  readonly certain: boolean
  readonly assignment?: Assignment
}

/** All that a service needs. */
export interface Needs extends ReadonlyArray<Need> {
  /** It needs nothing else: a profile says so. */
  readonly isClosed: boolean
}

/** What services of a kind need, as a config declares it. */
export interface Profile {
  readonly needs: readonly AccessId[]
  /** They need nothing else, but for what evidence shows. */
  readonly closed: boolean
}

/** Whether accesses may be denied, and the needs that speak against it. */
export interface Judgement {
  readonly applicability: 'safe' | 'unsafe' | 'withheld'
  readonly because: readonly Need[]
}

/** Judge a denial: withheld when the service needs some of it, safe when hardly any service does or a closed profile says that this one does not. */
export function judge(denied: readonly AccessId[], needs: Needs): Judgement {
  const because = needs.filter((need) => denied.includes(need.access) || (need.access === 'anything' && denied.length > 0))
  if (because.length > 0) return {applicability: 'withheld', because}
  const isSafe = needs.isClosed ? !denied.includes('unknown-effect') : denied.every((id) => access(id).nature === 'rare')
  return {applicability: isSafe ? 'safe' : 'unsafe', because}
}

/** What a service needs, by all evidence: its unit, its programs, and a profile. */
export function needs(unit: AssignmentSource, profile?: Profile): Needs {
  const found = [...ofCommands(unit), ...ofUnit(unit), ...ofProfile(unit, profile)]
  const first = new Map<string, Need>()
  for (const need of found) {
    const known = first.get(need.access)
    if (!known || (need.certain && !known.certain)) first.set(need.access, need)
  }
  return Object.assign([...first.values()], {isClosed: profile?.closed ?? false})
}

function* ofCommands(unit: AssignmentSource): Generator<Need> {
  const declared = declaredPaths(unit)
  for (const command of commands(unit)) {
    // Behind `+` nothing of the sandbox applies.
    if (command.isUnconfined) continue
    yield* ofCommand(command, declared)
  }
}

function* ofCommand({assignment, words, isPrivileged}: Command, declared: readonly string[]): Generator<Need> {
  const {invocations, redirections, values} = activity(words)
  const at = (because: string, certain: boolean): Omit<Need, 'access'> => ({because, certain, assignment})
  if (isPrivileged) yield {access: 'superuser', ...at(`\`${assignment.key}=!\` runs as root`, true)}
  for (const invocation of invocations) {
    const {program, args, path} = invocation
    for (const {access: id, feature} of programNeeds(program, args)) {
      yield {
        access: id,
        ...at(feature ? `${feature} of \`${program}\` ${access(id).title}` : `\`${program}\` ${access(id).title}`, feature === undefined && isSure(id)),
      }
    }
    if (path.startsWith('/')) yield* ofPath(path, 'run', assignment, declared)
    for (const {text, use} of usesOf(invocation)) {
      for (const found of pathsIn(text)) yield* ofPath(found, use, assignment, declared)
      for (const id of addressNeeds(text)) yield {access: id, ...at(`\`${assignment.key}=\` names \`${short(text)}\``, false)}
    }
    for (const [index, arg] of args.entries()) {
      const [option = '', value] = arg.includes('=') ? arg.split('=', 2) : [args[index - 1] ?? '', arg]
      for (const id of portNeeds(option, value ?? '')) yield {access: id, ...at(`\`${assignment.key}=\` names port ${value}`, false)}
    }
  }
  for (const {path, use} of redirections) yield* ofPath(path, use, assignment, declared)
  for (const value of values) for (const found of pathsIn(value)) yield* ofPath(found, 'mention', assignment, declared)
}

/** Needs by which a program surely fails; the others break a part of what it may do. */
function isSure(id: AccessId): boolean {
  return id === 'write-exec-memory' || id === 'host-mounts'
}

function* ofPath(path: string, use: Use, assignment: Assignment, declared: readonly string[]): Generator<Need> {
  const isDeclared = declared.some((area) => isBelow(simplified(path), area))
  for (const {access: id, certain} of pathNeeds(path, use, isDeclared)) {
    yield {access: id, because: `\`${assignment.key}=\` ${verbs[use]} \`${short(path)}\``, certain: certain && use !== 'mention', assignment}
  }
}

const verbs: Readonly<Record<Use, string>> = {run: 'runs', read: 'reads', write: 'writes', mention: 'names'}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** The absolute paths in an argument: alone, behind `=` or `:`, or between commas. */
function pathsIn(text: string): string[] {
  if (!text.includes('/') && !text.startsWith('~')) return []
  if (text.startsWith('~')) return ['/home']
  return text
    .slice(0, 4096)
    .split(/[=,;:\s"'|<>()]+/)
    .filter((part) => part.startsWith('/') && !part.startsWith('//'))
    .slice(0, 64)
}

/** Places that stay writable whatever is protected. */
function declaredPaths(unit: AssignmentSource): readonly string[] {
  const found: string[] = []
  for (const key of ['ReadWritePaths', 'BindPaths'] as const) {
    for (const {value} of list(unit, key))
      for (const {text} of splitWords(value, 'quotes').words)
        found.push(
          simplified(
            text
              .replace(/^-?\+?/, '')
              .split(':')
              .at(-1) ?? '',
          ),
        )
  }
  for (const [key, parent] of Object.entries(directories)) {
    for (const {value} of list(unit, key)) for (const {text} of splitWords(value, 'quotes').words) found.push(`${parent}/${text.split(':')[0]}`)
  }
  return found
}

const directories: Readonly<Record<string, string>> = {
  StateDirectory: '/var/lib',
  CacheDirectory: '/var/cache',
  LogsDirectory: '/var/log',
  RuntimeDirectory: '/run',
  ConfigurationDirectory: '/etc',
}

function* ofUnit(unit: AssignmentSource): Generator<Need> {
  const declared = declaredPaths(unit)
  for (const key of ['WorkingDirectory', 'PIDFile'] as const) {
    const found = last(unit, key)
    const path = found?.value.replace(/^-/, '')
    if (found && path === '~') yield {access: 'home-read', because: '`WorkingDirectory=~`', certain: false, assignment: found}
    if (found && path?.startsWith('/')) yield* ofPath(path, key === 'PIDFile' ? 'write' : found.value.startsWith('-') ? 'mention' : 'read', found, declared)
  }
  for (const {value, assignment} of environment(unit).values()) {
    for (const path of pathsIn(value)) yield* ofPath(path, 'mention', assignment, declared)
    for (const id of addressNeeds(value)) yield {access: id, because: `\`Environment=\` names \`${short(value)}\``, certain: false, assignment}
  }
  for (const key of ['ReadWritePaths', 'BindPaths', 'BindReadOnlyPaths', 'ReadOnlyPaths'] as const) {
    for (const assignment of list(unit, key)) {
      for (const {text} of splitWords(assignment.value, 'quotes').words) {
        const path = text.replace(/^-?\+?/, '').split(':')[0] ?? ''
        if (!path.startsWith('/')) continue
        for (const id of homeNeeds(path, key)) yield {access: id, because: `\`${key}=\` names \`${short(path)}\``, certain: false, assignment}
      }
    }
  }
  for (const assignment of list(unit, 'DeviceAllow')) {
    const device = assignment.value.split(/\s/)[0] ?? ''
    for (const need of device.startsWith('/dev/') ? pathNeeds(device, 'read') : [{access: 'raw-devices' as const}])
      yield {access: need.access, because: `\`DeviceAllow=${short(device)}\` is written`, certain: false, assignment}
  }
  for (const key of ['SupplementaryGroups', 'Group'] as const) {
    for (const assignment of list(unit, key)) {
      const groups = assignment.value.split(/\s+/)
      if (groups.some((group) => deviceGroups.has(group)))
        yield {access: 'raw-devices', because: `\`${key}=${short(assignment.value)}\` owns devices`, certain: false, assignment}
    }
  }
  for (const key of ['BindsTo', 'Requires', 'After', 'Wants'] as const) {
    for (const assignment of list(unit, key, 'Unit')) {
      if (/(?:^|\s)dev-[^\s]*\.device/.test(assignment.value))
        yield {access: 'raw-devices', because: `\`${key}=\` waits for a device`, certain: false, assignment}
      if (/network-online\.target/.test(assignment.value) && key !== 'Requires')
        for (const id of ['inet', 'inet-local'] as const)
          yield {access: id, because: `\`${key}=network-online.target\` asks for the network`, certain: false, assignment}
      if (/(?:docker|containerd|libvirtd|podman)\.service/.test(assignment.value))
        for (const id of ['unix-sockets', 'root-files'] as const)
          yield {access: id, because: `\`${key}=${short(assignment.value)}\``, certain: false, assignment}
    }
  }
  const type = last(unit, 'Type')
  if (type && /^(?:notify|notify-reload|dbus)$/.test(type.value))
    for (const id of ['unix-sockets', 'notify'] as const)
      yield {access: id, because: `\`Type=${type.value}\` reports by a local socket`, certain: true, assignment: type}
  if (type?.value === 'forking') yield {access: 'host-pids', because: '`Type=forking` outlives its first process', certain: true, assignment: type}
  for (const key of ['WatchdogSec', 'BusName'] as const) {
    const found = last(unit, key)
    if (found) yield {access: 'unix-sockets', because: `\`${key}=\` needs a local socket`, certain: true, assignment: found}
  }
  for (const assignment of list(unit, 'AmbientCapabilities')) yield* ofCapabilities(assignment, true)
  for (const assignment of list(unit, 'CapabilityBoundingSet')) if (!assignment.value.startsWith('~')) yield* ofCapabilities(assignment, false)
  const pam = last(unit, 'PAMName')
  if (pam) yield {access: 'anything', because: '`PAMName=` opens a session for a user', certain: false, assignment: pam}
  const early = unit.assignments('Unit', 'DefaultDependencies').at(-1)
  if (early && /^(?:0|no|n|false|f|off)$/i.test(early.value))
    yield {access: 'early-boot', because: '`DefaultDependencies=no` may start it before `/tmp` is mounted', certain: false, assignment: early}
  const delegate = unit.assignments('Service', 'Delegate').at(-1)
  if (delegate && !/^(?:0|no|n|false|f|off)$/i.test(delegate.value))
    for (const id of ['delegated-control-groups', 'control-groups'] as const)
      yield {access: id, because: '`Delegate=` hands it control groups', certain: false, assignment: delegate}
  const cache = environment(unit).get('KRB5CCNAME')
  if (cache)
    for (const id of ['other-keyrings', 'shared-tmp'] as const)
      yield {access: id, because: '`KRB5CCNAME=` names a shared cache', certain: false, assignment: cache.assignment}
  const display = environment(unit).get('DISPLAY')
  if (display)
    for (const id of ['shared-tmp', 'abstract-sockets', 'shared-ipc'] as const)
      yield {access: id, because: '`DISPLAY=` names an X server', certain: false, assignment: display.assignment}
  const user = last(unit, 'User')
  if (user && !switchedOn(unit, 'DynamicUser'))
    yield {access: 'fixed-user', because: `\`User=${short(user.value)}\` is written`, certain: false, assignment: user}
  for (const key of ['JoinsNamespaceOf', 'NetworkNamespacePath', 'IPCNamespacePath'] as const) {
    const found = list(unit, key, key === 'JoinsNamespaceOf' ? 'Unit' : 'Service').at(-1)
    if (found)
      for (const id of ['host-network', 'shared-ipc'] as const) yield {access: id, because: `\`${key}=\` shares a namespace`, certain: false, assignment: found}
  }
}

function* ofCapabilities(assignment: Assignment, isAmbient: boolean): Generator<Need> {
  if (assignment.value.startsWith('~')) return
  for (const {text} of splitWords(assignment.value, 'quotes').words) {
    const name = capabilityNamed(text)
    // The names are those of the table of accesses.
    if (name) yield {access: name as AccessId, because: `\`${assignment.key}=\` names \`${name}\``, certain: isAmbient && false, assignment}
  }
  if (isAmbient && assignment.value !== '')
    yield {access: 'host-users', because: '`AmbientCapabilities=` gives it power over the host', certain: false, assignment}
}

function homeNeeds(path: string, key: string): readonly AccessId[] {
  const writes = key === 'ReadWritePaths' || key === 'BindPaths'
  const needs = pathNeeds(path, writes ? 'write' : 'read')
  return needs.map((need) => need.access).filter((id) => id === 'home-read' || id === 'raw-devices' || id === 'kernel-tunables' || id === 'control-groups')
}

const deviceGroups: ReadonlySet<string> = new Set([
  'video',
  'render',
  'dialout',
  'kvm',
  'audio',
  'plugdev',
  'tape',
  'disk',
  'input',
  'i2c',
  'spi',
  'gpio',
  'uucp',
  'lp',
  'scanner',
  'cdrom',
  'tss',
  'usb',
])

function* ofProfile(unit: AssignmentSource, profile: Profile | undefined): Generator<Need> {
  const hasDeclared = declaredPaths(unit).length > 0
  for (const id of profile?.needs ?? []) {
    // Where a unit says where it writes, it needs no other places.
    if (id === 'write-anywhere' && hasDeclared) continue
    yield {access: id, because: `the profile says that it ${access(id).title}`, certain: false}
  }
}
