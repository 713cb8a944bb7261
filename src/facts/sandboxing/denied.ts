import {capabilities} from '../accesses.ts'
import type {AccessId, CapabilityId} from '../accesses.ts'

/** Capabilities over files, which work on what a user namespace maps (user_namespaces(7)). */
const fileCapabilities: readonly CapabilityId[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_SETFCAP',
]

/** What nobody can do to the host out of a user namespace. */
export const hostPowers: readonly AccessId[] = [
  'superuser',
  ...capabilities.filter((capability) => !fileCapabilities.includes(capability)),
  'other-keyrings',
  'privileges-by-exec',
]

/** The same, where only the own user is mapped. */
export const allPowers: readonly AccessId[] = ['host-users', ...hostPowers, ...fileCapabilities]

/** What root can do and no other user. */
export const rootPowers: readonly AccessId[] = [
  'root-files',
  'superuser',
  'clock',
  'control-groups',
  'host-control-groups',
  'host-mounts',
  'hostname',
  'kernel-log',
  'kernel-modules',
  'kernel-tunables',
  'packet-sockets',
  'raw-devices',
  'realtime',
  'write-config',
  'write-system',
  ...capabilities,
]
