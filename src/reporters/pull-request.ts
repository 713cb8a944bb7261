import {hundredths, unmarked, totalWords} from './exposure.ts'
import {access} from '../facts/accesses.ts'
import type {Descent, Standing, Step} from '../engine/exposure-steps.ts'
import {openPoints} from '../engine/open-points.ts'
import type {OpenPoint} from '../engine/open-points.ts'
import type {LintOptions} from '../engine/options.ts'
import {voucherOf} from '../engine/proposal.ts'
import type {Unit} from '../rule/unit.ts'
import {formatExposure} from '../security/index.ts'
import {code, codeInCell, prose} from './markdown-text.ts'
import {pastable} from './printable.ts'

/** A step that is taken, and the unit that it is taken on. */
interface StepOnUnit {
  readonly step: Step
  readonly before: Standing
  /** In tenths, not rounded. */
  readonly gain: number
}

/** How a service was hardened, or would be. */
export interface Hardened {
  /** Of its main file, as people know it. */
  readonly path: string
  /** As it is afterwards. */
  readonly unit: Unit
  /** In tenths. */
  readonly before: number
  readonly walk: {
    readonly standing: Standing
    readonly taken: readonly StepOnUnit[]
    readonly skipped: ReadonlyArray<{
      readonly step: Step
      readonly gain: number
      readonly reason: string | undefined
    }>
  }
  /** What else could be taken, though nothing says that it is safe. */
  readonly others: readonly StepOnUnit[]
  /** With all of these. */
  readonly strictest: Unit
  readonly descent: Descent
  readonly options: LintOptions
  readonly next: {
    readonly load: string
    readonly test: string
    readonly doctor: string
    readonly undo: string | undefined
  }
}

/**
 * The description of a pull request that hardens a service, in Markdown: each line with its gain
 * and its evidence, what is withheld and why, how to test it and to take it back.
 */
export function pullRequest(hardened: Hardened): string {
  const {path, unit, before, walk, others} = hardened
  const open = openPoints(hardened.strictest, unit, hardened.options)
  const elsewhere = new Set(others.flatMap(({step}) => step.located.directives))
  const withheld = open.filter(({because}) => because.length > 0)
  const manual = open.filter(
    ({because, row}) =>
      because.length === 0 && !row.settings.some((setting) => elsewhere.has(setting)),
  )
  return [
    [`## Harden ${code(pastable(path))}`],
    [
      `Exposure **${totalWords(before, unmarked)} → ${totalWords(walk.standing.score.total, unmarked)}** (systemd ${unit.target.version}; \`systemd-analyze security\` says the same).`,
    ],
    walk.taken.length === 0
      ? ['Nothing is changed.']
      : section('What is added', table(hardened, walk.taken)),
    others.length === 0
      ? []
      : section('What is left to a person', [
          'Many such services need what these deny, and nothing is certain of this one.',
          '',
          ...table(hardened, others, openPoints(unit, unit, hardened.options)),
        ]),
    section('What was skipped', walk.skipped.map(skippedLine)),
    withheld.length === 0
      ? []
      : section('What is withheld', [
          'The service needs what these deny:',
          '',
          ...withheld.map(withheldLine),
        ]),
    section('What no fix decides', manual.map(manualLine)),
    testPlan(hardened),
    rollback(hardened),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

/** Lines below a heading; nothing where there are none. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${heading}`, '', ...lines]
}

function skippedLine({step, gain, reason: why}: Hardened['walk']['skipped'][number]): string {
  return `- ${prose(step.fix.title)} (${hundredths(gain).toFixed(2)}): ${prose(why ?? 'no reason given')}`
}

function manualLine({row, gain}: OpenPoint): string {
  return `- ${code(row.name)} (${hundredths(gain).toFixed(2)}): ${prose(row.description)}`
}

function table(
  {descent, options}: Pick<Hardened, 'descent' | 'options'>,
  steps: Hardened['others'],
  open: readonly OpenPoint[] = [],
): string[] {
  return [
    '| Line | Gain | Exposure after | Why | Evidence |',
    '|---|---:|---:|---|---|',
    ...steps.map(({step, before, gain}) => {
      const rule = options.rules.find((active) => active.rule.id === step.located.ruleId)?.rule
      const cells = [
        linesOf(step),
        hundredths(gain).toFixed(2),
        formatExposure(step.score.total),
        prose(rule?.why ?? '', codeInCell),
        [evidenceOf(step, before, descent), ...against(step, open)].join('; against it: '),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  ]
}

/** What a step writes. */
function linesOf({fix}: Pick<Step, 'fix'>): string {
  const lines = fix.operations.flatMap((operation) =>
    operation.kind === 'insert'
      ? operation.lines.map(([key, value]) => codeInCell(`${key}=${value}`))
      : operation.kind === 'rewrite'
        ? operation.values.map((value) => codeInCell(`${operation.entry.key}=${value}`))
        : [],
  )
  return lines.length === 0 ? prose(fix.title, codeInCell) : lines.join('<br>')
}

function evidenceOf(step: Step, before: Standing, descent: Descent): string {
  if (step.applicability === 'safe')
    return prose(voucherOf(step.fix) ?? 'takes nothing away from the service', codeInCell)
  const titles = [...new Set(descent.denied(before, step))].map((id) => access(id).title)
  return prose(titles.length === 0 ? 'none' : `none; it denies ${titles.join('; ')}`, codeInCell)
}

/** What may be needed of what a step denies. */
function against({located, fix}: Step, open: readonly OpenPoint[]): string[] {
  const lines = linesOf({fix})
  const points = open.filter(({row: {settings}}) =>
    settings.some((setting) => located.directives.includes(setting)),
  )
  // Of a directive with several rows nobody knows which the step is about.
  const its = points.length === 1 ? points : points.filter(({row}) => lines.includes(row.name))
  const words = its.flatMap(({because}) => reasons(because, codeInCell))
  return words.length === 0 ? [] : [[...new Set(words)].join('; ')]
}

function withheldLine({row, gain, because}: OpenPoint): string {
  return `- ${code(row.name)} (${hundredths(gain).toFixed(2)}): ${reasons(because).join('; ')}`
}

/** Needs in words, those that show in one place together. */
function reasons(because: OpenPoint['because'], as = code): string[] {
  const byPlace = new Map<string, string[]>()
  for (const {access: id, because: words, certain, assignment} of because) {
    const place = assignment
      ? `${as(`${pastable(assignment.file.path)}:${assignment.directive.position.start.line}`)}: `
      : ''
    const {title} = access(id)
    const known = byPlace.get(place + prose(words, as)) ?? []
    byPlace.set(place + prose(words, as), [
      ...known,
      ...(words.includes(title) ? [] : [title]),
      ...(certain ? [] : ['perhaps']),
    ])
  }
  return [...byPlace].map(([place, titles]) => {
    const its = [...new Set(titles)].toSorted(
      (one, other) => Number(one === 'perhaps') - Number(other === 'perhaps'),
    )
    return its.length === 0 ? place : `${place} (${prose(its.join(', '), as)})`
  })
}

function testPlan({walk, unit, next}: Hardened): string[] {
  return [
    '### Test plan',
    '',
    `- [ ] It loads and starts: ${code(next.load)}`,
    `- [ ] It runs: ${code(next.test)}`,
    unit.value('Type')?.value !== 'oneshot'
      ? '- [ ] It does its work: a client is served, what it writes is there, it reloads and stops without an error'
      : '- [ ] It does its work to its end, and what it writes is there',
    `- [ ] Nothing was denied: ${code(next.doctor)} finds no line to blame`,
    `- [ ] ${code(`systemd-analyze security ${unit.name}`)} says at most ${formatExposure(walk.standing.score.total)}`,
  ]
}

function rollback({next, walk, path}: Hardened): string[] {
  const back = next.undo === undefined ? 'Revert this change, then' : `${code(next.undo)}, then`
  const keys = [...new Set(walk.taken.flatMap(({step}) => step.located.directives))]
  const one =
    keys[0] === undefined
      ? ''
      : ` A single line can be taken out by itself; ${code(`unitlint why-not ${keys[0]} ${pastable(path)}`)} tells what speaks for and against it.`
  return ['### Rollback', '', `${back} ${code(next.load)}.${one}`]
}
