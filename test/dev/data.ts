import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {dataFiles, type ReleaseData} from '../../src/dev/release/data.ts'

/** The data as they are in the repository. */
export function currentData(): ReleaseData {
  const texts = dataFiles.map(
    (file) => [file, readFileSync(join(import.meta.dirname, '../..', file), 'utf8')] as const,
  )
  // One text for each of the files.
  return Object.fromEntries(texts) as ReleaseData
}
