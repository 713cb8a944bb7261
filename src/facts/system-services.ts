/**
 * Well-known services that packages bring for the system alone. What users run as well, such as
 * databases, web servers and sound, is left out. Of Docker a user may have one that was set up for
 * them (rootless).
 */
export const systemServices: ReadonlySet<string> = new Set([
  'NetworkManager.service',
  'NetworkManager-wait-online.service',
  'accounts-daemon.service',
  'avahi-daemon.service',
  'avahi-daemon.socket',
  'bluetooth.service',
  'chrony.service',
  'chronyd.service',
  'colord.service',
  'connman.service',
  'cron.service',
  'crond.service',
  'cups.service',
  'cups.socket',
  'dhcpcd.service',
  'docker.service',
  'docker.socket',
  'firewalld.service',
  'gdm.service',
  'iwd.service',
  'lightdm.service',
  'libvirtd.service',
  'ModemManager.service',
  'networking.service',
  'nfs-client.target',
  'nfs-server.service',
  'ntp.service',
  'ntpd.service',
  'polkit.service',
  'rpcbind.service',
  'rtkit-daemon.service',
  'sddm.service',
  'ssh.service',
  'sshd.service',
  'tailscaled.service',
  'udisks2.service',
  'ufw.service',
  'upower.service',
  'wpa_supplicant.service',
])

/** Well-known units that packages bring for users alone. */
export const userServices: ReadonlySet<string> = new Set([
  'pipewire.service',
  'pipewire.socket',
  'pipewire-media-session.service',
  'pipewire-pulse.service',
  'pipewire-pulse.socket',
  'wireplumber.service',
  'xdg-desktop-portal.service',
])
