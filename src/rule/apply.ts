import {impliedBy} from '../model/hardening.ts'
import type {SourceFile} from '../model/unit.ts'
import {applyEdits, conflict} from '../syntax/edit.ts'
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
  const accepted = new Map<SourceFile, FileEdit[]>()
  const applied: string[] = []
  for (const {fix, ruleId, directives} of ordered) {
    const edits = fix?.edits ?? []
    const others = ordered.filter((other) => other.ruleId !== ruleId).flatMap((other) => other.directives.flatMap(impliedBy))
    if (directives.some((directive) => others.includes(directive))) continue
    if (edits.some((edit) => accepted.get(edit.file)?.some((other) => conflict(edit, other)))) continue
    for (const edit of edits) accepted.set(edit.file, [...(accepted.get(edit.file) ?? []), edit])
    applied.push(ruleId)
  }
  return {texts: new Map([...accepted].map(([file, edits]) => [file, applyEdits(file.tree.text, stacked(edits))])), applied}
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
