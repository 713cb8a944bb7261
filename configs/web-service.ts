import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'
import {applications, becomingAnother, serving} from './parts.ts'

/**
 * For servers of web applications, best as a user of their own: an application server, a site, an
 * interface.
 *
 * They listen on ports, talk to databases and to other hosts, and write where they are told to.
 * What the unit or the program shows that it needs is kept all the same.
 */
export default {
  ...hardened,
  profile: {needs: serving, asRoot: becomingAnother, ifUnknown: applications, closed: true},
} satisfies Config
