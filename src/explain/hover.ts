import type {Rule} from '../rule/rule.ts'
import {offsetsOf} from '../syntax/place.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Directive, Span, UnitTree} from '../syntax/tree.ts'
import {directivePage} from './directive.ts'
import {markdown} from './markdown.ts'

/** What an editor shows of the word at a place. */
export interface Hover {
  /** The word, by its offsets in the file. */
  readonly span: Span
  readonly markdown: string
}

/**
 * What is known of the directive at an offset of a unit file, or of the value that it has there;
 * undefined where nothing is.
 */
export function hover(
  tree: UnitTree,
  offset: number,
  rules: readonly Rule[] = [],
): Hover | undefined {
  const found = directiveAt(tree, offset)
  if (!found) return undefined
  const {section, directive} = found
  const {key, value, keySpan, valueSpan} = directive
  const [ofKey, ofValue] = [isIn(keySpan, offset), value !== '' && isIn(valueSpan, offset)]
  if (!ofKey && !ofValue) return undefined
  const page = directivePage({section, key, value: ofKey ? undefined : value}, rules)
  return page && {span: ofKey ? keySpan : valueSpan, markdown: markdown(page)}
}

function directiveAt(
  tree: UnitTree,
  offset: number,
): {section: string; directive: Directive} | undefined {
  const section = sectionsIn(tree).find((child) => isWithin(child, offset))
  const entry = section?.children.find((child) => isWithin(child, offset))
  return section && entry?.type === 'directive'
    ? {section: section.name, directive: entry}
    : undefined
}

function isWithin({position}: Pick<Directive, 'position'>, offset: number): boolean {
  return isIn(offsetsOf(position), offset)
}

/** A cursor behind the last character of a word is still at it. */
function isIn({start, end}: Span, offset: number): boolean {
  return start <= offset && offset <= end
}
