import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {onTestFinished} from 'vitest'

/** What to put at a path: a text, bytes, or a link. */
export type Content = string | Uint8Array | {readonly link: string}

/**
 * Make a folder of files by path, with the folders between; it is gone when the test is over.
 * Returns its absolute path.
 */
export function makeFolder(files: Readonly<Record<string, Content>> = {}): string {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'unitlint-')))
  onTestFinished(() => rmSync(top, {recursive: true, force: true}))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(top, name)
    mkdirSync(path.dirname(file), {recursive: true})
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file)
    else writeFileSync(file, content)
  }
  return top
}
