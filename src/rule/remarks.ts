import {linesOf} from '../syntax/stringify.ts'
import type {Directive} from '../syntax/tree.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {Assignment} from '../unit/unit.ts'

/**
 * What the comments of a unit's main file tell its readers, without directives that are commented
 * out.
 */
export function remarks({files}: LoadedUnit): readonly string[] {
  return files
    .filter(({role}) => role === 'fragment')
    .flatMap(({tree}) =>
      [...linesOf(tree)].flatMap((line) =>
        line.type === 'comment' && !turnedOff.test(line.value) ? [line.value.trim()] : [],
      ),
    )
}

/** What the comment right above a line tells of it: the empty text where there is none. */
export function remarkAbove({directive, file}: Assignment): string {
  return above(directive, file.tree)
}

/** Comments are rarely longer, and nobody pays for more. */
const mostLines = 8

function above(
  {position}: Directive,
  {text, lineStarts}: {readonly text: string; readonly lineStarts: readonly number[]},
): string {
  const found: string[] = []
  for (let line = position.start.line - 2; line >= 0 && found.length < mostLines; line--) {
    const written = text.slice(lineStarts[line], lineStarts[line + 1]).trim()
    if (!/^[#;]/.test(written)) break
    const value = written.slice(1)
    if (!turnedOff.test(value)) found.unshift(value.trim())
  }
  return found.join(' ')
}

const turnedOff = /^[A-Za-z]+ ?=/
