import {existsSync, readFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {dropinSubject, type Subject} from '../oracle/subject.ts'

/** A real file from the corpus. */
export interface CorpusFile {
  /** Path from the corpus folder: unique. */
  readonly file: string
  /** Path on disk. */
  readonly path: string
  /** Path in the repository that it is from. */
  readonly origin: string
  /** `service`, `timer`, ..., or `drop-in` */
  readonly type: string
  /**
   * `unit`, `dropin`, or `fuzz` in units; `template`; `dbus-service` and others that are no units.
   */
  readonly kind: string
  /** `real`, `fixture`, or `fuzz`. */
  readonly class: string
  /** Whether it holds build-time placeholders such as `@bindir@`. */
  readonly placeholder: boolean
  /** Its content, read anew every time. */
  bytes(): Uint8Array
}

export type Part = 'units' | 'templates' | 'not-units'

/**
 * The corpus of real unit files, in the folder `UNITLINT_CORPUS` or beside the repository;
 * undefined where there is none.
 */
export function corpusFolder(): string | undefined {
  const folder =
    process.env['UNITLINT_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus')
  return existsSync(join(folder, 'units/manifest.tsv')) ? folder : undefined
}

/** Every so many of a list, as UNITLINT_CORPUS_STEP says; 1 for all of them. */
export function sampled<T>(list: readonly T[], usual = 8): readonly T[] {
  const step = Number(process.env['UNITLINT_CORPUS_STEP'] ?? usual)
  return list.filter((_, index) => index % step === 0)
}

/** All files of a part, in the order of its manifest; empty where there is no corpus. */
export function corpus(part: Part): CorpusFile[] {
  const folder = corpusFolder()
  if (folder === undefined) return []
  const [header = '', ...lines] = readFileSync(join(folder, part, 'manifest.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  const columns = header.split('\t')
  return lines.map((line) => {
    const fields = line.split('\t')
    const field = (column: string) => fields[columns.indexOf(column)] ?? ''
    const path = join(folder, part, field('file'))
    return {
      file: `${part}/${field('file')}`,
      path,
      origin: field('path'),
      type: field('type'),
      kind: field('kind'),
      class: field('class'),
      placeholder: field('placeholder') === 'y',
      bytes: () => readFileSync(path),
    }
  })
}

/**
 * How to ask systemd about a file, with another text if given; undefined for a drop-in whose folder
 * belongs to no type that can be asked about.
 */
export function subjectOf(
  file: CorpusFile,
  text: string | Uint8Array = file.bytes(),
): Subject | undefined {
  const name = basename(file.path)
  return file.kind === 'dropin'
    ? dropinSubject(basename(dirname(file.path)), name, text)
    : {name, text}
}
