import {defineRule, lines, relations, sandboxing, services} from 'unitlint/rule'
import type {LoadedUnit, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-vanishing-socket',
  summary: 'Disallow sockets of systemd below the `RuntimeDirectory=` of their own service',
  why: 'systemd takes the directory away when the service stops or restarts, with the socket in it: the socket unit listens on, where nobody finds it any more, until it is restarted too.',
  unless: 'The service never stops before the socket does.',
  directives: ['RuntimeDirectory', 'RuntimeDirectoryPreserve', 'ListenStream'],
  on: {...services, ...lines('RuntimeDirectory')},
  fixesHangOn: [],
  messages: {
    taken:
      'Unexpected `RuntimeDirectory={name}`, which takes `{path}` of `{socket}` away when the service stops, expected `RuntimeDirectoryPreserve=yes` or a socket elsewhere',
  },
  *check(unit) {
    if (unit.isPartial || unit.value('RuntimeDirectoryPreserve')?.boolean === true) return
    const own = sandboxing.ownDirectories(unit, 'RuntimeDirectory')
    for (const socket of socketsOf(unit).filter((one) => !isTied(one, unit))) {
      for (const path of relations.listeningPaths(socket)) {
        const place = path.replace(/^\/var(?=\/run\/)/, '')
        const folder = own.find((its) =>
          sandboxing.isBelow(place, its.path ?? `/run/${its.written}`),
        )
        if (!folder) continue
        const {written, at, line} = folder
        const fix = sandboxing.preserving(unit, line)
        yield {message: 'taken', data: {name: written, path, socket: socket.name}, at, fix}
        return
      }
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nRuntimeDirectory=example\n',
        others: {'example.socket': '[Socket]\nListenStream=/run/example/socket\n'},
      },
    ],
    good: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nRuntimeDirectory=example\nRuntimeDirectoryPreserve=yes\n',
        others: {'example.socket': '[Socket]\nListenStream=/run/example/socket\n'},
      },
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nRuntimeDirectory=example\n',
        others: {'example.socket': '[Socket]\nListenStream=/run/example.socket\n'},
      },
    ],
  },
})

/** The sockets that the service is started by or takes. */
function socketsOf(unit: Unit): readonly LoadedUnit[] {
  const taken = unit
    .values('Sockets')
    .flatMap(({words}) => words.map(({text}) => unit.machine.find(text)))
  const activating = unit.machine.activators(unit.name).filter(({type}) => type === 'socket')
  return [...activating, ...taken.flatMap((found) => (found && found !== 'masked' ? [found] : []))]
}

/** Whether a socket stops with the service, and is made anew when that starts again. */
function isTied(socket: LoadedUnit, unit: Unit): boolean {
  return relations
    .dependencies(socket)
    .some(({kind, name}) => tied.has(kind) && unit.names.includes(name))
}

const tied: ReadonlySet<string> = new Set(['BindsTo', 'PartOf', 'Requires', 'Requisite'])
