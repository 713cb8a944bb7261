import type {AccessId} from '../../facts/accesses.ts'
import {sandboxingKeys} from '../../facts/hardening.ts'
import {rowOf} from '../../facts/sandboxing/rows.ts'
import type {Comment, UnitTree} from '../../syntax/tree.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {denialContext} from '../denial-context.ts'
import type {DenialContext} from '../denial-context.ts'
import {denials} from '../denials.ts'
import {short} from './need.ts'
import type {Need} from './need.ts'

/**
 * What the comments of a unit show: who wrote it had an option in mind that it does not set.
 *
 * What a sentence speaks of is not added: nearly all say why it is off. What is commented out is a
 * question for a person, as it may have been tried, or be an offer.
 */
export function* ofComments(unit: LoadedUnit): Generator<Need> {
  for (const {tree} of unit.files) {
    for (const {value: text} of commentsIn(tree)) {
      for (const [written, directive = '', value = ''] of text
        .slice(0, longest)
        .matchAll(mention())) {
        const access = unsetBy(unit, directive, value)
        if (access === undefined) continue
        const isLine = value !== '' && text.trim() === written
        yield {
          access,
          because: isLine
            ? `the unit has \`${short(written)}\` commented out`
            : `a comment of the unit speaks of \`${directive}=\`: \`${short(text.trim())}\``,
          certain: false,
          inComment: true,
          ...(isLine && {isPossible: true}),
        }
      }
    }
  }
}

/** No sentence is longer. */
const longest = 1000

function* commentsIn({text, children}: UnitTree): Generator<Comment> {
  if (!/[#;]/.test(text)) return
  for (const child of children) {
    if (child.type === 'comment') yield child
    else if (child.type === 'section')
      for (const entry of child.children) {
        if (entry.type === 'comment') yield entry
        else if (entry.type === 'directive') yield* entry.comments
      }
  }
}

/** The name of an option in a text, with the word that it is set to. */
const mention = (): RegExp =>
  (pattern ??= new RegExp(`\\b(${spoken().join('|')})\\b(?:[ \\t]*=[ \\t]*([A-Za-z-]+))?`, 'g'))

let pattern: RegExp | undefined

/** The options whose names are no words of any sentence, and of which it is known what they deny. */
function spoken(): readonly string[] {
  return sandboxingKeys().filter((key) => /[a-z][A-Z]/.test(key) && strictest(key) !== undefined)
}

/** What a value that a comment names would deny first; undefined where the unit denies it anyway. */
function unsetBy(unit: LoadedUnit, directive: string, value: string): AccessId | undefined {
  const context = denialContext(unit)
  const access = ofValue(directive, value, context) ?? strictest(directive)
  const set = valueOf(unit, directive)
  if (access === undefined || !set) return access
  return value === '' || denials(directive, set.value, context).includes(access)
    ? undefined
    : access
}

function ofValue(directive: string, value: string, context: DenialContext): AccessId | undefined {
  const [access] = value === '' ? [] : denials(directive, value, context)
  return access === 'unknown-effect' ? undefined : access
}

/** What the strictest value of an option denies first. */
function strictest(directive: string): AccessId | undefined {
  const row = rowOf(directive)
  if (row?.holds === 'word') return row.levels.at(-1)?.denies[0]
  return Array.isArray(row?.denies) ? row.denies[0] : undefined
}
