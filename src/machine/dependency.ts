import type {Pull} from '../unit/load.ts'
import type {Assignment} from '../unit/unit.ts'

/** What a unit may be to another, in the words in which systemd dumps it. */
export type DependencyKind =
  | (typeof written)[keyof typeof written]
  | 'Triggers'
  | 'TriggeredBy'
  | 'InSlice'

/**
 * What makes a dependency: a line, a link in a folder, what the unit is or says elsewhere, or
 * `DefaultDependencies=`, which can be turned off.
 */
export type DependencyOrigin = Assignment | Pull | 'implicit' | 'default'

/** What a unit is to another. */
export interface Dependency {
  readonly kind: DependencyKind
  /**
   * The other's name, specifiers expanded; a template stands for the instance of the unit's own
   * name.
   */
  readonly name: string
  readonly origin: DependencyOrigin
}

/** Keys of `[Unit]` that name units, old names included, and what they make. */
const written = {
  Requires: 'Requires',
  RequiresOverridable: 'Requires',
  Requisite: 'Requisite',
  RequisiteOverridable: 'Requisite',
  Wants: 'Wants',
  BindsTo: 'BindsTo',
  BindTo: 'BindsTo',
  PartOf: 'PartOf',
  Upholds: 'Upholds',
  Conflicts: 'Conflicts',
  Before: 'Before',
  After: 'After',
  OnFailure: 'OnFailure',
  OnSuccess: 'OnSuccess',
  PropagatesReloadTo: 'PropagatesReloadTo',
  PropagateReloadTo: 'PropagatesReloadTo',
  ReloadPropagatedFrom: 'ReloadPropagatedFrom',
  PropagateReloadFrom: 'ReloadPropagatedFrom',
  PropagatesStopTo: 'PropagatesStopTo',
  StopPropagatedFrom: 'StopPropagatedFrom',
  JoinsNamespaceOf: 'JoinsNamespaceOf',
} as const

/** By the keys of `[Unit]`, what they make. */
export const dependencyKinds: ReadonlyMap<string, DependencyKind> = new Map(Object.entries(written))

/** What a unit does not start without (systemd.unit(5)). */
export const requiring = ['Requires', 'Requisite', 'BindsTo'] as const

/** What a unit says of others for itself: `PropagatesReloadTo=` and its like are about them. */
export const naming = [
  ...requiring,
  'PartOf',
  'Wants',
  'Upholds',
  'Conflicts',
  'Before',
  'After',
  'OnFailure',
  'OnSuccess',
] as const
