import type {WrittenCommand, CommandWord} from './commands.ts'
import {isOperator, redirection} from './syntax.ts'

/** A command as its author meant it for a shell, taken apart. */
export interface MeantCommand {
  /** The words that are left for the program. */
  readonly words: readonly CommandWord[]
  readonly redirections: readonly ShellRedirection[]
  /** The folder of a `cd` before it. */
  readonly folder?: string | undefined
  /** `NAME=VALUE` before the program. */
  readonly variables: readonly string[]
  /** It may fail: `|| true`. */
  readonly mayFail: boolean
  /** It goes on in the background: `&`. */
  readonly isBackground: boolean
}

/** A redirection of a shell. */
export interface ShellRedirection {
  readonly from: 'input' | 'output' | 'error' | 'both'
  readonly mode: 'append' | 'truncate' | 'file' | 'copy'
  readonly path: string
}

/**
 * What a command was meant to be, where that is one program with what systemd has directives for;
 * undefined where only a shell can do it.
 */
export function meantCommand({words}: WrittenCommand): MeantCommand | undefined {
  const texts = (list: readonly CommandWord[]): string => list.map(({text}) => text).join(' ')
  const foreground = withoutAmpersand(words)
  const isBackground = foreground !== undefined
  let rest = foreground ?? words
  const or = rest.findIndex(({text, isBare}) => isBare && text === '||')
  const mayFail =
    or > 0 && /^(?:true|:|\/(?:usr\/)?bin\/true|exit 0)$/.test(texts(rest.slice(or + 1)))
  if (mayFail) rest = rest.slice(0, or)
  let folder: string | undefined
  if (/^(?:\/(?:usr\/)?bin\/)?cd$/.test(rest[0]?.text ?? '')) {
    const [, target, operator] = rest
    if (!target) return undefined
    const isGlued = target.isBare && target.text.endsWith(';')
    if (!isGlued && operator?.text !== '&&') return undefined
    folder = isGlued ? target.text.slice(0, -1) : target.text
    rest = rest.slice(isGlued ? 2 : 3)
  }
  const variables: string[] = []
  while (rest.length > 1 && /^[A-Za-z_]\w*=/.test(rest[0]?.text ?? '')) {
    variables.push(rest[0]?.text ?? '')
    rest = rest.slice(1)
  }
  if (rest[0]?.text === 'exec' && rest.length > 1) rest = rest.slice(1)
  const program = withoutRedirections(rest)
  return program && {...program, folder, variables, mayFail, isBackground}
}

/** The words before an `&` at the end; undefined where there is none. */
function withoutAmpersand(words: readonly CommandWord[]): readonly CommandWord[] | undefined {
  const last = words.at(-1)
  if (!last?.isBare) return undefined
  if (last.text === '&') return words.slice(0, -1)
  return /[^&]&$/.test(last.text) && !redirection.test(last.text)
    ? [...words.slice(0, -1), withoutEnd(last)]
    : undefined
}

function withoutEnd(word: CommandWord): CommandWord {
  return {...word, text: word.text.slice(0, -1), end: word.end - 1}
}

/** What is for the program, and what the shell would open for it; undefined for all else. */
function withoutRedirections(
  all: readonly CommandWord[],
): Pick<MeantCommand, 'words' | 'redirections'> | undefined {
  const redirections: ShellRedirection[] = []
  const words: CommandWord[] = []
  for (let at = 0; at < all.length; at++) {
    const word = all[at]
    if (!word) break
    if (!isOperator(word)) {
      words.push(word)
      continue
    }
    const read = redirectionAt(all, at)
    if (!read) return undefined
    redirections.push(read.redirection)
    at = read.last
  }
  const last = words.at(-1)
  if (!last || words.slice(0, -1).some(({text, isBare}) => isBare && /[^\\];$/.test(text)))
    return undefined
  if (last.isBare && last.text.endsWith(';')) words.splice(-1, 1, withoutEnd(last))
  return {words, redirections}
}

function redirectionAt(
  words: readonly CommandWord[],
  at: number,
): {redirection: ShellRedirection; last: number} | undefined {
  const match = redirection.exec(words[at]?.text ?? '')
  if (!match) return undefined
  const [, descriptor = '', operator = '', copy, joined = ''] = match
  if (
    operator.startsWith('<<') ||
    operator === '<>' ||
    !['', '0', '1', '2', '&'].includes(descriptor)
  )
    return undefined
  const from =
    operator === '<'
      ? 'input'
      : descriptor === '&'
        ? 'both'
        : descriptor === '2'
          ? 'error'
          : 'output'
  if (copy !== undefined) {
    const isPlain =
      joined === '' && ((from === 'error' && copy === '&1') || (from === 'output' && copy === '&2'))
    return isPlain ? {redirection: {from, mode: 'copy', path: copy}, last: at} : undefined
  }
  const path = joined === '' ? (words[at + 1]?.text ?? '') : joined
  // What systemd can open itself: a plain file by its absolute path.
  if (!/^\/[^\s'"\\$*?[\]{}`~;:]+$/.test(path)) return undefined
  const mode = operator === '>>' ? 'append' : operator === '<' ? 'file' : 'truncate'
  return {redirection: {from, mode, path}, last: joined === '' ? at + 1 : at}
}

/** The directives that do what redirections would do; undefined where systemd has none for that. */
export function streams(
  redirections: readonly ShellRedirection[],
): ReadonlyMap<string, string> | undefined {
  const set = new Map<string, string>()
  let isJoined = false
  for (const {from, mode, path} of redirections) {
    if (mode === 'copy') {
      // `2>&1 >FILE` leaves errors where output went before; `>&2` alone changes nothing where both
      // go to the journal.
      if (from === 'error' && redirections.length > 1 && !set.has('StandardOutput'))
        return undefined
      if (from === 'output' && redirections.length > 1) return undefined
      isJoined ||= from === 'error'
      continue
    }
    const key =
      from === 'input' ? 'StandardInput' : from === 'error' ? 'StandardError' : 'StandardOutput'
    const isNull = path === '/dev/null'
    if (set.has(key) || (!isNull && /^\/(?:dev|proc|sys)\//.test(path))) return undefined
    set.set(key, isNull ? 'null' : `${mode}:${path}`)
    isJoined ||= from === 'both'
  }
  // Errors follow the output unless they are told where to go (systemd.exec(5), `StandardError=`).
  if (set.has('StandardOutput') && !isJoined && !set.has('StandardError'))
    set.set('StandardError', 'journal')
  return set
}

/**
 * A command for a shell, as a word for systemd: what is between the quotes reaches the shell as its
 * author wrote it (systemd.syntax(7), "quoting").
 */
export function quotedForShell(text: string, isExpanded: boolean): string | undefined {
  if (/\\|\$\$/.test(text) || text.length > longest) return undefined
  const literal = isExpanded ? text.replaceAll('$', '$$$$') : text
  if (!literal.includes("'")) return `'${literal}'`
  return literal.includes('"') ? `'${literal.replaceAll("'", String.raw`\'`)}'` : `"${literal}"`
}

const longest = 2000
