import {spawn} from 'node:child_process'
import {readFile, rm} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {top} from './top.mjs'

// npm test [-- ARGUMENTS]: build, then all checks at once, then the tests; the arguments are
// vitest's. Ends with one line that counts. Properties are tried with the same values each time,
// unless UNITLINT_SEED says others: what is rare is looked for by `npm run test:all`.
const report = path.join(top, 'node_modules', '.cache', 'unitlint', 'tests.json')
const {scripts} = JSON.parse(await readFile(path.join(top, 'package.json'), 'utf8'))

const checks = [
  await check('build'),
  ...(await Promise.all(['types', 'lint', 'format', 'unused', 'generate'].map(check))),
]
const tests = await test(process.argv.slice(2))

const passed = checks.filter(Boolean).length + tests.passed
const failed = checks.filter((ok) => !ok).length + tests.failed
console.log(
  `\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`,
)
process.exitCode = failed > 0 ? 1 : 0

/**
 * Run a script of package.json and tell how it went; what it prints matters only when it fails.
 *
 * @param {string} name
 * @returns {Promise<boolean>}
 */
async function check(name) {
  const start = performance.now()
  const {ok, output} = await run(
    name === 'generate' ? `${scripts.generate} --check` : scripts[name],
    'pipe',
  )
  console.log(
    `${ok ? '✓' : '✗'} ${name.padEnd(9)}${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
  if (!ok) console.log(output)
  return ok
}

/**
 * Run all tests, watched, and count them.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
async function test(args) {
  await rm(report, {force: true})
  const reporters = `--reporter=default --reporter=json --outputFile.json="${report}"`
  const {ok} = await run(
    [scripts['test:all'], reporters, ...args.map((arg) => JSON.stringify(arg))].join(' '),
    'inherit',
  )
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests,
    numTodoTests,
  } = JSON.parse(await readFile(report, 'utf8'))
  // A file that does not load fails, but has no test that could.
  return {passed, failed: ok ? 0 : Math.max(failed, 1), skipped: numPendingTests + numTodoTests}
}

/**
 * @param {string} command for the shell
 * @param {'pipe' | 'inherit'} stdio
 * @returns {Promise<{ok: boolean, output: string}>}
 */
async function run(command, stdio) {
  const bin = path.join(top, 'node_modules', '.bin')
  const child = spawn(command, {
    cwd: top,
    shell: true,
    stdio: ['ignore', stdio, stdio],
    env: {UNITLINT_SEED: '1', ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`},
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ok: status === 0, output}))
  })
}
