import {environment} from '../../needs/evidence/environment.ts'
import {takesCode} from '../../needs/programs/shell-words.ts'
import type {Span} from '../../syntax/tree.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import type {CommandWord, WrittenCommand} from './commands.ts'

/** A variable that systemd makes something else of than a shell would. */
export interface VariableFault<Kind extends string> {
  readonly kind: Kind
  /** Offsets in the value of the line. */
  readonly span: Span
  readonly written: string
  /** What to put in its place; undefined where that is not plain. */
  readonly meant?: string | undefined
}

/**
 * What systemd takes away from the words of a command: what it replaces although it was meant for a
 * shell, or with other words than was meant.
 */
export type Lost = VariableFault<'dropped' | 'name' | 'process' | 'set' | 'split' | 'whole'>

/** What systemd leaves in the words of a command as it stands. */
export type Left = VariableFault<'default' | 'middle' | 'own' | 'program'>

/**
 * What systemd takes away (systemd.service(5), "command lines"): a word that begins with `$` and is
 * no name is looked up as a whole and gone, `${…}` is the name of a variable up to its end, `$$` is
 * one `$`.
 */
export function lostVariables(unit: LoadedUnit, command: WrittenCommand): readonly Lost[] {
  const {words, script} = command
  if (command.prefixes.includes(':')) return []
  const isForCode = command.programs.some(takesCode)
  return words
    .slice(1)
    .flatMap((word, index) => lostIn(unit, word, {isScript: index + 1 === script, isForCode}))
}

/** Who is to read a word: a shell, as its script, or a program that takes code. */
interface ReadBy {
  readonly isScript: boolean
  readonly isForCode: boolean
}

function lostIn(unit: LoadedUnit, word: CommandWord, by: ReadBy): readonly Lost[] {
  const {text} = word
  // Placeholders are filled in before systemd reads the line, specifiers before it looks for
  // variables.
  if (!text.includes('$') || text.includes('${{')) return []
  if (isDropped(text)) return dropped(word, by)
  const {isScript} = by
  const all = {start: 0, end: text.length}
  if (isScript && /^\$[A-Za-z_]\w*$/.test(named(text))) {
    const value = environment(unit).get(text.slice(1))?.value ?? ''
    return /\S\s+\S/.test(value)
      ? [fault('split', word, all, text.replace(/^\$(.*)$/, '${$1}'))]
      : []
  }
  const whole = /^\$\{([A-Za-z_]\w*)\}$/.exec(text)?.[1]
  if (whole === undefined || isScript) return lostWithin(unit, word, isScript)
  const value = environment(unit).get(whole)?.value ?? ''
  return word.isBare && /^-\S*(?:\s+\S+)*\s+-/.test(value)
    ? [fault('whole', word, all, `$${whole}`)]
    : []
}

/** A word that is gone as a whole; what a shell would run is told of as such. */
function dropped(word: CommandWord, {isScript, isForCode}: ReadBy): readonly Lost[] {
  const {text} = word
  if (text.startsWith('$(') && !isScript && !isForCode) return []
  const meant =
    isScript || isForCode
      ? `$${text}`
      : /^\$(?!(?:HOSTNAME|PWD|UID|EUID|PPID|RANDOM|OLDPWD)\b)\w*[^\w(]/.test(text)
        ? text.replace(/^\$([A-Za-z_]\w*)/, '${$1}')
        : text
  const isTorn = isForCode && word.isBare && /[{}]/.test(text)
  const all = {start: 0, end: text.length}
  return [fault('dropped', word, all, meant === text || isTorn ? undefined : meant)]
}

/** Whether systemd takes all of a word for the name of one variable, which it is not. */
function isDropped(text: string): boolean {
  return /^\$(?![{$])/.test(text) && !/^\$[A-Za-z_]\w*$/.test(named(text))
}

function lostWithin(unit: LoadedUnit, word: CommandWord, isScript: boolean): Lost[] {
  const found: Lost[] = []
  const {text} = word
  if (text.length > longest) return []
  for (const {0: written, 1: name = '', index} of text.matchAll(/\$\$|\$\{([^}:]{0,200})\}/g)) {
    if (found.length >= most) break
    const span = {start: index, end: index + written.length}
    if (written === '$$') {
      if (isScript && isProcess(text, index)) found.push(fault('process', word, span, '$$$$'))
    } else if (!/^[A-Za-z_]\w*$/.test(named(name))) {
      found.push(fault('name', word, span, isScript ? `$${written}` : undefined))
    } else if (isScript && isSetBefore(text, name, index) && !comesFromOutside(unit, name)) {
      found.push(fault('set', word, span, `$${written}`))
    }
  }
  return found
}

/** A text with letters for its specifiers, which may be part of the name of a variable. */
function named(text: string): string {
  return text.replaceAll(/%[A-Za-z]/g, '__')
}

/** Nobody writes longer scripts into a line, or reads of more in one. */
const longest = 2048
const most = 16

/**
 * Whether the `$$` at an offset is the number of the shell's process, and no `$` of a name or of a
 * pattern.
 */
function isProcess(text: string, at: number): boolean {
  const [before, after] = [text.slice(0, at), text.slice(at + 2)]
  return /(?:\s|=|\/proc\/)$/.test(before) && /^(?:$|[\s;&|)/])/.test(after)
}

/** Whether a script sets a variable in a command before an offset. */
function isSetBefore(text: string, name: string, at: number): boolean {
  const before = text.slice(0, at)
  const sets = new RegExp(
    `(?:^|[\\s;&|({])${name}=|\\bfor\\s+${name}\\s+in\\b|\\bread\\s+(?:-\\w+\\s+){0,4}(?:\\w+\\s+){0,4}${name}\\b`,
  )
  // What a file sets that the script reads.
  if (/(?:^|[\s;&|])(?:\.|source)\s+[^\s;&|]+\s*(?:;|&&|\n)/.test(before)) return true
  const found = sets.exec(before)
  return found !== null && /[;|&\n]/.test(before.slice(found.index + found[0].length))
}

/**
 * Whether systemd may know a variable: what the unit sets, what every service gets, and what may
 * stand in files that are not in sight.
 */
function comesFromOutside(unit: LoadedUnit, name: string): boolean {
  if (environment(unit).has(name) || ofEveryService.test(name)) return true
  return (
    /^[A-Z]/.test(name) &&
    (valuesOf(unit, 'EnvironmentFile').length > 0 || valuesOf(unit, 'PassEnvironment').length > 0)
  )
}

/** What systemd itself sets (systemd.exec(5), "environment variables in spawned processes"). */
const ofEveryService =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TERM|MAINPID|MANAGERPID|INVOCATION_ID|XDG_\w+|\w+_DIRECTORY|LISTEN_\w+|NOTIFY_SOCKET|WATCHDOG_\w+|SERVICE_RESULT|EXIT_\w+|MONITOR_\w+|TRIGGER_\w+|REMOTE_\w+|PIDFILE|DBUS_\w+|DISPLAY|WAYLAND_DISPLAY)$/

/**
 * What only a shell would replace: systemd knows no variable in the program, none without braces in
 * a word, and no defaults.
 */
export function leftVariables(unit: LoadedUnit, command: WrittenCommand): readonly Left[] {
  const {words, script, programs} = command
  const [program, ...args] = words
  const inProgram = /\$(?:\{[A-Za-z_][^}]*\}|[A-Za-z_]\w*)/.exec(program.text)
  if (inProgram)
    return [
      fault('program', program, {
        start: inProgram.index,
        end: inProgram.index + inProgram[0].length,
      }),
    ]
  if (command.prefixes.includes(':') || programs.some(takesCode)) return []
  const isSystem = unit.manager === 'system'
  return args.slice(0, script && script - 1).flatMap((word): Left[] => {
    if (/\s/.test(word.text) || isDropped(word.text)) return []
    const found: Left[] = []
    for (const {
      0: written,
      1: variable,
      2: otherwise,
      3: bare,
      4: own,
      index,
    } of word.text.matchAll(leftInWords)) {
      const span = {start: index, end: index + written.length}
      if (variable !== undefined && otherwise !== undefined)
        found.push(fault('default', word, span))
      else if (bare !== undefined && index > 0 && isMeant(unit, word.text, bare, index))
        found.push(fault('middle', word, span, `\${${bare}}`))
      else if (own !== undefined && isSystem && !isSet(unit, own))
        found.push(fault('own', word, span, own === 'HOSTNAME' ? '%H' : undefined))
    }
    return found
  })
}

const leftInWords =
  /\$\$|\$\{([A-Za-z_]\w*):[-+=?]([^}]{0,200})\}|(?<!\$)\$(?!(?:HOSTNAME|PWD|UID|EUID|PPID|RANDOM|OLDPWD)(?!\w))([A-Za-z_]\w*)(?!\w*\$)|\$\{?(HOSTNAME|PWD|UID|EUID|PPID|RANDOM|OLDPWD)(?!\w)\}?/g

/**
 * Whether a name in a word is plainly one of a variable: in capitals, or one that the unit sets.
 */
function isMeant(unit: LoadedUnit, word: string, name: string, at: number): boolean {
  return (
    environment(unit).has(name) ||
    (/^[A-Z][A-Z0-9_]+$/.test(name) && !/['`]/.test(word) && word[at - 1] !== '\\')
  )
}

function isSet(unit: LoadedUnit, name: string): boolean {
  return (
    environment(unit).has(name) ||
    valuesOf(unit, 'EnvironmentFile').length > 0 ||
    valuesOf(unit, 'PassEnvironment').some(({value}) => value.includes(name))
  )
}

/**
 * A fault at offsets in the text of a word: all of the word where its quotes and escapes hide where
 * that is.
 */
function fault<Kind extends string>(
  kind: Kind,
  {text, start, end, inner}: CommandWord,
  span: Span,
  meant?: string,
): VariableFault<Kind> {
  const written = text.slice(span.start, span.end)
  if (inner === undefined) return {kind, span: {start, end}, written}
  return {kind, span: {start: inner + span.start, end: inner + span.end}, written, meant}
}
