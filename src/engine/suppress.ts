import {nearest} from '../facts/nearest.ts'
import {countFirst} from '../syntax/ordered.ts'
import type {Comment, UnitTree} from '../syntax/tree.ts'
import {instructions} from './instructions.ts'
import type {Instruction} from './instructions.ts'

/** What the comments of a file suppress. */
export interface Suppressions {
  /**
   * Whether a finding of the rule at that line is not to be told; remembers the comment as used.
   */
  suppresses(ruleId: string, line: number): boolean
  /** What there is to say of the comments, as far as they have been used. */
  remarks(): readonly Remark[]
}

/**
 * What is wrong with a comment: it can never work, lacks what is demanded, or (`unused`) suppressed
 * nothing so far.
 */
interface Remark {
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
}

/** What the comments of a file suppress, and what there is to say of them; see `instructions`. */
export function suppressions(
  tree: UnitTree,
  {now, knownRules, requireReasons = false}: Demands,
): Suppressions {
  const all = instructions(tree)
  const today = now === undefined ? undefined : dayOf(now)
  const isDead = ({fault, until}: Instruction): boolean =>
    fault !== undefined || (until !== undefined && today !== undefined && until < today)
  const byRule = indexOf(all, isDead)
  const used = new Set<string>()
  const key = (index: number, rule: string): string => `${index} ${rule}`
  const idle = (instruction: Instruction, index: number): Remark[] => {
    const rules =
      instruction.rules.length === 0
        ? ['']
        : instruction.rules.filter((rule) => isRule(rule, knownRules))
    return rules
      .filter((rule) => !used.has(key(index, rule)))
      .map((rule) =>
        remark(
          instruction,
          'unused',
          `Unexpected \`unitlint-${instruction.kind}${rule && ` ${rule}`}\`, nothing to suppress`,
        ),
      )
  }
  return {
    suppresses(ruleId, line) {
      const its = ['', ruleId].flatMap((rule) => byRule.get(rule) ?? [])
      const covering = latest(its.map((spoken) => covers(spoken, line)))
      const event = latest(
        its.map(({events}) => events[countFirst(events, (its) => its.line <= line) - 1]?.index),
      )
      const isOff = event !== undefined && all[event]?.kind === 'disable'
      const hit = isOff ? latest([covering, event]) : covering
      const found = hit === undefined ? undefined : all[hit]
      if (hit === undefined || !found) return false
      used.add(key(hit, found.rules.length === 0 ? '' : ruleId))
      return true
    },
    remarks: () =>
      all.flatMap((instruction, index) => {
        const {kind, until, isReasoned} = instruction
        const fault = faultOf(instruction, isDead(instruction))
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
        return [...unknown, ...reason, ...idle(instruction, index)]
      }),
  }
}

/** The day in UTC, as `2027-03-01`; undefined for a time that has none. */
function dayOf(now: number): string | undefined {
  const date = new Date(now)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10)
}

function remark({comment}: Instruction, kind: Remark['kind'], message: string): Remark {
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
  readonly ranges: Range[]
  /** The last comment among continued lines for the next of these. */
  readonly continued: Map<number, number>
}

interface Event {
  readonly line: number
  readonly index: number
}

interface Range {
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
