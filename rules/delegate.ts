import {defineRule, fixBy, isJudged, remove, services} from 'unitlint/rule'

import type {AccessId} from 'unitlint/rule'

const managing = new Set<AccessId>(['delegated-control-groups', 'control-groups', 'anything'])

export default defineRule({
  id: 'delegate',
  directives: ['Delegate'],
  summary: 'Hand control groups only to services that manage them',
  why: 'A service that owns its part of the control group tree can escape its limits and hide processes in it.',
  unless: 'The service manages groups of its own, and its program is not known to.',
  on: services,
  messages: {
    delegated: 'Unexpected `Delegate={value}`',
  },
  *check(unit) {
    if (!isJudged(unit, 'Delegate')) return
    const {value, origin} = unit.settings.Delegate
    const at = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
    if (value !== 'yes' || !at) return
    const programs = unit.needs.filter((need) => need.assignment?.key !== 'Delegate')
    if (programs.some(({access}) => managing.has(access))) return
    yield {message: 'delegated', data: {value: at.value}, at, fix: fixBy('suggestion', remove(at))}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nDelegate=yes\n'],
    good: ['[Service]\nExecStart=/usr/bin/containerd\nDelegate=yes\n'],
  },
})
