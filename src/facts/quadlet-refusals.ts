import type {QuadletType} from './quadlet.ts'

/**
 * What Quadlet makes no service of, beside keys that it does not know
 * (`pkg/systemd/quadlet/quadlet.go` of podman, its `Convert` functions).
 */
export interface QuadletRefusals {
  /** Of each of these one has to be there, as `Section.Key`; what is said where none is. */
  readonly required?: readonly (readonly string[])[]
  /** Words that a line of `[Service]` may have, and no others. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /**
   * Quadlet adds a command of its own: services of other types than `oneshot` have one
   * (systemd.service(5), "ExecStart=").
   */
  readonly hasCommand?: true
}

const running = {
  words: {Type: ['notify', 'oneshot'], KillMode: ['mixed', 'control-group']},
  hasCommand: true,
} as const

/** By kind of file. */
export const quadletRefusals: Readonly<Record<QuadletType, QuadletRefusals>> = {
  container: {...running, required: [['Container.Image', 'Container.Rootfs']]},
  kube: {...running, required: [['Kube.Yaml']]},
  image: {required: [['Image.Image']]},
  build: {
    required: [
      ['Build.ImageTag'],
      ['Build.SetWorkingDirectory', 'Build.File', 'Service.WorkingDirectory'],
    ],
  },
  artifact: {required: [['Artifact.Artifact']]},
  pod: {hasCommand: true},
  volume: {},
  network: {},
}

/**
 * What `[Service]` may not have: podman 6 refuses it; older ones have podman run as that user,
 * without the session and the folders that it needs (podman's issue 26552).
 */
export const notForQuadlet: ReadonlySet<string> = new Set(['User', 'Group', 'DynamicUser'])

/**
 * Two keys, as `Section.Key`, of which Quadlet refuses one beside, or without, the other; unless a
 * third has a value.
 */
export type QuadletPair = {
  readonly key: string
  readonly unless?: readonly [key: string, value: string]
} & ({readonly beside: string} | {readonly without: string})

/** The first that holds of a key is what Quadlet says. */
export const quadletPairs: readonly QuadletPair[] = [
  {key: 'Container.Rootfs', beside: 'Container.Image'},
  {key: 'Container.ReloadSignal', beside: 'Container.ReloadCmd'},
  {key: 'Container.Group', without: 'Container.User'},
  {key: 'Volume.Type', without: 'Volume.Device', unless: ['Volume.Driver', 'image']},
  {key: 'Volume.Options', without: 'Volume.Device', unless: ['Volume.Driver', 'image']},
  {key: 'Network.Gateway', without: 'Network.Subnet'},
  {key: 'Network.IPRange', without: 'Network.Subnet'},
  ...['Container', 'Pod', 'Kube'].flatMap((section) => [
    ...['UserNS', 'UIDMap', 'GIDMap', 'SubUIDMap', 'SubGIDMap'].flatMap((other) =>
      ['RemapUsers', 'RemapUid', 'RemapGid'].map((key) => ({
        key: `${section}.${key}`,
        beside: `${section}.${other}`,
      })),
    ),
    {key: `${section}.RemapUid`, without: `${section}.RemapUsers`},
    {key: `${section}.RemapGid`, without: `${section}.RemapUsers`},
  ]),
]

/**
 * What words of a key Quadlet takes, as `Section.Key`; where it takes several of them, each has to
 * be so.
 */
export const quadletFormats: ReadonlyArray<{
  readonly key: string
  readonly taken: RegExp
  readonly expected: string
  readonly each?: true
}> = [
  {key: 'Container.Pod', taken: /\.pod$/, expected: 'the name of a file such as `web.pod`'},
  {
    key: 'Container.ExposeHostPort',
    taken: /\d(?:\/udp|\/tcp)?$/,
    expected: 'ports such as `8080`, `8000-8010` or `53/udp`',
    each: true,
  },
  {key: 'Container.Mount', taken: /(?:^|,)"?type=/, expected: '`type=` in it'},
  {
    key: 'Container.RemapUsers',
    taken: /^(?:manual|auto|keep-id)$/,
    expected: '`manual`, `auto` or `keep-id`',
  },
  {
    key: 'Pod.RemapUsers',
    taken: /^(?:manual|auto|keep-id)$/,
    expected: '`manual`, `auto` or `keep-id`',
  },
  {key: 'Kube.RemapUsers', taken: /^(?:auto|keep-id)$/, expected: '`auto` or `keep-id`'},
  {key: 'Kube.SetWorkingDirectory', taken: /^(?:yaml|unit)$/i, expected: '`yaml` or `unit`'},
  {
    key: 'Build.SetWorkingDirectory',
    taken: /^(?!yaml$)/i,
    expected: '`unit`, `file`, a path or a URL',
  },
]

/** Of what there may be no more than there are `Subnet=` (of `[Network]`). */
export const perSubnet = ['Gateway', 'IPRange'] as const
