import {weigh} from '../needs/weigh.ts'
import {needs} from '../needs/needs.ts'
import type {Weighed} from '../needs/weigh.ts'
import type {Needs} from '../needs/needs.ts'
import type {Profile} from '../needs/profile.ts'
import {kindOf} from '../needs/kind.ts'
import type {Choice, Profiles} from '../needs/kind.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import type {Trial} from '../needs/evidence/of-tried.ts'
import type {AccessId} from '../facts/accesses.ts'
import {denials} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {machineWith} from '../machine/machine.ts'
import type {Machine, WholeMachine} from '../machine/machine.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {settings} from '../unit/settings.ts'
import type {Settings} from '../unit/settings.ts'
import {query} from '../unit/query.ts'
import type {Complaint, ComplaintKind} from '../unit/read/complaint.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Section} from '../syntax/tree.ts'
import type {Assignment, SourceFile} from '../unit/unit.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import type {Value} from '../unit/value.ts'
import {verdict} from '../unit/verdict.ts'
import type {Verdict} from '../unit/verdict.ts'
import type {Place} from './place.ts'

/** A unit as rules see it: what is in force, and where it is written. */
export interface Unit extends LoadedUnit {
  /**
   * What is in force of a directive, as it is written: the last of its lines that counts. What
   * others imply for it is in `settings`.
   */
  value(directive: string): Value | undefined
  /** The text of that; empty where there is none. */
  text(directive: string): string
  /** All lines of a directive that are in force: of a list those since it was last emptied. */
  values(directive: string): readonly Value[]
  /**
   * All lines of a directive, those included that systemd does not take and that others take back.
   */
  written(directive: string): readonly Assignment[]
  /** The sandboxing in force, with implications. */
  readonly settings: Settings
  /** The unit as far as it shows what it needs: without lines that fixes of ours have written. */
  readonly evidence: LoadedUnit
  /** What the service needs by all evidence. */
  readonly needs: Needs
  /** The profile that evidence chose; undefined where no choice was left to it. */
  readonly choice: Choice | undefined
  /** What a value of a directive would deny to this service; see `denials`. */
  denies(directive: string, value: string): readonly AccessId[]
  /** Whether denying some accesses is safe here. */
  weigh(denied: readonly AccessId[]): Weighed
  /**
   * What the target's systemd makes of the unit: what it says while reading, what it skips without
   * a word, and why it refuses to load.
   */
  readonly verdict: Verdict
  /** What the target's systemd complains of, of these kinds; each is a place to report it at. */
  complaints(...kinds: readonly ComplaintKind[]): readonly Complaint[]
  /** The units of the run, this one among them, and what they are to each other. */
  readonly machine: Machine
  /** The first header of the first file: the place to complain of the unit as a whole. */
  readonly firstHeader: Place | undefined
  /** The header of a section in the main file; undefined where there is none. */
  header(section: string): Place | undefined
}

/** What a run says about a unit beside its text. */
export interface RunContext {
  readonly profile?: Profile | Profiles | undefined
  /** What logs show of services. */
  readonly trace?: Trace | undefined
  /** What was tried of the unit, the oldest first. */
  readonly tried?: readonly Trial[] | undefined
  /** The units in sight; absent: the unit is alone. */
  readonly machine?: WholeMachine | undefined
  /** Absent: the unit itself. */
  readonly evidence?: LoadedUnit | (() => LoadedUnit) | undefined
}

/** Make a loaded unit ready for rules; what rules may ask is worked out when the first one asks. */
export function unitFor(loaded: LoadedUnit, context: RunContext = {}): Unit {
  return new ReadyUnit(itself(loaded), context)
}

/** Methods are the object's own, so that rules may take them out of it. */
class ReadyUnit implements Unit {
  readonly itself: LoadedUnit
  readonly name: string
  readonly type: Unit['type']
  readonly manager: Unit['manager']
  readonly target: Unit['target']
  readonly files: Unit['files']
  readonly isPartial: boolean
  readonly isReadable: boolean
  readonly names: Unit['names']
  readonly pulls: Unit['pulls']
  readonly host: Unit['host']
  readonly now: Unit['now']
  readonly lines: Unit['lines']
  readonly all: Unit['all']
  readonly assignments: Unit['assignments']
  readonly #profile: RunContext['profile']
  readonly #trace: RunContext['trace']
  readonly #tried: RunContext['tried']
  readonly #machine: RunContext['machine']
  #evidence: LoadedUnit | (() => LoadedUnit)

  constructor(unit: LoadedUnit, {profile, trace, tried, machine, evidence = unit}: RunContext) {
    this.itself = unit
    this.name = unit.name
    this.type = unit.type
    this.manager = unit.manager
    this.target = unit.target
    this.files = unit.files
    this.isPartial = unit.isPartial
    this.isReadable = unit.isReadable
    this.names = unit.names
    this.pulls = unit.pulls
    this.host = unit.host
    this.now = unit.now
    this.lines = unit.lines
    this.all = unit.all
    this.assignments = unit.assignments
    this.#profile = profile
    this.#trace = trace
    this.#tried = tried
    this.#machine = machine
    this.#evidence = evidence
  }

  readonly value = (directive: string): Value | undefined => valueOf(this.itself, directive)
  readonly text = (directive: string): string => this.value(directive)?.value ?? ''
  readonly values = (directive: string): readonly Value[] => valuesOf(this.itself, directive)
  readonly written = (directive: string): readonly Assignment[] =>
    this.lines.filter((line) => line.key === directive)
  readonly denies = (directive: string, value: string): readonly AccessId[] =>
    denials(directive, value, denialContext(this.itself))
  readonly weigh = (denied: readonly AccessId[]): Weighed => weigh(denied, this.needs)
  readonly complaints = (...kinds: readonly ComplaintKind[]): readonly Complaint[] =>
    this.verdict.complaints.filter(({kind}) => kinds.includes(kind))
  readonly header = (section: string): Place | undefined => headerOf(this.itself, section)

  get machine(): Machine {
    return machineWith(this, this.#machine)
  }

  get evidence(): LoadedUnit {
    if (typeof this.#evidence === 'function') this.#evidence = this.#evidence()
    return this.#evidence
  }

  get settings(): Settings {
    return settings(this.itself)
  }

  get needs(): Needs {
    const profile = this.#profile
    if (!profile || !('byKind' in profile)) return this.#needsBy(profile, false)
    const kind = this.choice?.kind
    return this.#needsBy(kind && profile.byKind[kind], true)
  }

  /** With fewer keys where nothing was seen of it. */
  #needsBy(profile: Profile | undefined, isChosen: boolean): Needs {
    const isSeen = this.#trace ?? this.#tried
    return isSeen
      ? needs(this.evidence, profile, isChosen, this.#trace, this.#tried)
      : isChosen
        ? needs(this.evidence, profile, true)
        : needs(this.evidence, profile)
  }

  get choice(): Choice | undefined {
    const profile = this.#profile
    if (!profile || !('byKind' in profile) || this.type !== 'service') return undefined
    const choice = kindOf(this.evidence)
    return choice.kind && !profile.byKind[choice.kind] ? {because: choice.because} : choice
  }

  get verdict(): Verdict {
    return verdict(this.itself)
  }

  get firstHeader(): Place | undefined {
    const [file] = this.files
    const [first] = file ? sectionsIn(file.tree) : []
    return file && (first ? placeOf(first, file) : {file, span: {start: 0, end: 0}})
  }
}

const headerOf = query((unit: LoadedUnit, section: string): Place | undefined => {
  const file = unit.files.find((candidate) => candidate.role === 'fragment')
  const found = file && sectionsIn(file.tree).find(({name}) => name === section)
  return found && placeOf(found, file)
})

/** A header with its brackets. */
function placeOf({header: {nameSpan}}: Section, file: SourceFile): Place {
  return {file, span: {start: nameSpan.start - 1, end: nameSpan.end + 1}}
}
