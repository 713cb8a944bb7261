import {valuesOf} from '../../unit/value.ts'
import {add, remove, replaceWord, rewrite, set} from '../change.ts'
import type {Change} from '../change.ts'
import {fixBy} from '../fix-by.ts'
import type {Fix} from '../rule.ts'
import type {Unit} from '../unit.ts'
import {isValid} from '../validity.ts'
import {writtenCommands} from './commands.ts'
import type {CommandWord, WrittenCommand} from './commands.ts'
import {meantCommand, quotedForShell, streams} from './rewriting.ts'
import type {MeantCommand} from './rewriting.ts'
import {isOperator} from './syntax.ts'
import type {ShellSyntax} from './syntax.ts'

/**
 * What makes a command do what its author meant: directives of systemd's where there are some, else
 * a shell; undefined where neither is plain.
 */
export function shellRemedy(
  unit: Unit,
  command: WrittenCommand,
  {kind, span}: ShellSyntax,
): Fix | undefined {
  const {assignment, prefixes, isFollowed, words} = command
  const commands = writtenCommands(unit)
  const isOnlyOne = commands.filter((other) => other.assignment === assignment).length === 1
  // Comments within a line would go, and a zeroth argument is for one program.
  if (assignment.directive.comments.length > 0 || !isOnlyOne || prefixes.includes('@'))
    return undefined
  const separator = assignment.value.indexOf(';', span.end)
  if (kind === 'terminator')
    return fixBy('unsafe', replaceWord(assignment, {start: separator, end: separator + 1}, '\\;'))
  if (isFollowed) return undefined
  if (kind === 'separator' && /["'];$/.test(assignment.value.slice(span.start, span.end)))
    return fixBy('unsafe', replaceWord(assignment, {start: span.end - 1, end: span.end}, ''))
  if (kind === 'home') return homeRemedy(unit, command, span)
  if (kind === 'script' || words[command.script ?? -1]?.isBare) return scriptRemedy(command)
  const isPlain =
    kind !== 'substitution' &&
    kind !== 'pattern' &&
    (kind !== 'builtin' || /^(?:\/(?:usr\/)?bin\/)?(?:cd|exec)$/.test(words[0].text))
  const meant = isPlain ? meantCommand(command) : undefined
  if (meant)
    return (
      systemdRemedy(unit, command, meant, commands.length === 1) ??
      (meant.isBackground ? undefined : inShell(unit, command))
    )
  return (
    alone(unit, command) ??
    split(unit, command) ??
    (words.at(-1)?.text === '&' ? undefined : inShell(unit, command))
  )
}

/** Words as they are written, with a blank between them. */
function written(value: string, words: readonly CommandWord[]): string {
  return words.map(({start, end}) => value.slice(start, end)).join(' ')
}

/** The command without its shell, and directives for what that would have done. */
function systemdRemedy(
  unit: Unit,
  {assignment, prefixes}: WrittenCommand,
  meant: MeantCommand,
  isAlone: boolean,
): Fix | undefined {
  const {section, key, value} = assignment
  const directives = directivesFor(unit, section, meant, isAlone)
  if (!directives) return undefined
  const changes: Change[] = directives.map(([directive, given]) => set(section, directive, given))
  const titles = directives.map(([directive, given]) => `\`${directive}=${given}\``)
  let program = written(value, meant.words)
  if (meant.words[0]?.text.startsWith('./')) {
    if (meant.folder === undefined) return undefined
    program = `${meant.folder.replace(/\/$/, '')}/${program.slice(2)}`
  }
  if (meant.variables.length > 0) {
    const quoted = quotedVariables(meant.variables)
    if (!quoted) return undefined
    if (isAlone && section === 'Service') {
      for (const variable of quoted) changes.push(add(section, 'Environment', variable))
      titles.push('`Environment=`')
    } else {
      program = `/usr/bin/env ${quoted.join(' ')} ${program}`
      titles.push('`/usr/bin/env`')
    }
  }
  const type = unit.value('Type')?.value
  if (meant.isBackground) {
    if (key !== 'ExecStart' || (type === 'forking' && unit.value('PIDFile'))) return undefined
    if (type === 'forking') changes.push(set(section, 'Type', 'simple'))
  }
  // Whoever waited for nothing may not want to wait now.
  const isDoubtful = meant.isBackground && (type === 'forking' || type === 'oneshot')
  const mark = meant.mayFail && !prefixes.includes('-') ? '-' : ''
  const isFirst = `${mark}${prefixes}${program}`
  if (mark !== '') titles.push('the prefix `-`')
  if (isFirst === value || !isValid(unit, section, key, isFirst)) return undefined
  const what =
    titles.length > 0
      ? `Use ${titles.join(' and ')} instead`
      : meant.isBackground
        ? 'Leave out the `&`'
        : 'Leave out what only a shell reads'
  const all = [rewrite(assignment, isFirst), ...changes]
  return fixBy(isDoubtful ? 'suggestion' : 'unsafe', all, what)
}

/** Variables as systemd reads them; undefined where a shell reads one otherwise. */
function quotedVariables(variables: readonly string[]): readonly string[] | undefined {
  return variables.some((variable) => /[\\"'$`~]/.test(variable))
    ? undefined
    : variables.map((variable) => (/\s/.test(variable) ? `"${variable}"` : variable))
}

/**
 * The directives for the folder and the streams of a command; undefined where one cannot be set, or
 * would be for other commands, too.
 */
function directivesFor(
  unit: Unit,
  section: string,
  {folder, redirections, mayFail}: MeantCommand,
  isAlone: boolean,
): ReadonlyArray<readonly [directive: string, value: string]> | undefined {
  const opened = streams(redirections)
  if (!opened) return undefined
  // What may fail without a word is no less right for saying why in the log.
  const isMuted =
    mayFail && redirections.every(({path, mode}) => path === '/dev/null' || mode === 'copy')
  const all: ReadonlyArray<readonly [string, string]> = [
    ...(folder === undefined ? [] : [['WorkingDirectory', folder] as const]),
    ...(isMuted ? [] : opened),
  ]
  if (all.length > 0 && (!isAlone || section !== 'Service')) return undefined
  return all.every(
    ([directive, given]) =>
      valuesOf(unit, directive).length === 0 && isValid(unit, section, directive, given),
  )
    ? all
    : undefined
}

/** A line that would only have changed the shell that it ran in. */
function alone(unit: Unit, {assignment, words}: WrittenCommand): Fix | undefined {
  const [program, first, second, ...others] = words
  if (
    assignment.section !== 'Service' ||
    assignment.key === 'ExecStart' ||
    !first ||
    others.length > 0
  )
    return undefined
  const put = (directive: string, given: string): Fix | undefined =>
    valuesOf(unit, directive).length > 0 || !isValid(unit, 'Service', directive, given)
      ? undefined
      : fixBy(
          'suggestion',
          [remove(assignment), add('Service', directive, given)],
          `Use \`${directive}=${given}\` instead`,
        )
  if (program.text === 'cd' && !second) return put('WorkingDirectory', first.text)
  if (program.text === 'umask' && !second) return put('UMask', first.text)
  if (program.text === 'ulimit' && second && first.text === '-n')
    return put('LimitNOFILE', second.text === 'unlimited' ? 'infinity' : second.text)
  if (program.text === 'export' && !second && /^\w+=[^\s$'"\\]*$/.test(first.text))
    return fixBy(
      'suggestion',
      [remove(assignment), add('Service', 'Environment', first.text)],
      'Use `Environment=` instead',
    )
  return undefined
}

/**
 * Commands that wait for each other, in lines of their own: systemd runs each where the one before
 * did not fail.
 */
function split(unit: Unit, {assignment, prefixes, words}: WrittenCommand): Fix | undefined {
  const {section, key, value} = assignment
  if (prefixes !== '' || (key === 'ExecStart' && unit.value('Type')?.value !== 'oneshot'))
    return undefined
  const lines: string[] = []
  let line: CommandWord[] = []
  for (const word of words) {
    if (word.isBare && word.text === '&&') {
      lines.push(written(value, line))
      line = []
    } else if (isOperator(word)) return undefined
    else line.push(word)
  }
  lines.push(written(value, line))
  const [first = '', ...rest] = lines
  const isPlain =
    lines.length > 1 &&
    lines.every(
      (each) =>
        /^(?:\/\S+|[\w.-]+)(?:\s|$)/.test(each) &&
        !/^(?:cd|source|export|exec)\s/.test(each) &&
        isValid(unit, section, key, each),
    )
  return isPlain
    ? fixBy('unsafe', rewrite(assignment, [first, ...rest]), 'Write a line for each command')
    : undefined
}

/** The whole command as the script of a shell. */
function inShell(unit: Unit, {assignment, prefixes, words}: WrittenCommand): Fix | undefined {
  const {section, key, value} = assignment
  const [program] = words
  const last = words.at(-1)
  if (!last || program.text.startsWith('~')) return undefined
  const raw = value.slice(program.start, last.end).replace(/;$/, '')
  // White space between words is that of the lines that they stand in.
  const text = /['"]/.test(raw) ? raw : raw.replaceAll(/\s+/g, ' ')
  const operators = words.filter((word) => isOperator(word) || /[|&]/.test(word.text))
  const isOne =
    !operators.some(({text: sign, isBare}) => isBare && /\||&&|^&$|;;/.test(sign)) &&
    !/;\s/.test(text)
  const isPlain = /^(?:\/\S+|[\w.-]+)(?:\s|$)/.test(text) && !words[0].text.includes('=')
  // The shell makes way for the program, which gets the signals.
  const script = isOne && isPlain && words[0].text !== 'exec' ? `exec ${text}` : text
  const isOfBash = /(?:^|[\s;&|])source\s|\[\[|&>|\|&|<<<|<\(|\{[^{}\s]*,[^{}\s]*\}/.test(text)
  const quoted = quotedForShell(script, !prefixes.includes(':'))
  if (quoted === undefined) return undefined
  const line = `${prefixes}/bin/${isOfBash ? 'bash' : 'sh'} -c ${quoted}`
  return isValid(unit, section, key, line)
    ? fixBy('unsafe', rewrite(assignment, line), 'Let a shell read it')
    : undefined
}

/** All behind `-c` of a shell in quotes. */
function scriptRemedy({assignment, prefixes, words, script}: WrittenCommand): Fix | undefined {
  const {value} = assignment
  const word = words[script ?? 0]
  const last = words.at(-1)
  if (!word || !last || words.slice(script).some(({text, isBare}) => !isBare && /['"]/.test(text)))
    return undefined
  if (!word.isBare) return undefined
  const quoted = quotedForShell(
    value.slice(word.start, last.end).replaceAll(/\s+/g, ' '),
    !prefixes.includes(':'),
  )
  return quoted === undefined
    ? undefined
    : fixBy(
        'unsafe',
        replaceWord(assignment, {start: word.start, end: last.end}, quoted),
        'Quote all that the shell is to run',
      )
}

/**
 * The home where it is known: of the user whose manager it is, or as the variable that `User=` sets
 * (systemd.exec(5), "environment variables").
 */
function homeRemedy(
  unit: Unit,
  {assignment, words, prefixes}: WrittenCommand,
  {start, end}: ShellSyntax['span'],
): Fix | undefined {
  const {value} = assignment
  const at = value.indexOf('~/', start)
  if (at === -1 || at >= end) return undefined
  const isProgram = words[0].start === start
  const isOwn = unit.manager === 'user' || unit.value('User') === undefined
  const home = isOwn ? '%h' : isProgram || prefixes.includes(':') ? undefined : '${HOME}'
  return home === undefined
    ? undefined
    : fixBy('unsafe', replaceWord(assignment, {start: at, end: at + 1}, home))
}
