import {existsSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'

/**
 * The file of a package's module, as seen from a file that names it; undefined when it is not
 * installed.
 */
export function packageFile(specifier: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier)
  } catch (error) {
    // A package of modules only, which says nothing to `require`.
    if (isCode(error, 'ERR_PACKAGE_PATH_NOT_EXPORTED')) return moduleFile(specifier, from)
    if (isCode(error, 'MODULE_NOT_FOUND')) return undefined
    throw error
  }
}

/**
 * The folders in which Node finds a package by its name, links not followed: `node_modules`, that
 * of a scope, its own; none for no such thing.
 */
export function packageFolders(specifier: string, from: string): string[] {
  const parts = splitSpecifier(specifier)[0].split('/')
  const all = (createRequire(from).resolve.paths(specifier) ?? []).map((modules) => [
    modules,
    ...parts.map((_, index) => path.join(modules, parts.slice(0, index + 1).join('/'))),
  ])
  return all.find((folders) => existsSync(folders.at(-1) ?? '')) ?? []
}

/** Whether an error is one of Node's, of this code. */
function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function moduleFile(specifier: string, from: string): string | undefined {
  const [name = '', subpath = ''] = splitSpecifier(specifier)
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    const top = path.join(folder, 'node_modules', name)
    const target = exported(path.join(top, 'package.json'), subpath)
    if (target !== undefined) return path.join(top, target)
    if (path.dirname(folder) === folder) return undefined
  }
}

/** `@scope/name/path` as `@scope/name` and `./path`. */
function splitSpecifier(specifier: string): [name: string, subpath: string] {
  const parts = specifier.split('/')
  const name = parts.splice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return [name, ['.', ...parts].join('/')]
}

function exported(file: string, subpath: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const {exports} = JSON.parse(text) as {exports?: unknown}
  // What the check before it has seen.
  if (typeof exports === 'object' && exports !== null && Object.hasOwn(exports, subpath))
    return conditional((exports as Record<string, unknown>)[subpath])
  return subpath === '.' ? conditional(exports) : undefined
}

/** What a package exports to an `import` on Node (Node's documentation, "Conditional exports"). */
function conditional(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  for (const [condition, inner] of Object.entries(target)) {
    if (!['node', 'import', 'module-sync', 'default'].includes(condition)) continue
    const found = conditional(inner)
    if (found !== undefined) return found
  }
  return undefined
}
