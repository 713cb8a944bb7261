import {valueOffset} from '../syntax/place.ts'
import type {Span} from '../syntax/tree.ts'
import type {Assignment} from '../unit/unit.ts'
import {splitWords} from '../values/words.ts'
import type {Change} from './change.ts'
import {replaceWord} from './change.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'

/**
 * The fix that writes what is meant for a part of a value; none where nothing is, or where that is
 * spread over lines in other words.
 */
export function respelt(
  assignment: Assignment,
  span: Span,
  meant: string | undefined,
  applicability?: Fix['applicability'],
): Fix | undefined {
  const changes = meant === undefined ? undefined : changesFor(assignment, span, meant)
  return changes && fixBy(applicability, changes, `Write \`${meant}\``)
}

function changesFor(assignment: Assignment, span: Span, meant: string): Change[] | undefined {
  const {directive, file, value} = assignment
  const [from, to] = [valueOffset(directive, span.start), valueOffset(directive, span.end - 1) + 1]
  const written = value.slice(from, to)
  if (file.tree.text.slice(span.start, span.end) === written)
    return [replaceWord(assignment, {start: from, end: from + written.length}, meant)]
  const [words, others] = [splitWords(written, 'plain').words, splitWords(meant, 'plain').words]
  if (words.length !== others.length) return undefined
  return words.flatMap(({start, end}, index) => {
    const [is, should] = [
      written.slice(start, end),
      meant.slice(others[index]?.start, others[index]?.end),
    ]
    return is === should
      ? []
      : [replaceWord(assignment, {start: from + start, end: from + end}, should)]
  })
}
