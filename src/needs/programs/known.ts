import {essential} from './tables/essential.ts'
import {network} from './tables/network.ts'
import type {KnownPrograms} from './tables/row.ts'
import {runtimes} from './tables/runtimes.ts'
import {services} from './tables/services.ts'
import {system} from './tables/system.ts'
import {unrestrained} from './tables/unrestrained.ts'

/** What programs need, as trackers, manuals and unit files of many projects tell. */
export const known: readonly KnownPrograms[] = [
  ...essential,
  ...unrestrained,
  ...runtimes,
  ...system,
  ...network,
  ...services,
]
