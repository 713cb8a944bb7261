import {valueOffset} from '../../syntax/place.ts'
import type {Directive} from '../../syntax/tree.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {Complaint} from '../../unit/read/complaint.ts'
import {add, replaceWord, rewrite} from '../change.ts'
import {fixBy} from '../fix-by.ts'
import type {Fix} from '../rule.ts'
import type {Unit} from '../unit.ts'
import {dialectOf} from '../../values/dialect.ts'
import {isValid} from '../validity.ts'
import {writtenCommands} from './commands.ts'
import type {WrittenCommand} from './commands.ts'
import {shellRemedy} from './remedy.ts'
import {shellSyntax} from './syntax.ts'
import {leftInValues} from './values.ts'
import {leftVariables} from './variables.ts'

/**
 * Why systemd cannot read what it complains of: it was written for a shell, or in quotes that it
 * keeps.
 */
export interface ReasonOfRefusal {
  /** The end of a sentence. */
  readonly because: string
  readonly fix?: Fix | undefined
}

const keepsQuotes = 'systemd keeps the quotes there'

/** The reason for a bad value that tells more than what is expected; undefined for others. */
export function reasonOfRefusal(unit: Unit, complaint: Complaint): ReasonOfRefusal | undefined {
  const {directive, section = '', file} = complaint
  if (!directive) return undefined
  const start = valueOffset(directive, complaint.span.start)
  const command = writtenCommands(unit).find(
    ({assignment, words}) =>
      assignment.directive === directive && words[0].start >= start && words[0].start <= start + 8,
  )
  if (command) return ofCommand(unit, command)
  const {key, value} = directive
  const assignment = {section, key, value, directive, file}
  return (
    ofVariable(unit, assignment) ??
    ofHome(unit, assignment) ??
    ofQuotes(unit, assignment, complaint)
  )
}

/** What of a shell a command begins with that systemd cannot start. */
function ofCommand(unit: Unit, command: WrittenCommand): ReasonOfRefusal | undefined {
  const found = shellSyntax(command)
  if (found?.kind === 'home' && found.span.start === command.words[0].start)
    return {because: 'no shell makes `~` a home', fix: shellRemedy(unit, command, found)}
  if (found?.kind === 'assignment')
    return {
      because: 'no shell sets a variable before a program',
      fix: shellRemedy(unit, command, found),
    }
  if (found?.kind === 'builtin')
    return {because: 'no shell is there to run it', fix: shellRemedy(unit, command, found)}
  const [variable] = leftVariables(unit, command)
  return variable?.kind === 'program'
    ? {because: 'systemd replaces no variables in a program', fix: throughEnv(unit, command)}
    : undefined
}

function ofVariable(unit: Unit, assignment: Assignment): ReasonOfRefusal | undefined {
  const variable = leftInValues(unit).find(
    (left) => left.assignment.directive === assignment.directive && left.kind !== 'home',
  )
  if (!variable) return undefined
  const {kind, meant, span} = variable
  return {
    because:
      kind === 'command' ? 'no shell runs what is in it' : 'systemd replaces no variables there',
    fix: meant === undefined ? undefined : fixBy('unsafe', replaceWord(assignment, span, meant)),
  }
}

function ofHome(unit: Unit, assignment: Assignment): ReasonOfRefusal | undefined {
  const {section, key, value} = assignment
  const home = /^[-+!|]*(?=~\/)/.exec(value)?.[0].length
  if (home === undefined) return undefined
  const isOwn = unit.manager === 'user' || unit.value('User') === undefined
  const isTaken =
    isOwn && isValid(unit, section, key, `${value.slice(0, home)}%h${value.slice(home + 1)}`)
  const fix = isTaken
    ? fixBy('unsafe', replaceWord(assignment, {start: home, end: home + 1}, '%h'))
    : undefined
  return {because: 'no shell makes `~` a home', fix}
}

function ofQuotes(
  unit: Unit,
  assignment: Assignment,
  {span, meant}: Complaint,
): ReasonOfRefusal | undefined {
  const {section, key, value, directive} = assignment
  const inQuotes = /^-(["'])([^"']*)\1$/.exec(value)?.[2]
  if (inQuotes !== undefined && isValid(unit, section, key, `-${inQuotes}`)) {
    return {
      because: keepsQuotes,
      fix: fixBy('unsafe', rewrite(assignment, `-${inQuotes}`), 'Remove the quotes'),
    }
  }
  const complained = value.slice(
    valueOffset(directive, span.start),
    valueOffset(directive, span.end - 1) + 1,
  )
  const quoted = /^(["'])(.*)\1$/.exec(complained)?.[2]
  return quoted === undefined || quoted !== meant ? undefined : {because: keepsQuotes}
}

/** The lines that systemd does not take as they stand, and says so: `no-invalid-value` does, too. */
export const refusedLines = query(
  (unit: Unit): ReadonlySet<Directive | undefined> =>
    new Set(
      unit.verdict.complaints.flatMap(({directive, effect, silent}) =>
        silent || effect === 'notice' ? [] : [directive],
      ),
    ),
)

/** The program behind `/usr/bin/env`, which gets variables replaced. */
export function throughEnv(
  unit: Unit,
  {assignment, words, prefixes}: ReturnType<typeof writtenCommands>[number],
): Fix | undefined {
  const [program] = words
  const {section, key, value} = assignment
  if (!program.isBare || prefixes.includes('@') || prefixes.includes(':')) return undefined
  const text = `/usr/bin/env ${program.text.replaceAll(/\$([A-Za-z_]\w*)/g, '${$1}')}`
  if (!isValid(unit, section, key, value.slice(0, program.start) + text + value.slice(program.end)))
    return undefined
  return fixBy('unsafe', replaceWord(assignment, program, text), 'Let `/usr/bin/env` start it')
}

/**
 * Changes that give a variable the default that it has in `${NAME:-DEFAULT}`; undefined where that
 * is no plain text.
 */
export function withDefault(
  unit: Unit,
  assignment: Parameters<typeof replaceWord>[0],
  span: Parameters<typeof replaceWord>[1],
  written: string,
): Fix | undefined {
  const [, name = '', otherwise] = /^\$\{(\w+):-([\w./:@+-]+)\}$/.exec(written) ?? []
  if (otherwise === undefined || assignment.section !== 'Service') return undefined
  const isKnown = unit
    .values('Environment')
    .some(({words}) => words.some(({text}) => text.startsWith(`${name}=`)))
  const line = isKnown ? [] : [add('Service', 'Environment', `${name}=${otherwise}`)]
  const changes = [replaceWord(assignment, span, `\${${name}}`), ...line]
  return fixBy('unsafe', changes, `Set \`${name}\` with \`Environment=\``)
}

/**
 * The value of a line within the quotes that systemd keeps, without a word: as part of a name, a
 * path or what a condition asks for; undefined for others.
 */
export function keptQuotes(
  unit: Unit,
  {
    section,
    key,
    value,
  }: Pick<Complaint & {value: string; key: string}, 'section' | 'key' | 'value'>,
): string | undefined {
  const inner = /^(["'])([^"'\\]+)\1$/.exec(value)?.[2]
  const facts =
    inner === undefined || section === undefined
      ? undefined
      : dialectOf(unit.target).row(section, key, unit.target.version)
  return facts &&
    keeping.has(facts.type) &&
    !unquoted.has(facts.valueType ?? '') &&
    key !== 'Description' &&
    isValid(unit, section ?? '', key, inner ?? '')
    ? inner
    : undefined
}

/**
 * Types of values that are taken as they stand, quotes and all; a description may well have quotes.
 */
const keeping: ReadonlySet<string> = new Set([
  'condition-path',
  'condition-string',
  'fd-name',
  'instance-name',
  'mount-source',
  'path',
  'string',
  'user-or-group',
])

/** What conditions compare is taken apart in words, without their quotes: `">= 5.4" "< 7"`. */
const unquoted: ReadonlySet<string> = new Set(['version-comparison-list', 'key-comparison-list'])
