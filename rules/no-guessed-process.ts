import {defineRule, lines, lives, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-guessed-process',
  summary: 'Disallow `Type=forking` without `PIDFile=` for what leaves several processes',
  why: 'systemd takes none of several processes for the main one: that one has ended is not seen as long as another runs, and `Restart=` restarts nothing.',
  unless: 'All of the processes end together.',
  directives: ['Type', 'PIDFile'],
  on: {...services, ...lines('Restart')},
  fixesHangOn: [],
  messages: {
    guessed:
      'Unexpected `Type=forking` without `PIDFile=`, `{subject}` leaves several processes and systemd restarts none of them',
  },
  *check(unit) {
    const at = unit.value('Type')
    if (unit.isPartial || at?.value !== 'forking' || unit.value('PIDFile')) return
    if (unit.value('RemainAfterExit')?.boolean || /^(?:no|)$/.test(unit.text('Restart'))) return
    const [found] = unit.value('GuessMainPID')?.boolean === false ? [] : lives.scatteringLines(unit)
    const note = 'A service for each of them is restarted when it has to be.'
    if (found) yield {message: 'guessed', data: {subject: found.subject}, at, note}
  },
  examples: {
    bad: [
      '[Service]\nType=forking\nExecStart=/bin/sh -c "example-reader & example-writer &"\nRestart=on-failure\n',
    ],
    good: [
      '[Service]\nType=forking\nPIDFile=/run/example.pid\nExecStart=/bin/sh -c "example-reader & echo $$! > /run/example.pid; example-writer &"\nRestart=on-failure\n',
      '[Service]\nExecStart=/usr/bin/example-reader\nRestart=on-failure\n',
    ],
  },
})
