import {existsSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'

/** Where rules are described. */
export interface Pages {
  /** The page of a rule; undefined where there is none on this machine. */
  ruleUrl(id: string): string | undefined
}

/** The pages of rules that lie in a folder. */
export function pagesIn(folder: string): Pages {
  const known = new Map<string, string | undefined>()
  return {
    ruleUrl(id) {
      if (known.has(id)) return known.get(id)
      const file = path.join(folder, `${id}.md`)
      const url = /^[\w-]+$/.test(id) && existsSync(file) ? pathToFileURL(file).href : undefined
      known.set(id, url)
      return url
    },
  }
}
