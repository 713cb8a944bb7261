import {InlayHintKind, MarkupKind} from 'vscode-languageserver'
import type {InlayHint} from 'vscode-languageserver'
import {assess, formatExposure, levelOf} from '../../security/index.ts'
import {nextOf} from '../../machine/timers.ts'
import {sectionsIn} from '../../syntax/tree.ts'
import type {Span} from '../../syntax/tree.ts'
import {impliedValues} from '../../unit/implied.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valuesOf} from '../../unit/value.ts'
import type {Subject} from '../subject.ts'
import {exposureNow, unitNow} from '../workspace.ts'

/**
 * What does not stand in a document and is so: the exposure of its service, what lines imply, when
 * a timer elapses next.
 */
export function hints(subject: Subject, {start, end}: Span, now: number): InlayHint[] {
  const {its, unit} = subject
  const file = unit?.files.find(({absolute}) => absolute === its.path)
  if (!unit || !file) return []
  const ready = unitNow(unit)
  const loaded = ready.itself ?? ready
  const isHere = (one: Assignment): boolean => one.file.path === file.path
  const endOf = ({directive: {keySpan, valueSpan}}: Assignment): number =>
    Math.max(keySpan.end, valueSpan.end)
  const made: Array<{readonly at: number; readonly label: string; readonly tooltip?: string}> = []
  const service = sectionsIn(its.tree).find(({name}) => name === 'Service')
  const shown = service && exposureShown(subject)
  if (service && shown) made.push({at: service.header.nameSpan.end + 1, ...shown})
  const implied = new Map<Assignment, string[]>()
  for (const {value, by} of impliedValues(loaded))
    if (isHere(by)) implied.set(by, [...(implied.get(by) ?? []), `${value.key}=${value.value}`])
  for (const [by, values] of implied)
    made.push({at: endOf(by), label: impliedWords(values), tooltip: values.join('\n')})
  if (unit.identity.type === 'timer') {
    for (const line of valuesOf(loaded, 'OnCalendar')) {
      if (!isHere(line.assignment)) continue
      const next = nextOf(line, loaded, now * 1000)
      if (next !== undefined)
        made.push({
          at: endOf(line.assignment),
          label: typeof next === 'number' ? `next ${moment(next)}` : 'never elapses',
        })
    }
  }
  return made
    .filter(({at}) => start <= at && at <= end)
    .map(({at, label, tooltip}) => ({
      position: its.places.positionAt(at),
      label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      ...(tooltip !== undefined && {tooltip: {kind: MarkupKind.PlainText, value: tooltip}}),
    }))
}

/**
 * The exposure of a service, and what it would be once what is safe to fix is fixed; undefined for
 * other units.
 */
export function exposureShown({
  unit,
}: Subject): {readonly label: string; readonly tooltip?: string} | undefined {
  if (unit?.identity.type !== 'service') return undefined
  const assessed = assess(unitNow(unit))
  if (assessed.refused) return {label: 'not loaded by systemd', tooltip: assessed.refused.reason}
  const exposure = exposureNow(unit)
  const label = `exposure ${formatExposure(assessed.total)} ${assessed.level}`
  if (!exposure || exposure.after >= exposure.before) return {label}
  const after = `${formatExposure(exposure.after)} ${levelOf(exposure.after)}`
  return {label: `${label} → ${after}`, tooltip: `${after} after what is safe to fix`}
}

/** As many letters does VS Code show at a line (`editor.inlayHints.maximumLength`). */
const mostLetters = 43

/** As many implied values as have room, and how many there are besides; one at least. */
function impliedWords(values: readonly string[]): string {
  const besides = (shown: number): string =>
    shown < values.length ? `, and ${values.length - shown} more` : ''
  let text = `implies ${values[0] ?? ''}`
  let shown = 1
  for (const value of values.slice(1)) {
    if (`${text}, ${value}${besides(shown + 1)}`.length > mostLetters) break
    text += `, ${value}`
    shown++
  }
  return text + besides(shown)
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** A moment in microseconds since 1970, as nobody knows the clock of the machine. */
function moment(microseconds: number): string {
  const date = new Date(microseconds / 1000)
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.toISOString().slice(0, 10)} ${date.toISOString().slice(11, 19)} UTC`
}
