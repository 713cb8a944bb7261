import {
  complaints,
  defineRule,
  fixBy,
  history,
  meantLine,
  rewrite,
  shell,
  unitNames,
  values,
} from 'unitlint/rule'
import type {Assignment, Complaint, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-invalid-value',
  summary: 'Disallow values that systemd cannot read',
  why: 'systemd warns in the log and goes on with the value that the directive had before: often none.',
  ...values.placeholderOption,
  on: complaints('invalid-value', 'unknown-specifier', 'empty-value', 'repeated'),
  messages: {
    invalid: '{words} in `{key}=`{outcome}',
    misspelt: '{words} in `{key}=`{outcome}, did you mean `{meant}`?',
    because: '{words} in `{key}=`, {because}{outcome}',
    empty: 'Unexpected empty value of `{key}=`',
    repeated: 'Unexpected second `{key}=`, only the first counts',
    comment:
      'Unexpected comment behind the value of `{key}=`, which systemd takes for a part of it',
    inverted: 'Unexpected `~` within `{key}=`, expected only at the start of the value',
  },
  *check(unit, {checkPlaceholders}) {
    for (const line of linesOf(unit)) {
      if (!checkPlaceholders && isOpen(line.directive.value, unit)) continue
      const {directive, faults} = line
      const {key, valueSpan: whole} = directive
      const meaning = meantLine(unit, line)
      const {applicability} = meaning
      const written = rewrite(assignmentOf(line), meaning.values, meaning.comment)
      const [first] = faults
      if (meaning.comment !== undefined) {
        const fix = fixBy(applicability, written, 'Move the comment to a line of its own')
        yield {message: 'comment', data: {key}, at: {file: line.file, span: whole}, fix}
      } else if (meaning.isInverted && first) {
        const title = meaning.values.length > 1 ? 'Split it into two lines' : 'Write `~` once'
        const fix = meaning.isTaken ? fixBy(applicability, written, title) : undefined
        yield {message: 'inverted', data: {key}, at: first, fix}
      } else {
        for (const fault of faults) {
          const {meant, message: words = ''} = fault
          const fix = meaning.lostCommas
            ? fixBy(applicability, written, 'Leave out the commas')
            : history.respelt(assignmentOf(line), fault.span, meant, applicability)
          const outcome = outcomeOf(fault, unit)
          const reason = shell.reasonOfRefusal(unit, fault)
          if (reason) {
            const data = {key, words, because: reason.because, outcome}
            yield {message: 'because', data, at: fault, fix: reason.fix ?? fix}
          } else if (fix && meant !== undefined && applicability === 'suggestion')
            yield {message: 'misspelt', data: {key, words, outcome, meant}, at: fault, fix}
          else yield {message: 'invalid', data: {key, words, outcome}, at: fault, fix}
        }
      }
    }
    for (const at of unit.complaints('empty-value', 'repeated')) {
      const message = at.kind === 'repeated' ? 'repeated' : 'empty'
      if (at.directive) yield {message, data: {key: at.directive.key}, at}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=Strict\n',
      '[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes # for the socket\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service ~@privileged\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nTimeoutStartSec=1min 30s\n',
    ],
  },
})

/**
 * Whether a value is yet to be filled in, or to get the instance of the template that the file is
 * installed as.
 */
function isOpen(value: string, unit: Unit): boolean {
  return values.hasPlaceholder(value) || (/%[iI]/.test(value) && unitNames.standsForTemplate(unit))
}

/** What a fault costs besides its line. */
function outcomeOf({effect, file, directive}: Complaint, unit: Unit): string {
  if (directive && values.leavesNoProcessor(directive, unit))
    return ': without a processor nothing starts'
  if (effect !== 'unit') return ''
  return file.role === 'fragment'
    ? ': the unit does not load'
    : ': the rest of the drop-in is not read'
}

/** A line with a bad value, and all that systemd says of it. */
interface Line extends Pick<Complaint, 'file'> {
  readonly section: string
  readonly directive: NonNullable<Complaint['directive']>
  readonly faults: Complaint[]
}

function linesOf(unit: Unit): Iterable<Line> {
  const lines = new Map<Complaint['directive'], Line>()
  for (const complaint of unit.complaints('invalid-value', 'unknown-specifier')) {
    const {directive, section = '', file, silent, effect} = complaint
    if (!directive || silent || effect === 'notice') continue
    const line = lines.get(directive)
    if (line) line.faults.push(complaint)
    else lines.set(directive, {file, section, directive, faults: [complaint]})
  }
  return lines.values()
}

function assignmentOf({directive, section, file}: Line): Assignment {
  const {key, value} = directive
  return {section, key, value, directive, file}
}
