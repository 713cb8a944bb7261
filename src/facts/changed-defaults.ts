/**
 * A default that is another one from a version on, of a directive whose value no table of settings
 * holds.
 */
export interface ChangedDefault {
  readonly type: 'socket'
  readonly section: string
  readonly key: string
  readonly since: number
  readonly before: string
  readonly after: string
}

/**
 * As managers of 247 to 262 hold them for units that say nothing (test/oracle/upgrade.test.ts finds
 * others).
 */
export const changedDefaults: readonly ChangedDefault[] = [
  // The kernel takes no more than net.core.somaxconn.
  {
    type: 'socket',
    section: 'Socket',
    key: 'Backlog',
    since: 250,
    before: '4096',
    after: '2147483647',
  },
]
