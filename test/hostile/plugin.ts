/** A unit that `own/fair` has one thing to say of. */
const unit = '[Service]\nExecStart=/usr/bin/example\n'

const facts = `summary: '', why: '', directives: [], examples: {bad: [], good: []}`
const schema = `{_zod: {}, safeParse: (data) => ({success: true, data})}`

/**
 * A rule by the body of its `check`, in JavaScript; `at` is a place to complain of, `span` its
 * range.
 */
function rule(id: string, body: string, options = schema): string {
  const start = `const at = unit.assignments('Service', 'ExecStart')[0]; const {file} = at; const {start, end} = at.directive.valueSpan`
  return `{id: '${id}', ${facts}, options: ${options}, messages: {bad: 'Bad', filled: '{a} of {b}', long: 'x'.repeat(1e7)}, check(unit, options) { ${start}; ${body} }}`
}

/** A config with a plugin of a fair rule and hostile ones, all on, and two units to lint. */
export function hostile(
  rules: Readonly<Record<string, string>>,
  before = '',
  more: readonly string[] = [],
): Record<string, string> {
  const all = [
    rule('fair', `return [{message: 'bad', at}]`),
    ...Object.entries(rules).map(([id, body]) => rule(id, body)),
    ...more,
  ]
  const ids = ['fair', ...Object.keys(rules)]
  return {
    'unitlint.config.json': JSON.stringify({
      extends: [],
      plugins: {own: './own.mjs'},
      rules: Object.fromEntries(ids.map((id) => [`own/${id}`, 'error'])),
    }),
    'own.mjs': `${before}\nexport default {rules: [${all.join(',\n')}]}\n`,
    'a.service': unit,
    'b.service': unit,
  }
}
