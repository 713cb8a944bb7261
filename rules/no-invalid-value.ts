import {
  complaints,
  defineRule,
  fixBy,
  history,
  isValid,
  meantLine,
  rewrite,
  sectionsOf,
  shell,
  unitNames,
  values,
} from 'unitlint/rule'
import type {Assignment, Complaint, Fix, Unit} from 'unitlint/rule'

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
      const isRefusal = faults.some(isOfUnit) ? true : undefined
      const oneReason = continued(line, unit) ?? asQuoted(line, unit)
      // Another rule tells of quotes around a whole command.
      const unlessTold =
        key.startsWith('Exec') && /^[-@:+!|]*["']/.test(directive.value)
          ? [{file: line.file, span: whole}]
          : []
      if (meaning.comment !== undefined) {
        const fix = fixBy(applicability, written, 'Move the comment to a line of its own')
        yield {message: 'comment', data: {key}, at: {file: line.file, span: whole}, fix, isRefusal}
      } else if (meaning.isInverted && first) {
        const title = meaning.values.length > 1 ? 'Split it into two lines' : 'Write `~` once'
        const fix = meaning.isTaken ? fixBy(applicability, written, title) : undefined
        yield {message: 'inverted', data: {key}, at: first, fix, isRefusal}
      } else if (oneReason && first) {
        const {words, because, fix} = oneReason
        const data = {key, words, because, outcome: outcomeOf(first, unit)}
        yield {message: 'because', data, at: {file: line.file, span: whole}, fix, isRefusal}
      } else {
        for (const fault of faults) {
          const {meant, message: words = ''} = fault
          const fix = meaning.lostCommas
            ? fixBy(applicability, written, 'Leave out the commas')
            : history.respelt(assignmentOf(line), fault.span, meant, applicability)
          const outcome = outcomeOf(fault, unit)
          const reason = emptyInstance(fault, unit) ?? shell.reasonOfRefusal(unit, fault)
          if (reason) {
            const data = {key, words, because: reason.because, outcome}
            yield {
              message: 'because',
              data,
              at: fault,
              fix: reason.fix ?? fix,
              isRefusal,
              unlessTold,
            }
          } else if (fix && meant !== undefined && applicability === 'suggestion')
            yield {
              message: 'misspelt',
              data: {key, words, outcome, meant},
              at: fault,
              fix,
              isRefusal,
            }
          else
            yield {
              message: 'invalid',
              data: {key, words, outcome},
              at: fault,
              fix,
              isRefusal,
              unlessTold,
            }
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

/** Whether systemd does not load the unit for a fault. */
function isOfUnit({effect, file}: Complaint): boolean {
  return effect === 'unit' && file.role === 'fragment'
}

/** What a fault costs besides its line. */
function outcomeOf(fault: Complaint, unit: Unit): string {
  const {effect, directive} = fault
  if (directive && values.leavesNoProcessor(directive, unit))
    return ': without a processor nothing starts'
  if (effect !== 'unit') return ''
  return isOfUnit(fault) ? ': the unit does not load' : ': the rest of the drop-in is not read'
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

/** The reason where a unit that is no template has no instance. */
function emptyInstance(
  {file, span}: Complaint,
  unit: Unit,
): Pick<OneReason, 'because' | 'fix'> | undefined {
  const [specifier] =
    /%[iI]/.exec(file.tree.text.slice(span.start, Math.min(span.end, span.start + longest))) ?? []
  if (specifier === undefined || unit.names.some((name) => name.includes('@'))) return undefined
  const {prefix, suffix} = unitNames.parseUnitName(unit.name)
  return {
    because: `\`${specifier}\` is empty in a unit that is no template such as \`${prefix}@.${suffix}\``,
  }
}

/** Why a whole value is not taken, whatever words of it systemd complains of. */
interface OneReason {
  readonly words: string
  readonly because: string
  readonly fix?: Fix | undefined
}

/** The reason where a `\\` at the end of a line makes the next one a part of it. */
function continued({directive, section}: Line, unit: Unit): OneReason | undefined {
  const {value, pieces, key} = directive
  if (!pieces) return undefined
  const [, word = '', name, text = ''] = continuing.exec(value.slice(0, longest)) ?? []
  const isHeader = name === undefined && sectionsOf(unit).includes(word.slice(1, -1))
  const isLine = name !== undefined && name !== key && isValid(unit, section, name, text)
  return isHeader || isLine
    ? {
        words: `Unexpected \`${word}\``,
        because: 'which goes on in the next line behind a `\\` at its end',
      }
    : undefined
}

/** A header, or a directive with its value, behind others. */
const continuing = /[ \t](\[[A-Z][a-z]+\]|([A-Z][A-Za-z0-9]+)=)\s*(\S.*)?$/

/** Nobody reads on in longer values. */
const longest = 4096

/**
 * The reason where quotes stand around a value, as people write in other languages or as text
 * editors make them, and systemd takes what is within.
 */
function asQuoted({directive, section, file, faults}: Line, unit: Unit): OneReason | undefined {
  const {key, value, pieces} = directive
  const isTypographic = /[\u201C-\u201F\u2018\u2019\u00AB\u00BB]/.test(value)
  if (pieces || (!isTypographic && (faults.length < 2 || !/^(["']).*\1$/.test(value))))
    return undefined
  const plain = isTypographic
    ? value.replaceAll(/[\u201C-\u201F\u2018\u2019\u00AB\u00BB]/g, '')
    : value.slice(1, -1)
  if (!isValid(unit, section, key, plain)) return undefined
  const kind = isTypographic ? 'typographic quotes' : 'quotes around the value'
  return {
    words: `Unexpected ${kind}`,
    because: 'systemd takes them for a part of it',
    fix: fixBy(
      // There they may stand around words, too.
      key.startsWith('Exec') ? 'suggestion' : 'unsafe',
      rewrite({section, key, value, directive, file}, plain),
      'Remove the quotes',
    ),
  }
}
