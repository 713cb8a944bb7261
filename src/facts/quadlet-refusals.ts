import type {QuadletType} from './quadlet.ts'

/** What Quadlet makes no service of, beside keys that it does not know (`pkg/systemd/quadlet/quadlet.go` of podman, its `Convert` functions). */
export interface QuadletRefusals {
  /** Of each of these one has to be there, as `Section.Key`; what is said where none is. */
  readonly required?: readonly (readonly string[])[]
  /** Words that a line of `[Service]` may have, and no others. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Quadlet adds a command of its own: services of other types than `oneshot` have one (systemd.service(5), "ExecStart="). */
  readonly hasCommand?: true
}

const running = {words: {Type: ['notify', 'oneshot'], KillMode: ['mixed', 'control-group']}, hasCommand: true} as const

/** By kind of file. */
export const quadletRefusals: Readonly<Record<QuadletType, QuadletRefusals>> = {
  container: {...running, required: [['Container.Image', 'Container.Rootfs']]},
  kube: {...running, required: [['Kube.Yaml']]},
  image: {required: [['Image.Image']]},
  build: {required: [['Build.ImageTag'], ['Build.SetWorkingDirectory', 'Build.File', 'Service.WorkingDirectory']]},
  artifact: {required: [['Artifact.Artifact']]},
  pod: {hasCommand: true},
  volume: {},
  network: {},
}

/**
 * What `[Service]` may not have: podman 6 refuses it; older ones have podman run as that user, without the session and the folders that it needs
 * (podman's issue 26552).
 */
export const notForQuadlet: ReadonlySet<string> = new Set(['User', 'Group', 'DynamicUser'])

/** Keys that Quadlet refuses beside, or without, another, as `Section.Key`. */
export const quadletPairs: ReadonlyArray<{readonly key: string; readonly beside: string} | {readonly key: string; readonly without: string}> = [
  {key: 'Container.Rootfs', beside: 'Container.Image'},
  {key: 'Container.ReloadSignal', beside: 'Container.ReloadCmd'},
  {key: 'Container.Group', without: 'Container.User'},
  {key: 'Volume.Type', without: 'Volume.Device'},
  {key: 'Network.Gateway', without: 'Network.Subnet'},
  {key: 'Network.IPRange', without: 'Network.Subnet'},
]
