/**
 * What the values of the sandboxing hold: capabilities, address families, system calls, networks,
 * paths; which of these systemd or commands make.
 */
export {judgedCallGroups} from '../../facts/accesses.ts'
export {closedBy, homes} from '../../facts/closed-folders.ts'
export {droppers, filters, isHardening} from '../../facts/hardening.ts'
export {addressFamily, isFamilyAllowed} from '../../values/address-families.ts'
export {capabilitiesIn, untouchedCapabilities} from '../../values/capabilities.ts'
export {holdsAll, isLoopback} from '../../values/ip-networks.ts'
export {allNamespaces} from '../../values/namespaces.ts'
export {isBelow} from '../../values/paths.ts'
export {callAllowedOf} from '../../values/syscalls.ts'
export {deniable, going, weighLine} from '../deniable.ts'
export {atOdds} from '../at-odds.ts'
export {deniedBy} from '../denied.ts'
export {madeBefore} from '../../needs/evidence/made.ts'
export type {MadePath} from '../../needs/evidence/made.ts'
export {ownDirectories, directoryRoots} from '../../unit/own-directories.ts'
export {leavesFiles} from '../../needs/evidence/leaves.ts'
export {writesAreInSight} from '../../needs/evidence/of-writes.ts'
export {givingBack} from '../giving-back.ts'
export {preserving} from '../preserving.ts'
export {
  binding,
  emptyAbove,
  homeHiddenBy,
  inaccessibleAbove,
  isBound,
  isInside,
  namedPaths,
} from '../../unit/hidden-paths.ts'
export type {NamedPath} from '../../unit/hidden-paths.ts'
export {programsOf, usedFirst} from '../../needs/evidence/used-first.ts'
export {hostTold} from '../../needs/evidence/hosts-told.ts'
export {neededKeys, neededPaths} from '../../unit/needed-paths.ts'
export type {NeededPath} from '../../unit/needed-paths.ts'
