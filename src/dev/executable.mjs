import {execFileSync} from 'node:child_process'
import {chmod, copyFile, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {build} from 'esbuild'
// @ts-expect-error It has no types.
import {inject} from 'postject'
import {common} from './bundle.mjs'
import {top} from './top.mjs'

// node src/dev/executable.mjs: put the built command and the Node that runs this into one file,
// build/unitlint (Node's "single executable applications").
const out = path.join(top, 'build')
const scratch = path.join(out, 'executable')
await rm(scratch, {recursive: true, force: true})
await mkdir(scratch, {recursive: true})
const main = path.join(scratch, 'main.cjs')
await build({
  ...common,
  format: 'cjs',
  entryPoints: ['src/cli/executable/main.ts'],
  outfile: main,
  minifyWhitespace: true,
  minifySyntax: true,
})
const dist = path.join(top, 'dist')
const scripts = (await readdir(dist)).filter((name) => name.endsWith('.js') && name !== 'cli.js')
const assets = Object.fromEntries(scripts.map((name) => [name, path.join(dist, name)]))
for (const name of ['lint.js', 'commands.js']) {
  assets[`${name}.compiled`] = path.join(scratch, `${name}.compiled`)
  execFileSync(process.execPath, [
    path.join(top, 'src/dev/compiled.mjs'),
    path.join(dist, name),
    assets[`${name}.compiled`] ?? '',
  ])
}
const blob = path.join(scratch, 'blob')
const config = path.join(scratch, 'config.json')
await writeFile(
  config,
  JSON.stringify({main, output: blob, disableExperimentalSEAWarning: true, assets}),
)
execFileSync(process.execPath, ['--experimental-sea-config', config], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
const file = path.join(out, 'unitlint')
await copyFile(process.execPath, file)
// What Node's developers debug it with is a fifth of it.
execFileSync('strip', [file])
await inject(file, 'NODE_SEA_BLOB', await readFile(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
})
await chmod(file, 0o755)
await rm(scratch, {recursive: true})
