import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import process from 'node:process'
import v8 from 'node:v8'
import vm from 'node:vm'

// node src/dev/compiled.mjs SCRIPT FILE: write the compiled code of a script of the command to a
// file, with all functions that a plain run calls.
const [file = '', out = ''] = process.argv.slice(2)
const script = new vm.Script(readFileSync(file, 'utf8'), {filename: file})
/** @type {{exports: {run?: (argv: readonly string[], io: object) => Promise<number>}}} */
const module = {exports: {}}
const tag = v8.cachedDataVersionTag()
script.runInThisContext()(module.exports, createRequire(file), module, file)
const taken = {
  isTTY: false,
  write: (/** @type {unknown} */ _data, /** @type {() => void} */ done = () => undefined) => done(),
}
const argv = path.basename(file) === 'lint.js' ? ['--stdin'] : ['rules']
await module.exports.run?.(argv, {
  cwd: process.cwd(),
  env: {},
  stdin: (async function* () {
    yield '[Unit]\nDescription=Example\n\n[Service]\nExecStart=/usr/bin/example\nRestrat=always\n'
  })(),
  stdout: taken,
  stderr: taken,
  now: () => 0,
  date: () => 0,
})
if (v8.cachedDataVersionTag() !== tag) throw new Error('Expected V8 to be set up as it was')
writeFileSync(out, script.createCachedData())
