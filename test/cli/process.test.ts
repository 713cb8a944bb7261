import {spawn, spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {buildCommand} from '../../src/dev/command.mjs'
import {top} from './bundle.ts'
import {makeFolder} from '../files/folder.ts'
import {acme, described} from './acme.ts'

const nobody = 65_534
const isRoot = process.getuid?.() === 0
let dist: string

beforeAll(async () => {
  dist = mkdtempSync(path.join(tmpdir(), 'unitlint-dist-'))
  chmodSync(dist, 0o755)
  await buildCommand(dist)
})
afterAll(() => rmSync(dist, {recursive: true}))

function unitlint(
  argv: readonly string[],
  cwd: string,
  as?: number,
): {status: number | null; stdout: string; stderr: string} {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.js'), ...argv],
    {
      cwd,
      encoding: 'utf8',
      env: {PATH: process.env['PATH']},
      ...(as === undefined ? {} : {uid: as, gid: as}),
    },
  )
  return {status, stdout, stderr}
}

describe('the process', () => {
  it.each(['', ':/etc/localtime', 'Nowhere/City'])(
    'takes no name from the time zone `%s`',
    (TZ) => {
      const {stdout} = spawnSync(
        process.execPath,
        [path.join(dist, 'cli.js'), 'explain', 'daily'],
        {
          cwd: makeFolder(),
          encoding: 'utf8',
          env: {PATH: process.env['PATH'], TZ},
        },
      )
      expect(stdout).toMatch(/^ {2}\w{3} [\d-]{10} 00:00:00 UTC$/m)
    },
  )

  it('exits with 0, 1 or 2', () => {
    const cwd = makeFolder({
      ...acme,
      'fine.service': described('fine'),
      'todo.service': described('TODO'),
    })
    expect(unitlint(['fine.service'], cwd)).toMatchObject({status: 0, stderr: ''})
    expect(unitlint(['todo.service'], cwd)).toMatchObject({status: 1, stderr: ''})
    expect(unitlint(['--nope'], cwd)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'unitlint: Unexpected option `--nope`\n',
    })
    expect(unitlint(['--version'], cwd).status).toBe(0)
  })

  it('reads standard input and writes the fixed text', () => {
    const cwd = makeFolder(acme)
    const {status, stdout} = spawnSync(
      process.execPath,
      [path.join(dist, 'cli.js'), '--stdin', '--fix'],
      {cwd, input: described('TODO x'), encoding: 'utf8'},
    )
    expect([status, stdout]).toEqual([0, described('x')])
  })

  it('says so when its folder is gone', () => {
    const cwd = makeFolder()
    const {status, stderr} = spawnSync(
      'sh',
      ['-c', 'rmdir "$PWD" && exec "$@"', 'sh', process.execPath, path.join(dist, 'cli.js')],
      {cwd, encoding: 'utf8'},
    )
    expect([status, stderr]).toEqual([2, 'unitlint: The current folder is gone\n'])
  })

  it('stands a reader that goes away', async () => {
    const files = Object.fromEntries(
      Array.from({length: 300}, (_, index) => [`${index}.service`, described('TODO '.repeat(200))]),
    )
    const cwd = makeFolder({...acme, ...files})
    const child = spawn(process.execPath, [path.join(dist, 'cli.js'), '-f', 'json'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (data: Buffer) => (stderr += String(data)))
    child.stdout.destroy()
    const status = await new Promise((resolve) => child.on('exit', resolve))
    expect([status, stderr]).toEqual([1, ''])
  })

  it('reads TypeScript configs by jiti where Node cannot, and says so where there is none', () => {
    const {'unitlint.config.json': json, ...plugin} = acme
    const config = {
      ...plugin,
      'unitlint.config.ts': `const config: object = ${json}\nexport default config\n`,
      'a.service': described('TODO'),
    }
    const native = Boolean((process.features as {typescript?: unknown}).typescript)
    const without = makeFolder(config)
    const {status, stderr} = unitlint([], without)
    if (native) expect(status).toBe(1)
    else
      // A jiti that anybody put into the folder of all folders for tests is not taken, and named.
      expect([status, stderr.replace(/; Package `jiti` is not read.*/, '')]).toEqual([
        2,
        `unitlint.config.ts: Node ${process.versions.node} cannot read TypeScript: install \`jiti\`, use Node 22.18 or later, or write \`unitlint.config.js\`\n`,
      ])
    mkdirSync(`${without}/node_modules`)
    symlinkSync(path.join(top, 'node_modules/jiti'), `${without}/node_modules/jiti`)
    expect(unitlint([], without)).toMatchObject({status: 1, stderr: ''})
  })
})

describe.runIf(isRoot)('a user without rights', () => {
  it('is told what it may not read, and gets the rest', () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'secret.service': described('TODO'),
      'locked/b.service': '',
    })
    chmodSync(cwd, 0o755)
    chmodSync(`${cwd}/secret.service`, 0o600)
    chmodSync(`${cwd}/locked`, 0o700)
    const {status, stdout, stderr} = unitlint(['-f', 'json', '.', 'secret.service'], cwd, nobody)
    expect([status, stderr]).toEqual([
      2,
      'locked: Permission denied\nsecret.service: Permission denied\n',
    ])
    expect(
      (JSON.parse(stdout) as Array<{errorCount: number}>).map(({errorCount}) => errorCount),
    ).toEqual([1])
  })

  it('is told what it may not write, and nothing is left behind', () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'own/b.service': described('TODO'),
      'own/c.service': described('TODO'),
      'shut/d.service': described('TODO'),
    })
    chmodSync(cwd, 0o755)
    chownSync(`${cwd}/own`, nobody, nobody)
    chownSync(`${cwd}/own/b.service`, nobody, nobody)
    chmodSync(`${cwd}/own/b.service`, 0o640)
    chmodSync(`${cwd}/own/c.service`, 0o666)
    chownSync(`${cwd}/shut/d.service`, nobody, nobody)
    const {status, stderr} = unitlint(['--fix'], cwd, nobody)
    expect(status).toBe(2)
    expect(stderr).toBe(
      'a.service: Not written: Permission denied\nown/c.service: Not written: the file belongs to another user\nshut/d.service: Not written: Permission denied\n',
    )
    const {mode, uid} = statSync(`${cwd}/own/b.service`)
    expect([readFileSync(`${cwd}/own/b.service`, 'utf8'), mode & 0o777, uid]).toEqual([
      described(''),
      0o640,
      nobody,
    ])
    for (const name of ['a', 'own/c', 'shut/d'])
      expect(readFileSync(`${cwd}/${name}.service`, 'utf8')).toBe(described('TODO'))
    expect(readdirSync(`${cwd}/own`)).toEqual(['b.service', 'c.service'])
    expect(existsSync(`${cwd}/shut/d.service`)).toBe(true)
  })
})

describe('what is loaded', () => {
  /** Tells in the end what was read or loaded, of the package and of Node. */
  const noting = `const fs = require('node:fs')
    const {openSync, readFileSync} = fs
    const read = []
    fs.readFileSync = (file, ...rest) => (read.push(String(file)), readFileSync(file, ...rest))
    fs.openSync = (file, ...rest) => (read.push(String(file)), openSync(file, ...rest))
    process.on('exit', () => {
      const lines = new Set([...Object.keys(require.cache), ...read, ...process.moduleLoadList])
      fs.writeSync(2, [...lines].join('\\n'))
    })`

  /** The files of the package that a run loads, and its status. */
  function loaded(argv: readonly string[], cwd: string): {status: number | null; files: string[]} {
    const probe = path.join(cwd, 'probe.cjs')
    writeFileSync(probe, noting)
    const {status, stderr} = spawnSync(
      process.execPath,
      ['-r', probe, path.join(dist, 'cli.js'), ...argv],
      {cwd, encoding: 'utf8', env: withoutCache},
    )
    const files = stderr.split('\n').filter((file) => file.startsWith(dist) && file.endsWith('.js'))
    return {status, files: files.map((file) => path.basename(file)).toSorted()}
  }
  const withoutCache = {PATH: process.env['PATH'], NODE_DISABLE_COMPILE_CACHE: '1'}

  it('is next to nothing for --version', () => {
    expect(loaded(['--version'], makeFolder())).toEqual({status: 0, files: ['cli.js']})
  })

  it('is yargs for --help', () => {
    expect(loaded(['--help'], makeFolder())).toEqual({
      status: 0,
      files: ['cli.js', 'fast-string-width.js', 'lint.js', 'wrap-ansi.js', 'yargs.js'],
    })
  })

  it('is one script for a plain run', () => {
    const cwd = makeFolder({'a.service': described('a')})
    const run = [
      '--no-config',
      '--preset',
      'strict',
      '-f',
      'json',
      '--rule',
      'private-tmp: off',
      'a.service',
    ]
    expect(loaded(run, cwd)).toEqual({status: 1, files: ['cli.js', 'lint.js']})
  })

  it('is little of Node for a plain run, with kept code too', () => {
    const cwd = makeFolder({'a.service': described('a'), 'probe.cjs': noting})
    const run = (env: NodeJS.ProcessEnv): [isKnown: boolean, dear: string[]] => {
      const {stderr} = spawnSync(
        process.execPath,
        ['-r', './probe.cjs', path.join(dist, 'cli.js'), '--no-config', 'a.service'],
        {cwd, encoding: 'utf8', env},
      )
      const loaded = new Set(stderr.split('\n'))
      const dear = ['crypto', 'net', 'os', 'stream', 'tty', 'v8', 'worker_threads', 'zlib']
      return [
        loaded.has('NativeModule vm'),
        dear.filter((name) => loaded.has(`NativeModule ${name}`)),
      ]
    }
    expect(run(withoutCache)).toEqual([true, []])
    const withCache = {PATH: process.env['PATH'], XDG_CACHE_HOME: cwd}
    // It keeps the code, which takes more.
    expect(run(withCache)).toEqual([true, ['crypto', 'stream', 'v8', 'zlib']])
    // zlib, for its sum, loads streams.
    expect(run(withCache)).toEqual([true, ['stream', 'zlib']])
  })

  it('is zod where a config is to be checked, and what reads shell scripts where there is one', () => {
    const cwd = makeFolder({
      'unitlint.config.json': '{"extends": "strict"}',
      'a.service': described('a').replace('/usr/bin/example', '/bin/sh -c "exec a"'),
    })
    expect(loaded(['-f', 'json', 'a.service'], cwd)).toEqual({
      status: 1,
      files: ['cli.js', 'lint.js', 'unbash.js', 'zod.js'],
    })
  })

  it('is one script for another command, and how wide characters are and lines break', () => {
    expect(loaded(['explain', 'PrivateTmp'], makeFolder())).toEqual({
      status: 0,
      files: ['cli.js', 'commands.js', 'fast-string-width.js', 'wrap-ansi.js'],
    })
  })
})
