import {readdirSync} from 'node:fs'
import path from 'node:path'
import {distrustOfFile, distrustOfFolder} from './trust.ts'
import type {Owners} from './trust.ts'

/** The names of config files; where a folder has several, the first of these counts. */
export const configNames = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map(
  (extension) => `unitlint.config.${extension}`,
)

/** What other tools would call their configs. */
const likeConfig = /^(?:\.unitlintrc(?:\..+)?|\.?unitlint(?:\.config)?\.(?:json[c5]?|ya?ml|toml))$/

/** What other tools would call what `ignores` has. */
const likeIgnores = '.unitlintignore'

/** The config of a working folder, and what there is to say of one that was passed over. */
export interface TopConfig {
  readonly file?: string
  readonly notes: readonly string[]
}

/**
 * The config of a working folder: its own, else that of the folder above it, and so on to the root.
 *
 * A config is code, so the look-up ends at a folder that others may write to; the first config that
 * it kept from being read is named. Links are not followed on the way: a folder's parent is what
 * its path says.
 */
export function findConfig(cwd: string, owners: Owners | undefined): TopConfig {
  const notes: string[] = []
  let end: string | undefined
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    end ??= distrustOfFolder(folder, owners)
    const names = namesIn(folder)
    const like = [...names].find((name) => likeConfig.test(name) && !configNames.includes(name))
    if (like !== undefined && end === undefined)
      notes.push(
        `${path.join(folder, like)}: Not read, expected a name such as \`unitlint.config.json\``,
      )
    if (names.has(likeIgnores) && end === undefined)
      notes.push(`${path.join(folder, likeIgnores)}: Not read, expected \`ignores\` in a config`)
    for (const file of configsAmong(names, folder)) {
      const reason = end ?? distrustOfFile(file, owners)
      if (reason === undefined) return {file, notes}
      notes.push(
        `${file}: Not read, as ${reason}; expected \`--config ${file}\` to read it all the same`,
      )
      if (end !== undefined) return {notes}
    }
    if (path.dirname(folder) === folder) return {notes}
  }
}

/**
 * The configs between a working folder and a folder below it, nearest first; none for a folder
 * elsewhere.
 */
export function nestedConfigs(cwd: string): (folder: string) => readonly string[] {
  const known = new Map<string, readonly string[]>([[cwd, []]])
  return function find(folder: string): readonly string[] {
    const made = known.get(folder)
    if (made) return made
    const parent = path.dirname(folder)
    const found =
      parent === folder || !isInside(folder, cwd)
        ? []
        : [...configsAmong(namesIn(folder), folder), ...find(parent)]
    known.set(folder, found)
    return found
  }
}

/** Whether an absolute path is in a folder, and not the folder itself, by their names. */
export function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder))
  } catch {
    // A folder that cannot be listed has no config that could be found; a file in it is reported
    // when it is read.
    return new Set()
  }
}

function configsAmong(names: ReadonlySet<string>, folder: string): string[] {
  return configNames
    .filter((candidate) => names.has(candidate))
    .map((name) => path.join(folder, name))
}
