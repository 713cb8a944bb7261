import {addLines, callAllowedOf, defineRule, deniable, isJudged, splitWords, taken, writtenIn} from 'unitlint/rule'

/** The groups that `systemd-analyze security` judges; the last two are what services often use a part of. */
const groups = ['@clock', '@cpu-emulation', '@debug', '@module', '@mount', '@obsolete', '@raw-io', '@reboot', '@swap', '@privileged', '@resources']

export default defineRule({
  id: 'system-call-filter',
  directives: ['SystemCallFilter'],
  summary: 'Deny system calls that the service does not make',
  why: 'Every system call that a service can make is kernel code that an intruder can attack.',
  unless: 'The service runs programs of others, whose calls nobody can know.',
  messages: {
    missing: 'Expected `SystemCallFilter={expected}`',
    open: 'Unexpected `{allowed}` allowed by `SystemCallFilter=`',
  },
  *check(unit) {
    if (!isJudged(unit, 'SystemCallFilter')) return
    const {version} = unit.target
    const {value: filter, origin} = unit.settings.SystemCallFilter
    const written = origin.kind === 'written' ? origin.assignments : []
    // What the author of a list allowed by name was meant.
    const named = new Set(written.filter(({value}) => !value.startsWith('~')).flatMap(({value}) => splitWords(value, 'plain').words.map(({text}) => text)))
    const open = groups.filter((group) => !named.has(group) && callAllowedOf(filter, group, version) !== undefined)
    const sorted = deniable(unit, open, (group) => unit.denies('SystemCallFilter', `~${group}`))
    const {items, applicability} = taken(unit, sorted)
    if (items.length === 0) return
    const {at} = writtenIn(unit, origin, false)
    if (!at) return
    const going = [...sorted.safe, ...sorted.unsure]
    // Where everything may go, the list of what services use says it best, and covers calls that no group names yet.
    const listed = unit.judge(unit.denies('SystemCallFilter', '@system-service')).applicability
    const isComplete = (denied: readonly string[]): boolean => !filter && denied.length === groups.length && listed !== 'withheld'
    const lines: Array<[string, string]> =
      isComplete(items) && listed === applicability
        ? [
            ['SystemCallFilter', '@system-service'],
            ['SystemCallFilter', '~@privileged @resources'],
          ]
        : [['SystemCallFilter', `~${items.join(' ')}`]]
    // A denied call that fails is survived far more often than one that kills.
    if (unit.written('SystemCallErrorNumber').length === 0) lines.unshift(['SystemCallErrorNumber', 'EPERM'])
    const edits = addLines(
      unit,
      'Service',
      lines.toSorted(([one], [other]) => Number(one > other) - Number(one < other)),
    )
    const fix = edits && {title: `Deny \`${items.join(' ')}\``, applicability, edits}
    if (filter) yield {message: 'open', data: {allowed: going.join(' ')}, at, fix}
    else yield {message: 'missing', data: {expected: isComplete(going) ? '@system-service' : `~${going.join(' ')}`}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n', '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n'],
    good: ['[Service]\nExecStart=/usr/bin/example\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n'],
  },
})
