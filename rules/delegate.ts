import {defineRule, isJudged, remove, services} from 'unitlint/rule'

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
    if (
      programs.some(
        ({access}) =>
          access === 'delegated-control-groups' ||
          access === 'control-groups' ||
          access === 'anything',
      )
    )
      return
    yield {
      message: 'delegated',
      data: {value: at.value},
      at,
      fix: {
        title: `Remove \`Delegate=${at.value}\``,
        applicability: 'suggestion',
        changes: [remove(at)],
      },
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nDelegate=yes\n'],
    good: ['[Service]\nExecStart=/usr/bin/containerd\nDelegate=yes\n'],
  },
})
