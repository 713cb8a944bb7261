import {
  complaints,
  defineRule,
  fixBy,
  isValid,
  replaceWord,
  sandboxing,
  values,
} from 'unitlint/rule'

export default defineRule({
  id: 'no-skipped-value',
  summary: 'Disallow values that systemd skips without a word',
  why: 'Not even the log tells that the value does nothing.',
  on: complaints(
    'invalid-value',
    'unknown-specifier',
    'empty-value',
    'repeated',
    'unknown-directive',
    'unsupported-directive',
    'removed-directive',
    'deprecated-directive',
  ),
  messages: {
    skipped: '{words} in `{key}=`, skipped without a word',
    misspelt: 'Unexpected `{written}` in `{key}=`, skipped without a word, did you mean `{meant}`?',
  },
  *check(unit) {
    for (const at of unit.verdict.complaints) {
      const {kind, silent, directive, section = '', file, span, message: words, meant: plain} = at
      if (!silent || !directive || words === undefined || kind === 'deprecated-value') continue
      const {key, value, valueSpan, pieces} = directive
      const written = file.tree.text.slice(span.start, span.end)
      // A `~` in the middle of a list takes away: what it stands before is not what was meant.
      const near = key.includes('Capabilit') ? nearCapability(written) : undefined
      const meant = written.startsWith('~') ? undefined : (plain ?? near)
      if (meant === undefined || pieces) {
        yield {message: 'skipped', data: {words, key}, at, unlessTold: [at]}
        continue
      }
      if (value.length > longest) {
        yield {message: 'misspelt', data: {written, key, meant}, at, unlessTold: [at]}
        continue
      }
      const [start, end] = [span.start - valueSpan.start, span.end - valueSpan.start]
      const whole = value.slice(0, start) + meant + value.slice(end)
      const isSame = plain !== undefined && isSameWord(meant, written)
      const isPlain = isSame && isValid(unit, section, key, meant)
      const {applicability} = sandboxing.weighLine(unit, section, key, whole)
      const change = replaceWord({section, key, value, directive, file}, {start, end}, meant)
      const isUsable = isPlain && applicability !== 'withheld'
      const fix = fixBy(isUsable ? applicability : 'suggestion', change)
      yield {message: 'misspelt', data: {written, key, meant}, at, fix, unlessTold: [at]}
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHWON\n',
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=NET_BIND_SERVICE\n',
    ],
    good: [
      '[Service]\nUser=example\nExecStart=/usr/bin/example\nCapabilityBoundingSet=CAP_CHOWN\n',
    ],
  },
})

/** Nobody mends longer values word by word. */
const longest = 1000

/** Whether two spellings differ in case, punctuation and the prefix of capabilities only. */
function isSameWord(one: string, other: string): boolean {
  const [plain, written] = [one, other].map((word) =>
    word.toLowerCase().replaceAll(/^cap_|[^a-z0-9]/g, ''),
  )
  return plain === written
}

/**
 * The capability that a word is part of, else the one that it misspells; undefined where several
 * are as near: `CAP_NET`, `CAP_SETID`.
 */
function nearCapability(written: string): string | undefined {
  const names = sandboxing.capabilitiesIn(-1n)
  const word = written
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^_?(?:CAPS?_?)?/, '')
    .replace(/_$/, '')
  if (word.length < shortest) return undefined
  const parts = [
    (name: string) => name.replaceAll('_', '') === `CAP${word.replaceAll('_', '')}`,
    (name: string) => name.endsWith(`_${word}`),
    (name: string) => `${name}_`.includes(`_${word}_`),
    (name: string) => name.replaceAll('_', '').startsWith(`CAP${word.replaceAll('_', '')}`),
  ]
  const found = parts.map((isPart) => names.filter(isPart)).find((some) => some.length > 0)
  if (found) return found.length === 1 ? found[0] : undefined
  const bare = names.map((name) => name.slice('CAP_'.length))
  const [one, other] = [values.nearest(word, bare), values.nearest(word, bare.toReversed())]
  return one !== undefined && one === other ? `CAP_${one}` : undefined
}

/** Shorter words are near to anything. */
const shortest = 3
