import {CodeActionKind} from 'vscode-languageserver'
import type {CodeAction, Diagnostic} from 'vscode-languageserver'
import {presetOptions} from '../../../configs/options.ts'
import {judge} from '../../engine/judge.ts'
import type {LintOptions} from '../../engine/options.ts'
import type {Finding} from '../../engine/finding.ts'
import {directive as factsOf} from '../../facts/directives.ts'
import {firstNonBlank} from '../../syntax/text.ts'
import {offsetsOf} from '../../syntax/place.ts'
import type {Span} from '../../syntax/tree.ts'
import type {Abilities} from '../abilities.ts'
import type {Document} from '../document.ts'
import type {Pages} from '../pages.ts'
import {spotAt} from '../subject.ts'
import type {Subject} from '../subject.ts'
import {unitTexts} from '../workspace.ts'
import {diagnostics, findingsIn} from './diagnostics.ts'
import type {DocumentFinding} from './diagnostics.ts'
import {editsTo, textEdits, workspaceEdit} from './edits.ts'

/** The kinds of actions that there are, as clients ask for them. */
export const actionKinds = {
  fix: CodeActionKind.QuickFix,
  fixAll: `${CodeActionKind.SourceFixAll}.unitlint`,
  preset: `${CodeActionKind.RefactorRewrite}.unitlint.preset`,
} as const

/** The commands that actions name; see `runCommand`. */
export const actionCommands = {
  explain: 'unitlint.explain',
  whyNot: 'unitlint.whyNot',
  exposure: 'unitlint.exposure',
} as const

/** What an action that is not worked out yet is of. */
export interface PendingAction {
  readonly uri: string
  readonly version: number | null
  readonly fixAll?: true
  readonly rule?: string
  readonly preset?: string
}

/** What is asked for: a range, and the kinds of actions, which stand for all that begin so. */
export interface Wanted {
  readonly span: Span
  readonly only: readonly string[] | undefined
}

/**
 * What could be done about a range of a document. Actions that take a while are worked out when
 * they are chosen, where the client can wait.
 */
export function actions(
  subject: Subject,
  {span, only}: Wanted,
  {abilities, pages}: {readonly abilities: Abilities; readonly pages: Pages},
): CodeAction[] {
  const {its, space, unit} = subject
  const pending = {uri: its.uri, version: its.version}
  const isWanted = (kind: string): boolean =>
    only === undefined ||
    only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`))
  const told = findingsIn(space, its)
  const isAnySafe = told.some(({finding}) => isSafe(finding))
  const isService = unit?.identity.type === 'service'
  const isAskedFor = only?.some((kind) => kind !== '') ?? false
  const presets = isAskedFor ? offered : offered.slice(0, 1)
  return [
    ...(isWanted(actionKinds.fix) ? aboutRange(subject, told, span, {abilities, pages}) : []),
    ...(unit && isAnySafe && isWanted(actionKinds.fixAll)
      ? complete(
          {title: allSafe, kind: actionKinds.fixAll},
          {...pending, fixAll: true},
          subject,
          abilities,
        )
      : []),
    ...(isService && isWanted(actionKinds.preset) ? presets : []).flatMap((preset) =>
      complete(
        {title: `Apply the preset \`${preset}\``, kind: actionKinds.preset},
        {...pending, preset},
        subject,
        abilities,
      ),
    ),
  ]
}

/** An action with its edit, or with what it is made of when it is chosen. */
function complete(
  action: CodeAction,
  pending: PendingAction,
  subject: Subject,
  abilities: Abilities,
): CodeAction[] {
  if (abilities.resolvesEdits) return [{...action, data: pending}]
  const edit = pendingEdit(subject, pending, abilities)
  return edit ? [{...action, edit}] : []
}

/** What could be done about findings in a range, and about the directive that is there. */
function aboutRange(
  subject: Subject,
  told: readonly DocumentFinding[],
  span: Span,
  {abilities, pages}: {readonly abilities: Abilities; readonly pages: Pages},
): readonly CodeAction[] {
  const {its, space} = subject
  const here = told.filter(({finding}) => touches(offsetsOf(finding.position), span))
  const known = diagnostics(space, its, pages)
  const hints = here.filter(({finding}) => isHint(finding))
  const isCrowded = hints.length > mostHints
  const asked = abilities.actionLiterals ? whyNotAt(subject, span) : undefined
  return [
    ...(isCrowded && hints.some(({finding}) => isSafe(finding))
      ? complete(
          {title: allSafe, kind: actionKinds.fix},
          {uri: its.uri, version: its.version, fixAll: true},
          subject,
          abilities,
        )
      : []),
    ...here.flatMap(({finding}) =>
      aboutFinding(finding, its, known, {abilities, isBrief: isCrowded && isHint(finding)}),
    ),
    ...[...fixedTwice(told, here)].flatMap(([rule, count]) =>
      complete(
        {title: `Fix all \`${rule}\` here (${count})`, kind: actionKinds.fix},
        {uri: its.uri, version: its.version, rule},
        subject,
        abilities,
      ),
    ),
    ...(asked === undefined
      ? []
      : [
          {
            title: `Why not \`${asked}=\`?`,
            kind: actionKinds.fix,
            command: {
              title: 'Why not?',
              command: actionCommands.whyNot,
              arguments: [its.uri, asked],
            },
          },
        ]),
  ]
}

const allSafe = 'Fix all that is safe to fix'

/**
 * How many hints at one place are told with all that can be done about them. All lines of hardening
 * that a unit lacks are at its section: of these there are their fixes, and one for all.
 */
const mostHints = 4

function isHint({severity, fix}: Finding): boolean {
  return severity === 0 && fix !== undefined
}

function isSafe({fix}: Finding): boolean {
  return fix?.applicability === 'safe'
}

/** The first one is offered where nobody asked for them: ten would hide the fixes. */
const offered = [
  'hardened',
  'strict',
  'auto',
  'web-service',
  'network-daemon',
  'database',
  'worker',
  'timer-job',
  'backup-job',
  'monitoring-agent',
]

function touches(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end
}

/** Rules of which there are several in the document that can be fixed, of those at hand. */
function fixedTwice(
  told: readonly DocumentFinding[],
  here: readonly DocumentFinding[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const {finding} of told)
    if (isSafe(finding)) counts.set(finding.ruleId, (counts.get(finding.ruleId) ?? 0) + 1)
  const rules = new Set(here.map(({finding}) => finding.ruleId))
  return new Map([...counts].filter(([rule, count]) => count > 1 && rules.has(rule)))
}

/** Its fix, and unless brief a comment that turns its rule off, and what its rule says. */
function aboutFinding(
  finding: Finding,
  its: Document,
  known: readonly Diagnostic[],
  {abilities, isBrief}: {readonly abilities: Abilities; readonly isBrief: boolean},
): CodeAction[] {
  const {fix, ruleId, message} = finding
  const range = its.places.rangeOf(offsetsOf(finding.position))
  const its_ = known.filter(
    (one) =>
      one.message === message &&
      one.code === ruleId &&
      one.range.start.line === range.start.line &&
      one.range.start.character === range.start.character,
  )
  const isUnsafe = fix?.applicability === 'unsafe'
  const fixing: CodeAction[] = fix
    ? [
        {
          title: isUnsafe ? `${fix.title} (unsafe)` : fix.title,
          kind: actionKinds.fix,
          diagnostics: its_,
          isPreferred: !isUnsafe && !isBrief,
          edit: workspaceEdit([[its, textEdits(its, fix.edits)]], abilities),
        },
      ]
    : []
  if (isBrief || ruleId === '' || ruleId === 'unused-disable') return fixing
  return [
    ...fixing,
    {
      title: `Disable \`${ruleId}\` for this line, with a reason`,
      kind: actionKinds.fix,
      diagnostics: its_,
      edit: workspaceEdit([[its, textEdits(its, [disabling(finding, its)])]], abilities),
    },
    {
      title: `Explain \`${ruleId}\``,
      kind: actionKinds.fix,
      diagnostics: its_,
      command: {title: 'Explain', command: actionCommands.explain, arguments: [ruleId]},
    },
  ]
}

/** A comment above the line of a finding. */
function disabling(
  finding: Finding,
  {text, places, tree}: Document,
): {range: readonly [number, number]; text: string} {
  const start = finding.position.start.offset
  const section = tree.children.find(
    (child) => child.position.start.offset <= start && start < child.position.end.offset,
  )
  const entry =
    section?.type === 'section'
      ? section.children.find(
          (child) => child.position.start.offset <= start && start < child.position.end.offset,
        )
      : undefined
  const line = places.lineSpan(places.lineAt(entry?.position.start.offset ?? start))
  const indent = text.slice(line.start, firstNonBlank(text, line.start, line.end))
  return {
    range: [line.start, line.start],
    text: `${indent}# unitlint-disable-next-line ${finding.ruleId} -- say why${tree.lineEnd}`,
  }
}

/** The directive at hand that one could ask about. */
function whyNotAt({its, unit, oldest}: Subject, {start}: Span): string | undefined {
  if (unit?.identity.type !== 'service') return undefined
  const spot = spotAt(its, start)
  const key =
    spot.kind === 'key'
      ? its.text.slice(spot.word.start, spot.word.end).trim()
      : spot.kind === 'value'
        ? spot.key
        : ''
  return factsOf('Service', key, oldest.version) ? key : undefined
}

/** The edit of an action, worked out; undefined where there is nothing to change. */
export function pendingEdit(
  {its, unit}: Subject,
  {fixAll, rule, preset}: PendingAction,
  abilities: Abilities,
): CodeAction['edit'] {
  const its_ = fixAll
    ? {}
    : rule === undefined
      ? presetOptions(preset ?? '', its.path)
      : {fixOnly: [rule]}
  if (!unit || !its_) return undefined
  // A preset says what to ask for; for which systemd is the user's word.
  const {targets, upTo, manager} = unit.options
  const options: LintOptions = {...unit.options, ...its_, targets, upTo, manager, fix: 'safe'}
  const {files} = judge(unitTexts(unit, new Set([its.path])), options)
  const here = unit.files.findIndex(({absolute}) => absolute === its.path)
  const text = files[here]?.text
  const edits = text === undefined ? [] : editsTo(its, text)
  return edits.length === 0 ? undefined : workspaceEdit([[its, edits]], abilities)
}
