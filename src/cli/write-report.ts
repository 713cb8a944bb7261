import {usageError} from '../config/usage-error.ts'
import {pastable} from '../reporters/printable.ts'
import {uninterrupted} from './uninterrupted.ts'

/** Write a report to a file, by absolute path: all of it or nothing. Rejects with a usage error. */
export async function writeReport(file: string, text: string): Promise<void> {
  const {putText} = await import('../files/put.ts')
  const fault = await uninterrupted(async () => putText(file, text === '' ? '' : `${text}\n`))
  if (fault !== undefined) throw usageError('--output-file', `${pastable(file)}: ${fault}`)
}
