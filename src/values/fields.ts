import {encode} from '../syntax/bytes.ts'
import {unescapeAt} from './escapes.ts'
import type {ValueFault} from './fault.ts'

/** How systemd takes the next piece off a value (systemd.syntax(7), "quoting"). */
export interface FieldForm {
  /** Characters that end a field; white space by default. */
  readonly separators?: string
  /** Each separator ends a field, so that fields may be empty; else a run of them counts as one. */
  readonly everySeparator?: boolean
  /** `"` and `'` group and vanish. */
  readonly quotes?: boolean
  /**
   * What a backslash does: `drop` protects the next character and vanishes, `keep` is an ordinary
   * character, `c` begins a C escape, `separators` a C escape or an escaped separator, `lenient` a
   * C escape, and an unknown one stays as it stands.
   */
  readonly backslash?: 'drop' | 'keep' | 'c' | 'separators' | 'lenient'
  /** Open quotes and escapes end with the value. */
  readonly relaxed?: boolean
}

/** A piece of a value. */
export interface Field {
  /** Unquoted and unescaped; a byte above 127 from an escape is U+DC80 to U+DCFF. */
  readonly text: string
  /** Offset of its first character. */
  readonly start: number
  /** Offset behind its last character. */
  readonly end: number
  /** Where to look for the next field; undefined when the value ended with this one. */
  readonly next: number | undefined
}

/** Why a field could not be taken off, and what of the value is in question. */
export interface FieldFault {
  readonly fault: 'open-quote' | 'open-escape' | 'unknown-escape'
  /** What there is of the field before the fault. */
  readonly begun: string
  readonly start: number
  readonly end: number
}

/** The field at or behind an offset; undefined when there is none left. */
export function fieldAt(
  value: string,
  at: number,
  version: number,
  form: FieldForm = {},
): Field | FieldFault | undefined {
  const {
    separators = whiteSpace,
    everySeparator = false,
    quotes = false,
    backslash = 'drop',
    relaxed = false,
  } = form
  const isSeparator = (index: number): boolean => separators.includes(value[index] ?? '')
  let index = at
  if (index < value.length && isSeparator(index)) {
    if (everySeparator) return {text: '', start: index, end: index, next: index + 1}
    while (index < value.length && isSeparator(index)) index++
  }
  if (index >= value.length)
    return everySeparator ? {text: '', start: index, end: index, next: undefined} : undefined
  const start = index
  let text = ''
  let quote = ''
  for (;;) {
    const character = value[index]
    if (character === undefined) {
      if (quote !== '' && !relaxed) return {fault: 'open-quote', begun: text, start, end: index}
      return {text, start, end: index, next: undefined}
    }
    if (character === '\\' && backslash !== 'keep') {
      const escaped = escapeAt(value, index + 1, version, backslash, separators)
      if (escaped) {
        text += escaped.text
        index += 1 + escaped.length
      } else if (index + 1 < value.length) {
        return {fault: 'unknown-escape', begun: text, start, end: index + 2}
      } else if (relaxed) {
        return {text, start, end: index + 1, next: undefined}
      } else if (backslash === 'lenient' && quote === '') {
        return {text: `${text}\\`, start, end: index + 1, next: undefined}
      } else {
        return {fault: 'open-escape', begun: text, start, end: index + 1}
      }
    } else if (
      quotes &&
      (quote === '' ? character === '"' || character === "'" : character === quote)
    ) {
      quote = quote === '' ? character : ''
      index++
    } else if (quote === '' && isSeparator(index)) {
      const end = index
      if (everySeparator) return {text, start, end, next: index + 1}
      while (index < value.length && isSeparator(index)) index++
      return {text, start, end, next: index < value.length ? index : undefined}
    } else {
      text += character
      index++
    }
  }
}

/** All fields up to a bad one, and that. */
export function fieldsOf(
  value: string,
  version: number,
  form: FieldForm = {},
): {fields: Field[]; fault: FieldFault | undefined} {
  const fields: Field[] = []
  for (let at: number | undefined = 0; at !== undefined;) {
    const field = fieldAt(value, at, version, form)
    if (!field) break
    if ('fault' in field) return {fields, fault: field}
    fields.push(field)
    at = field.next
  }
  return {fields, fault: undefined}
}

/** The fields of a list that may begin with `~`, which takes away what it lists. */
export function fieldsOfSet(
  value: string,
  version: number,
  form: FieldForm = {},
): ReturnType<typeof fieldsOf> & {readonly isInverted: boolean} {
  if (!value.startsWith('~')) return {isInverted: false, ...fieldsOf(value, version, form)}
  const {fields, fault} = fieldsOf(value.slice(1), version, form)
  return {isInverted: true, fields: fields.map(oneOn), fault: fault && oneOn(fault)}
}

function oneOn<Piece extends {readonly start: number; readonly end: number}>(piece: Piece): Piece {
  return {...piece, start: piece.start + 1, end: piece.end + 1}
}

/**
 * Whether the bytes that a text of escapes stands for are characters; systemd takes U+FFFE and its
 * like for none.
 */
export function isText(text: string): boolean {
  // What Unicode says of characters takes a while to be loaded.
  if (!/[^\0-\x7F]/.test(text)) return true
  if (!/\p{Surrogate}/u.test(text)) return !/\p{Noncharacter_Code_Point}/u.test(text)
  // Others than those that stand for a byte each.
  if (/[\uD800-\uDC7F\uDD00-\uDFFF]/u.test(text)) return false
  try {
    return isText(new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(encode(text)))
  } catch {
    return false
  }
}

/** A fault of one field: what is lost is the word, or all of the line. */
export function fieldFault(
  field: {readonly start: number; readonly end: number},
  message: string,
  effect: ValueFault['effect'] = 'word',
  meant?: string,
): ValueFault {
  return {
    from: field.start,
    to: field.end,
    message,
    effect,
    ...(meant === undefined ? {} : {meant}),
  }
}

/** What to say of a value that cannot be taken apart. */
export function splittingFault(
  fault: Omit<FieldFault, 'begun'>,
  effect: ValueFault['effect'] = 'line',
): ValueFault {
  return fieldFault(fault, messages[fault.fault], effect)
}

const messages: Readonly<Record<FieldFault['fault'], string>> = {
  'open-quote': 'Expected a closing quote',
  'open-escape': 'Expected a character behind the backslash at the end',
  'unknown-escape':
    'Unexpected escape sequence, expected one of C such as `\\x20`, or `\\\\` for a backslash',
}

const whiteSpace = ' \t\n\r'

function escapeAt(
  value: string,
  at: number,
  version: number,
  backslash: FieldForm['backslash'],
  separators: string,
): {text: string; length: number} | undefined {
  const character = value[at]
  if (character === undefined) return undefined
  if (backslash === 'drop') return {text: character, length: 1}
  const escaped = unescapeAt(value, at, version)
  if (escaped || backslash === 'c') return escaped
  if (backslash === 'lenient') return {text: `\\${character}`, length: 1}
  return separators.includes(character) ? {text: character, length: 1} : undefined
}
