import {defineRule, lines, quadlet, relations} from 'unitlint/rule'

export default defineRule({
  id: 'no-default-target',
  summary: 'Disallow enabling units of the system for `default.target`',
  why: 'What `default.target` stands for differs by machine: the unit also starts in rescue mode where that is the default, and not in a mode that is chosen once.',
  unless: 'The unit shall be part of whatever the machine boots to.',
  directives: ['WantedBy'],
  on: lines('WantedBy', 'RequiredBy', 'UpheldBy'),
  messages: {
    default:
      'Unexpected `default.target` in `{key}=`, expected `multi-user.target` or another that says when the unit is needed',
  },
  *check(unit) {
    // Whether podman has root is told by where the file is put.
    if (unit.manager === 'user' || quadlet.isQuadlet(unit.type)) return
    // For units of users' managers it is what `multi-user.target` is for those of the system.
    if (relations.readsAsOfUser(unit)) return
    for (const {key, name, at} of relations.installations(unit))
      if (name === 'default.target') yield {message: 'default', data: {key}, at}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nUser=example\n\n[Install]\nWantedBy=default.target\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nUser=example\n\n[Install]\nWantedBy=multi-user.target\n',
    ],
  },
})
