import type {LoadedUnit} from '../load.ts'
import type {Refusal} from './refusal.ts'

/**
 * Whether the main file is empty, which is as good as a link to `/dev/null` (systemd.unit(5),
 * "mask"); an empty drop-in amends nothing.
 */
export function refusedAsMasked({files}: LoadedUnit): Refusal | undefined {
  const isMasked = files.some(({role, tree}) => role === 'fragment' && tree.text === '')
  return isMasked ? {reason: 'empty main file, which masks the unit'} : undefined
}
