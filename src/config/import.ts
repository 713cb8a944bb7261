import {statSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import type * as Jiti from 'jiti'
import {nativeImport} from './native-import.ts'
import {messageOf} from '../rule/thrown.ts'
import {expectFile, jsonText} from './json-text.ts'
import {ownPackage} from './own-package.ts'
import {relaxedJson} from './relaxed-json.ts'
import {ownersOf} from './trust.ts'

/**
 * The value of a JSON file, or what a module exports by default. TypeScript is read by Node itself
 * where it can (22.18 and later), otherwise by jiti.
 *
 * A module has a limit in milliseconds. Rejects with the reason alone; the caller knows the name of
 * the file.
 */
export async function importDefault(file: string, limit: number): Promise<unknown> {
  const extension = path.extname(file)
  if (extension === '.json') return parseJson(jsonText(file))
  expectFile(file)
  // Threads are loaded for modules alone.
  const {watch} = await import('./watch.ts')
  const isTyped = /^\.[cm]?ts$/.test(extension)
  const exported = await watch(limit, () => (isTyped ? importTypeScript(file) : importModule(file)))
  if (exported === undefined) throw new Error('Expected a default export')
  return exported
}

/** JSON, as it is or with comments and commas behind what is last; no object has a key twice. */
function parseJson(text: string): unknown {
  let kept = 0
  const take = function (this: unknown, key: string, value: unknown): unknown {
    if (key === '__proto__') throw new UnexpectedKey('Unexpected key `__proto__`')
    if (!Array.isArray(this)) kept++
    return value
  }
  try {
    const value: unknown = JSON.parse(text, take)
    // It is asked about the whole as well, under no key.
    return keysWritten(text) === kept - 1 ? value : relaxedJson(text)
  } catch (error) {
    if (error instanceof UnexpectedKey) throw error
    return relaxedJson(text)
  }
}

/** How many keys stand in JSON: of those that an object has twice `JSON.parse` tells the last. */
function keysWritten(text: string): number {
  const strings = text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/g)
  return [...strings].filter(([, colon]) => colon === ':').length
}

class UnexpectedKey extends Error {}

async function importModule(file: string): Promise<unknown> {
  const url = pathToFileURL(file)
  // A module is read once a process: what an editor has changed since must be read anew.
  url.searchParams.set('modified', String(statSync(file).mtimeMs))
  // A namespace is an object.
  const namespace = (await nativeImport(url.href)) as {default?: unknown}
  return namespace.default
}

async function importTypeScript(file: string): Promise<unknown> {
  // Since Node 22.10; false where it is turned off. Node reads no TypeScript of packages.
  if (
    (process.features as {typescript?: unknown}).typescript &&
    !file.includes(`${path.sep}node_modules${path.sep}`)
  )
    return importModule(file)
  const {createJiti} = jiti(file)
  // A namespace is an object.
  const namespace = (await createJiti(file, {moduleCache: false, interopDefault: false}).import(
    file,
  )) as {default?: unknown}
  // What CommonJS exports is all that there is.
  const isWhole = path.extname(file) === '.cts' && !('default' in namespace)
  return isWhole ? namespace : namespace.default
}

/** The user's own jiti, else the one that happens to be installed beside us; never a stranger's. */
function jiti(file: string): typeof Jiti {
  const owners = ownersOf(process)
  let reason = ''
  for (const from of [file, import.meta.filename]) {
    try {
      const found = ownPackage('jiti', from, owners)
      // The package was found by its name.
      if (found !== undefined) return createRequire(from)(found) as typeof Jiti
    } catch (error) {
      reason ||= `; ${messageOf(error)}`
    }
  }
  const name = `${path.basename(file, path.extname(file))}.js`
  throw new Error(
    `Node ${process.versions.node} cannot read TypeScript: install \`jiti\`, use Node 22.18 or later, or write \`${name}\`${reason}`,
  )
}
