import {endsInBackslash, firstNonBlank, lastNonBlank} from './text.ts'

/** An assignment without its place. */
export interface PlainLine {
  readonly section: string
  readonly key: string
  readonly value: string
}

type Keys = Pick<ReadonlySet<string>, 'has'>

/**
 * The assignments of some keys by their sections, as `parse` reads them, where a text is so plain
 * that this takes a look at each line and no tree; undefined where there is anything else in it,
 * such as a line that is no assignment.
 */
export function plainLines(
  text: string,
  wanted: ReadonlyMap<string, Keys>,
): PlainLine[] | undefined {
  if (unusual.test(text)) return undefined
  const found: PlainLine[] = []
  let section: string | undefined
  let isContinued = false
  let open: {section: string; key: string; text: string} | undefined
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start)
    if (end === -1) end = text.length
    const first = firstNonBlank(text, start, end)
    const lead = first === end ? undefined : text.charCodeAt(first)
    // A comment ends nothing.
    if (lead === hash || lead === semicolon) continue
    const goesOn = endsInBackslash(text, first, end)
    if (isContinued || lead === undefined) {
      if (open) open.text += part(text, start, end, goesOn)
      if (open && !goesOn) {
        found.push({section: open.section, key: open.key, value: trimmed(open.text)})
        open = undefined
      }
      isContinued = goesOn
      continue
    }
    if (lead === bracket) {
      section = plainHeader.exec(text.slice(first, end))?.[1]
      if (section === undefined) return undefined
      continue
    }
    const equals = text.indexOf('=', first)
    if (section === undefined || equals === -1 || equals >= end || equals === first)
      return undefined
    const keys = wanted.get(section)
    isContinued = goesOn
    if (!keys) continue
    const key = text.slice(first, lastNonBlank(text, first, equals))
    if (!keys.has(key)) continue
    if (goesOn) open = {section, key, text: part(text, equals + 1, end, goesOn)}
    else found.push({section, key, value: trimmed(text, equals + 1, end)})
  }
  // What the file ends in the midst of is judged elsewhere.
  return open ? undefined : found
}

/** A part of a line that may go on: the backslash is the space that it stands for. */
function part(text: string, start: number, end: number, goesOn: boolean): string {
  return goesOn ? `${text.slice(start, end - 1)} ` : text.slice(start, end)
}

function trimmed(text: string, start = 0, end = text.length): string {
  const last = lastNonBlank(text, start, end)
  return text.slice(firstNonBlank(text, start, last), last)
}

/** Other line ends, marks of byte order, and what is, or may be, no Unicode. */
const unusual = /[\r\0\uFEFF\uD800-\uDFFF\uFDD0-\uFDEF\uFFFE\uFFFF]/
const plainHeader = /^\[([A-Za-z][A-Za-z0-9-]*)\][ \t]*$/
const [hash, semicolon, bracket] = [0x23, 0x3b, 0x5b]
