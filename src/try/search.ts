/** Something that may be asked of a service. */
export interface Triable<Line> {
  /** How likely it is to break the service, above 0 and below 1. */
  readonly risk: number
  /** What may be asked in its place, strongest first. */
  readonly weaker: readonly Line[]
}

/** What came of a start. */
export interface StartOutcome<Line> {
  readonly works: boolean
  /** The line that the log blames, where it blames one. */
  readonly blamed?: Line | undefined
}

/** A line that breaks the service. */
export interface Culprit<Line> {
  readonly line: Line
  /** What it needs to break it: nothing where it does so alone. */
  readonly beside: readonly Line[]
  /** Whether it is known what else it needs. */
  readonly isSure: boolean
  /** The weaker line that works in its place. */
  readonly instead?: Line | undefined
}

/** What a search has found. */
export interface Culprits<Line> {
  /** The service was seen to work with these together. */
  readonly kept: readonly Line[]
  readonly culprits: readonly Culprit<Line>[]
  /** What there were no starts left for. */
  readonly unknown: readonly Line[]
  readonly starts: number
}

/** How to search. */
export interface Searching<Line> {
  /**
   * Whether the service works with some lines, and with no others: a start. What it throws ends the
   * search.
   */
  readonly works: (lines: readonly Line[]) => Promise<StartOutcome<Line>>
  /** How many starts there may be. */
  readonly most: number
}

/**
 * Find the lines that break a service, and a widest set of the others: none that was left out can
 * be added to it.
 *
 * Lines are tried in blocks, as many at once as are as likely as not to work, the least risky
 * first; a block that works is kept, of one that does not the first line that breaks it is found by
 * halving, unless the log tells. What breaks only beside others is found with these. Takes for
 * granted that more lines never work where fewer do not.
 */
export async function search<Line extends Triable<Line>>(
  lines: readonly Line[],
  searching: Searching<Line>,
): Promise<Culprits<Line>> {
  const its = new LineSearch(lines, searching)
  try {
    await its.run()
  } catch (error) {
    if (!(error instanceof NoStartsLeft)) throw error
  }
  const {kept, culprits, starts} = its
  const known = new Set([...kept, ...culprits.map(({line}) => line)])
  return {kept, culprits, starts, unknown: lines.filter((line) => !known.has(line))}
}

/** There are no starts left. */
class NoStartsLeft extends Error {}

class LineSearch<Line extends Triable<Line>> {
  /** Always what was seen to work. */
  kept: readonly Line[] = []
  readonly culprits: Culprit<Line>[] = []
  starts = 0
  #pool: readonly Line[]
  /** Lines that a log has blamed in vain, each to be tried by itself. */
  #suspects: readonly Line[] = []
  /** How much risk, in bits, a block may have. */
  #daring = 1

  readonly #works: Searching<Line>['works']
  readonly #most: number

  constructor(lines: readonly Line[], {works, most}: Searching<Line>) {
    this.#works = works
    this.#most = most
    this.#pool = lines.toSorted((one, other) => one.risk - other.risk)
  }

  async run(): Promise<void> {
    for (;;) {
      const block = this.#next()
      if (block.length === 0) return
      const {works, blamed} = await this.#try([...this.kept, ...block])
      if (works) {
        this.kept = [...this.kept, ...block]
        if (block.length > 1 || this.#daring <= 1) this.#daring *= 2
        continue
      }
      this.#daring = Math.max(1, this.#daring / 2)
      await this.#settle(await this.#first(block, blamed))
    }
  }

  /** The lines to try next; none where all are known. */
  #next(): readonly Line[] {
    const [suspect, ...others] = this.#suspects
    if (suspect) {
      this.#suspects = others
      return [suspect]
    }
    const block = this.#pool.slice(0, upTo(this.#daring, this.#pool))
    this.#pool = this.#pool.slice(block.length)
    return block
  }

  async #try(lines: readonly Line[]): Promise<StartOutcome<Line>> {
    if (this.starts >= this.#most) throw new NoStartsLeft()
    this.starts++
    return this.#works(lines)
  }

  /**
   * A line of a block that breaks what is kept; what comes before it is kept then, the others are
   * left for later.
   */
  async #first(failing: readonly Line[], accused: Line | undefined): Promise<Line> {
    let [block, suspect] = [failing, accused]
    for (
      let told = 0;
      told < mostTold && suspect && block.length > 1 && block.includes(suspect);
      told++
    ) {
      const its = suspect
      const others = block.filter((line) => line !== its)
      const {works, blamed} = await this.#try([...this.kept, ...others])
      if (works) {
        this.kept = [...this.kept, ...others]
        return its
      }
      // Others break it too, or alone.
      this.#suspects = [...this.#suspects, its]
      ;[block, suspect] = [others, blamed]
    }
    for (;;) {
      const [only, ...rest] = block
      if (!only) throw new Error('Expected a line that breaks it')
      if (rest.length === 0) return only
      const half = block.slice(0, halfOf(block))
      const others = block.slice(half.length)
      const {works} = await this.#try([...this.kept, ...half])
      if (works) {
        this.kept = [...this.kept, ...half]
        block = others
      } else {
        this.#pool = [...others, ...this.#pool]
        block = half
      }
    }
  }

  /** See whether a line breaks the service alone, and with what; and what of it works. */
  async #settle(line: Line): Promise<void> {
    const at = this.culprits.push({line, beside: [], isSure: this.kept.length === 0}) - 1
    const note = (found: Partial<Culprit<Line>>): void => {
      this.culprits[at] = {line, beside: [], isSure: true, ...found}
    }
    if (this.kept.length > 0) {
      if ((await this.#try([line])).works) {
        const all = [...this.kept, line]
        // What came of one start may have been chance.
        if ((await this.#try(all)).works) {
          this.culprits.splice(at, 1)
          this.kept = all
          return
        }
        note({beside: await this.#partners(line)})
      } else note({})
    }
    for (const instead of line.weaker) {
      if (!(await this.#try([...this.kept, instead])).works) continue
      this.kept = [...this.kept, instead]
      note({beside: this.culprits[at]?.beside ?? [], instead})
      return
    }
  }

  /** The fewest of what is kept that a line breaks the service with. */
  async #partners(line: Line): Promise<readonly Line[]> {
    const found: Line[] = []
    for (;;) {
      const fixed = [line, ...found]
      if (found.length > 0 && !(await this.#try(fixed)).works) return found
      const others = this.kept.filter((one) => !found.includes(one))
      // With the first `low` it works, with the first `high` it does not.
      let [low, high] = [0, others.length]
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if ((await this.#try([...fixed, ...others.slice(0, middle)])).works) low = middle
        else high = middle
      }
      const partner = others[high - 1]
      if (!partner) return found
      found.push(partner)
    }
  }
}

/** How often a log is believed of one block: it may be wrong. */
const mostTold = 3

/**
 * How many of some lines are as likely to work as not, or less so by as much as is dared; at least
 * one.
 */
function upTo<Line>(daring: number, lines: readonly Triable<Line>[]): number {
  let bits = 0
  const end = lines.findIndex((line) => (bits += bitsOf(line)) > daring)
  return end === -1 ? lines.length : Math.max(1, end)
}

/** How many of the lines of a block have half of its risk, of two or more. */
function halfOf<Line>(block: readonly Triable<Line>[]): number {
  const half = block.reduce((sum, line) => sum + bitsOf(line), 0) / 2
  return Math.min(upTo(half, block), block.length - 1)
}

function bitsOf({risk}: {readonly risk: number}): number {
  return -Math.log2(1 - Math.min(Math.max(risk, 0.001), 0.9))
}
