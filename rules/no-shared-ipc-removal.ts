import {defineRule, lines} from 'unitlint/rule'

export default defineRule({
  id: 'no-shared-ipc-removal',
  summary: 'Disallow `RemoveIPC=` where another unit of the same user keeps its shared memory',
  why: 'systemd removes what belongs to the user, whichever unit made it, when the last of the units that run as that user stops.',
  directives: ['RemoveIPC', 'User'],
  on: lines('RemoveIPC'),
  fixesHangOn: [],
  messages: {
    shared: 'Unexpected `RemoveIPC=yes`, `{other}` runs as `{user}` too and has `RemoveIPC=no`',
  },
  *check(unit) {
    const {RemoveIPC, DynamicUser, User} = unit.settings
    const user = DynamicUser.value === 'no' ? User.value : undefined
    const at = RemoveIPC.origin.kind === 'written' && RemoveIPC.origin.assignments.at(-1)
    if (unit.isPartial || RemoveIPC.value !== 'yes' || user === undefined || !at) return
    const other = unit.machine.keepingIpcOf(user).find(({name}) => name !== unit.name)
    if (other) yield {message: 'shared', data: {other: other.name, user}, at}
  },
  examples: {
    bad: [
      {
        name: 'report.service',
        unit: '[Service]\nUser=postgres\nExecStart=/usr/bin/report\nRemoveIPC=yes\n',
        others: {
          'postgresql.service':
            '[Service]\nUser=postgres\nExecStart=/usr/bin/postgres\nRemoveIPC=no\n',
        },
      },
    ],
    good: [
      {
        name: 'report.service',
        unit: '[Service]\nUser=report\nExecStart=/usr/bin/report\nRemoveIPC=yes\n',
        others: {
          'postgresql.service':
            '[Service]\nUser=postgres\nExecStart=/usr/bin/postgres\nRemoveIPC=no\n',
        },
      },
    ],
  },
})
