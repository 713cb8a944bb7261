import type {Complaint} from './complaint.ts'
import type {Directive, Junk, Section} from '../../syntax/tree.ts'
import {fatalFaults} from '../../syntax/tree.ts'
import {offsetsOf, valueSpan} from '../../syntax/place.ts'
import {isSectionName, type LoadedUnit} from '../load.ts'
import type {Assignment, SourceFile} from '../unit.ts'
import {complaintOfEmpty, complaintOfUse, remember} from './uses.ts'
import {deprecatedSpecifiers} from '../../values/expansion.ts'
import type {ValueFault, ValueContext} from '../../values/fault.ts'
import {legacyNotice} from '../../values/numbers.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {isQuadlet, quadletKeys} from '../../facts/quadlet.ts'
import {dialectOf} from '../../values/dialect.ts'

/**
 * What is wrong with the lines of a file that assign nothing, and with its headers; what stands
 * behind one of effect `unit` is not read.
 */
export function complaintsOfLayout(file: SourceFile, unit: LoadedUnit): Complaint[] {
  const found: Complaint[] = []
  for (const node of file.tree.children) {
    if (node.type === 'junk') found.push(ofJunk(node, file))
    else if (node.type === 'section') ofSection(node, file, unit, found)
  }
  return found
}

function ofSection(section: Section, file: SourceFile, unit: LoadedUnit, found: Complaint[]): void {
  const {name, header, children} = section
  const about = {file, span: header.nameSpan, line: header.line, section: name} as const
  if (!isSectionName(name, unit.target.version)) {
    found.push({...about, kind: 'unreadable', effect: 'unit', fault: 'section-name'})
    return
  }
  const isKnown = dialectOf(unit.target).types[unit.type]?.includes(name) ?? false
  if (!isKnown && !name.startsWith('X-'))
    found.push({...about, kind: 'unknown-section', effect: 'line'})
  for (const entry of children) {
    if (entry.type !== 'junk' || (!isKnown && !fatalFaults.has(entry.fault))) continue
    found.push(ofJunk(entry, file))
    if (fatalFaults.has(entry.fault)) return
  }
}

function ofJunk({fault, line, position}: Junk, file: SourceFile): Complaint {
  const isFatal = fatalFaults.has(fault)
  const span = offsetsOf(position)
  return {
    kind: isFatal ? 'unreadable' : 'junk-line',
    file,
    span,
    line,
    effect: isFatal ? 'unit' : 'line',
    fault,
  }
}

/**
 * What systemd says of an assignment, given what it remembers of those before; nothing of one that
 * is not its own.
 */
export function complaintsOfLine(
  assignment: Assignment,
  facts: ValueFacts | undefined,
  unit: LoadedUnit,
  memory: Set<string>,
): readonly Complaint[] {
  const {section, value, directive, file} = assignment
  const {version} = unit.target
  if (!facts) return complaintsOfUnknown(assignment, unit)
  const context: ValueContext = {
    facts,
    version,
    manager: unit.manager,
    unitType: unit.type,
    unitName: unit.name,
    section,
    memory,
  }
  const use = complaintOfUse(context)
  const about = {file, line: directive.line, directive, section} as const
  const found: Complaint[] = use ? [{...about, span: directive.keySpan, ...use}] : []
  if (use && use.effect !== 'notice') return found
  if (value === '') return [...found, ...complaintsOfEmpty(assignment, context)]
  let isTaken = true
  for (const fault of dialectOf(unit.target).grammar(value, context)) {
    found.push({...about, ...ofFault(fault, directive)})
    if (fault.effect === 'unit') return found
    isTaken &&= fault.effect !== 'line'
  }
  if (isTaken) remember(value, context)
  for (const fault of deprecatedSpecifiers(value, context))
    found.push({...about, ...ofFault(fault, directive)})
  return found
}

function complaintsOfEmpty(
  {section, value, directive, file}: Assignment,
  context: ValueContext,
): readonly Complaint[] {
  const about = {file, line: directive.line, directive, section} as const
  const notice = legacyNotice(value, context.facts, context.version)
  const effect = complaintOfEmpty(context)
  return [
    ...(notice ? [{...about, ...ofFault(notice, directive), span: directive.keySpan}] : []),
    ...(effect
      ? [{...about, kind: 'empty-value', span: directive.valueSpan, effect} as const]
      : []),
  ]
}

/**
 * A directive that is not known. What is systemd's is left to others under the names that begin with
 * `X-`; Quadlet takes nothing else in its own sections.
 */
function complaintsOfUnknown(
  {section, key, directive, file}: Assignment,
  {type}: LoadedUnit,
): readonly Complaint[] {
  if (key.startsWith('X-') && !(isQuadlet(type) && quadletKeys(section).length > 0)) return none
  const {line, keySpan: span} = directive
  return [{kind: 'unknown-directive', file, line, directive, section, span, effect: 'line'}]
}

const none: readonly Complaint[] = []

function ofFault(
  {from, to, message, effect, kind, meant, silent, unplaced}: ValueFault,
  directive: Directive,
): Omit<Complaint, 'file'> {
  return {
    kind: kind ?? 'invalid-value',
    span: valueSpan(directive, from, to),
    message,
    effect,
    line: unplaced ? undefined : directive.line,
    ...(meant === undefined ? {} : {meant}),
    ...(silent ? {silent} : {}),
  }
}
