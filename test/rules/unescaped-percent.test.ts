import {describe, it} from 'vitest'
import noUnescapedPercent from '../../rules/no-unescaped-percent.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const command = (words: string): string => `[Service]\nExecStart=${words}\n`

new RuleTester({describe, it}).run(noUnescapedPercent, {
  valid: [
    command('/bin/sh -c "date +%%Y-%%m-%%d; printf \'%%s\' %i; stat -c %%U %h"'),
    {
      name: 'specifiers',
      unit: command('/x %t/%n %H:%i --state=%S/%m http://%H:80/%i?%h file://%E/x %C/date/%Y'),
      target: '257',
    },
    {
      name: 'other programs of like names',
      unit: command('/usr/bin/update-date --to +%s mystat -c %U printfs %s'),
      target: '257',
    },
    {name: 'a word behind the format', unit: command("/usr/bin/printf '%%s' %s")},
    {name: 'a folder', unit: command('/usr/bin/printf %d/x'), target: '257'},
    {name: 'no specifiers there', unit: '[Service]\nExecStart=/x\n[Install]\nX-Date=%Y-%m-%d\n'},
    {
      name: 'names of units',
      unit: '[Unit]\nAfter=a-%H%M.service\n[Service]\nExecStart=/x\n',
      target: '257',
    },
    {name: 'what systemd complains of itself', unit: command('/bin/date +%F-%k'), target: '257'},
  ],
  invalid: [
    {
      name: 'dates, of which 247 does not know all letters',
      unit: command('/bin/sh -c \'date -u "+%Y-%m-%d %H"; echo %i\''),
      target: '247',
      problems: [
        '2:36-2:38: Unexpected `%m` in `ExecStart=`, which systemd replaces, expected `%%m`',
      ],
      fixedUnsafely: command('/bin/sh -c \'date -u "+%Y-%%m-%d %%H"; echo %i\''),
    },
    {
      name: 'dates',
      unit: command('/bin/sh -c \'date -u "+%Y-%m-%d %H"; echo %i\''),
      target: '252',
      problems: [
        '2:33-2:35: Unexpected `%Y` in `ExecStart=`, which systemd replaces, expected `%%Y`',
      ],
      fixedUnsafely: command('/bin/sh -c \'date -u "+%%Y-%%m-%%d %%H"; echo %i\''),
    },
    {
      name: 'dates and times of day, whoever reads them',
      unit: '[Service]\nEnvironment=FORMAT=%Y%m%d "TIME=%H:%M:%S"\nExecStart=/x\n',
      problems: [
        '2:20-2:22: Unexpected `%Y` in `Environment=`, which systemd replaces, expected `%%Y`',
      ],
      fixedUnsafely: '[Service]\nEnvironment=FORMAT=%%Y%%m%%d "TIME=%%H:%%M:%%S"\nExecStart=/x\n',
    },
    {
      name: 'formats, over two lines',
      unit: '[Service]\nExecStart=/bin/sh -c "printf \'%s\\n\' %i; \\\nawk \'{printf(\\"%d\\")}\' %h/x; git log --format=%h; find / -printf %p"\n',
      problems: [
        '2:31-2:33: Unexpected `%s` in `ExecStart=`, which systemd replaces, expected `%%s`',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/bin/sh -c "printf \'%%s\\n\' %i; \\\nawk \'{printf(\\"%%d\\")}\' %h/x; git log --format=%%h; find / -printf %%p"\n',
    },
    {
      name: 'links and sentences',
      unit: '[Unit]\nDescription=Up to 100%CPU on %H\nDocumentation=https://example.org/caf%C3%A9\n[Service]\nExecStart=/x\n',
      problems: [
        '2:22-2:24: Unexpected `%C` in `Description=`, which systemd replaces, expected `%%C`',
        '3:38-3:40: Unexpected `%C` in `Documentation=`, which systemd replaces, expected `%%C`',
      ],
      fixedUnsafely:
        '[Unit]\nDescription=Up to 100%%CPU on %H\nDocumentation=https://example.org/caf%%C3%%A9\n[Service]\nExecStart=/x\n',
    },
  ],
})
