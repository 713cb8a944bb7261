import {describe, it} from 'vitest'
import noSystemDirective from '../../rules/no-system-directive.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const service = (...lines: string[]): string =>
  `[Service]\nExecStart=/usr/bin/example\n${lines.map((line) => `${line}\n`).join('')}`

new RuleTester({describe, it}).run(noSystemDirective, {
  valid: [
    {unit: service('CapabilityBoundingSet=', 'SupplementaryGroups=audio')},
    {
      manager: 'user',
      unit: service(
        'NoNewPrivileges=yes',
        'SystemCallFilter=@system-service',
        'RestrictAddressFamilies=AF_UNIX',
      ),
    },
    {
      manager: 'user',
      name: 'what is off',
      unit: service(
        'PrivateTmp=no',
        'IPAddressDeny=',
        'Nice=5',
        'CPUSchedulingPolicy=batch',
        'ProtectProc=default',
      ),
      target: '252',
    },
    {
      manager: 'user',
      name: 'a namespace for users',
      unit: service(
        'PrivateUsers=yes',
        'CapabilityBoundingSet=',
        'ProtectClock=yes',
        'ProtectProc=invisible',
      ),
      target: '252',
    },
    {
      manager: 'user',
      name: 'one that another directive brings',
      unit: service('PrivateTmp=yes', 'CapabilityBoundingSet=', 'ProtectProc=invisible'),
      target: '257',
    },
    {manager: 'user', unit: service('Group=%g', 'User=')},
    {manager: 'user', unit: service('User=%u'), target: '257'},
  ],
  invalid: [
    {
      manager: 'user',
      name: 'a namespace that maps the users of others',
      unit: service('PrivateUsers=identity'),
      target: '257',
      problems: [
        "3:1-3:22: Unexpected `PrivateUsers=identity`, a user's service does not start with it",
      ],
      fixedUnsafely: service(),
    },
    {
      manager: 'user',
      unit: service('SupplementaryGroups=audio', 'User=0', 'DevicePolicy=strict'),
      problems: [
        "3:1-3:26: Unexpected `SupplementaryGroups=audio`, a user's service does not start with it",
        "4:1-4:7: Unexpected `User=0`, a user's service does not start with it",
        "5:1-5:20: Unexpected `DevicePolicy=strict`, without effect on a user's service",
      ],
      fixedUnsafely: service('DevicePolicy=strict'),
    },
    {
      manager: 'user',
      name: 'what a limit may allow',
      unit: service('Nice=-5'),
      problems: [
        "3:1-3:8: Unexpected `Nice=-5`, without effect on a user's service unless `LimitNICE=` of `user@.service` allows it",
      ],
    },
    {
      manager: 'user',
      name: 'who it is, where it may be',
      unit: service('User=example', 'Group=example'),
      target: '257',
      problems: [
        "3:1-3:13: Unexpected `User=example`, a user's service starts only as the user that it is of",
        "4:1-4:14: Unexpected `Group=example`, a user's service starts only as the user that it is of",
      ],
      fixedUnsafely: service(),
    },
    {
      manager: 'user',
      name: 'who it is, where no name will do',
      unit: service('User=%u'),
      target: '252',
      problems: ["3:1-3:8: Unexpected `User=%u`, a user's service does not start with it"],
      fixedUnsafely: service(),
    },
    {
      manager: 'user',
      target: '252',
      unit: service('PrivateTmp=yes', 'ProtectClock=yes'),
      problems: [
        "3:1-3:15: Expected `PrivateUsers=yes` beside `PrivateTmp=yes`, without effect on a user's service otherwise",
        "4:1-4:17: Expected `PrivateUsers=yes` beside `ProtectClock=yes`, a user's service does not start without it",
      ],
      fixedUnsafely: service('PrivateTmp=yes', 'ProtectClock=yes', 'PrivateUsers=yes'),
    },
    {
      manager: 'user',
      target: '257',
      unit: service('CapabilityBoundingSet=~CAP_SYS_ADMIN'),
      problems: [
        "3:1-3:37: Expected `PrivateUsers=yes` beside `CapabilityBoundingSet=~CAP_SYS_ADMIN`, a user's service does not start without it",
      ],
      fixedUnsafely: service('CapabilityBoundingSet=~CAP_SYS_ADMIN', 'PrivateUsers=yes'),
    },
  ],
})
