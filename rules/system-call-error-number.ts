import {add, defineRule, isJudged, lines, services} from 'unitlint/rule'

export default defineRule({
  id: 'system-call-error-number',
  directives: ['SystemCallErrorNumber'],
  summary: 'Let denied system calls fail instead of killing the service',
  why: 'A program or library that tries a new system call, and could do without it, dies at the next upgrade.',
  unless: 'Death at a denied call is what you want, and somebody watches for it.',
  on: {...services, ...lines('SystemCallFilter')},
  fixesHangOn: ['SystemCallFilter', 'SystemCallErrorNumber'],
  messages: {
    missing: 'Expected `SystemCallErrorNumber=EPERM` beside `SystemCallFilter=`',
  },
  *check(unit) {
    if (!isJudged(unit, 'SystemCallFilter') || unit.isPartial) return
    const {value: filter, origin} = unit.settings.SystemCallFilter
    const at = origin.kind === 'written' ? origin.assignments[0] : undefined
    if (!filter || !at || unit.written('SystemCallErrorNumber').length > 0) return
    if (!filter.allow && [...filter.calls.values()].every((error) => error !== undefined)) return
    const changes = [add('Service', 'SystemCallErrorNumber', 'EPERM')]
    yield {message: 'missing', at, fix: {title: 'Set `SystemCallErrorNumber=EPERM`', changes}}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=~@swap:EPERM\n',
    ],
  },
})
