import {describe, it} from 'vitest'
import noInvalidValue from '../../rules/no-invalid-value.ts'
import noMisplacedDirective from '../../rules/no-misplaced-directive.ts'
import {RuleTester} from '../../src/rule/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noInvalidValue, {
  valid: ['[Service]\nExecStart=/x\nProtectSystem=strict\nTimeoutStartSec=1h 30min\n', '[Service]\nExecStart=/bin/sh -c "echo # no comment"\n'],
  invalid: [
    {
      name: 'wrong case, one spelling is plainly meant',
      unit: '[Service]\nExecStart=/x\nProtectSystem=Yes\nRestart=On-Failure\n',
      problems: [
        '4:9-4:19: Unexpected `On-Failure`, expected `no`, `on-success`, `on-failure`, `on-abnormal`, `on-watchdog`, `on-abort` or `always` in `Restart=`',
      ],
      fixed: '[Service]\nExecStart=/x\nProtectSystem=Yes\nRestart=on-failure\n',
    },
    {
      name: 'another word that is near was not meant for sure',
      unit: '[Unit]\nSuccessAction=kexec-force\n[Service]\nExecStart=/x\n',
      problems: [
        '2:15-2:26: Unexpected `kexec-force`, expected `none`, `reboot`, `reboot-force`, `reboot-immediate`, `poweroff`, `poweroff-force`, `poweroff-immediate`, `exit` or `exit-force` in `SuccessAction=`',
      ],
    },
    {
      name: 'a comment behind the value moves to a line of its own',
      unit: '[Service]\nExecStart=/x\nLockPersonality=yes  # no 32 bit\n',
      problems: ['3:17-3:33: Unexpected comment behind the value of `LockPersonality=`, which systemd takes for a part of it'],
      fixed: '[Service]\nExecStart=/x\n# no 32 bit\nLockPersonality=yes\n',
    },
    {
      name: 'a tilde within a list starts a line of its own',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service ~@swap @reboot\n',
      problems: ['3:34-3:40: Unexpected `~` within `SystemCallFilter=`, expected only at the start of the value'],
      fixed: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallFilter=~@swap @reboot\n',
    },
  ],
})

tester.run(noMisplacedDirective, {
  valid: ['[Unit]\nAfter=a.service\n[Service]\nExecStart=/x\n'],
  invalid: [
    {
      unit: '[Unit]\nDescription=a\n[Service]\nExecStart=/x\nAfter=a.service\n',
      problems: ['5:1-5:6: Unexpected `After` in `[Service]`, expected in `[Unit]`'],
      fixed: '[Unit]\nDescription=a\nAfter=a.service\n[Service]\nExecStart=/x\n',
    },
    {
      name: 'what is set in its place already is left alone',
      unit: '[Unit]\nAfter=b.service\n[Service]\nExecStart=/x\nAfter=a.service\n',
      problems: ['5:1-5:6: Unexpected `After` in `[Service]`, expected in `[Unit]`'],
    },
  ],
})
