import {describe, it} from 'vitest'
import noCoarseTimer from '../../rules/no-coarse-timer.ts'
import noIdleTimer from '../../rules/no-idle-timer.ts'
import noImpossibleDate from '../../rules/no-impossible-date.ts'
import noInvalidValue from '../../rules/no-invalid-value.ts'
import noLastingJob from '../../rules/no-lasting-job.ts'
import noLoneOption from '../../rules/no-lone-option.ts'
import noPathLoop from '../../rules/no-path-loop.ts'
import noRestlessTimer from '../../rules/no-restless-timer.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const job = '[Service]\nType=oneshot\nExecStart=/usr/lib/acme/report\n'
const fileName = 'a.timer'
const timer = (...lines: readonly string[]): string =>
  ['[Timer]', ...lines].map((line) => `${line}\n`).join('')
const others = {'a.service': job}

tester.run(noIdleTimer, {
  valid: [
    {name: 'nothing that counts from a run', fileName, unit: timer('OnCalendar=daily')},
    {
      name: 'a change of the clock',
      fileName,
      others,
      unit: timer('OnUnitActiveSec=1h', 'OnClockChange=yes'),
    },
    {
      name: 'lines taken back',
      fileName,
      others,
      unit: timer('OnUnitActiveSec=1h', 'OnUnitActiveSec=', 'OnBootSec=1h'),
    },
    {
      name: 'a service that it wants',
      fileName,
      others,
      unit: `[Unit]\nWants=a.service\n\n${timer('OnUnitActiveSec=1h')}`,
    },
    {
      name: 'a service of another name that is enabled',
      fileName,
      unit: timer('OnUnitActiveSec=1h', 'Unit=b.service'),
      others: {'b.service': `${job}\n[Install]\nWantedBy=a.target\n`},
    },
    {
      name: 'a service that another wants',
      fileName,
      unit: timer('OnUnitActiveSec=1h'),
      others: {...others, 'b.service': `[Unit]\nWants=a.service\n\n${job}`},
    },
    {
      name: 'a service that fails for another',
      fileName,
      unit: timer('OnUnitActiveSec=1h'),
      others: {...others, 'b.service': `[Unit]\nOnFailure=a.service\n\n${job}`},
    },
    {
      name: 'a service that a path starts too',
      fileName,
      unit: timer('OnUnitActiveSec=1h'),
      others: {...others, 'b.path': '[Path]\nPathChanged=/a\nUnit=a.service\n'},
    },
    {
      name: 'a service of systemd',
      fileName,
      unit: timer('OnUnitActiveSec=1h', 'Unit=systemd-tmpfiles-clean.service'),
    },
  ],
  invalid: [
    {
      fileName,
      others,
      unit: timer('OnUnitActiveSec=1h'),
      problems: [
        '2:1-2:19: Unexpected `OnUnitActiveSec=` alone, which counts from when `a.service` ran, expected `OnBootSec=`, `OnActiveSec=` or `OnCalendar=` beside it',
      ],
      fixedUnsafely: timer('OnUnitActiveSec=1h', 'OnActiveSec=1h'),
    },
    {
      name: 'a first time that is taken back',
      fileName,
      unit: timer('OnBootSec=1h', 'OnBootSec=', 'OnUnitInactiveSec=2h'),
      problems: [
        '4:1-4:21: Unexpected `OnUnitInactiveSec=` alone, which counts from when `a.service` ran, expected `OnBootSec=`, `OnActiveSec=` or `OnCalendar=` beside it',
      ],
      fixedUnsafely: timer('OnBootSec=1h', 'OnBootSec=', 'OnUnitInactiveSec=2h', 'OnActiveSec=2h'),
    },
    {
      name: 'a service that is ordered only',
      fileName,
      others: {...others, 'b.service': `[Unit]\nAfter=a.service\n\n${job}`},
      unit: timer('OnUnitActiveSec=1h'),
      problems: [
        '2:1-2:19: Unexpected `OnUnitActiveSec=` alone, which counts from when `a.service` ran, expected `OnBootSec=`, `OnActiveSec=` or `OnCalendar=` beside it',
      ],
      fixedUnsafely: timer('OnUnitActiveSec=1h', 'OnActiveSec=1h'),
    },
  ],
})

tester.run(noLastingJob, {
  valid: [
    {name: 'nothing that starts it', unit: `${job}RemainAfterExit=yes\n`, fileName: 'a.service'},
    {
      name: 'one date',
      unit: `${job}RemainAfterExit=yes\n`,
      fileName: 'a.service',
      others: {'a.timer': timer('OnCalendar=2199-01-01')},
    },
    {
      name: 'off',
      unit: `${job}RemainAfterExit=no\n`,
      fileName: 'a.service',
      others: {'a.timer': timer('OnCalendar=daily')},
    },
    {
      name: 'what another stops',
      unit: `${job}RemainAfterExit=yes\n`,
      fileName: 'a.service',
      others: {
        'a.timer': timer('OnCalendar=daily'),
        'b.service': `[Unit]\nConflicts=a.service\n\n${job}`,
      },
    },
    {
      name: 'what stops by itself',
      unit: `[Unit]\nStopWhenUnneeded=yes\n\n${job}RemainAfterExit=yes\n`,
      fileName: 'a.service',
      others: {'a.timer': timer('OnCalendar=daily')},
    },
  ],
  invalid: [
    {
      unit: `${job}RemainAfterExit=true\n`,
      fileName: 'a.service',
      others: {'b.timer': timer('OnCalendar=daily', 'Unit=a.service')},
      problems: [
        '4:1-4:21: Unexpected `RemainAfterExit=true`, with which `b.timer` starts the service only once',
      ],
      fixedUnsafely: job,
    },
    {
      name: 'an instance',
      unit: `${job}RemainAfterExit=yes\n`,
      fileName: 'a@b.service',
      others: {'a@b.timer': timer('OnBootSec=1', 'OnUnitInactiveSec=1h')},
      problems: [
        '4:1-4:20: Unexpected `RemainAfterExit=yes`, with which `a@b.timer` starts the service only once',
      ],
      fixedUnsafely: job,
    },
  ],
})

tester.run(noImpossibleDate, {
  valid: [
    {
      name: 'the past, where nobody knows what that is',
      fileName,
      unit: timer('OnCalendar=2020-01-01'),
    },
    {
      name: 'later that day',
      fileName,
      unit: timer('OnCalendar=2026-12-01 12:00'),
      now: '2026-12-01T11:59:59Z',
    },
    {
      name: 'the last day of February',
      fileName,
      unit: timer('OnCalendar=*-02~01'),
      now: '2026-12-01',
    },
    {
      name: 'what systemd refuses',
      fileName,
      unit: timer('OnCalendar=2026-13-01'),
      now: '2026-12-01',
    },
    {
      name: 'a zone that is not known here',
      fileName,
      unit: timer('OnCalendar=2020-01-01 right/Europe/Berlin'),
      now: '2026-12-01',
    },
  ],
  invalid: [
    {
      fileName,
      unit: timer('OnCalendar=*-04-31 12:00', 'OnCalendar=daily'),
      problems: ['2:1-2:25: Unexpected `*-04-31 12:00`, which never comes'],
    },
    {
      name: 'days of the week that are not on that day',
      fileName,
      unit: timer('OnCalendar=Mon 2026-12-25', 'OnCalendar=Sat..Sun *-02-30'),
      problems: [
        '2:1-2:26: Unexpected `Mon 2026-12-25`, which never comes: 2026-12-25 is a Fri',
        '3:1-3:28: Unexpected `Sat..Sun *-02-30`, which never comes',
      ],
    },
    {
      name: 'what has been, in its zone',
      fileName,
      unit: timer('OnCalendar=2026-12-01 12:00 Europe/Berlin'),
      now: '2026-12-01T11:00:00Z',
      problems: [
        '2:1-2:42: Unexpected `2026-12-01 12:00 Europe/Berlin`, which is past and comes no more',
      ],
    },
  ],
})

tester.run(noRestlessTimer, {
  valid: [
    {fileName, unit: timer('OnCalendar=minutely', 'OnCalendar=*:*', 'OnCalendar=*:*:00/2')},
    {
      name: 'a service that is to run always',
      fileName,
      unit: timer('OnBootSec=1', 'OnUnitInactiveSec=1'),
    },
  ],
  invalid: [
    {
      fileName,
      unit: timer('OnCalendar=*-*-* *:*:*'),
      problems: [
        '2:1-2:23: Unexpected `*-*-* *:*:*`, which comes each second, expected `00` for the seconds',
      ],
      fixedUnsafely: timer('OnCalendar=*-*-* *:*:00'),
    },
    {
      name: 'each second of a minute, and more',
      fileName,
      unit: timer('OnCalendar=Mon 03:00:* UTC', 'OnCalendar=*:*:0/0.5'),
      problems: [
        '2:1-2:27: Unexpected `Mon 03:00:* UTC`, which comes each second, expected `00` for the seconds',
        '3:1-3:21: Unexpected `*:*:0/0.5`, which comes each second, expected `00` for the seconds',
      ],
      fixedUnsafely: timer('OnCalendar=Mon 03:00:00 UTC', 'OnCalendar=*:*:0/0.5'),
    },
  ],
})

tester.run(noCoarseTimer, {
  valid: [
    {name: 'each minute', fileName, unit: timer('OnCalendar=minutely', 'OnBootSec=1s')},
    {
      name: 'a day as the clocks leap',
      fileName,
      unit: timer('OnCalendar=daily Europe/Berlin', 'AccuracySec=24h'),
      now: '2027-03-25',
    },
    {
      name: 'months that are longer',
      fileName,
      unit: timer('OnCalendar=monthly', 'RandomizedDelaySec=30d', 'AccuracySec=1d'),
    },
    {name: 'one date', fileName, unit: timer('OnCalendar=2199-01-01', 'RandomizedDelaySec=1y')},
    {
      name: 'one of several',
      fileName,
      unit: timer('OnCalendar=weekly', 'OnUnitActiveSec=1h', 'RandomizedDelaySec=2h'),
    },
  ],
  invalid: [
    {
      fileName,
      unit: timer('OnBootSec=0', 'OnUnitActiveSec=30'),
      problems: [
        '3:1-3:19: Expected `AccuracySec=1s` or less, without it `OnUnitActiveSec=30` may be a minute late each time',
      ],
      fixedUnsafely: timer('OnBootSec=0', 'OnUnitActiveSec=30', 'AccuracySec=1s'),
    },
    {
      fileName,
      unit: timer('OnCalendar=*:*:0/5', 'AccuracySec=10s', 'RandomizedDelaySec=1min'),
      problems: [
        '3:1-3:16: Unexpected `AccuracySec=10s` with `OnCalendar=*:*:0/5`, which comes every 5s, expected `5s` or less',
        '4:1-4:24: Unexpected `RandomizedDelaySec=1min` with `OnCalendar=*:*:0/5`, which comes every 5s, expected less than that',
      ],
      fixedUnsafely: timer('OnCalendar=*:*:0/5', 'AccuracySec=100ms', 'RandomizedDelaySec=1min'),
    },
  ],
})

tester.run(noLoneOption, {
  valid: [
    {name: 'off', fileName, unit: timer('OnBootSec=1', 'Persistent=no')},
    {
      name: 'a date that systemd refuses',
      fileName,
      unit: timer('OnBootSec=1', 'OnCalendar=*-*-*12:00', 'Persistent=yes'),
    },
    {
      name: 'folders that are made',
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\nPathChanged=/b\nMakeDirectory=yes\nDirectoryMode=0700\n',
    },
    {name: 'nothing to listen on', fileName: 'a.socket', unit: '[Socket]\nSocketMode=0600\n'},
    {
      name: 'a queue',
      fileName: 'a.socket',
      unit: '[Socket]\nListenMessageQueue=/a\nSocketMode=0600\nMessageQueueMaxMessages=1\n',
    },
    {
      name: 'a specifier that is not known',
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=%m\nSocketMode=0600\n',
    },
  ],
  invalid: [
    {
      fileName,
      unit: timer('OnBootSec=1', 'Persistent=yes', 'FixedRandomDelay=on'),
      problems: [
        '3:1-3:15: Unexpected `Persistent=yes`, which does nothing without `OnCalendar=`',
        '4:1-4:20: Unexpected `FixedRandomDelay=on`, which does nothing without `RandomizedDelaySec=`',
      ],
      fixedUnsafely: timer('OnBootSec=1'),
    },
    {
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\nMakeDirectory=yes\n',
      problems: [
        '3:1-3:18: Unexpected `MakeDirectory=yes`, which does nothing without `PathChanged=`, `PathModified=` or `DirectoryNotEmpty=`',
      ],
      fixedUnsafely: '[Path]\nPathExists=/a\n',
    },
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=@a\nSocketMode=0600\nAccept=yes\nFlushPending=yes\n',
      problems: [
        '3:1-3:16: Unexpected `SocketMode=0600`, which does nothing without a socket, FIFO or queue in the file system',
        '5:1-5:17: Unexpected `FlushPending=yes`, which does nothing without `Accept=no`',
      ],
      fixedUnsafely: '[Socket]\nListenStream=@a\nAccept=yes\n',
    },
  ],
})

tester.run(noPathLoop, {
  valid: [
    {name: 'nothing to start', fileName: 'a.path', unit: '[Path]\nPathExists=/a\n'},
    {
      name: 'a target',
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\nUnit=b.target\n',
      others: {'b.target': ''},
    },
    {
      name: 'a service with conditions',
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\n',
      others: {
        'a.service': '[Unit]\nConditionPathExists=!/b\n\n[Service]\nExecStart=/bin/touch /b\n',
      },
    },
    {
      name: 'a service that runs nothing',
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\n',
      others: {'a.service': '[Service]\nType=oneshot\nSuccessAction=reboot\n'},
    },
  ],
  invalid: [
    {
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/a\nPathChanged=/b\nDirectoryNotEmpty=/c\n',
      others: {
        'a.service':
          "[Service]\nExecStart=/bin/sh -c 'echo a; chmod 0644 /a'\nExecStartPost=/bin/true\n",
      },
      problems: [
        '2:1-2:14: Unexpected `PathExists=/a` for `a.service`, which leaves the path there and is started again and again, expected `PathChanged=` or a service that removes it',
        '4:1-4:21: Unexpected `DirectoryNotEmpty=/c` for `a.service`, which leaves the path there and is started again and again, expected `PathChanged=` or a service that removes it',
      ],
    },
  ],
})

tester.run(noInvalidValue, {
  valid: [{fileName, unit: timer('OnCalendar=*-*-* 05:00')}],
  invalid: [
    {
      fileName,
      unit: timer('OnCalendar=0 5 * * 1-5', 'OnCalendar=@midnight'),
      problems: [
        '2:12-2:23: Unexpected `0 5 * * 1-5` of cron, expected `Mon..Fri *-*-* 05:00:00` in `OnCalendar=`',
        '3:12-3:21: Unexpected `@midnight` of cron, expected `daily` in `OnCalendar=`',
      ],
      fixedUnsafely: timer('OnCalendar=Mon..Fri *-*-* 05:00:00', 'OnCalendar=daily'),
    },
  ],
})
