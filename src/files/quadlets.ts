import path from 'node:path'
import {isQuadlet, quadletSection, quadletService} from '../facts/quadlet.ts'
import {parse} from '../syntax/parse.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Directive} from '../syntax/tree.ts'
import type {Host, HostFile} from '../unit/host.ts'
import {query} from '../unit/query.ts'

/**
 * Where Quadlet looks for files, with the folders in them (podman-systemd.unit(5)); those of homes
 * left out.
 */
const folders = {
  system: ['/etc/containers/systemd', '/run/containers/systemd', '/usr/share/containers/systemd'],
  user: ['/etc/containers/systemd/users', '/usr/share/containers/systemd/users'],
} as const

/** What people put into such folders is far less. */
const most = {folders: 256, bytes: 64 * 1024}

/** The names of the services that Quadlet makes of the files of a machine. */
export const quadletServices = query(
  (host: Host, manager: 'system' | 'user'): ReadonlySet<string> => {
    const made = new Set<string>()
    const waiting: string[] = [...folders[manager]]
    // Those of users are no folders of the system's.
    const apart: ReadonlySet<string> = new Set(folders.user)
    let left = most.folders
    for (let folder = waiting.pop(); folder !== undefined && left > 0; folder = waiting.pop()) {
      left--
      for (const name of host.names(folder)) {
        const place = `${folder}/${name}`
        const type = path.extname(name).slice(1)
        const file = isQuadlet(type) ? host.file(place) : undefined
        if (file && isQuadlet(type))
          made.add(nameSaid(file, quadletSection(type)) ?? quadletService(name, type))
        else if (!name.endsWith('.d') && !apart.has(place)) waiting.push(place)
      }
    }
    return made
  },
)

/** The service that a file says that it becomes, in `ServiceName=`. */
function nameSaid(file: HostFile, section: string): string | undefined {
  const tree = parse(new TextDecoder().decode(file.bytes(0, most.bytes)))
  const lines = sectionsIn(tree).flatMap(({name, children}) => (name === section ? children : []))
  const said = lines.findLast(
    (line): line is Directive => line.type === 'directive' && line.key === 'ServiceName',
  )
  return said === undefined || said.value === '' ? undefined : `${said.value}.service`
}
