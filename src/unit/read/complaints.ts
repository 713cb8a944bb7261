import type {Directive, Junk, Section, Span} from '../../syntax/tree.ts'
import {fatalFaults} from '../../syntax/tree.ts'
import {valueSpan} from '../../syntax/place.ts'
import {fileSections} from '../../facts/data/directives.ts'
import {isSectionName, type LoadedUnit} from '../load.ts'
import type {SourceFile} from '../unit.ts'
import {complaintOfEmpty, complaintOfUse, remember} from './uses.ts'
import {deprecatedSpecifiers} from '../../values/expansion.ts'
import type {Fault, ValueContext} from '../../values/fault.ts'
import {validate} from '../../values/validate.ts'
import {valueFacts} from '../../facts/rows.ts'

/** What a complaint is about. */
export type ComplaintKind =
  /** A line before the first header, without `=`, or without a key: ignored. */
  | 'junk-line'
  /** Text at which the reading of the file ends: a header without `]`, with a bad name, bytes that are not UTF-8, an overlong line. */
  | 'unreadable'
  | 'unknown-section'
  | 'unknown-directive'
  /** Known, but not for units of this type. */
  | 'unsupported-directive'
  /** Known, and without effect since some version. */
  | 'removed-directive'
  /** Still at work, with a warning. */
  | 'deprecated-directive'
  | 'deprecated-value'
  | 'empty-value'
  | 'invalid-value'
  | 'unknown-specifier'
  /** A further assignment where only the first counts. */
  | 'repeated'

/** Something that systemd says while it reads a unit. */
export interface Complaint {
  readonly kind: ComplaintKind
  readonly file: SourceFile
  /** Offsets in the file. */
  readonly span: Span
  /** The line that systemd names, counted from 1; undefined where it names none. */
  readonly line: number | undefined
  /** What is lost: the line, a word of it, nothing, or all that follows (in a main file, the unit). */
  readonly effect: Fault['effect']
  /** Message grammar: what is wrong with the value and what is expected; absent where the kind says it all. */
  readonly message?: string
  /** What should stand in the span instead, where that is plain. */
  readonly meant?: string
  readonly section?: string
  readonly directive?: Directive
  readonly fault?: Junk['fault'] | 'section-name'
  /** systemd does not say a word about it, although it does not do what it says. */
  readonly silent?: true
}

/**
 * All that the target's systemd says while it reads the files of a unit, in its order, and no more than that (`systemd-analyze verify`).
 *
 * What it says about the unit as a whole after that is found by `refusal`. A complaint of effect `unit` is the last of its file;
 * in the main file, drop-ins are not read after it.
 */
export function* complaints(unit: LoadedUnit): Generator<Complaint> {
  if (unit.type === 'scope' && !unit.isPartial) return
  const seen = new Set<string>()
  for (const file of unit.files) {
    let ended = false
    for (const complaint of complaintsIn(file, unit, seen)) {
      yield complaint
      ended ||= complaint.effect === 'unit'
      if (ended) break
    }
    if (ended && file.role === 'fragment') return
  }
}

function* complaintsIn(file: SourceFile, unit: LoadedUnit, seen: Set<string>): Generator<Complaint> {
  for (const node of file.tree.children) {
    if (node.type === 'junk') yield ofJunk(node, file)
    else if (node.type === 'section') yield* complaintsInSection(node, file, unit, seen)
  }
}

function* complaintsInSection({name, header, children}: Section, file: SourceFile, unit: LoadedUnit, seen: Set<string>): Generator<Complaint> {
  const {version} = unit.target
  if (!isSectionName(name, version)) {
    yield {kind: 'unreadable', file, span: header.nameSpan, line: header.line, effect: 'unit', section: name, fault: 'section-name'}
    return
  }
  const isKnown = fileSections[unit.type]?.includes(name) ?? false
  if (!isKnown && !name.startsWith('X-')) yield {kind: 'unknown-section', file, span: header.nameSpan, line: header.line, effect: 'line', section: name}
  for (const entry of children) {
    if (entry.type === 'junk' && (isKnown || fatalFaults.has(entry.fault))) yield ofJunk(entry, file)
    else if (isKnown && entry.type === 'directive') yield* ofDirective(entry, name, file, unit, seen)
  }
}

function ofJunk({fault, line, position}: Junk, file: SourceFile): Complaint {
  const isFatal = fatalFaults.has(fault)
  const span = {start: position.start.offset ?? 0, end: position.end.offset ?? 0}
  return {kind: isFatal ? 'unreadable' : 'junk-line', file, span, line, effect: isFatal ? 'unit' : 'line', fault}
}

function* ofDirective(directive: Directive, section: string, file: SourceFile, unit: LoadedUnit, seen: Set<string>): Generator<Complaint> {
  const {key, value, line} = directive
  const {version} = unit.target
  const common = {file, line, directive, section} as const
  const facts = valueFacts(section, key, version)
  if (!facts) {
    if (!key.startsWith('X-')) yield {...common, kind: 'unknown-directive', span: directive.keySpan, effect: 'line'}
    return
  }
  const context: ValueContext = {facts, version, manager: unit.manager, unitType: unit.type, unitName: unit.name, section, memory: seen}
  const use = complaintOfUse(value, context)
  if (use) yield {...common, span: directive.keySpan, ...use}
  if (use && use.effect !== 'notice') return
  if (value === '') {
    const effect = complaintOfEmpty(context)
    if (effect) yield {...common, kind: 'empty-value', span: directive.valueSpan, effect}
    return
  }
  let isTaken = true
  for (const fault of validate(value, context)) {
    yield {...common, ...ofFault(fault, directive)}
    if (fault.effect === 'unit') return
    isTaken &&= fault.effect !== 'line'
  }
  if (isTaken) remember(value, context)
  for (const fault of deprecatedSpecifiers(value, context)) yield {...common, ...ofFault(fault, directive)}
}

function ofFault({from, to, message, effect, kind, meant, silent, unplaced}: Fault, directive: Directive): Omit<Complaint, 'file'> {
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
