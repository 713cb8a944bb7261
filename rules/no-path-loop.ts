import {defineRule, relations, sandboxing, timers, typed} from 'unitlint/rule'

const about = ['PathExists', 'PathExistsGlob', 'DirectoryNotEmpty']

export default defineRule({
  id: 'no-path-loop',
  summary: 'Disallow paths that start their service again as soon as it has ended',
  why: 'A path that is there is looked at again when the service ends: what the service leaves there starts it again, until the start limit stops both.',
  unless: 'Something else takes the path away while the service runs.',
  directives: about,
  on: {...typed('path'), lines: about},
  messages: {
    loop: 'Unexpected `{key}={value}` for `{name}`, which leaves the path there and is started again and again, expected `PathChanged=` or a service that removes it',
  },
  *check(unit) {
    const its = relations.activation(unit)
    if (!its?.name.endsWith('.service') || unit.isPartial) return
    const service = unit.machine.find(its.name)
    if (!service || service === 'masked' || !sandboxing.leavesFiles(service)) return
    for (const at of timers.watches(unit)) {
      if (about.includes(at.key))
        yield {message: 'loop', data: {key: at.key, value: at.value, name: its.name}, at}
    }
  },
  examples: {
    bad: [
      {
        name: 'deploy.path',
        unit: '[Path]\nPathExists=/run/deploy\n',
        others: {'deploy.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/logger deployed\n'},
      },
    ],
    good: [
      {
        name: 'deploy.path',
        unit: '[Path]\nPathExists=/run/deploy\n',
        others: {
          'deploy.service':
            '[Service]\nType=oneshot\nExecStart=/usr/bin/logger deployed\nExecStartPost=/usr/bin/rm /run/deploy\n',
        },
      },
      {
        name: 'deploy.path',
        unit: '[Path]\nPathChanged=/run/deploy\n',
        others: {'deploy.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/logger deployed\n'},
      },
    ],
  },
})
