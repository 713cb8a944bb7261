import {newestTarget, oldestVersion, target} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Host} from '../unit/host.ts'

/**
 * The systemd of a machine, and its version as the machine has it: those that are not known here
 * are judged as the nearest one.
 */
export interface HostSystemd {
  readonly target: Target
  readonly version: number
}

/**
 * The systemd of a machine, by the library that its programs share, else by what release it is
 * (os-release(5)); undefined where neither tells.
 */
export function systemdOf(host: Host): HostSystemd | undefined {
  const version = libraryVersion(host)
  if (version === undefined) {
    const released = releaseOf(host)
    return released && {target: released, version: released.version}
  }
  const known = target(String(Math.max(version, oldestVersion))) ?? newestTarget
  return {target: known, version}
}

/** Where distributions have `libsystemd-shared-257.so`, or with more of the version in its name. */
function libraryVersion(host: Host): number | undefined {
  const multiarch = host.names('/usr/lib').filter((name) => name.includes('-linux-'))
  const folders = [
    '/usr/lib/systemd',
    '/lib/systemd',
    '/usr/lib64/systemd',
    '/lib64/systemd',
    ...multiarch.map((name) => `/usr/lib/${name}/systemd`),
  ]
  for (const folder of folders) {
    for (const name of host.names(folder)) {
      const [, version] = /^libsystemd-shared-([0-9]{3})(?:[^0-9].*)?\.so$/.exec(name) ?? []
      if (version !== undefined) return Number(version)
    }
  }
  return undefined
}

function releaseOf(host: Host): Target | undefined {
  const file = host.file('/etc/os-release') ?? host.file('/usr/lib/os-release')
  if (!file) return undefined
  const text = new TextDecoder().decode(file.bytes(0, longestRelease))
  const value = (key: string): string =>
    new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? ''
  const [id, version] = [value('ID'), value('VERSION_ID')]
  return (
    target(`${id}-${version}`) ??
    target(`${id}-${version.split('.', 1)[0]}`) ??
    target(value('VERSION_CODENAME'))
  )
}

const longestRelease = 65_536
