import type {VFile} from 'vfile'
import {textOf} from '../../engine/unified/lint.ts'
import type {FindingSeverity} from '../../engine/finding.ts'
import type {Destination} from '../../files/locate.ts'
import {lintUnit} from './lint-unit.ts'
import type {UnitSources} from '../units.ts'
import type {SourceText} from '../source.ts'

/** A unit with what linting left of it. */
export interface LintedUnit {
  readonly unit: UnitSources
  readonly files: readonly VFile[]
}

/** A problem that a fix would mend. */
export interface PendingFix {
  /** The main file of its unit. */
  readonly path: string
  readonly ruleId: string
  readonly severity: FindingSeverity
}

/** What became of fixes. */
export interface Delivery {
  /** The files as they are now, with what is left to report. */
  readonly files: readonly VFile[]
  /** A file could not be written. */
  readonly failed: boolean
  /** The problems that fixes would mend, where they are only shown. */
  readonly pending: readonly PendingFix[]
}

/** Whether a file is the drop-in of fixes, and not there yet. */
export function isNew(
  {path: file}: SourceText,
  {options}: UnitSources,
  found: Destination,
): boolean {
  return file === options.into && found.isNew
}

/**
 * The files with what there is to report of these texts: what fixes left, or all of it where a fix
 * could not be delivered.
 */
export function asDelivered(
  {unit, files}: LintedUnit,
  texts: readonly string[],
  cwd: string,
): readonly VFile[] {
  if (texts.every((text, index) => text === fixed(files, index))) return files
  const sources = unit.files.map((file, index) => ({...file, text: texts[index] ?? ''}))
  const delivered = lintUnit(sources, {...unit, options: {...unit.options, fix: undefined}}, cwd)
  // After this run it is what it is, whatever fixes would have made of it.
  for (const {data} of delivered)
    if (data.unitlint?.exposure)
      data.unitlint.exposure = {...data.unitlint.exposure, after: data.unitlint.exposure.before}
  return delivered
}

/** The text of a file with its fixes. */
export function fixed(files: readonly VFile[], index: number): string {
  const file = files[index]
  return file ? textOf(file) : ''
}
