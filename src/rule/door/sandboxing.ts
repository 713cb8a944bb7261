/** What the values of the sandboxing hold: capabilities, address families, system calls, networks. */
export {isHardening} from '../../facts/hardening.ts'
export {addressFamily, isFamilyAllowed} from '../../values/address-families.ts'
export {capabilitiesIn, untouchedCapabilities} from '../../values/capabilities.ts'
export {holdsAll} from '../../values/ip-networks.ts'
export {allNamespaces} from '../../values/namespaces.ts'
export {callAllowedOf} from '../../values/syscalls.ts'
export {deniable, going} from '../deniable.ts'
export {deniedBy} from '../denied.ts'
