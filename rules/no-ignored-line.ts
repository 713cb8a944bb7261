import {
  assign,
  complaints,
  defineRule,
  fixBy,
  isValid,
  quadlet,
  sandboxing,
  sectionsOf,
  values,
} from 'unitlint/rule'
import type {Complaint, Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-ignored-line',
  summary: 'Disallow lines that systemd ignores',
  why: 'systemd warns in the log and goes on without the line: what it says is off.',
  on: complaints('junk-line'),
  messages: {
    'outside-section': 'Unexpected {lines} before the first section, ignored by systemd{instead}',
    script:
      'Unexpected script, expected a unit with sections such as `[{section}]`: systemd reads none of its lines',
    'no-equals': 'Unexpected line without `=`, ignored by systemd{instead}',
    'no-key': 'Unexpected `=` without a key before it, ignored by systemd',
  },
  *check(unit) {
    // Quadlet does not pass over them.
    if (quadlet.isQuadlet(unit.type)) return
    const junk = unit.complaints('junk-line')
    // Where a header is missing, one thing is wrong, and not each line.
    const outside = new Map<Complaint['file'], number>()
    for (const {fault, file} of junk)
      if (fault === 'outside-section') outside.set(file, (outside.get(file) ?? 0) + 1)
    for (const at of junk) {
      const {fault, file} = at
      if (fault === 'no-equals')
        yield {
          message: fault,
          data: {instead: headerMeant(unit, at)},
          at,
          fix: asAssignment(unit, at),
        }
      else if (fault === 'no-key') yield {message: fault, at}
      const count = fault === 'outside-section' && outside.get(file)
      if (!count) continue
      outside.delete(file)
      const script = values.scriptIn(unit, file)
      if (script) {
        const section = sectionsOf(unit).find((name) => name !== 'Unit' && name !== 'Install')
        yield {message: 'script', data: {section: section ?? 'Unit'}, at: script}
        continue
      }
      const lines = count === 1 ? 'line' : `${count} lines`
      yield {message: 'outside-section', data: {lines, instead: headerMeant(unit, at)}, at}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nPrivateTmp\n',
      'User=example\n[Service]\nExecStart=/usr/bin/example\n',
      'Unit]\nDescription=Example\n[Service]\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '# Comments may stand anywhere\n[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\n',
    ],
  },
})

/** What a header without its first bracket is meant to be, in words; else nothing. */
function headerMeant(unit: Unit, {file, span}: Complaint): string {
  const line = file.tree.text.slice(span.start, Math.min(span.end, span.start + longest)).trim()
  const name = sectionsOf(unit).find((section) => line === `${section}]` || line === section)
  return name === undefined ? '' : `, expected \`[${name}]\``
}

/**
 * `KEY: VALUE` or `KEY VALUE` with the sign that it lacks, where systemd takes that without a word.
 */
function asAssignment(unit: Unit, {file, span}: Complaint): Fix | undefined {
  const line = file.tree.text.slice(span.start, span.end)
  if (line.length > longest) return undefined
  const [, indent = '', key = '', sign = '', value = ''] =
    /^([ \t]*)([A-Z][A-Za-z0-9]+)([ \t]*:[ \t]*|[ \t]+)([^\s:=].*)\s*$/.exec(line) ?? []
  if (key === '') return undefined
  const section = file.tree.children.findLast(
    (child) => child.type === 'section' && child.position.start.offset <= span.start,
  )
  const text = values.stripped(value)
  if (section?.type !== 'section' || !isValid(unit, section.name, key, text)) return undefined
  const {applicability} = sandboxing.weighLine(unit, section.name, key, text)
  const start = span.start + indent.length + key.length
  // Without a colon it may be prose, and a colon that clings to the value may be a part of it.
  const isPlain = /^:|:[ \t]+$/.test(sign) && applicability !== 'withheld' && values.isWhole(text)
  const change = assign({file, span: {start, end: start + sign.length}})
  return fixBy(isPlain ? applicability : 'suggestion', change, `Write \`${key}=\``)
}

/** Nobody means what is longer. */
const longest = 1000
