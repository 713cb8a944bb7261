import {describe, it} from 'vitest'
import noIdleRestart from '../../rules/no-idle-restart.ts'
import noIdleStartLimit from '../../rules/no-idle-start-limit.ts'
import noImmediateStop from '../../rules/no-immediate-stop.ts'
import noRestartLoop from '../../rules/no-restart-loop.ts'
import noSudo from '../../rules/no-sudo.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const service = (...lines: readonly string[]): string => ['[Service]', ...lines].map((line) => `${line}\n`).join('')

tester.run(noImmediateStop, {
  valid: [
    {name: 'a job that tidies up', unit: service('Type=oneshot', 'ExecStartPre=/bin/mount /b', 'ExecStart=/bin/a', 'ExecStop=/bin/umount /b')},
    {name: 'a job that ends its own timer', unit: service('Type=oneshot', 'ExecStart=/bin/a', 'ExecStop=/bin/systemctl disable a.timer')},
    {name: 'a long-running service', unit: service('ExecStart=/bin/a', 'ExecStop=/bin/b')},
  ],
  invalid: [
    {
      unit: service('Type=oneshot', 'ExecStart=/bin/a', 'ExecStop=/bin/b', 'ExecStop=/bin/c'),
      problems: ['4:1-4:16: Unexpected `ExecStop=` of a oneshot service without `RemainAfterExit=yes`, it runs right after the start'],
      fixedUnsafely: service('Type=oneshot', 'ExecStart=/bin/a', 'ExecStop=/bin/b', 'ExecStop=/bin/c', '', 'RemainAfterExit=yes'),
    },
    {
      name: 'one that says that it does not remain',
      unit: service('Type=oneshot', 'RemainAfterExit=no', 'ExecStart=/bin/a', 'ExecStop=/bin/b'),
      problems: ['5:1-5:16: Unexpected `ExecStop=` of a oneshot service without `RemainAfterExit=yes`, it runs right after the start'],
      fixedUnsafely: service('Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/a', 'ExecStop=/bin/b'),
    },
  ],
})

tester.run(noIdleStartLimit, {
  valid: [
    {name: 'no number', unit: `[Unit]\nStartLimitIntervalSec=0\n${service('ExecStart=/bin/a', 'Restart=always')}`},
    {name: 'a loop after success', unit: `[Unit]\nStartLimitIntervalSec=1\n${service('ExecStart=/bin/a', 'Restart=on-success', 'RestartSec=9')}`},
    {name: 'a number far too high', unit: `[Unit]\nStartLimitIntervalSec=1\nStartLimitBurst=4294967295\n${service('ExecStart=/bin/a', 'Restart=always')}`},
  ],
  invalid: [
    {
      name: 'the old name in the old section',
      unit: service('StartLimitInterval=5', 'StartLimitBurst=10', 'ExecStart=/bin/a', 'Restart=always', 'RestartSec=120'),
      problems: ['2:1-2:21: Unexpected limit of 10 starts within 5 s, restarts that are 120 s apart never reach it'],
      fixedUnsafely: service('StartLimitInterval=2400s', 'StartLimitBurst=10', 'ExecStart=/bin/a', 'Restart=always', 'RestartSec=120'),
    },
    {
      name: 'restarts that come to the number as the interval ends',
      unit: `[Unit]\nStartLimitBurst=2\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5')}`,
      problems: ['2:1-2:18: Unexpected limit of 2 starts within 10 s, restarts that are 5 s apart never reach it'],
      fixedUnsafely: `[Unit]\nStartLimitBurst=2\nStartLimitIntervalSec=20s\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5')}`,
    },
    {
      unit: `[Unit]\nStartLimitIntervalSec=infinity\n${service('ExecStart=/bin/a')}`,
      problems: ['2:1-2:31: Unexpected `StartLimitIntervalSec=infinity`, all starts are counted however far apart, and after 5 it is not started again'],
    },
    {
      unit: `[Unit]\nStartLimitIntervalSec=0\nStartLimitBurst=3\n${service('ExecStart=/bin/a', 'Restart=always')}`,
      problems: ['3:1-3:18: Unexpected `StartLimitBurst=3`, `StartLimitIntervalSec=0` switches the limit off'],
    },
  ],
})

tester.run(noRestartLoop, {
  valid: [
    {
      name: 'pauses that grow',
      unit: `[Unit]\nStartLimitIntervalSec=0\n${service('ExecStart=/bin/a', 'Restart=always', 'RestartSteps=5', 'RestartMaxDelaySec=1min')}`,
      target: '257',
    },
    {name: 'no restart', unit: `[Unit]\nStartLimitIntervalSec=0\n${service('ExecStart=/bin/a')}`},
  ],
  invalid: [
    {
      unit: `[Unit]\nStartLimitBurst=0\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=0')}`,
      problems: ['6:1-6:13: Unexpected restarts after 0 s without a limit, a service that fails is started for ever without a pause, expected `RestartSec=`'],
      fixedUnsafely: `[Unit]\nStartLimitBurst=0\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5s')}`,
    },
  ],
})

tester.run(noIdleRestart, {
  valid: [
    {name: 'what is undone', unit: service('ExecStart=/bin/a', 'ExecStop=/bin/b', 'RemainAfterExit=yes', 'Restart=always')},
    {name: 'what systemd refuses', unit: service('Type=oneshot', 'ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=always')},
  ],
  invalid: [
    {
      unit: service('ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=on-success'),
      problems: ['4:1-4:19: Unexpected `Restart=on-success` with `RemainAfterExit=yes`, a service that has ended well remains and is not restarted'],
    },
  ],
})

tester.run(noSudo, {
  valid: [
    {name: 'a command that is root already', unit: service('User=a', 'ExecStartPre=+/usr/bin/sudo /bin/b', 'ExecStart=/bin/a')},
    {name: 'root', unit: service('User=root', 'ExecStartPre=/usr/bin/sudo /bin/b', 'ExecStart=/bin/a')},
    {name: 'a word', unit: service('User=a', 'ExecStart=/bin/echo sudo')},
    {name: 'a service of a user', manager: 'user', unit: service('User=a', 'ExecStart=/usr/bin/sudo /bin/b')},
  ],
  invalid: [
    {
      unit: service('DynamicUser=yes', 'ExecStartPre=-/usr/bin/sudo -n -E /bin/b "c d"', 'ExecStart=/bin/a'),
      problems: ['3:1-3:47: Unexpected `sudo` beside `DynamicUser=yes`, expected `+` before the command, which runs it as root'],
      fixedUnsafely: service('DynamicUser=yes', 'ExecStartPre=-+/bin/b "c d"', 'ExecStart=/bin/a'),
    },
    {
      name: 'options and variables that a prefix cannot say',
      unit: service('User=a', 'ExecStartPre=/usr/bin/sudo B=c /bin/b', 'ExecStartPre=sudo -g d /bin/b', 'ExecStart=/bin/a'),
      problems: [
        '3:1-3:38: Unexpected `sudo` beside `User=a`, expected `+` before the command, which runs it as root',
        '4:1-4:30: Unexpected `sudo` beside `User=a`, expected `+` before the command, which runs it as root',
      ],
    },
  ],
})
