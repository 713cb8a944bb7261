import {defineRule, fixBy, isJudged, services, set, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'system-call-architectures',
  directives: ['SystemCallArchitectures'],
  summary: 'Require `SystemCallArchitectures=native`',
  why: 'System calls of a second architecture escape filters and reach less tested kernel code.',
  unless: 'The service runs 32-bit programs on a 64-bit system.',
  on: services,
  fixesHangOn: ['SystemCallArchitectures'],
  messages: {
    missing: 'Expected `SystemCallArchitectures=native`',
    foreign: 'Unexpected `{names}` in `SystemCallArchitectures=`, expected only `native`',
  },
  *check(unit) {
    if (!isJudged(unit, 'SystemCallArchitectures')) return
    const {value, origin} = unit.settings.SystemCallArchitectures
    if (value.size === 1 && value.has('native')) return
    const {applicability} = unit.weigh(unit.denies('SystemCallArchitectures', 'native'))
    const {at} = writtenIn(unit, origin, false)
    if (applicability === 'withheld' || !at) return
    const names = [...value].filter((name) => name !== 'native').join(' ')
    const fix = fixBy('safe', set('Service', 'SystemCallArchitectures', 'native'))
    if (value.size > 0) yield {message: 'foreign', data: {names}, at}
    else yield {message: 'missing', at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallArchitectures=x86-64 x86\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nSystemCallArchitectures=native\n'],
  },
})
