import {
  add,
  defineRule,
  fixBy,
  isJudged,
  sandboxing,
  services,
  values,
  writtenIn,
} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'system-call-filter',
  directives: ['SystemCallFilter'],
  summary: 'Deny system calls that the service does not make',
  why: 'Every system call that a service can make is kernel code that an intruder can attack.',
  unless: 'The service runs programs of others, whose calls nobody can know.',
  on: services,
  fixesHangOn: ['SystemCallFilter', 'SystemCallErrorNumber'],
  messages: {
    missing: 'Expected `SystemCallFilter={expected}`',
    open: 'Unexpected `{allowed}` allowed by `SystemCallFilter=`',
  },
  *check(unit) {
    if (!isJudged(unit, 'SystemCallFilter')) return
    const {value: filter, origin} = unit.settings.SystemCallFilter
    // A denied call that fails is survived far more often than one that kills: where the unit does
    // not say, the fix has it fail.
    const saysError = unit.written('SystemCallErrorNumber').length > 0
    const denies = (value: string) =>
      unit
        .denies('SystemCallFilter', value)
        .filter((id) => saysError || id !== 'probed-system-calls')
    const sorted = sandboxing.deniable(unit, openGroups(unit), (group) => denies(`~${group}`))
    const choices = sandboxing.going(sorted)
    const [most] = choices
    const {at} = writtenIn(unit, origin, false)
    if (!most || !at) return
    // Where everything may go, the list of what services use says it best, and covers calls that no
    // group names yet.
    const listed = unit.weigh(denies('@system-service')).applicability
    const isComplete = (denied: readonly string[]): boolean =>
      !filter && denied.length === sandboxing.judgedCallGroups.length && listed !== 'withheld'
    // So it does for a service that was traced at its work, and called nothing beside it.
    const isListed = (denied: readonly string[]): boolean =>
      isComplete(denied) || (!filter && listed === 'safe' && unit.needs.traced?.hasWork === true)
    const error = saysError ? [] : [add('Service', 'SystemCallErrorNumber', 'EPERM')]
    const fix = choices.map((items) => {
      const applicability = items === most && sorted.unsure.length > 0 ? 'unsafe' : 'safe'
      const filters =
        isListed(items) && listed === applicability
          ? ['@system-service', ...without(items)]
          : [`~${items.join(' ')}`]
      const lines = filters.map((value) => add('Service', 'SystemCallFilter', value))
      const [expected = ''] = filters
      const allowed = items.join(' ')
      const made = fixBy(undefined, [...error, ...lines], `Deny \`${allowed}\``)
      return {...made, data: {allowed, expected}}
    })
    const allowed = most.join(' ')
    const expected = isListed(most) ? '@system-service' : `~${allowed}`
    yield {message: filter ? 'open' : 'missing', data: {allowed, expected}, at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n',
    ],
  },
})

/** The line, if any, that takes out of the list of what services use what this one does not. */
function without(items: readonly string[]): readonly string[] {
  const gone = ['@privileged', '@resources'].filter((group) => items.includes(group))
  return gone.length === 0 ? [] : [`~${gone.join(' ')}`]
}

/** The groups of which calls are allowed that nobody allowed by name. */
function openGroups(unit: Unit): readonly string[] {
  const {value: filter, origin} = unit.settings.SystemCallFilter
  const written = origin.kind === 'written' ? origin.assignments : []
  // What the author of a list allowed by name was meant.
  const named = new Set(
    written
      .filter(({value}) => !value.startsWith('~'))
      .flatMap(({value}) => values.splitWords(value, 'plain').words.map(({text}) => text)),
  )
  return sandboxing.judgedCallGroups.filter(
    (group) =>
      !named.has(group) &&
      sandboxing.callAllowedOf(filter, group, unit.target.version) !== undefined,
  )
}
