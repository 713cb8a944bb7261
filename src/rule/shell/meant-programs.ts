import {isNamedProgram} from '../../needs/programs/programs.ts'
import type {LoadedUnit} from '../../unit/load.ts'

/**
 * The well-known program that the path of another one misspells by a slip of the fingers; undefined
 * for those that anybody knows, that are in sight, and that are not where systems have programs.
 */
export function meantProgram(path: string, {host}: Pick<LoadedUnit, 'host'>): string | undefined {
  const end = path.lastIndexOf('/') + 1
  const [folder, name] = [path.slice(0, end), path.slice(end)]
  if (!folders.has(folder) || name.length > longest || isNamedProgram(name)) return undefined
  if (folder !== '' && host?.file(path)) return undefined
  if (wellKnown.has(name)) return undefined
  const meant = [...wellKnown].find((other) => isSlip(name, other))
  return meant === undefined ? undefined : folder + meant
}

const folders: ReadonlySet<string> = new Set([
  '',
  ...['/bin/', '/usr/bin/', '/usr/local/bin/', '/sbin/', '/usr/sbin/', '/usr/local/sbin/'],
])

/** No well-known one has a longer name. */
const longest = 16

/** Those that many units start, and of whose names none is another one's but for a slip. */
const wellKnown: ReadonlySet<string> = new Set(
  'bash python python2 python3 node nodejs perl ruby java docker podman systemctl nginx gunicorn uvicorn sleep echo mkdir chmod chown curl wget rsync'.split(
    ' ',
  ),
)

/**
 * Whether two letters have changed places, one that is not the first is missing, or one stands there
 * twice.
 */
function isSlip(name: string, meant: string): boolean {
  let start = 0
  while (start < meant.length && name[start] === meant[start]) start++
  const [rest, other] = [name.slice(start), meant.slice(start)]
  switch (name.length - meant.length) {
    case 0: {
      const [first = '', second = ''] = other
      return rest === second + first + other.slice(2) && first !== second
    }
    case -1:
      return start > 0 && rest === other.slice(1)
    case 1:
      return start > 0 && rest.slice(1) === other && rest[0] === name[start - 1]
    default:
      return false
  }
}
