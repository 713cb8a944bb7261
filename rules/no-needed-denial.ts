import {defineRule, isHardening, writtenIn} from 'unitlint/rule'
import type {AccessId, Assignment, Unit} from 'unitlint/rule'

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
    const last = new Map(unit.all('Service').map((assignment) => [assignment.key, assignment]))
    for (const [directive, assignment] of last) {
      if (!isHardening(directive)) continue
      const denied = deniedBy(unit, directive, unit.assignments('Service', directive))
      const need = needs.find(({access}) => denied.has(access))
      if (!need) continue
      const {at} = writtenIn(unit, {kind: 'written', assignments: [assignment]}, false)
      if (at) yield {message: 'needed', data: {directive, value: assignment.value, because: need.because}, at}
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

/** What all lines since the last reset deny together: lines that allow add up, and what one of them allows no other denies. */
function deniedBy(unit: Unit, directive: string, all: readonly Assignment[]): ReadonlySet<AccessId> {
  const reset = all.findLastIndex(({value}) => value === '')
  const values = all.slice(reset + 1).map(({value}) => value)
  const denied = (value: string): readonly AccessId[] => unit.denies(directive, value)
  if (!lists.has(directive)) return new Set(denied(all.at(-1)?.value ?? ''))
  const [inverted, allowing] = [values.filter((value) => value.startsWith('~')), values.filter((value) => !value.startsWith('~'))]
  // Lines that allow take back some of what others deny before.
  if (values[0]?.startsWith('~') && allowing.length > 0) return new Set()
  const [first = [], ...rest] = (values.length === 0 ? [''] : allowing).map(denied)
  return new Set([...first.filter((access) => rest.every((other) => other.includes(access))), ...inverted.flatMap(denied)])
}

/** The directives whose lines add up, and whose values may be inverted. */
const lists: ReadonlySet<string> = new Set(['CapabilityBoundingSet', 'RestrictAddressFamilies', 'RestrictNamespaces', 'SystemCallFilter'])
