import {VFile} from 'vfile'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {Effort} from '../../src/engine/planning-effort.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {report} from '../../src/reporters/index.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {context} from '../reporters/files.ts'

const service = '[Service]\nExecStart=/usr/bin/a\nPrivatTmp=yes\n'
const options = {
  rules: rules.map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})})),
  targets: [defaultTarget],
  manager: 'system',
  fix: 'unsafe',
} as const

function deep(): never {
  return deep()
}

describe('one bad file costs no other', () => {
  test('whatever throws becomes a fatal message, and the text stays', () => {
    const file = new VFile({path: 'a.service', value: service})
    lint(file, Object.defineProperty({...options}, 'targets', {get: deep}))
    expect(file.messages.map(({reason, fatal}) => [reason, fatal])).toEqual([
      [
        'Not linted, which is a fault of unitlint: Maximum call stack size exceeded. The other files are; `ignores` in a config leaves this one out',
        true,
      ],
    ])
    expect(file.value).toBe(service)
  })

  test('what cannot be reported is said to be so, and the others are', async () => {
    const [good, bad] = [new VFile({path: 'a.service'}), new VFile({path: 'b.service'})]
    lint(good, {...options, fix: undefined})
    bad.message('x')
    const [said] = bad.messages
    Object.defineProperty(said, 'reason', {get: deep})
    const text = await report('compact', [good, bad], context())
    expect(text).toContain('b.service')
    expect(text).toContain(
      'Not linted, which is a fault of unitlint: Maximum call stack size exceeded',
    )
    expect(bad.messages.map(({fatal}) => fatal)).toEqual([true])
  })

  test.each([
    ['lines', 'Nice=1\n'.repeat(2_000)],
    ['words', `ReadWritePaths=${'/a '.repeat(4_000)}\n`],
    ['percent signs', `Environment=A=${'%n'.repeat(4_000)}\n`],
    ['lines that go on', `ReadWritePaths=${'/a \\\n'.repeat(1_400)}\n`],
  ])('a unit with too many %s is not judged', async (_, text) => {
    const cwd = makeFolder({
      'a.service': service,
      'b.service': service + text,
      'c.service': service,
    })
    const {status, stdout} = await cli(['--no-config', '--format', 'json', '.'], {cwd})
    // As our own schema has it.
    const messages = (
      JSON.parse(stdout) as {messages: {message: string; severity: number}[]}[]
    ).map((file) => file.messages.filter(({severity}) => severity > 0))
    expect(status).toBe(2)
    expect(messages.map((its) => its.map(({message}) => message))).toEqual([
      ['Unexpected directive `PrivatTmp`, did you mean `PrivateTmp`?'],
      [
        expect.stringMatching(
          /^Not linted: Too much for one unit: \d+ words, percent signs and lines, expected at most 4000$/,
        ),
      ],
      ['Unexpected directive `PrivatTmp`, did you mean `PrivateTmp`?'],
    ])
  })

  test.each([['security'], ['security', '--plan'], ['show'], ['why-not', 'PrivateTmp']])(
    'nor by `%s`',
    async (...command) => {
      const cwd = makeFolder({'b.service': service + 'Nice=1\n'.repeat(2_000)})
      const {status, stdout, stderr} = await cli([...command, 'b.service', '--no-config'], {cwd})
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(
        /^b\.service: Too much for one unit: \d+ words, percent signs and lines, expected at most 4000\n$/,
      )
    },
  )

  test.each([
    ['characters', `Environment=A=${'a'.repeat(70_000)}\n`, '65536'],
    ['lines with comments and empty ones', '\n'.repeat(9_000), '8000'],
  ])('a unit of too many %s is not judged by any', async (what, text, most) => {
    const cwd = makeFolder({'b.service': service + text})
    for (const command of [
      ['--format', 'compact'],
      ['security'],
      ['security', '--plan'],
      ['show'],
    ]) {
      const {status, stdout, stderr} = await cli([...command, 'b.service', '--no-config'], {cwd})
      expect([status, stdout + stderr]).toEqual([
        2,
        expect.stringMatching(`Too much for one unit: \\d+ ${what}, expected at most ${most}\n`),
      ])
    }
  })

  test.each([
    ['lines', Array.from({length: 1_900}, (_, at) => `ReadWritePaths=/srv/${at}\n`).join('')],
    ['words', `CapabilityBoundingSet=${'read '.repeat(3_900)}\n`],
    ['comments', '# unitlint-disable no-ignored-line\nxx\n'.repeat(1_300)],
  ])('a unit of the most %s that are judged has a plan', async (_, text) => {
    const cwd = makeFolder({'b.service': service + text})
    const {status, stdout, stderr} = await cli(['security', '--plan', 'b.service', '--no-config'], {
      cwd,
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('lock-personality')
  })

  test('a plan ends where there are more fixes to try than people have lines', () => {
    const unit = {files: [{tree: parse(service)}], lines: []} as unknown as Unit
    expect(() => new Effort().add(unit, 200_000)).toThrow(
      /^Too much for one unit: \d+ fixes times lines to try, expected at most 110000$/,
    )
    expect(() => new Effort().add(unit, 1_000)).not.toThrow()
  })

  test('drop-ins for all services are read so often and no more, and which units are left out is said', async () => {
    const files = Array.from({length: 120}, (_, at) => [
      [`s${String(at).padStart(3, '0')}.service`, service],
      [`service.d/${at}.conf`, '[Service]\nNice=1\n'],
    ])
    const cwd = makeFolder(Object.fromEntries(files.flat()))
    const {status, stdout, stderr} = await cli(['--no-config', '--format', 'compact', '.'], {cwd})
    expect([status, stdout.match(/PrivatTmp/g)?.length]).toEqual([2, 41])
    expect(stderr).toBe(
      's041.service: Left out, with 78 other units, as drop-ins for many units are read 5000 times at most in one run; expected fewer of them, or fewer units at a time\n',
    )
  })

  test('of more problems of one rule than anybody reads the first are told, and that there are more', async () => {
    const cwd = makeFolder({'a.service': service + 'xx\n'.repeat(1_100)})
    const {stdout} = await cli(['--no-config', '--format', 'compact', '.'], {cwd})
    const lines = stdout.split('\n').filter((line) => line.includes('no-ignored-line'))
    expect(lines).toHaveLength(1_001)
    expect(lines.at(-1)).toContain(
      'Unexpected number of problems of this rule in one unit, more than 1000: from here on they are left out',
    )
  })

  test('of more fixes than there is room for some are made, and that the others are left', async () => {
    const cwd = makeFolder({
      'a.service': `[Service]\nExecStart=/usr/bin/a\n${'PrivateTmp=yes\n'.repeat(900)}`,
    })
    const fix = ['--no-config', '--preset', 'recommended', '--fix', '--format', 'json', '.']
    const runs = [await cli(fix, {cwd}), await cli(fix, {cwd})]
    const left = runs.map(({stdout}) => stdout.split('is left for a run after `--fix`').length)
    expect(runs.map(({status}) => status)).toEqual([0, 0])
    expect(left[0]).toBeGreaterThan(800)
    expect(left[1]).toBeLessThan(left[0] ?? 0)
    expect(runs.map(({stdout}) => stdout.includes('do not settle'))).toEqual([false, false])
  })

  test.each([
    [
      `+(${'+('.repeat(1_300)}a${')'.repeat(1_301)}`,
      /Too long a glob: \d+ characters, expected at most 1024/,
    ],
    ['+(+(+(+(+(a)))))', /Too deep a glob: 5 brackets in one another, expected at most 4/],
    [
      '+(a*|a).service',
      /Too many ways to repeat `\+\(…\)` in a glob, expected one text or class of characters in it/,
    ],
    ['*a*a*a*a*a*.service', /Too many wildcards in a glob: 6 in a row, expected at most 3/],
  ])('a glob that takes forever is refused: case %#', async (glob, message) => {
    const cwd = makeFolder({
      'a.service': service,
      'unitlint.config.json': JSON.stringify({ignores: [glob]}),
    })
    const named = await cli(['--no-config', glob], {cwd})
    const configured = await cli(['--config', 'unitlint.config.json', '.'], {cwd})
    expect([named.status, configured.status]).toEqual([2, 2])
    expect(named.stderr).toMatch(message)
    expect(configured.stderr).toMatch(message)
  })
})
