import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {FindingSeverity} from '../../engine/finding.ts'
import type {Report} from '../../reporters/index.ts'
import type {ExposureGates} from '../security/security-gates.ts'
import type {UnitsToRead} from '../units.ts'
import type {KnownFindings} from './known-findings.ts'

/** What there is to gather. */
interface Gathering {
  /** Fixes are delivered. */
  readonly isFixed: boolean
  /** Fixes are only shown. */
  readonly isShown: boolean
  /** Those that are not told and do not count. */
  readonly known: KnownFindings | undefined
  /** What is demanded of exposures: after fixes where they have been delivered. */
  readonly gates: ExposureGates | undefined
}

/**
 * What is left of a run when its files are forgotten: what the exit status and gates hang on. Files
 * are taken in once each: one that amends several units has what all of them say, once; one that
 * only one unit has is told at once and not kept.
 */
export class RunOutcome {
  readonly severities = new Map<FindingSeverity, number>()
  /**
   * What kept rules from being of use, each once, and the line of its first place: a rule is at
   * fault in all units alike.
   */
  readonly crashes = new Map<string, string>()
  isFatal = false
  readonly #kept = new Map<string, {readonly file: VFile; said?: Set<string>}>()
  readonly #report: Pick<Report, 'add'>
  readonly #gathering: Gathering
  readonly #several: ReadonlySet<string>
  readonly #unasked: ReadonlySet<string>

  constructor(units: UnitsToRead['planned'], report: Pick<Report, 'add'>, gathering: Gathering) {
    this.#report = report
    this.#gathering = gathering
    const {several, unasked} = occurrences(units)
    this.#several = several
    this.#unasked = unasked
  }

  /** Take in files with what linting left of them: those of a unit at a time, or of all. */
  add(files: readonly VFile[]): void {
    for (const file of files) {
      if (this.#unasked.has(file.path) && file.messages.length === 0) continue
      const before = this.#kept.get(file.path)
      if (before) {
        const said = (before.said ??= new Set(before.file.messages.map(identityOf)))
        // Of one unit all that it says counts, also twice.
        const added = file.messages.filter((message) => !said.has(identityOf(message)))
        for (const message of added) {
          before.file.messages.push(message)
          said.add(identityOf(message))
        }
        continue
      }
      const isFinal = !this.#several.has(file.path)
      if (isFinal) this.#sift(file)
      this.#report.add(file, isFinal)
      if (isFinal) this.#count(file)
      else this.#kept.set(file.path, {file})
    }
  }

  /** When all are in: tell the report of files that several units have said something of. */
  end(): void {
    for (const {file} of this.#kept.values()) {
      this.#sift(file)
      this.#count(file)
    }
  }

  #sift(file: VFile): void {
    const {isFixed, isShown, known, gates} = this.#gathering
    known?.sift(file, isShown ? file.data.unitlint?.applied : [])
    gates?.check(file, isFixed)
  }

  #count({messages, path}: VFile): void {
    for (const {severity = 1, fatal, ruleId, reason, line, column} of messages) {
      this.severities.set(severity, (this.severities.get(severity) ?? 0) + 1)
      if (fatal !== true) continue
      this.isFatal = true
      if (ruleId === undefined || this.crashes.has(reason)) continue
      const place = line === undefined ? path : `${path}:${line}:${column}`
      this.crashes.set(reason, `unitlint: ${place}: ${reason}`)
    }
  }
}

/**
 * The files that several units may have, and those that are told of only where something is wrong
 * with them.
 */
function occurrences(units: UnitsToRead['planned']): {
  readonly several: ReadonlySet<string>
  readonly unasked: ReadonlySet<string>
} {
  const [once, several, asked] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const {files} of units) {
    for (const {path: file, isAsked} of files) {
      if (once.has(file)) several.add(file)
      once.add(file)
      if (isAsked) asked.add(file)
    }
  }
  return {several, unasked: new Set([...once].filter((file) => !asked.has(file)))}
}

function identityOf({ruleId, line, column, reason}: VFileMessage): string {
  return `${ruleId}\n${line}\n${column}\n${reason}`
}
