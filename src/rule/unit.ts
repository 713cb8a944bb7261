import {judge, needs} from '../needs/needs.ts'
import type {Judgement, Needs, Profile} from '../needs/needs.ts'
import type {AccessId} from '../facts/accesses.ts'
import {denialContext, denials} from '../needs/denials.ts'
import {machineWith} from '../machine/machine.ts'
import type {Machine} from '../machine/machine.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {settings} from '../unit/settings.ts'
import type {Settings} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import type {Value} from '../unit/value.ts'
import {verdict} from '../unit/verdict.ts'
import type {Verdict} from '../unit/verdict.ts'
import type {Place} from './rule.ts'

/** A unit as rules see it: what is in force, and where it is written. */
export interface Unit extends LoadedUnit {
  /** What is in force of a directive, as it is written: the last of its lines that counts. What others imply for it is in `settings`. */
  value(directive: string): Value | undefined
  /** All lines of a directive that are in force: of a list those since it was last emptied. */
  values(directive: string): readonly Value[]
  /** All lines of a directive, those included that systemd does not take and that others take back. */
  written(directive: string): readonly Assignment[]
  /** The sandboxing in force, with implications. */
  readonly settings: Settings
  /** The unit as far as it shows what it needs: without lines that fixes of ours have written. */
  readonly evidence: LoadedUnit
  /** What the service needs by all evidence. */
  readonly needs: Needs
  /** What a value of a directive would deny to this service; see `denials`. */
  denies(directive: string, value: string): readonly AccessId[]
  /** Whether denying some accesses is safe here. */
  judge(denied: readonly AccessId[]): Judgement
  /** What the target's systemd makes of the unit: what it says while reading, what it skips without a word, and why it refuses to load. */
  readonly verdict: Verdict
  /** The units of the run, this one among them, and what they are to each other. */
  readonly machine: Machine
  /** The first header of the first file: the place to complain of the unit as a whole. */
  readonly firstHeader: Place | undefined
  /** The header of a section in the main file; undefined where there is none. */
  header(section: string): Place | undefined
}

/** What a run says about a unit beside its text. */
export interface RunContext {
  readonly profile?: Profile | undefined
  /** The units in sight; absent: the unit is alone. */
  readonly machine?: Machine | undefined
  /** Absent: the unit itself. */
  readonly evidence?: LoadedUnit | (() => LoadedUnit) | undefined
}

/** Make a loaded unit ready for rules; what rules may ask is worked out when the first one asks. */
export function unitFor(loaded: LoadedUnit, {profile, machine, evidence = loaded}: RunContext = {}): Unit {
  const unit: Unit = {
    ...loaded,
    get machine() {
      return machineWith(unit, machine)
    },
    value: (key) => valueOf(unit, key),
    values: (key) => valuesOf(unit, key),
    written: (key) => unit.lines.filter((line) => line.key === key),
    get evidence() {
      return typeof evidence === 'function' ? evidence() : evidence
    },
    get settings() {
      return settings(unit)
    },
    get needs() {
      return needs(unit.evidence, profile)
    },
    get verdict() {
      return verdict(unit)
    },
    get firstHeader() {
      const [file] = loaded.files
      const first = file?.tree.children.find((child) => child.type === 'section')
      return file && {file, span: first?.type === 'section' ? {start: first.header.nameSpan.start - 1, end: first.header.nameSpan.end + 1} : {start: 0, end: 0}}
    },
    denies: (directive, value) => denials(directive, value, denialContext(unit)),
    judge: (denied) => judge(denied, unit.needs),
    header(section) {
      const file = loaded.files.find((candidate) => candidate.role === 'fragment')
      const found = file?.tree.children.find((child) => child.type === 'section' && child.name === section)
      return file && found?.type === 'section' ? {file, span: {start: found.header.nameSpan.start - 1, end: found.header.nameSpan.end + 1}} : undefined
    },
  }
  return unit
}
