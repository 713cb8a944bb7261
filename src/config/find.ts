import {readdirSync} from 'node:fs'
import path from 'node:path'

/** The names of config files; where a folder has several, the first of these counts. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `unitlint.config.${extension}`)

/**
 * The look-up of config files: from a folder to the path of the config of the files in it, or undefined.
 *
 * The nearest one counts, alone: that of the folder itself, else of the folder above it, and so on to the root. Links are not followed on
 * the way: a folder's parent is what its path says.
 */
export function configFinder(): (folder: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  function find(folder: string): string | undefined {
    if (known.has(folder)) return known.get(folder)
    const parent = path.dirname(folder)
    const found = configIn(folder) ?? (parent === folder ? undefined : find(parent))
    known.set(folder, found)
    return found
  }
  return find
}

function configIn(folder: string): string | undefined {
  let names: ReadonlySet<string>
  try {
    names = new Set(readdirSync(folder))
  } catch {
    // A folder that cannot be listed has no config that could be found; a file in it is reported when it is read.
    return undefined
  }
  const name = configNames.find((candidate) => names.has(candidate))
  return name && path.join(folder, name)
}
