import {isCommon, isOfShells, knowsHome, takesCode, takesFiles, takesOperators} from '../../needs/programs/shell-words.ts'
import type {Span} from '../../syntax/tree.ts'
import type {CommandWord, WrittenCommand} from './commands.ts'

/** What a command has that only a shell would read. */
export interface ShellSyntax {
  readonly kind: 'assignment' | 'background' | 'builtin' | 'home' | 'operator' | 'pattern' | 'script' | 'separator' | 'substitution' | 'terminator'
  /** Offsets in the value of the line. */
  readonly span: Span
}

/** Operators of a shell that are a word: what they do, and for redirections the file behind them. */
export const redirection = /^([0-9]?|&)(>>|>\||<<<|<<-?|<>|>|<)(&[0-9-]?)?([^<>=&|]*)$/
const control = /^(?:\|\|?|&&|\|&|;;|&)$/
/** The same with what stands before and behind them. */
const glued = /^(?:&&|\|\|?)[\w/.~"'$-]+$|^[\w/.~$-]+(?:&&|\|\|)$/

/** Whether a word is an operator of a shell for who reads the line. */
export function isOperator({text, isBare}: CommandWord): boolean {
  return isBare && (control.test(text) || glued.test(text) || redirection.test(text))
}

/** What only a shell would read in a command: the first of it, so that a line has one finding; undefined where it has none. */
export function shellSyntax(command: WrittenCommand): ShellSyntax | undefined {
  const {assignment, words, programs, script} = command
  const [program, ...rest] = words
  const args = rest.filter(({start}) => !isInPlaceholder(assignment.value, start))
  const has = (is: (name: string) => boolean): boolean => programs.some(is)
  if (/^[A-Za-z_]\w*\+?=/.test(program.text) && rest.length > 0) return {kind: 'assignment', span: program}
  if (isOfShells(program.text)) return {kind: 'builtin', span: program}
  const found: ShellSyntax[] = []
  const put = (kind: ShellSyntax['kind'], word: CommandWord | undefined): void => {
    if (word) found.push({kind, span: {start: word.start, end: word.end}})
  }
  put('script', unquotedScript(command))
  const homes = program.text.startsWith('~') ? [program] : has(knowsHome) ? [] : args
  put(
    'home',
    homes.find(({text}) => /^~(?:[a-z_][\w-]*)?\//.test(text)),
  )
  if (!has(takesOperators)) {
    put('operator', args.find(isOperator))
    if (!found.some(({kind}) => kind === 'operator')) put('separator', separator(command))
    const last = words.at(-1)
    if (last?.isBare && /[\w/.-]&$/.test(last.text) && !/[?=]|:\/\//.test(last.text) && !command.isFollowed) put('background', last)
  }
  if (command.isFollowed && (has((name) => name === 'tmux') || words.some(({text}) => /^-(?:exec|execdir|ok|okdir)$/.test(text))) && !closes(words))
    put('terminator', words.at(-1))
  if (!has(takesCode)) {
    const before = script === undefined ? undefined : words[script]?.start
    put(
      'substitution',
      args.filter(({start}) => before === undefined || start < before).find(({text}) => /\$\((?!\))|`[^`]+`/.test(text)),
    )
  }
  if (takesFiles(programs.at(-1) ?? '')) put('pattern', args.find(isPattern))
  return found.toSorted((one, other) => one.span.start - other.span.start)[0]
}

/** Whether an offset is in what a template fills in before systemd reads the line: `{{ port | default(80) }}`. */
function isInPlaceholder(value: string, at: number): boolean {
  const before = value.slice(0, at)
  return [
    ['{{', '}}'],
    ['{%', '%}'],
    ['<%', '%>'],
  ].some(([open = '', close = '']) => before.lastIndexOf(open) > before.lastIndexOf(close))
}

/** What `-c` of a shell is given, where it ends at the first white space and more was meant: the words behind it are no part of it. */
function unquotedScript({words, script}: WrittenCommand): CommandWord | undefined {
  const word = script === undefined ? undefined : words[script]
  const next = words[(script ?? 0) + 1]
  if (!word?.isBare || !next || isOperator(next) || /[$\s]/.test(word.text)) return undefined
  return word
}

/** A `;` that hangs on a word, which systemd takes for a part of that. */
function separator({words, programs}: WrittenCommand): CommandWord | undefined {
  return words.find(({text, isBare}, index) => {
    if (!isBare || !/[^;\\];$/.test(text)) return false
    const next = words[index + 1]
    if (next) return next.isBare && (/^(?:\/[\w.-]+){2,}$/.test(next.text) || isOfShells(next.text) || isCommon(next.text))
    return /^[\w./-]+;$/.test(text) && !words[index - 1]?.text.startsWith('-') && !programs.some((name) => takesOperators(name) || name === 'nginx')
  })
}

/** Whether what is executed for each file ends as it should. */
function closes(words: readonly CommandWord[]): boolean {
  const last = words.at(-1)?.text
  return last === '\\;' || last === ';' || last === '+'
}

/** A pattern of file names: a path with what a shell would look for. */
function isPattern({text, isBare}: CommandWord): boolean {
  if (!isBare || text.startsWith('-') || /[$'"\\]|:\/\//.test(text)) return false
  return /[*?]|\[[^\]]+\]|\{[^{}\s]*,[^{}\s]*\}/.test(text.replaceAll(/\{\{.*?\}\}/g, '')) && /[/.*]/.test(text)
}
