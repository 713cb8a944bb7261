import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {build} from 'esbuild'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {identityOf, keepCode} from '../../src/cli/start/code-cache.ts'
import {bundling} from './bundle.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65_534

let folder: string
let script: string
let cache: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unitlint-start-'))
  script = path.join(folder, 'script.js')
  await build({
    ...bundling,
    stdin: {
      contents: `import {loadScript} from './src/cli/start/script.ts'
        const {exported, keep} = loadScript(process.argv[2])
        console.log(exported.word)
        keep()`,
      resolveDir: bundling.absWorkingDir,
    },
    outfile: path.join(folder, 'driver.mjs'),
    splitting: false,
  })
})
afterAll(() => rmSync(folder, {recursive: true}))

beforeEach(() => {
  cache = mkdtempSync(path.join(folder, 'cache-'))
  writeScript("exports.word = 'sound'")
})

/** As the build makes them. */
function writeScript(text: string): void {
  writeFileSync(script, `(function (exports, require, module, __filename) {${text}\n})`)
}

/** What a run of the script says. */
function run(env: Readonly<Record<string, string>> = {XDG_CACHE_HOME: cache}): string {
  const {stdout, stderr} = spawnSync(process.execPath, [path.join(folder, 'driver.mjs'), script], {
    encoding: 'utf8',
    env,
  })
  return stdout + stderr
}

/** The file of kept code. */
function kept(): string {
  const [name] = readdirSync(path.join(cache, 'unitlint'))
  if (name === undefined) throw new Error('Expected kept code')
  return path.join(cache, 'unitlint', name)
}

/** Writes the compiled code of standard input, as of a file that is named. */
const compiling = `const vm = require('node:vm')
  const script = new vm.Script(require('node:fs').readFileSync(0, 'utf8'), {filename: process.argv[1], importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER})
  process.stdout.write(script.createCachedData())`

/** Keep code that says another word than the source, and is sound in all else. */
function poison(): void {
  run()
  const source = readFileSync(script)
  const text = String(source).replace('sound', 'wrong')
  // In a process of its own: other tests may have set this one up for long runs.
  const made = spawnSync(process.execPath, ['-e', compiling, script], {input: text})
  keepCode(kept(), identityOf(source, statSync(script).mtimeMs), made.stdout)
}

describe('kept code', () => {
  it('is kept for the user alone, and taken the next time', () => {
    expect(run()).toBe('sound\n')
    expect([statSync(path.dirname(kept())).mode & 0o777, statSync(kept()).mode & 0o777]).toEqual([
      0o700, 0o600,
    ])
    poison()
    expect(run()).toBe('wrong\n')
  })

  it('is not made by a V8 that was set up for a long run', () => {
    writeScript(
      "require('node:v8').setFlagsFromString('--interrupt-budget=300000'); exports.word = 'sound'",
    )
    expect(run()).toBe('sound\n')
    expect(readdirSync(path.join(cache, 'unitlint'))).toEqual([])
  })

  it('is not taken for another text of the same length', () => {
    run()
    writeScript("exports.word = 'other'")
    expect(run()).toBe('other\n')
  })

  it('is not taken for another text of the same length and time', () => {
    run()
    const {atime, mtime} = statSync(script)
    writeScript("exports.word = 'other'")
    utimesSync(script, atime, mtime)
    expect(run()).toBe('other\n')
  })

  it('is not taken when it is not whole, and made anew', () => {
    run()
    const sound = readFileSync(kept())
    const flipped = Array.from({length: 12}, (_, index) => {
      const bytes = Buffer.from(sound)
      const at = Math.floor((sound.length * index) / 12)
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      return bytes
    })
    const withoutBlocks = [0, 512].map((at) =>
      Buffer.from(sound).fill(0, at, Math.min(at + 512, sound.length)),
    )
    const cut = [
      sound.subarray(0, -1),
      sound.subarray(0, 40),
      sound.subarray(0, 512),
      Buffer.alloc(0),
    ]
    for (const bytes of [...flipped, ...withoutBlocks, ...cut, Buffer.alloc(sound.length)]) {
      writeFileSync(kept(), bytes)
      expect(run()).toBe('sound\n')
      expect(readFileSync(kept()).length).toBe(sound.length)
    }
  })

  it.each([0o644, 0o620, 0o602, 0o666])('is not taken from a file of mode %o', (mode) => {
    poison()
    chmodSync(kept(), mode)
    expect(run()).toBe('sound\n')
  })

  it.each([0o755, 0o770, 0o777])('is not taken from a folder of mode %o', (mode) => {
    poison()
    chmodSync(path.dirname(kept()), mode)
    expect(run()).toBe('sound\n')
  })

  it('is not taken through a link', () => {
    poison()
    renameSync(kept(), path.join(folder, 'elsewhere'))
    run()
    const name = kept()
    rmSync(name)
    symlinkSync(path.join(folder, 'elsewhere'), name)
    expect(run()).toBe('sound\n')
  })

  it('is not taken from a folder that is a link', () => {
    poison()
    renameSync(path.join(cache, 'unitlint'), path.join(cache, 'other'))
    symlinkSync('other', path.join(cache, 'unitlint'))
    expect(run()).toBe('sound\n')
  })

  it.runIf(isRoot)("is not taken from another user's file or folder, nor put there", () => {
    poison()
    chownSync(kept(), nobody, nobody)
    expect(run()).toBe('sound\n')
    poison()
    chownSync(path.dirname(kept()), nobody, nobody)
    expect(run()).toBe('sound\n')
    const other = mkdtempSync(path.join(folder, 'home-'))
    chownSync(other, nobody, nobody)
    expect([run({HOME: other}), readdirSync(other)]).toEqual(['sound\n', []])
  })

  it('is not missed where it cannot be', () => {
    writeFileSync(path.join(cache, 'file'), '')
    for (const place of [path.join(cache, 'file'), '/proc/self/nowhere', 'relative', '/dev/null'])
      expect([place, run({XDG_CACHE_HOME: place})]).toEqual([place, 'sound\n'])
    expect(run({})).toBe('sound\n')
    mkdirSync(path.join(cache, 'unitlint'), {mode: 0o500})
    expect(run()).toBe('sound\n')
  })

  it('is not kept when Node is told to keep none', () => {
    expect([
      run({XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '1'}),
      readdirSync(cache),
    ]).toEqual(['sound\n', []])
  })

  it('is below the home of the user', () => {
    expect([run({HOME: cache}), readdirSync(path.join(cache, '.cache'))]).toEqual([
      'sound\n',
      ['unitlint'],
    ])
  })
})
