/**
 * The values of directives that protect, weakest first (systemd.exec(5), systemd.resource-control(5), systemd.service(5)).
 *
 * A level is the values that protect alike; a value may say since which version it exists: `private@257`.
 */
const levels: Readonly<Record<string, readonly string[]>> = {
  PrivateTmp: ['no', 'yes connected@257', 'disconnected@257'],
  PrivateUsers: ['no', 'identity@257', 'full@258', 'yes self@257 managed@260'],
  ProtectControlGroups: ['no', 'yes', 'private@257', 'strict@257'],
  ProtectHome: ['no', 'read-only', 'tmpfs', 'yes'],
  ProtectHostname: ['no', 'private@258', 'yes'],
  ProtectSystem: ['no', 'yes', 'full', 'strict'],
  ProtectProc: ['default', 'noaccess', 'invisible ptraceable'],
  ProcSubset: ['all', 'pid'],
  KeyringMode: ['shared', 'inherit', 'private'],
  NotifyAccess: ['all', 'exec', 'main', 'none'],
  DevicePolicy: ['auto', 'closed', 'strict'],
}

const boolean = ['no', 'yes'] as const

/** The values of a directive by strictness, weakest level first, as that systemd takes them; the first of a level is how to write it. */
export function strictness(directive: string, version: number): ReadonlyArray<readonly string[]> {
  const known = (Object.hasOwn(levels, directive) ? levels[directive] : undefined) ?? boolean
  return known.map((level) => level.split(' ').flatMap((word) => valueSince(word, version))).filter((level) => level.length > 0)
}

/** How strict a value is: the index of its level, -1 for a value that is not ordered. */
export function strictnessOf(directive: string, value: string, version: number): number {
  return strictness(directive, version).findIndex((level) => level.includes(value))
}

function valueSince(word: string, version: number): string[] {
  const [value = '', since] = word.split('@')
  return since === undefined || version >= Number(since) ? [value] : []
}
