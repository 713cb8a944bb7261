import {defineRule, fixBy, lines, lives, services, set, values} from 'unitlint/rule'

export default defineRule({
  id: 'no-idle-restart',
  summary: 'Disallow restarts after a clean exit of services that remain active',
  why: 'A service that remains counts as active when its process has ended well, and what is active is not restarted: a daemon that ends is gone, and nobody is told.',
  unless:
    'It shall remain after a clean exit and be restarted after a failure, as what is done once; `Restart=on-failure` says so.',
  directives: ['Restart', 'RemainAfterExit'],
  on: {...services, ...lines('RemainAfterExit')},
  fixesHangOn: [],
  messages: {
    restart:
      'Unexpected `Restart={restart}` with `RemainAfterExit=yes`, a service that has ended well remains and is not restarted',
  },
  *check(unit) {
    const at = unit.value('Restart')
    if (unit.isPartial || !at || !/^(?:always|on-success)$/.test(at.value)) return
    // With `Type=oneshot` systemd refuses it.
    if (unit.text('Type') === 'oneshot') return
    // What is undone at the stop is meant to remain.
    if (!unit.value('RemainAfterExit')?.boolean || unit.value('ExecStop')) return
    // Restarts until it has been done once.
    if (lives.isErrand(unit.text('Description')) || values.remarks(unit).some(tellsOfRetries))
      return
    const other = fixBy('suggestion', set('Service', 'Restart', 'on-failure'))
    const fix = at.value === 'always' ? other : undefined
    const note = 'For a daemon, remove `RemainAfterExit=`.'
    yield {message: 'restart', data: {restart: at.value}, at, fix, note}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nRemainAfterExit=yes\nRestart=always\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nRestart=always\n',
      '[Service]\nExecStart=/usr/bin/example-setup\nRemainAfterExit=yes\nRestart=on-failure\n',
    ],
  },
})

function tellsOfRetries(remark: string): boolean {
  return /\b(?:retry|retries|retried|try again)\b/i.test(remark)
}
