import {defineRule, isHardening} from 'unitlint/rule'
import type {AccessId, Value, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-needed-denial',
  summary: 'Disallow options that take away what the service needs',
  why: 'The service fails: at its start, or weeks later when it first does what is denied.',
  unless: 'What the rule takes for a need is not used in this service.',
  messages: {
    needed: 'Unexpected `{directive}={value}`: {because}',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    const needs = unit.needs.filter(({certain}) => certain)
    if (needs.length === 0) return
    for (const directive of new Set(unit.all('Service').map(({key}) => key))) {
      const values = isHardening(directive) ? unit.values(directive) : []
      const at = values.at(-1)
      if (!at) continue
      const denied = deniedBy(unit, directive, values)
      const need = needs.find(({access}) => denied.has(access))
      if (need) yield {message: 'needed', data: {directive, value: at.value, because: need.because}, at}
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nMemoryDenyWriteExecute=yes\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/node /srv/example/main.js\nPrivateTmp=yes\n',
      '[Service]\nType=dbus\nBusName=org.example\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallFilter=ioprio_get\n',
    ],
  },
})

/** What all lines in force deny together: lines that allow add up, and what one of them allows no other denies. */
function deniedBy(unit: Unit, directive: string, lines: readonly Value[]): ReadonlySet<AccessId> {
  const values = lines.map(({value}) => value)
  const denied = (value: string): readonly AccessId[] => unit.denies(directive, value)
  if (!lists.has(directive)) return new Set(denied(values.at(-1) ?? ''))
  const [inverted, allowing] = [values.filter((value) => value.startsWith('~')), values.filter((value) => !value.startsWith('~'))]
  // Lines that allow take back some of what others deny before.
  if (values[0]?.startsWith('~') && allowing.length > 0) return new Set()
  const [first = [], ...rest] = allowing.map(denied)
  return new Set([...first.filter((access) => rest.every((other) => other.includes(access))), ...inverted.flatMap(denied)])
}

/** The directives whose lines add up, and whose values may be inverted. */
const lists: ReadonlySet<string> = new Set(['CapabilityBoundingSet', 'RestrictAddressFamilies', 'RestrictNamespaces', 'SystemCallFilter'])
