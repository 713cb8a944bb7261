import {spawnSync} from 'node:child_process'
import {chmod, mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {build} from 'esbuild'
import {alias, browser, common, external, importBundled} from './bundle.mjs'
import {buildCommand} from './command.mjs'
import {licensesOf} from './licenses.mjs'
import {top} from './top.mjs'

// node src/dev/build.mjs: make dist/, the bundles of the command and of the public modules, with
// their declarations, and the facts for other tools.
const dist = path.join(top, 'dist')
await rm(dist, {recursive: true, force: true})
const modules = await build({
  ...common,
  entryPoints: {index: 'src/index.ts', rule: 'src/rule/index.ts'},
  outdir: 'dist',
  outExtension: {'.js': '.mjs'},
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  alias,
  external,
  metafile: true,
})
refuseRequires(modules.metafile)
const forBrowsers = await build({
  ...browser,
  outdir: 'dist',
  outExtension: {'.js': '.mjs'},
  metafile: true,
})
const command = await buildCommand(dist)
const licenses = await licensesOf([modules.metafile, forBrowsers.metafile, command])
await Promise.all([
  makeExecutable(path.join(dist, 'cli.js')),
  writeFile(path.join(dist, 'licenses.txt'), licenses),
])
const {factsFile, factsSchema} = await importBundled('src/dev/facts-file.ts')
await writeFile(path.join(dist, 'facts.json'), `${JSON.stringify(factsFile())}\n`)
await writeFile(path.join(dist, 'facts-schema.json'), `${JSON.stringify(factsSchema(), null, 2)}\n`)
await mkdir(path.join(dist, 'types'))
await writeFile(path.join(dist, 'types', 'package.json'), '{"type": "module"}\n')
const {status} = spawnSync(
  path.join(top, 'node_modules', '.bin', 'tsc'),
  ['-p', 'src/dev/declarations.json'],
  {
    cwd: top,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
)
process.exitCode = status ?? 1

/**
 * CommonJS that asks Node for a module throws once it is bundled as ESM.
 *
 * @param {import('esbuild').Metafile} metafile
 */
function refuseRequires({inputs}) {
  for (const [file, {imports}] of Object.entries(inputs)) {
    const required = imports.find((found) => found.external && found.kind === 'require-call')
    if (required)
      throw new Error(
        `Unexpected bundled \`require('${required.path}')\` in ${file}, expected its package among the external ones`,
      )
  }
}

/** @param {string} file */
async function makeExecutable(file) {
  const text = await readFile(file, 'utf8')
  if (!text.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${text}`)
  await chmod(file, 0o755)
}
