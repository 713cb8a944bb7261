import type {VFile} from 'vfile'
import {sayFailure} from '../engine/say.ts'
import {entry} from './entry.ts'
import type {Formatter, ReportContext} from './formatter.ts'

export type {ReportContext} from './formatter.ts'

const formatters: ReadonlyMap<string, () => Promise<Formatter>> = new Map([
  ['stylish', async () => (await import('./stylish.ts')).stylish],
  ['compact', async () => (await import('./compact.ts')).compact],
  ['json', async () => (await import('./json.ts')).json],
  ['github', async () => (await import('./github.ts')).github],
  ['sarif', async () => (await import('./sarif.ts')).sarif],
])

/** The names of the formats, the default first. */
export const formats: readonly string[] = [...formatters.keys()]

/**
 * The report on linted files, in the order given, without a line end at its end; empty when there is nothing to say.
 *
 * Rejects with a RangeError for a format that is none of `formats`.
 */
export async function report(format: string, files: readonly VFile[], context: ReportContext): Promise<string> {
  const load = formatters.get(format)
  if (!load) throw new RangeError(`Unexpected format \`${format}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}`)
  const formatter = await load()
  const written = async (those: readonly VFile[]): Promise<string> =>
    formatter(
      those.map((file) => entry(file, context.quiet)),
      context,
    )
  try {
    return await written(files)
  } catch {
    // One of them cannot be reported: that is said of it, and the others are.
    for (const file of files) {
      try {
        await written([file])
      } catch (cause) {
        file.messages = []
        sayFailure(file, cause)
      }
    }
    return written(files)
  }
}
