import {ofTrace} from '../../needs/evidence/of-trace.ts'
import type {Trace} from '../../needs/evidence/traced.ts'
import {pastable} from '../../reporters/printable.ts'
import {guardUnit} from '../guard.ts'
import {loadedUnit} from '../units.ts'
import type {UnitSources} from '../units.ts'
import {baseName} from '../../values/paths.ts'

/** Which units of a run traces are of, and what is not in them. */
export class TracedUnits {
  readonly notes: string[] = []
  readonly #trace: Trace
  readonly #names: readonly string[]
  #isUsed = false
  #units = 0

  constructor(trace: Trace, names: readonly string[]) {
    this.#trace = trace
    this.#names = names
  }

  /** Look whether there are traces of a unit. */
  take(sources: UnitSources): void {
    if (sources.identity.type !== 'service') return
    this.#units++
    const made = guardUnit(sources.files, () => ofTrace(loadedUnit(sources), this.#trace))
    if ('fault' in made || !made.made) return
    this.#isUsed = true
    const {source, unseen, hasStart, hasWork} = made.made
    const open = hasStart
      ? hasWork
        ? ''
        : ', so that files and network stay open'
      : ', so that nothing is closed'
    this.notes.push(
      `${pastable(sources.files[0].path)}: ${source}${unseen.length === 0 ? '' : `; not seen: ${unseen.join(', ')}${open}`}`,
    )
  }

  /** What is wrong where no unit was traced. */
  get faults(): readonly string[] {
    if (this.#isUsed || this.#units === 0) return []
    const ran = [
      ...new Set(this.#trace.services.map(({program, unit}) => unit ?? baseName(program))),
    ].filter((name) => name !== '')
    const [first, ...others] = ran
    const seen =
      first === undefined
        ? ''
        : `: it ran \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}`
    return [`${pastable(this.#names[0] ?? '')}: Nothing of these units${seen}`]
  }
}
