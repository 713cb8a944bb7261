import {defineRule, relations, services} from 'unitlint/rule'
import type {LoadedUnit, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-private-tmp-socket',
  summary: 'Disallow `PrivateTmp=` where a socket lies in `/tmp`',
  why: 'The service sees another `/tmp`: it can neither connect to the socket nor find its own there.',
  unless: 'The service uses nothing but the socket that systemd hands it.',
  directives: ['PrivateTmp', 'ListenStream'],
  on: services,
  fixesHangOn: [],
  messages: {
    hidden: 'Unexpected `PrivateTmp={value}`, it hides `{path}` of `{socket}`',
  },
  *check(unit) {
    const {value, origin} = unit.settings.PrivateTmp
    if (unit.type !== 'service' || unit.isPartial || value === 'no') return
    const written = origin.kind === 'implied' ? origin.origin : origin
    const at = written.kind === 'written' ? written.assignments.at(-1) : unit.header('Service')
    for (const socket of socketsOf(unit)) {
      const path = relations
        .listeningPaths(socket)
        .findLast((candidate) => /^\/(?:var\/)?tmp\//.test(candidate))
      if (at && path !== undefined)
        yield {message: 'hidden', data: {value, path, socket: socket.name}, at}
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\n',
        others: {'example.socket': '[Socket]\nListenStream=/tmp/example.sock\n'},
      },
    ],
    good: [
      {
        name: 'example.service',
        unit: '[Service]\nExecStart=/usr/bin/example\nPrivateTmp=yes\n',
        others: {'example.socket': '[Socket]\nListenStream=/run/example.sock\n'},
      },
    ],
  },
})

/** The sockets that start the service or that it needs. */
function socketsOf(unit: Unit): readonly LoadedUnit[] {
  const needed = relations.dependencies(unit).flatMap(({kind, name}) => {
    if (!name.endsWith('.socket') || !/^(?:Requires|Wants|BindsTo)$/.test(kind)) return []
    const found = unit.machine.find(name)
    return found && found !== 'masked' ? [found] : []
  })
  const activating = unit.machine.activators(unit.name).filter(({type}) => type === 'socket')
  return [...new Map([...activating, ...needed].map((socket) => [socket.name, socket])).values()]
}
