import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {times} from '../times.ts'

/** The text after `--fix` with some rules on. */
function fix(text: string, ids: readonly string[], fixes: 'safe' | 'unsafe' = 'safe'): string {
  const file = new VFile({path: 'example.service', value: text})
  lint(file, options(ids, fixes))
  return String(file.value)
}

function options(ids: readonly string[], fixes?: 'safe' | 'unsafe'): LintOptions {
  const chosen = rules.filter(({id}) => ids.includes(id))
  expect(chosen.length).toBe(ids.length)
  return {
    rules: chosen.map((rule) => ({rule, severity: 2, options: rule.options.parse({})})),
    targets: [defaultTarget],
    manager: 'system',
    fix: fixes,
  }
}

const two = ['private-tmp', 'lock-personality']

describe('added lines look like the lines of the file', () => {
  const cases: Array<[name: string, before: string, after: string]> = [
    [
      'a group of their own',
      '[Service]\nExecStart=/usr/bin/x\n',
      '[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'before the blank line between sections',
      '[Service]\nExecStart=/usr/bin/x\n\n[Install]\nWantedBy=a.target\n',
      '[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n\n[Install]\nWantedBy=a.target\n',
    ],
    [
      'no blank lines where the file has none',
      '[Service]\nExecStart=/usr/bin/x\n[Install]\nWantedBy=a.target\n',
      '[Service]\nExecStart=/usr/bin/x\nLockPersonality=yes\nPrivateTmp=yes\n[Install]\nWantedBy=a.target\n',
    ],
    [
      'beside lines of their kind',
      '[Service]\nProtectHome=yes\nExecStart=/usr/bin/x\n',
      '[Service]\nProtectHome=yes\nLockPersonality=yes\nPrivateTmp=yes\nExecStart=/usr/bin/x\n',
    ],
    [
      'spaces around =',
      '[Service]\nType = simple\nExecStart = /usr/bin/x\n',
      '[Service]\nType = simple\nExecStart = /usr/bin/x\n\nLockPersonality = yes\nPrivateTmp = yes\n',
    ],
    [
      'indented',
      '[Service]\n\tExecStart=/usr/bin/x\n',
      '[Service]\n\tExecStart=/usr/bin/x\n\n\tLockPersonality=yes\n\tPrivateTmp=yes\n',
    ],
    [
      'CRLF',
      '[Service]\r\nExecStart=/usr/bin/x\r\n',
      '[Service]\r\nExecStart=/usr/bin/x\r\n\r\nLockPersonality=yes\r\nPrivateTmp=yes\r\n',
    ],
    [
      'CR',
      '[Service]\rExecStart=/usr/bin/x\r',
      '[Service]\rExecStart=/usr/bin/x\r\rLockPersonality=yes\rPrivateTmp=yes\r',
    ],
    [
      'no final newline',
      '[Service]\nExecStart=/usr/bin/x',
      '[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'a line that the end of the file left continued',
      '[Service]\nExecStart=/usr/bin/x \\',
      '[Service]\nExecStart=/usr/bin/x \\\n\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'the same with a newline',
      '[Service]\nExecStart=/usr/bin/x \\\n',
      '[Service]\nExecStart=/usr/bin/x \\\n\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'several sections',
      '[Service]\nExecStart=/usr/bin/x\n\n[Service]\nUser=a\n',
      '[Service]\nExecStart=/usr/bin/x\n\n[Service]\nUser=a\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'comments behind the last line stay behind',
      '[Service]\nExecStart=/usr/bin/x\n# end\n',
      '[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n# end\n',
    ],
    [
      'a byte order mark',
      '\uFEFF[Service]\nExecStart=/usr/bin/x\n',
      '\uFEFF[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'bytes that are not UTF-8 in a comment',
      '# \uDCE9\n[Service]\nExecStart=/usr/bin/x\n',
      '# \uDCE9\n[Service]\nExecStart=/usr/bin/x\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'one that is there',
      '[Service]\nExecStart=/usr/bin/x\nLockPersonality=1\n',
      '[Service]\nExecStart=/usr/bin/x\nLockPersonality=1\nPrivateTmp=yes\n',
    ],
    [
      'nothing in a unit that does not load',
      '[Service]\nExecStart=/usr/bin/x\n[Install\n',
      '[Service]\nExecStart=/usr/bin/x\n[Install\n',
    ],
    ['nothing without the section', '[Unit]\nDescription=x\n', '[Unit]\nDescription=x\n'],
  ]
  test.each(cases)('%s', (_name, before, after) => {
    expect(fix(before, two)).toBe(after)
    expect(fix(after, two)).toBe(after)
  })
})

describe('values', () => {
  test('what an author switched off stays off, unless unsafe fixes may', () => {
    expect(fix('[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\n', ['private-tmp'])).toBe(
      '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\n',
    )
    expect(
      fix('[Service]\nExecStart=/usr/bin/x\nPrivateTmp = no\n', ['private-tmp'], 'unsafe'),
    ).toBe('[Service]\nExecStart=/usr/bin/x\nPrivateTmp = yes\n')
  })

  test('a value that systemd ignores is followed by one that counts, its comment kept', () => {
    expect(fix('[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes # really\n', ['private-tmp'])).toBe(
      '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=yes # really\nPrivateTmp=yes\n',
    )
  })

  test('lines that go together are added behind what would take one of them back', () => {
    const text = '[Service]\nExecStart=/usr/bin/x\nIPAddressAllow=\nIPAddressDeny=\n'
    expect(fix(text, ['ip-address-deny'], 'unsafe')).toBe(`${text}IPAddressDeny=any\n`)
    const local = `[Unit]\nAfter=postgresql.service\n\n${text}`
    expect(fix(local, ['ip-address-deny'], 'unsafe')).toBe(
      `${local}IPAddressAllow=localhost\nIPAddressDeny=any\n`,
    )
  })

  test('a stronger line makes a weaker one needless', () => {
    expect(fix('[Service]\nExecStart=/usr/bin/x\n', ['private-devices', 'device-policy'])).toBe(
      '[Service]\nExecStart=/usr/bin/x\n\nPrivateDevices=yes\n',
    )
  })
})

test('any text: fixing is idempotent, throws nothing, and only adds lines when it only has safe additions to make', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '[Service]',
      '[Unit]',
      '[Install]',
      '',
      '# c',
      'ExecStart=/usr/bin/x',
      'ExecStart=/bin/sh -c "echo >/sys/x"',
      'User=a',
      'PrivateTmp=no',
      'PrivateTmp=yes # c',
      'X=\\',
      '  Y = z \\',
      '[X',
      'SystemCallFilter=@system-service',
      'SystemCallFilter=',
      'CapabilityBoundingSet=~CAP_CHOWN',
      'RestrictNamespaces=net',
      'ProtectSystem=full',
      'UMask=0002',
      'DynamicUser=yes',
      'DefaultDependencies=no',
      'IPAddressDeny=any',
      'ProtectHome=read-only',
    ),
    fc.string({maxLength: 12}),
  )
  const all = rules.map(({id}) => id)
  fc.assert(
    fc.property(
      fc.array(line, {maxLength: 15}),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.constantFrom('safe' as const, 'unsafe' as const),
      (lines, end, last, fixes) => {
        const text = lines.join(end) + (last ? end : '')
        const file = new VFile({path: 'example.service', value: text})
        lint(file, options(all, fixes))
        for (const message of file.messages)
          expect(message.fatal, `${message.reason}\n${String(message.cause)}`).toBe(false)
        const fixed = String(file.value)
        expect(fix(fixed, all, fixes)).toBe(fixed)
      },
    ),
    {numRuns: times(300)},
  )
})
