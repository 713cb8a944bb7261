import {parse} from '../../syntax/parse.ts'
import type {Target} from '../../facts/targets.ts'
import type {Unit} from '../../rule/unit.ts'
import {sectionsIn} from '../../syntax/tree.ts'
import type {Entry, Header} from '../../syntax/tree.ts'
import type {SourceFile} from '../../unit/unit.ts'
import {amended} from '../amend.ts'
import type {Located} from '../check.ts'
import type {Finding} from '../finding.ts'
import {areSameSettings, differences, meaning} from '../meaning.ts'
import type {MeaningDifference, Meaning} from '../meaning.ts'
import type {Operation} from '../operations.ts'
import {plan} from '../plan.ts'
import type {Accepted} from '../plan.ts'
import {permittedFix, voucherOf} from '../proposal.ts'
import type {Facade, Proposal} from '../proposal.ts'
import {isList, resetOf, waysTo, withAssignments} from './assignments.ts'
import {texts} from './inline.ts'
import {withNotes} from './notes.ts'
import type {DropInNotes, Noted} from './notes.ts'

/**
 * The name of the drop-in that fixes are put in: behind what packages ship, before what people
 * write.
 */
export const dropInName = '50-unitlint.conf'

/** What one pass of fixing wrote. */
export interface Pass {
  /** New texts of the files that changed. */
  readonly texts: ReadonlyMap<SourceFile, string>
  /** The rules whose fixes were written. */
  readonly applied: readonly string[]
  /** Why fixes were left that cannot be written where all go. */
  readonly left: ReadonlyMap<Proposal, string>
}

/** A unit of which one drop-in alone may change. */
export interface IntoDropIn {
  /** The drop-in, one of its files; empty where it is not there yet. */
  readonly into: SourceFile
  readonly read: (sources: readonly SourceFile[]) => Unit
  readonly facade: Facade
  /** None of these may refuse it for what is written. */
  readonly targets: readonly Target[]
  /** What the rules propose for a unit. */
  readonly ask: (unit: Unit) => readonly Located[]
  /** What it says of itself. */
  readonly notes?: DropInNotes | undefined
}

/**
 * Plan fixes, and write as lines of a drop-in what they change in any file of the unit.
 *
 * A fix is written when the unit read with the drop-in then means what the amended unit does. It is
 * left where that cannot be: a later drop-in decides, a list cannot be taken back, the line itself
 * is at fault, what it would say then is to be fixed in its turn.
 */
export function dropInPass(
  unit: Unit,
  proposals: readonly Located[],
  permitted: 'safe' | 'unsafe',
  way: IntoDropIn,
): Pass {
  const later = unit.files.slice(unit.files.indexOf(way.into) + 1)
  const left = new Map<Proposal, string>()
  for (const proposal of proposals) {
    const touched = new Set(permittedFix(proposal, permitted)?.operations.map(({file}) => file))
    const behind = later.find((file) => touched.has(file))
    if (behind) left.set(proposal, `\`${behind.path}\` comes behind it`)
  }
  for (;;) {
    // What waited for fixes that are left need not wait any more.
    const candidates = proposals.filter((proposal) => !left.has(proposal))
    const {accepted, unit: together} = plan(unit, candidates, permitted, way.facade, way.targets)
    if (accepted.length === 0) return {texts: new Map(), applied: [], left}
    const unfinished = unfinishedAmong(accepted, together, candidates, permitted, way)
    for (const {proposal} of unfinished)
      left.set(proposal, 'what it would say there is to be fixed in its turn')
    if (unfinished.length > 0) continue
    const {text, made} = asManyAs(unit, accepted, way, left)
    if (text !== way.into.tree.text) {
      const noted = way.notes
        ? withNotes(way.into.tree.text, text, made.map(notedOf), way.notes)
        : text
      return {
        texts: new Map([[way.into, noted]]),
        applied: made.map(({proposal}) => proposal.ruleId),
        left,
      }
    }
    for (const {proposal} of accepted) if (!left.has(proposal)) left.set(proposal, stays)
  }
}

/** What a fix writes, and who vouches for it. */
function notedOf({proposal: {ruleId}, fix}: Accepted): Noted {
  const keys = fix.operations.flatMap((operation) => {
    if (operation.kind === 'insert') return operation.lines.map(([key]) => key)
    return operation.kind === 'key'
      ? [operation.key]
      : operation.kind === 'assign'
        ? [operation.line[0]]
        : 'key' in operation.entry
          ? [operation.entry.key]
          : []
  })
  return {
    ruleId,
    by:
      voucherOf(fix) ??
      (fix.applicability === 'safe'
        ? ''
        : 'unsafe, as nothing tells whether the service does without'),
    keys: new Set(keys),
  }
}

/**
 * Fixes of lines in other files that leave something to fix in these lines.
 *
 * The lines themselves stay, so that they are found again in each run. In the drop-in what was said
 * for them would be fixed as well, and then be missed.
 */
function unfinishedAmong(
  accepted: readonly Accepted[],
  together: Unit,
  known: readonly Located[],
  permitted: 'safe' | 'unsafe',
  {into, ask, facade}: IntoDropIn,
): readonly Accepted[] {
  const byLine = new Map<string, Accepted>()
  const joined: Operation[] = []
  for (const one of accepted) {
    for (const operation of one.fix.operations) {
      const {file} = operation
      if (file === into) continue
      for (const entry of entriesChangedBy(operation)) {
        byLine.set(placeOf(file, entry.position.start.line), one)
        if (entry.type === 'directive' && entry.pieces)
          joined.push({kind: 'rewrite', file, entry, values: [entry.value]})
      }
    }
  }
  if (byLine.size === 0) return []
  const before = new Set(known.map((one) => `${one.ruleId} ${placeOf(one.file, one.line)}`))
  // In the drop-in each is in one line, of which more can be fixed than of several.
  const asWritten =
    joined.length === 0 ? together : facade(amended(together, joined), together.evidence)
  return ask(asWritten).flatMap((found) => {
    const place = placeOf(found.file, found.line)
    const isNew = permittedFix(found, permitted) && !before.has(`${found.ruleId} ${place}`)
    const one = isNew ? byLine.get(place) : undefined
    return one ? [one] : []
  })
}

/** What says something else after an operation: all of a section under another name. */
function entriesChangedBy(operation: Operation): ReadonlyArray<Entry | Header> {
  if (operation.kind === 'insert' || operation.kind === 'remove') return []
  const {entry, file} = operation
  return sectionsIn(file.tree).find(({header}) => header === entry)?.children ?? [entry]
}

function placeOf({path}: SourceFile, line: number): string {
  return `${line} ${path}`
}

/** The findings, those whose fixes were left without a fix and with the reason as their note. */
export function withReasons(all: readonly Located[], left: Pass['left']): readonly Located[] {
  return all.map((located) => {
    const reason = left.get(located)
    if (reason === undefined) return located
    const words = `Not fixed in a drop-in: ${reason}. \`--fix-to inline\` can fix it`
    const finding = (): Finding => {
      const its = located.finding()
      return {
        ...its,
        note: [its.note, words].filter((part) => part !== undefined).join('. '),
        fix: undefined,
      }
    }
    return {...located, fixes: [], finding}
  })
}

const stays = 'the line itself stays'

interface Written {
  readonly text: string
  readonly made: readonly Accepted[]
}

/** As many fixes as can be written in the drop-in; of the others, why not. */
function asManyAs(
  unit: Unit,
  accepted: readonly Accepted[],
  way: IntoDropIn,
  left: Map<Proposal, string>,
): Written {
  const before = meaning(unit)
  const meant = accepted.filter((one) => {
    const isMeant =
      isOwn(one, way) || differences(before, meaningWith(unit, [one], way, before)).length > 0
    if (!isMeant) left.set(one.proposal, stays)
    return isMeant
  })
  const all = written(unit, meant, way, before)
  if (!('reason' in all)) return all
  // One of them cannot be written, so each is tried with those that can.
  let most: Written = {text: way.into.tree.text, made: []}
  for (const one of meant) {
    const more = written(unit, [...most.made, one], way, before)
    if ('reason' in more) left.set(one.proposal, more.reason)
    else most = more
  }
  return most
}

/** Whether a fix changes the drop-in alone. */
function isOwn({fix}: Accepted, {into}: IntoDropIn): boolean {
  return fix.operations.every(({file}) => file === into)
}

/** What the unit means with fixes where they belong. */
function meaningWith(
  unit: Unit,
  fixes: readonly Accepted[],
  {into}: IntoDropIn,
  before: Meaning,
): Meaning {
  const all = fixes.flatMap(({fix}) => fix.operations)
  return withoutRepeated(meaning(amended(unit, all)), before, unit.files.indexOf(into))
}

/**
 * The drop-in with its own lines changed and with others that do what fixes of other files do, or
 * why there are none.
 */
function written(
  unit: Unit,
  fixes: readonly Accepted[],
  way: IntoDropIn,
  before: Meaning,
): Written | {readonly reason: string} {
  const {into, read} = way
  const at = unit.files.indexOf(into)
  const after = meaningWith(unit, fixes, way, before)
  const own = texts(fixes.filter((one) => isOwn(one, way)).flatMap(({fix}) => fix.operations)).get(
    into,
  )
  const meaningOf = (text: string): Meaning =>
    meaning(read(unit.files.map((file) => (file === into ? {...file, tree: parse(text)} : file))))
  const start = own === undefined ? before : meaningOf(own)
  const goals = differences(start, after).map((difference) => ({
    difference,
    ways: waysTo(difference, at),
  }))
  for (;;) {
    let text = own ?? into.tree.text
    for (const {difference, ways} of goals) {
      const [first] = ways
      if (!first) return {reason: whyNot(difference)}
      text = withAssignments(read([{...into, tree: parse(text)}]), difference, first)
    }
    const made = meaningOf(text)
    const missed = new Set(differences(made, after).map(({id}) => id))
    if (missed.size === 0 && areSameSettings(made.settings, after.settings))
      return {text, made: fixes}
    const others = goals.filter(({difference}) => missed.has(difference.id))
    if (others.length === 0) return {reason: 'it would do something else there'}
    for (const {ways} of others) ways.shift()
  }
}

function whyNot({key, facts, after}: MeaningDifference): string {
  const isTakenBack = isList(facts) || after.length === 0
  return isTakenBack && resetOf(facts) === undefined
    ? `\`${key}=\` cannot be taken back`
    : 'what it says there does not count'
}

/**
 * A meaning without what the drop-in has said already: the values that came up in other files and
 * that stand in it too.
 *
 * A line that only a change in its own place could mend is found again in each run, and yet its
 * value is not to be added twice.
 */
function withoutRepeated(after: Meaning, before: Meaning, at: number): Meaning {
  const directives = [...after.directives].map(([id, directive]) => {
    const known = directive.values.filter((value) => value.at === at).map(({value}) => value)
    const old = [...(before.directives.get(id)?.values ?? [])]
    const values = directive.values.filter((value) => {
      const index = old.findIndex((other) => other.at === value.at && other.value === value.value)
      if (index !== -1) old.splice(index, 1)
      if (index !== -1 || value.at === at || !known.includes(value.value)) return true
      known.splice(known.indexOf(value.value), 1)
      return false
    })
    return [id, {...directive, values}] as const
  })
  return {...after, directives: new Map(directives)}
}
