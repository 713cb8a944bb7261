import {
  assign,
  complaints,
  defineRule,
  fixBy,
  history,
  isValid,
  quadlet,
  rename,
  sandboxing,
  values,
} from 'unitlint/rule'
import type {Complaint, Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unknown-directive',
  summary: 'Disallow directives that systemd does not know',
  why: 'systemd warns in the log and goes on without the line: what it says is off.',
  on: complaints('unknown-directive'),
  messages: {
    unknown: 'Unexpected directive `{key}` in `[{section}]`, unknown to {reader}',
    misspelt: 'Unexpected directive `{key}`, did you mean `{meant}`?',
    elsewhere:
      'Unexpected directive `{key}` in `[{section}]`, did you mean `{meant}` in `[{home}]`?',
  },
  *check(unit) {
    for (const at of unit.complaints('unknown-directive')) {
      const {directive, section = '', file} = at
      if (!directive) continue
      const {key, value} = directive
      const apart = asAssignment(unit, at)
      if (apart) {
        yield {message: 'misspelt', data: {key, meant: `${apart.meant}=`}, at, fix: apart.fix}
        continue
      }
      const found = history.unknownDirective(key, section, unit.type, unit.target.version)
      if (found.why !== 'unknown') continue
      if (!found.meant) {
        const isOfQuadlet = quadlet.isQuadlet(unit.type) && isRead(unit.type, section)
        const reader = isOfQuadlet ? 'Quadlet, which makes no service of it' : 'systemd'
        yield {message: 'unknown', data: {key, section, reader}, at}
        continue
      }
      const {key: meant, section: home} = found.meant
      if (home === section) {
        const {applicability} = sandboxing.weighLine(unit, section, meant, value)
        const isPlain = isValid(unit, section, meant, value) && values.isWhole(value)
        const slip = isSlip(key, meant) ? 'unsafe' : 'suggestion'
        const likely = isSameName(key, meant) ? applicability : slip
        const isBorne = applicability !== 'withheld' && likely !== 'withheld'
        const certainty = isPlain && isBorne ? likely : 'suggestion'
        const change = rename({section, key, value, directive, file}, meant)
        const renamed = fixBy(certainty, change, `Write \`${meant}\``)
        const fix = /^[A-Za-z0-9_-]+$/.test(key) ? renamed : undefined
        yield {message: 'misspelt', data: {key, meant}, at, fix}
      } else yield {message: 'elsewhere', data: {key, section, meant, home}, at}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nPrivatTmp=yes\n',
      '[Service]\nExecStart=/usr/bin/example\nEntirelyMadeUp=yes\n',
      '[Service]\nExecStart=/usr/bin/example\n[Install]\nRestrat=always\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\nX-Comment=of our own\n'],
  },
})

/**
 * `Environment: NAME=VALUE` and the like without the colon, of which systemd takes the first `=`
 * for the sign of an assignment.
 */
function asAssignment(
  unit: Unit,
  {directive, section = '', file}: Complaint,
): {readonly meant: string; readonly fix: Fix} | undefined {
  if (!directive || directive.pieces || directive.key.length > longest) return undefined
  const {key, keySpan, valueSpan} = directive
  const [lead = '', meant = '', sign = ''] =
    /^([A-Z][A-Za-z0-9]+)([ \t]*:[ \t]*|[ \t]+)(?![:=])/.exec(key) ?? []
  const start = keySpan.start + lead.length
  if (meant === '' || !isValid(unit, section, meant, file.tree.text.slice(start, valueSpan.end)))
    return undefined
  const change = assign({file, span: {start: start - sign.length, end: start}})
  return {meant, fix: fixBy('suggestion', change, `Write \`${meant}=\``)}
}

/** Nobody means what is longer. */
const longest = 1000

/** Whether it is Quadlet that reads a section. */
function isRead(type: Parameters<typeof quadlet.quadletSection>[0], section: string): boolean {
  return section === quadlet.quadletSection(type) || section === 'Quadlet'
}

/**
 * Whether one letter too many, too few or wrong, or two that changed places, made one name of the
 * other.
 */
function isSlip(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start++
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const [written, meant] = [one, other].map((name) => name.slice(start, name.length - end))
  if (written === undefined || meant === undefined) return false
  return (
    Math.max(written.length, meant.length) < 2 ||
    (written.length === 2 && written === [...meant].toReversed().join(''))
  )
}

/** Whether two names differ in case, hyphens and underscores only. */
function isSameName(one: string, other: string): boolean {
  const [plain, written] = [one, other].map((name) => name.toLowerCase().replaceAll(/[-_]/g, ''))
  return plain === written
}
