import type {LoadedUnit} from './load.ts'
import {valueOf} from './value.ts'
import {deviceNode} from '../values/device-nodes.ts'
import {isBelow, parseAbsolutePath} from '../values/paths.ts'
import {unescapeUnitName} from '../values/unit-names.ts'

/** Where a mount or automount mounts: its `Where=`, else what its name says (systemd.mount(5)). */
export function mountPoint(unit: LoadedUnit): string | undefined {
  const written = valueOf(unit, 'Where')?.expanded ?? ''
  return parseAbsolutePath(
    written === ''
      ? `/${unescapeUnitName(unit.name.slice(0, unit.name.lastIndexOf('.'))).replace(/^\/+/, '')}`
      : written,
    unit.target.version,
  )
}

/** What a mount or swap uses, as its section says. */
export interface MountSource {
  readonly what: string
  readonly type: string
  readonly options: readonly string[]
}

/** The source, type and options of a mount or swap. */
export function mountSource(unit: LoadedUnit): MountSource {
  const read = (key: string): string => valueOf(unit, key)?.expanded ?? ''
  return {what: source(read('What'), unit), type: read('Type'), options: read('Options').split(',')}
}

/** Since 256 systemd looks devices up by what identifies them. */
function source(what: string, unit: LoadedUnit): string {
  return unit.target.version < 256 ? what : (deviceNode(what) ?? what)
}

/**
 * Whether a mount point is there before systemd and stays until the end, or belongs to a user
 * (`fstab_is_extrinsic()`).
 */
export function isExtrinsicMount(unit: LoadedUnit): boolean {
  if (unit.manager === 'user') return true
  const where = mountPoint(unit) ?? ''
  if (where === '/' || where === '/usr' || (where === '/etc' && unit.target.version >= 249))
    return true
  return (
    ['/run/initramfs', '/run/nextroot', '/proc', '/sys', '/dev'].some((folder) =>
      isBelow(where, folder),
    ) || mountSource(unit).options.includes('x-initrd.mount')
  )
}

/** Whether a mount waits for the network: by option, or by its type (systemd.mount(5)). */
export function isNetworkMount({type, options}: MountSource): boolean {
  const bare = type.startsWith('fuse.') ? type.slice('fuse.'.length) : type
  return options.includes('_netdev') || networkTypes.has(bare)
}

/** Types of file systems that systemd knows to be remote. */
const networkTypes: ReadonlySet<string> = new Set(
  'afs ceph cifs smb3 smbfs sshfs ncpfs ncp nfs nfs4 gfs gfs2 glusterfs pvfs2 ocfs2 lustre davfs orangefs beegfs'.split(
    ' ',
  ),
)

/** Whether a mount shows a folder in another place. */
export function isBind({type, options}: MountSource): boolean {
  return (
    type === 'bind' || type === 'rbind' || options.includes('bind') || options.includes('rbind')
  )
}
