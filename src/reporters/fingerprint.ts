import {createHash} from 'node:crypto'
import type {LintResult, Message} from './lint-result.ts'
import {restrictionsId} from './restrictions.ts'

/**
 * Names for the messages of one file, each unlike the others, that stay while lines move: made of
 * the file's path, the rule, its words and the line that they are about.
 *
 * What restricts a unit keeps its name while some of it is mended.
 */
export function fingerprints(entry: LintResult, path: string): (message: Message) => string {
  const seen = new Map<string, number>()
  return (message) => {
    const {ruleId = '', text} = message
    const about =
      ruleId === restrictionsId ? [] : [text, textLineOf(message, entry)?.text.trim() ?? '']
    const key = JSON.stringify([path, ruleId, ...about])
    const many = seen.get(key) ?? 0
    seen.set(key, many + 1)
    return createHash('sha256')
      .update(many === 0 ? key : `${key}${many}`)
      .digest('hex')
      .slice(0, 32)
  }
}

/** A line of a file, and the offset of its first character. */
export interface TextLine {
  readonly text: string
  readonly start: number
}

/**
 * The line that a message begins on, up to a length; undefined where it is about the file as a
 * whole, or the text is not known.
 */
export function textLineOf(
  {place}: Pick<Message, 'place'>,
  {slice}: Pick<LintResult, 'slice'>,
  most = 1_000,
): TextLine | undefined {
  const {offset, column} = place?.start ?? {}
  if (offset === undefined || column === undefined) return undefined
  const start = offset - column + 1
  const [text = ''] = slice(start, start + most).split(/[\r\n\0]/, 1)
  return start < 0 ? undefined : {text, start}
}
