import {defaultTarget, newestTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {UnitType} from '../facts/unit-types.ts'
import {suited} from '../engine/options.ts'
import {endsInBackslash, firstNonBlank} from '../syntax/text.ts'
import type {Span} from '../syntax/tree.ts'
import {unitOf} from '../unit/load.ts'
import type {Document} from './document.ts'
import type {Workspace, OpenUnit} from './workspace.ts'

/** A document that something is asked about, and what is known of the unit that it is of. */
export interface Subject {
  readonly its: Document
  readonly space: Workspace
  /** Absent: it is nothing to lint. */
  readonly unit: OpenUnit | undefined
  readonly name: string
  readonly type: UnitType
  /** The systemd that fixes must suit at least, and the newest that the unit may meet. */
  readonly oldest: Target
  readonly newest: Target
  readonly manager: 'system' | 'user'
}

export function subject(space: Workspace, its: Document): Subject {
  const [unit] = space.unitsOf(its.path)
  const identity = unit?.identity ??
    unitOf(its.path) ?? {name: 'example.service', type: 'service' as const}
  const targets = unit
    ? suited(unit.options).toSorted((one, other) => one.version - other.version)
    : [defaultTarget, newestTarget]
  const [oldest = defaultTarget] = targets
  const {name, type} = identity
  return {
    its,
    space,
    unit,
    name,
    type,
    oldest,
    newest: targets.at(-1) ?? oldest,
    manager: unit?.options.manager ?? 'system',
  }
}

/** What is written at an offset, also where the line is not whole. */
export type Spot =
  | {readonly kind: 'comment'; readonly line: Span}
  | {readonly kind: 'header'; readonly line: Span}
  | {
      readonly kind: 'key'
      readonly section: string | undefined
      readonly word: Span
      readonly hasEquals: boolean
    }
  | {
      readonly kind: 'value'
      readonly section: string | undefined
      readonly key: string
      /**
       * The run without white space that the offset is in or at, without a backslash that ends the
       * line.
       */
      readonly word: Span
      /** Whether nothing of the value stands before the word. */
      readonly isFirst: boolean
    }

/** What is written at an offset of a document. */
export function spotAt({text, places, tree}: Document, offset: number): Spot {
  const line = places.lineSpan(places.lineAt(offset))
  const content = firstNonBlank(text, line.start, line.end)
  const head = logicalStart(text, places, places.lineAt(offset))
  const isContinued = head.start < line.start
  if (text[content] === '#' || text[content] === ';') return {kind: 'comment', line}
  const first = firstNonBlank(text, head.start, head.end)
  if (!isContinued && text[first] === '[') return {kind: 'header', line}
  const section = tree.children.findLast(
    (child) => child.type === 'section' && child.position.start.offset <= head.start,
  )
  const name = section?.type === 'section' ? section.name : undefined
  const equals = text.indexOf('=', first)
  const hasEquals = equals !== -1 && equals < head.end
  if (!hasEquals || (!isContinued && offset <= equals)) {
    const end = hasEquals ? equals : line.end
    return {
      kind: 'key',
      section: name,
      word: wordIn(text, {start: content, end}, offset),
      hasEquals,
    }
  }
  const start = isContinued ? line.start : equals + 1
  const end = endsInBackslash(text, line.start, line.end) ? line.end - 1 : line.end
  const word = wordIn(text, {start, end: Math.max(start, end)}, offset)
  const before = text.slice(equals + 1, word.start).replaceAll(/\\?(?:\r\n|\n|\r)/g, '')
  return {
    kind: 'value',
    section: name,
    key: text.slice(first, equals).trim(),
    word,
    isFirst: before.trim() === '',
  }
}

/** The line that begins the logical line that a line is part of (systemd.syntax(7)). */
function logicalStart(text: string, places: Document['places'], line: number): Span {
  let first = line
  for (let above = line - 1; above >= 0; above--) {
    const {start, end} = places.lineSpan(above)
    const mark = text[firstNonBlank(text, start, end)]
    if ((mark === '#' || mark === ';') && firstNonBlank(text, start, end) < end) continue
    if (!endsInBackslash(text, start, end)) break
    first = above
  }
  return places.lineSpan(first)
}

function wordIn(text: string, {start, end}: Span, offset: number): Span {
  let [from, to] = [Math.min(Math.max(offset, start), end), Math.min(Math.max(offset, start), end)]
  while (from > start && !/\s/.test(text[from - 1] ?? ' ')) from--
  while (to < end && !/\s/.test(text[to] ?? ' ')) to++
  return {start: from, end: to}
}
