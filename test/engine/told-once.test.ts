import {describe, expect, test} from 'vitest'
import {presetOptions} from '../../configs/options.ts'
import {judge} from '../../src/engine/judge.ts'
import type {Finding, Judgement, LintOptions} from '../../src/index.ts'

/** What a preset makes of a unit alone. */
function judged(
  text: string,
  {
    name = 'example.service',
    preset = 'recommended',
    ...more
  }: Partial<LintOptions> & {name?: string; preset?: string} = {},
): Judgement {
  const options = presetOptions(preset)
  if (!options) throw new Error(`Expected the preset ${preset}`)
  return judge({files: [{path: name, text}]}, {...options, ...more})
}

/** The errors and warnings, by line and rule. */
function told(text: string, how?: Parameters<typeof judged>[1]): readonly string[] {
  return counting(judged(text, how)).map(({position, ruleId}) => `${position.start.line} ${ruleId}`)
}

function counting({files}: Judgement): readonly Finding[] {
  return files.flatMap(({findings}) => findings).filter(({severity}) => severity > 0)
}

const service = '[Service]\nExecStart=/usr/bin/example\n'

describe('one mistake is one finding', () => {
  test.each<[name: string, text: string, found: readonly string[], name?: string]>([
    ['a comment behind a user', `${service}User=example # ours\n`, ['3 no-trailing-comment']],
    [
      'a comment behind groups',
      `${service}SupplementaryGroups=a b # ours\n`,
      ['3 no-trailing-comment'],
    ],
    [
      'a comment behind capabilities',
      `${service}CapabilityBoundingSet=CAP_KILL # for its children\n`,
      ['3 no-trailing-comment'],
    ],
    [
      'a comment of another language behind a target',
      `${service}[Install]\nWantedBy=multi-user.target ; as usual\n`,
      ['4 no-trailing-comment'],
    ],
    ['a comment behind a word', `${service}Restart=always # again\n`, ['3 no-invalid-value']],
    [
      'a comment that makes another name',
      '[Mount]\nWhat=/dev/sdb1\nWhere=/mnt/data # the disk\n',
      ['3 no-trailing-comment'],
      'mnt-data.mount',
    ],
    ['an instance of none', `${service}User=%i\n`, ['3 no-invalid-value']],
    ['a misspelt section', '[Servcie]\nExecStart=/usr/bin/example\n', ['1 no-unknown-section']],
    ['a section without a name', '[]\nExecStart=/usr/bin/example\n', ['1 no-unknown-section']],
    [
      'commands that are taken back',
      '[Service]\nExecStart=/usr/bin/example\nExecStart=\n',
      ['3 no-refused-unit'],
    ],
    [
      'times that are taken back',
      '[Timer]\nOnCalendar=daily\nOnCalendar=\n',
      ['3 no-refused-unit'],
      'example.timer',
    ],
    [
      'places that are taken back',
      `${service}ReadWritePaths=/a\nReadWritePaths=\n`,
      ['3 no-overridden-value'],
    ],
    ['a misspelt command', '[Service]\nExecStrat=/usr/bin/example\n', ['2 no-unknown-directive']],
    [
      'a command with a colon',
      '[Service]\nExecStart: /usr/bin/example --config=/etc/example\n',
      ['2 no-unknown-directive'],
    ],
    ['a command without a sign', '[Service]\nExecStart /usr/bin/example\n', ['2 no-ignored-line']],
    ['a command elsewhere', '[Unit]\nExecStart=/usr/bin/example\n', ['2 no-misplaced-directive']],
    [
      'a command that is a part of the line before',
      '[Service]\nRestart=always \\\nExecStart=/usr/bin/example\n',
      ['2 no-invalid-value'],
    ],
    [
      'a header that is missing',
      '[Unit]\nDescription=Example\nType=simple\nExecStart=/usr/bin/example\nRestart=always\n',
      ['3 no-misplaced-directive'],
    ],
    [
      'half a header',
      '[Unit]\nDescription=Example\nService]\nType=simple\nExecStart=/usr/bin/example\n',
      ['3 no-ignored-line'],
    ],
    [
      'a script of a shell',
      '#!/bin/sh\nset -e\nif [ -f /etc/example ]; then\n  [ -x /usr/bin/a ] && A=b\nfi\n[ "$1" = x ] && exit\n',
      ['1 no-ignored-line'],
    ],
    ['a script of Python', '#!/usr/bin/env python3\nimport os\nx = 1\n', ['1 no-ignored-line']],
    [
      'a date that no timer can read',
      '[Timer]\nOnCalendar=evry day\nPersistent=yes\n[Install]\nWantedBy=timers.target\n',
      ['2 no-invalid-value'],
      'example.timer',
    ],
    [
      'a name on the bus that is none',
      '[Service]\nType=dbus\nBusName=example\nExecStart=/usr/bin/example\n',
      ['3 no-invalid-value'],
    ],
    [
      'what is missing for a misspelt line',
      '[Service]\nType=oneshot\nRemainAfterExti=yes\nExecStart=/usr/bin/example-rules load\nExecStop=/usr/bin/example-rules flush\n',
      ['3 no-unknown-directive'],
    ],
    [
      'a target that is misspelt',
      `[Unit]\nWants=network-online.target\nAfter=network-onilne.target\n${service}`,
      ['3 no-misspelt-unit'],
    ],
    [
      'capabilities for a misspelt one',
      `${service}User=example\nCapabilityBoundingSet=CAP_NET_BIND\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n`,
      ['4 no-skipped-value'],
    ],
    [
      'quotes around a command',
      '[Service]\nExecStart="example --fast /srv"\n',
      ['2 no-quoted-command'],
    ],
    [
      'quotes around a list',
      `[Unit]\nAfter="a.service b.service"\n${service}`,
      ['2 no-invalid-value'],
    ],
    [
      'quotes of a text editor around a list',
      `[Unit]\nAfter=\u201Ca.service b.service\u201D\n${service}`,
      ['2 no-invalid-value'],
    ],
    [
      'minutes that are months',
      '[Timer]\nOnCalendar=hourly\nRandomizedDelaySec=5M\n[Install]\nWantedBy=timers.target\n',
      ['3 no-ambiguous-time'],
      'example.timer',
    ],
  ])('%s', (_name, text, found, name) => {
    expect(told(text, name === undefined ? {} : {name})).toEqual(found)
  })

  test('and two mistakes are two', () => {
    expect(told('[Servcie]\nExecStart=/usr/bin/example\n[Unit]\nFoo=bar\n')).toEqual([
      '1 no-unknown-section',
      '4 no-unknown-directive',
    ])
    // Nothing that is told would be its command.
    expect(told('[Service]\nPrivatTmp=yes\n')).toEqual([
      '1 no-refused-unit',
      '2 no-unknown-directive',
    ])
    // The line for it counts.
    expect(
      told(
        `[Service]\nType=oneshot\nExecStrat=/bin/x\nExecStart=/usr/bin/up\nExecStop=/usr/bin/down\nPrivatTmp=yes\n`,
      ),
    ).toEqual(['3 no-unknown-directive', '5 no-immediate-stop', '6 no-unknown-directive'])
  })

  test('but what systemd says is told all of it by `verify`', () => {
    expect(told('[Servcie]\nExecStart=/usr/bin/example\n', {preset: 'verify'})).toEqual([
      '1 no-refused-unit',
      '1 no-unknown-section',
    ])
    expect(told(`${service}User=example # ours\n`, {preset: 'verify'})).toEqual([
      '3 no-warned-line',
    ])
    const headless = '[Unit]\nType=simple\nExecStart=/usr/bin/example\n'
    expect(told(headless, {preset: 'verify'})).toEqual([
      '1 no-refused-unit',
      '2 no-misplaced-directive',
      '3 no-misplaced-directive',
    ])
  })

  test('nor is it silent where the other rule is off', () => {
    const rules = (presetOptions('recommended')?.rules ?? []).filter(
      ({rule}) => rule.id !== 'no-trailing-comment',
    )
    expect(told(`${service}User=example # ours\n`, {rules})).toEqual(['3 no-warned-line'])
    const suppressed = `[Service]\nExecStart=/usr/bin/example\n# unitlint-disable-next-line no-trailing-comment\nUser=example # ours\n`
    expect(told(suppressed)).toEqual(['4 no-warned-line'])
  })
})

describe('a unit that does not load', () => {
  const broken = "[Service]\nExecStart=/usr/bin/example '--name\n"

  test('is not asked to be hardened', () => {
    for (const preset of ['recommended', 'hardened', 'strict'])
      expect(
        judged(broken, {preset}).files.flatMap(({findings}) => findings.map(({ruleId}) => ruleId)),
      ).toEqual(['no-invalid-value'])
  })

  test('is, where nobody tells that it does not', () => {
    const rules = (presetOptions('recommended')?.rules ?? []).filter(
      ({rule}) => rule.id !== 'no-invalid-value',
    )
    expect(judged(broken, {rules}).files[0]?.findings.length).toBeGreaterThan(10)
    // What stands for something else is filled in before systemd reads it.
    expect(
      judged('[Service]\nExecStart=@bindir@/example\n').files[0]?.findings.length,
    ).toBeGreaterThan(10)
  })

  test('is hardened once it loads, in the same run', () => {
    const mended = '[Service]\nExecStart=/usr/bin/example --name\n'
    const fixed = (text: string): string | undefined => judged(text, {fix: 'unsafe'}).files[0]?.text
    expect(fixed(broken)).toMatch('ProtectClock=')
    expect(fixed(broken)).toBe(fixed(mended))
    // What a run would leave is told the same way.
    const headless = '[Servcie]\nExecStart=/usr/bin/example\n'
    const both = judged(headless, {fix: 'unsafe', preset: 'strict'}).files[0]?.text
    const apart = judged(service, {fix: 'unsafe', preset: 'strict'}).files[0]?.text
    expect(both).toBe(apart)
  })
})
