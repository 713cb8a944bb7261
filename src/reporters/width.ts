import stringWidth from 'fast-string-width'

/** What takes as many columns as it has characters. */
const plain = /^[ -~]*$/

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  // What Unicode says of widths takes a while to be loaded.
  return plain.test(text) ? text.length : stringWidth(text)
}

/** A text, filled up with spaces to so many columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - widthOf(text), 0))
}

/** How many columns the widest of some texts takes. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, widthOf(text)), 0)
}

/** How wide each column of a table is, by its rows. */
export function columnWidths(
  heading: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): number[] {
  return heading.map((head, index) => widest([head, ...rows.map((row) => row[index] ?? '')]))
}
