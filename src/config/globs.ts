import path from 'node:path'
import picomatch from 'picomatch'

/** Whether a file, by its absolute path, is meant. */
export type Matcher = (file: string) => boolean

/**
 * Globs for files, from a folder; one without a slash fits a file in any folder, one that starts
 * with a slash does not.
 */
export function fileMatcher(globs: readonly string[], folder: string): Matcher {
  const matchers = globs.map((glob) => matcher(glob))
  return (file) => {
    const relative = relativeTo(folder, file)
    return matchers.some((matches) => matches(relative))
  }
}

/**
 * Globs for files and folders, from a folder: a folder stands for all below it, and a later `!glob`
 * takes an exception.
 */
export function ignoreMatcher(globs: readonly string[], folder: string): Matcher {
  const matchers = globs.map((glob) => ({
    matches: matcher(glob.replace(/^!/, '')),
    isException: glob.startsWith('!'),
  }))
  return (file) => {
    const relative = relativeTo(folder, file)
    let ignored = false
    for (const {matches, isException} of matchers) {
      if (ignored === isException && withParents(relative).some((part) => matches(part)))
        ignored = !isException
    }
    return ignored
  }
}

function matcher(glob: string): Matcher {
  const isAnchored = /^\.?\//.test(glob)
  const plain = glob.replace(/^\.?\//, '').replace(/\/$/, '')
  return picomatch(plain, {
    dot: true,
    nonegate: true,
    basename: !isAnchored && !plain.includes('/'),
  })
}

/**
 * With slashes; a file outside of the folder by its absolute path, less the slash at its start, so
 * that only globs for any folder fit.
 */
function relativeTo(folder: string, file: string): string {
  const relative = path.relative(folder, file)
  const outside =
    relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)
  return (outside ? file : relative).replaceAll(path.sep, '/').replace(/^\//, '')
}

/** A path and the folders above it. */
function withParents(file: string): string[] {
  const parts = file.split('/')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}
