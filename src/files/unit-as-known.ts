import type {LocatedUnit} from '../machine/unit-folder.ts'

/** A unit with paths as people know them. */
export class UnitAsKnown implements LocatedUnit {
  readonly name: string
  readonly names: readonly string[]
  readonly state: LocatedUnit['state']
  declare readonly reason?: string
  readonly fragment: string | undefined
  readonly #unit: LocatedUnit
  readonly #show: (file: string) => string

  constructor(unit: LocatedUnit, show: (file: string) => string) {
    const {name, names, state, reason, fragment} = unit
    this.name = name
    this.names = names
    this.state = state
    if (reason !== undefined) this.reason = reason
    this.fragment = fragment === undefined ? undefined : show(fragment)
    this.#unit = unit
    this.#show = show
  }

  get dropIns(): readonly string[] {
    return this.#unit.dropIns.map(this.#show)
  }

  get isAmongMany(): boolean {
    return this.#unit.isAmongMany
  }

  get pulls(): LocatedUnit['pulls'] {
    return this.#unit.pulls
  }
}
