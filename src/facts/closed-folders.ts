/** The folders that `ProtectHome=` is about (systemd.exec(5)). */
export const homes: readonly string[] = ['/home', '/root', '/run/user']

/** The folders that a value of `ProtectSystem=` makes read-only (systemd.exec(5)). */
export function closedBy(value: string): readonly string[] {
  if (value === 'strict') return ['/']
  const vendor = ['/usr', '/boot', '/efi']
  return value === 'full' ? [...vendor, '/etc'] : value === 'yes' ? vendor : []
}
