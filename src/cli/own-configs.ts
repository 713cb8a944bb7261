import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {configs} from '../config/configs.ts'
import type {ConfigFlags} from '../config/configs.ts'
import type {Scope} from './scope.ts'

/** Configs by folder, on the rules and presets that are built in; see `configs`. */
export function ownConfigs(flags: ConfigFlags, cwd: string): Scope['configOf'] {
  return configs({rules, presets}, flags, cwd)
}

/**
 * The same, for many units. A config that is named is for all of them, and what is wrong with it is
 * told once; one that was found spoils only the files that are its own. Rejects with a usage error.
 */
export async function configsOfAll(flags: ConfigFlags, cwd: string): Promise<Scope['configOf']> {
  const configOf = ownConfigs(flags, cwd)
  if (typeof flags.config === 'string') await configOf(cwd)
  return configOf
}
