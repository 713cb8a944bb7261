import type {LoadedUnit} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {applyFixes} from '../rule/apply.ts'
import type {Pass, Proposal} from '../rule/apply.ts'
import {parse} from '../syntax/parse.ts'
import type {Located} from './check.ts'
import {isList, resetOf, waysTo, withoutRepeated} from './drop-in-lines.ts'
import {withValues} from './drop-in-text.ts'
import {areSameSettings, changes, effect} from './effect.ts'
import type {Change, Effect} from './effect.ts'

/** A unit of which fixes may change one drop-in alone. */
export interface Amended {
  /** In the order in which systemd reads them. */
  readonly sources: readonly SourceFile[]
  /** The drop-in, one of these; empty where it is not there yet. */
  readonly into: SourceFile
  readonly load: (sources: readonly SourceFile[]) => LoadedUnit
}

/** What one pass did, and why it left the fixes that a drop-in cannot make. */
export interface DropInPass extends Pass {
  readonly left: ReadonlyMap<Proposal, string>
}

/**
 * Apply what fits in one pass, as `applyFixes` does, but to a drop-in instead of the files that the fixes are written for.
 *
 * A fix is made when the unit with the drop-in then does what the unit with the fix in its place would do. It is left where that cannot be
 * said: a later drop-in decides, a list cannot be taken back, the line itself is at fault.
 */
export function applyInDropIn(proposals: readonly Proposal[], permitted: 'safe' | 'unsafe', unit: Amended): DropInPass {
  const later = unit.sources.slice(unit.sources.indexOf(unit.into) + 1)
  const isPermitted = ({fix}: Proposal): boolean => fix?.applicability === 'safe' || (fix?.applicability === 'unsafe' && permitted === 'unsafe')
  const left = new Map<Proposal, string>()
  for (const proposal of proposals.filter(isPermitted)) {
    const behind = later.find((file) => proposal.fix?.edits.some((edit) => edit.file === file))
    if (behind) left.set(proposal, `\`${behind.path}\` comes behind it`)
  }
  let candidates = proposals.filter((proposal) => isPermitted(proposal) && !left.has(proposal))
  while (candidates.length > 0) {
    const accepted = applyFixes(candidates, permitted).applied
    const tried = candidates.filter(({ruleId}) => accepted.includes(ruleId))
    if (tried.length === 0) break
    const {text, applied} = asManyAs(tried, permitted, unit, left)
    if (text !== unit.into.tree.text) return {texts: new Map([[unit.into, text]]), applied, left}
    for (const proposal of tried) if (!left.has(proposal)) left.set(proposal, stays)
    // What waited for these fixes need not wait any more.
    candidates = candidates.filter((proposal) => !left.has(proposal))
  }
  return {texts: new Map(), applied: [], left}
}

/** The findings, those whose fixes were left without a fix and with the reason as their note. */
export function withReasons(all: readonly Located[], left: DropInPass['left']): readonly Located[] {
  return all.map((located) => {
    const reason = left.get(located)
    if (reason === undefined) return located
    const note = [located.finding.note, `Not fixed in a drop-in: ${reason}. \`--fix-to inline\` can fix it`].filter((part) => part !== undefined).join('. ')
    return {...located, fix: undefined, finding: {...located.finding, note, fix: undefined}}
  })
}

interface Written {
  readonly text: string
  readonly applied: readonly string[]
}

const stays = 'the line itself stays'

/** As many fixes as can be made in the drop-in; of the others, why not. */
function asManyAs(proposals: readonly Proposal[], permitted: 'safe' | 'unsafe', unit: Amended, left: Map<Proposal, string>): Written {
  const before = effect(unit.load(unit.sources))
  const effective = proposals.filter((proposal) => isOwn(proposal, unit) || changes(before, inPlace([proposal], permitted, unit, before).after).length > 0)
  for (const proposal of proposals) if (!effective.includes(proposal)) left.set(proposal, stays)
  let written: Written = {text: unit.into.tree.text, applied: []}
  const all = translate(effective, permitted, unit, before)
  if (!('reason' in all)) return all
  // One of them cannot be made, so each is tried with those that can.
  const kept: Proposal[] = []
  for (const proposal of effective) {
    const more = translate([...kept, proposal], permitted, unit, before)
    if ('reason' in more) left.set(proposal, more.reason)
    else {
      kept.push(proposal)
      written = more
    }
  }
  return written
}

/** Whether a fix is written for the drop-in itself. */
function isOwn({fix}: Proposal, {into}: Amended): boolean {
  return fix?.edits.every(({file}) => file === into) ?? false
}

/** What the unit does with fixes in the place that they are written for. */
function inPlace(proposals: readonly Proposal[], permitted: 'safe' | 'unsafe', unit: Amended, before: Effect): {after: Effect; applied: readonly string[]} {
  const {texts, applied} = applyFixes(proposals, permitted)
  const after = effect(unit.load(replaced(unit.sources, texts)))
  return {after: withoutRepeated(after, before, unit.sources.indexOf(unit.into)), applied}
}

/** The drop-in with its own lines fixed and with others that do what the other fixes would do in their place, or why there are none. */
function translate(proposals: readonly Proposal[], permitted: 'safe' | 'unsafe', unit: Amended, before: Effect): Written | {readonly reason: string} {
  const {sources, into, load} = unit
  const {after, applied} = inPlace(proposals, permitted, unit, before)
  const own = applyFixes(
    proposals.filter((proposal) => isOwn(proposal, unit)),
    permitted,
  ).texts
  const start = own.size > 0 ? effect(load(replaced(sources, own))) : before
  const goals = changes(start, after).map((change) => ({change, ways: waysTo(change, sources.indexOf(into))}))
  for (;;) {
    let text = own.get(into) ?? into.tree.text
    for (const {change, ways} of goals) {
      const [way] = ways
      if (!way) return {reason: whyNot(change)}
      text = withValues(load([{...into, tree: parse(text)}]), change.section, change.key, way)
    }
    const amended = effect(load(replaced(sources, new Map([[into, text]]))))
    const missed = new Set(changes(amended, after).map(({id}) => id))
    if (missed.size === 0 && areSameSettings(amended.settings, after.settings)) return {text, applied}
    const others = goals.filter(({change}) => missed.has(change.id))
    if (others.length === 0) return {reason: 'it would do something else there'}
    for (const {ways} of others) ways.shift()
  }
}

function whyNot({key, facts, after}: Change): string {
  const isTakenBack = isList(facts) || after.length === 0
  return isTakenBack && resetOf(facts) === undefined ? `\`${key}=\` cannot be taken back` : 'what it says there does not count'
}

function replaced(sources: readonly SourceFile[], texts: ReadonlyMap<SourceFile, string>): SourceFile[] {
  return sources.map((file) => {
    const text = texts.get(file)
    return text === undefined ? file : {...file, tree: parse(text)}
  })
}
