import type {Comment, Header, Entry, UnitTree} from '../syntax/tree.ts'
import {linesOf} from '../syntax/stringify.ts'

/** A comment that speaks to unitlint. */
interface Instruction {
  readonly kind: 'disable' | 'enable' | 'disable-next-line' | 'disable-line'
  /** Empty: all rules. */
  readonly rules: readonly string[]
  readonly comment: Comment
  /** For `disable-next-line`: the lines that it covers, from 1, both included. */
  readonly lines?: readonly [number, number]
}

/** What the comments of a file suppress. */
export interface Suppressions {
  /** Whether a finding of the rule at that line is not to be told; remembers the comment as used. */
  suppresses(ruleId: string, line: number): boolean
  /** The comments that suppressed nothing so far, and why they did not; those that never can, `isImpossible`. */
  unused(): readonly Useless[]
}

/** A comment that does nothing, and why. */
interface Useless {
  readonly comment: Comment
  readonly message: string
  readonly isImpossible: boolean
}

const pattern = /^unitlint-(disable-next-line|disable-line|disable|enable)(?=\s|$)/

/** Read the comments of a file: `# unitlint-disable-next-line RULE, RULE -- reason`, `# unitlint-disable RULE` up to `# unitlint-enable RULE`. */
export function suppressions(tree: UnitTree): Suppressions {
  if (!tree.text.includes('unitlint-')) return {suppresses: () => false, unused: () => []}
  const instructions = [...read(tree)]
  const byRule = indexOf(instructions)
  const used = new Set<string>()
  const key = (index: number, rule: string): string => `${index} ${rule}`
  return {
    suppresses(ruleId, line) {
      const its = ['', ruleId].flatMap((rule) => byRule.get(rule) ?? [])
      const covering = latest(its.map((spoken) => covers(spoken, line)))
      const events = its.map(({events}) => events[countUpTo(events, line) - 1])
      const hit = covering === undefined ? latest(events.map((event) => event?.index)) : latest([covering, ...events.map((event) => event?.lastDisable)])
      const found = hit === undefined ? undefined : instructions[hit]
      if (hit === undefined || !found || found.kind === 'enable') return false
      used.add(key(hit, found.rules.length === 0 ? '' : ruleId))
      return true
    },
    unused() {
      return instructions.flatMap(({kind, rules, comment}, index): Useless[] => {
        if (kind === 'disable-line')
          return [
            {
              comment,
              message: 'Unexpected `unitlint-disable-line`, expected `unitlint-disable-next-line`: a comment cannot share a line in this syntax',
              isImpossible: true,
            },
          ]
        if (kind === 'enable') return []
        const idle = rules.length === 0 ? (used.has(key(index, '')) ? [] : ['']) : rules.filter((rule) => !used.has(key(index, rule)))
        return idle.map((rule) => ({comment, message: `Unexpected \`unitlint-${kind}${rule && ` ${rule}`}\`, nothing to suppress`, isImpossible: false}))
      })
    },
  }
}

/** What is said about one rule, or about all; places in the order of the file. */
interface Spoken {
  /** From where on the rule is off or on. */
  readonly events: Event[]
  /** The last comment for each run of lines, by where these begin; the runs of lines and of continued ones overlap no others of their kind. */
  readonly ranges: Range[]
  /** The last comment among continued lines for the next of these. */
  readonly continued: Map<number, number>
}

interface Event {
  readonly line: number
  readonly index: number
  /** The last instruction up to this one that turned the rule off. */
  readonly lastDisable: number | undefined
}

interface Range {
  readonly line: number
  readonly end: number
  readonly index: number
}

/** Instructions by the rules that they name, those for all rules by an empty one. */
function indexOf(instructions: readonly Instruction[]): ReadonlyMap<string, Spoken> {
  const byRule = new Map<string, Spoken>()
  for (const [index, {kind, rules, comment, lines}] of instructions.entries()) {
    const line = comment.position.start.line
    for (const rule of rules.length === 0 ? [''] : new Set(rules)) {
      const spoken: Spoken = byRule.get(rule) ?? {events: [], ranges: [], continued: new Map()}
      byRule.set(rule, spoken)
      if (kind === 'disable' || kind === 'enable')
        spoken.events.push({line, index, lastDisable: kind === 'disable' ? index : spoken.events.at(-1)?.lastDisable})
      else if (kind === 'disable-next-line' && lines) {
        const isContinued = (spoken.ranges.at(-1)?.end ?? 0) >= lines[1] && spoken.ranges.at(-1)?.line !== lines[0]
        if (isContinued) spoken.continued.set(lines[0], index)
        else spoken.ranges.push({line: lines[0], end: lines[1], index})
      }
    }
  }
  return byRule
}

/** The last instruction for the run of lines that a line is in. */
function covers({ranges, continued}: Spoken, line: number): number | undefined {
  const range = ranges[countUpTo(ranges, line) - 1]
  return latest([range && line <= range.end ? range.index : undefined, continued.get(line)])
}

/** How many places come up to a line. */
function countUpTo(places: ReadonlyArray<{readonly line: number}>, line: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.line ?? 0) <= line) low = middle + 1
    else high = middle
  }
  return low
}

function latest(indices: ReadonlyArray<number | undefined>): number | undefined {
  return indices.reduce<number | undefined>((one, other) => (one === undefined || (other !== undefined && other > one) ? other : one), undefined)
}

/** How far below a comment the line may be that it is for. */
const farthest = 49

function* read(tree: UnitTree): Generator<Instruction> {
  const lines = [...linesOf(tree)]
  const next = nextLines(lines)
  for (const [index, line] of lines.entries()) {
    if (line.type === 'comment') {
      const at = next[index] ?? Infinity
      const target = at - index > farthest ? undefined : lines[at]
      const instruction = instructionOf(line, target && [target.position.start.line, target.position.end.line])
      if (instruction) yield instruction
    }
    if (line.type !== 'directive') continue
    for (const comment of line.comments) {
      const after = comment.position.end.line + 1
      const instruction = instructionOf(comment, [after, after])
      if (instruction) yield instruction
    }
  }
}

/** For each line the place of the first one behind it that is no comment. */
function nextLines(lines: ReadonlyArray<Header | Entry>): readonly number[] {
  const next = Array.from<number>({length: lines.length})
  let at = Infinity
  for (let index = lines.length - 1; index >= 0; index--) {
    next[index] = at
    if (lines[index]?.type !== 'comment') at = index
  }
  return next
}

function instructionOf(comment: Comment, lines: readonly [number, number] | undefined): Instruction | undefined {
  if (!comment.value.includes('unitlint-')) return undefined
  // What follows `--` is the reason, for people.
  const reason = comment.value.search(/\s--(?:\s|$)/)
  const said = comment.value.slice(0, reason === -1 ? undefined : reason).trim()
  const match = pattern.exec(said)
  if (!match) return undefined
  const kind = match[1] as Instruction['kind'] // The pattern has just these.
  const rules = said
    .slice(match[0].length)
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
  return {kind, rules, comment, ...(lines ? {lines} : {})}
}
