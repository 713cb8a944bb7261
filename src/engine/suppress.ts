import type {Comment, UnitTree} from '../syntax/tree.ts'
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

const pattern = /^\s*unitlint-(disable-next-line|disable-line|disable|enable)(?:\s+(.*?))?\s*$/s

/** Read the comments of a file: `# unitlint-disable-next-line RULE, RULE -- reason`, `# unitlint-disable RULE` up to `# unitlint-enable RULE`. */
export function suppressions(tree: UnitTree): Suppressions {
  if (!tree.text.includes('unitlint-')) return {suppresses: () => false, unused: () => []}
  const instructions = [...read(tree)]
  const used = new Set<string>()
  const key = (index: number, rule: string): string => `${index} ${rule}`
  return {
    suppresses(ruleId, line) {
      let hit: string | undefined
      for (const [index, {kind, rules, comment, lines}] of instructions.entries()) {
        const rule = rules.length === 0 ? '' : ruleId
        if (rules.length > 0 && !rules.includes(ruleId)) continue
        if (kind === 'disable-next-line' && lines && lines[0] <= line && line <= lines[1]) hit = key(index, rule)
        if (comment.position.start.line > line) continue
        if (kind === 'disable') hit = key(index, rule)
        if (kind === 'enable' && !instructions.slice(0, index).some((other) => covers(other, line) && matches(other, ruleId))) hit = undefined
      }
      if (hit !== undefined) used.add(hit)
      return hit !== undefined
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

function covers({kind, lines}: Instruction, line: number): boolean {
  return kind === 'disable-next-line' && lines !== undefined && lines[0] <= line && line <= lines[1]
}

function matches({rules}: Instruction, ruleId: string): boolean {
  return rules.length === 0 || rules.includes(ruleId)
}

function* read(tree: UnitTree): Generator<Instruction> {
  const lines = [...linesOf(tree)]
  for (const [index, line] of lines.entries()) {
    if (line.type === 'comment') {
      const next = lines.slice(index + 1, index + 50).find((candidate) => candidate.type !== 'comment')
      const instruction = instructionOf(line, next && [next.position.start.line, next.position.end.line])
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

function instructionOf(comment: Comment, lines: readonly [number, number] | undefined): Instruction | undefined {
  if (!comment.value.includes('unitlint-')) return undefined
  // What follows `--` is the reason, for people.
  const match = pattern.exec(comment.value.split(/\s--\s|\s--$/)[0] ?? '')
  if (!match) return undefined
  const kind = match[1] as Instruction['kind'] // The pattern has just these.
  const rules = (match[2] ?? '').split(/[\s,]+/).filter((rule) => rule !== '')
  return {kind, rules, comment, ...(lines ? {lines} : {})}
}
