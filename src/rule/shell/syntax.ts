import {
  fileOption,
  isCommon,
  isOfShells,
  knowsHome,
  takesCode,
  takesFiles,
  takesOperator,
} from '../../needs/programs/shell-words.ts'
import type {Span} from '../../syntax/tree.ts'
import type {CommandWord, WrittenCommand} from './commands.ts'

/** What a command has that only a shell would read. */
export interface ShellSyntax {
  readonly kind:
    | 'assignment'
    | 'background'
    | 'builtin'
    | 'home'
    | 'operator'
    | 'pattern'
    | 'script'
    | 'separator'
    | 'substitution'
    | 'terminator'
  /** Offsets in the value of the line. */
  readonly span: Span
}

/**
 * Operators of a shell that are a word: what they do, and for redirections the file behind them.
 */
export const redirection = /^([0-9]?|&)(>>|>\||<<<|<<-?|<>|>|<)(&[0-9-]?)?([^<>=&|]*)$/
/** One of these stands in each of them. */
const sign = /[<>|&;]/
const control = /^(?:\|\|?|&&|\|&|;;|&)$/
/** The same with what stands before and behind them. */
const glued = /^(?:&&|\|\|?)[\w/.~"'$-]+$|^[\w/.~$-]+(?:&&|\|\|)$/
/** Between a word and a path. */
const inWord = /^[\w/.=-]*\w(?:\|\|?|&&|>>?)\/\w[\w./-]*$/

/** Whether a shell would put what a command prints in a text. */
function isSubstituted(text: string): boolean {
  return /[$`]/.test(text) && /\$\((?!\))|`[^`]+`/.test(text)
}

/** Whether a word is an operator of a shell for who reads the line. */
export function isOperator({text, isBare}: CommandWord): boolean {
  return (
    isBare && sign.test(text) && (control.test(text) || glued.test(text) || redirection.test(text))
  )
}

/**
 * What only a shell would read in a command: the first of it, so that a line has one finding;
 * undefined where it has none.
 */
export function shellSyntax(command: WrittenCommand): ShellSyntax | undefined {
  return allShellSyntax(command)[0]
}

/** All of it, in the order of the line. */
export function allShellSyntax(command: WrittenCommand): readonly ShellSyntax[] {
  const {assignment, words, programs, script} = command
  const [program, ...rest] = words
  const isTemplate = /[{<][{%]/.test(assignment.value)
  const args = isTemplate
    ? rest.filter(({start}) => !isInPlaceholder(assignment.value, start))
    : rest
  const has = (is: (name: string) => boolean): boolean => programs.some(is)
  const found: ShellSyntax[] = []
  const put = (kind: ShellSyntax['kind'], word: CommandWord | undefined): void => {
    if (word) found.push({kind, span: {start: word.start, end: word.end}})
  }
  if (/^[A-Za-z_]\w*\+?=/.test(program.text) && rest.length > 0) put('assignment', program)
  else if (
    isOfShells(program.text.replace(/^\/(?:usr\/)?bin\/(?=(?:cd|source|export|ulimit|umask)$)/, ''))
  )
    put('builtin', program)
  put('script', unquotedScript(command))
  if (!has(takesCode)) {
    put(
      'operator',
      [program, ...args].find(({text, isBare}) => isBare && sign.test(text) && inWord.test(text)),
    )
  }
  const homes = program.text.startsWith('~')
    ? [program]
    : has(knowsHome)
      ? scriptFile(program, args)
      : args
  put(
    'home',
    homes.find(({text}) => text.includes('~') && /^(?:--?[\w-]+=)?~(?:[a-z_][\w-]*)?\//.test(text)),
  )
  for (const word of args)
    if (isOperator(word) && !has((name) => takesOperator(name, word.text))) put('operator', word)
  if (!has((name) => takesOperator(name))) {
    if (!found.some(({kind}) => kind === 'operator')) put('separator', separator(command))
    const last = words.at(-1)
    if (
      last?.isBare &&
      /[\w/.-]&$/.test(last.text) &&
      !/[?=]|:\/\//.test(last.text) &&
      !command.isFollowed
    )
      put('background', last)
  }
  if (
    command.isFollowed &&
    (has((name) => name === 'tmux') ||
      words.some(({text}) => /^-(?:exec|execdir|ok|okdir)$/.test(text))) &&
    !closes(words)
  )
    put('terminator', words.at(-1))
  if (!has(takesCode)) {
    const before = script === undefined ? undefined : words[script]?.start
    put(
      'substitution',
      args
        .filter(({start}) => before === undefined || start < before)
        .find((word) => isSubstituted(word.text) || opensCommand(word, args)),
    )
  }
  const last = programs.at(-1) ?? ''
  put('pattern', takesFiles(last) ? pattern(args, last) : patternBehind(args, fileOption(last)))
  return found.toSorted((one, other) => one.span.start - other.span.start)
}

/**
 * The file that a shell or Python is told to run, whose name they take as it is: what knows homes is
 * what stands in it.
 */
function scriptFile({text}: CommandWord, args: readonly CommandWord[]): readonly CommandWord[] {
  if (!/(?:^|\/)(?:(?:ba|da|z|k|fi)?sh|python[0-9.]*)$/.test(text)) return []
  const file = args[args.findIndex((word) => !/^-[A-Zabd-ln-z]+$/.test(word.text))]
  return file && !file.text.startsWith('-') ? [file] : []
}

/** Whether a word has the first of two back quotes, of which a later word has the other. */
function opensCommand({text, start, isBare}: CommandWord, words: readonly CommandWord[]): boolean {
  const isOdd = (its: string): boolean => its.split('`').length === 2
  return (
    isBare &&
    isOdd(text) &&
    words.some((other) => other.start > start && other.isBare && isOdd(other.text))
  )
}

/**
 * Whether an offset is in what a template fills in before systemd reads the line: `{{ port |
 * default(80) }}`.
 */
function isInPlaceholder(value: string, at: number): boolean {
  const before = value.slice(0, at)
  return [
    ['{{', '}}'],
    ['{%', '%}'],
    ['<%', '%>'],
  ].some(([open = '', close = '']) => before.lastIndexOf(open) > before.lastIndexOf(close))
}

/**
 * What `-c` of a shell is given, where it ends at the first white space and more was meant: the
 * words behind it are no part of it.
 */
function unquotedScript({words, script}: WrittenCommand): CommandWord | undefined {
  const word = script === undefined ? undefined : words[script]
  const next = words[(script ?? 0) + 1]
  if (!word?.isBare || !next || isOperator(next) || /[$\s]/.test(word.text)) return undefined
  return word
}

/** A `;` that hangs on a word, which systemd takes for a part of that. */
function separator({assignment, words, programs}: WrittenCommand): CommandWord | undefined {
  return words.find(({text, isBare, start, end}, index) => {
    const next = words[index + 1]
    const isNginx = programs.includes('nginx')
    if (!next && !isBare && isQuotedBeforeEnd(assignment.value.slice(start, end))) return !isNginx
    if (!isBare || !/[^;\\];$/.test(text)) return false
    if (next)
      return (
        next.isBare &&
        (/^(?:\/[\w.-]+){2,}$/.test(next.text) || isOfShells(next.text) || isCommon(next.text))
      )
    return (
      /^[\w./-]+;$/.test(text) &&
      !words[index - 1]?.text.startsWith('-') &&
      !isNginx &&
      !programs.some((name) => takesOperator(name))
    )
  })
}

/** Whether all but the `;` at the end of a word stands in one pair of quotes. */
function isQuotedBeforeEnd(word: string): boolean {
  const [quote = ''] = word
  return (
    word.endsWith(`${quote};`) &&
    (quote === '"' || quote === "'") &&
    word.split(quote).length === 3 &&
    !word.includes('\\')
  )
}

/** Whether what is executed for each file ends as it should. */
function closes(words: readonly CommandWord[]): boolean {
  const last = words.at(-1)?.text
  return last === '\\;' || last === ';' || last === '+'
}

/** The first pattern of file names among the files of a program. */
function pattern(args: readonly CommandWord[], program: string): CommandWord | undefined {
  const end = program === 'find' ? args.findIndex(({text}) => /^[-(!]/.test(text)) : -1
  const files = end === -1 ? args : args.slice(0, end)
  // What is left out or looked for is a pattern for the program itself.
  if (files.some(({text}) => text === '--wildcards')) return undefined
  return files.find(
    (word, index) =>
      isPattern(word, program) &&
      !/^-(?:-(?:exclude|include|filter|ignore)\S*|[xi])$/.test(files[index - 1]?.text ?? ''),
  )
}

/** The pattern that an option has for the name of a file. */
function patternBehind(
  args: readonly CommandWord[],
  option: string | undefined,
): CommandWord | undefined {
  const word =
    option === undefined ? undefined : args[args.findIndex(({text}) => text === option) + 1]
  return word && word !== args[0] && isPattern(word, '') ? word : undefined
}

/** A pattern of file names: a path with what a shell would look for; no file of another machine. */
function isPattern({text, isBare}: CommandWord, program: string): boolean {
  if (!isBare || text.startsWith('-') || /[$'"\\]|:\/\//.test(text)) return false
  if ((program === 'rsync' || program === 'scp') && text.includes(':')) return false
  return (
    /[*?]|\[[^\]]+\]|\{[^{}\s]*,[^{}\s]*\}/.test(text.replaceAll(/\{\{.*?\}\}/g, '')) &&
    /[/.*]/.test(text)
  )
}
