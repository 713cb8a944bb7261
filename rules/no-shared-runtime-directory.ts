import {defineRule, lines, relations, sandboxing, services, unitNames} from 'unitlint/rule'
import type {LoadedUnit, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-shared-runtime-directory',
  summary: 'Disallow one `RuntimeDirectory=` for units that run at the same time',
  why: 'The first of them to stop takes the directory away, with all that the others have in it: sockets, locks, PID files.',
  unless:
    'The units never run at the same time, or need nothing in the directory once they have started.',
  directives: ['RuntimeDirectory', 'RuntimeDirectoryPreserve'],
  on: {...services, ...lines('RuntimeDirectory')},
  fixesHangOn: [],
  messages: {
    shared:
      'Unexpected `RuntimeDirectory={name}`, which `{other}` uses too and loses when this unit stops, expected `RuntimeDirectoryPreserve=yes` or one of its own',
    instances:
      'Unexpected `RuntimeDirectory={name}` without `%i`, all instances lose it when one of them stops',
  },
  *check(unit) {
    if (unit.isPartial || unit.value('RuntimeDirectoryPreserve')?.boolean) return
    for (const {written, path, at, line} of sandboxing.ownDirectories(unit, 'RuntimeDirectory')) {
      if (path === undefined) continue
      const fix = sandboxing.preserving(unit, line)
      const isTemplate = unitNames.isTemplate(unit.name)
      const users = isTemplate ? [] : unit.machine.usingRuntime(path)
      const other = users.find((candidate) => losesWith(candidate, unit, path))
      if (isTemplate) yield {message: 'instances', data: {name: written}, at, fix}
      if (other) yield {message: 'shared', data: {name: written, other: other.name}, at, fix}
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nRuntimeDirectory=example\n',
        others: {
          'example-web.service':
            '[Service]\nExecStart=/usr/bin/example-web\nRuntimeDirectory=example\n',
        },
      },
      {
        name: 'example@.service',
        unit: '[Service]\nExecStart=/usr/bin/example %i\nRuntimeDirectory=example\n',
      },
    ],
    good: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nRuntimeDirectory=example\nRuntimeDirectoryPreserve=yes\n',
        others: {
          'example-web.service':
            '[Service]\nExecStart=/usr/bin/example-web\nRuntimeDirectory=example\nRuntimeDirectoryPreserve=yes\n',
        },
      },
      {
        name: 'example@.service',
        unit: '[Service]\nExecStart=/usr/bin/example %i\nRuntimeDirectory=example/%i\n',
      },
    ],
  },
})

/** Whether a unit may run on without its directory when another has stopped. */
function losesWith(candidate: LoadedUnit, unit: Unit, path: string): boolean {
  // A template beside a plain unit is mostly there in its place, and is told of what its instances
  // do to one another.
  if ([unit.name, ...unit.names].includes(candidate.name)) return false
  if (unitNames.isTemplate(candidate.name)) return false
  const its = sandboxing.ownDirectories(candidate, 'RuntimeDirectory')
  const isIn = its.some(({path: own}) => own !== undefined && sandboxing.isBelow(own, path))
  if (!isIn || stopsWith(candidate, unit)) return false
  const conflicts = relations.dependencies(unit).filter(({kind}) => kind === 'Conflicts')
  return !conflicts.some(({name}) => candidate.names.includes(name))
}

/** Whether a unit is not there when another stops: it stops with it, or never runs beside it. */
function stopsWith(candidate: LoadedUnit, unit: Unit): boolean {
  const ties = relations.dependencies(candidate).filter(({kind}) => tied.has(kind))
  return ties.some(({name}) => unit.names.includes(name))
}

const tied: ReadonlySet<string> = new Set([
  'BindsTo',
  'Conflicts',
  'PartOf',
  'Requires',
  'Requisite',
])
