import {defineRule, fixBy, lines, lives, remove, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-surviving-process',
  summary: 'Disallow a `KillMode=` that spares what a script has started',
  why: 'Only the shell is killed when the service stops. What it has started lives on, holds its ports and files, and is there twice after a restart.',
  unless: 'The script ends with `exec`, or what it starts shall outlive the service.',
  directives: ['KillMode'],
  on: {...services, ...lines('KillMode')},
  fixesHangOn: [],
  messages: {
    process: 'Unexpected `KillMode=process`, what `{subject}` has started outlives the service',
    none: 'Unexpected `KillMode=none` without `ExecStop=`, nothing of the service is stopped with it',
  },
  *check(unit) {
    const at = unit.value('KillMode')
    if (unit.isPartial || !at || unit.values('ExecStop').length > 0) return
    if (!/^(?:|simple|exec|idle)$/.test(unit.text('Type'))) return
    const fix = fixBy('unsafe', remove(at.assignment))
    if (at.value === 'none') yield {message: 'none', at, fix}
    const [shell] = at.value === 'process' ? lives.shellsInFront(unit) : []
    if (shell) yield {message: 'process', data: {subject: shell.subject}, at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/opt/example/run.sh\nKillMode=process\n',
      '[Service]\nExecStart=/usr/bin/example\nKillMode=none\n',
    ],
    good: [
      '[Service]\nExecStart=/opt/example/run.sh\n',
      '[Service]\nExecStart=/usr/sbin/sshd -D\nKillMode=process\n',
    ],
  },
})
