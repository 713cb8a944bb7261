import type {Change} from '../rule/change.ts'
import {endsInBackslash} from '../syntax/text.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Directive, Header, Junk, Section, Span} from '../syntax/tree.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {Assignment, SourceFile} from '../unit/unit.ts'
import {stripped} from '../values/words.ts'
import {unreadIn, anchorOf} from './anchors.ts'
import type {NewLine} from './anchors.ts'

/** What a change does to a line of a file. */
export type Operation = {readonly file: SourceFile} & (
  | {
      readonly kind: 'insert'
      readonly section: string
      /** Undefined: they are a section of their own, before the first one. */
      readonly behind: Directive | Header | undefined
      readonly lines: readonly NewLine[]
      /** An empty line belongs before it. */
      readonly isApart: boolean
      /** It is written as the lines of its section are; else plainly. */
      readonly isAlike: boolean
    }
  | {readonly kind: 'remove'; readonly entry: Directive}
  | {
      readonly kind: 'rewrite'
      readonly entry: Directive
      readonly values: readonly string[]
      readonly comment?: string | undefined
    }
  | {readonly kind: 'word'; readonly entry: Directive; readonly span: Span; readonly text: string}
  | {readonly kind: 'key'; readonly entry: Directive; readonly key: string}
  | {
      readonly kind: 'assign'
      readonly entry: Directive | Junk
      /** In the file: what becomes `=`. */
      readonly sign: Span
      readonly line: NewLine
    }
  | {readonly kind: 'header'; readonly entry: Header; readonly name: string}
)

/** Lines that are to stand in a file. */
export type Insertion = Extract<Operation, {kind: 'insert'}>

/**
 * The lines that changes of a unit are about, in the order of the changes.
 *
 * Undefined where one of them cannot be made: the file has no such section, or the words could not
 * be read again as what they are.
 */
export function operations(
  unit: LoadedUnit,
  changes: readonly Change[],
): readonly Operation[] | undefined {
  const made: Operation[] = []
  for (const [index, change] of changes.entries()) {
    const isFollowing = change.kind === 'add' && continues(changes[index - 1], change)
    if (isFollowing) continue
    const found = operationsOf(unit, change, changes.slice(index + 1))
    if (!found) return undefined
    for (const operation of found) made.push(operation)
  }
  return made.every(isWritable) ? made : undefined
}

type Add = Extract<Change, {kind: 'add'}>

/** Whether a change adds a line to those that another adds. */
function continues(one: Change | undefined, other: Change): other is Add {
  return (
    one?.kind === 'add' &&
    other.kind === 'add' &&
    one.section === other.section &&
    !one.below &&
    !other.below
  )
}

function operationsOf(
  unit: LoadedUnit,
  change: Change,
  rest: readonly Change[],
): readonly Operation[] | undefined {
  switch (change.kind) {
    case 'set':
      return operationsOfSet(unit, change)
    case 'add':
      return operationsOfAdd(unit, change, rest)
    case 'remove':
      return [{kind: 'remove', file: change.assignment.file, entry: change.assignment.directive}]
    case 'rewrite': {
      const {assignment, values, comment} = change
      return [
        {kind: 'rewrite', file: assignment.file, entry: assignment.directive, values, comment},
      ]
    }
    case 'word': {
      const {assignment, span, text} = change
      return [{kind: 'word', file: assignment.file, entry: assignment.directive, span, text}]
    }
    case 'rename': {
      const {at, name} = change
      if ('directive' in at) return [{kind: 'key', file: at.file, entry: at.directive, key: name}]
      const section = sectionsIn(at.file.tree).find((one) => isSectionAt(one, at.span))
      return section && [{kind: 'header', file: at.file, entry: section.header, name}]
    }
    case 'move': {
      const {assignment, section, key, value} = change
      const added = inserted(unit, section, [[key, value]])
      if (!added?.every(({file}) => file === assignment.file)) return undefined
      return [{kind: 'remove', file: assignment.file, entry: assignment.directive}, ...added]
    }
    case 'assign':
      return assigned(change.sign)
    default:
      // A rule in JavaScript may say anything.
      throw new TypeError(`Unexpected change ${JSON.stringify(change)}`)
  }
}

/** The last line that systemd reads is written anew, where it is one that can be. */
function operationsOfSet(
  unit: LoadedUnit,
  {section, key, value}: Extract<Change, {kind: 'set'}>,
): readonly Operation[] | undefined {
  const last = unit
    .assignments(section, key)
    .findLast((line) => !unreadIn(unit).has(line.directive))
  if (!last || last.directive.pieces || last.value.includes('#'))
    return inserted(unit, section, [[key, value]])
  return [{kind: 'rewrite', file: last.file, entry: last.directive, values: [value]}]
}

/** Lines that changes behind it add to the same section stand with it. */
function operationsOfAdd(
  unit: LoadedUnit,
  change: Add,
  rest: readonly Change[],
): readonly Operation[] | undefined {
  const {section, key, value, below} = change
  if (below) return [insertedBelow(below, [[key, value]])]
  const end = rest.findIndex((other) => !continues(change, other))
  const others = rest
    .slice(0, end === -1 ? rest.length : end)
    .filter((other) => continues(change, other))
  return inserted(
    unit,
    section,
    [change, ...others].map((line) => [line.key, line.value]),
  )
}

function isSectionAt({header: {nameSpan}}: Section, {start, end}: Span): boolean {
  return nameSpan.start === start && nameSpan.end === end
}

/**
 * Lines in a section, where such lines stand: behind the last assignment of one of these
 * directives, else behind the last hardening directive, else at the end of the section, one empty
 * line apart. Where the main file has none, `[Unit]` is made; undefined for others.
 */
function inserted(
  unit: LoadedUnit,
  section: string,
  lines: readonly NewLine[],
): readonly Operation[] | undefined {
  const anchor = anchorOf(unit, section, lines)
  return anchor && [{kind: 'insert', section, lines, isAlike: true, ...anchor}]
}

function insertedBelow(
  {file, directive, section}: Assignment,
  lines: readonly NewLine[],
): Operation {
  return {kind: 'insert', file, section, behind: directive, lines, isApart: false, isAlike: false}
}

/**
 * The line with what stands at the place taken for its `=`; undefined where no single line is
 * there.
 */
function assigned({
  file,
  span,
}: Extract<Change, {kind: 'assign'}>['sign']): readonly Operation[] | undefined {
  const {text} = file.tree
  for (const {children} of sectionsIn(file.tree)) {
    for (const entry of children) {
      const start = entry.position.start.offset
      if (span.end > start + entry.raw.length) continue
      if (entry.type !== 'junk' && (entry.type !== 'directive' || entry.pieces)) return undefined
      // Nothing, and no key, where the place is not in this line.
      const key = stripped(text.slice(start, span.start))
      const value = stripped(text.slice(span.end, start + entry.raw.length))
      return [{kind: 'assign', file, entry, sign: span, line: [key, value]}]
    }
  }
  return undefined
}

/** Whether what is written will be read as what it is. */
function isWritable(operation: Operation): boolean {
  switch (operation.kind) {
    case 'insert':
      return operation.lines.every(([key, value]) => isKey(key) && isValue(value))
    case 'rewrite':
      return operation.values.every(isValue) && !/[\n\r\0]/.test(operation.comment ?? '')
    case 'word':
      return (
        !/[\n\r\0]/.test(operation.text) &&
        !endsInBackslash(operation.text, 0, operation.text.length)
      )
    case 'key':
      return isKey(operation.key)
    case 'assign':
      return isKey(operation.line[0]) && isValue(operation.line[1])
    case 'header':
      return !/[\n\r\0\]]/.test(operation.name)
    case 'remove':
      return true
  }
}

function isKey(key: string): boolean {
  return /^[^#;[=\n\r\0][^=\n\r\0]*$/.test(key) && isBare(key)
}

/** What would go on in the next line is none. */
function isValue(value: string): boolean {
  return !/[\n\r\0]/.test(value) && !endsInBackslash(value, 0, value.length) && isBare(value)
}

function isBare(text: string): boolean {
  return !/^[ \t]|[ \t]$/.test(text)
}

/**
 * The directives whose lines operations write, those whose lines they change or remove among them.
 */
export function keysOf(all: readonly Operation[]): string[] {
  return all.flatMap((operation) => {
    if (operation.kind === 'insert') return operation.lines.map(([key]) => key)
    const names = 'key' in operation.entry ? [operation.entry.key] : []
    return operation.kind === 'key'
      ? [...names, operation.key]
      : operation.kind === 'assign'
        ? [...names, operation.line[0]]
        : names
  })
}
