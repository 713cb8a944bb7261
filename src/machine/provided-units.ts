import {parse} from '../syntax/parse.ts'
import {bootUnits, providedVersions, systemUnits, userUnits} from '../facts/data/provided-units.ts'
import {stages} from '../facts/stages.ts'
import type {Target} from '../facts/targets.ts'
import {load, unitOf} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {AssignmentSource, SourceFile} from '../unit/unit.ts'
import {isSliceName} from '../values/units.ts'
import {parseUnitName} from '../values/unit-names.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {templateOf} from '../unit/references.ts'

/** For which systemd and manager. */
export type Manager = Pick<AssignmentSource, 'manager' | 'target'>

/**
 * Whether systemd brings a unit of that name, or of its template: the units of its packages in that
 * version, of those that distributions split off, and the names that systemd.special(7) gives to
 * whatever program does the work.
 */
export function isProvided(name: string, manager: Manager): boolean {
  const names = provided(manager.target, manager.manager)
  return names.has(name) || names.has(templateOf(name))
}

/**
 * Whether a name stands for whatever program does the work, of which there may be none
 * (systemd.special(7)).
 */
export function isReserved(name: string): boolean {
  return name === 'syslog.service' || name === 'dbus.service' || name === 'display-manager.service'
}

/** The names of all units that systemd brings, for finding what was meant. */
export function providedNames({manager, target}: Manager): ReadonlySet<string> {
  return provided(target, manager)
}

/** The target that is meant where it is named as a service: `network-online.service`. */
export function targetOfStage(name: string): string | undefined {
  const {prefix, instance, suffix} = parseUnitName(name)
  return suffix === 'service' && instance === undefined && stages.has(prefix)
    ? `${prefix}.target`
    : undefined
}

/**
 * Whether a unit of that name can be there without a file: systemd makes it of what the machine
 * has, or of `/etc/fstab` and its like.
 */
export function isMadeByItself(name: string): boolean {
  const {suffix} = parseUnitName(name)
  if (
    suffix === 'device' ||
    suffix === 'mount' ||
    suffix === 'swap' ||
    suffix === 'automount' ||
    suffix === 'scope'
  )
    return true
  return suffix === 'slice'
    ? isSliceName(name)
    : name.includes('@') &&
        /^(?:systemd-(?:cryptsetup|integritysetup|veritysetup|fsck|growfs|makefs|mkswap)|app-.*)@/.test(
          name,
        )
}

/**
 * What systemd's own unit of that name depends on in that version, as a unit that says so;
 * undefined for others and for users' managers.
 */
export function bootUnit(name: string, {manager, target}: Manager): LoadedUnit | undefined {
  return manager === 'system' ? loaded(target, name) : undefined
}

/** All of `bootUnit`: the same array for the same systemd. */
export function allBootUnits({manager, target}: Manager): readonly LoadedUnit[] {
  return manager === 'system' ? all(target) : none
}

const none: readonly LoadedUnit[] = []

const all = query((target: Target): readonly LoadedUnit[] =>
  [...boot(bootUnits).keys()].flatMap((name) => loaded(target, name) ?? []),
)

/** Each unit that is linted alone is looked at among these anew. */
const loaded = query((target: Target, name: string): LoadedUnit | undefined => {
  const found = boot(bootUnits).get(name)
  const identity = unitOf(name)
  const version = tableFor(target.version, providedVersions)
  if (!found || !identity || namesIn(found.name, version).length === 0) return undefined
  const lines = found.lines.map((line) => inVersion(line, version))
  const [installs, others] = [
    lines.filter((line) => isInstall(line)),
    lines.filter((line) => !isInstall(line)),
  ]
  const file: SourceFile = {
    path: name,
    role: 'fragment',
    tree: parse(['[Unit]', ...others, '[Install]', ...installs, ''].join('\n')),
  }
  return load([file], {...identity, target, manager: 'system'})
})

/** A line with those of its words that a version has. */
function inVersion(line: string, version: number): string {
  const start = line.indexOf('=') + 1
  return line.slice(0, start) + namesIn(line.slice(start), version).join(' ')
}

function isInstall(line: string): boolean {
  return line.startsWith('WantedBy=') || line.startsWith('RequiredBy=')
}

const provided = query(({version}: Target, manager: Manager['manager']): ReadonlySet<string> => {
  const list = manager === 'system' ? systemUnits : userUnits
  // What came or went between two versions that were looked at may be there.
  const later = providedVersions.find((candidate) => candidate >= version) ?? version
  const names = new Set([
    ...namesIn(list, tableFor(version, providedVersions)),
    ...namesIn(list, later),
    ...(manager === 'system' ? elsewhere : elsewhereForUsers).split(' '),
  ])
  return names
})

/** Names are by themselves, without the versions that have them. */
const boot = query(
  (
    units: typeof bootUnits,
  ): ReadonlyMap<string, {readonly name: string; readonly lines: readonly string[]}> => {
    return new Map(units.map(([name, ...lines]) => [name.split(':', 1)[0] ?? name, {name, lines}]))
  },
)

/** Units of systemd's optional parts, and names that systemd.special(7) reserves. */
const elsewhere = [
  '-.mount -.slice init.scope system.slice user.slice machine.slice dbus.service dbus.socket dbus-broker.service display-manager.service syslog.service',
  'console-getty.service cryptsetup-pre.target cryptsetup.target remote-cryptsetup.target integritysetup-pre.target integritysetup.target',
  'veritysetup-pre.target veritysetup.target remote-veritysetup.target machines.target nss-lookup.target nss-user-lookup.target rpcbind.target',
  'runlevel0.target runlevel1.target runlevel2.target runlevel3.target runlevel4.target runlevel5.target runlevel6.target quotaon.service',
  'systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udevd-varlink.socket systemd-udev-trigger.service',
  'systemd-udev-settle.service systemd-udev-load-credentials.service systemd-hwdb-update.service systemd-modules-load.service systemd-vconsole-setup.service',
  'systemd-resolved.service systemd-resolved-monitor.socket systemd-resolved-varlink.socket systemd-timesyncd.service systemd-time-wait-sync.service',
  'systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service systemd-networkd-wait-online@.service systemd-network-generator.service',
  'systemd-homed.service systemd-homed-activate.service systemd-homed-firstboot.service systemd-userdbd.service systemd-userdbd.socket systemd-userdb-load-credentials.service',
  'systemd-oomd.service systemd-oomd.socket systemd-coredump.socket systemd-coredump@.service systemd-pstore.service systemd-repart.service systemd-repart@.service',
  'systemd-journal-gatewayd.service systemd-journal-gatewayd.socket systemd-journal-remote.service systemd-journal-remote.socket systemd-journal-upload.service',
  'systemd-machined.service systemd-machined.socket systemd-nspawn@.service systemd-importd.service systemd-importd.socket systemd-portabled.service var-lib-machines.mount',
  'systemd-boot-update.service systemd-boot-random-seed.service systemd-bless-boot.service systemd-boot-system-token.service systemd-bootctl.socket systemd-bootctl@.service',
  'systemd-sysupdate.service systemd-sysupdate.timer systemd-sysupdate-reboot.service systemd-sysupdate-reboot.timer systemd-sysupdated.service',
  'systemd-mountfsd.service systemd-mountfsd.socket systemd-nsresourced.service systemd-nsresourced.socket systemd-ssh-generator.service sshd-unix-local.socket sshd-vsock.socket',
  'systemd-pcrphase.service systemd-pcrphase-initrd.service systemd-pcrphase-sysinit.service systemd-pcrmachine.service systemd-pcrlock-make-policy.service',
  'systemd-tpm2-setup.service systemd-tpm2-setup-early.service systemd-quotacheck.service systemd-fsckd.service systemd-fsckd.socket systemd-sysext.service systemd-confext.service',
  'systemd-rfkill.service systemd-rfkill.socket systemd-backlight@.service systemd-binfmt.service systemd-firstboot.service systemd-update-utmp.service',
  'systemd-update-utmp-runlevel.service systemd-initctl.service systemd-initctl.socket systemd-readahead-collect.service rc-local.service initrd-switch-root.service',
  'dbus-org.freedesktop.network1.service dbus-org.freedesktop.resolve1.service dbus-org.freedesktop.timesync1.service dbus-org.freedesktop.machine1.service',
  'dbus-org.freedesktop.import1.service dbus-org.freedesktop.portable1.service dbus-org.freedesktop.oom1.service dbus-org.freedesktop.home1.service',
].join(' ')

const elsewhereForUsers =
  '-.slice app.slice session.slice background.slice init.scope dbus.service dbus.socket dbus-broker.service default.target systemd-coredump@.service -.mount'
