import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {FindingSeverity} from '../../engine/finding.ts'
import type {Report} from '../../reporters/index.ts'
import type {ExposureGates} from '../security/security-gates.ts'
import type {UnitsToRead} from '../units.ts'
import type {KnownFindings} from './known-findings.ts'

/** What is left of a run when its files are forgotten: what the exit status and gates hang on. */
export interface Outcome {
  /** Take in files with what linting left of them: those of a unit at a time, or of all. */
  add(files: readonly VFile[]): void
  /** When all are in: tell the report of files that several units have said something of. */
  end(): void
  readonly severities: ReadonlyMap<FindingSeverity, number>
  /** What kept rules from being of use, each once: a rule is at fault in all units alike. */
  readonly crashes: ReadonlySet<string>
  readonly isFatal: boolean
}

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
 * Gather what becomes of files, each once: one that amends several units has what all of them say,
 * once.
 *
 * A file that only one unit has is told at once and not kept.
 */
export function gather(
  units: UnitsToRead['planned'],
  report: Pick<Report, 'add'>,
  {isFixed, isShown, known, gates}: Gathering,
): Outcome {
  const severities = new Map<FindingSeverity, number>()
  const crashes = new Set<string>()
  const kept = new Map<string, {readonly file: VFile; said?: Set<string>}>()
  const {several, unasked} = occurrences(units)
  let isFatal = false
  const sift = (file: VFile): void => {
    known?.sift(file, isShown ? file.data.unitlint?.applied : [])
    gates?.check(file, isFixed)
  }
  const count = ({messages}: VFile): void => {
    for (const {severity = 1, fatal, ruleId, reason} of messages) {
      severities.set(severity, (severities.get(severity) ?? 0) + 1)
      if (fatal !== true) continue
      isFatal = true
      if (ruleId !== undefined) crashes.add(`unitlint: ${reason}`)
    }
  }
  return {
    add(files) {
      for (const file of files) {
        if (unasked.has(file.path) && file.messages.length === 0) continue
        const before = kept.get(file.path)
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
        const isFinal = !several.has(file.path)
        if (isFinal) sift(file)
        report.add(file, isFinal)
        if (isFinal) count(file)
        else kept.set(file.path, {file})
      }
    },
    end() {
      for (const {file} of kept.values()) {
        sift(file)
        count(file)
      }
    },
    severities,
    crashes,
    get isFatal() {
      return isFatal
    },
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
