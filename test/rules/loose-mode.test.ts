import {describe, it} from 'vitest'
import rule from '../../rules/no-loose-mode.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const unit = '[Service]\nExecStart=/usr/bin/example\n'

new RuleTester({describe, it}).run(rule, {
  valid: [
    {name: 'no mode', unit},
    {name: '0644', unit, mode: 0o644},
    {name: '0600, which systemd may read', unit, mode: 0o600},
    {name: '0664, of a group', unit, mode: 0o664},
    {name: 'a mask', unit: '', mode: 0o755},
    {
      name: 'a file of Quadlet',
      unit: '[Container]\nImage=example\n',
      fileName: 'example.container',
      mode: 0o755,
    },
  ],
  invalid: [
    {
      name: '0755',
      unit,
      mode: 0o755,
      problems: ['1:1-1:10: Unexpected mode 0755 of a unit file, it is executable, expected 0644'],
    },
    {
      name: '0700',
      unit,
      mode: 0o700,
      problems: ['1:1-1:10: Unexpected mode 0700 of a unit file, it is executable, expected 0600'],
    },
    {
      name: '0641',
      unit,
      mode: 0o641,
      problems: ['1:1-1:10: Unexpected mode 0641 of a unit file, it is executable, expected 0640'],
    },
    {
      name: '0666',
      unit,
      mode: 0o666,
      problems: [
        '1:1-1:10: Unexpected mode 0666 of a unit file, it is writable by all, expected 0644',
      ],
    },
    {
      name: '0777',
      unit,
      mode: 0o777,
      problems: [
        '1:1-1:10: Unexpected mode 0777 of a unit file, it is executable and writable by all, expected 0644',
      ],
    },
  ],
})
