import fc from 'fast-check'
import {parse} from '../../syntax/parse.ts'
import {Suppressions} from '../../engine/suppress.ts'
import type {LintOptions} from '../../engine/options.ts'
import {everything, judged} from './properties.ts'
import {fuzzTarget, hold, anyOf} from './target.ts'

const ids = ['private-tmp', 'no-unknown-directive', 'no-ignored-line', 'protect-home', 'x']
/**
 * The rules that the comments speak of, and those that say most: what comments do is the same for
 * all.
 */
const spoken = new Set([
  ...ids,
  'no-line-continuation-comment',
  'no-overridden-value',
  'protect-system',
  'umask',
])
const some: LintOptions = {
  ...everything,
  rules: everything.rules.filter(({rule}) => spoken.has(rule.id)),
}

const verbs = [
  'disable',
  'disable',
  'enable',
  'disable-next-line',
  'disable-next-line',
  'disable-line',
  'disabled',
  '',
]

const comment = fc
  .tuple(
    fc.constantFrom('#', ';', '# ', '#\t', ' # '),
    anyOf(verbs),
    fc.array(anyOf(ids), {maxLength: 3}),
    fc.constantFrom(' ', ', ', ',,', '\t'),
    fc.constantFrom('', ' -- c', '--', ' --', ' -- a -- b'),
  )
  .map(
    ([mark, verb, rules, between, reason]) =>
      `${mark}unitlint-${verb} ${rules.join(between)}${reason}`,
  )

const line = fc.oneof(
  {weight: 4, arbitrary: comment},
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '[Service]',
      '[Unit]',
      'PrivateTmp=no',
      'PrivatTmp=yes',
      'ProtectHome=no',
      'junk',
      '',
      '# c',
      'Foo=bar',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'ExecStart=/usr/bin/x \\',
      '  y \\',
      'PrivateTmp=\\',
      'Environment=A=b \\',
    ),
  },
)

/**
 * Comments that speak to rules, in all places: they take away what they say, never add to it, and
 * hold for fixes too.
 */
export const suppressionsTarget = fuzzTarget<string>({
  arbitrary: fc
    .tuple(fc.array(line, {maxLength: 16}), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => `[Service]${end}ExecStart=/usr/bin/x${end}${lines.join(end)}`),
  seeds: [
    '[Service]\n# unitlint-disable-next-line\nA=\\\n# unitlint-disable-next-line x\nb\n',
    '# unitlint-disable\n# unitlint-enable x\n[Service]\nA=b',
  ],
  check(text) {
    const unit = {files: [{path: 'a.service', text}]} as const
    const all = judged(unit, {...some, inlineConfig: false}).files[0]?.findings ?? []
    const reported = judged(unit, {...some, reportUnusedDisables: 1}).files[0]?.findings ?? []
    const told = reported.filter(({ruleId}) => ruleId !== 'unused-disable')
    const known = new Set(all.map(wordsOf))
    for (const finding of told)
      hold(known.has(wordsOf(finding)), () => `a comment made a finding: ${wordsOf(finding)}`)
    if (all.length === told.length) {
      const disabling = [...new Suppressions(parse(text), some).remarks()].length
      const unused = reported.length - told.length
      hold(
        unused === disabling,
        () => `${disabling} comments are of no use, and ${unused} are told`,
      )
    }
    const fixed = judged(unit, {...some, fix: 'unsafe'})
    const twice = judged(
      {files: [{path: 'a.service', text: fixed.files[0]?.text ?? ''}]},
      {...some, fix: 'unsafe'},
    )
    hold(twice.files[0]?.text === fixed.files[0]?.text, () => 'fixes made twice do more than once')
    const mayFix = new Set(told.map(({ruleId}) => ruleId))
    const [first] = fixed.applied
    hold(
      first === undefined || mayFix.has(first),
      () => `a fix of ${first} was made, of which nothing was told`,
    )
  },
  grow(text, times) {
    judged(
      {files: [{path: 'a.service', text: `${text}\n`.repeat(times)}]},
      {...some, reportUnusedDisables: 1},
    )
  },
})

function wordsOf({
  ruleId,
  message,
  position: {start},
}: {
  ruleId: string
  message: string
  position: {start: {line: number; column: number}}
}): string {
  return `${start.line}:${start.column} ${ruleId} ${message}`
}
