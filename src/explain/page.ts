/** What there is to read about something, in parts; who shows it sets it as its readers want it. */
export type Page = readonly PageBlock[]

/**
 * A part of a page. A heading stands right above the part behind it, a title above what it is the
 * title of.
 */
export type PageBlock =
  | {readonly kind: 'heading'; readonly text: string}
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'table'; readonly title?: string; readonly rows: readonly TableRow[]}
  | {readonly kind: 'list'; readonly title: string; readonly items: readonly string[]}
  | {readonly kind: 'code'; readonly title: string; readonly lines: readonly string[]}

/** A line of a table. */
export type TableRow = readonly [label: string, text: string]

/** A list with its title; nothing where it is empty. */
export function list(title: string, items: readonly string[]): PageBlock[] {
  return items.length === 0 ? [] : [{kind: 'list', title, items}]
}
