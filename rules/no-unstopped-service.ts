import {
  add,
  defineRule,
  fixBy,
  lines,
  lives,
  relations,
  services,
  shell,
  values,
} from 'unitlint/rule'
import type {Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unstopped-service',
  summary: 'Disallow services that shall end in order and that no shutdown stops',
  why: 'A shutdown stops what is in conflict with `shutdown.target`. With `DefaultDependencies=no` a service is not: its `ExecStop=` is never run, and it is killed with whatever is left at the very end.',
  unless:
    'Something else stops it, or what `ExecStop=` takes back ends with the machine anyway, such as modules of the kernel.',
  directives: ['DefaultDependencies', 'Conflicts', 'ExecStop', 'Before'],
  on: {...services, ...lines('DefaultDependencies')},
  messages: {
    commands:
      'Expected `Conflicts=shutdown.target` beside `DefaultDependencies=no`, no shutdown runs `ExecStop=` without it',
    order:
      'Expected `Conflicts=shutdown.target` beside `Before={name}`, no shutdown stops the service without it',
  },
  *check(unit) {
    if (unit.isPartial || unit.type !== 'service') return
    const own = relations.dependencies(unit)
    if (!own.every(staysUp) || unit.values('RequiresMountsFor').length > 0) return
    if (unit.value('StopWhenUnneeded')?.boolean || isOfInitrd(unit)) return
    if (startsWithShutdown(unit)) return
    const unlessTold = values.lostLines(unit, ['Conflicts', 'Type'])
    const type = unit.text('Type')
    const [stop] = unit.values('ExecStop')
    if (stop && (type !== 'oneshot' || unit.value('RemainAfterExit')?.boolean)) {
      if (!isMissed(unit)) return
      yield {message: 'commands', at: stop, fix: fix(unit), unlessTold}
      return
    }
    const before = beforeShutdown(unit)
    if (before && type !== 'oneshot')
      yield {message: 'order', data: {name: before.name}, at: before.at, fix: fix(unit), unlessTold}
  },
  examples: {
    bad: [
      '[Unit]\nDefaultDependencies=no\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/state restore\nExecStop=/usr/bin/state save\n',
    ],
    good: [
      '[Unit]\nDefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/state restore\nExecStop=/usr/bin/state save\n',
    ],
  },
})

/**
 * Whether the service outlasts a shutdown as far as one of its dependencies tells: the slices of
 * the system are there to the end, units of the initrd are stopped otherwise.
 */
function staysUp({kind, name}: Pick<relations.Dependency, 'kind' | 'name'>): boolean {
  if (/^(?:initrd|sysroot|dracut-|ignition)/.test(name)) return false
  if (kind === 'Conflicts') return !relations.isOfShutdown(name)
  return !stopping.has(kind) || name === 'system.slice' || name === '-.slice'
}

/** By these it stops with another unit. */
const stopping: ReadonlySet<relations.DependencyKind> = new Set([
  'Requires',
  'Requisite',
  'BindsTo',
  'PartOf',
  'StopPropagatedFrom',
])

/**
 * Whether the commands of the stop do something that a machine which ends does not do by itself.
 */
function isMissed(unit: Unit): boolean {
  const stops = shell.writtenCommands(unit).filter(({assignment: {key}}) => key === 'ExecStop')
  const ends = stops.map(({programs: [program = ''], words: [, ...args]}) => {
    const texts = args.map(({text}) => text)
    return lives.endsWithMachine(program, texts)
  })
  return ends.length === 0 || ends.includes(false)
}

function isOfInitrd(unit: Unit): boolean {
  return unit.values('ConditionPathExists').some(({value}) => value === '/etc/initrd-release')
}

/** Whether it is a shutdown that starts it. */
function startsWithShutdown(unit: Unit): boolean {
  if (relations.installations(unit).some(({name}) => relations.isOfShutdown(name))) return true
  return unit.machine.mentions(unit.name).some(({by}) => relations.isOfShutdown(by.name))
}

function beforeShutdown(unit: Unit) {
  return relations.references(unit, ['Before']).find(({name}) => name === 'shutdown.target')
}

function fix(unit: Unit): Fix {
  const first = beforeShutdown(unit) ? [] : [add('Unit', 'Before', 'shutdown.target')]
  return fixBy('unsafe', [add('Unit', 'Conflicts', 'shutdown.target'), ...first])
}
