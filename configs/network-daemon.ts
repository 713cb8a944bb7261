import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'
import {becomingAnother, daemons, serving} from './parts.ts'

/**
 * For daemons of the network that start as root and become another user: web servers, proxies, DNS,
 * FTP, file servers.
 *
 * They open ports and sockets, change owners, and, where nobody knows better, shut themselves in
 * and raise their limits. What the unit or the program shows that it needs is kept all the same.
 */
export default {
  ...hardened,
  profile: {needs: serving, asRoot: becomingAnother, ifUnknown: daemons, closed: true},
} satisfies Config
