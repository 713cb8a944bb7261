import type {Config} from '../src/config/config.ts'
import hardened from './hardened.ts'
import {applications, becomingAnother, serving} from './parts.ts'

/**
 * For workers that take jobs from a queue, best as a user of their own.
 *
 * They talk to their queue, to databases and to other hosts, and write where they are told to; they
 * listen on nothing. What the unit or the program shows that it needs is kept all the same.
 */
export default {
  ...hardened,
  profile: {
    needs: serving.filter((id) => id !== 'bind-ports'),
    asRoot: becomingAnother,
    ifUnknown: applications,
    closed: true,
  },
} satisfies Config
