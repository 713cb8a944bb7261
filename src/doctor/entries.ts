import {entryOf, entryOfFields, objectFields} from './journal.ts'
import type {JournalEntry} from './journal.ts'
import {entriesOfShown, isProperty, isShown} from './shown.ts'

/** No entry that tells something is longer. */
const longest = 1 << 16

type Form = 'export' | 'json' | 'shown' | 'verbose'

/**
 * Puts the lines of a log together to entries: one each, but in `journalctl -o json-pretty`,
 * `export` and `verbose`, and of `systemctl show`.
 */
export class Entries {
  /** What there is of an entry that goes over several lines. */
  #begun: {readonly form: Form; readonly lines: string[]; length: number} | undefined

  #isShown = false
  #isOther = false

  /** Take one more line: the entries that it completes. */
  take(line: string): readonly JournalEntry[] {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    const begun = this.#begun
    if (!begun || !goesOn(begun.form, text)) return [...this.end(), ...this.#begin(text)]
    if (begun.length < longest) begun.lines.push(text)
    begun.length += text.length + 1
    return begun.form === 'json' && isLast.test(text) ? this.end() : []
  }

  /** There are no more lines. */
  end(): readonly JournalEntry[] {
    const begun = this.#begun
    this.#begun = undefined
    if (!begun) return []
    const {form, lines} = begun
    if (form === 'shown') return this.#ofShown(lines)
    const fields =
      form === 'json' ? objectFields(lines.join('\n').replace(/,\s*$/, '')) : fieldsIn(lines)
    // Programs print JSON, too.
    if (form === 'json' && fields?.has('MESSAGE') !== true)
      return lines.flatMap((line) => entryOf(line) ?? [])
    const entry = fields && entryOfFields(fields)
    return entry ? [entry] : []
  }

  /** Whether there was nothing but what `systemctl show` prints. */
  get isOfShow(): boolean {
    return this.#isShown && !this.#isOther
  }

  #ofShown(lines: readonly string[]): readonly JournalEntry[] {
    const found = entriesOfShown(lines)
    // Programs print one of its words, too.
    const own =
      found.length === 0 && lines.length < 3 ? lines.flatMap((line) => entryOf(line) ?? []) : found
    this.#isShown = true
    return own
  }

  #begin(text: string): readonly JournalEntry[] {
    const form = formOf(text)
    this.#isOther ||= form !== 'shown' && text.trim() !== ''
    if (form) this.#begun = {form, lines: [text], length: text.length}
    const entry = form ? undefined : entryOf(text)
    return entry ? [entry] : []
  }
}

/** Whether a line is of the entry that was begun. */
function goesOn(form: Form, text: string): boolean {
  if (form === 'verbose') return text.startsWith('    ')
  if (form === 'shown') return isProperty(text)
  return form === 'json'
    ? /^\s*(?:["\d\]}]|$)/.test(text)
    : text !== '' && !text.startsWith('__CURSOR=')
}

const isLast = /^\s*\},?\s*$/

/** How an entry goes on that begins so; undefined for a line that is one. */
function formOf(text: string): Form | undefined {
  if (text.startsWith('__CURSOR=')) return 'export'
  if (/^\s*\{$/.test(text)) return 'json'
  if (isShown(text)) return 'shown'
  return /^\S.* \[s=[\da-f]+;i=[\da-f]+;.*\]$/.test(text) ? 'verbose' : undefined
}

/**
 * Fields as `NAME=value`; what goes on is of the field above. Values that are no plain text come
 * below a name alone in `export`, behind eight bytes of their length.
 */
function fieldsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  let isRaw = false
  for (const line of lines) {
    const [, name, equals, value = ''] =
      /^(?: {4})?([A-Z_][A-Z\d_]*)(?:(=)(.*))?$/su.exec(line) ?? []
    if (name !== undefined) {
      last = name
      isRaw = equals === undefined
      fields.set(name, value)
    } else {
      const before = fields.get(last) ?? ''
      const more = isRaw ? line.slice(8) : line.trim()
      fields.set(last, before === '' ? more : `${before}\n${more}`)
      isRaw = false
    }
  }
  return fields
}
