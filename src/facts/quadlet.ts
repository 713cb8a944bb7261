import type {ValueFacts} from './directives.ts'

/**
 * The files that Quadlet, the generator of podman, makes services of (podman-systemd.unit(5)), by
 * suffix; `Quadlet` may be in each.
 *
 * The names are those of podman 4.4 to 6.0 together (`pkg/systemd/quadlet/quadlet.go`): what is new
 * or gone in one of them is known here.
 */
const kinds = {
  container: {
    section: 'Container',
    service: '',
    keys:
      'AddCapability AddDevice AddHost Annotation AppArmor AutoUpdate CgroupsMode ContainerName ContainersConfModule DNS DNSOption DNSSearch DropCapability ' +
      'Entrypoint Environment EnvironmentFile EnvironmentHost Exec ExposeHostPort GIDMap GlobalArgs Group GroupAdd HealthCmd HealthInterval ' +
      'HealthLogDestination HealthMaxLogCount HealthMaxLogSize HealthOnFailure HealthRetries HealthStartPeriod HealthStartupCmd HealthStartupInterval ' +
      'HealthStartupRetries HealthStartupSuccess HealthStartupTimeout HealthTimeout HostName HttpProxy IP IP6 Image ImageVolume Label LogDriver LogOpt Mask ' +
      'Memory Mount Network NetworkAlias NoNewPrivileges Notify PidsLimit Pod PodmanArgs PublishPort Pull ReadOnly ReadOnlyTmpfs ReloadCmd ReloadSignal ' +
      'RemapGid RemapUid RemapUidSize RemapUsers Retry RetryDelay Rootfs RunInit SeccompProfile Secret SecurityLabelDisable SecurityLabelFileType ' +
      'SecurityLabelLevel SecurityLabelNested SecurityLabelType ServiceName ShmSize StartWithPod StopSignal StopTimeout SubGIDMap SubUIDMap Sysctl Timezone ' +
      'Tmpfs UIDMap Ulimit Umask Unmask User UserNS VolatileTmp Volume WorkingDir',
  },
  volume: {
    section: 'Volume',
    service: '-volume',
    keys: 'ContainersConfModule Copy Device Driver GID GlobalArgs Group Image Label Options PodmanArgs ServiceName Type UID User VolumeName',
  },
  network: {
    section: 'Network',
    service: '-network',
    keys:
      'ContainersConfModule DNS DisableDNS Driver Gateway GlobalArgs IPAMDriver IPRange IPv6 InterfaceName Internal Label NetworkDeleteOnStop NetworkName ' +
      'Options PodmanArgs ServiceName Subnet',
  },
  kube: {
    section: 'Kube',
    service: '',
    keys:
      'AutoUpdate ConfigMap ContainersConfModule ExitCodePropagation GlobalArgs KubeDownForce LogDriver LogOpt Network PodmanArgs PublishPort RemapGid RemapUid ' +
      'RemapUidSize RemapUsers ServiceName SetWorkingDirectory UserNS Yaml',
  },
  image: {
    section: 'Image',
    service: '-image',
    keys:
      'AllTags Arch AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs Image ImageTag OS PodmanArgs Policy Retry RetryDelay ServiceName ' +
      'TLSVerify Variant',
  },
  build: {
    section: 'Build',
    service: '-build',
    keys:
      'Annotation Arch AuthFile BuildArg ContainersConfModule DNS DNSOption DNSSearch Environment File ForceRM GlobalArgs GroupAdd IgnoreFile ImageTag Label ' +
      'Network PodmanArgs Pull Retry RetryDelay Secret ServiceName SetWorkingDirectory TLSVerify Target Variant Volume',
  },
  artifact: {
    section: 'Artifact',
    service: '-artifact',
    keys: 'Artifact AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs PodmanArgs Quiet Retry RetryDelay ServiceName TLSVerify',
  },
  pod: {
    section: 'Pod',
    service: '-pod',
    keys:
      'AddHost ContainersConfModule DNS DNSOption DNSSearch ExitPolicy GIDMap GlobalArgs HostName IP IP6 Label Network NetworkAlias PodName PodmanArgs ' +
      'PublishPort RemapGid RemapUid RemapUidSize RemapUsers ServiceName ShmSize StopTimeout SubGIDMap SubUIDMap UIDMap UserNS Volume',
  },
} as const

export type QuadletType = keyof typeof kinds

/** The kinds of files that Quadlet reads, by file name suffix. */
export const quadletTypes: readonly QuadletType[] = Object.keys(kinds) as QuadletType[] // They are its keys.

/** Whether a type of files is one of Quadlet's. */
export function isQuadlet(type: string): type is QuadletType {
  return Object.hasOwn(kinds, type)
}

/** The section that is Quadlet's own in files of a kind. */
export function quadletSection(type: QuadletType): string {
  return kinds[type].section
}

/**
 * The sections of files of each kind: those that Quadlet reads, and those that it hands on to
 * systemd.
 */
export const quadletSections: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(kinds).map(([type, {section}]) => [
    type,
    ['Unit', section, 'Service', 'Install', 'Quadlet'],
  ]),
)

/** The keys of a section that Quadlet reads itself; none of others. */
export function quadletKeys(section: string): readonly string[] {
  return [...(rows().get(section)?.keys() ?? [])]
}

/** All keys that Quadlet reads, whatever their section. */
export function quadletNames(): ReadonlySet<string> {
  return new Set([...rows().values()].flatMap((keys) => [...keys.keys()]))
}

/** What is known of a key in a section of Quadlet's: that it is one, and no more of its values. */
export function quadletRow(section: string, key: string): ValueFacts | undefined {
  return rows().get(section)?.get(key)
}

/**
 * The name of the service that Quadlet makes of a file, where `ServiceName=` says no other:
 * `a.volume` becomes `a-volume.service`.
 */
export function quadletService(name: string, type: QuadletType): string {
  const stem = name.slice(0, name.lastIndexOf('.'))
  const {service} = kinds[type]
  return stem.endsWith('@')
    ? `${stem.slice(0, -1)}${service}@.service`
    : `${stem}${service}.service`
}

let made: ReadonlyMap<string, ReadonlyMap<string, ValueFacts>> | undefined

function rows(): ReadonlyMap<string, ReadonlyMap<string, ValueFacts>> {
  const rowsOf = (section: string, keys: string): [string, ReadonlyMap<string, ValueFacts>] => [
    section,
    new Map(
      keys.split(' ').map((key) => [
        key,
        {
          sections: [section],
          key,
          parser: 'quadlet',
          type: 'quadlet',
          repeat: 'append',
          resets: true,
        },
      ]),
    ),
  ]
  return (made ??= new Map([
    ...Object.values(kinds).map(({section, keys}) => rowsOf(section, keys)),
    rowsOf('Quadlet', 'DefaultDependencies'),
  ]))
}
