import {severityNames, tally} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import {unmarked, totalWords} from './exposure.ts'
import type {Formatter, ReportContext} from './formatter.ts'
import {printable} from './printable.ts'
import {standingPath} from './relative-path.ts'
import {withRestrictions} from './restrictions.ts'
import {count, problemWords, runWords} from './summary.ts'

/** A comment of GitHub's holds 65,536 characters: what is behind that many is counted only. */
const longest = 60_000

/** How many units the table names. */
const mostUnits = 100

const marks = {0: 'ℹ️', 1: '⚠️', 2: '❌'} as const

/**
 * Markdown for the summary of a step, or a comment: the exposure of each unit before and after
 * fixes, then what was found. What units say is escaped.
 */
export const markdown: Formatter = (entries, context) => {
  const told = entries.map((entry) => ({
    entry,
    path: standingPath(entry.path, context.cwd),
    messages: withRestrictions(entry, context),
  }))
  const facts = context.run
    ? [prose(runWords(entries, context.run, context.fixed, unmarked, (path) => `\`${path}\``))]
    : []
  const parts = [`## unitlint: ${problemWords(entries)}`, ...facts, ...table(told, context)]
  const findings = told
    .filter(({messages}) => messages.length > 0)
    .toSorted((one, other) => worst(other) - worst(one))
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  let left = 0
  for (const {path, messages} of findings) {
    const part = [`### ${code(path)}`, sorted(messages).map(item).join('\n')].join('\n\n')
    length += part.length + 2
    if (length <= longest) parts.push(part)
    else left += messages.length
  }
  if (left > 0)
    parts.push(`And ${count(left, 'finding')} more; \`unitlint\` on these files tells all.`)
  return parts.join('\n\n')
}

/** A file with what is told of it. */
interface ToldFile {
  readonly entry: LintResult
  readonly path: string
  readonly messages: readonly Message[]
}

function worst({messages}: ToldFile): number {
  return messages.reduce((most, {severity}) => Math.max(most, severity), 0)
}

/** The worst first, else by place. */
function sorted(messages: readonly Message[]): readonly Message[] {
  return messages.toSorted((one, other) => other.severity - one.severity)
}

function table(told: readonly ToldFile[], {fixed}: ReportContext): string[] {
  const units = told.filter(
    ({entry, messages}) => entry.exposure !== undefined || messages.length > 0,
  )
  if (units.length === 0) return []
  const shown = units
    .toSorted(
      (one, other) => (other.entry.exposure?.before ?? -1) - (one.entry.exposure?.before ?? -1),
    )
    .slice(0, mostUnits)
  const rows = shown.map(({entry: {messages, exposure}, path}) => {
    const {errors, warnings} = tally(messages)
    const [before, after] = exposure
      ? [exposure.before, exposure.after].map((total) => totalWords(total, unmarked))
      : ['', '']
    return `| ${code(path)} | ${errors} | ${warnings} | ${before} | ${after} |`
  })
  const more =
    units.length > shown.length
      ? [`And ${count(units.length - shown.length, 'unit')} more, less exposed.`]
      : []
  return [
    [
      `| Unit | Errors | Warnings | Exposure | ${fixed ? 'Now' : 'After `--fix`'} |`,
      '| --- | ---: | ---: | --- | --- |',
      ...rows,
    ].join('\n'),
    ...more,
  ]
}

function item({severity, place, text, ruleId, note}: Message): string {
  const where = place ? ` ${place.start.line}:${place.start.column}` : ''
  const rule = ruleId === undefined ? '' : ` (${code(ruleId)})`
  return `- ${marks[severity]} ${severityNames[severity]}${where}: ${prose(text)}${rule}${note === undefined ? '' : `<br>${prose(note)}`}`
}

/**
 * Words with code between backticks. Whatever others would make a link or a mention of is code too.
 */
function prose(text: string): string {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 1 || /[@#]|:\/\/|:\w+:|www\./i.test(part)
        ? part === ''
          ? ''
          : code(part)
        : escaped(printable(part)),
    )
    .join('')
}

function code(text: string): string {
  return `<code>${escaped(printable(text))}</code>`
}

/**
 * As references, which Markdown takes for text wherever they stand (CommonMark, 2.5): whatever
 * means something within a line, or makes a link.
 */
function escaped(text: string): string {
  return text.replaceAll(
    /[#$&*<>@[\\\]^_`{|}~]|:(?=\/\/)|(?<=\bwww)\./gi,
    (one) => `&#${one.codePointAt(0)};`,
  )
}
