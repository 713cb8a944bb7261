import {cp, mkdir, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import {presets} from '../../../configs/index.ts'
import {newestVersion, oldestVersion, releases} from '../../facts/targets.ts'
import {split} from './split.ts'

const from = 'docs/playground'

const versions = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) =>
  String(oldestVersion + index),
)

/**
 * Write the playground into a folder: a page, its style and script, and scripts that come behind
 * it: the core, the editor, and the parts of the core.
 */
export async function buildPlayground(to: string): Promise<void> {
  await mkdir(to, {recursive: true})
  for (const name of ['index.html', 'playground.css'])
    await cp(path.join(from, name), path.join(to, name))
  const {core, parts} = await split()
  const define = {
    PRESETS: JSON.stringify(Object.keys(presets)),
    TARGETS: JSON.stringify([...Object.keys(releases), ...versions]),
    PARTS: JSON.stringify(Object.keys(parts)),
  }
  await build({
    entryPoints: {
      playground: path.resolve(from, 'main.ts'),
      editor: path.resolve(from, 'editor.ts'),
    },
    outdir: to,
    define,
    bundle: true,
    minify: true,
    format: 'iife',
    logLevel: 'error',
  })
  for (const [name, text] of Object.entries({core, ...parts}))
    await writeFile(
      path.join(to, `${name}.js`),
      `(window.unitlintTexts??={}).${name}=${literal(text)};\n`,
    )
}

/** A text as a string of a script, in the quotes that what is minified has least of. */
function literal(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return `'${escaped.replaceAll(/\\.|'/g, (found) => (found === '\\"' ? '"' : found === "'" ? "\\'" : found))}'`
}
