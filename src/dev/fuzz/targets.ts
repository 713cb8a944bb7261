import {bytesTarget} from './bytes.ts'
import {configsTarget} from './configs.ts'
import {policiesTarget} from './policies.ts'
import {elfTarget, sightTarget} from './sight.ts'
import {suppressionsTarget} from './suppressions.ts'
import type {FuzzTarget} from './target.ts'
import {treesTarget} from './trees.ts'
import {unitsTarget} from './units.ts'

/** All targets by name. */
export const targets: Readonly<Record<string, FuzzTarget>> = {
  bytes: bytesTarget,
  units: unitsTarget,
  trees: treesTarget,
  configs: configsTarget,
  policies: policiesTarget,
  suppressions: suppressionsTarget,
  elf: elfTarget,
  sight: sightTarget,
}
