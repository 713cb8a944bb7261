import {cp, mkdir, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import {presets} from '../../../configs/index.ts'
import {newestVersion, oldestVersion, releases} from '../../facts/targets.ts'
import {browser} from '../bundle.mjs'

const from = 'docs/playground'

const versions = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) => String(oldestVersion + index))

/** Write the playground into a folder: a page, its style, and one script that has the worker in it. */
export async function buildPlayground(to: string): Promise<void> {
  await mkdir(to, {recursive: true})
  for (const name of ['index.html', 'playground.css']) await cp(path.join(from, name), path.join(to, name))
  const {outputFiles: [worker] = []} = await build({
    ...browser,
    entryPoints: [path.resolve(from, 'worker.ts')],
    outdir: to,
    format: 'iife',
    minify: true,
    write: false,
    logLevel: 'error',
  })
  const {outputFiles: [page] = []} = await build({
    entryPoints: [path.resolve(from, 'main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    outdir: to,
    write: false,
    logLevel: 'error',
    define: {PRESETS: JSON.stringify(Object.keys(presets)), TARGETS: JSON.stringify([...Object.keys(releases), ...versions]), WORKER: 'unitlintWorker'},
  })
  await writeFile(path.join(to, 'playground.js'), `const unitlintWorker = ${JSON.stringify(worker?.text ?? '')};\n${page?.text ?? ''}`)
}
