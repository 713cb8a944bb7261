import {cp, mkdir, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import type {BuildOptions, Plugin} from 'esbuild'
import {presets} from '../../../configs/index.ts'
import {newestVersion, oldestVersion, releases} from '../../facts/targets.ts'
import {browser} from '../bundle.mjs'

const from = 'docs/playground'

const versions = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) =>
  String(oldestVersion + index),
)

/**
 * Write the playground into a folder: a page, its style, a script that has the worker in it, and
 * one that is loaded when something is first asked about.
 */
export async function buildPlayground(to: string): Promise<void> {
  await mkdir(to, {recursive: true})
  for (const name of ['index.html', 'playground.css'])
    await cp(path.join(from, name), path.join(to, name))
  const worker = await bundled('worker.ts', {...browser, format: 'iife', plugins: [withoutHost]})
  const hover = await bundled('hover.ts', {...browser, format: 'esm'})
  const define = {
    PRESETS: JSON.stringify(Object.keys(presets)),
    TARGETS: JSON.stringify([...Object.keys(releases), ...versions]),
    WORKER: 'unitlintWorker',
  }
  const page = await bundled('main.ts', {define})
  await writeFile(
    path.join(to, 'playground.js'),
    `const unitlintWorker = ${JSON.stringify(worker)};\n${page}`,
  )
  await writeFile(path.join(to, 'hover.js'), `window.unitlintHover = ${JSON.stringify(hover)};\n`)
}

async function bundled(name: string, options: BuildOptions): Promise<string> {
  const entry = path.resolve(from, name)
  const {outputFiles} = await build({
    bundle: true,
    format: 'iife',
    ...options,
    entryPoints: [entry],
    outdir: 'out',
    minify: true,
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A page sees no programs, scripts and configs of a machine, and does without what reads them. */
const withoutHost: Plugin = {
  name: 'without-host',
  setup({onLoad}) {
    onLoad({filter: /[\\/]needs[\\/]sight[\\/]seen\.ts$/}, () => ({
      contents:
        'const none = () => undefined\nexport {none as configOf, none as importsOf, none as readText}',
    }))
  },
}
