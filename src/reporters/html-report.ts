import {createHash} from 'node:crypto'
import type {FindingFix} from '../engine/finding.ts'
import {formatExposure, levelOf} from '../security/index.ts'
import {severityNames, tally} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import {hundredths, unmarked} from './exposure.ts'
import {textLineOf} from './fingerprint.ts'
import type {Formatter, ReportContext} from './formatter.ts'
import {script, style} from './html-page.ts'
import {printable} from './printable.ts'
import {standingPath} from './relative-path.ts'
import {restrictionsId, withRestrictions} from './restrictions.ts'
import {problemWords, runWords} from './summary.ts'
import {escapeXml} from './xml.ts'

/** A source line longer than this is cut. */
const longestLine = 160

/**
 * One page with all that was found, which asks for nothing else: the exposure of each unit before
 * and after fixes, its findings, and what fixes would do.
 *
 * What files say is text and never markup; a policy in the page lets nothing run but its own
 * script, which filters.
 */
export const html: Formatter = (entries, context) => {
  const units = entries.filter(
    ({messages, exposure}) => messages.length > 0 || exposure !== undefined,
  )
  const {errors, warnings} = tally(entries.flatMap(({messages}) => messages))
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta name="generator" content="unitlint ${text(context.version)}">`,
    `<title>unitlint: ${text(problemWords(entries))}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>unitlint <span class="${errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'fine'}">${text(problemWords(entries))}</span></h1>`,
    ...(context.run
      ? [
          `<p>${prose(runWords(entries, context.run, context.fixed, unmarked, (path) => `\`${path}\``))}</p>`,
        ]
      : []),
    '</header>',
    '<main>',
    ...overview(units, context),
    ...filter(units),
    ...units.map((unit) => section(unit, context)),
    '<p id="none" hidden>Nothing here is like that.</p>',
    '</main>',
    ...ruleNotes(units, context),
    `<script>${script}</script>`,
    '</body>',
    '</html>',
  ].join('\n')
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`
}

/** Text of others, as text. */
function text(words: string): string {
  return escapeXml(printable(words))
}

/** Words with code between backticks. */
function prose(words: string): string {
  return words
    .split('`')
    .map((part, index) => (index % 2 === 0 ? text(part) : `<code>${text(part)}</code>`))
    .join('')
}

/** What names the place of a unit in the page. */
function idOf(path: string): string {
  return `u-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
}

function overview(units: readonly LintResult[], {cwd, fixed}: ReportContext): string[] {
  const exposed = units.flatMap(({path, exposure}) =>
    exposure ? [{path: standingPath(path, cwd), exposure}] : [],
  )
  if (exposed.length === 0) return []
  const sorted = exposed.toSorted((one, other) => other.exposure.before - one.exposure.before)
  const rows = sorted.map(
    ({path, exposure: {before, after}}) =>
      `<tr><th scope="row"><a href="#${idOf(path)}">${text(path)}</a></th><td>${total(before)}</td><td>${bar(before, after)}</td><td>${after === before ? '' : total(after)}</td></tr>`,
  )
  return [
    '<section id="exposure">',
    '<h2>Exposure</h2>',
    '<div class="wide" tabindex="0" role="region" aria-label="Exposure of all units">',
    '<table>',
    `<thead><tr><th scope="col">Unit</th><th scope="col">Before</th><th scope="col"><span class="unseen">As a bar</span></th><th scope="col">${fixed ? 'Now' : 'After --fix'}</th></tr></thead>`,
    '<tbody>',
    ...rows,
    '</tbody>',
    '</table>',
    '</div>',
    '</section>',
  ]
}

/** `9.2 UNSAFE`, coloured. */
function total(tenths: number): string {
  const level = levelOf(tenths)
  return `<span class="total ${level.toLowerCase()}">${formatExposure(tenths)} <small>${level}</small></span>`
}

/**
 * A bar from 0 to 10: what fixes leave, and behind it what there was. A picture, as a policy lets
 * no style stand in an element.
 */
function bar(before: number, after: number): string {
  const words = `${formatExposure(before)} of 10${after === before ? '' : `, ${formatExposure(after)} after fixes`}`
  return [
    `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${words}"><rect class="ground" width="100" height="8"/>`,
    `<rect class="before" width="${before}" height="8"/><rect class="after ${levelOf(after).toLowerCase()}" width="${Math.min(before, after)}" height="8"/></svg>`,
  ].join('')
}

function filter(units: readonly LintResult[]): string[] {
  if (units.length === 0) return []
  const boxes = ([2, 1, 0] as const).map(
    (severity) =>
      `<label><input type="checkbox" name="severity" value="${severityNames[severity]}" checked> ${severityNames[severity]}</label>`,
  )
  return [
    '<form id="filter" role="search" hidden>',
    '<label>Find <input type="search" name="words" placeholder="unit, rule or words" autocomplete="off"></label>',
    `<fieldset><legend class="unseen">Severities</legend>${boxes.join('')}</fieldset>`,
    '<output aria-live="polite"></output>',
    '</form>',
  ]
}

function section(entry: LintResult, context: ReportContext): string {
  const path = standingPath(entry.path, context.cwd)
  const {exposure, applied, messages} = entry
  const mended =
    context.fixed && applied.length > 0
      ? [`<p>Fixed: ${applied.map((id) => `<code>${text(id)}</code>`).join(', ')}</p>`]
      : []
  const planned = messages.filter((message) => message.fix !== undefined)
  // Restrictions are one finding, or none where they are only information: the plan has them.
  const told = withRestrictions(entry, context).filter(
    ({ruleId, severity}) => ruleId !== restrictionsId || severity > 0,
  )
  const findings = told.toSorted((one, other) => other.severity - one.severity)
  return [
    `<section class="unit" id="${idOf(path)}">`,
    `<h2>${text(path)}</h2>`,
    ...(exposure
      ? [
          `<p class="exposure">${total(exposure.before)} ${bar(exposure.before, exposure.after)} ${exposure.after === exposure.before ? '' : total(exposure.after)}</p>`,
        ]
      : []),
    ...mended,
    ...(findings.length === 0
      ? []
      : [
          '<ul class="findings">',
          ...findings.map((message) => finding(message, entry, context)),
          '</ul>',
        ]),
    ...plan(planned),
    '</section>',
  ].join('\n')
}

function finding(message: Message, entry: LintResult, {rules}: ReportContext): string {
  const {severity, place, ruleId, text: words, note} = message
  const level = severityNames[severity]
  const where = place ? `<span class="place">${place.start.line}:${place.start.column}</span> ` : ''
  const isKnown = ruleId !== undefined && rules.some(({id}) => id === ruleId)
  const name =
    ruleId === undefined
      ? ''
      : ` <span class="rule">${isKnown ? `<a href="#${ruleAnchor(ruleId)}">${text(ruleId)}</a>` : text(ruleId)}</span>`
  const more = note === undefined ? '' : `<p class="note">${prose(note)}</p>`
  return `<li class="finding" data-level="${level}"><span class="badge ${level}">${level}</span> ${where}<span>${prose(words)}</span>${name}${excerpt(message, entry)}${more}</li>`
}

function ruleAnchor(id: string): string {
  return `r-${id.replaceAll(/[^\w-]/g, '.')}`
}

/**
 * The line that it is about, with the place marked; nothing for headers of sections, which say what
 * is not there.
 */
function excerpt(message: Message, entry: LintResult): string {
  const line = textLineOf(message, entry, longestLine)
  const {start, end} = message.place ?? {}
  if (!line || !start || !end || /^\s*(?:\[[^\]]*\])?\s*$/.test(line.text)) return ''
  const from = start.column - 1
  const to = end.line === start.line ? end.column - 1 : line.text.length
  if (from > line.text.length) return ''
  const marked = line.text.slice(from, to)
  return `<pre>${text(line.text.slice(0, from))}${marked === '' ? '' : `<mark>${text(marked)}</mark>`}${text(line.text.slice(to))}${line.text.length === longestLine ? '…' : ''}</pre>`
}

/** What fixes would do and take off the exposure, by who makes them, the most first. */
function plan(planned: readonly Message[]): string[] {
  const kinds = [
    ['safe', 'With <code>--fix</code>'],
    ['unsafe', 'Also with <code>--unsafe-fixes</code>'],
    ['suggestion', 'Left to you'],
  ] as const
  const lists = kinds.flatMap(([kind, words]) => {
    const fixes = planned.flatMap(({fix}) => (fix?.applicability === kind ? [fix] : []))
    const steps = [
      ...new Set(fixes.toSorted((one, other) => (other.gain ?? 0) - (one.gain ?? 0)).map(step)),
    ]
    return steps.length === 0 ? [] : [`<h4>${words}</h4>`, `<ul>${steps.join('')}</ul>`]
  })
  if (lists.length === 0) return []
  const hasGains = planned.some(({fix}) => fix !== undefined && gainWords(fix) !== undefined)
  const legend = hasGains ? ['<p>Before a fix stands what it takes off the exposure.</p>'] : []
  return ['<div class="plan">', '<h3>Plan</h3>', ...legend, ...lists, '</div>']
}

function step(fix: FindingFix): string {
  const gain = gainWords(fix)
  const before = gain === undefined ? '' : `<span class="gain">${gain}</span> `
  return `<li>${before}${prose(fix.title)}</li>`
}

/** What a fix takes off the exposure, where that can be seen. */
function gainWords({gain = 0}: FindingFix): string | undefined {
  const words = hundredths(gain).toFixed(2)
  return words === '0.00' || words === '-0.00' ? undefined : words
}

/** Why the rules that found something want what they want. */
function ruleNotes(units: readonly LintResult[], {rules}: ReportContext): string[] {
  const found = new Set(units.flatMap(({messages}) => messages.map(({ruleId}) => ruleId)))
  const told = rules
    .filter(({id}) => found.has(id))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  if (told.length === 0) return []
  const items = told.map(({id, summary, why, unless}) => {
    const exception =
      unless === undefined ? '' : ` <em>Not for a service where:</em> ${prose(unless)}`
    return `<dt id="${ruleAnchor(id)}">${text(id)}</dt><dd>${prose(summary)}. ${prose(why)}${exception}</dd>`
  })
  return ['<footer>', '<h2>Rules</h2>', '<dl>', ...items, '</dl>', '</footer>']
}
