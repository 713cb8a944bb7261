import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {gzipSync} from 'node:zlib'
import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {answer} from '../../docs/playground/answers.ts'
import type {Answer, Question} from '../../docs/playground/answers.ts'
import {examples} from '../../docs/playground/examples.ts'
import {hoverAt} from '../../docs/playground/hover.ts'
import {fromFragment, toFragment} from '../../docs/playground/link.ts'
import {rules} from '../../rules/index.ts'
import {buildPlayground} from '../../src/dev/site/playground.ts'
import {parts} from '../../src/dev/site/playground-parts.ts'
import {namesOf, split} from '../../src/dev/site/split.ts'
import type {PlaygroundSplit} from '../../src/dev/site/split.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {BuiltCore} from './playground-core.ts'

const wants = {plan: true, fix: 'safe'} as const

interface Entry {
  readonly filePath: string
  readonly messages: ReadonlyArray<{
    ruleId: string
    severity: number
    message: string
    line: number
  }>
}

/** What the command says of files, and what its fixes make of them. */
async function commanded(files: Record<string, string>, flags: readonly string[]) {
  const cwd = makeFolder(files)
  const all = ['--no-config', ...flags, '.']
  const {stdout} = await cli(['-f', 'json', ...all], {cwd})
  const told = (JSON.parse(stdout) as Entry[]).flatMap(({filePath, messages}) =>
    messages.map(
      ({ruleId, severity, message, line}) => `${filePath}:${line} ${ruleId} ${severity} ${message}`,
    ),
  )
  const {stdout: after} = await cli(['-f', 'json', '--fix', ...all], {cwd})
  expect(after).not.toBe('')
  return {
    // The command folds hardening to a line where it is information.
    told: told.filter((line) => !/ 0 /.test(line)).toSorted(),
    fixed: Object.fromEntries(
      Object.keys(files).map((name) => [name, readFileSync(`${cwd}/${name}`, 'utf8')]),
    ),
  }
}

function said({findings}: Answer): string[] {
  const lines = findings.flatMap(({file, line, ruleId, severity, message}) =>
    severity === 0 ? [] : [`${file}:${line} ${ruleId} ${severity} ${message}`],
  )
  return lines.toSorted()
}

test.each(Object.entries(examples))(
  'says of "%s" what the command says, and fixes as it does',
  async (_name, {files, active, preset, targets}) => {
    const {told, fixed} = await commanded(files, [
      '--preset',
      preset,
      ...(targets[0] === '' ? [] : ['--target', targets[0]]),
    ])
    const shown = answer({files, active, preset, targets, wants})
    expect(said(shown)).toEqual(told)
    expect(shown.fixed).toEqual(fixed)
  },
)

describe('what is built', () => {
  let built: PlaygroundSplit
  let opened: BuiltCore | undefined
  beforeAll(async () => {
    built = await split()
  }, 60_000)
  afterEach(async () => opened?.end())

  const service = (...lines: string[]): string => `[Service]\n${lines.join('\n')}\n`
  const starts = 'ExecStart=/usr/bin/a'

  /** Units that need a part, which its first lint is without. */
  const needing: ReadonlyArray<
    readonly [what: string, part: string, files: Record<string, string>]
  > = [
    [
      'a shell',
      'shell',
      {
        'a.service': service(
          `ExecStart=/bin/sh -c 'curl -s https://x/y > /var/lib/z; rm -rf /tmp/q'`,
        ),
      },
    ],
    ['a pipe without a shell', 'shell', {'a.service': service(`${starts} | tee /var/log/a`)}],
    ['a limit', 'rare', {'a.service': service(starts, 'LimitNOFILE=many')}],
    ['processors', 'rare', {'a.service': service(starts, 'CPUAffinity=0-3 x')}],
    ['a credential', 'rare', {'a.service': service(starts, 'LoadCredential=a/b:c')}],
    ['a device', 'rare', {'a.service': service(starts, 'DeviceAllow=/dev/null q')}],
    ['an image', 'rare', {'a.service': service(starts, 'MountImages=x')}],
    ['a bound path', 'rare', {'a.service': service(starts, 'BindPaths=x:y')}],
    ['a program of BPF', 'rare', {'a.service': service(starts, 'BPFProgram=x')}],
    ['a filter of dumps', 'rare', {'a.service': service(starts, 'CoredumpFilter=odd')}],
    ['an address', 'rare', {'a.socket': '[Socket]\nListenStream=300.1.1.1:x\n'}],
    [
      'a circle',
      'rare',
      {
        'a.service': `[Unit]\nAfter=b.service\nRequires=b.service\n${service(starts)}`,
        'b.service': `[Unit]\nAfter=a.service\nRequires=a.service\n${service(starts)}`,
      },
    ],
    ['a container', 'rare', {'a.container': '[Container]\nPull=never\n'}],
  ]

  test.each(needing)(
    'of %s the core says what the command says, once it has the part "%s"',
    async (_what, part, files) => {
      opened = new BuiltCore(built)
      const question: Question = {
        files,
        active: Object.keys(files)[0] ?? '',
        preset: 'hardened',
        targets: ['', ''],
        wants,
      }
      const {told, missing} = await opened.ask({kind: 'judge', question, rule: undefined})
      expect(missing).toContain(part)
      if (told.kind !== 'judge') throw new Error('Expected an answer')
      expect(told.answer).toEqual(answer(question))
      const its = await commanded(files, ['--preset', 'hardened'])
      expect(its.told).not.toEqual([])
      expect(said(told.answer)).toEqual(its.told)
      expect(told.answer.fixed).toEqual(its.fixed)
    },
    60_000,
  )

  test('the first lint of the page needs no part', async () => {
    opened = new BuiltCore(built)
    const [first] = Object.values(examples)
    const {targets, ...rest} = first!
    const question: Question = {...rest, targets, wants: {plan: false, fix: undefined}}
    const {told, missing} = await opened.ask({kind: 'judge', question, rule: undefined})
    expect(told).toMatchObject({kind: 'judge', answer: answer(question)})
    expect(missing).toEqual([])
  })

  test('a plan, a word that is pointed at and a rule that is typed come with their parts', async () => {
    opened = new BuiltCore(built)
    const shop = examples['A web service, bare']!
    const question: Question = {...shop, wants: {plan: true, fix: undefined}}
    const planned = await opened.ask({kind: 'judge', question, rule: undefined})
    expect(planned.missing).toContain('plan')
    expect(planned.told).toMatchObject({kind: 'judge', answer: answer(question)})
    const text = shop.files[shop.active]!
    const offset = text.indexOf('Restart=')
    const hovered = await opened.ask({kind: 'hover', text, offset})
    expect(hovered.missing).toEqual(['hover'])
    expect(hovered.told).toMatchObject({kind: 'hover', hover: hoverAt(text, offset, rules)})
    const {rule, ...own} = examples['A rule of your own']!
    const ruled = await opened.ask({kind: 'judge', question: {...own, wants}, rule})
    expect(ruled.missing).toContain('rule')
    expect(ruled.told).toMatchObject({kind: 'judge', ruleFault: undefined})
    const without = said(answer({...own, wants}))
    const more = ruled.told.kind === 'judge' ? said(ruled.told.answer) : []
    expect(more.filter((line) => !without.includes(line))).toHaveLength(1)
    expect(more).toEqual(expect.arrayContaining(without))
  }, 60_000)

  test('all of it says of what is bad to any rule what the sources say', async () => {
    opened = new BuiltCore(built, Object.keys(built.parts))
    const all = rules.flatMap(({examples: {bad}}) => bad)
    for (const example of all) {
      const {
        name,
        unit,
        others = {},
      } = typeof example === 'string' ? {name: 'app.service', unit: example} : example
      const question: Question = {
        files: {[name]: unit, ...others},
        active: name,
        preset: 'strict',
        targets: ['', ''],
        wants: {plan: false, fix: undefined},
      }
      const {told, missing} = await opened.ask({kind: 'judge', question, rule: undefined})
      expect(missing).toEqual([])
      expect(told.kind === 'judge' ? told.answer : told).toEqual(answer(question))
    }
    expect(all.length).toBeGreaterThan(150)
  }, 300_000)

  test('what stands in for a part stands for functions', async () => {
    for (const module of Object.values(parts).flat()) {
      if (module.startsWith('rules/')) continue
      const its = (await import(module.includes('/') ? `../../${module}` : module)) as Readonly<
        Record<string, unknown>
      >
      const names = await namesOf(module)
      expect(names.length).toBeGreaterThan(0)
      for (const name of names) expect([module, name, typeof its[name]]).toContain('function')
    }
  })
})

test('places of findings are those of the text, and a plan goes down', () => {
  const {files, ...rest} = examples['Faults']!
  const {findings, plan} = answer({files, ...rest, wants})
  const found = findings.find(({ruleId}) => ruleId === 'no-unknown-directive')!
  expect(files[found.file]!.slice(found.from, found.to)).toBe('PrivatTmp')
  expect(plan).toEqual([])
  const shop = examples['A web service, bare']!
  const totals = answer({...shop, wants}).plan!.map(({total}) => total)
  expect(totals.length).toBeGreaterThan(10)
  expect(totals.toSorted((a, b) => b - a)).toEqual(totals)
})

test('a drop-in is judged with its unit, alone where that is not there, and what is no unit is left out', () => {
  const files = {
    'a.service': '[Service]\nExecStart=/usr/bin/a\n',
    'a.service.d/x.conf': '[Service]\nPrivateTmp=maybe\n',
    'b.service.d/x.conf': 'junk\n',
    'c.txt': 'x',
  }
  const question: Question = {
    files,
    active: 'a.service.d/x.conf',
    preset: 'recommended',
    targets: ['', '262'],
    wants,
  }
  const {findings, exposures, beside} = answer(question)
  expect(
    findings.filter(({severity}) => severity > 0).map(({file, ruleId}) => `${file} ${ruleId}`),
  ).toEqual(['a.service.d/x.conf no-invalid-value', 'b.service.d/x.conf no-ignored-line'])
  expect(exposures.map(({target}) => target)).toEqual(['252', '262'])
  expect(beside?.map(({ruleId}) => ruleId)).toContain('no-invalid-value')
  expect(() => answer({...question, preset: 'constructor'})).toThrow('Unexpected preset')
})

test('a link brings back all that was typed', async () => {
  for (const state of Object.values(examples))
    expect(await fromFragment(await toFragment(state))).toEqual(state)
  const odd = {
    ...examples['Faults']!,
    files: {'\u{1F600}.service': '\u0000\ud83d\ude00\n'.repeat(1000)},
    active: '\u{1F600}.service',
  }
  expect(await fromFragment(await toFragment(odd))).toEqual(odd)
})

test.each([
  ['cut', async () => (await toFragment(examples['Faults']!)).slice(0, 40), 'This link is damaged'],
  ['of other letters', async () => '<img src=x onerror=alert(1)>', 'This link is damaged'],
  [
    'a bomb',
    async () => toFragment({...examples['Faults']!, rule: 'x'.repeat(3_000_000)}),
    'This link holds more than a playground takes',
  ],
  [
    'of something else',
    async () => toFragment({files: 'x'} as never),
    'This link holds nothing for the playground',
  ],
  [
    'without a file',
    async () => toFragment({...examples['Faults']!, files: {}}),
    'This link holds nothing for the playground',
  ],
])('a link that is %s is told in plain words', async (_name, fragment, message) => {
  await expect(fragment().then(fromFragment)).rejects.toThrow(message)
})

test('a link cannot change what objects are', async () => {
  const hostile = JSON.parse(
    '{"files": {"__proto__": {"polluted": "yes"}, "a.service": "x"}, "active": "constructor", "targets": 5, "preset": {}}',
  ) as never
  const state = await fromFragment(await toFragment(hostile))
  expect(state).toEqual({
    files: {'a.service': 'x'},
    active: 'a.service',
    preset: '',
    targets: ['', ''],
    rule: '',
  })
  expect(({} as {polluted?: string}).polluted).toBeUndefined()
})

test('a first lint takes less than 300 KB, and all there is no more bytes than it did', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
  try {
    await buildPlayground(folder)
    const size = (name: string): number =>
      gzipSync(readFileSync(path.join(folder, name)), {level: 9}).length
    const first = size('playground.js') + size('core.js')
    expect(first).toBeLessThan(300_000)
    expect(first + size('editor.js')).toBeLessThan(410_000)
    const all = readdirSync(folder).filter((name) => name.endsWith('.js'))
    expect(all.length).toBe(3 + Object.keys(parts).length)
    expect(all.reduce((sum, name) => sum + size(name), 0)).toBeLessThan(545_000)
  } finally {
    rmSync(folder, {recursive: true})
  }
}, 60_000)
