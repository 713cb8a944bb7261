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
import type {Complaint, MeantLine, Unit} from 'unitlint/rule'

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
    for (const line of values.faultyLines(unit)) {
      if (checkPlaceholders || !isOpen(line, unit)) yield* problemsOf(line, unit)
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
function isOpen(line: values.FaultyLine, unit: Unit): boolean {
  const {value} = line
  return (
    values.hasPlaceholder(value) ||
    (/%[iI]/.test(value) && unitNames.standsForTemplate(unit)) ||
    values.isLeftToInstances(unit, line)
  )
}

function* problemsOf(line: values.FaultyLine, unit: Unit) {
  const {key, file, directive, faults} = line
  const at = {file, span: directive.valueSpan}
  const meaning = meantLine(unit, line)
  const {applicability, comment, isInverted, isTaken} = meaning
  const written = rewrite(line, meaning.values, comment)
  const isRefusal = faults.some(isOfUnit) ? (true as const) : undefined
  const misread = values.misread(unit, line)
  const [first] = faults
  if (comment !== undefined) {
    const fix = fixBy(applicability, written, 'Move the comment to a line of its own')
    yield {message: 'comment', data: {key}, at, fix, isRefusal} as const
  } else if (isInverted && first) {
    const title = meaning.values.length > 1 ? 'Split it into two lines' : 'Write `~` once'
    const fix = isTaken ? fixBy(applicability, written, title) : undefined
    const others = faults.filter(({span}) => file.tree.text[span.start] !== '~')
    const inverting = faults.find((fault) => !others.includes(fault)) ?? first
    yield {message: 'inverted', data: {key}, at: inverting, fix, isRefusal} as const
    // What else is wrong is so without the sign as well.
    const left = others.filter((fault) => fault !== inverting)
    yield* eachOf(line, unit, {faults: left, meaning, isRefusal})
  } else if (misread && first) {
    const {words, because, fix} = misread
    const data = {key, words, because, outcome: outcomeOf(first, unit)}
    yield {message: 'because', data, at, fix, isRefusal} as const
  } else {
    yield* eachOf(line, unit, {faults, meaning, isRefusal})
  }
}

/** Faults of a line, one by one. */
function* eachOf(
  line: values.FaultyLine,
  unit: Unit,
  {
    faults,
    meaning,
    isRefusal,
  }: {faults: values.FaultyLine['faults']; meaning: MeantLine; isRefusal: true | undefined},
) {
  const {key, file, directive} = line
  const {applicability, lostCommas, values: meant} = meaning
  const uncommaed = lostCommas
    ? fixBy(applicability, rewrite(line, meant), 'Leave out the commas')
    : undefined
  // Another rule tells of quotes around a whole command.
  const isQuoted = key.startsWith('Exec') && /^[-@:+!|]*["']/.test(directive.value)
  const unlessTold = isQuoted ? [{file, span: directive.valueSpan}] : []
  for (const fault of faults) {
    const {meant: word, message: words = ''} = fault
    const fix = uncommaed ?? history.respelt(line, fault.span, word, applicability)
    const reason = values.emptyInstance(unit, fault) ?? shell.reasonOfRefusal(unit, fault)
    const [data, its] = [
      {key, words, outcome: outcomeOf(fault, unit)},
      {at: fault, isRefusal},
    ]
    if (reason) {
      const {because, fix: own = fix} = reason
      yield {message: 'because', data: {...data, because}, ...its, fix: own, unlessTold} as const
    } else if (fix && word !== undefined && applicability === 'suggestion')
      yield {message: 'misspelt', data: {...data, meant: word}, ...its, fix} as const
    else yield {message: 'invalid', data, ...its, fix, unlessTold} as const
  }
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
