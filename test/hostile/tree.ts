import {lstatSync, readFileSync, readdirSync, readlinkSync} from 'node:fs'
import path from 'node:path'

/**
 * All that is below a folder, by path: texts of files, ends of links, `undefined` for folders and
 * what else there is. Follows no link.
 */
export function tree(folder: string): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {}
  const walk = (below: string): void => {
    for (const name of readdirSync(path.join(folder, below)).toSorted()) {
      const file = path.join(below, name)
      const stats = lstatSync(path.join(folder, file))
      found[file] = textOf(path.join(folder, file))
      if (stats.isDirectory()) walk(file)
    }
  }
  walk('')
  return found
}

function textOf(file: string): string | undefined {
  const stats = lstatSync(file)
  if (stats.isSymbolicLink()) return `-> ${readlinkSync(file)}`
  return stats.isFile() ? readFileSync(file, 'utf8') : undefined
}
