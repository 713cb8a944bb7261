import type {LoadedUnit} from '../unit/load.ts'
import type {Assignment} from '../unit/unit.ts'
import type {Place} from './place.ts'
import {isValid, sectionsOf} from './validity.ts'

/** A line that is read as a part of the value of the one before it. */
export interface TakenIn {
  /** The header, or the directive with its sign, as it would be written in a message. */
  readonly word: string
  readonly at: Place
  /** It stands behind spaces, as people write what goes on. */
  readonly isIndented: boolean
}

/**
 * The lines that a `\` at the end of the one before makes a part of a value, and that were to stand
 * alone: headers, and directives with values that they take.
 */
export function takenIn(
  unit: LoadedUnit,
  {section, key, file, directive}: Omit<Assignment, 'value'>,
): readonly TakenIn[] {
  const {value, pieces = []} = directive
  return pieces.slice(1, mostPieces).flatMap(({at, offset, length}) => {
    const line = file.tree.text
      .slice(offset, offset + Math.min(length, longest))
      .replace(/\\$/, '')
      .trimEnd()
    const [all = '', indent = '', header, name = '', text = ''] = standing.exec(line) ?? []
    if (all === '' || isWithinQuotes(value.slice(0, at))) return []
    const isHeader = header !== undefined && sectionsOf(unit).includes(header)
    const isLine = header === undefined && name !== key && isValid(unit, section, name, text)
    if (!isHeader && !isLine) return []
    const start = offset + indent.length
    return [
      {
        word: isHeader ? `[${header}]` : `${name}=`,
        at: {file, span: {start, end: offset + line.length}},
        isIndented: indent !== '',
      },
    ]
  })
}

const standing = /^([ \t]*)(?:\[([A-Z][A-Za-z]+)\]|([A-Z][A-Za-z0-9]+)=[ \t]*(\S.*))$/

/** Whether a text ends between quotes, where lines of shells stand that look like directives. */
function isWithinQuotes(text: string): boolean {
  let open = ''
  for (const [one] of text.slice(-mostQuoted).matchAll(/\\?["']/g)) {
    if (one === open) open = ''
    else if (open === '' && one.length === 1) open = one
  }
  return open !== ''
}

/** Nobody reads on in longer values. */
const longest = 4096
const mostPieces = 64
const mostQuoted = 32_768
