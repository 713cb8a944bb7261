import {describe, it} from 'vitest'
import noInvalidValue from '../../rules/no-invalid-value.ts'
import noSwallowedLine from '../../rules/no-swallowed-line.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

/** Values that take any words behind them, and the section that they stand in. */
const free: ReadonlyArray<readonly [section: string, line: string]> = [
  ['Unit', 'Description=A service'],
  ['Service', 'ExecStart=/usr/bin/a --b'],
  ['Service', 'ExecStart=/bin/sh -c "a; b"'],
  ['Service', 'SyslogIdentifier=a'],
]

/** Lines that were to stand alone. */
const next: Readonly<Record<string, readonly string[]>> = {
  Unit: ['After=a.service', 'Wants=a.service b.service', 'ConditionPathExists=/a', '[Service]'],
  Service: ['User=a', 'Type=notify', '  Restart=always', 'ExecStop=/usr/bin/b c', '[Install]'],
}

tester.run(noSwallowedLine, {
  valid: [
    // As it is meant.
    '[Service]\nExecStart=/usr/bin/a \\\n  --user=b \\\n  -c\nUser=a\n',
    '[Service]\nExecStart=/usr/bin/a \\\n  Name=b\n',
    '[Service]\nExecStart=/usr/bin/a \\\n  User=\n',
    '[Service]\nExecStart=/usr/bin/a \\\n  ExecStart=/usr/bin/b\n',
    '[Service]\nExecStart=/usr/bin/a [Install] User=b\n',
    // Settings for what is started, and variables.
    '[Service]\nExecStart=/usr/bin/systemd-run -p \\\n  MemoryMax=1G \\\n  /usr/bin/a\n',
    '[Service]\nExecStart=-systemctl set-property b.service \\\n  Nice=5\n',
    '[Service]\nExecStart=/usr/bin/a\nEnvironment=A=b \\\n  Type=simple \\\n  Nice=5\n',
    // Not what the directive takes, and no header of a service.
    '[Service]\nExecStart=/usr/bin/a \\\n  Restart=perhaps\n',
    '[Service]\nExecStart=/usr/bin/a \\\n[Timer]\n',
    // A script between quotes.
    "[Service]\nExecStart=/bin/sh -c 'x; \\\nUser=b; \\\nNice=5; y'\n",
    '[Service]\nExecStart=/bin/sh -c "it\\\'s; \\\nUser=b; y"\n',
    // A comment takes in nothing.
    '[Service]\n# See below \\\nExecStart=/usr/bin/a\n; too \\\nUser=b\n',
  ],
  invalid: [
    ...free.flatMap(([section, line]) =>
      (next[section] ?? []).map((taken) => ({
        name: `${line}, ${taken}`,
        unit: `[${section}]\n${line} \\\n${taken}\n`,
        problems: [
          `3:${/^ */.exec(taken)![0].length + 1}-3:${taken.length + 1}: Unexpected \`${/\S+?(?:=|\]$)/.exec(taken)![0]}\` in \`${line.slice(0, line.indexOf('=') + 1)}\`, which goes on in the next line behind a \`\\\` at its end`,
        ],
      })),
    ),
    {
      name: 'variables of a service',
      unit: '[Service]\nExecStart=/usr/bin/a\nEnvironment=A=b \\\nRestart=always\n',
      problems: [
        '4:1-4:15: Unexpected `Restart=` in `Environment=`, which goes on in the next line behind a `\\` at its end',
      ],
    },
    {
      name: 'each `\\` is one mistake',
      unit: '[Service]\nExecStart=/usr/bin/a \\\n  -b \\\nUser=c \\\n# between\nGroup=c\n',
      problems: [
        '4:1-4:7: Unexpected `User=` in `ExecStart=`, which goes on in the next line behind a `\\` at its end',
        '6:1-6:8: Unexpected `Group=` in `ExecStart=`, which goes on in the next line behind a `\\` at its end',
      ],
    },
  ],
})

tester.run(noInvalidValue, {
  valid: ['[Service]\nExecStart=/usr/bin/a \\\nUser=b\n'],
  invalid: [
    ...['Restart=always', 'TimeoutStartSec=5', 'PrivateTmp=yes', 'Type=simple'].map((line) => ({
      name: line,
      unit: `[Service]\nExecStart=/usr/bin/a\n${line} \\\nUser=b\n`,
      problems: [
        `3:${line.indexOf('=') + 2}-4:7: Unexpected \`User=\` in \`${line.slice(0, line.indexOf('=') + 1)}\`, which goes on in the next line behind a \`\\\` at its end`,
      ],
    })),
  ],
})
