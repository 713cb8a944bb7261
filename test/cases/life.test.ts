import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const lines = (...given: readonly string[]): string => given.map((line) => `${line}\n`).join('')
const service = (...given: readonly string[]): string => lines('[Unit]', 'Description=A', '[Service]', ...given, '[Install]', 'WantedBy=multi-user.target')
const limited = (...given: readonly string[]): string => lines('[Unit]', 'Description=A', ...given)

/** What public bug reports tell of services whose lines are at odds with how they live: what a first run says of them, and what it is silent on. */
describe('the life of a service', () => {
  it.each([
    [
      'commands that undo at once what a oneshot service has done',
      service('Type=oneshot', 'ExecStart=/usr/bin/resolvectl dns br0 10.0.0.1', 'ExecStop=/usr/bin/resolvectl revert br0'),
      ['a.service:6 error no-immediate-stop'],
    ],
    ['an interval of starts without an end', limited('StartLimitIntervalSec=infinity', '[Service]', 'ExecStart=/opt/a/run', 'Restart=on-failure'), [3]],
    [
      'a number of starts where the limit is off',
      limited('StartLimitIntervalSec=0', 'StartLimitBurst=3', '[Service]', 'ExecStart=/a', 'Restart=always', 'RestartSec=9'),
      [4],
    ],
    [
      'a limit that restarts never come to',
      limited('StartLimitIntervalSec=30', 'StartLimitBurst=5', '[Service]', 'ExecStart=/a', 'Restart=always', 'RestartSec=10'),
      [3],
    ],
    ['the same for the usual number', limited('StartLimitIntervalSec=1min', '[Service]', 'ExecStart=/a', 'Restart=on-failure', 'RestartSec=15'), [3]],
    ['the same for the usual interval', limited('StartLimitBurst=3', '[Service]', 'ExecStart=/a', 'Restart=on-failure', 'RestartSec=5'), [3]],
    [
      'the same for restarts further and further apart',
      limited(
        'StartLimitIntervalSec=20',
        'StartLimitBurst=4',
        '[Service]',
        'ExecStart=/a',
        'Restart=on-failure',
        'RestartSec=1',
        'RestartSteps=3',
        'RestartMaxDelaySec=30',
      ),
      [3],
    ],
  ])('tells of %s', async (_name, text, expected) => {
    const found = await said({'a.service': text}, '--target', '257')
    expect(found).toEqual(expected.map((line) => (typeof line === 'string' ? line : `a.service:${line} warning no-idle-start-limit`)))
  })

  it.each([
    [
      'restarts without a limit and without a pause',
      limited('StartLimitIntervalSec=0', '[Service]', 'ExecStart=/a', 'Restart=always', 'RestartSec=100ms'),
      '7 warning no-restart-loop',
    ],
    ['restarts of what remains', service('ExecStart=/usr/bin/a', 'RemainAfterExit=yes', 'Restart=always'), '6 warning no-idle-restart'],
    ['sudo beside a user', service('User=postgres', 'ExecStartPre=/usr/bin/sudo /sbin/modprobe softdog', 'ExecStart=/usr/bin/patroni'), '5 warning no-sudo'],
    ['sudo without a password', service('User=postgres', 'ExecStartPre=-sudo -n /sbin/modprobe softdog', 'ExecStart=/usr/bin/patroni'), '5 warning no-sudo'],
  ])('tells of %s', async (_name, text, expected) => {
    expect(await said({'a.service': text})).toEqual([`a.service:${expected}`])
  })

  it.each([
    ['a oneshot service that remains', service('Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/usr/bin/a up', 'ExecStop=/usr/bin/a down')],
    ['commands after the end of a oneshot service', service('Type=oneshot', 'ExecStart=/usr/bin/a', 'ExecStopPost=/usr/bin/rm -f /run/a.lock')],
    ['a limit that is reached', limited('StartLimitIntervalSec=60', 'StartLimitBurst=5', '[Service]', 'ExecStart=/a', 'Restart=always', 'RestartSec=10')],
    ['a limit of what is not restarted', limited('StartLimitIntervalSec=5', 'StartLimitBurst=5', '[Service]', 'ExecStart=/a', 'RestartSec=10')],
    ['no limit, asked for plainly', limited('StartLimitIntervalSec=0', '[Service]', 'ExecStart=/a', 'Restart=always', 'RestartSec=5')],
    ['more starts than usual', limited('StartLimitBurst=100', '[Service]', 'ExecStart=/a', 'Restart=on-failure')],
    ['a restart at once below the usual limit', service('ExecStart=/a', 'Restart=always', 'RestartSec=0')],
    ['restarts after failures of what remains', service('ExecStart=/a', 'RemainAfterExit=yes', 'Restart=on-failure')],
    ['sudo of root', service('ExecStart=/usr/bin/sudo -u a /usr/bin/a')],
    ['sudo to become another user', service('User=b', 'ExecStartPre=/usr/bin/sudo -u a /usr/bin/a', 'ExecStart=/usr/bin/b')],
  ])('is silent on %s', async (_name, text) => {
    expect(await said({'a.service': text}, '--target', '257')).toEqual([])
  })

  it('is silent on a job of a timer that tidies up', async () => {
    const timer = lines('[Timer]', 'OnCalendar=daily', '[Install]', 'WantedBy=timers.target')
    expect(await said({'a.timer': timer, 'a.service': lines('[Service]', 'Type=oneshot', 'ExecStart=/usr/bin/a', 'ExecStop=/usr/bin/b')})).toEqual([])
  })
})
