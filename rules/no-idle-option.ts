import {defineRule, fixBy, remove, replaceWord, sandboxing, services, set} from 'unitlint/rule'
import type {Fix, Unit, Value} from 'unitlint/rule'

const rooted = [
  'ReadWritePaths',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'ExecPaths',
  'NoExecPaths',
] as const
const about = [
  'NoNewPrivileges',
  'ProtectProc',
  'Delegate',
  'LimitRTPRIO',
  'DeviceAllow',
  ...rooted,
]
/** What leaves them without effect. */
const overruling = [
  'AmbientCapabilities',
  'ProtectControlGroups',
  'RestrictRealtime',
  'ProtectClock',
  'PrivateUsers',
  'DynamicUser',
  ...sandboxing.filters,
]

export default defineRule({
  id: 'no-idle-option',
  directives: about,
  summary: 'Disallow options that others leave without effect',
  why: 'The unit seems to give or to deny what it does not: the service fails at what it was given, or does what it was denied.',
  on: {...services, lines: about},
  fixesHangOn: [...about, ...overruling],
  messages: {
    idle: 'Unexpected `{option}`, without effect beside `{by}`',
    outside: 'Unexpected `{option}`, outside of `{by}` and without effect, expected `+{path}`',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    if (unit.isPartial || unit.manager === 'user') return
    for (const find of pairs) {
      const found = find(unit)
      if (!found) continue
      const {at, by, fix} = found
      yield {message: 'idle', data: {option: `${at.key}=${at.value}`, by}, at, fix}
    }
    yield* outside(unit)
  },
  examples: {
    bad: [
      '[Service]\nDynamicUser=yes\nExecStart=/usr/bin/example\nNoNewPrivileges=no\n',
      '[Service]\nExecStart=/usr/bin/example\nDelegate=yes\nProtectControlGroups=yes\n',
      '[Service]\nExecStart=/usr/bin/example\nRootDirectory=/srv/example\nReadWritePaths=/var/lib/example\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nRootDirectory=/srv/example\nReadWritePaths=+/var/lib/example\n',
    ],
  },
})

/** An option that does nothing, what keeps it from doing something, and what would let it. */
interface Idle {
  readonly at: Value
  readonly by: string
  readonly fix?: Fix
}

const pairs: ReadonlyArray<(unit: Unit) => Idle | undefined> = [
  /** Filters without the rights of root set it up to 256, `DynamicUser=` always does. */
  function privileges(unit) {
    const at = unit.value('NoNewPrivileges')
    if (at?.boolean !== false) return undefined
    if (unit.settings.DynamicUser.value === 'yes') return {at, by: 'DynamicUser=yes'}
    if (unit.target.version >= 257) return undefined
    const filters = [...new Set(unit.all('Service').map(({key}) => key))]
      .filter((key) => sandboxing.filters.includes(key))
      .flatMap((key) => unit.value(key) ?? [])
      .filter(({key, value}) => unit.denies(key, value).includes('privileges-by-exec'))
    const [first] = filters
    if (!first) return undefined
    const lines = filters.flatMap(({key}) => unit.values(key))
    const changes = lines.map(({assignment}) => remove(assignment))
    const fix = fixBy('suggestion', changes, 'Remove what sets it')
    return {at, by: `${first.key}=${first.value}`, fix}
  },
  /** Who may trace any process may see it. */
  function processes(unit) {
    const at = unit.value('ProtectProc')
    const {AmbientCapabilities, CapabilityBoundingSet, PrivateUsers} = unit.settings
    const held = sandboxing.capabilitiesIn(AmbientCapabilities.value & CapabilityBoundingSet.value)
    if (!at || at.value === 'default' || PrivateUsers.value !== 'no') return undefined
    if (!held.includes('CAP_SYS_PTRACE')) return undefined
    const fix = fixBy('suggestion', remove(at.assignment), 'Remove it')
    return {at, by: 'AmbientCapabilities=CAP_SYS_PTRACE', fix}
  },
  /** A tree that cannot be written to holds no groups of one's own. */
  function groups(unit) {
    const at = unit.value('Delegate')
    const {value} = unit.settings.ProtectControlGroups
    if (!at || at.boolean === false || at.value === '' || (value !== 'yes' && value !== 'strict'))
      return undefined
    const instead = unit.target.version >= 257 ? 'private' : 'no'
    return {at, by: `ProtectControlGroups=${value}`, fix: setting('ProtectControlGroups', instead)}
  },
  /**
   * The limit is for programs that ask by themselves; for `CPUSchedulingPolicy=` the manager does.
   */
  function realtime(unit) {
    const at = unit.value('LimitRTPRIO')
    if (!at || !/[1-9i]/.test(at.value) || unit.value('CPUSchedulingPolicy')) return undefined
    if (unit.settings.RestrictRealtime.value !== 'yes') return undefined
    return {at, by: 'RestrictRealtime=yes', fix: setting('RestrictRealtime', 'no')}
  },
  /** Who may open the clock of the hardware for writing cannot set it without `CAP_SYS_TIME`. */
  function clock(unit) {
    const lines = unit.values('DeviceAllow')
    const at = lines.find(({value}) => /^(?:char-rtc|\/dev\/rtc\d*)\s+\w*w/.test(value))
    if (!at || unit.settings.ProtectClock.value !== 'yes') return undefined
    return {at, by: 'ProtectClock=yes', fix: setting('ProtectClock', 'no')}
  },
]

function setting(key: string, value: string): Fix {
  return fixBy('unsafe', set('Service', key, value))
}

/**
 * Paths of the host that a root directory leaves behind: without `+`, a path is one of the host
 * (systemd.exec(5), "ReadWritePaths=").
 */
function* outside(unit: Unit) {
  const root = unit.value('RootDirectory') ?? unit.value('RootImage')
  if (!root) return
  const folder = root.key === 'RootDirectory' ? root.expanded?.replace(/\/+$/, '') : undefined
  // The root of the host, or one that nobody knows.
  if (root.key === 'RootDirectory' && (folder ?? '%').replace(/.*%.*/s, '') === '') return
  for (const line of rooted.flatMap((key) => unit.values(key))) {
    const {pieces, valueSpan} = line.assignment.directive
    for (const {text: path, marks, at} of line.paths) {
      if (marks.includes('+')) continue
      if (folder !== undefined && sandboxing.isBelow(path, folder)) continue
      const start = at.span.start - valueSpan.start + marks.length
      const isPlain = !pieces && at.file.tree.text.startsWith(`${marks}/`, at.span.start)
      const change = replaceWord(line.assignment, {start, end: start}, '+')
      const fix = isPlain ? fixBy('unsafe', change, `Write \`+${path}\``) : undefined
      const [option, by] = [`${line.key}=${marks}${path}`, `${root.key}=${root.value}`]
      yield {message: 'outside', data: {option, by, path}, at, fix} as const
    }
  }
}
