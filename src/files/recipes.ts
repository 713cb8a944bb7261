import path from 'node:path'
import {readFolder} from './native.ts'
import {readText} from './read.ts'

/**
 * Whether what installs the files of a folder names a unit so: a recipe of a package, a makefile or
 * a script, beside them or up to two folders above, and no further up than where a run is. Files
 * are often installed under other names: `vmblock.mount` as `run-vmblock\x2dfuse.mount`,
 * `example.service` as `example@.service`. Nothing is read before somebody asks, and nothing is
 * run.
 */
export function recipesAbove(folder: string, cwd: string): (name: string) => boolean {
  let texts: readonly string[] | undefined
  return (name) => {
    texts ??= foldersAbove(folder, cwd).flatMap((one) => recipesIn(one))
    return texts.some((text) => isNamed(name, text))
  }
}

function foldersAbove(folder: string, cwd: string): string[] {
  const folders = [folder]
  for (
    let at = folder;
    folders.length < mostFolders && at !== path.resolve(cwd) && at !== path.dirname(at);
  ) {
    at = path.dirname(at)
    folders.push(at)
  }
  return folders
}

function recipesIn(folder: string): string[] {
  let names: readonly string[]
  try {
    names = readFolder(folder).map(([name]) => name)
  } catch {
    return []
  }
  return names
    .filter((name) => recipe.test(name))
    .slice(0, mostFiles)
    .flatMap((name) => {
      const read = readText(path.join(folder, name))
      // However deep a recipe quotes it, a name has one backslash.
      return 'text' in read && read.text.length <= mostLetters
        ? [read.text.replaceAll(/\\+x/g, '\\x')]
        : []
    })
}

/**
 * Whether a text has a name as a whole, or with a variable of the recipe for its first part:
 * `%{name}@.service`.
 */
function isNamed(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/[\w.@\\-]/.test(text.charAt(at - 1)) && !/[\w@-]/.test(text.charAt(at + name.length)))
      return true
  }
  const end = name.indexOf('@')
  return end !== -1 && variables.some((close) => text.includes(`${close}${name.slice(end)}`))
}

/** How variables end in recipes: `${pkgname}`, `"$pkgname"`, `@PACKAGE@`. */
const variables = ['}', '$pkgname', '$PN', '$PKGNAME', '$(PACKAGE)', '$(NAME)']

const recipe =
  /^(?:[\w.-]*PKGBUILD|APKBUILD|(?:GNU)?[Mm]akefile|meson\.build|CMakeLists\.txt|(?:Docker|Container|Just)file|rules|template|build|beyond|defines)$|\.(?:spec|spec\.in|bb|bbappend|inc|ebuild|mk|am|nix|install|sh|cmake|yml|yaml)$/

const mostFolders = 3
const mostFiles = 64
const mostLetters = 256 * 1024
