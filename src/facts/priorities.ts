/** A directive about priorities, of which some values take privileges. */
export interface Priority {
  readonly key: string
  readonly isPrivileged: RegExp
  /** What becomes of these in a unit of a user's manager: tried on booted systemds 252 and 257. */
  readonly fate: 'ignored' | 'fails'
  /**
   * The limit of `user@.service` that gives users the privilege; PAM may set it, too
   * (pam_limits(8)).
   */
  readonly limit?: string
}

/** The priorities of processes, as far as users' managers cannot set them (systemd.exec(5)). */
export const priorities: readonly Priority[] = [
  {key: 'CPUSchedulingPolicy', isPrivileged: /^(?:fifo|rr|1|2)$/, fate: 'fails'},
  {key: 'IOSchedulingClass', isPrivileged: /^(?:realtime|1)$/, fate: 'fails'},
  {key: 'Nice', isPrivileged: /^-/, fate: 'ignored', limit: 'LimitNICE'},
]
