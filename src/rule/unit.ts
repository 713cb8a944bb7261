import {judge, needs} from '../model/evidence.ts'
import type {Judgement, Needs, Profile} from '../model/evidence.ts'
import type {AccessId} from '../model/accesses.ts'
import {denialContext, denials} from '../model/denials.ts'
import type {DenialContext} from '../model/denials.ts'
import type {LoadedUnit} from '../model/load.ts'
import {settings} from '../model/settings.ts'
import type {Settings} from '../model/settings.ts'
import type {Place} from './rule.ts'

/** A unit as rules see it: what is in force, and where it is written. */
export interface Unit extends LoadedUnit {
  /** The sandboxing in force, with implications. */
  readonly settings: Settings
  /** What the service needs by all evidence. */
  readonly needs: Needs
  /** What a value of a directive would deny to this service; see `denials`. */
  denies(directive: string, value: string): readonly AccessId[]
  /** Whether denying some accesses is safe here. */
  judge(denied: readonly AccessId[]): Judgement
  /** The strongest fixes that will be applied in this run. */
  readonly permitted: 'safe' | 'unsafe'
  /** The header of a section in the main file; undefined where there is none. */
  header(section: string): Place | undefined
}

/** What a run says about a unit beside its text. */
export interface RunContext {
  readonly profile?: Profile | undefined
  readonly permitted: Unit['permitted']
}

/** Make a loaded unit ready for rules; what rules may ask is worked out when the first one asks. */
export function unitFor(loaded: LoadedUnit, {profile, permitted}: RunContext): Unit {
  let itsSettings: Settings | undefined
  let itsNeeds: Needs | undefined
  let itsContext: DenialContext | undefined
  const unit: Unit = {
    ...loaded,
    permitted,
    get settings() {
      return (itsSettings ??= settings(loaded))
    },
    get needs() {
      return (itsNeeds ??= needs(loaded, profile))
    },
    denies: (directive, value) => denials(directive, value, (itsContext ??= denialContext(loaded))),
    judge: (denied) => judge(denied, unit.needs),
    header(section) {
      const file = loaded.files.find((candidate) => candidate.role === 'fragment')
      const found = file?.tree.children.find((child) => child.type === 'section' && child.name === section)
      return file && found?.type === 'section' ? {file, span: {start: found.header.nameSpan.start - 1, end: found.header.nameSpan.end + 1}} : undefined
    },
  }
  return unit
}
