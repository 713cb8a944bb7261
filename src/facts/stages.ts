/**
 * What targets of systemd are called that are points of a boot or of a session (systemd.special(7)),
 * and that no service of any distribution is called.
 */
export const stages: ReadonlySet<string> = new Set([
  'graphical',
  'graphical-session',
  'graphical-session-pre',
  'local-fs',
  'local-fs-pre',
  'multi-user',
  'network-online',
  'network-pre',
  'remote-fs',
  'remote-fs-pre',
  'sysinit',
])
