import {measured, without} from './data/environments.ts'

/**
 * The places that systemd runs in beside a machine of its own, each as its program makes it where
 * it is told nothing else.
 */
export const environments = {
  docker: 'Docker, with systemd as the first process and the control groups writable',
  'docker-privileged': 'Docker with `--privileged`',
  lxc: 'LXC, as root of the machine',
  'lxc-unprivileged': 'LXC with users of its own, as Incus, LXD and Proxmox make them',
  'lxc-without-nesting':
    'LXC whose AppArmor profile allows no mounts, as of Proxmox without `nesting`',
  nspawn: 'systemd-nspawn',
  'nspawn-private-users':
    'systemd-nspawn with `--private-users`, as `systemd-nspawn@.service` starts it',
  podman: 'Podman of root, with `--systemd=always`',
  rootless: 'Podman of a user without rights',
  wsl: 'the Windows Subsystem for Linux, version 2',
} as const

/** The name of a place that systemd runs in. */
export type EnvironmentId = keyof typeof environments

/** Other names for them. */
export const environmentAliases: Readonly<Record<string, EnvironmentId>> = {
  incus: 'lxc-unprivileged',
  lxd: 'lxc-unprivileged',
  'podman-rootless': 'rootless',
  'systemd-nspawn': 'nspawn',
  wsl2: 'wsl',
}

/** The environment of a name; undefined for one that there is not. */
export function environmentNamed(name: string): EnvironmentId | undefined {
  if (Object.hasOwn(environmentAliases, name)) return environmentAliases[name]
  return isEnvironment(name) ? name : undefined
}

function isEnvironment(name: string): name is EnvironmentId {
  return Object.hasOwn(environments, name)
}

/** What becomes of a directive's value in an environment. */
export interface Outcome {
  /** That of a sample, where values are many: it stands for all. */
  readonly value: string
  /** `ignored`, or `fails` with the exit status of systemd. */
  readonly does: string
  /**
   * Why, where nobody tried it here and it is known from those who make the environment; absent:
   * tried, with the systemd that is named.
   */
  readonly because?: string
}

/**
 * What becomes of values of a directive in an environment, by a version of systemd: of what works,
 * and of what nobody knows, nothing is said.
 */
export function outcomesIn(
  environment: EnvironmentId,
  key: string,
  version: number,
): readonly Outcome[] {
  const known = limits.flatMap(({where, keys, does, because}) =>
    where.includes(environment) && keys.includes(key) ? [{value: '', does, because}] : [],
  )
  const tried = (measured[key] ?? []).flatMap(([value, by]): Outcome[] => {
    const does = Object.entries(by).find(([names]) => names.split(' ').includes(environment))?.[1]
    const [before = 'works', later = before] = does?.split(' | ') ?? []
    const its = version < secondTried ? before : later
    return its === 'works' ? [] : [{value, does: its}]
  })
  return [...tried, ...known]
}

/** How many values of a directive were tried. */
export function samplesOf(key: string): number {
  return measured[key]?.length ?? 0
}

/** The systemds that were tried; those between go by the first. */
const secondTried = 257
const firstTried = 252

/** The systemd that was tried for a version. */
export function triedFor(version: number): number {
  return version < secondTried ? firstTried : secondTried
}

/** The capabilities that nobody has in an environment, by name. */
export function withheldIn(environment: EnvironmentId): readonly string[] {
  return without[environment]?.split(' ') ?? []
}

/** All directives of which something is known in some environment. */
export function limitedDirectives(): readonly string[] {
  return [
    ...new Set([
      ...Object.keys(measured),
      ...limits.flatMap(({keys}) => keys),
      'AmbientCapabilities',
    ]),
  ]
}

interface Limit {
  readonly where: readonly EnvironmentId[]
  readonly keys: readonly string[]
  readonly does: string
  readonly because: string
}

/** What was not tried here, by those who make the environments. */
const limits: readonly Limit[] = [
  {
    // As distrobuilder makes them, of which the images of LXC, LXD and Incus come; the second where
    // root is that of the machine.
    where: ['lxc', 'lxc-unprivileged', 'lxc-without-nesting'],
    keys: [
      'LoadCredential',
      'NoNewPrivileges',
      'ProcSubset',
      'ProtectControlGroups',
      'ProtectKernelTunables',
      'ProtectProc',
    ],
    does: 'ignored',
    because: 'images turn it off in `service.d/zzz-lxc-service.conf`',
  },
  {
    where: ['lxc'],
    keys: [
      'PrivateDevices',
      'PrivateTmp',
      'ProtectHome',
      'ProtectKernelLogs',
      'ProtectKernelModules',
      'ProtectSystem',
    ],
    does: 'ignored',
    because: 'images turn it off in `service.d/zzz-lxc-service.conf`',
  },
  {
    where: ['lxc-without-nesting'],
    keys: [
      ...[
        'BindPaths',
        'BindReadOnlyPaths',
        'DynamicUser',
        'ExtensionDirectories',
        'InaccessiblePaths',
        'LogNamespace',
        'NoExecPaths',
        'PrivateDevices',
      ],
      ...[
        'PrivateMounts',
        'PrivateTmp',
        'ProtectHome',
        'ProtectKernelLogs',
        'ProtectKernelModules',
        'ProtectSystem',
        'ReadOnlyPaths',
        'RootDirectory',
      ],
      ...['TemporaryFileSystem'],
    ],
    does: 'fails 226/NAMESPACE',
    because: 'AppArmor denies the mounts; `nesting` allows them',
  },
  {
    where: [
      'docker',
      'lxc-unprivileged',
      'lxc-without-nesting',
      'nspawn',
      'nspawn-private-users',
      'podman',
      'rootless',
    ],
    keys: ['ExtensionImages', 'MountImages', 'RootImage'],
    does: 'fails 226/NAMESPACE',
    because: 'there are no loop devices',
  },
  {
    where: [
      'docker',
      'podman',
      'rootless',
      'nspawn',
      'nspawn-private-users',
      'lxc-unprivileged',
      'lxc-without-nesting',
    ],
    keys: ['RestrictFileSystems'],
    does: 'ignored',
    because: 'programs for the LSM hooks of the kernel are loaded by root of the machine alone',
  },
  {
    where: ['docker', 'podman', 'rootless', 'nspawn', 'nspawn-private-users'],
    keys: ['AppArmorProfile', 'SELinuxContext', 'SmackProcessLabel'],
    does: 'ignored',
    because: 'security modules are the business of the machine that the container is on',
  },
  {
    where: ['wsl'],
    keys: ['AppArmorProfile', 'RestrictFileSystems', 'SELinuxContext', 'SmackProcessLabel'],
    does: 'ignored',
    because: 'the kernel that comes with it has none of these security modules on',
  },
]
