import * as z from 'zod'
import {complaints, defineRule, isValid, judgeLine, replaceWord, rewrite, splitWords, valueOffset} from 'unitlint/rule'
import type {Assignment, Change, Complaint, Fix, Unit} from 'unitlint/rule'

const defaults = {checkPlaceholders: true}

export default defineRule({
  id: 'no-invalid-value',
  summary: 'Disallow values that systemd cannot read',
  why: 'systemd warns in the log and goes on with the value that the directive had before: often none.',
  defaults,
  options: () =>
    z.strictObject({
      checkPlaceholders: z
        .boolean()
        .default(defaults.checkPlaceholders)
        .describe('Judge placeholders of templates, such as `@user@` or `{{ user }}`, like any other text'),
    }),
  on: complaints('invalid-value', 'unknown-specifier', 'empty-value', 'repeated'),
  messages: {
    invalid: '{words} in `{key}=`',
    empty: 'Unexpected empty value of `{key}=`',
    repeated: 'Unexpected second `{key}=`, only the first counts',
    comment: 'Unexpected comment behind the value of `{key}=`, which systemd takes for a part of it',
    inverted: 'Unexpected `~` within `{key}=`, expected only at the start of the value',
  },
  *check(unit, {checkPlaceholders}) {
    for (const line of linesOf(unit)) {
      if (!checkPlaceholders && placeholder.test(line.directive.value)) continue
      const {directive, faults} = line
      const {key, valueSpan: whole} = directive
      const meaning = meaningOf(unit, line)
      const [first] = faults
      if (meaning.comment !== undefined) {
        const fix = {title: 'Move the comment to a line of its own', applicability: meaning.applicability, changes: rewritten(line, meaning)}
        yield {message: 'comment', data: {key}, at: {file: line.file, span: whole}, fix}
      } else if (meaning.isInverted && first) {
        const title = meaning.values.length > 1 ? 'Split it into two lines' : 'Write `~` once'
        const fix = meaning.isTaken ? {title, applicability: meaning.applicability, changes: rewritten(line, meaning)} : undefined
        yield {message: 'inverted', data: {key}, at: first, fix}
      } else {
        for (const fault of faults) {
          const {meant, message: words = ''} = fault
          const changes = meaning.lostCommas ? rewritten(line, meaning) : meant === undefined ? undefined : spelt(line, fault, meant)
          const title = meaning.lostCommas ? 'Leave out the commas' : `Write \`${meant}\``
          const fix = changes && {title, applicability: meaning.applicability, changes}
          yield {message: 'invalid', data: {key, words}, at: fault, fix}
        }
      }
    }
    for (const {kind, directive, file, span} of unit.verdict.complaints) {
      if (!directive) continue
      if (kind === 'empty-value') yield {message: 'empty', data: {key: directive.key}, at: {file, span}}
      if (kind === 'repeated') yield {message: 'repeated', data: {key: directive.key}, at: {file, span}}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=Strict\n',
      '[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes # for the socket\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service ~@privileged\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nTimeoutStartSec=1min 30s\n'],
  },
})

/** A line with a bad value, and all that systemd says of it. */
interface Line extends Pick<Complaint, 'file'> {
  readonly section: string
  readonly directive: NonNullable<Complaint['directive']>
  readonly faults: Complaint[]
}

/** What a line means, as far as one can tell. */
interface Meaning {
  /** As it should be written, in a line for each. */
  readonly values: readonly [string, ...string[]]
  /** The comment behind it that should stand alone. */
  readonly comment?: string
  readonly isInverted: boolean
  /** Words that systemd took, commas and all, are without them. */
  readonly lostCommas: boolean
  /** Whether systemd takes all of it without a word. */
  readonly isTaken: boolean
  readonly applicability: NonNullable<Fix['applicability']>
}

function linesOf(unit: Unit): Iterable<Line> {
  const lines = new Map<Complaint['directive'], Line>()
  for (const complaint of unit.verdict.complaints) {
    const {kind, directive, section = '', file, silent} = complaint
    if (!directive || silent || (kind !== 'invalid-value' && kind !== 'unknown-specifier')) continue
    const line = lines.get(directive)
    if (line) line.faults.push(complaint)
    else lines.set(directive, {file, section, directive, faults: [complaint]})
  }
  return lines.values()
}

/** The line without the comment behind it, if systemd takes that; else with the words that are plainly meant. */
function meaningOf(unit: Unit, line: Line): Meaning {
  const {value, pieces} = line.directive
  const end = pieces ? -1 : value.search(/(?<=[ \t])(?:[#;]|\/\/)/)
  const isOutside = ['"', "'"].every((quote) => value.slice(0, end).split(quote).length % 2 === 1)
  if (end !== -1 && isOutside) {
    const meaning = meaningOfText(unit, line, value.slice(0, end).trimEnd())
    if (meaning.isTaken) return {...meaning, comment: value.slice(end).replace(/^\/\//, '#')}
  }
  return meaningOfText(unit, line, value)
}

function meaningOfText(unit: Unit, line: Line, written: string): Meaning {
  const {directive, section} = line
  const {key, pieces} = directive
  const spelled = asMeant(line, written)
  const text = withoutCommas(unit, line, spelled)
  const tilde = inverting.has(key) && !pieces ? splitWords(text, 'plain').words.find((word) => word.start > 0 && word.text.startsWith('~')) : undefined
  const rest = tilde && text.slice(tilde.start).replaceAll('~', '')
  const values: Meaning['values'] =
    !tilde || rest === undefined ? [text] : text.startsWith('~') ? [text.slice(0, tilde.start) + rest] : [text.slice(0, tilde.start).trimEnd(), `~${rest}`]
  const isTaken = values.every((value) => isValid(unit, section, key, value))
  const {applicability, because} = judgeLine(unit, section, key, values.at(-1) ?? '')
  // The line itself, as it stands, is no evidence of what is needed.
  const isNeeded = because.some(({assignment}) => assignment?.directive !== directive)
  // A comma that is left says that the words may have been others.
  const isPlain = isTaken && !isNeeded && isSameWord(text, written) && !/,(?:[ \t]|$)/.test(text)
  // A list with `~` in it was in force, but for what stands behind that.
  const usable = tilde ? 'safe' : applicability === 'withheld' ? 'unsafe' : applicability
  return {values, isInverted: tilde !== undefined, lostCommas: text !== spelled, isTaken, applicability: isPlain ? usable : 'suggestion'}
}

/** A list without commas at the ends of its words, if the words that systemd cannot read have one too. */
function withoutCommas(unit: Unit, {directive, section, faults, file}: Line, text: string): string {
  const {key, pieces} = directive
  const haveCommas = faults.every(({span}) => file.tree.text.slice(span.start, span.end).includes(','))
  if (pieces || !haveCommas || key.startsWith('Exec')) return text
  const words = text.replaceAll(/(?<!,),+(?=[ \t]|$)/g, '')
  return isValid(unit, section, key, words) ? words : text
}

/** The text with what is plainly meant in the place of what is wrong in it. */
function asMeant({directive, faults}: Line, written: string): string {
  const {value} = directive
  let text = ''
  let end = 0
  for (const {span, meant} of faults.toSorted((one, other) => one.span.start - other.span.start)) {
    const [from, to] = [valueOffset(directive, span.start), valueOffset(directive, span.end - 1) + 1]
    if (meant === undefined || from < end) continue
    if (from === 0 && to === value.length) return meant
    if (to > written.length) break
    text += written.slice(end, from) + meant
    end = to
  }
  return text + written.slice(end)
}

/** What puts what is meant in the place of a fault; undefined where it spans lines and has other words than that. */
function spelt(line: Line, {span}: Complaint, meant: string): Change[] | undefined {
  const {directive, file} = line
  const [from, to] = [valueOffset(directive, span.start), valueOffset(directive, span.end - 1) + 1]
  const written = directive.value.slice(from, to)
  const assignment = assignmentOf(line)
  if (file.tree.text.slice(span.start, span.end) === written) {
    return [replaceWord(assignment, {start: from, end: from + written.length}, meant)]
  }
  const [words, others] = [splitWords(written, 'plain').words, splitWords(meant, 'plain').words]
  if (words.length !== others.length) return undefined
  return words.flatMap(({start, end}, index) => {
    const [is, should] = [written.slice(start, end), meant.slice(others[index]?.start, others[index]?.end)]
    return is === should ? [] : [replaceWord(assignment, {start: from + start, end: from + end}, should)]
  })
}

/** The line written anew, its comment before it. */
function rewritten(line: Line, {values, comment}: Meaning): Change[] {
  return [rewrite(assignmentOf(line), values, comment)]
}

function assignmentOf({directive, section, file}: Line): Assignment {
  const {key, value} = directive
  return {section, key, value, directive, file}
}

/**
 * What is filled in before systemd reads the unit: `{{ x }}`, `{% x %}`, `<%= x %>`, `<x>`, `{x}`, `@x@`, `__X__`, `%X%`.
 *
 * Only looked for in values that systemd cannot read: elsewhere these may be meant as they stand. `${X}` is none, as people expect systemd to fill it in.
 */
const placeholder = /\{[{%]|<%|<[A-Za-z][\w -]*>|(?<![${])\{[A-Za-z_]\w*\}|(?<![\w.-])@[A-Za-z]\w*@|__[A-Z]\w*__|%[A-Z][A-Z_]{2,}%/

/** Lists of which a `~` at the start takes the words away from what earlier lines have put together. */
const inverting: ReadonlySet<string> = new Set([
  'CapabilityBoundingSet',
  'DelegateNamespaces',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'SystemCallFilter',
  'SystemCallLog',
])

/** Whether two spellings differ in case and in punctuation without a meaning only: then one was meant by the other. */
function isSameWord(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

/** Signs, points and percent signs of numbers count; hyphens and underscores in words, and all that stands around or between them, do not. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/["',;=@\\ \t]/g, '')
    .replaceAll(/_|(?<![0-9])-(?=[a-z])/g, '')
}
