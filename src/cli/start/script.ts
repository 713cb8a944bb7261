import {Buffer, isAscii} from 'node:buffer'
import {closeSync, fstatSync, openSync} from 'node:fs'
import {createRequire} from 'node:module'
import process from 'node:process'
import vm from 'node:vm'
import {cacheFolder} from './cache-folder.ts'
import {cacheFile, identityOf, keepCode, readCode} from './code-cache.ts'
import {readInto} from './read-into.ts'

/** A script of the package that was loaded. */
export interface LoadedScript {
  readonly exported: unknown
  /** Keep the compiled code for the next time; to be called when the work is done. */
  readonly keep: () => void
}

/**
 * Load a CommonJS script of our own, by absolute path, which is the function that Node makes of
 * one, with its code compiled already where that was kept.
 *
 * Node 22 and later could keep it themselves, but keep no function that is compiled when it is
 * first called: that gains next to nothing here, where this takes a third off.
 */
export function loadScript(file: string): LoadedScript {
  const folder = cacheFolder(process.env)
  const kept = folder === undefined ? undefined : cacheFile(folder, file)
  const {source, mtimeMs} = readScript(file)
  const identity = identityOf(source, mtimeMs)
  // Of ASCII text V8 keeps, and goes through, half as many bytes as of any other.
  const text = source.toString(isAscii(source) ? 'latin1' : 'utf8')
  // It is read where the source was, as new memory takes longer than reading does.
  const cachedData =
    kept === undefined ? undefined : readCode(kept, identity, Buffer.from(source.buffer))
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new vm.Script(text, {
    filename: file,
    importModuleDynamically,
    ...(cachedData ? {cachedData} : {}),
  })
  const isKept = cachedData !== undefined && script.cachedDataRejected === false
  const tag = isKept || kept === undefined ? undefined : flagsTag()
  const module = {exports: {}}
  // The build makes nothing else.
  const run = script.runInThisContext() as (
    exports: object,
    require: (name: string) => unknown,
    module: object,
    name: string,
  ) => void
  run(module.exports, requireFor(file), module, file)
  if (isKept || kept === undefined) return {exported: module.exports, keep: nothing}
  const keep = (): void => {
    // A V8 that was set up otherwise meanwhile makes code for its like alone.
    if (flagsTag() === tag) keepCode(kept, identity, script.createCachedData())
  }
  return {exported: module.exports, keep}
}

/** Read a script, with room behind it for the code that is kept for it. */
function readScript(file: string): {readonly source: Buffer; readonly mtimeMs: number} {
  const descriptor = openSync(file, 'r')
  try {
    const {size, mtimeMs} = fstatSync(descriptor)
    const source = readInto(Buffer.allocUnsafeSlow(2 * size), descriptor, size)
    return {source, mtimeMs}
  } finally {
    closeSync(descriptor)
  }
}

/**
 * What finds modules for a script: Node's own are there, and what finds files takes a while to be
 * loaded.
 */
function requireFor(file: string): (name: string) => unknown {
  let require: NodeJS.Require | undefined
  return (name) => process.getBuiltinModule(name) ?? (require ??= createRequire(file))(name)
}

/** Tells how V8 is set up. */
function flagsTag(): number {
  // Loaded only where it is needed.
  return process.getBuiltinModule('node:v8').cachedDataVersionTag()
}

function nothing(): void {
  // There is nothing to keep, or others keep it.
}
