import {describe, it} from 'vitest'
import noIgnoredLine from '../../rules/no-ignored-line.ts'
import noInvalidValue from '../../rules/no-invalid-value.ts'
import noMisplacedDirective from '../../rules/no-misplaced-directive.ts'
import noUnknownDirective from '../../rules/no-unknown-directive.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noInvalidValue, {
  valid: [
    '[Service]\nExecStart=/x\nProtectSystem=strict\nTimeoutStartSec=1h 30min\n',
    '[Service]\nExecStart=/bin/sh -c "echo # no comment"\n',
    {
      name: 'what hangs on the name of the instance',
      fileName: 'a@.service',
      unit: '[Service]\nExecStart=/x\nCPUAffinity=%i\n',
      options: {checkPlaceholders: false},
    },
    {
      name: 'a time that is the instance',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnCalendar=%i\nOnCalendar=*-*-* %I:00:00\n',
      options: {checkPlaceholders: false},
    },
    {
      name: 'an address of the instance',
      fileName: 'a@.socket',
      unit: '[Socket]\nListenStream=127.0.0.1:%i\nListenStream=%i:80\n',
      options: {checkPlaceholders: false},
    },
  ],
  invalid: [
    {
      name: 'what no instance makes valid: specifiers that stay as they are, and relative paths',
      fileName: 'a@.service',
      unit: '[Service]\nExecStart=/x\nIPAddressAllow=%i\nReadWritePaths=%i\n',
      options: {checkPlaceholders: false},
      problems: [
        '3:16-3:18: Unexpected `%i`, expected an address such as `10.0.0.0/8`, or `any`, `localhost`, `link-local` or `multicast` in `IPAddressAllow=`',
        '4:16-4:18: Unexpected `%i`, expected an absolute path in `ReadWritePaths=`, did you mean `%f`?',
      ],
    },
    {
      name: 'one instance, as systemd judges a template',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnCalendar=%i\n',
      problems: [
        '2:12-2:14: Unexpected `%i`, expected a calendar event such as `Mon..Fri *-*-* 03:00` in `OnCalendar=`',
      ],
    },
    {
      name: 'a quote at the end whose other one is missing',
      unit: "[Service]\nExecStart=/bin/sh -c nohup /x -y >> /z 2>&1 &'\n",
      problems: ['2:45-2:47: Expected a closing quote in `ExecStart=`: the unit does not load'],
      fixedUnsafely: '[Service]\nExecStart=/bin/sh -c nohup /x -y >> /z 2>&1 &\n',
    },
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
        '2:15-2:26: Unexpected `kexec-force`, expected `none`, `reboot`, `reboot-force`, `reboot-immediate`, `poweroff`, `poweroff-force`, `poweroff-immediate`, `exit` or `exit-force` in `SuccessAction=`, did you mean `exit-force`?',
      ],
    },
    {
      name: 'no processor at all is worth an end, where it is one',
      unit: '[Service]\nExecStart=/x\nCPUAffinity=3-0\nAllowedCPUs=3-0\n',
      target: 'debian-12',
      problems: [
        '3:13-3:16: Unexpected `3-0`, expected the lower number first in `CPUAffinity=`: without a processor nothing starts',
        '4:13-4:16: Unexpected `3-0`, expected the lower number first in `AllowedCPUs=`',
      ],
    },
    {
      name: 'since 255 it is none',
      unit: '[Service]\nExecStart=/x\nCPUAffinity=3-0\n',
      target: 'debian-13',
      problems: ['3:13-3:16: Unexpected `3-0`, expected the lower number first in `CPUAffinity=`'],
    },
    {
      name: 'with others beside it that word is lost, and nothing else',
      unit: '[Service]\nExecStart=/x\nCPUAffinity=3-0\nCPUAffinity=1\n',
      target: 'debian-12',
      problems: ['3:13-3:16: Unexpected `3-0`, expected the lower number first in `CPUAffinity=`'],
    },
    {
      name: 'a comment behind the value moves to a line of its own',
      unit: '[Service]\nExecStart=/x\nLockPersonality=yes  # no 32 bit\n',
      problems: [
        '3:17-3:33: Unexpected comment behind the value of `LockPersonality=`, which systemd takes for a part of it',
      ],
      fixed: '[Service]\nExecStart=/x\n# no 32 bit\nLockPersonality=yes\n',
    },
    {
      name: 'a tilde within a list starts a line of its own',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service ~@swap @reboot\n',
      problems: [
        '3:34-3:40: Unexpected `~` within `SystemCallFilter=`, expected only at the start of the value',
      ],
      fixed:
        '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallFilter=~@swap @reboot\n',
    },
    {
      name: 'a tilde before each word is one before all',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=~@swap ~@reboot\n',
      problems: [
        '3:25-3:33: Unexpected `~` within `SystemCallFilter=`, expected only at the start of the value',
      ],
      fixed: '[Service]\nExecStart=/x\nSystemCallFilter=~@swap @reboot\n',
    },
    {
      name: 'a tilde within a list, and a word that is none',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-services ~@swap ~@reboot\n',
      problems: [
        '3:18-3:34: Unexpected group `@system-services`, expected one such as `@system-service` in `SystemCallFilter=`, did you mean `@system-service`?',
        '3:35-3:41: Unexpected `~` within `SystemCallFilter=`, expected only at the start of the value',
      ],
    },
    {
      name: 'a comment behind a value in the wrong case',
      unit: '[Service]\r\nExecStart=/x\r\nRestart=Always // until it works\r\n',
      problems: [
        '3:9-3:33: Unexpected comment behind the value of `Restart=`, which systemd takes for a part of it',
      ],
      fixed: '[Service]\r\nExecStart=/x\r\n# until it works\r\nRestart=always\r\n',
    },
    {
      name: 'every word of a list in several lines',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@System-Service \\\n# and\n  @Mount,\n',
      target: '257',
      problems: [
        '3:18-3:33: Unexpected group `@System-Service`, expected one such as `@system-service` in `SystemCallFilter=`',
        '5:3-5:10: Unexpected group `@Mount,`, expected one such as `@system-service` in `SystemCallFilter=`',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/x\nSystemCallFilter=@system-service \\\n# and\n  @mount\n',
    },
    {
      name: 'a list that is wrong as a whole, in several lines',
      unit: '[Service]\nExecStart=/x\nRestrictNamespaces=~User \\\n  PID\n',
      problems: [
        '3:20-4:6: Unexpected `User`, expected a boolean or some of `cgroup`, `ipc`, `net`, `mnt`, `pid`, `user`, `uts`, `time` in `RestrictNamespaces=`',
      ],
      fixed: '[Service]\nExecStart=/x\nRestrictNamespaces=~user \\\n  pid\n',
    },
    {
      name: 'a word that is not known leaves the others to be suggested',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=Read nothing-known\n',
      problems: [
        '3:18-3:22: Unexpected `Read`, expected a system call or a group of them such as `@system-service` in `SystemCallFilter=`, did you mean `read`?',
        '3:23-3:36: Unexpected `nothing-known`, expected a system call or a group of them such as `@system-service` in `SystemCallFilter=`',
      ],
    },
    {
      name: 'commas at the ends of words that systemd takes are as wrong as the others',
      unit: '[Service]\nExecStart=/x\nUnsetEnvironment=A, B, C=d, E\n',
      problems: [
        '3:18-3:20: Unexpected `A,`, expected the name of a variable or an assignment in `UnsetEnvironment=`',
        '3:21-3:23: Unexpected `B,`, expected the name of a variable or an assignment in `UnsetEnvironment=`',
      ],
      fixed: '[Service]\nExecStart=/x\nUnsetEnvironment=A B C=d E\n',
    },
    {
      name: 'a placeholder is text to systemd, and to the rule unless told otherwise',
      unit: '[Service]\nMemoryMax=${MEMORY}\nExecStart=@bindir@/x\n',
      options: {checkPlaceholders: false},
      problems: [
        '2:11-2:20: Unexpected `${MEMORY}`, expected a size such as `512M`, a percentage up to `100%` or `infinity` in `MemoryMax=`, systemd replaces no variables there',
      ],
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
      name: 'a value that systemd does not take there is left to its author',
      unit: '[Unit]\nRestartSec=soon\n[Service]\nExecStart=/x\n',
      problems: ['2:1-2:11: Unexpected `RestartSec` in `[Unit]`, expected in `[Service]`'],
    },
    {
      name: 'a value that systemd takes and nobody means is left to its author',
      unit: '[Unit]\nDescription=a\n[Service]\nExecStart=/x\nAssertFileNotEmpty=!/a"\nConditionHost=a # b\n',
      problems: [
        '5:1-5:19: Unexpected `AssertFileNotEmpty` in `[Service]`, expected in `[Unit]`',
        '6:1-6:14: Unexpected `ConditionHost` in `[Service]`, expected in `[Unit]`',
      ],
    },
    {
      name: 'what is set in its place already is left alone',
      unit: '[Unit]\nAfter=b.service\n[Service]\nExecStart=/x\nAfter=a.service\n',
      problems: ['5:1-5:6: Unexpected `After` in `[Service]`, expected in `[Unit]`'],
    },
  ],
})

tester.run(noUnknownDirective, {
  valid: ['[Service]\nExecStart=/x\nX-privatetmp=yes\n'],
  invalid: [
    {
      name: 'a value that systemd takes and nobody means is left to its author',
      unit: '[Unit]\nassertFileNotEmpty=!/a"\n[Service]\nExecStart=/x\n',
      problems: [
        '2:1-2:19: Unexpected directive `assertFileNotEmpty`, did you mean `AssertFileNotEmpty`?',
      ],
    },
    {
      name: 'another case is the same name',
      unit: '[Service]\nExecStart=/x\nlockPersonality=yes\nRestart_Sec=5\n',
      problems: [
        '3:1-3:16: Unexpected directive `lockPersonality`, did you mean `LockPersonality`?',
        '4:1-4:12: Unexpected directive `Restart_Sec`, did you mean `RestartSec`?',
      ],
      fixed: '[Service]\nExecStart=/x\nLockPersonality=yes\nRestartSec=5\n',
    },
    {
      name: 'a slip is nearly so',
      unit: '[Service]\nExecStart=/x\nRestarSec=5\n',
      problems: ['3:1-3:10: Unexpected directive `RestarSec`, did you mean `RestartSec`?'],
      fixedUnsafely: '[Service]\nExecStart=/x\nRestartSec=5\n',
    },
    {
      name: 'what is further away, or takes no such value, is a guess',
      unit: '[Service]\nExecStart=/x\nPrivateHome=yes\nRestarSec=soon\n',
      problems: [
        '3:1-3:12: Unexpected directive `PrivateHome`, did you mean `ProtectHome`?',
        '4:1-4:10: Unexpected directive `RestarSec`, did you mean `RestartSec`?',
      ],
    },
    {
      name: 'a slip in the wrong section',
      unit: '[Service]\nExecStart=/x\nAftr=b.service\n[Install]\nRestrat=always\n',
      problems: [
        '3:1-3:5: Unexpected directive `Aftr` in `[Service]`, did you mean `After` in `[Unit]`?',
        '5:1-5:8: Unexpected directive `Restrat` in `[Install]`, did you mean `Restart` in `[Service]`?',
      ],
    },
    {
      name: 'another first word',
      unit: '[Service]\nExecStart=/x\nProtectDevices=yes\nWorkDirectory=/a\nMemoryMaximum=1G\nRestrictPersonality=yes\n',
      problems: [
        '3:1-3:15: Unexpected directive `ProtectDevices`, did you mean `PrivateDevices`?',
        '4:1-4:14: Unexpected directive `WorkDirectory`, did you mean `WorkingDirectory`?',
        '5:1-5:14: Unexpected directive `MemoryMaximum`, did you mean `MemoryMax`?',
        '6:1-6:20: Unexpected directive `RestrictPersonality` in `[Service]`, unknown to systemd',
      ],
    },
    {
      name: 'another sign before the first equals',
      unit: '[Service]\nExecStart=/x\nEnvironment: A=b\n',
      problems: ['3:1-3:15: Unexpected directive `Environment: A`, did you mean `Environment=`?'],
    },
  ],
})

tester.run(noIgnoredLine, {
  valid: ['[Service]\nExecStart=/x\n# RestartSec: 5\n'],
  invalid: [
    {
      name: 'a header without its first bracket, and what it has lost',
      unit: ' Unit] \nDescription=x\n\nAfter=a.service\n[Service]\nExecStart=/x\n',
      problems: [
        '1:1-1:8: Unexpected 3 lines before the first section, ignored by systemd, expected `[Unit]`',
      ],
    },
    {
      name: 'a header without brackets',
      unit: 'Service\nExecStart=/x\n[Service]\nExecStart=/x\n',
      problems: [
        '1:1-1:8: Unexpected 2 lines before the first section, ignored by systemd, expected `[Service]`',
      ],
    },
    {
      name: 'one line',
      unit: 'Units]\n[Service]\nExecStart=/x\nPrivateTmp\n',
      problems: [
        '1:1-1:7: Unexpected line before the first section, ignored by systemd',
        '4:1-4:11: Unexpected line without `=`, ignored by systemd',
      ],
    },
    {
      name: 'a colon for an equals',
      unit: '[Service]\nExecStart=/x\nRestartSec : 5 \n',
      problems: ['3:1-3:16: Unexpected line without `=`, ignored by systemd'],
      fixed: '[Service]\nExecStart=/x\nRestartSec=5 \n',
    },
    {
      name: 'nothing for an equals, and no directive',
      unit: '[Service]\nExecStart=/x\nRestartSec 5\nNote: this\nRestartSec: soon\n',
      problems: [
        '3:1-3:13: Unexpected line without `=`, ignored by systemd',
        '4:1-4:11: Unexpected line without `=`, ignored by systemd',
        '5:1-5:17: Unexpected line without `=`, ignored by systemd',
      ],
    },
    {
      name: 'a no-break space, which systemd does not strip',
      unit: '[Service]\nExecStart=/x\nRestartSec: 5\u00a0\n',
      problems: ['3:1-3:15: Unexpected line without `=`, ignored by systemd'],
    },
  ],
})
