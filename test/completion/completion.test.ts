import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, it} from 'vitest'
import {commands} from '../../src/cli/commands.ts'
import {cli} from '../cli/cli.ts'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'

const files = {'app.service': '', 'apps/b.timer': '', 'app.txt': '', 'my app.service': ''}
const completions = path.join(top, 'docs/completions')

function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0
}

/** What must be offered for a command line, among other things or as all that is. */
const cases: ReadonlyArray<readonly [line: string, offered: readonly string[]]> = [
  ['unitlint upg', ['upgrade']],
  ['unitlint --prese', ['--preset']],
  ['unitlint --preset hard', ['hardened']],
  ['unitlint --target debian-1', ['debian-11', 'debian-12', 'debian-13']],
  ['unitlint --fix-to ', ['dropin', 'inline']],
  ['unitlint -f sar', ['sarif']],
  ['unitlint explain PrivateT', ['PrivateTmp']],
  ['unitlint --rule private-t', ['private-tmp']],
  ['unitlint completion ', ['bash', 'fish', 'zsh']],
  [
    'unitlint upgrade --to 25',
    ['250', '251', '252', '253', '254', '255', '256', '257', '258', '259'],
  ],
  ['unitlint security --top ', []],
  ['unitlint security --json ', ['off', 'pretty', 'short']],
  ['unitlint try --keep ', ['dropin', 'inline', 'none']],
  ['unitlint doctor --journal app.t', ['app.txt']],
  ['unitlint merge-reports --max', ['--max-warnings']],
]

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints what is in the package: %s', async (shell) => {
    const name = shell === 'zsh' ? '_unitlint' : `unitlint.${shell}`
    expect(await cli(['completion', shell], {cwd: '/'})).toEqual({
      status: 0,
      stdout: readFileSync(path.join(completions, name), 'utf8'),
      stderr: '',
    })
  })

  it('knows no other shell', async () => {
    expect(await cli(['completion', 'bsh'], {cwd: '/'})).toMatchObject({
      status: 2,
      stderr: 'unitlint: Unexpected shell `bsh`, did you mean `bash`?\n',
    })
    expect((await cli(['completion'], {cwd: '/'})).status).toBe(2)
  })

  describe.runIf(has('bash', '--version'))('in bash', () => {
    const complete = (...words: readonly string[]): readonly string[] =>
      execFileSync(
        'bash',
        [
          path.join(top, 'test/completion/complete.bash'),
          path.join(completions, 'unitlint.bash'),
          ...words,
        ],
        {
          cwd: makeFolder(files),
          encoding: 'utf8',
        },
      )
        .split('\n')
        .filter((line) => line !== '')
        .toSorted()

    it.each(cases)('%s', (line, offered) => expect(complete(...line.split(' '))).toEqual(offered))

    it('offers units and folders', () => {
      expect(complete('unitlint', 'app')).toEqual(['app.service', 'apps'])
      expect(complete('unitlint', '--fix', 'm')).toEqual(['my app.service'])
      expect(complete('unitlint', '--root', 'app')).toEqual(['apps'])
      expect(complete('unitlint', '--preset', '=', 'stri')).toEqual(['strict'])
      expect(complete('unitlint', '')).toEqual(
        expect.arrayContaining([...commands.keys(), 'app.service']),
      )
    })
  })

  describe.runIf(has('fish', '--version'))('in fish', () => {
    const complete = (line: string): readonly string[] =>
      execFileSync(
        'fish',
        [
          '--no-config',
          '-c',
          'source $argv[1]; complete -C $argv[2]',
          path.join(completions, 'unitlint.fish'),
          line,
        ],
        {
          cwd: makeFolder(files),
          encoding: 'utf8',
          env: {
            ...process.env,
            HOME: '/nonexistent',
            XDG_CONFIG_HOME: '/nonexistent',
            XDG_DATA_HOME: '/nonexistent',
          },
        },
      )
        .split('\n')
        .filter((offered) => offered !== '')
        .map((offered) => offered.split('\t')[0] ?? '')
        .toSorted()

    it.each(cases)('%s', (line, offered) => expect(complete(line)).toEqual(offered))

    it('offers units and folders', () =>
      expect(complete('unitlint --fix app')).toEqual(['app.service', 'apps/']))
  })

  describe.runIf(has('zsh', '--version'))('in zsh', () => {
    it('has no fault', () =>
      expect(spawnSync('zsh', ['-n', path.join(completions, '_unitlint')]).status).toBe(0))

    it.each([
      ['unitlint upg', 'unitlint upgrade'],
      ['unitlint -f sar', 'unitlint -f sarif'],
      ['unitlint upgrade --from debian-', 'debian-11  debian-12  debian-13'],
      ['unitlint completion ', 'bash  fish  zsh'],
    ])('%s', (line, shown) => {
      const {stdout} = spawnSync(
        'zsh',
        ['-f', path.join(top, 'test/completion/complete.zsh'), completions, line],
        {cwd: makeFolder(files), encoding: 'utf8'},
      )
      expect(stdout.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, '')).toContain(shown)
    })
  })
})

describe('unitlint.1', () => {
  const page = path.join(top, 'docs/unitlint.1')

  it('tells of all commands', () => {
    const text = readFileSync(page, 'utf8')
    for (const name of commands.keys())
      expect(text).toContain(`.SS unitlint ${name.replaceAll('-', '\\-')}`)
  })

  it.runIf(has('man', '--version'))('renders without a warning', () => {
    const {status, stdout, stderr} = spawnSync('man', ['--warnings', '-l', page], {
      encoding: 'utf8',
      env: {...process.env, MANWIDTH: '80', MANPAGER: 'cat'},
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('--changed-since')
  })

  it.runIf(has('mandoc', '-T', 'lint', '/dev/null') || has('mandoc', '-V'))(
    'has no fault for mandoc',
    () => {
      expect(spawnSync('mandoc', ['-T', 'lint', page], {encoding: 'utf8'}).stdout).toBe('')
    },
  )
})

describe('facts.json', () => {
  const {resolve} = createRequire(import.meta.url)
  const facts = JSON.parse(readFileSync(resolve('unitlint/facts.json'), 'utf8')) as {
    readonly directives: ReadonlyArray<{readonly name: string; readonly since?: number}>
    readonly denials: ReadonlyArray<{
      readonly directive: string
      readonly value: string
      readonly denies: readonly string[]
    }>
    readonly production: {
      readonly programs: readonly object[]
      readonly services: readonly object[]
    }
  }

  it('is as its schema says', () => {
    const check = new Ajv2020({allErrors: true}).compile(
      JSON.parse(readFileSync(resolve('unitlint/facts-schema.json'), 'utf8')) as object,
    )
    check(facts)
    expect(check.errors ?? []).toEqual([])
  })

  it('has directives by version, denials, and what production shows', () => {
    expect(facts.directives.find(({name}) => name === 'RestartMode')).toMatchObject({since: 254})
    expect(
      facts.denials.find(({directive, value}) => directive === 'ProtectHome' && value === 'yes')
        ?.denies,
    ).toContain('home-write')
    expect(facts.production.programs.length).toBeGreaterThan(300)
    expect(facts.production.services.length).toBeGreaterThan(300)
  })
})
