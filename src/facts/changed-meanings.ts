/** A value that is written alike and means something else from a version on. */
export interface ChangedMeaning {
  readonly keys: readonly string[]
  readonly since: number
  /** The part that changes. */
  readonly part: RegExp
  /** That part in words of what it means, as `replace` takes them. */
  readonly before: string
  readonly after: string
}

/** As managers of 247 to 262 hold them (test/oracle/upgrade.test.ts finds others). */
const changedMeanings: readonly ChangedMeaning[] = [
  // There is no such class to the kernel any more (systemd.exec(5), "IOSchedulingClass=").
  {
    keys: ['IOSchedulingClass'],
    since: 250,
    part: /^(?:none|0)$/,
    before: 'none',
    after: 'best-effort',
  },
  // What stands behind a colon was part of the folder's name before (systemd.exec(5),
  // "RuntimeDirectory=").
  {
    keys: ['RuntimeDirectory', 'StateDirectory', 'CacheDirectory', 'LogsDirectory'],
    since: 250,
    part: /([^\s:]+):(\S*)/g,
    before: '$&',
    after: '$1 (link $2)',
  },
]

/** A value in words of what a version of systemd makes of it, where that is not what is written. */
export function meaningBy(version: number, key: string, value: string): string {
  const change = changedMeanings.find(({keys}) => keys.includes(key))
  return change
    ? value.replace(change.part, version < change.since ? change.before : change.after)
    : value
}
