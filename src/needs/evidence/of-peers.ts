import type {LoadedUnit} from '../../unit/load.ts'
import {systemServices, userServices} from '../../facts/system-services.ts'
import {meantOf, valueOf} from '../../unit/value.ts'
import {isOfRoot} from '../denial-context.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {hasRuntime, isNamedProgram} from '../programs/programs.ts'
import {commands} from './commands.ts'
import {guessesFor, possibleFor, short} from './need.ts'
import type {Need} from './need.ts'
import {corePrograms, givenName} from './core-programs.ts'

/** What a program that nobody knows may do for whom it serves, by lines that are there for these. */
export function* ofPeers(unit: LoadedUnit): Generator<Need> {
  if (unit.type !== 'service' || isKnown(unit)) return
  yield* ofSockets(unit)
  yield* ofGroups(unit)
  yield* ofSharedFolders(unit)
  yield* ofNeighbours(unit)
}

/** Whether all its main programs are known, and none of them runs what others wrote. */
export function isKnown(unit: LoadedUnit): boolean {
  return corePrograms(unit).every(
    ({isMain, invocation: {path}}) => !isMain || (isNamedProgram(path) && !hasRuntime(path)),
  )
}

/**
 * Whom a program that nobody knows serves by a socket in a folder of its own below `/run`, it may
 * ask the kernel for: in users of its own all others are nobody (unix(7), `SO_PEERCRED`).
 */
function* ofSockets(unit: LoadedUnit): Generator<Need> {
  const folder = valueOf(unit, 'RuntimeDirectory')
  if (!folder) return
  yield* possibleFor(
    ['host-users'],
    `\`RuntimeDirectory=${short(folder.value)}\` may be for a socket, by which it asks who its peers are`,
    folder,
  )
}

/** One may give files to a group that one is of (chown(2)). */
function* ofGroups(unit: LoadedUnit): Generator<Need> {
  const groups = valueOf(unit, 'SupplementaryGroups')
  if (!groups) return
  yield* possibleFor(
    ['@chown', '@privileged', 'host-users'],
    `\`SupplementaryGroups=${short(groups.value)}\` are groups that it may give files to`,
    groups,
  )
}

/**
 * What root makes for a group and for nobody else, it may make in folders whose files are of that
 * group, too: those have a set-group-ID bit (inode(7)), as many of `/var/log` do.
 */
function* ofSharedFolders(unit: LoadedUnit): Generator<Need> {
  const mask = valueOf(unit, 'UMask')
  if (!mask || !/^0?0[0-6]?7$/.test(mask.value)) return
  if (!runsAsRoot(unit)) return
  if ((Number.parseInt(mask.value, 8) & 0o050) !== 0) return
  const because = `\`UMask=${mask.value}\` leaves files to a group alone, for which it may make folders that hand that group on`
  yield* possibleFor(['suid-files'], because, mask)
}

/** Whether what it is for runs as root. */
function runsAsRoot(unit: LoadedUnit): boolean {
  return (
    isOfRoot(unit) ||
    commands(unit).some(
      ({isPrivileged, assignment}) => isPrivileged && assignment.key === 'ExecStart',
    )
  )
}

/**
 * What a service waits for that no package has is of the same hand as the service, and such two
 * often meet in `/tmp`: by a socket, a FIFO, a file.
 */
function* ofNeighbours(unit: LoadedUnit): Generator<Need> {
  for (const key of ['Requires', 'BindsTo', 'Requisite', 'PartOf', 'Wants', 'After'] as const) {
    for (const line of meantOf(unit, key)) {
      if (!line.value.includes('.service')) continue
      const name = line.value.split(/\s+/).find((one) => isHomeMade(one, givenName(unit)))
      if (name === undefined) continue
      const because = `\`${key}=${short(name)}\` is a service that nobody knows, which it may meet in \`/tmp\``
      yield* guessesFor(['shared-tmp'], because, line)
    }
  }
}

/**
 * Whether a unit is a service of which no package is known: it names no daemon, and no part of a
 * system.
 */
function isHomeMade(name: string, ownStem: string): boolean {
  if (!name.endsWith('.service') || name.length > 128 || name.includes('%')) return false
  const [stem = ''] = name.slice(0, -'.service'.length).split('@')
  return (
    stem !== '' &&
    // What is called after its name on the bus is met there.
    !stem.includes('.') &&
    stem !== ownStem &&
    !systemServices.has(name) &&
    !userServices.has(name) &&
    !ofSystems.test(stem) &&
    ![stem, stem.replace(/d$/, ''), `${stem}d`, stem.replace(/-(?:server|daemon)$/, '')].some(
      (one) => isNamedProgram(one) || kindOfProgram(one, []) !== undefined,
    )
  )
}

/** How services begin that are parts of a system and no daemons that one meets. */
const ofSystems =
  /^(?:systemd|dbus|network|net|nss|getty|serial-getty|user|plymouth|cloud|dracut|initrd|ignition|docker|podman|container|rc|syslog|display-manager|audit|local|remote|rpc|nfs|config-setup|ldconfig|lvm2?|mdadm|multipath|zfs|iscsi|ufw|firewalld|apparmor|snap|php|mysqld?|mariadb|postgres|redis|mongo|elastic|rabbitmq|sshd|ssh|keyboard|console|kmod|udev|time|ntp|chrony|avahi|cups|x11|xorg|lightdm|gdm|sddm|seatd|pulse|pipewire|wireplumber|sound|alsa|bluetooth|hciuart|wpa|dhcp|resolv|vm|open-vm|qemu|hv|walinuxagent|amazon|google|graphical|basic|multi-user|sysinit)(?:$|[-_0-9@.])/i
