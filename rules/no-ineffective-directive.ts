import {defineRule, fixBy, lives, partOf, relations, rename} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const about = [
  'RuntimeMaxSec',
  'RuntimeRandomizedExtraSec',
  'RestartSteps',
  'RestartMaxDelaySec',
  'JobRunningTimeoutSec',
  'USBFunctionDescriptors',
  'USBFunctionStrings',
  'RefreshOnReload',
  'Options',
]

export default defineRule({
  id: 'no-ineffective-directive',
  summary: 'Disallow directives that do nothing beside what else the unit says',
  why: 'systemd reads the line, says in its log at best that it does nothing, and goes on without what was asked for.',
  directives: about,
  on: {lines: about},
  messages: {
    oneshot:
      'Unexpected `RuntimeMaxSec=` with `Type=oneshot`, `TimeoutStartSec=` says how long it may run',
    alone: 'Unexpected `{key}=` without `{missing}=`, it does nothing',
    shorter: 'Unexpected `RestartMaxDelaySec=` below `RestartSec=`, all delays are that short',
    credentials:
      'Unexpected `RefreshOnReload=credentials` of a service without credentials, from then on it could have none',
    extensions:
      'Unexpected `RefreshOnReload=extensions` without extensions that are picked by version (`ExtensionImages=/x.v/`), it does nothing',
    extensionsOfUser: 'Unexpected `RefreshOnReload=extensions` for a user, it does nothing',
    fstab:
      'Unexpected `{name}` in `Options=`, systemd reads it in `/etc/fstab` alone, expected {expected}',
    longer: 'Unexpected `JobRunningTimeoutSec=` above `JobTimeoutSec=`, it does nothing',
  },
  *check(unit) {
    if (unit.isPartial) return
    const most = set(unit, 'RestartMaxDelaySec')
    const isShorter = most && seconds(unit, 'RestartMaxDelaySec') < lives.restartDelay(unit)
    if (isShorter) yield {message: 'shorter', at: most}
    for (const [key, missing] of pairs) {
      const at = set(unit, key)
      if (at && !set(unit, missing) && !(at === most && isShorter))
        yield {message: 'alone', data: {key, missing}, at}
    }
    const ran = set(unit, 'RuntimeMaxSec')
    if (ran && unit.text('Type') === 'oneshot') {
      const isSaid = unit.value('TimeoutStartSec') ?? unit.value('TimeoutSec')
      const fix = isSaid ? undefined : fixBy('unsafe', rename(ran.assignment, 'TimeoutStartSec'))
      yield {message: 'oneshot', at: ran, fix}
    }
    yield* refreshes(unit)
    yield* ofFstab(unit)
    const running = unit.value('JobRunningTimeoutSec')
    const longest = seconds(unit, 'JobRunningTimeoutSec')
    if (running && longest !== Infinity && longest > seconds(unit, 'JobTimeoutSec'))
      yield {message: 'longer', at: running}
  },
  examples: {
    bad: [
      '[Service]\nType=oneshot\nExecStart=/usr/bin/example\nRuntimeMaxSec=1h\n',
      '[Service]\nExecStart=/usr/bin/example\nRuntimeRandomizedExtraSec=5min\n',
      {
        name: 'srv-data.mount',
        unit: '[Mount]\nWhat=/dev/disk/by-label/data\nWhere=/srv/data\nOptions=noatime,x-systemd.automount\n',
      },
      '[Unit]\nJobTimeoutSec=1min\nJobRunningTimeoutSec=5min\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nType=oneshot\nExecStart=/usr/bin/example\nTimeoutStartSec=1h\n',
      '[Service]\nExecStart=/usr/bin/example\nRuntimeMaxSec=1h\nRuntimeRandomizedExtraSec=5min\n',
    ],
  },
})

/** Of each the first does nothing without the second. */
const pairs = [
  ['RuntimeRandomizedExtraSec', 'RuntimeMaxSec'],
  ['RestartSteps', 'RestartMaxDelaySec'],
  ['RestartMaxDelaySec', 'RestartSteps'],
  ['USBFunctionDescriptors', 'USBFunctionStrings'],
  ['USBFunctionStrings', 'USBFunctionDescriptors'],
] as const

/** What is refreshed by name and is not there; what `yes` stands for is as it comes. */
function* refreshes(unit: Unit) {
  const held = lives.refreshedByName(unit)
  const [credentials, extensions] = [held.get('credentials'), held.get('extensions')]
  if (credentials && !kindsOfCredentials.some((key) => unit.values(key).length > 0))
    yield {message: 'credentials', at: credentials} as const
  const lines = ['ExtensionImages', 'ExtensionDirectories'].flatMap(unit.values)
  const isPicked = lines.some(({value}) => /\.v\/|\.v(?=[\s:]|$)|___/.test(value))
  if (extensions && unit.manager === 'user')
    yield {message: 'extensionsOfUser', at: extensions} as const
  else if (extensions && !isPicked) yield {message: 'extensions', at: extensions} as const
}

/** Options of a mount for the generator that makes mounts of `/etc/fstab`. */
function* ofFstab(unit: Unit) {
  const options = unit.type === 'mount' ? unit.value('Options') : undefined
  // What the generator itself has written has them, too.
  if (!options || unit.value('SourcePath')) return
  for (const {0: option, index: start} of options.assignment.value.matchAll(/[^\s,]+/g)) {
    const [name = ''] = option.split('=')
    const expected = relations.fstabOptions.get(name)
    if (expected === undefined) continue
    const at = partOf(options.assignment, {start, end: start + option.length})
    yield {message: 'fstab', data: {name, expected}, at} as const
  }
}

const kindsOfCredentials = [
  'LoadCredential',
  'LoadCredentialEncrypted',
  'SetCredential',
  'SetCredentialEncrypted',
  'ImportCredential',
]

/** What a directive says, where that is not what holds without it. */
function set(unit: Unit, key: string): ReturnType<Unit['value']> {
  const value = unit.value(key)
  if (value?.value === '') return undefined
  const isNothing =
    key === 'RestartSteps'
      ? value?.number === 0
      : key === 'RuntimeRandomizedExtraSec'
        ? value?.seconds === 0
        : value?.seconds === Infinity
  return isNothing ? undefined : value
}

/** A time; for jobs zero is as good as none (systemd.unit(5), "JobTimeoutSec="). */
function seconds(unit: Unit, key: string): number {
  const its = unit.value(key)?.seconds ?? Infinity
  return its === 0 && key.startsWith('Job') ? Infinity : its
}
