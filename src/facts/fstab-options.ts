/**
 * Options that systemd reads in `/etc/fstab` and not in `Options=` of a mount, and what does in a
 * unit what they do there (systemd.mount(5), "FSTAB"; booted with 252 and 257).
 */
export const fstabOptions: ReadonlyMap<string, string> = new Map([
  ['x-systemd.after', '`After=` in `[Unit]`'],
  ['x-systemd.automount', 'an `.automount` unit of the same name'],
  ['x-systemd.before', '`Before=` in `[Unit]`'],
  ['x-systemd.device-timeout', '`JobRunningTimeoutSec=` in a drop-in of the device'],
  ['x-systemd.growfs', '`systemd-growfs@.service` in `Wants=`'],
  ['x-systemd.idle-timeout', '`TimeoutIdleSec=` in the `.automount` unit of the same name'],
  ['x-systemd.makefs', '`systemd-makefs@.service` in `Requires=` and `After=`'],
  ['x-systemd.mount-timeout', '`TimeoutSec=`'],
  ['x-systemd.required-by', '`RequiredBy=` in `[Install]`'],
  ['x-systemd.requires', '`Requires=` and `After=` in `[Unit]`'],
  ['x-systemd.requires-mounts-for', '`RequiresMountsFor=` in `[Unit]`'],
  ['x-systemd.rw-only', '`ReadWriteOnly=yes`'],
  ['x-systemd.wanted-by', '`WantedBy=` in `[Install]`'],
])
