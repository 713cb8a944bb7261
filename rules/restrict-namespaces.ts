import {add, defineRule, fixBy, isJudged, sandboxing, services, set, writtenIn} from 'unitlint/rule'

export default defineRule({
  id: 'restrict-namespaces',
  directives: ['RestrictNamespaces'],
  summary: 'Deny the kinds of namespaces that the service does not make',
  why: 'User and other namespaces open kernel code to everyone that only root was meant to reach.',
  unless: 'The service runs containers or sandboxes of its own: browsers, `bwrap`, build tools.',
  on: services,
  fixesHangOn: ['RestrictNamespaces'],
  messages: {
    missing: 'Expected `RestrictNamespaces={expected}`',
    open: 'Unexpected namespaces `{allowed}`, expected `RestrictNamespaces={expected}`',
  },
  *check(unit) {
    if (!isJudged(unit, 'RestrictNamespaces')) return
    const {value, origin} = unit.settings.RestrictNamespaces
    const all = [...sandboxing.allNamespaces(unit.target.version)]
    const allowed = all.filter((name) => value === undefined || value.has(name))
    const sorted = sandboxing.deniable(unit, allowed, (name) =>
      unit.denies('RestrictNamespaces', `~${name}`),
    )
    const choices = sandboxing.going(sorted)
    const [most] = choices
    if (!most) return
    const {at, isOptOut} = writtenIn(unit, origin, allowed.length === all.length)
    if (!at) return
    const listed = (denied: readonly string[]): string =>
      denied.length === all.length ? 'yes' : `~${denied.join(' ')}`
    const isList = origin.kind === 'written' && !isOptOut
    const fix = choices.map((items) => {
      const value = isList ? `~${items.join(' ')}` : listed(items)
      const change = (isList ? add : set)('Service', 'RestrictNamespaces', value)
      const title = `Set \`RestrictNamespaces=${listed(items)}\``
      return fixBy(isOptOut ? 'unsafe' : 'safe', change, title)
    })
    const expected = listed(most)
    if (origin.kind === 'written')
      yield {message: 'open', data: {allowed: allowed.join(' '), expected}, at, fix}
    else yield {message: 'missing', data: {expected}, at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nRestrictNamespaces=yes\n',
      '[Service]\nExecStart=/usr/bin/bwrap --ro-bind / / true\n',
    ],
  },
})
