import {isQuadlet, quadletSection, quadletService} from '../facts/quadlet.ts'
import {parse} from '../syntax/parse.ts'
import type {Host} from '../unit/host.ts'
import {unitOf} from '../unit/load.ts'
import {query} from '../unit/query.ts'

/** Where Quadlet looks for files, with the folders in them (podman-systemd.unit(5)); those of homes left out. */
const folders = {
  system: ['/etc/containers/systemd', '/run/containers/systemd', '/usr/share/containers/systemd'],
  user: ['/etc/containers/systemd/users', '/usr/share/containers/systemd/users'],
} as const

/** What people put into such folders is far less. */
const most = {folders: 256, bytes: 64 * 1024}

/** The names of the services that Quadlet makes of the files of a machine. */
export const quadletServices = query((host: Host, manager: 'system' | 'user'): ReadonlySet<string> => {
  const made = new Set<string>()
  const waiting: string[] = [...folders[manager]]
  const apart: ReadonlySet<string> = new Set(manager === 'system' ? folders.user : [])
  let left = most.folders
  for (let folder = waiting.pop(); folder !== undefined && left > 0; folder = waiting.pop()) {
    left--
    for (const name of host.names(folder)) {
      const file = `${folder}/${name}`
      const type = unitOf(name)?.type ?? ''
      if (isQuadlet(type)) made.add(nameSaid(host, file, quadletSection(type)) ?? quadletService(name, type))
      else if (!name.endsWith('.d') && !apart.has(file)) waiting.push(file)
    }
  }
  return made
})

/** The service that a file says that it becomes, in `ServiceName=`. */
function nameSaid(host: Host, path: string, section: string): string | undefined {
  const bytes = host.file(path)?.bytes(0, most.bytes)
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes)
  if (!text.includes('ServiceName')) return undefined
  const sections = parse(text).children.filter((child) => child.type === 'section' && child.name === section)
  const lines = sections.flatMap((child) => (child.type === 'section' ? child.children : []))
  const said = lines.findLast((line) => line.type === 'directive' && line.key === 'ServiceName')
  return said?.type === 'directive' && said.value !== '' ? `${said.value}.service` : undefined
}
