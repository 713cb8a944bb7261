import {stripVTControlCharacters} from 'node:util'
import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {report} from '../../src/reporters/index.ts'
import {printable} from '../../src/reporters/printable.ts'
import {anyFile, anyText} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'
import type {Said} from './files.ts'

const hardening: Said[] = [
  missing('LockPersonality=yes', 'safe'),
  missing('MemoryDenyWriteExecute=yes', 'unsafe'),
  missing('NoNewPrivileges=yes', 'safe'),
  missing('PrivateDevices=yes', 'safe'),
  missing('PrivateNetwork=yes', 'unsafe'),
  missing('PrivateTmp=yes', 'safe'),
  missing('PrivateUsers=yes'),
  missing('ProtectClock=yes', 'safe'),
  missing('ProtectHome=yes', 'safe', 'ProtectHome=read-only'),
  missing('RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6', 'unsafe'),
  missing('UMask=0077', 'suggestion'),
]

describe('says nothing', () => {
  test('of clean files', async () => {
    expect(await report('stylish', [], context())).toBe('')
    expect(
      await report(
        'stylish',
        [linted('a.service', bareService, [], {exposure: {target: '252', before: 92, after: 92}})],
        context(),
      ),
    ).toBe('')
  })

  test('of warnings and of what was fixed, when quiet', async () => {
    const file = linted('a.service', bareService, hardening, {
      exposure: {target: '252', before: 92, after: 16},
      applied: ['umask'],
    })
    expect(await report('stylish', [file], context({quiet: true, fixed: true}))).toBe('')
  })
})

test('one message', async () => {
  expect(
    await report(
      'stylish',
      [linted('units/a.service', bareService, [missing('PrivateTmp=yes', 'safe')])],
      context(),
    ),
  ).toBe(
    `
units/a.service:4:1
4:1-4:10 warning Expected \`PrivateTmp=yes\` private-tmp

⚠ 1 warning in 1 file; 1 fixable with --fix`.trimStart(),
  )
})

test('a few messages: the worst first, and then in the order of their places', async () => {
  const messages: Said[] = [
    {
      text: 'Unexpected `ExecStart=/usr/bin/example`, expected a program that is there',
      at: execStart,
      severity: 2,
      ruleId: 'exec-start',
    },
    missing('PrivateTmp=yes', 'safe'),
    missing('ProtectHome=yes', 'unsafe'),
    missing('LockPersonality=yes'),
  ]
  expect(await report('stylish', [linted('a.service', bareService, messages)], context())).toBe(
    `
a.service:5:1
5:1-5:27 error   Unexpected \`ExecStart=/usr/bin/example\`, expected a program that exec-start
                 is there
4:1-4:10 warning Expected \`LockPersonality=yes\`                                   lock-personality
4:1-4:10 warning Expected \`PrivateTmp=yes\`                                        private-tmp
4:1-4:10 warning Expected \`ProtectHome=yes\`                                       protect-home

✖ 1 error, 3 warnings in 1 file; 1 fixable with --fix, 1 more with --unsafe-fixes`.trimStart(),
  )
})

test('many additions at one place are one message', async () => {
  const file = linted('a.service', bareService, hardening, {
    exposure: {target: '252', before: 92, after: 16},
  })
  expect(await report('stylish', [file], context({columns: 80}))).toBe(
    `
a.service:4:1
4:1-4:10 warning Expected 11 more options in \`[Service]\`
                 --fix adds 6: LockPersonality, NoNewPrivileges,
                   PrivateDevices, PrivateTmp, ProtectClock, ProtectHome
                 --unsafe-fixes adds 3 more: MemoryDenyWriteExecute,
                   PrivateNetwork, RestrictAddressFamilies
                 left to you, 2: PrivateUsers, UMask
         info    exposure 9.2 UNSAFE -> 1.6 OK after --fix (systemd 252)

⚠ 11 warnings in 1 file; 6 fixable with --fix, 3 more with --unsafe-fixes`.trimStart(),
  )
})

test('additions apart: by place and severity, and what says more than an addition', async () => {
  const elsewhere = (text: string): Said => ({text, at: execStart, severity: 2})
  const messages: Said[] = [
    ...hardening.slice(0, 4),
    ...hardening.slice(4, 8).map((said) => ({...said, severity: 2 as const})),
    ...['A', 'B', 'C', 'D'].map((key) => elsewhere(`Expected \`${key}=\` or stricter`)),
    elsewhere('Expected `E=1`, the service needs it'),
    elsewhere('Unexpected `F=1`, expected `2`'),
  ]
  expect(await report('stylish', [linted('a.service', bareService, messages)], context())).toBe(
    `
a.service:4:1
4:1-4:10 error   Expected 4 more options in \`[Service]\`
                 --fix adds 2: PrivateTmp, ProtectClock
                 --unsafe-fixes adds 1 more: PrivateNetwork
                 left to you, 1: PrivateUsers
5:1-5:27 error   Expected 4 more options
                 left to you, 4: A, B, C, D
5:1-5:27 error   Expected \`E=1\`, the service needs it
                 | ExecStart=/usr/bin/example
5:1-5:27 error   Unexpected \`F=1\`, expected \`2\`
4:1-4:10 warning Expected 4 more options in \`[Service]\`
                 --fix adds 3: LockPersonality, NoNewPrivileges, PrivateDevices
                 --unsafe-fixes adds 1 more: MemoryDenyWriteExecute

✖ 10 errors, 4 warnings in 1 file; 5 fixable with --fix, 2 more with --unsafe-fixes`.trimStart(),
  )
})

test('the line of a problem, with its place marked: cut where there is no room, and none for information', async () => {
  const value = `[Service]\n\tKey=${'a'.repeat(60)}\u001B[2J "x ${'b'.repeat(60)}\nShort=日本 x\n`
  const place = (words: string): readonly [number, number] => [
    value.indexOf(words),
    value.indexOf(words) + words.length,
  ]
  const messages: Said[] = [
    {text: 'Unexpected quote', at: place('"x'), severity: 2},
    {text: 'Unexpected key', at: place('Key'), severity: 2},
    {text: 'Unexpected word', at: place('x\n'), severity: 1},
    {text: 'Unexpected line `Short=日本 x`', at: place('Short=日本 x')},
    {text: 'Told', at: place('Key'), severity: 0},
  ]
  expect(
    await report('stylish', [linted('a.service', value, messages)], context({columns: 60})),
  ).toBe(
    `
a.service:2:2
2:2-2:5   error   Unexpected key
                  | Key=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
                  | ^^^
2:71-2:73 error   Unexpected quote
                  | …aaaaaaaaaaa\\x1b[2J "x bbbbbbbbbbbbbbbb…
                  |                     ^^
3:1-3:11  warning Unexpected line \`Short=日本 x\`
3:10-4:1  warning Unexpected word
                  | Short=日本 x
                  |            ^
2:2-2:5   info    Told

✖ 2 errors, 2 warnings in 1 file`.trimStart(),
  )
})

test('targets are named only where they differ', async () => {
  const run = {
    units: 1,
    targets: ['252', '257'],
    skipped: new Map<string, number>(),
    isPartial: false,
  }
  const messages = ['A', 'B', 'C', 'D', 'E'].map((key): Said => ({
    text: `Expected \`${key}=1\` (${key === 'B' ? '257' : '252, 257'})`,
    at: [0, 6],
  }))
  const text = await report(
    'stylish',
    [
      linted('a.service', bareService, [
        ...messages,
        {text: 'Unexpected `x` (252)', at: execStart},
      ]),
    ],
    context({run}),
  )
  expect(text).toContain('left to you, 5: A, B (257), C, D, E\n')
  expect(text).toContain('Unexpected `x` (252)\n')
  expect(text).toMatch(/ · 1 unit for systemd 252 and systemd 257$/)
})

test('a rule leads to its page where the terminal can', async () => {
  const files = [
    linted('a.service', bareService, [
      {text: 'Unexpected `ExecStart=/usr/bin/example`', at: execStart, ruleId: 'x'},
    ]),
  ]
  const links = (id: string): string => `file:///docs/${id}.md`
  const text = await report('stylish', files, context({links}))
  expect(text).toContain('\u001B]8;;file:///docs/x.md\u0007x\u001B]8;;\u0007')
  expect(text.replaceAll(/\u001B\]8;;[^\u0007]*\u0007/g, '')).toBe(
    await report('stylish', files, context()),
  )
})

test('what was fixed, and what is left', async () => {
  const files = [
    linted('b.service', bareService, [], {
      exposure: {target: 'debian-13', before: 94, after: 0},
      applied: ['umask', 'private-tmp'],
    }),
    linted('a.service', bareService, [missing('ProtectHome=yes', 'unsafe')], {
      exposure: {target: '252', before: 78, after: 50},
      applied: ['umask'],
    }),
    linted('clean.service', bareService, [], {exposure: {target: '252', before: 16, after: 16}}),
  ]
  expect(await report('stylish', files, context({fixed: true}))).toBe(
    `
a.service:4:1
4:1-4:10 warning Expected \`ProtectHome=yes\`                                protect-home
         info    1 fixed; exposure 7.8 EXPOSED -> 5.0 MEDIUM (systemd 252)

b.service
         info    2 fixed; exposure 9.4 UNSAFE -> 0.0 PERFECT (debian-13)

✔ 3 problems fixed in 2 files
⚠ 1 warning in 1 file; 1 fixable with --fix --unsafe-fixes`.trimStart(),
  )
  expect(await report('stylish', files.slice(0, 1), context({fixed: true}))).toBe(
    `
b.service
 info 2 fixed; exposure 9.4 UNSAFE -> 0.0 PERFECT (debian-13)

✔ 2 problems fixed in 1 file`.trimStart(),
  )
})

test.each([
  [0, '0.0 PERFECT'],
  [1, '0.1 SAFE'],
  [9, '0.9 SAFE'],
  [10, '1.0 OK'],
  [49, '4.9 OK'],
  [50, '5.0 MEDIUM'],
  [74, '7.4 MEDIUM'],
  [75, '7.5 EXPOSED'],
  [89, '8.9 EXPOSED'],
  [90, '9.0 UNSAFE'],
  [99, '9.9 UNSAFE'],
  [100, '10.0 DANGEROUS'],
])('exposure of %i tenths: %s', async (tenths, words) => {
  const file = linted('a.service', bareService, [missing('PrivateTmp=yes')], {
    exposure: {target: '252', before: tenths, after: tenths},
  })
  expect(await report('stylish', [file], context())).toContain(`exposure ${words} (systemd 252)\n`)
})

test('files that cannot be read, and rules that fail, with what failed', async () => {
  const unreadable = Object.assign(new Error('EACCES'), {code: 'EACCES'})
  const crash = Object.assign(new TypeError('boom'), {
    stack: 'TypeError: boom\u001B[2J\r\n    at check (rule.js:1:1)',
  })
  const files = [
    linted('-', bareService, [
      {text: 'Rule `x` failed: boom', fatal: true, ruleId: 'x', cause: crash},
    ]),
    linted('gone\n.service', '', [
      {text: 'Cannot read it: EACCES', fatal: true, cause: unreadable},
    ]),
  ]
  expect(await report('stylish', files, context({quiet: true}))).toBe(
    `
<stdin>
 error Rule \`x\` failed: boom  x
  [cause]:
    TypeError: boom\\x1b[2J
    at check (rule.js:1:1)

gone\\x0a.service
 error Cannot read it: EACCES

✖ 2 errors in 2 files`.trimStart(),
  )
})

test('long messages are cut, wide characters count', async () => {
  const messages: Said[] = [
    {text: `Unexpected \`${'日本'.repeat(20)}\`, expected another`, at: [0, 6], ruleId: 'wide'},
    {text: `Unexpected \`${'x'.repeat(10_000)}`, at: execStart, ruleId: 'long'},
  ]
  const text = await report(
    'stylish',
    [linted('a.service', bareService, messages)],
    context({columns: 60}),
  )
  expect(text.split('\n').slice(0, 4)).toEqual([
    'a.service:1:1',
    '1:1-1:7  warning Unexpected wide',
    `                 \`${'日本'.repeat(10)}日`,
    `                 本${'日本'.repeat(9)}\`,`,
  ])
  expect(text).toContain('x…\n')
  expect(text.length).toBeLessThan(1500)
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60)
})

test('colour is as the context says, and changes nothing else', async () => {
  const files = [
    linted(
      'a.service',
      bareService,
      [...hardening, {text: 'Unexpected `b`', at: [0, 6], severity: 2}],
      {exposure: {target: '252', before: 92, after: 16}},
    ),
  ]
  const plain = await report('stylish', files, context({color: false}))
  const colored = await report('stylish', files, context({color: true}))
  expect(plain).not.toContain('\u001B')
  expect(colored).toContain('\u001B[31m9.2 UNSAFE\u001B[39m')
  expect(stripVTControlCharacters(colored)).toBe(plain)
})

test('a line ends at the width of the terminal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 75, max: 200}),
      fc.subarray(hardening),
      fc.array(fc.lorem({maxCount: 40})),
      async (columns, some, texts) => {
        const messages = [
          ...some,
          ...texts.map((text): Said => ({text, at: execStart, ruleId: 'some-rule'})),
        ]
        const text = await report(
          'stylish',
          [linted('a.service', bareService, messages)],
          context({columns}),
        )
        for (const line of text.split('\n').slice(0, -1))
          expect(line.length).toBeLessThanOrEqual(columns)
      },
    ),
  )
})

test('says every message', async () => {
  const words = (text: string): string => text.replaceAll(/\s/g, '')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({maxLength: 200}), {minLength: 1}), async (texts) => {
      const messages = texts.map((text): Said => ({text: `Unexpected \`${text}\``, at: execStart}))
      const text = await report('stylish', [linted('a.service', bareService, messages)], context())
      for (const said of messages) expect(words(text)).toContain(words(printable(said.text)))
      expect(text).toContain(`⚠ ${texts.length} warning`)
    }),
  )
})

test('nothing from a file reaches the terminal raw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFile, {maxLength: 3}),
      fc.boolean(),
      fc.boolean(),
      anyText,
      async (files, fixed, quiet, more) => {
        const all = [
          ...files,
          linted(
            'a.service',
            `[${more}]`,
            ['A', 'B', 'C', 'D'].map((key) => ({
              text: `Expected \`${key}=${more}\``,
              at: [0, more.length + 2] as const,
            })),
          ),
        ]
        const text = await report('stylish', all, context({fixed, quiet}))
        expect(text).not.toMatch(
          /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/,
        )
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text)
      },
    ),
  )
})

test('hundreds of files', async () => {
  const files = Array.from({length: 300}, (_, index) =>
    linted(`units/${index}.service`, bareService, [...hardening, ...hardening, ...hardening]),
  )
  const text = await report('stylish', files, context())
  expect(text).toMatch(
    /\n⚠ 9900 warnings in 300 files; 5400 fixable with --fix, 2700 more with --unsafe-fixes$/,
  )
})
