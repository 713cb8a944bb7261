import {valueOffset} from '../../syntax/place.ts'
import type {Directive} from '../../syntax/tree.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {Complaint} from '../../unit/read/complaint.ts'
import {replaceWord, rewrite} from '../change.ts'
import {fixBy} from '../fix-by.ts'
import type {Fix} from '../rule.ts'
import type {Unit} from '../unit.ts'
import {isValid} from '../validity.ts'
import {writtenCommands} from './commands.ts'
import type {WrittenCommand} from './commands.ts'
import {shellRemedy} from './remedy.ts'
import {shellSyntax} from './syntax.ts'
import {leftInValues} from './values.ts'
import {throughEnv} from './variable-fixes.ts'
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
