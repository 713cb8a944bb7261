import {DiagnosticSeverity, DiagnosticTag} from 'vscode-languageserver'
import type {Diagnostic, DiagnosticRelatedInformation} from 'vscode-languageserver'
import type {Finding} from '../../engine/finding.ts'
import type {Fault} from '../../engine/judge.ts'
import {offsetsOf} from '../../syntax/place.ts'
import {reading} from '../../unit/read/reading.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {Document} from '../document.ts'
import type {Pages} from '../pages.ts'
import {judgement, unitNow} from '../workspace.ts'
import type {Workspace, WrittenFile, OpenUnit} from '../workspace.ts'

/** A finding in a document, and the unit of which it is. */
export interface DocumentFinding {
  readonly finding: Finding
  readonly unit: OpenUnit
}

/** What is found in a file, each once: one that amends several units has what all of them say. */
export function findingsIn(
  space: Workspace,
  {path}: Pick<Document, 'path'>,
): readonly DocumentFinding[] {
  const told = new Map<string, DocumentFinding[]>()
  for (const unit of space.unitsOf(path)) {
    const here = unit.files.findIndex(({absolute, isAsked}) => absolute === path && isAsked)
    const its = judgement(unit).files[here]?.findings ?? []
    const added = new Map<string, DocumentFinding[]>()
    for (const finding of its) {
      const key = `${finding.ruleId}\n${finding.position.start.line}\n${finding.position.start.column}\n${finding.message}`
      if (!told.has(key)) added.set(key, [...(added.get(key) ?? []), {finding, unit}])
    }
    for (const [key, same] of added) told.set(key, same)
  }
  return [...told.values()].flat()
}

/** What is wrong in a document, as the command says it of the same files. */
export function diagnostics(space: Workspace, its: Document, pages: Pages): Diagnostic[] {
  const faults = space.unitsOf(its.path).flatMap((unit) =>
    judgement(unit).faults.filter(({at}) => {
      const file = unit.files.find(({path}) => path === at?.path) ?? unit.files[0]
      return file.absolute === its.path
    }),
  )
  return [
    ...faults.map((fault) => ofFault(fault, its, pages)),
    ...findingsIn(space, its).map(({finding, unit}) => ofFinding(finding, unit, its, space, pages)),
  ]
}

function ofFault({message, ruleId, at}: Fault, its: Document, pages: Pages): Diagnostic {
  return {
    range: its.places.rangeOf(at ? offsetsOf(at.position) : {start: 0, end: 0}),
    severity: DiagnosticSeverity.Error,
    source: 'unitlint',
    message,
    ...codeOf(ruleId ?? '', pages),
  }
}

function ofFinding(
  finding: Finding,
  unit: OpenUnit,
  its: Document,
  space: Workspace,
  pages: Pages,
): Diagnostic {
  const {ruleId, message, fix} = finding
  const range = its.places.rangeOf(offsetsOf(finding.position))
  const tags = tagsOf(ruleId)
  const related = [...noteOf(finding, its), ...relatedTo(finding, unit, its, space)]
  return {
    range,
    severity: severityOf(finding),
    source: 'unitlint',
    message,
    ...codeOf(ruleId, pages),
    ...(tags.length > 0 && {tags}),
    ...(related.length > 0 && {relatedInformation: related}),
    ...(fix && {data: {applicability: fix.applicability}}),
  }
}

function codeOf(ruleId: string, pages: Pages): Partial<Diagnostic> {
  const href = ruleId === '' ? undefined : pages.ruleUrl(ruleId)
  return ruleId === '' ? {} : {code: ruleId, ...(href !== undefined && {codeDescription: {href}})}
}

/**
 * What is only told: a hint where a fix is at hand, as for the hardening that is safe here; else
 * information.
 */
function severityOf({severity, fix}: Finding): DiagnosticSeverity {
  if (severity === 2) return DiagnosticSeverity.Error
  if (severity === 1) return DiagnosticSeverity.Warning
  return fix ? DiagnosticSeverity.Hint : DiagnosticSeverity.Information
}

function tagsOf(ruleId: string): DiagnosticTag[] {
  if (vain.has(ruleId)) return [DiagnosticTag.Unnecessary]
  return ruleId === 'no-obsolete-directive' ? [DiagnosticTag.Deprecated] : []
}

/** Rules about what is written in vain. */
const vain: ReadonlySet<string> = new Set([
  'no-overridden-value',
  'no-ignored-line',
  'no-ineffective-directive',
  'unused-disable',
])

function noteOf(finding: Finding, its: Document): DiagnosticRelatedInformation[] {
  return finding.note === undefined
    ? []
    : [
        {
          location: {uri: its.uri, range: its.places.rangeOf(offsetsOf(finding.position))},
          message: finding.note,
        },
      ]
}

/**
 * The lines of the unit's other files that have to do with the line of a finding: those that
 * replace it, and those of the same directive.
 */
function relatedTo(
  finding: Finding,
  unit: OpenUnit,
  its: Document,
  space: Workspace,
): DiagnosticRelatedInformation[] {
  if (unit.files.length === 1) return []
  const own = unit.files.find(({absolute}) => absolute === its.path)
  const start = finding.position.start.offset
  const {lines} = reading(unitNow(unit))
  const line = lines.find(
    ({assignment: {file, directive}}) => file.path === own?.path && covers(directive, start),
  )
  if (!line) return []
  const {key, section} = line.assignment
  return lines
    .filter(
      ({assignment}) =>
        assignment.file !== line.assignment.file &&
        assignment.key === key &&
        assignment.section === section,
    )
    .slice(0, mostRelated)
    .flatMap(({assignment}) => locationOf(assignment, unit, space))
    .map((location) => ({location, message: `\`${key}=\` is set here as well`}))
}

const mostRelated = 10

function covers({position: {start, end}}: Assignment['directive'], offset: number): boolean {
  return start.offset <= offset && offset < end.offset
}

/** Where an assignment of a unit stands. */
export function locationOf(
  {file, directive}: Assignment,
  unit: OpenUnit,
  space: Workspace,
): Array<DiagnosticRelatedInformation['location']> {
  const written = unit.files.find(({path}) => path === file.path)
  return written
    ? [
        {
          uri: space.uriOf(written.absolute),
          range: textOf(written, space).places.rangeOf({
            start: directive.keySpan.start,
            end: Math.max(directive.keySpan.end, directive.valueSpan.end),
          }),
        },
      ]
    : []
}

function textOf(file: WrittenFile, space: Workspace): Document {
  return space.documentOf(file.absolute, file.text)
}
