import {describe, it} from 'vitest'
import noGuessedProcess from '../../rules/no-guessed-process.ts'
import noIdleNotifyAccess from '../../rules/no-idle-notify-access.ts'
import noIdleRestart from '../../rules/no-idle-restart.ts'
import noIdleStartLimit from '../../rules/no-idle-start-limit.ts'
import noImmediateStop from '../../rules/no-immediate-stop.ts'
import noRestartLoop from '../../rules/no-restart-loop.ts'
import noSudo from '../../rules/no-sudo.ts'
import noSurvivingProcess from '../../rules/no-surviving-process.ts'
import noTypeMismatch from '../../rules/no-type-mismatch.ts'
import noUnfedWatchdog from '../../rules/no-unfed-watchdog.ts'
import noUnsentNotification from '../../rules/no-unsent-notification.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const service = (...lines: readonly string[]): string =>
  ['[Service]', ...lines].map((line) => `${line}\n`).join('')

tester.run(noImmediateStop, {
  valid: [
    {
      name: 'a job that tidies up',
      unit: service(
        'Type=oneshot',
        'ExecStartPre=/bin/mount /b',
        'ExecStart=/bin/a',
        'ExecStop=/bin/umount /b',
      ),
    },
    {
      name: 'a job that ends its own timer',
      unit: service('Type=oneshot', 'ExecStart=/bin/a', 'ExecStop=/bin/systemctl disable a.timer'),
    },
    {name: 'a long-running service', unit: service('ExecStart=/bin/a', 'ExecStop=/bin/b')},
  ],
  invalid: [
    {
      unit: service('Type=oneshot', 'ExecStart=/bin/a', 'ExecStop=/bin/b', 'ExecStop=/bin/c'),
      problems: [
        '4:1-4:16: Unexpected `ExecStop=` of a oneshot service without `RemainAfterExit=yes`, it runs right after the start',
      ],
      fixedUnsafely: service(
        'Type=oneshot',
        'ExecStart=/bin/a',
        'ExecStop=/bin/b',
        'ExecStop=/bin/c',
        '',
        'RemainAfterExit=yes',
      ),
    },
    {
      name: 'one that says that it does not remain',
      unit: service('Type=oneshot', 'RemainAfterExit=no', 'ExecStart=/bin/a', 'ExecStop=/bin/b'),
      problems: [
        '5:1-5:16: Unexpected `ExecStop=` of a oneshot service without `RemainAfterExit=yes`, it runs right after the start',
      ],
      fixedUnsafely: service(
        'Type=oneshot',
        'RemainAfterExit=yes',
        'ExecStart=/bin/a',
        'ExecStop=/bin/b',
      ),
    },
  ],
})

tester.run(noIdleStartLimit, {
  valid: [
    {
      name: 'no number',
      unit: `[Unit]\nStartLimitIntervalSec=0\n${service('ExecStart=/bin/a', 'Restart=always')}`,
    },
    {
      name: 'a loop after success',
      unit: `[Unit]\nStartLimitIntervalSec=1\n${service('ExecStart=/bin/a', 'Restart=on-success', 'RestartSec=9')}`,
    },
    {
      name: 'an interval in the wrong section, of which another rule tells',
      unit: service(
        'ExecStart=/bin/a',
        'Restart=always',
        'RestartSec=5',
        'StartLimitIntervalSec=300',
        'StartLimitBurst=5',
      ),
    },
    {
      name: 'a number far too high',
      unit: `[Unit]\nStartLimitIntervalSec=1\nStartLimitBurst=4294967295\n${service('ExecStart=/bin/a', 'Restart=always')}`,
    },
  ],
  invalid: [
    {
      name: 'the old name in the old section',
      unit: service(
        'StartLimitInterval=5',
        'StartLimitBurst=10',
        'ExecStart=/bin/a',
        'Restart=always',
        'RestartSec=120',
      ),
      problems: [
        '2:1-2:21: Unexpected limit of 10 starts within 5 s, restarts that are 120 s apart never reach it',
      ],
      fixedUnsafely: service(
        'StartLimitInterval=2400s',
        'StartLimitBurst=10',
        'ExecStart=/bin/a',
        'Restart=always',
        'RestartSec=120',
      ),
    },
    {
      name: 'restarts that come to the number as the interval ends',
      unit: `[Unit]\nStartLimitBurst=2\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5')}`,
      problems: [
        '2:1-2:18: Unexpected limit of 2 starts within 10 s, restarts that are 5 s apart never reach it',
      ],
      fixedUnsafely: `[Unit]\nStartLimitBurst=2\nStartLimitIntervalSec=20s\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5')}`,
    },
    {
      unit: `[Unit]\nStartLimitIntervalSec=infinity\n${service('ExecStart=/bin/a')}`,
      problems: [
        '2:1-2:31: Unexpected `StartLimitIntervalSec=infinity`, all starts are counted however far apart, and after 5 it is not started again',
      ],
    },
    {
      unit: `[Unit]\nStartLimitIntervalSec=0\nStartLimitBurst=3\n${service('ExecStart=/bin/a', 'Restart=always')}`,
      problems: [
        '3:1-3:18: Unexpected `StartLimitBurst=3`, `StartLimitIntervalSec=0` switches the limit off',
      ],
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
      problems: [
        '6:1-6:13: Unexpected restarts after 0 s without a limit, a service that fails is started for ever without a pause, expected `RestartSec=`',
      ],
      fixedUnsafely: `[Unit]\nStartLimitBurst=0\n${service('ExecStart=/bin/a', 'Restart=on-failure', 'RestartSec=5s')}`,
    },
  ],
})

tester.run(noIdleRestart, {
  valid: [
    {
      name: 'what is undone',
      unit: service('ExecStart=/bin/a', 'ExecStop=/bin/b', 'RemainAfterExit=yes', 'Restart=always'),
    },
    {
      name: 'what systemd refuses',
      unit: service('Type=oneshot', 'ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=always'),
    },
    {
      name: 'until it is done',
      unit: `[Unit]\nDescription=Update the time zone\n${service('ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=always')}`,
    },
    {
      name: 'a comment that says so',
      unit: `# The bus may not be ready, retry\n${service('ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=always')}`,
    },
  ],
  invalid: [
    {
      unit: service('ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=on-success'),
      problems: [
        '4:1-4:19: Unexpected `Restart=on-success` with `RemainAfterExit=yes`, a service that has ended well remains and is not restarted',
      ],
    },
    ...['Update server', 'Syncthing', 'Sync daemon', 'Backup of a disk'].map((description) => ({
      name: description,
      unit: `[Unit]\nDescription=${description}\n${service('ExecStart=/bin/a', 'RemainAfterExit=yes', 'Restart=on-success')}`,
      problems: [
        '6:1-6:19: Unexpected `Restart=on-success` with `RemainAfterExit=yes`, a service that has ended well remains and is not restarted',
      ],
    })),
  ],
})

tester.run(noSudo, {
  valid: [
    {
      name: 'a command that is root already',
      unit: service('User=a', 'ExecStartPre=+/usr/bin/sudo /bin/b', 'ExecStart=/bin/a'),
    },
    {
      name: 'root',
      unit: service('User=root', 'ExecStartPre=/usr/bin/sudo /bin/b', 'ExecStart=/bin/a'),
    },
    {name: 'a word', unit: service('User=a', 'ExecStart=/bin/echo sudo')},
    {
      name: 'a service of a user',
      manager: 'user',
      unit: service('User=a', 'ExecStart=/usr/bin/sudo /bin/b'),
    },
  ],
  invalid: [
    {
      unit: service(
        'DynamicUser=yes',
        'ExecStartPre=-/usr/bin/sudo -n -E /bin/b "c d"',
        'ExecStart=/bin/a',
      ),
      problems: [
        '3:1-3:47: Unexpected `sudo` beside `DynamicUser=yes`, expected `+` before the command, which runs it as root',
      ],
      fixedUnsafely: service('DynamicUser=yes', 'ExecStartPre=-+/bin/b "c d"', 'ExecStart=/bin/a'),
    },
    {
      name: 'options and variables that a prefix cannot say',
      unit: service(
        'User=a',
        'ExecStartPre=/usr/bin/sudo B=c /bin/b',
        'ExecStartPre=sudo -g d /bin/b',
        'ExecStart=/bin/a',
      ),
      problems: [
        '3:1-3:38: Unexpected `sudo` beside `User=a`, expected `+` before the command, which runs it as root',
        '4:1-4:30: Unexpected `sudo` beside `User=a`, expected `+` before the command, which runs it as root',
      ],
    },
  ],
})

tester.run(noTypeMismatch, {
  valid: [
    {
      name: 'several commands, which live in different ways',
      unit: service('ExecStart=/usr/bin/node a.js', 'ExecStart=/usr/sbin/nginx'),
    },
    {
      name: 'the same with a type',
      unit: service('Type=forking', 'ExecStart=/usr/bin/node a.js', 'ExecStart=/usr/sbin/nginx'),
    },
    {
      name: 'what a control group holds',
      unit: service('ExitType=cgroup', 'ExecStart=/usr/bin/memcached -d'),
      target: '257',
    },
    {name: 'a bus name', unit: service('BusName=a.b', 'ExecStart=/usr/sbin/chronyd')},
    {name: 'a script that does more', unit: service("ExecStart=/bin/sh -c 'sshd; sleep infinity'")},
    {
      name: 'a container that another one waits for',
      unit: service(
        'Type=oneshot',
        'RemainAfterExit=yes',
        'ExecStart=/usr/bin/docker run -d a',
        'ExecStop=/usr/bin/docker stop a',
      ),
    },
  ],
  invalid: [
    {
      unit: service('Type=forking', 'ExecStart=/usr/bin/env A=b /usr/sbin/sshd -De'),
      problems: [
        '2:1-2:13: Unexpected `Type=forking`, `sshd -De` stays in front and systemd waits for it to go to the background until the start times out',
      ],
      fixedUnsafely: service('Type=exec', 'ExecStart=/usr/bin/env A=b /usr/sbin/sshd -De'),
    },
    {
      unit: service('ExecStart=/usr/bin/python3 -m gunicorn -D a:b'),
      problems: [
        '2:1-2:46: Unexpected `ExecStart=` without `Type=`, `gunicorn -D` goes to the background, and systemd takes the service for ended and kills it, expected `Type=forking`',
      ],
      fixedUnsafely: service('ExecStart=/usr/bin/python3 -m gunicorn -D a:b', '', 'Type=forking'),
    },
    {
      unit: service(
        'Type=simple',
        'ExecStart=/usr/bin/docker run -d a',
        'ExecStop=/usr/bin/docker stop a',
      ),
      problems: [
        '2:1-2:12: Unexpected `Type=simple`, `docker -d` returns at once and `ExecStop=` runs then, expected `Type=oneshot` with `RemainAfterExit=yes`',
      ],
      fixedUnsafely: service(
        'Type=oneshot',
        'ExecStart=/usr/bin/docker run -d a',
        'ExecStop=/usr/bin/docker stop a',
        '',
        'RemainAfterExit=yes',
      ),
    },
  ],
})

tester.run(noUnsentNotification, {
  valid: [
    {
      name: 'a program of which it is not known',
      unit: service('Type=notify', 'ExecStart=/usr/sbin/sshd -D'),
    },
    {
      name: 'a script of which it is not known',
      unit: service('Type=notify', 'ExecStart=/opt/a.sh'),
    },
    {
      name: 'a script that becomes the one that reports',
      unit: service(
        'Type=notify',
        'User=a',
        "ExecStart=/bin/sh -c 'exec systemd-notify --ready --exec \\; sleep 1'",
      ),
    },
  ],
  invalid: [
    {
      unit: service('Type=notify-reload', 'ExecStart=/usr/bin/nice sleep infinity'),
      target: '257',
      problems: [
        '2:1-2:19: Unexpected `Type=notify-reload`, `nice` never says that it is ready, expected `Type=exec`',
      ],
      fixedUnsafely: service('Type=exec', 'ExecStart=/usr/bin/nice sleep infinity'),
    },
    {
      unit: service(
        'Type=notify',
        'DynamicUser=yes',
        'NotifyAccess=main',
        "ExecStart=/bin/sh -c 'systemd-notify --ready; cat'",
      ),
      problems: [
        '2:1-2:12: Unexpected `Type=notify` without `NotifyAccess=all`, what `sh` has `systemd-notify` report comes from another process than the main one',
      ],
      fixedUnsafely: service(
        'Type=notify',
        'DynamicUser=yes',
        'NotifyAccess=all',
        "ExecStart=/bin/sh -c 'systemd-notify --ready; cat'",
      ),
    },
  ],
})

tester.run(noUnfedWatchdog, {
  valid: [
    {name: 'none', unit: service('ExecStart=/bin/sleep 1', 'WatchdogSec=infinity')},
    {
      name: 'what ends by itself',
      unit: service('Type=oneshot', 'ExecStart=/bin/true', 'WatchdogSec=1'),
    },
  ],
  invalid: [
    {
      unit: service('ExecStart=/usr/sbin/cron -f', 'WatchdogSec=1min'),
      problems: [
        '3:1-3:17: Unexpected `WatchdogSec=1min`, `cron` never says that it is alive and systemd kills it each time',
      ],
      fixedUnsafely: service('ExecStart=/usr/sbin/cron -f'),
    },
  ],
})

tester.run(noSurvivingProcess, {
  valid: [
    {
      name: 'what is stopped otherwise',
      unit: service('ExecStart=/opt/a.sh start', 'ExecStop=/opt/a.sh stop', 'KillMode=none'),
    },
    {
      name: 'one command',
      unit: service("ExecStart=/bin/sh -c 'java -jar a.jar'", 'KillMode=process'),
    },
  ],
  invalid: [
    {
      unit: service("ExecStart=/bin/bash -c '/opt/a | logger'", 'KillMode=process'),
      problems: [
        '3:1-3:17: Unexpected `KillMode=process`, what `bash` has started outlives the service',
      ],
      fixedUnsafely: service("ExecStart=/bin/bash -c '/opt/a | logger'"),
    },
    {
      unit: service("ExecStart=/bin/bash -c 'cd /opt/a && ./run.sh'", 'KillMode=process'),
      problems: [
        '3:1-3:17: Unexpected `KillMode=process`, what `bash` has started outlives the service',
      ],
      fixedUnsafely: service("ExecStart=/bin/bash -c 'cd /opt/a && ./run.sh'"),
    },
    {
      unit: service('ExecStart=/bin/sh /opt/a', 'KillMode=process'),
      problems: [
        '3:1-3:17: Unexpected `KillMode=process`, what `sh` has started outlives the service',
      ],
      fixedUnsafely: service('ExecStart=/bin/sh /opt/a'),
    },
  ],
})

tester.run(noGuessedProcess, {
  valid: [
    {
      name: 'one process',
      unit: service('Type=forking', "ExecStart=/bin/sh -c 'a 2>&1 &'", 'Restart=always'),
    },
    {
      name: 'what is not restarted',
      unit: service('Type=forking', "ExecStart=/bin/sh -c 'a & b &'"),
    },
    {
      name: 'one after the other',
      unit: service('Type=forking', "ExecStart=/bin/sh -c 'a && b &'", 'Restart=always'),
    },
  ],
  invalid: [
    {
      unit: service('Type=forking', "ExecStart=/bin/sh -c 'memcached -d; nginx'", 'Restart=always'),
      problems: [
        '2:1-2:13: Unexpected `Type=forking` without `PIDFile=`, `sh` leaves several processes and systemd restarts none of them',
      ],
    },
    {
      unit: service('Type=forking', 'ExecStart=/usr/sbin/ejabberdctl start', 'Restart=on-failure'),
      problems: [
        '2:1-2:13: Unexpected `Type=forking` without `PIDFile=`, `ejabberdctl start` leaves several processes and systemd restarts none of them',
      ],
    },
  ],
})

tester.run(noIdleNotifyAccess, {
  valid: [
    {
      name: 'a watchdog that is off',
      unit: service('WatchdogSec=0', 'NotifyAccess=none', 'ExecStart=/bin/a'),
    },
  ],
  invalid: [
    {
      unit: service('WatchdogSec=30s', 'NotifyAccess=none', 'ExecStart=/bin/a'),
      problems: [
        '3:1-3:18: Unexpected `NotifyAccess=none` with `WatchdogSec=30s`, systemd hears the main process all the same',
      ],
      fixedUnsafely: service('WatchdogSec=30s', 'NotifyAccess=main', 'ExecStart=/bin/a'),
    },
  ],
})
