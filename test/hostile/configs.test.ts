import {chmodSync, chownSync, existsSync, lchownSync, mkdirSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it, onTestFinished} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'

const unit = '[Service]\nExecStart=/usr/bin/example\nnonsense\n'
const isRoot = process.getuid?.() === 0
const stranger = 65_534

/** A module that leaves a trace when it is run. */
function trap(trace: string, value = '{}'): string {
  return `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(trace)}, '')\nexport default ${value}\n`
}

/** A folder, and the trace that is there when code has run that should not. */
function makeTrap(files: (trace: string) => Readonly<Record<string, string | {link: string}>>): {
  folder: string
  hasRun: () => boolean
} {
  const trace = `${makeFolder()}/trace`
  return {folder: makeFolder(files(trace)), hasRun: () => existsSync(trace)}
}

/** Give files to the stranger. */
function give(files: readonly string[]): void {
  for (const file of files) chownSync(file, stranger, stranger)
}

/** Give a folder to a user and a group that may both write to it. */
function open(folder: string, user: number, group: number): void {
  chownSync(folder, user, group)
  chmodSync(folder, 0o775)
}

const quiet = ['--rule', 'no-ignored-line: off']

describe('below --root', () => {
  const image = (trace: string): Record<string, string> => ({
    'img/usr/lib/systemd/system/a.service': unit,
    'img/unitlint.config.mjs': trap(trace),
    'img/etc/unitlint.config.js': trap(trace),
    'img/etc/package.json': '{"type": "module", "exports": "./unitlint.config.js"}',
    'img/usr/lib/systemd/system/unitlint.config.mjs': trap(trace),
    'img/usr/lib/unitlint.config.json':
      '{"extends": "./evil.mjs", "plugins": {"a": "./evil.mjs", "b": "evil"}}',
    'img/usr/lib/evil.mjs': trap(trace),
    'img/usr/lib/node_modules/evil/package.json': '{"main": "index.mjs"}',
    'img/usr/lib/node_modules/evil/index.mjs': trap(trace),
  })
  it.each([
    [['--root', 'img']],
    [['security', '--root', 'img']],
    [['security', '--plan', '--root', 'img']],
    [['show', '--root', 'img', 'a.service']],
    [['why-not', '--root', 'img', 'PrivateTmp', 'a.service']],
    [['--root', 'img', '--fix', '--fix-to', 'dropin']],
    [['--root', 'img', 'img/usr/lib/systemd/system/a.service']],
  ])('%j reads no config', async (argv) => {
    const {folder, hasRun} = makeTrap(image)
    const {status, stderr} = await cli(argv, {cwd: folder})
    expect([hasRun(), stderr.includes('unitlint.config'), status < 2]).toEqual([false, false, true])
  })

  it('names the config that is not read, of the working folder', async () => {
    const {folder, hasRun} = makeTrap(image)
    const {stderr} = await cli(['--root', '.'], {cwd: `${folder}/img`})
    expect([hasRun(), stderr]).toEqual([
      false,
      'unitlint.config.mjs: Not read, as `--root` is given; expected `--config unitlint.config.mjs` to read it all the same\n',
    ])
    expect((await cli(['--root', '.', '--no-config'], {cwd: `${folder}/img`})).stderr).toBe('')
  })

  it('reads one that is named', async () => {
    const {folder} = makeTrap(image)
    const {stdout} = await cli(['--root', 'img', '-c', 'own.mjs'], {
      cwd: makeFolder({'own.mjs': 'export default {extends: []}'}),
    })
    expect([folder === '', stdout]).toEqual([false, ''])
  })
})

describe('a config among the files to lint', () => {
  it.each([
    [['.']],
    [['sub']],
    [['security', 'sub/a.service']],
    [['security', '--plan', 'sub/a.service']],
    [['show', 'sub/a.service']],
    [['why-not', 'PrivateTmp', 'sub/a.service']],
    [['print-config', 'sub/a.service']],
    [['--stdin', '--stdin-filename', 'sub/a.service']],
  ])('is no code: %j', async (argv) => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'sub/a.service': unit,
      'sub/unitlint.config.mjs': trap(trace),
      'sub/unitlint.config.ts': trap(trace),
    }))
    const {status, stderr} = await cli(argv, {cwd: folder, stdin: unit})
    const lines = ['ts', 'mjs'].map(
      (name) =>
        `sub/unitlint.config.${name}: Not run, as it is among the files to lint; expected JSON, or \`--config sub/unitlint.config.${name}\` to run it all the same\n`,
    )
    expect([hasRun(), stderr, status < 2]).toEqual([false, lines.join(''), true])
  })

  it('is read where it is JSON, less the code that it names', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'sub/a.service': unit,
      'sub/unitlint.config.json': JSON.stringify({
        plugins: {one: './evil.mjs', two: 'evil'},
        extends: ['recommended', './evil.mjs', 'evil', 'one/all', './base.json'],
        rules: {'one/rule': 'error'},
        profile: 'two/all',
      }),
      'sub/base.json': '{"rules": {"no-ignored-line": "off"}}',
      'sub/evil.mjs': trap(trace),
      'sub/node_modules/evil/package.json': '{"main": "index.mjs"}',
      'sub/node_modules/evil/index.mjs': trap(trace),
    }))
    const {status, stdout, stderr} = await cli(['--quiet', '.'], {cwd: folder})
    const line = (place: string, name: string): string =>
      `sub/unitlint.config.json: ${place}: \`${name}\` is not run, as this config is among the files to lint; expected it in the config of the working folder, or this one after \`--config\`\n`
    expect([hasRun(), status, stdout, stderr]).toEqual([
      false,
      0,
      '',
      [
        line('plugins.one', './evil.mjs'),
        line('plugins.two', 'evil'),
        line('extends[1]', './evil.mjs'),
        line('extends[2]', 'evil'),
      ].join(''),
    ])
  })

  it('may use the code that the config of the working folder names', async () => {
    const rule = `{id: 'all', summary: '', why: '', directives: [], options: {_zod: {}, safeParse: (data) => ({success: true, data})}, messages: {bad: 'Bad'}, check: (unit) => [{message: 'bad', at: unit.assignments('Service', 'ExecStart')[0]}]}`
    const cwd = makeFolder({
      'unitlint.config.json': '{"extends": [], "plugins": {"own": "./own.mjs"}}',
      'own.mjs': `export default {rules: [${rule}]}`,
      'a.service': unit,
      'one/a.service': unit,
      'one/unitlint.config.json': '{"extends": [], "rules": {"own/all": "error"}}',
      'two/a.service': unit,
      'two/unitlint.config.json':
        '{"extends": [], "plugins": {"own": "../own.mjs", "too": "../own.mjs"}, "rules": {"too/all": "error"}}',
    })
    const {status, stdout, stderr} = await cli(['-f', 'compact'], {cwd})
    expect([status, stdout, stderr]).toEqual([
      1,
      'one/a.service:2:1: error: Bad [own/all]\ntwo/a.service:2:1: error: Bad [too/all]\n',
      '',
    ])
  })

  it('is run where it is named', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'sub/a.service': unit,
      'sub/unitlint.config.mjs': trap(trace, '{extends: []}'),
    }))
    expect(await cli(['--quiet', '-c', 'sub/unitlint.config.mjs'], {cwd: folder})).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(hasRun()).toBe(true)
  })

  it('is JSON by its name, wherever it leads', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'sub/a.service': unit,
      'sub/evil.mjs': trap(trace),
      'sub/unitlint.config.json': {link: 'evil.mjs'},
      'a.service': unit,
    }))
    const {status, stdout, stderr} = await cli(['-f', 'compact', '--quiet', ...quiet], {
      cwd: folder,
    })
    expect([hasRun(), status, stdout]).toEqual([false, 2, ''])
    expect(stderr).toMatch(/^sub\/unitlint\.config\.json: .*JSON.*\n$/)
  })

  it('is not looked for beside files elsewhere', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'a.service': unit,
      'unitlint.config.mjs': trap(trace),
    }))
    const cwd = makeFolder({'unitlint.config.json': '{"extends": []}'})
    expect(await cli(['--quiet', `${folder}/a.service`], {cwd})).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(hasRun()).toBe(false)
  })
})

describe.runIf(isRoot)('what others may write (needs root)', () => {
  /** What a run says of a config in `top`, from `top/work`; the config must not have run. */
  async function refused(
    prepare: (top: string) => void,
    env: Record<string, string> = {},
  ): Promise<string> {
    const {folder, hasRun} = makeTrap((trace) => ({
      'unitlint.config.mjs': trap(trace),
      'work/a.service': unit,
    }))
    prepare(folder)
    const before = {...process.env}
    Object.assign(process.env, env)
    onTestFinished(() => {
      process.env = before
    })
    const {stdout, stderr} = await cli(['-f', 'compact', 'a.service'], {cwd: `${folder}/work`})
    expect(stdout).toContain('no-ignored-line')
    return hasRun() ? `run ${stderr}` : stderr.replaceAll(folder, 'TOP')
  }
  const remedy = 'expected `--config TOP/unitlint.config.mjs` to read it all the same\n'

  it.each<[string, (top: string) => void, string]>([
    ['a sticky folder of all', (top) => chmodSync(top, 0o1777), 'others may write to TOP'],
    ['a folder of all', (top) => chmodSync(top, 0o777), 'others may write to TOP'],
    ['a folder of another', (top) => chownSync(top, stranger, 0), 'TOP belongs to another user'],
    ['a folder of a group', (top) => open(top, 0, stranger), 'a group may write to TOP'],
    [
      'a config of another',
      (top) => chownSync(`${top}/unitlint.config.mjs`, stranger, 0),
      'TOP/unitlint.config.mjs belongs to another user',
    ],
    [
      'a config for all',
      (top) => chmodSync(`${top}/unitlint.config.mjs`, 0o666),
      'others may write to TOP/unitlint.config.mjs',
    ],
    [
      'a work folder of another below it',
      (top) => chownSync(`${top}/work`, stranger, 0),
      'TOP/work belongs to another user',
    ],
    [
      'a work folder for all below it',
      (top) => chmodSync(`${top}/work`, 0o1777),
      'others may write to TOP/work',
    ],
  ])('is no config: %s', async (_name, prepare, reason) => {
    expect(await refused(prepare)).toBe(
      `TOP/unitlint.config.mjs: Not read, as ${reason}; ${remedy}`,
    )
  })

  it.each<[string, (top: string) => void, Record<string, string>]>([
    ['the own group', (top) => chmodSync(top, 0o775), {}],
    [
      'who called sudo',
      (top) => give([top, `${top}/unitlint.config.mjs`]),
      {SUDO_UID: String(stranger)},
    ],
    [
      'the group of who called sudo',
      (top) => open(top, stranger, stranger),
      {SUDO_UID: String(stranger), SUDO_GID: String(stranger)},
    ],
  ])('is a config of %s', async (_name, prepare, env) => {
    expect(await refused(prepare, env)).toBe('run ')
  })

  it('is no config that a link leads to', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'work/a.service': unit,
      'his/evil.mjs': trap(trace),
      'work/unitlint.config.mjs': {link: '../his/evil.mjs'},
    }))
    const ran = async (): Promise<string> =>
      (await cli(['a.service'], {cwd: `${folder}/work`})).stderr.replaceAll(folder, 'TOP')
    chownSync(`${folder}/his`, stranger, stranger)
    expect(await ran()).toContain(
      'unitlint.config.mjs: Not read, as TOP/his belongs to another user',
    )
    chownSync(`${folder}/his`, 0, 0)
    chownSync(`${folder}/his/evil.mjs`, stranger, stranger)
    expect(await ran()).toContain(
      'unitlint.config.mjs: Not read, as TOP/his/evil.mjs belongs to another user',
    )
    chownSync(`${folder}/his/evil.mjs`, 0, 0)
    lchownSync(`${folder}/work/unitlint.config.mjs`, stranger, stranger)
    expect(await ran()).toContain(
      'unitlint.config.mjs: Not read, as TOP/work/unitlint.config.mjs belongs to another user',
    )
    expect(hasRun()).toBe(false)
  })

  it('is no package, and no jiti', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({
      'node_modules/evil/package.json': '{"type": "module", "main": "index.js"}',
      'node_modules/evil/index.js': trap(trace, '{rules: []}'),
      'node_modules/jiti/package.json': '{"main": "index.cjs"}',
      'node_modules/jiti/index.cjs': `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`,
      'work/unitlint.config.json': '{"plugins": {"evil": "evil"}}',
      'typed/unitlint.config.ts': 'const severity: string = "off"\nexport default {extends: []}',
      'work/a.service': unit,
      'typed/a.service': unit,
    }))
    chmodSync(folder, 0o1777)
    const {status, stderr} = await cli(['a.service'], {cwd: `${folder}/work`})
    expect([hasRun(), status, stderr.replaceAll(folder, 'TOP')]).toEqual([
      false,
      2,
      'unitlint.config.json: plugins.evil: Package `evil` is not read, as others may write to TOP\n',
    ])
    expect(await cli(['--quiet', 'a.service'], {cwd: `${folder}/typed`})).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(hasRun()).toBe(false)
  })

  it('is told of by explain and rules, too', async () => {
    const {folder, hasRun} = makeTrap((trace) => ({'unitlint.config.mjs': trap(trace)}))
    chmodSync(folder, 0o1777)
    mkdirSync(`${folder}/work`)
    for (const argv of [['rules'], ['explain', 'private-tmp'], ['print-config', 'a.service']]) {
      const {status, stderr} = await cli(argv, {cwd: `${folder}/work`})
      expect([status, stderr.replaceAll(folder, 'TOP')]).toEqual([
        0,
        `TOP/unitlint.config.mjs: Not read, as others may write to TOP; ${remedy}`,
      ])
    }
    expect(hasRun()).toBe(false)
  })
})
