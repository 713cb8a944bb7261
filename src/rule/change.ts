import type {Span} from '../syntax/tree.ts'
import type {Assignment} from '../unit/unit.ts'
import type {Place} from './place.ts'

/**
 * What a fix does to a unit, in no file's words yet: the engine plans with it, and writes it last.
 */
export type Change =
  | {readonly kind: 'set'; readonly section: string; readonly key: string; readonly value: string}
  | {
      readonly kind: 'add'
      readonly section: string
      readonly key: string
      readonly value: string
      readonly below?: Assignment
    }
  | {readonly kind: 'remove'; readonly assignment: Assignment}
  | {
      readonly kind: 'rewrite'
      readonly assignment: Assignment
      readonly values: readonly string[]
      readonly comment?: string
    }
  | {
      readonly kind: 'word'
      readonly assignment: Assignment
      readonly span: Span
      readonly text: string
    }
  | {readonly kind: 'rename'; readonly at: Assignment | Place; readonly name: string}
  | {
      readonly kind: 'move'
      readonly assignment: Assignment
      readonly section: string
      readonly key: string
      readonly value: string
    }
  | {readonly kind: 'assign'; readonly sign: Place}

/**
 * Give a directive a value: in its last assignment where there is one, in a new line otherwise.
 *
 * An assignment that spans lines or has a `#` in its value keeps its text, and the new line follows
 * it, so that no comment is lost.
 */
export function set(section: string, key: string, value: string): Change {
  return {kind: 'set', section, key, value}
}

/**
 * Add a line to a section, where such lines stand, or right below another. What one fix adds to a
 * section stands together.
 */
export function add(section: string, key: string, value: string, below?: Assignment): Change {
  return {kind: 'add', section, key, value, ...(below ? {below} : {})}
}

/** Take an assignment out, its whole line with it. */
export function remove(assignment: Assignment): Change {
  return {kind: 'remove', assignment}
}

/**
 * Write the value of an assignment anew: in several lines where there are several, below a comment
 * where there is one.
 */
export function rewrite(
  assignment: Assignment,
  values: string | readonly [string, ...string[]],
  comment?: string,
): Change {
  const lines = typeof values === 'string' ? [values] : values
  return {kind: 'rewrite', assignment, values: lines, ...(comment === undefined ? {} : {comment})}
}

/**
 * Put a text in the place of a run of an assignment's value, by offsets in that; an empty run
 * inserts.
 */
export function replaceWord(assignment: Assignment, {start, end}: Span, text: string): Change {
  return {kind: 'word', assignment, span: {start, end}, text}
}

/**
 * Give an assignment another directive, or the section whose header names it at a place another
 * name.
 */
export function rename(at: Assignment | Place, name: string): Change {
  return {kind: 'rename', at, name}
}

/**
 * Move an assignment to another section of its file, under another name or with another value where
 * they are given.
 */
export function move(
  assignment: Assignment,
  section: string,
  {
    key = assignment.key,
    value = assignment.value,
  }: {readonly key?: string; readonly value?: string} = {},
): Change {
  return {kind: 'move', assignment, section, key, value}
}

/**
 * Make an assignment of a line that is none, or another one than was meant: what stands at the
 * place becomes its `=`.
 */
export function assign(sign: Place): Change {
  return {kind: 'assign', sign}
}
