import {cp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import {common} from './bundle.mjs'
import {buildCommand} from './command.mjs'
import {licensesOf} from './licenses.mjs'
import {top} from './top.mjs'

/**
 * Write the extension for VS Code into a folder: all that vsce packs.
 *
 * @param {string} to
 */
export async function buildExtension(to) {
  const from = path.join(top, 'src', 'vscode')
  const dist = path.join(to, 'dist')
  await mkdir(dist, {recursive: true})
  const {metafile} = await build({
    ...common,
    entryPoints: [path.join(from, 'extension.ts')],
    outfile: path.join(to, 'extension.js'),
    format: 'cjs',
    // VS Code's own.
    external: ['vscode'],
    minify: true,
    metafile: true,
  })
  const command = await buildCommand(dist)
  await keepServer(dist)
  const manifest = JSON.parse(await readFile(path.join(from, 'manifest.json'), 'utf8'))
  const {version} = JSON.parse(await readFile(path.join(top, 'package.json'), 'utf8'))
  await Promise.all([
    writeFile(
      path.join(to, 'package.json'),
      `${JSON.stringify({...manifest, version}, null, 2)}\n`,
    ),
    writeFile(path.join(to, 'licenses.txt'), await licensesOf([metafile, command])),
    ...['language.json', 'syntaxes', 'snippets'].map(async (name) =>
      cp(path.join(from, name), path.join(to, name), {recursive: true}),
    ),
    cp(path.join(from, 'README.md'), path.join(to, 'README.md')),
    cp(path.join(top, 'LICENSE'), path.join(to, 'LICENSE')),
    // Findings link to them.
    cp(path.join(top, 'docs', 'rules'), path.join(to, 'docs', 'rules'), {recursive: true}),
  ])
}

/**
 * Remove what the command has and its language server never loads.
 *
 * @param {string} dist
 */
async function keepServer(dist) {
  const kept = new Set(['package.json', 'cli.js', 'lsp.js'])
  // A set goes on to what is added on the way.
  for (const name of kept)
    if (name !== 'cli.js')
      for (const [, other = ''] of (await readFile(path.join(dist, name), 'utf8')).matchAll(
        /require\("\.\/([\w-]+\.js)"\)/g,
      ))
        kept.add(other)
  await Promise.all(
    (await readdir(dist))
      .filter((name) => !kept.has(name))
      .map(async (name) => rm(path.join(dist, name))),
  )
}
