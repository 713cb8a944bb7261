import type {UnitFile} from '../files/unit-files.ts'

/** A file with its text as it was read. */
export interface SourceText extends UnitFile {
  readonly text: string
  /** Its permission bits, where they are known; see `modeOf`. */
  readonly mode?: number | undefined
  /** It stays as it is, since a package would overwrite what is written there. */
  readonly isKept?: boolean
}
