import {nearest} from '../facts/nearest.ts'
import {linesOf} from '../syntax/stringify.ts'
import type {Comment, Entry, Header, UnitTree} from '../syntax/tree.ts'

/** A comment that speaks to unitlint. */
export interface Instruction {
  readonly kind: InstructionKind
  /** Empty: all rules. */
  readonly rules: readonly string[]
  readonly comment: Comment
  /** For `disable-next-line`: the lines that it covers, from 1, both included. */
  readonly lines?: readonly [number, number]
  /** The last day on which it holds, such as `2027-03-01`. */
  readonly until?: string
  /** Something stands behind `--`. */
  readonly isReasoned: boolean
  /** What is wrong with it, so that it does nothing. */
  readonly fault?: string
}

const kinds = ['disable-next-line', 'disable-line', 'disable', 'enable'] as const
type InstructionKind = (typeof kinds)[number]

/**
 * The comments of a file that speak to unitlint, in their order.
 *
 * `# unitlint-disable-next-line RULE, RULE until 2027-03-01 -- reason`, `# unitlint-disable RULE`
 * up to `# unitlint-enable RULE`.
 */
export function instructions(tree: UnitTree): readonly Instruction[] {
  return tree.text.includes('unitlint-') ? [...read(tree)] : []
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
      const instruction = instructionOf(
        line,
        target && [target.position.start.line, target.position.end.line],
      )
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
  const next: number[] = []
  let at = Infinity
  for (const [index, {type}] of [...lines.entries()].toReversed()) {
    next.push(at)
    if (type !== 'comment') at = index
  }
  return next.toReversed()
}

function instructionOf(
  comment: Comment,
  lines: readonly [number, number] | undefined,
): Instruction | undefined {
  // What follows `--` is the reason, for people.
  const reason = comment.value.search(/\s--(?:\s|$)/)
  const said = comment.value.slice(0, reason === -1 ? undefined : reason).trim()
  const isReasoned = reason !== -1 && comment.value.slice(reason).trim() !== '--'
  const [, word = ''] = /^unitlint-([a-z-]+:?)(?=\s|$)/i.exec(said) ?? []
  const kind = kinds.find((known) => known === word)
  const about = {comment, isReasoned, ...(lines ? {lines} : {})}
  if (kind === undefined) {
    const meant = word === '' ? undefined : kindMeant(word)
    const fault = `Unexpected \`unitlint-${word}\`, did you mean \`unitlint-${meant}\`?`
    return meant === undefined
      ? undefined
      : {...about, kind: meant === 'enable' ? 'enable' : 'disable', rules: [], fault}
  }
  return {...about, kind, ...rulesIn(said.slice(`unitlint-${kind}`.length))}
}

/** The kind that a word may be a misspelling of, or that other linters call so. */
function kindMeant(word: string): string | undefined {
  const plain = word.toLowerCase()
  if (/^ignore|-(?:file|next|all|line)\b/.test(plain))
    return /line|next/.test(plain) ? 'disable-next-line' : 'disable'
  return nearest(
    plain,
    kinds.filter((known) => known !== 'disable-line'),
  )
}

/** The rules of an instruction, and its last day. */
function rulesIn(text: string): Pick<Instruction, 'rules' | 'until' | 'fault'> {
  const words = text.split(/[\s,]+/).filter((other) => other !== '')
  const end = words.indexOf('until')
  if (end === -1) return {rules: words}
  const [until = '', ...more] = words.slice(end + 1)
  const rules = words.slice(0, end)
  if (more.length === 0 && isDate(until)) return {rules, until}
  const written = ['until', until, ...more].join(' ').trim()
  return {
    rules,
    fault: `Unexpected \`${written}\`, expected a date such as \`until 2027-03-01\``,
  }
}

/** Whether it is a day that there is, as ISO 8601 writes it. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
