import {defineRule, isValid, splitWords} from 'unitlint/rule'

export default defineRule({
  id: 'no-invalid-value',
  summary: 'Disallow values that systemd cannot read',
  why: 'systemd warns in the log and goes on with the value that the directive had before: often none.',
  messages: {
    invalid: '{words} in `{key}=`',
    empty: 'Unexpected empty value of `{key}=`',
    repeated: 'Unexpected second `{key}=`, only the first counts',
    comment: 'Unexpected comment behind the value of `{key}=`, which systemd takes for a part of it',
    inverted: 'Unexpected `~` within `{key}=`, expected only at the start of the value',
  },
  *check(unit) {
    const commented = new Set<unknown>()
    for (const {kind, directive, section = '', file, span, message = '', meant, silent} of unit.verdict.complaints) {
      if (!directive || silent || commented.has(directive)) continue
      const {key, value} = directive
      const at = {file, span}
      if (kind === 'empty-value') yield {message: 'empty', data: {key}, at}
      if (kind === 'repeated') yield {message: 'repeated', data: {key}, at}
      if (kind !== 'invalid-value' && kind !== 'unknown-specifier') continue
      const [, before, comment] = /^([^#;]*?)\s+([#;].*)$/s.exec(value) ?? []
      const written = {file, range: [directive.valueSpan.start, directive.valueSpan.end] as const}
      const start = directive.position.start.offset ?? 0
      const lineEnd = file.tree.lineEnd
      const applicable = (text: string) => {
        const denied = section === 'Service' ? unit.denies(key, text).filter((access) => access !== 'unknown-effect') : []
        const {applicability} = unit.judge(denied)
        return applicability === 'withheld' ? ('suggestion' as const) : applicability
      }
      if (before !== undefined && comment !== undefined && !directive.pieces && isValid(unit, section, key, before)) {
        commented.add(directive)
        const edits = [
          {file, range: [start, start] as const, text: `${comment}${lineEnd}`},
          {...written, text: before},
        ]
        yield {
          message: 'comment',
          data: {key},
          at: {file, span: directive.valueSpan},
          fix: {title: 'Move the comment to a line of its own', applicability: applicable(before), edits},
        }
        continue
      }
      const tilde = splitWords(value, 'plain').words.find((word) => word.start > 0 && word.text.startsWith('~'))
      if (
        tilde &&
        !directive.pieces &&
        (key === 'SystemCallFilter' || key === 'CapabilityBoundingSet' || key === 'RestrictAddressFamilies' || key === 'RestrictNamespaces')
      ) {
        commented.add(directive)
        const head = value.slice(0, tilde.start).trimEnd()
        const tail = `~${value.slice(tilde.start).replaceAll('~', '')}`
        const lead = file.tree.text.slice(start, directive.valueSpan.start)
        const isSplittable = !value.startsWith('~') && isValid(unit, section, key, head) && isValid(unit, section, key, tail)
        const edits = [{...written, text: `${head}${lineEnd}${lead}${tail}`}]
        yield {message: 'inverted', data: {key}, at, fix: isSplittable ? {title: 'Split it into two lines', applicability: 'safe' as const, edits} : undefined}
        continue
      }
      const isMeant = meant !== undefined && !directive.pieces
      const whole = isMeant ? value.slice(0, span.start - directive.valueSpan.start) + meant + value.slice(span.end - directive.valueSpan.start) : ''
      const fix = isMeant
        ? {
            title: `Write \`${meant}\``,
            applicability:
              isSameWord(meant, file.tree.text.slice(span.start, span.end)) && isValid(unit, section, key, whole) ? applicable(whole) : ('suggestion' as const),
            edits: [{file, range: [span.start, span.end] as const, text: meant}],
          }
        : undefined
      yield {message: 'invalid', data: {key, words: message}, at, fix}
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

/** Whether two spellings differ in case and punctuation only: then one was meant by the other. */
function isSameWord(one: string, other: string): boolean {
  const [plain, written] = [one, other].map((word) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  return plain === written
}
