import type {SandboxingRow} from './row.ts'

/** Which files and processes of the host the unit cannot change, or not even see. */
export const ofFiles = {
  ProtectHome: {
    since: 0,
    summary: 'Makes `/home`, `/root` and `/run/user` read-only, empty, or inaccessible.',
    about: 'processes',
    users: 'namespace-or-ignored',
    besides: {
      implies: [],
      drops: [],
      spares: [{access: 'bound-homes', when: 'binds-no-homes'}],
      filters: false,
      lateBoot: true,
    },
    grouped: true,
    holds: 'word',
    levels: [
      {words: {no: 0}, denies: [], mountsSince: 'never'},
      {words: {'read-only': 0}, denies: ['home-write', 'host-mounts'], mountsSince: 0},
      {words: {tmpfs: 0}, denies: ['home-read', 'home-write', 'host-mounts'], mountsSince: 0},
      {
        words: {yes: 0},
        // What is bound into an empty folder is seen there; into what is inaccessible nothing is:
        // seen in 252 and 257.
        denies: ['home-read', 'home-write', 'bound-homes', 'host-mounts'],
        mountsSince: 0,
      },
    ],
    reads: {default: 'no', booleans: 'plain', argument: 'none', emptySince: 'never'},
    exposure: {
      weight: 1000,
      range: 10,
      bad: 'Home folders are within reach',
      good: 'Home folders are out of reach',
      between: {
        'read-only': [5, 'Home folders can be read, not changed'],
        tmpfs: [1, 'Home folders are hidden by an empty file system'],
      },
    },
  },
  ProtectProc: {
    since: 247,
    summary: 'Hides the processes of others in `/proc`, or their details.',
    about: 'processes',
    users: 'borrows-or-ignored',
    besides: 'nothing',
    grouped: true,
    holds: 'word',
    levels: [
      {words: {default: 0}, denies: [], mountsSince: 'never'},
      {words: {noaccess: 0}, denies: ['other-processes', 'host-mounts'], mountsSince: 0},
      {
        words: {invisible: 0, ptraceable: 0},
        denies: ['other-processes', 'host-mounts'],
        mountsSince: 0,
      },
    ],
    reads: {default: 'default', booleans: 'none', argument: 'none', emptySince: 'never'},
    exposure: {
      weight: 1000,
      range: 3,
      bad: 'Processes of others can be looked at in /proc',
      good: 'Processes of others are hidden in /proc',
      between: {
        noaccess: [1, 'Processes of others are listed in /proc, with nothing about them'],
      },
    },
  },
  ProtectSystem: {
    since: 0,
    summary: 'Makes `/usr` and boot files, then `/etc` too, then the whole file system read-only.',
    about: 'processes',
    users: 'namespace-or-ignored',
    besides: {
      implies: [],
      drops: [],
      spares: [{access: 'temporary-files', when: 'has-own-tmp'}],
      filters: false,
      lateBoot: true,
    },
    grouped: true,
    holds: 'word',
    levels: [
      {words: {no: 0}, denies: [], mountsSince: 'never'},
      {words: {yes: 0}, denies: ['write-system', 'host-mounts'], mountsSince: 0},
      {words: {full: 0}, denies: ['write-config', 'write-system', 'host-mounts'], mountsSince: 0},
      {
        words: {strict: 0},
        denies: [
          'write-anywhere',
          'write-config',
          'write-system',
          'home-write',
          'host-mounts',
          'temporary-files',
        ],
        mountsSince: 0,
      },
    ],
    reads: {default: 'no', booleans: 'plain', argument: 'none', emptySince: 'never'},
    exposure: {
      weight: 1000,
      range: 10,
      bad: "The system's files can be changed",
      good: 'The whole file system is read-only',
      between: {
        yes: [5, '/usr and the boot loader are read-only, /etc is not'],
        full: [3, '/usr, the boot loader and /etc are read-only'],
      },
    },
  },
  ProcSubset: {
    since: 247,
    summary: 'Hides everything in `/proc` that is not about processes.',
    about: 'processes',
    users: 'borrows-or-ignored',
    besides: 'nothing',
    grouped: true,
    holds: 'word',
    levels: [
      {words: {all: 0}, denies: [], mountsSince: 'never'},
      {words: {pid: 0}, denies: ['proc-files', 'kernel-tunables', 'host-mounts'], mountsSince: 0},
    ],
    reads: {default: 'all', booleans: 'none', argument: 'none', emptySince: 'never'},
    exposure: {
      weight: 10,
      range: 1,
      bad: '/proc tells about the whole system',
      good: '/proc holds nothing but processes',
      between: {},
    },
  },
} as const satisfies Readonly<Record<string, SandboxingRow>>
