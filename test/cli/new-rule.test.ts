import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {described} from './acme.ts'
import {cli} from './cli.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))

/** A folder where unitlint, to be imported, and jiti are installed. */
async function installed(name: string): Promise<string> {
  const cwd = path.join(makeFolder(), name)
  mkdirSync(`${cwd}/node_modules`, {recursive: true})
  symlinkSync(path.join(top, 'node_modules/jiti'), `${cwd}/node_modules/jiti`)
  await build({
    absWorkingDir: top,
    entryPoints: {rule: 'src/rule/index.ts', index: 'src/index.ts'},
    bundle: true,
    splitting: true,
    external: ['jiti', 'write-file-atomic'],
    format: 'esm',
    platform: 'node',
    conditions: ['unitlint-source', 'module'],
    outdir: `${cwd}/node_modules/unitlint`,
    logLevel: 'silent',
  })
  const exports = {'.': './index.js', './rule': './rule.js'}
  writeFileSync(
    `${cwd}/node_modules/unitlint/package.json`,
    JSON.stringify({name: 'unitlint', type: 'module', exports}),
  )
  return cwd
}

/** Run the tests of a plugin as its `package.json` says. */
function test(cwd: string): string {
  const {scripts} = JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8')) as {
    scripts: {test: string}
  }
  const {stdout, stderr} = spawnSync(scripts.test, {
    cwd,
    shell: true,
    encoding: 'utf8',
    env: {...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined},
  })
  return stdout + stderr
}

describe('new-rule', () => {
  it.each([
    ['ts', []],
    ['js', ['--js']],
  ])('writes a plugin in %s whose tests pass and whose rule works', async (language, argv) => {
    const cwd = await installed('Unitlint-Plugin-Acme_Corp')
    const {status, stdout, stderr} = await cli(['new-rule', 'no-full-stop', ...argv], {cwd})
    expect([status, stderr]).toEqual([0, ''])
    const written = [
      `rules/no-full-stop.${language}`,
      `test/no-full-stop.test.${language}`,
      'docs/rules/no-full-stop.md',
      'package.json',
      `index.${language}`,
      ...(language === 'ts' ? ['tsconfig.json'] : []),
      `rules/index.${language}`,
    ]
    expect(stdout).toBe(written.map((name) => `Wrote ${name}\n`).join(''))
    expect(JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8'))).toMatchObject({
      name: 'unitlint-plugin-acme-corp',
      keywords: ['unitlint', 'unitlint-plugin', 'systemd'],
      peerDependencies: {unitlint: expect.stringMatching(/^\^\d/)},
    })

    expect((await cli(['new-rule', 'class', ...argv], {cwd})).stdout).toContain(
      `Wrote rules/index.${language}\n`,
    )
    const output = test(cwd)
    expect(output).toMatch(/^# pass 1[0-9]$/m)
    expect(output).toMatch(/^# fail 0$/m)

    writeFileSync(
      `${cwd}/unitlint.config.json`,
      `{"extends": [], "plugins": {"acme": "./index.${language}"}, "rules": {"acme/no-full-stop": "error", "acme/class": "warn"}}`,
    )
    writeFileSync(`${cwd}/a.service`, described('Backup.'))
    const found = JSON.parse((await cli(['a.service', '-f', 'json'], {cwd})).stdout) as Array<{
      messages: Array<{ruleId: string; message: string}>
    }>
    expect(found[0]?.messages.map(({ruleId, message}) => `${ruleId}: ${message}`)).toEqual([
      'acme/class: Unexpected full stop behind `Backup`',
      'acme/no-full-stop: Unexpected full stop behind `Backup`',
    ])
    expect((await cli(['a.service', '--fix'], {cwd})).status).toBe(0)
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(described('Backup'))
  })

  it('has a test that can fail', async () => {
    const cwd = await installed('plugin')
    await cli(['new-rule', 'no-full-stop', '--js'], {cwd})
    const rule = `${cwd}/rules/no-full-stop.js`
    writeFileSync(rule, readFileSync(rule, 'utf8').replace("endsWith('.')", "endsWith(',')"))
    expect(test(cwd)).toMatch(/^# fail [1-9]/m)
  })

  it('makes TypeScript that the compiler checks', async () => {
    const cwd = await installed('plugin')
    await cli(['new-rule', 'no-full-stop'], {cwd})
    // The types of the kit are those of its source.
    writeFileSync(
      `${cwd}/node_modules/unitlint/package.json`,
      JSON.stringify({
        name: 'unitlint',
        type: 'module',
        exports: {
          '.': {types: './source/index.ts', default: './index.js'},
          './rule': {types: './source/rule/index.ts', default: './rule.js'},
        },
      }),
    )
    symlinkSync(path.join(top, 'src'), `${cwd}/node_modules/unitlint/source`)
    const {stdout} = spawnSync(
      path.join(top, 'node_modules/.bin/tsc'),
      ['-p', '.', '--noEmit', '--rootDir', '/', '--erasableSyntaxOnly', 'true'],
      {
        cwd,
        encoding: 'utf8',
      },
    )
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('..'))).toEqual([])
    writeFileSync(
      `${cwd}/rules/no-full-stop.ts`,
      readFileSync(`${cwd}/rules/no-full-stop.ts`, 'utf8').replace(
        "message: 'stop'",
        "message: 'stopp'",
      ),
    )
    const broken = spawnSync(
      path.join(top, 'node_modules/.bin/tsc'),
      ['-p', '.', '--noEmit', '--rootDir', '/'],
      {cwd, encoding: 'utf8'},
    )
    expect(broken.stdout).toMatch(/^rules\/no-full-stop\.ts\(\d+,\d+\): error TS/)
  })

  it('keeps to the language of the plugin, and lists its rules anew', async () => {
    const cwd = makeFolder()
    await cli(['new-rule', 'b', '--js'], {cwd})
    await cli(['new-rule', 'a'], {cwd})
    expect(readFileSync(`${cwd}/rules/index.js`, 'utf8')).toMatch(
      /import aRule from '\.\/a\.js'\nimport bRule from '\.\/b\.js'\n\nexport const rules = \[aRule, bRule\]\n$/,
    )
  })

  it('names JavaScript as modules where the package does not say that it is', async () => {
    const cwd = makeFolder({'package.json': '{"type": "commonjs"}'})
    expect((await cli(['new-rule', 'a', '--js'], {cwd})).stdout).toBe(
      'Wrote rules/a.mjs\nWrote test/a.test.mjs\nWrote docs/rules/a.md\nWrote rules/index.mjs\n',
    )
    // The next one is as those that are there.
    expect((await cli(['new-rule', 'b'], {cwd})).stdout).toContain('Wrote rules/b.mjs\n')
    expect(readFileSync(`${cwd}/rules/index.mjs`, 'utf8')).toContain("import bRule from './b.mjs'")
  })

  it('leaves files alone that are there, and a list of rules that it has not made', async () => {
    const cwd = makeFolder({
      'package.json': '{"type": "module"}',
      'rules/index.ts': 'export const rules = []\n',
      'docs/rules/b.md': 'mine',
    })
    expect(await cli(['new-rule', 'b'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'docs/rules/b.md: Already there, left as it is\n',
    })
    expect(existsSync(`${cwd}/rules/b.ts`)).toBe(false)
    expect(await cli(['new-rule', 'a'], {cwd})).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/Add \.\/rules\/a\.ts to the rules of your plugin\n$/),
    })
    expect(readFileSync(`${cwd}/rules/index.ts`, 'utf8')).toBe('export const rules = []\n')
    expect(readFileSync(`${cwd}/package.json`, 'utf8')).toBe('{"type": "module"}')
    expect(existsSync(`${cwd}/index.ts`)).toBe(false)
  })
})
