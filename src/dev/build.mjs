import {spawnSync} from 'node:child_process'
import {chmod, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {build} from 'esbuild'
import {common} from './bundle.mjs'
import {top} from './top.mjs'

// node src/dev/build.mjs: make dist/, the bundles of the command and of the public modules, with their declarations.
const dist = path.join(top, 'dist')
await rm(dist, {recursive: true, force: true})
const {metafile} = await build({
  ...common,
  entryPoints: {cli: 'src/cli/main.ts', index: 'src/index.ts', rule: 'src/rule/index.ts'},
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  // Three copies of string-width, with their tables, take 15 ms to load.
  alias: {'string-width': 'fast-string-width'},
  // It is there only when a user installed it.
  external: ['jiti'],
  metafile: true,
})
refuseRequires(metafile)
await Promise.all([makeExecutable(path.join(dist, 'cli.js')), writeLicenses(metafile)])
const {status} = spawnSync(path.join(top, 'node_modules', '.bin', 'tsc'), ['-p', 'src/dev/declarations.json'], {
  cwd: top,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1

/**
 * CommonJS that asks Node for a module throws once it is bundled as ESM.
 *
 * @param {import('esbuild').Metafile} metafile
 */
function refuseRequires({inputs}) {
  for (const [file, {imports}] of Object.entries(inputs)) {
    const required = imports.find((found) => found.external && found.kind === 'require-call')
    if (required) throw new Error(`Unexpected bundled \`require('${required.path}')\` in ${file}, expected its package among the external ones`)
  }
}

/** @param {string} file */
async function makeExecutable(file) {
  const text = await readFile(file, 'utf8')
  if (!text.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${text}`)
  await chmod(file, 0o755)
}

/**
 * Write the licences of all packages in the bundle into one file: they must go where the code goes.
 *
 * @param {import('esbuild').Metafile} metafile
 */
async function writeLicenses({inputs}) {
  const folders = new Set(Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  const licenses = await Promise.all([...folders].toSorted().map(license))
  await writeFile(path.join(dist, 'licenses.txt'), licenses.join(`\n${'-'.repeat(80)}\n\n`))
}

/** @param {string} folder */
async function license(folder) {
  const {name, version, license: id} = JSON.parse(await readFile(path.join(top, folder, 'package.json'), 'utf8'))
  const file = (await readdir(path.join(top, folder))).find((entry) => /^licen[cs]e/i.test(entry))
  if (!file) throw new Error(`Expected a licence file in ${folder}`)
  return `${name} ${version} (${id})\n\n${await readFile(path.join(top, folder, file), 'utf8')}`
}
