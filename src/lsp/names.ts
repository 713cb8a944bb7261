import {dialectOf} from '../values/dialect.ts'
import {valueSpan} from '../syntax/place.ts'
import type {Directive, Span, UnitTree} from '../syntax/tree.ts'
import {oneName} from '../unit/references.ts'
import {unitOf} from '../unit/load.ts'
import type {Subject} from './subject.ts'

/** Whether a word is the name of a unit. */
export function unitFile(word: unknown): word is string {
  return typeof word === 'string' && unitOf(word)?.role === 'fragment'
}

/** A unit that a line names, and where. */
export interface NamedAt {
  /** With specifiers replaced; of a template the instance that is meant. */
  readonly name: string
  /** As it is written. */
  readonly written: string
  readonly span: Span
}

/** How a file is read for the names in it. */
type NamesSubject = Pick<Subject, 'name' | 'type' | 'newest' | 'manager'>

/** The units that the lines of a file name, in their order. */
export function unitNamesIn(
  tree: UnitTree,
  {name, newest, manager}: NamesSubject,
): readonly NamedAt[] {
  const {row} = dialectOf(newest)
  const viewer = {name, manager, target: newest}
  const found: NamedAt[] = []
  for (const section of tree.children) {
    if (section.type !== 'section') continue
    for (const entry of section.children) {
      if (entry.type !== 'directive' || entry.value === '') continue
      const type = row(section.name, entry.key, newest.version)?.type
      if (type !== 'unit-list' && type !== 'unit-name') continue
      for (const {text, span} of wordsWithSpans(entry)) {
        const its = oneName(text, viewer)
        if (its !== undefined) found.push({name: its, written: text, span})
      }
    }
  }
  return found
}

/** The words of a value, and where they stand. */
export function wordsWithSpans(
  line: Directive,
): ReadonlyArray<{readonly text: string; readonly span: Span}> {
  return [...line.value.matchAll(/\S+/g)].map(({0: text, index}) => ({
    text,
    span: valueSpan(line, index, index + text.length),
  }))
}

/** The rules that a comment may name, and where: words of a comment that speaks to this linter. */
export function ruleNamesIn(
  text: string,
  start: number,
): ReadonlyArray<{readonly text: string; readonly span: Span}> {
  if (!text.includes('unitlint-')) return []
  return [...text.matchAll(/[\w/-]+/g)].map(({0: word, index}) => ({
    text: word,
    span: {start: start + index, end: start + index + word.length},
  }))
}

/** The unit that is named at an offset. */
export function unitNameAt(subject: Subject, offset: number): NamedAt | undefined {
  return unitNamesIn(subject.its.tree, subject).find(
    ({span}) => span.start <= offset && offset <= span.end,
  )
}
