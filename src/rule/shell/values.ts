import {environment} from '../../needs/evidence/environment.ts'
import {itself} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valuesOf} from '../../unit/value.ts'
import {dialectOf} from '../../values/dialect.ts'
import {splitWords} from '../../values/words.ts'
import {commandKeys} from '../../facts/command-keys.ts'
import type {VariableFault} from './variables.ts'

/** What stands for a variable or a command in a value in which systemd replaces neither. */
export interface LeftInValue extends VariableFault<'command' | 'home' | 'variable'> {
  readonly assignment: Assignment
}

/** Values that are texts of their own, for whoever reads them. */
const texts: ReadonlySet<string> = new Set([
  ...commandKeys,
  'StandardInputText',
  'StandardInputData',
  'SetCredential',
  'SetCredentialEncrypted',
  'LogFilterPatterns',
  'Documentation',
  'ConditionEnvironment',
  'AssertEnvironment',
])

/** Nobody writes longer lines by hand. */
const longest = 4096

/**
 * What people write as in a shell, and systemd takes as it stands (systemd.exec(5), `Environment=`:
 * "the $ character has no special meaning").
 */
export const leftInValues = query((unit: LoadedUnit): readonly LeftInValue[] => {
  const found: LeftInValue[] = []
  for (const assignment of unit.lines) {
    const {section, key, value} = assignment
    if (
      !/[$`]|~\//.test(value) ||
      value.length > longest ||
      texts.has(key) ||
      !dialectOf(unit.target).row(section, key, unit.target.version)
    )
      continue
    const put = (all: LeftInValue | undefined): void => void (all && found.push(all))
    if (key === 'PIDFile' && value.startsWith('~/')) {
      found.push({
        kind: 'home',
        span: {start: 0, end: 1},
        written: value,
        meant: unit.manager === 'user' ? '%h' : undefined,
        assignment,
      })
    } else if (key !== 'Environment') put(variableIn(unit, assignment, value, 0))
    else
      for (const {text, start, end} of splitWords(value, 'escapes').words)
        put(inEnvironment(unit, assignment, {text, start, end}))
  }
  return found
}, itself)

/** What a variable is set to: of passwords and formats only what is plainly a variable. */
function inEnvironment(
  unit: LoadedUnit,
  assignment: Assignment,
  {text, start, end}: {readonly text: string; readonly start: number; readonly end: number},
): LeftInValue | undefined {
  const equals = text.indexOf('=')
  const inHome = /^\w*(?:PATH|HOME|DIR|FILE|CONF|CONFIG|ROOT|PREFIX)=(?:[^:]*:)*(?=~\/)/.exec(
    text,
  )?.[0].length
  if (inHome !== undefined && !text.startsWith('GNUPGHOME')) {
    const at =
      assignment.value.slice(start, end) === text
        ? {start: start + inHome, end: start + inHome + 1}
        : {start, end}
    const isOwn = unit.manager === 'user' || valuesOf(unit, 'User').length === 0
    return {
      kind: 'home',
      span: at,
      written: text.slice(inHome),
      meant: isOwn && at.start !== start ? '%h' : undefined,
      assignment,
    }
  }
  if (
    equals < 1 ||
    /PASS|SECRET|TOKEN|PS1|PROMPT|FORMAT|REGEX|PATTERN|HASH|OPTS$/i.test(text.slice(0, equals))
  )
    return undefined
  const inner = assignment.value.slice(start, end)
  const offset =
    inner === text
      ? start
      : inner.slice(1, -1) === text
        ? start + 1
        : inner.replace(/(['"])(.*)\1$/, '$2') === text
          ? start + 1
          : undefined
  return variableIn(unit, assignment, text, offset, {start, end})
}

function variableIn(
  unit: LoadedUnit,
  assignment: Assignment,
  text: string,
  offset: number | undefined,
  whole = {start: 0, end: text.length},
): LeftInValue | undefined {
  const match = replaced.exec(text)
  if (!match) return undefined
  const {0: written, index, groups: {braced, bare, command, quoted} = {}} = match
  if (quoted !== undefined && assignment.key === 'Description') return undefined
  const name = braced ?? bare
  const isOfUnit = name !== undefined && environment(unit).has(name)
  // A word in small letters may be part of a password or of a hash.
  const isText = assignment.key === 'Environment' || assignment.key === 'Description'
  if (isText && name !== undefined && !isOfUnit && !/^[A-Z_][A-Z0-9_]+$/.test(name))
    return undefined
  const equals = assignment.key === 'Environment' ? text.indexOf('=') : -1
  const isWhole = text.slice(equals + 1) === written
  const isPath =
    /[/:=]/.test(text[index - 1] ?? '/') || /^[/:]/.test(text.slice(index + written.length))
  if (
    assignment.key === 'Environment' &&
    command === undefined &&
    quoted === undefined &&
    !isOfUnit &&
    !isWhole &&
    !isPath &&
    braced === undefined
  )
    return undefined
  const span =
    offset === undefined ? whole : {start: offset + index, end: offset + index + written.length}
  const isOfItself = equals > 0 && text.slice(0, equals) === name
  const meant =
    offset === undefined || name === undefined
      ? undefined
      : valueOf(unit, assignment, name, isOfItself)
  return {kind: name === undefined ? 'command' : 'variable', span, written, meant, assignment}
}

/** A variable, or a command whose output is meant; no `$name$` of a hash. */
const replaced =
  /\$\{(?<braced>[A-Za-z_]\w*)(?::?[-+=?][^}]{0,200})?\}|(?<![$\w\\])\$(?<bare>[A-Za-z_]\w*)(?![\w$])|(?<command>\$\([^()]{1,200}\))|(?<quoted>`[^`]{1,200}`)/

/**
 * What a variable would be: a specifier of systemd's, or what the unit itself sets
 * (systemd.unit(5), "specifiers").
 */
function valueOf(
  unit: LoadedUnit,
  {key}: Assignment,
  name: string,
  isOfItself: boolean,
): string | undefined {
  const its = isOfItself ? undefined : environment(unit).get(name)
  if (its) return its.file === undefined && /^[\w./:@%+-]+$/.test(its.value) ? its.value : undefined
  if (name === 'HOSTNAME') return '%H'
  // What systemd gives to services (systemd.exec(5), "$PATH").
  if (name === 'PATH' && key === 'Environment')
    return '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'
  return unit.manager === 'user' ? ofUser.get(name) : undefined
}

const ofUser: ReadonlyMap<string, string> = new Map([
  ['HOME', '%h'],
  ['LOGNAME', '%u'],
  ['UID', '%U'],
  ['USER', '%u'],
  ['XDG_CACHE_HOME', '%C'],
  ['XDG_CONFIG_HOME', '%E'],
  ['XDG_RUNTIME_DIR', '%t'],
])
