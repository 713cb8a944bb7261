import {defineRule, lines, partOf, services, values} from 'unitlint/rule'

/** Groups whose members can become root, or read what only root should. */
const powerful = [
  'root',
  'wheel',
  'sudo',
  'docker',
  'lxd',
  'incus-admin',
  'libvirt',
  'disk',
  'kmem',
  'shadow',
]

export default defineRule({
  id: 'supplementary-groups',
  directives: ['SupplementaryGroups'],
  summary: 'Keep services out of groups that are as good as root',
  why: 'A member of `docker` or `disk` reads and writes every file of the host.',
  unless: 'Managing containers or disks is what the service is for.',
  on: {...services, ...lines('SupplementaryGroups')},
  messages: {
    powerful: 'Unexpected `{group}` in `SupplementaryGroups=`, as good as root',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    const {origin} = unit.settings.SupplementaryGroups
    for (const assignment of origin.kind === 'written' ? origin.assignments : []) {
      for (const word of values.splitWords(assignment.value, 'plain').words) {
        if (powerful.includes(word.text))
          yield {message: 'powerful', data: {group: word.text}, at: partOf(assignment, word)}
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nSupplementaryGroups=video docker\nExecStart=/usr/bin/example\n',
    ],
    good: ['[Service]\nUser=example\nSupplementaryGroups=video\nExecStart=/usr/bin/example\n'],
  },
})
