import {add, defineRule, fixBy, lines, relations, set, values} from 'unitlint/rule'
import type {Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-shutdown-conflict',
  summary: 'Disallow enabling a unit for a shutdown that it is in conflict with',
  why: 'By default a unit is in conflict with `shutdown.target`: what shall start with the shutdown never starts, and what the shutdown requires keeps the machine from shutting down.',
  directives: ['WantedBy', 'RequiredBy', 'UpheldBy', 'DefaultDependencies', 'Conflicts'],
  on: lines('WantedBy', 'RequiredBy', 'UpheldBy'),
  messages: {
    default:
      'Unexpected `{key}={name}`, the unit is in conflict with `{other}` by default and never starts then',
    written:
      'Unexpected `{key}={name}`, the unit is in conflict with `{other}` and never starts then',
    requiredByDefault:
      'Unexpected `{key}={name}`, the unit is in conflict with `{other}` by default: no shutdown succeeds',
    required:
      'Unexpected `{key}={name}`, the unit is in conflict with `{other}`: no shutdown succeeds',
  },
  *check(unit) {
    if (unit.isPartial) return
    let isOffered = false
    for (const {key, name, at} of relations.installations(unit)) {
      if (!relations.isOfShutdown(name)) continue
      const conflict = relations.conflictWithShutdown(unit)
      if (!conflict) return
      const isDefault = conflict.origin === 'default'
      const required = isDefault ? 'requiredByDefault' : 'required'
      const message = key === 'RequiredBy' ? required : isDefault ? 'default' : 'written'
      const fix = isDefault && !isOffered ? detach(unit) : undefined
      isOffered = true
      yield {
        message,
        data: {key, name, other: conflict.name},
        at,
        fix,
        note,
        unlessTold: values.lostLines(unit, ['DefaultDependencies']),
      }
    }
  },
  examples: {
    bad: [
      '[Unit]\nBefore=shutdown.target\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/save-clock\n\n[Install]\nWantedBy=reboot.target halt.target\n',
    ],
    good: [
      '[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/save-clock\n\n[Install]\nWantedBy=reboot.target halt.target\n',
      '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStop=/usr/bin/save-clock\n\n[Install]\nWantedBy=multi-user.target\n',
    ],
  },
})

const note =
  'A service that is started at boot with `RemainAfterExit=yes` and has the command in `ExecStop=` still finds the network and all file systems when it is stopped.'

/** Without the conflict, and done before the shutdown goes on. */
function detach(unit: Unit): Fix {
  const before = relations.references(unit, ['Before'])
  const isFirst = before.some(({name}) => relations.isOfShutdown(name))
  return fixBy('unsafe', [
    set('Unit', 'DefaultDependencies', 'no'),
    ...(isFirst ? [] : [add('Unit', 'Before', 'shutdown.target')]),
  ])
}
