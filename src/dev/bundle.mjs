import {mkdir, readFile, rm} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {build} from 'esbuild'
import {ruleIndex} from './rule-index.mjs'
import {top} from './top.mjs'

/**
 * What all bundles have in common: modules for the oldest Node that we run on, made from sources
 * and never from an earlier build.
 */
export const common = /** @satisfies {import('esbuild').BuildOptions} */ ({
  absWorkingDir: top,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['unitlint-source', 'module'],
  logLevel: 'warning',
})

/** The module for browsers: one file with all that it needs, of which nothing is Node's. */
export const browser = /** @satisfies {import('esbuild').BuildOptions} */ ({
  ...common,
  entryPoints: {browser: 'src/browser.ts'},
  platform: 'browser',
  target: 'es2023',
  // Names stay, as in the command.
  minifyWhitespace: true,
  minifySyntax: true,
})

/**
 * Three copies of string-width, with their tables, take 15 ms to load. What `main` of jsonc-parser
 * names cannot be bundled.
 */
export const alias = {
  'string-width': 'fast-string-width',
  'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
}

/** It is there only when a user installed it. */
export const external = ['jiti']

/**
 * Import TypeScript, which Node 20 cannot run as it is; rejects when it does not compile. What it
 * imports from packages is not bundled.
 *
 * @param {string} entry path from the top
 * @returns {Promise<any>} the namespace of the module
 */
export async function importBundled(entry) {
  const {dependencies, devDependencies} = JSON.parse(
    await readFile(path.join(top, 'package.json'), 'utf8'),
  )
  const folder = path.join(top, 'node_modules', '.cache', 'unitlint')
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}-${process.pid}.mjs`)
  await mkdir(folder, {recursive: true})
  try {
    await build({
      ...common,
      entryPoints: [entry],
      outfile,
      sourcemap: 'inline',
      external: Object.keys({...dependencies, ...devDependencies}),
      plugins: [freshRuleIndex],
      logLevel: 'silent',
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    await rm(outfile, {force: true})
  }
}

/**
 * All rules that there are, not those of an index that may be stale.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const freshRuleIndex = {
  name: 'fresh-rule-index',
  setup(setup) {
    setup.onLoad({filter: /[\\/]rules[\\/]index\.ts$/}, ({path: file}) => ({
      contents: ruleIndex(),
      loader: 'ts',
      resolveDir: path.dirname(file),
    }))
  },
}
