import {hover} from '../../src/explain/hover.ts'
import type {Rule} from '../../src/rule/rule.ts'
import {parse} from '../../src/syntax/parse.ts'

/** What is known of a word, in Markdown. */
export interface Known {
  readonly from: number
  readonly to: number
  readonly markdown: string
}

/** What is known of the word at an offset. */
export function hoverAt(text: string, offset: number, rules: readonly Rule[]): Known | undefined {
  const found = hover(parse(text), offset, rules)
  return found && {from: found.span.start, to: found.span.end, markdown: found.markdown}
}
