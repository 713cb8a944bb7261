import type {UnitFile} from '../files/unit-files.ts'

/** A file with its text as it was read. */
export interface Source extends UnitFile {
  readonly text: string
}
