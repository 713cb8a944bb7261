import path from 'node:path'
import {packageFile, packageFolders} from './package.ts'
import {distrustOfFile, distrustOfFolder} from './trust.ts'
import type {Owners} from './trust.ts'

/**
 * The file of a package that is no stranger's; undefined when it is not installed.
 *
 * Node looks for packages in all folders above, and anybody may make one in `/tmp`. Throws with the
 * reason for one that may be another's.
 */
export function ownPackage(
  specifier: string,
  from: string,
  owners: Owners | undefined,
): string | undefined {
  const file = packageFile(specifier, from)
  if (file === undefined) return undefined
  const folders = packageFolders(specifier, from)
  const [modules] = folders
  const around = modules === undefined ? [] : [path.dirname(modules), ...folders]
  const reasons = around.map((folder) => distrustOfFolder(folder, owners))
  const reason = reasons.find((one) => one !== undefined) ?? distrustOfFile(file, owners)
  if (reason !== undefined) throw new Error(`Package \`${specifier}\` is not read, as ${reason}`)
  return file
}
