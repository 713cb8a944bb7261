import {describe, it} from 'vitest'
import noOverriddenValue from '../../rules/no-overridden-value.ts'
import {RuleTester} from '../../src/engine/tester.ts'

new RuleTester({describe, it}).run(noOverriddenValue, {
  valid: [
    '[Unit]\nAfter=a.service\nAfter=b.service\n[Service]\nExecStart=/x\nExecStartPre=/y\nExecStartPre=/y\n',
    {
      name: 'a drop-in, which is there to override',
      unit: '[Service]\nExecStart=/x\nUser=a\n',
      dropIns: ['[Service]\nUser=b\nExecStart=\nExecStart=/y\n'],
    },
    {name: 'a reset of nothing', unit: '[Service]\nExecStart=\nExecStart=/x\n'},
    {
      name: 'an empty value that is no reset',
      unit: '[Unit]\nAfter=a.service\nAfter=\n[Service]\nExecStart=/x\nRestart=no\nRestart=\n',
    },
    {
      name: 'a later value that systemd cannot read',
      unit: '[Service]\nExecStart=/x\nRestart=no\nRestart=Always\n',
    },
    {
      name: 'an earlier value that systemd cannot read',
      unit: '[Service]\nExecStart=/x\nRestart=Always\nRestart=no\n',
    },
    {name: 'values that add up', unit: '[Service]\nExecStart=/x\nAllowedCPUs=1\nAllowedCPUs=2\n'},
    {
      name: 'different variables',
      unit: '[Service]\nExecStart=/x\nEnvironment=A=1 B=2\nEnvironment="C=A=1"\n',
    },
    {
      name: 'text that ends the reading',
      unit: '[Service]\nExecStart=/x\nUser=a\nUser=b\n[Install\n',
    },
    {
      name: 'a comment that says so',
      unit: '[Service]\nExecStart=/x\nNoNewPrivileges=yes\n\n# Adjust restrictions for sendmail\nNoNewPrivileges=no\n',
    },
    {
      name: 'conditions and asserts are two lists',
      unit: '[Unit]\nConditionPathExists=/a\nAssertPathExists=\n[Service]\nExecStart=/x\n',
    },
  ],
  invalid: [
    {
      name: 'the same twice, and three times, in two parts of a section',
      unit: '[Service]\nExecStart=/x\nRestart=no\nUser=a\n[Install]\n[Service]\nRestart=on-failure\nUser=b\nUser=a\n',
      problems: [
        '3:1-3:11: Unexpected `Restart=`, overridden by `Restart=` in line 7',
        '4:1-4:7: Unexpected `User=`, overridden by `User=` in line 8',
        '8:1-8:7: Unexpected `User=`, overridden by `User=` in line 9',
      ],
      fixed: '[Service]\nExecStart=/x\n[Install]\n[Service]\nRestart=on-failure\nUser=a\n',
    },
    {
      name: 'the same directive in the section that it had before',
      unit: '[Unit]\nFailureAction=none\n[Service]\nExecStart=/x\nFailureAction=reboot\n',
      problems: ['2:1-2:19: Unexpected `FailureAction=`, overridden by `FailureAction=` in line 5'],
      fixed: '[Unit]\n[Service]\nExecStart=/x\nFailureAction=reboot\n',
    },
    {
      name: 'comments that tell of something else, or of the same value',
      unit: '[Service]\nExecStart=/x\nUser=a\nRestart=no\n# The user\n#Adjust=yes\nUser=b\n# Adjusted\nRestart=no\n',
      problems: [
        '3:1-3:7: Unexpected `User=`, overridden by `User=` in line 7',
        '4:1-4:11: Unexpected `Restart=`, overridden by `Restart=` in line 9',
      ],
      fixed: '[Service]\nExecStart=/x\n# The user\n#Adjust=yes\nUser=b\n# Adjusted\nRestart=no\n',
    },
    {
      name: 'flags, which do not add up',
      unit: '[Service]\nExecStart=/x\nSecureBits=noroot\nSecureBits=keep-caps\n',
      problems: ['3:1-3:18: Unexpected `SecureBits=`, overridden by `SecureBits=` in line 4'],
      fixed: '[Service]\nExecStart=/x\nSecureBits=keep-caps\n',
    },
    {
      name: 'a word between no-break spaces, which are part of words',
      unit: '[Service]\nExecStart=/x\nEnvironment=A=1\u00a0 \tB=1\u00a0 \u00a0C=1\nEnvironment=B=2\n',
      problems: ['3:19-3:23: Unexpected `B` in `Environment=`, set again in line 4'],
      fixed: '[Service]\nExecStart=/x\nEnvironment=A=1\u00a0 \u00a0C=1\nEnvironment=B=2\n',
    },
    {
      name: 'a policy that takes a priority back, and a set that is set anew',
      unit: '[Service]\nExecStart=/x\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=batch\nRestrictNamespaces=net\nRestrictNamespaces=no\n',
      problems: [
        '3:1-3:23: Unexpected `CPUSchedulingPolicy=`, overridden by `CPUSchedulingPolicy=` in line 5',
        '4:1-4:24: Unexpected `CPUSchedulingPriority=`, overridden by `CPUSchedulingPolicy=` in line 5',
        '6:1-6:23: Unexpected `RestrictNamespaces=`, overridden by `RestrictNamespaces=` in line 7',
      ],
      fixed:
        '[Service]\nExecStart=/x\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=batch\nRestrictNamespaces=no\n',
    },
    {
      name: 'one drop-in',
      unit: '[Service]\r\nUser=a\r\nUser=b\r\n',
      fileName: 'example.service.d/a.conf',
      problems: ['2:1-2:7: Unexpected `User=`, overridden by `User=` in line 3'],
      fixed: '[Service]\r\nUser=b\r\n',
    },
    {
      name: 'a directive that sets two others',
      unit: '[Service]\nExecStart=/x\nTimeoutStartSec=infinity\nTimeoutSec=90\nTimeoutStopSec=5\n',
      problems: ['3:1-3:25: Unexpected `TimeoutStartSec=`, overridden by `TimeoutSec=` in line 4'],
      fixed: '[Service]\nExecStart=/x\nTimeoutSec=90\nTimeoutStopSec=5\n',
    },
    {
      name: 'comments within the line stay',
      unit: '[Service]\nExecStart=/x\nWorkingDirectory=\\\n# why\n/a\nWorkingDirectory=/b\n',
      problems: [
        '3:1-5:3: Unexpected `WorkingDirectory=`, overridden by `WorkingDirectory=` in line 6',
      ],
    },
    {
      name: 'what others depend on is for a person to remove',
      unit: '[Service]\nExecStart=/x\nCPUSchedulingPolicy=fifo\nCPUSchedulingPolicy=other\n',
      problems: [
        '3:1-3:25: Unexpected `CPUSchedulingPolicy=`, overridden by `CPUSchedulingPolicy=` in line 4',
      ],
    },
    {
      name: 'a list that is emptied',
      unit: '[Service]\nExecStart=/x\nReadWritePaths=/a\nReadWritePaths=/b\nReadWritePaths=\nReadWritePaths=/c\n',
      problems: [
        '3:1-3:18: Unexpected `ReadWritePaths=`, taken back by the empty `ReadWritePaths=` in line 5',
        '4:1-4:18: Unexpected `ReadWritePaths=`, taken back by the empty `ReadWritePaths=` in line 5',
      ],
    },
    {
      name: 'an empty value that empties more than its own',
      unit: '[Timer]\nOnCalendar=daily\nOnBootSec=\nOnBootSec=5min\n',
      fileName: 'example.timer',
      problems: [
        '2:1-2:17: Unexpected `OnCalendar=`, taken back by the empty `OnBootSec=` in line 3',
      ],
    },
    {
      name: 'a value that an empty one takes back',
      unit: '[Service]\nExecStart=/x\nUser=a\nUser=\n',
      problems: ['3:1-3:7: Unexpected `User=`, taken back by the empty `User=` in line 4'],
    },
    {
      name: 'variables, alone, first, in between and last',
      unit: '[Service]\nExecStart=/x\nEnvironment=A=1\nEnvironment=B=1 "C=1 2" D=1\nEnvironment=A=2 B=2\nEnvironment="D=2"\nEnvironment=C=2\n',
      problems: [
        '3:13-3:16: Unexpected `A` in `Environment=`, set again in line 5',
        '4:13-4:16: Unexpected `B` in `Environment=`, set again in line 5',
        '4:17-4:24: Unexpected `C` in `Environment=`, set again in line 7',
        '4:25-4:28: Unexpected `D` in `Environment=`, set again in line 6',
      ],
      fixed: '[Service]\nExecStart=/x\nEnvironment=A=2 B=2\nEnvironment="D=2"\nEnvironment=C=2\n',
    },
    {
      name: 'a variable twice in one line',
      unit: '[Service]\nExecStart=/x\nEnvironment=A=1 A=2\n',
      problems: ['3:13-3:16: Unexpected `A` in `Environment=`, set again in line 3'],
      fixed: '[Service]\nExecStart=/x\nEnvironment=A=2\n',
    },
  ],
})
