import {nearest} from '../facts/nearest.ts'
import {countFirst} from '../syntax/ordered.ts'
import type {Comment, UnitTree} from '../syntax/tree.ts'
import {instructions} from './instructions.ts'
import type {Instruction} from './instructions.ts'
import type {ActiveRule} from './options.ts'

/**
 * What is wrong with a comment: it can never work, lacks what is demanded, or (`unused`) suppressed
 * nothing so far.
 */
interface CommentFault {
  readonly comment: Comment
  readonly message: string
  readonly kind: 'fault' | 'reason' | 'unused'
}

/** What comments are held to. */
export interface Demands {
  /** Milliseconds since 1970; absent: every day is still to come. */
  readonly now?: number | undefined
  /** The ids of all rules; absent: any may be one. */
  readonly knownRules?: ReadonlySet<string> | undefined
  /** Whether comments that turn rules off have to say why. */
  readonly requireReasons?: boolean | undefined
  /** Those that run: what others would find is not known, nor what those leave out. */
  readonly rules?: ReadonlyArray<Pick<ActiveRule, 'rule' | 'safeOnly'>> | undefined
}

/** What the comments of a file suppress, and what there is to say of them; see `instructions`. */
export class Suppressions {
  readonly #all: readonly Instruction[]
  readonly #demands: Demands
  readonly #byRule: ReturnType<typeof indexOf>
  readonly #used = new Set<string>()

  constructor(tree: UnitTree, demands: Demands) {
    this.#all = instructions(tree)
    this.#demands = demands
    this.#byRule = indexOf(this.#all, (instruction) => this.#isDead(instruction))
  }

  /**
   * Whether a finding of the rule at that line is not to be told; remembers the comment as used.
   */
  suppresses(ruleId: string, line: number): boolean {
    if (this.#byRule.size === 0) return false
    const its = ['', ruleId].flatMap((rule) => this.#byRule.get(rule) ?? [])
    const covering = latest(its.map((spoken) => covers(spoken, line)))
    const event = latest(
      its.map(({events}) => events[countFirst(events, (one) => one.line <= line) - 1]?.index),
    )
    const isOff = event !== undefined && this.#all[event]?.kind === 'disable'
    const hit = isOff ? latest([covering, event]) : covering
    const found = hit === undefined ? undefined : this.#all[hit]
    if (hit === undefined || !found) return false
    this.#used.add(useOf(hit, found.rules.length === 0 ? '' : ruleId))
    return true
  }

  /** What there is to say of the comments, as far as they have been used. */
  remarks(): readonly CommentFault[] {
    return this.#all.flatMap((instruction, index) => this.#remarksOn(instruction, index))
  }

  #isDead({fault, until}: Instruction): boolean {
    const {now} = this.#demands
    const today = now === undefined ? undefined : dayOf(now)
    return fault !== undefined || (until !== undefined && today !== undefined && until < today)
  }

  #remarksOn(instruction: Instruction, index: number): readonly CommentFault[] {
    const {kind, until, isReasoned} = instruction
    const {knownRules, requireReasons = false} = this.#demands
    const fault = faultOf(instruction, this.#isDead(instruction))
    if (fault !== undefined) return [remark(instruction, 'fault', fault)]
    const unknown = instruction.rules
      .filter((rule) => !isRule(rule, knownRules))
      .map((rule) => remark(instruction, 'fault', unknownRule(rule, knownRules)))
    if (kind === 'enable')
      return until === undefined
        ? unknown
        : [...unknown, remark(instruction, 'fault', untilBehindEnable(until))]
    const reason =
      requireReasons && !isReasoned
        ? [remark(instruction, 'reason', reasonExpected(instruction))]
        : []
    return [...unknown, ...reason, ...this.#unused(instruction, index)]
  }

  #unused(instruction: Instruction, index: number): readonly CommentFault[] {
    const {kind, rules: named} = instruction
    const {knownRules, rules: asked = []} = this.#demands
    // What was asked for all that it finds; where nobody knows all rules, any was.
    const rules = named.filter(
      (id) => !knownRules || asked.some(({rule, safeOnly}) => rule.id === id && !safeOnly),
    )
    return (named.length === 0 ? [''] : rules)
      .filter((rule) => !this.#used.has(useOf(index, rule)))
      .map((rule) => {
        const written = `unitlint-${kind}${rule && ` ${rule}`}`
        return remark(instruction, 'unused', `Unexpected \`${written}\`, nothing to suppress`)
      })
  }
}

/** A comment as far as it is about a rule; about all, for none. */
function useOf(index: number, rule: string): string {
  return `${index} ${rule}`
}

/** The day in UTC, as `2027-03-01`; undefined for a time that has none. */
function dayOf(now: number): string | undefined {
  const date = new Date(now)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10)
}

function remark({comment}: Instruction, kind: CommentFault['kind'], message: string): CommentFault {
  return {comment, kind, message}
}

/** What keeps a comment from having any effect. */
function faultOf(
  {kind, fault, rules, until = ''}: Instruction,
  isDead: boolean,
): string | undefined {
  if (fault !== undefined) return fault
  if (kind === 'disable-line')
    return 'Unexpected `unitlint-disable-line`, expected `unitlint-disable-next-line`: a comment cannot share a line in this syntax'
  return isDead
    ? `Unexpected \`${written({kind, rules})} until ${until}\`, that day is past`
    : undefined
}

/** A rule that no one knows; those of plugins are known where one of the plugin is. */
function isRule(id: string, known: Demands['knownRules']): boolean {
  if (!known || known.has(id)) return true
  const plugin = id.slice(0, id.lastIndexOf('/') + 1)
  return plugin !== '' && ![...known].some((other) => other.startsWith(plugin))
}

function unknownRule(id: string, known: Iterable<string> = []): string {
  const meant = nearest(id, known)
  return `Unexpected rule \`${id}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`
}

function untilBehindEnable(until: string): string {
  return `Unexpected \`until ${until}\` behind \`unitlint-enable\`, expected it where rules are turned off`
}

function reasonExpected(instruction: Instruction): string {
  return `Expected a reason, as in \`${written(instruction)} -- why\``
}

function written({kind, rules, until}: Pick<Instruction, 'kind' | 'rules' | 'until'>): string {
  return [
    `unitlint-${kind}`,
    ...(rules.length > 0 ? [rules.join(', ')] : []),
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join(' ')
}

/** What is said about one rule, or about all; places in the order of the file. */
interface Spoken {
  /** From where on the rule is off or on. */
  readonly events: Event[]
  /**
   * The last comment for each run of lines, by where these begin; the runs of lines and of
   * continued ones overlap no others of their kind.
   */
  readonly ranges: LineRange[]
  /** The last comment among continued lines for the next of these. */
  readonly continued: Map<number, number>
}

interface Event {
  readonly line: number
  readonly index: number
}

interface LineRange {
  readonly line: number
  readonly end: number
  readonly index: number
}

/** Instructions by the rules that they name, those for all rules by an empty one. */
function indexOf(
  all: readonly Instruction[],
  isDead: (instruction: Instruction) => boolean,
): ReadonlyMap<string, Spoken> {
  const byRule = new Map<string, Spoken>()
  for (const [index, instruction] of all.entries()) {
    if (isDead(instruction)) continue
    const {kind, rules, comment, lines} = instruction
    const line = comment.position.start.line
    for (const rule of rules.length === 0 ? [''] : new Set(rules)) {
      const spoken: Spoken = byRule.get(rule) ?? {events: [], ranges: [], continued: new Map()}
      byRule.set(rule, spoken)
      if (kind === 'disable' || kind === 'enable') spoken.events.push({line, index})
      else if (kind === 'disable-next-line' && lines) {
        const isContinued =
          (spoken.ranges.at(-1)?.end ?? 0) >= lines[1] && spoken.ranges.at(-1)?.line !== lines[0]
        if (isContinued) spoken.continued.set(lines[0], index)
        else spoken.ranges.push({line: lines[0], end: lines[1], index})
      }
    }
  }
  return byRule
}

/** The last instruction for the run of lines that a line is in. */
function covers({ranges, continued}: Spoken, line: number): number | undefined {
  const range = ranges[countFirst(ranges, (its) => its.line <= line) - 1]
  return latest([range && line <= range.end ? range.index : undefined, continued.get(line)])
}

function latest(indices: ReadonlyArray<number | undefined>): number | undefined {
  return indices.reduce<number | undefined>(
    (one, other) => (one === undefined || (other !== undefined && other > one) ? other : one),
    undefined,
  )
}
