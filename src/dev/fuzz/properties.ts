import {presetOptions} from '../../../configs/options.ts'
import {judge} from '../../engine/judge.ts'
import type {Finding} from '../../engine/finding.ts'
import type {Judgement, WrittenUnit} from '../../engine/judge.ts'
import type {LintOptions} from '../../engine/options.ts'
import {everywhere} from '../../facts/directives.ts'
import {defaultTarget, newestVersion, oldestVersion} from '../../facts/targets.ts'
import type {Target} from '../../facts/targets.ts'
import {applyEdits} from '../../syntax/edit.ts'
import {parse} from '../../syntax/parse.ts'
import {linesOf} from '../../syntax/stringify.ts'
import {load, unitOf} from '../../unit/load.ts'
import {reading} from '../../unit/read/reading.ts'
import {reasonOf} from '../../unit/read/reasons.ts'
import {verdict} from '../../unit/verdict.ts'
import {hold} from './target.ts'

/** All rules, as errors. */
export const everything: LintOptions = {
  ...(presetOptions('all') ?? {rules: [], manager: 'system'}),
  targets: [defaultTarget],
}

/**
 * All rules, or some of them: those whose place among them is in a number, which is quicker and
 * shows what one does without the others.
 */
export function someRules(bits: number): LintOptions {
  if (bits % 4 === 0) return everything
  return {
    ...everything,
    rules: everything.rules.filter(
      (_, index) => ((bits * (index + 1) * 2_654_435_761) >>> 0) % 5 === 0,
    ),
  }
}

/** A target by any number. */
export function targetAt(index: number): Target {
  const version = oldestVersion + (index % (newestVersion - oldestVersion + 1))
  return {name: String(version), version}
}

/** Judge a unit, which is never a fault of ours. */
export function judged(unit: WrittenUnit, options: LintOptions): Judgement {
  const judgement = judge(unit, options)
  const fault = judgement.faults.find(({message}) => !message.startsWith('Not linted: Too much'))
  hold(!fault, () => `${fault?.message}\n${fault?.cause instanceof Error ? fault.cause.stack : ''}`)
  for (const {text, findings} of judgement.files) {
    const lines = parse(text).lineStarts.length
    for (const {position, ruleId, fix} of findings) {
      hold(
        position.start.line >= 1 && position.end.line <= lines,
        () => `a place of ${ruleId} is outside of the file`,
      )
      for (const {range} of fix?.edits ?? [])
        hold(
          range[0] <= range[1] && range[1] <= text.length,
          () => `an edit of ${ruleId} is outside of the file`,
        )
    }
  }
  return judgement
}

/**
 * Fix a unit and hold the fixes to what they promise: what they leave is settled, only what was
 * meant has changed, and it loads if it did.
 */
export function fixedSoundly(
  unit: WrittenUnit,
  options: LintOptions,
  fix: 'safe' | 'unsafe',
): Judgement {
  const before = judged(unit, {...options, fix: undefined})
  const after = judged(unit, {...options, fix})
  const again: WrittenUnit = {...unit, files: withTexts(unit, after)}
  const twice = judged(again, {...options, fix})
  hold(
    sameTexts(twice, after),
    () => `fixes made twice do more than once: ${twice.applied.join(', ')}`,
  )
  for (const [index, {text, findings}] of before.files.entries()) {
    for (const finding of findings) onlyMeantLines(text, finding)
    keptComments(text, after.files[index]?.text ?? '')
  }
  for (const target of options.targets) {
    const [was, is] = [refusal(unit.files, target), refusal(again.files, target)]
    hold(
      was !== undefined || is === undefined,
      () => `systemd ${target.name} refuses what it did not refuse: ${is}`,
    )
  }
  return after
}

function withTexts(
  {files: [first, ...rest]}: WrittenUnit,
  {files}: Judgement,
): WrittenUnit['files'] {
  return [
    {...first, text: files[0]?.text ?? ''},
    ...rest.map((file, index) => ({...file, text: files[index + 1]?.text ?? ''})),
  ]
}

function sameTexts(one: Judgement, other: Judgement): boolean {
  return one.files.every(({text}, index) => text === other.files[index]?.text)
}

/** Why systemd does not load a unit; undefined where it does. */
function refusal(files: WrittenUnit['files'], target: Target): string | undefined {
  const identity = unitOf(files[0].path)
  if (!identity) return undefined
  const sources = files.map(({path, text}, index) => ({
    path,
    role: index === 0 ? identity.role : ('drop-in' as const),
    tree: parse(text),
  }))
  const loaded = load(sources, {...identity, target, manager: 'system'})
  if (!loaded.isReadable) return 'it is not read to its end'
  const {ending} = reading(loaded)
  return ending ? reasonOf(ending, loaded) : verdict(loaded).refusal?.reason
}

/**
 * A fix changes the lines that its finding speaks of, and those of directives that its rule is
 * about or that decide its fixes; it may add others.
 */
function onlyMeantLines(text: string, {ruleId, position, fix}: Finding): void {
  if (!fix) return
  const {directives = [], fixesHangOn = []} =
    everything.rules.find(({rule}) => rule.id === ruleId)?.rule ?? {}
  const about = new Set([...directives, ...fixesHangOn])
  const meant = new Set<number>()
  for (const line of linesOf(parse(text))) {
    const [start, end] = [line.position.start.line, line.position.end.line]
    const isSpokenOf = start <= position.end.line && position.start.line <= end
    if (
      isSpokenOf ||
      (line.type === 'directive' && namesOf(line.key).some((key) => about.has(key)))
    )
      for (let at = start; at <= end; at++) meant.add(at)
  }
  const others = linesIn(text).filter((_, index) => !meant.has(index + 1))
  const lost = missing(others, linesIn(applyEdits(text, fix.edits)))
  hold(
    lost === undefined,
    () => `a fix of ${ruleId} changes ${JSON.stringify(lost)}, of which it does not speak`,
  )
}

/** A directive, and what it is called today. */
function namesOf(key: string): readonly string[] {
  return [
    key,
    ...everywhere(key).flatMap((facts) => ('aliasOf' in facts ? [String(facts.aliasOf)] : [])),
  ]
}

/** Fixes lose no comment. */
function keptComments(text: string, fixed: string): void {
  const [before, after] = [text, fixed].map((its) =>
    [...linesOf(parse(its))].filter(({type}) => type === 'comment').map(({raw}) => raw.trimEnd()),
  )
  const lost = missing(before ?? [], after ?? [])
  hold(lost === undefined, () => `fixes lose ${JSON.stringify(lost)}`)
}

/** The first of some lines that is not among others, in their order. */
function missing(lines: readonly string[], others: readonly string[]): string | undefined {
  let at = 0
  for (const line of lines) {
    const found = others.indexOf(line, at)
    if (found === -1) return line
    at = found + 1
  }
  return undefined
}

/** The lines of a text without their ends. */
function linesIn(text: string): string[] {
  const {lineStarts} = parse(text)
  return text === ''
    ? []
    : lineStarts.map((start, index) =>
        text.slice(start, lineStarts[index + 1]).replace(/[\r\n\0]+$/, ''),
      )
}
