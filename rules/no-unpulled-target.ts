import {add, defineRule, fixBy, lines, quadlet, relations, unitNames} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unpulled-target',
  summary: 'Disallow order around a target that nothing pulls in',
  why: 'Order counts among units that are started: with nobody to ask for the target, the unit does not wait for it, or the others do not wait for the unit.',
  unless: 'Another unit is known to pull the target in.',
  directives: ['After', 'Before', 'Wants'],
  on: lines('After', 'Before'),
  messages: {
    after: 'Expected `Wants={name}` beside `After={name}`',
    before: 'Expected `Wants={name}` beside `Before={name}`',
  },
  *check(unit) {
    // Quadlet adds what pulls in the network.
    if (unit.isPartial || unit.manager === 'user' || quadlet.isQuadlet(unit.type)) return
    const pulled = relations.dependencies(unit).filter(({kind}) => pulling.has(kind))
    for (const {kind, name, at, origin} of relations.references(unit)) {
      if (name !== awaited.get(kind)) continue
      if (pulled.some((its) => its.name === name || bringsIn(its.name, name, unit))) continue
      if (isWantedBy(name, unit)) continue
      if (unit.machine.mentions(name).some((mention) => pulling.has(mention.kind))) continue
      const fix = fixBy('unsafe', add(origin.section, 'Wants', name, origin))
      yield {
        message: kind === 'After' ? 'after' : 'before',
        data: {name},
        at,
        fix,
        unlessTold: relations.lostNames(unit, name, [...pulling]),
      }
    }
  },
  examples: {
    bad: [
      '[Unit]\nAfter=network-online.target\n\n[Service]\nExecStart=/usr/bin/example\n',
      '[Unit]\nDefaultDependencies=no\nBefore=network-pre.target\n\n[Service]\nExecStart=/usr/bin/firewall\n',
    ],
    good: [
      '[Unit]\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nExecStart=/usr/bin/example\n',
    ],
  },
})

const pulling: ReadonlySet<relations.DependencyKind | 'Also'> = new Set([
  'Requires',
  'Requisite',
  'Wants',
  'BindsTo',
  'Upholds',
])

/**
 * Targets that nobody but who waits for them, or wants to be before what waits for them, pulls in
 * (systemd.special(7)).
 */
const awaited: ReadonlyMap<relations.DependencyKind, string> = new Map([
  ['After', 'network-online.target'],
  ['Before', 'network-pre.target'],
])

/** Whether it is the target that pulls the unit in: one is not started without the other then. */
function isWantedBy(target: string, unit: Unit): boolean {
  const installed = ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap((key) => unit.values(key))
  return (
    installed.length > 0 &&
    installed.every(({assignment}) =>
      unitNames.readsNames(assignment, unit).every(({name}) => name === target),
    )
  )
}

/** What `PrivateTmp=` waits for among them. */
const pullingNothing =
  /^(?:network|nss-lookup|time-sync|time-set)\.target$|^systemd-journald\.socket$|^(?:-|tmp|var-tmp)\.mount$/

/** Whether a unit that is pulled in may pull in the target: one that is not in sight could. */
function bringsIn(name: string, target: string, unit: Unit): boolean {
  if (name === 'sysinit.target' || name === 'basic.target' || name.endsWith('.slice')) return false
  const found = unit.machine.find(name)
  if (found === undefined)
    return (!unit.machine.isComplete || unit.machine.isKnown(name)) && !pullingNothing.test(name)
  if (found === 'masked') return false
  const kinds = relations.kindsTo(target, relations.dependencies(found))
  return [...kinds].some((kind) => pulling.has(kind))
}
