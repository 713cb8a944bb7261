import {add, defineRule, fixBy, lines, sandboxing, services} from 'unitlint/rule'
import type {Place, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-closed-settings',
  summary:
    'Disallow settings below `/etc` where `ProtectSystem=` and owners decide whether the service may change them',
  why: 'Under `full` and `strict` the service fails to save what its users set. A `ConfigurationDirectory=` is left out of that, and yet closed to a user of its own where root made it.',
  unless: 'The service only reads its settings.',
  directives: ['ProtectSystem', 'ConfigurationDirectory', 'ReadWritePaths'],
  on: {...services, ...lines('ProtectSystem')},
  fixesHangOn: [],
  messages: {
    open: 'Unexpected `ConfigurationDirectory={name}`, which `ProtectSystem={value}` leaves open to writing, expected `StateDirectory=` for what the service changes',
    owned:
      'Unexpected `ConfigurationDirectory={name}` with `{who}`, `{path}` keeps its owner, who is mostly root, expected `StateDirectory=` for what the service changes',
    closed:
      'Unexpected `{path}` with `ProtectSystem={value}`, it cannot be changed, expected `ReadWritePaths={folder}` or a `StateDirectory=` where the service changes it',
  },
  *check(unit) {
    const at = unit.value('ProtectSystem')
    const {value} = unit.settings.ProtectSystem
    if (!at || unit.isPartial || unit.manager === 'user' || !/^(?:full|strict)$/.test(value)) return
    if (unit.value('RootDirectory') || unit.value('RootImage')) return
    const own = sandboxing.ownDirectories(unit, 'ConfigurationDirectory')
    for (const {written: name, path, at: place} of own) {
      const who = userOf(unit)
      if (who === undefined) yield {message: 'open', data: {name, value}, at: place}
      else yield {message: 'owned', data: {name, who, path: path ?? `/etc/${name}`}, at: place}
    }
    const lines = ['ReadWritePaths', 'BindPaths', 'TemporaryFileSystem'].flatMap(unit.values)
    const opened = lines.flatMap(({paths}) => paths.map(({inside}) => inside))
    const open = [...opened, ...own.flatMap((its) => its.path ?? [])]
    const closed = settingsOf(unit).find(
      ({path: its}) => !open.some((folder) => sandboxing.isBelow(its, folder)),
    )
    if (!closed) return
    const {path, folder, place} = closed
    const fix = fixBy('unsafe', add('Service', 'ReadWritePaths', folder))
    yield {message: 'closed', data: {path, folder, value}, at: place, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example --settings /etc/example/settings.json\nProtectSystem=full\n',
      '[Service]\nExecStart=/usr/bin/example\nConfigurationDirectory=example\nProtectSystem=strict\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example --settings /var/lib/example/settings.json\nStateDirectory=example\nProtectSystem=full\n',
      '[Service]\nExecStart=/usr/bin/example --settings /etc/example/settings.json\nReadWritePaths=/etc/example\nProtectSystem=full\n',
    ],
  },
})

/** The line that gives the service a user of its own; undefined where it runs as root. */
function userOf(unit: Unit): string | undefined {
  if (unit.settings.DynamicUser.value === 'yes') return 'DynamicUser=yes'
  const user = unit.text('User')
  return /^(?:|root|0)$/.test(user) ? undefined : `User=${user}`
}

/**
 * What of a folder below `/etc` a service keeps that looks as if it writes it: where it starts, and
 * files that its first command names.
 */
function settingsOf(unit: Unit): ReadonlyArray<{path: string; folder: string; place: Place}> {
  const [command] = unit.values('ExecStart')
  const folder = unit.value('WorkingDirectory')
  const started = folder
    ? [{text: folder.expanded ?? '', at: {file: folder.file, span: folder.directive.valueSpan}}]
    : []
  const named = (command?.words.slice(1) ?? []).map(({text, at}) => ({
    text: text.replace(/^-[-\w]+=/, ''),
    at,
  }))
  return [...started, ...named.filter(({text}) => changed.test(text))].flatMap(
    ({text: path, at: place}) => {
      const [its] = /^\/etc\/[\w.-]+(?=\/|$)/.exec(path) ?? []
      return its !== undefined &&
        /^[\w./-]+$/.test(path) &&
        (its !== path || place === started[0]?.at)
        ? [{path, folder: its, place}]
        : []
    },
  )
}

/** Files of which the name says that a program writes them. */
const changed =
  /(?:^|[/._-])(?:settings|state|preferences|data|database|db|cache)(?:$|[/._-])|\.(?:json|ya?ml|toml|ini|xml|db|sqlite3?)$/i
