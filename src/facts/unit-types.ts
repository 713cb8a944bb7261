/** The kinds of units, by file name suffix (systemd.unit(5)). */
export const unitTypes = ['service', 'socket', 'mount', 'automount', 'swap', 'timer', 'path', 'slice', 'scope', 'target', 'device'] as const
export type UnitType = (typeof unitTypes)[number]
