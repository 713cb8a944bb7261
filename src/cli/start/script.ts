import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import process from 'node:process'
import v8 from 'node:v8'
import vm from 'node:vm'
import {cacheFolder} from './cache-folder.ts'
import {cacheFile, keepCode, readCode} from './code-cache.ts'

/** A script of the package that was loaded. */
export interface Loaded {
  readonly exported: unknown
  /** Keep the compiled code for the next time; to be called when the work is done. */
  readonly keep: () => void
}

/**
 * Load a CommonJS script of our own, by absolute path, with its code compiled already where that was kept.
 *
 * Node 22 and later could keep it themselves, but keep no function that is compiled when it is first called: that
 * gains next to nothing here, where this takes a third off.
 */
export function loadScript(file: string): Loaded {
  const require = createRequire(file)
  const folder = cacheFolder(process.env)
  if (folder === undefined) return {exported: require(file), keep: nothing}
  return loadWithCode(file, cacheFile(folder, file), require)
}

function loadWithCode(file: string, kept: string, require: NodeJS.Require): Loaded {
  const source = readFileSync(file)
  const cachedData = readCode(kept, source)
  const text = `(function (exports, require, module, __filename) {${source.toString('utf8')}\n})`
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new vm.Script(text, {filename: file, importModuleDynamically, ...(cachedData ? {cachedData} : {})})
  const isKept = cachedData !== undefined && script.cachedDataRejected === false
  const tag = isKept ? undefined : v8.cachedDataVersionTag()
  const module = {exports: {}}
  // What was just written above.
  const run = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: object, name: string) => void
  run(module.exports, require, module, file)
  if (isKept) return {exported: module.exports, keep: nothing}
  const keep = (): void => {
    // A V8 that was set up otherwise meanwhile makes code for its like alone.
    if (v8.cachedDataVersionTag() === tag) keepCode(kept, source, script.createCachedData())
  }
  return {exported: module.exports, keep}
}

function nothing(): void {
  // There is nothing to keep, or others keep it.
}
