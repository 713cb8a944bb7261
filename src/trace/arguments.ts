/** Most arguments that a call has, and then some. */
const most = 16

/**
 * The arguments of a call as strace writes them: strings with their quotes, structures with their
 * braces. A text that was cut ends as it ends.
 */
export function argumentsIn(text: string): readonly string[] {
  const found: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < text.length && found.length < most; at++) {
    const code = text.charCodeAt(at)
    if (code === quoteMark) at = endOfString(text, at)
    else if (code === 60 && isDescriptor(text, at)) at = endOfNote(text, at)
    else if (code === 123 || code === 91 || code === 40) depth++
    else if (code === 125 || code === 93 || code === 41) depth = Math.max(0, depth - 1)
    else if (code === 44 && depth === 0) {
      found.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  const last = text.slice(start).trim()
  if (last !== '' || found.length > 0) found.push(last)
  return found
}

const quoteMark = 34

/** Where a string ends: at its closing quote, or where the text does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) at++
    else if (code === quoteMark) return at
  }
  return text.length
}

/**
 * Whether a `<` begins what `-y` says of a descriptor: it stands behind a number or `AT_FDCWD`, and
 * is no shift of bits.
 */
function isDescriptor(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  return (
    text.charCodeAt(at + 1) !== 60 &&
    ((before >= 48 && before <= 57) || text.startsWith('AT_FDCWD', at - 8))
  )
}

/** Where a note about a descriptor ends; arrows and notes within it do not end it. */
function endOfNote(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quoteMark) at = endOfString(text, at)
    else if (code === 60) depth++
    else if (code === 62 && text.charCodeAt(at - 1) !== 45 && --depth <= 0) return at
  }
  return text.length
}

/**
 * A string argument, its escapes undone; undefined for what is none. One that was cut is what is
 * left of it.
 */
export function stringOf(argument: string | undefined): string | undefined {
  if (argument === undefined || argument.charCodeAt(0) !== quoteMark) return undefined
  const end = endOfString(argument, 0)
  const text = argument.slice(1, end)
  return text.includes('\\') ? text.replaceAll(escape, (_, code: string) => unescaped(code)) : text
}

const escape = /\\([0-7]{1,3}|x[0-9a-fA-F]{2}|.)/gs

function unescaped(code: string): string {
  if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8))
  if (code.length === 3) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
  return controls[code] ?? code
}

const controls: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', v: '\v', f: '\f'}

/** A descriptor: its number, and the path or the socket that `-y` says it is. */
export interface Descriptor {
  readonly number: number | undefined
  readonly note: string | undefined
}

/** A descriptor among the arguments, or as a result. */
export function descriptorOf(argument: string | undefined): Descriptor {
  const [, number, note] = /^(-?\d+|AT_FDCWD)(?:<(.*)>)?$/s.exec(argument ?? '') ?? []
  return {
    number: number === undefined || number === 'AT_FDCWD' ? undefined : Number(number),
    note: note?.replace(/<(?:char|block) [\d:]+>$/, ''),
  }
}

/** The path of a descriptor; undefined where it is none, or nobody said. */
export function pathOf({note}: Descriptor): string | undefined {
  if (note === undefined || !note.startsWith('/')) return undefined
  return note.includes('\\') ? note.replaceAll(escape, (_, code: string) => unescaped(code)) : note
}

/** Whether a word stands among flags. */
export function hasFlag(argument: string | undefined, flag: string): boolean {
  if (argument === undefined) return false
  const at = argument.indexOf(flag)
  if (at === -1) return false
  return !/\w/.test(argument[at - 1] ?? ' ') && !/\w/.test(argument[at + flag.length] ?? ' ')
}

/** A number as strace writes it: decimal, octal, or hexadecimal; undefined for what is none. */
export function numberOf(argument: string | undefined): number | undefined {
  if (argument === undefined || !/^-?(?:0x[0-9a-f]{1,16}|0[0-7]*|[1-9]\d{0,19})$/.test(argument))
    return undefined
  return /^0[0-7]+$/.test(argument) ? Number.parseInt(argument, 8) : Number(argument)
}
