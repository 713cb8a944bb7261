import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {gzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {answer} from '../../docs/playground/answers.ts'
import type {Question} from '../../docs/playground/answers.ts'
import {examples} from '../../docs/playground/examples.ts'
import {fromFragment, toFragment} from '../../docs/playground/link.ts'
import {buildPlayground} from '../../src/dev/site/playground.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'

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

test.each(Object.entries(examples))(
  'says of "%s" what the command says, and fixes as it does',
  async (_name, {files, active, preset, targets}) => {
    const cwd = makeFolder(files)
    const flags = [
      '--no-config',
      '--preset',
      preset,
      ...(targets[0] === '' ? [] : ['--target', targets[0]]),
    ]
    const {stdout} = await cli(['-f', 'json', ...flags, '.'], {cwd})
    const told = (JSON.parse(stdout) as Entry[]).flatMap(({filePath, messages}) =>
      messages.map(
        ({ruleId, severity, message, line}) =>
          `${filePath}:${line} ${ruleId} ${severity} ${message}`,
      ),
    )
    const shown = answer({files, active, preset, targets, wants})
    // The command folds hardening to a line where it is information.
    const said = shown.findings.flatMap(({file, line, ruleId, severity, message}) =>
      severity === 0 ? [] : [`${file}:${line} ${ruleId} ${severity} ${message}`],
    )
    expect(said.toSorted()).toEqual(told.filter((line) => !/ 0 /.test(line)).toSorted())
    const {stdout: after} = await cli(['-f', 'json', '--fix', ...flags, '.'], {cwd})
    expect(after).not.toBe('')
    for (const [name, text] of Object.entries(shown.fixed))
      expect(text).toBe(readFileSync(`${cwd}/${name}`, 'utf8'))
  },
)

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

test('a first lint takes no more bytes than it did', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
  try {
    await buildPlayground(folder)
    const size = (name: string): number =>
      gzipSync(readFileSync(path.join(folder, name)), {level: 9}).length
    // What is loaded when something is first asked about is no part of it.
    expect(size('playground.js')).toBeLessThan(495_000)
    expect(size('hover.js')).toBeLessThan(115_000)
  } finally {
    rmSync(folder, {recursive: true})
  }
})
