import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Trials} from '../needs/evidence/of-tried.ts'
import {messageOf} from '../rule/thrown.ts'
import type {EvidenceFile} from './evidence-schema.ts'
import {faultOf} from '../rule/issues.ts'
import {jsonText} from './json-text.ts'
import {distrustOfFile, distrustOfFolder} from './trust.ts'
import type {Owners} from './trust.ts'
import {usageError} from './usage-error.ts'

/**
 * The name of the file beside units, or in a folder above them, that says what was tried of them.
 */
export const evidenceName = 'unitlint.evidence.json'

/** What is there to say of evidence. */
interface EvidenceNotes {
  /** The file for all units; absent: it is looked for. */
  readonly named: string | undefined
  readonly owners: Owners | undefined
  readonly note: (line: string) => void
}

/**
 * From the absolute path of a folder to what was tried of the units in it: as the nearest file
 * says, in it or above it, as far up as others cannot write. Rejects with a usage error.
 */
export function evidenceFor({
  named,
  owners,
  note,
}: EvidenceNotes): (folder: string) => Promise<Trials | undefined> {
  const files = new Map<string, Promise<Trials>>()
  const read = async (file: string): Promise<Trials> => {
    const its = files.get(file) ?? trialsIn(file)
    files.set(file, its)
    return its
  }
  const known = new Map<string, string | undefined>()
  const find = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder)
    const file = path.join(folder, evidenceName)
    const above = path.dirname(folder)
    const found = existsSync(file) ? trusted(file) : above === folder ? undefined : find(above)
    known.set(folder, found)
    return found
  }
  const trusted = (file: string): string | undefined => {
    const reason = distrustOfFolder(path.dirname(file), owners) ?? distrustOfFile(file, owners)
    if (reason !== undefined)
      note(
        `${file}: Not read, as ${reason}; expected \`--evidence ${file}\` to read it all the same`,
      )
    return reason === undefined ? file : undefined
  }
  return async (folder) => {
    const file = named ?? find(folder)
    return file === undefined ? undefined : read(file)
  }
}

async function trialsIn(file: string): Promise<Trials> {
  const {trialsOf} = await import('./evidence-schema.ts')
  return trialsOf(await readEvidence(file))
}

/**
 * What a file of evidence says. Rejects with a usage error that names the first thing that is
 * wrong.
 */
export async function readEvidence(file: string): Promise<EvidenceFile> {
  const {evidenceSchema} = await import('./evidence-schema.ts')
  let value: unknown
  try {
    value = JSON.parse(jsonText(file))
  } catch (error) {
    throw usageError(
      file,
      error instanceof SyntaxError ? `Expected JSON: ${error.message}` : messageOf(error),
      error,
    )
  }
  const {success, data, error} = evidenceSchema.safeParse(value)
  if (success) return data
  const fault = faultOf(error, value)
  throw usageError(fault.path === '' ? file : `${file}: ${fault.path}`, fault.message)
}
