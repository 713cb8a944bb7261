import stringWidth from 'fast-string-width'

/** What takes as many columns as it has characters. */
const plain = /^[ -~]*$/

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  // What Unicode says of widths takes a while to be loaded.
  return plain.test(text) ? text.length : stringWidth(text)
}
