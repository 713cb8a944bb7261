import {impliedBy} from '../facts/hardening.ts'
import type {SourceFile} from '../unit/unit.ts'
import {applyEdits, Taken} from '../syntax/edit.ts'
import type {Edit} from '../syntax/edit.ts'
import type {FileEdit, Fix} from './rule.ts'

/** A fix that a rule proposes. */
export interface Proposal {
  readonly ruleId: string
  /** The directives that the rule is about. */
  readonly directives: readonly string[]
  readonly fix?: Fix | undefined
}

/** What one pass of fixing did. */
export interface Pass {
  /** New texts of the files that changed. */
  readonly texts: ReadonlyMap<SourceFile, string>
  /** The rules whose fixes were applied. */
  readonly applied: readonly string[]
}

/**
 * Apply what fits in one pass; the rest is found again in the next.
 *
 * Insertions at the same point all fit: they stack in order of rule id, behind one empty line. Most hardening rules append a line to the
 * same section, so without this each pass could apply only one of them. A fix waits a pass when one that goes first may make it needless.
 */
export function applyFixes(proposals: readonly Proposal[], permitted: 'safe' | 'unsafe'): Pass {
  const candidates = proposals.filter(({fix}) => fix?.applicability === 'safe' || (fix?.applicability === 'unsafe' && permitted === 'unsafe'))
  const ordered = candidates.toSorted((one, other) => Number(one.ruleId > other.ruleId) - Number(one.ruleId < other.ruleId))
  const implied = impliedByOthers(ordered)
  const accepted = new Map<SourceFile, Taken<FileEdit>>()
  const applied: string[] = []
  for (const {fix, ruleId, directives} of ordered) {
    const edits = fix?.edits ?? []
    if (directives.some((directive) => implied(directive, ruleId))) continue
    if (edits.some((edit) => accepted.get(edit.file)?.conflicts(edit))) continue
    for (const edit of edits) {
      const its = accepted.get(edit.file) ?? new Taken()
      its.add(edit)
      accepted.set(edit.file, its)
    }
    applied.push(ruleId)
  }
  return {texts: new Map([...accepted].map(([file, {edits}]) => [file, applyEdits(file.tree.text, stacked(edits))])), applied}
}

/** Whether what another rule is about implies a directive. */
function impliedByOthers(proposals: readonly Proposal[]): (directive: string, ruleId: string) => boolean {
  const by = new Map<string, Set<string>>()
  for (const {ruleId, directives} of proposals) {
    for (const directive of directives.flatMap(impliedBy)) {
      const rules = by.get(directive) ?? new Set()
      by.set(directive, rules.add(ruleId))
    }
  }
  return (directive, ruleId) => [...(by.get(directive) ?? [])].some((other) => other !== ruleId)
}

/** An edit with the text that must stand before it. */
export function withLead({range, text, lead = ''}: FileEdit): Edit {
  return {range, text: lead + text}
}

/** The edits with what must stand before insertions: once for all that meet at a point. */
function stacked(edits: readonly FileEdit[]): Edit[] {
  const led = new Set<number>()
  return edits.map(({range, text, lead = ''}) => {
    const isFirst = lead !== '' && !led.has(range[0])
    if (isFirst) led.add(range[0])
    return {range, text: isFirst ? lead + text : text}
  })
}
