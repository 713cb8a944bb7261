import {describe, it} from 'vitest'
import ambientCapabilities from '../../rules/ambient-capabilities.ts'
import deviceAllow from '../../rules/device-allow.ts'
import noHiddenPath from '../../rules/no-hidden-path.ts'
import noIdleOption from '../../rules/no-idle-option.ts'
import noLostCapability from '../../rules/no-lost-capability.ts'
import noLostNetwork from '../../rules/no-lost-network.ts'
import noNeededDenial from '../../rules/no-needed-denial.ts'
import {RuleTester} from '../../src/engine/tester.ts'

// What each of these says was seen under booted systemds 252 and 257: what fails, and that it works
// as it is fixed.
const tester = new RuleTester({describe, it})
const asUser = '[Service]\nUser=a\nExecStart=/x\n'
const asRoot = '[Service]\nExecStart=/x\n'

tester.run(noLostCapability, {
  valid: [
    {
      name: 'what is good for something inside',
      unit: `${asUser}PrivateUsers=yes\nAmbientCapabilities=CAP_SYS_CHROOT\n`,
    },
    {
      name: 'one socket is enough',
      unit: `${asUser}AmbientCapabilities=CAP_NET_RAW\nRestrictAddressFamilies=AF_PACKET\n`,
    },
    {
      name: 'a set taken back',
      unit: `${asUser}AmbientCapabilities=CAP_NET_RAW\nAmbientCapabilities=\nCapabilityBoundingSet=\n`,
    },
    {
      name: 'as if the option were not there',
      unit: `${asUser}PrivateUsers=no\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n`,
    },
  ],
  invalid: [
    {
      name: 'not in the bounding set',
      unit: `${asUser}AmbientCapabilities=CAP_NET_RAW CAP_CHOWN\nCapabilityBoundingSet=CAP_CHOWN\n`,
      problems: [
        '4:1-4:42: Unexpected `CAP_NET_RAW` in `AmbientCapabilities=`, not in `CapabilityBoundingSet=` and so never granted',
      ],
      fixedUnsafely: `${asUser}AmbientCapabilities=CAP_NET_RAW CAP_CHOWN\nCapabilityBoundingSet=CAP_CHOWN\nCapabilityBoundingSet=CAP_NET_RAW\n`,
    },
    {
      name: 'the bounding set is empty',
      unit: `${asUser}AmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=\n`,
      problems: [
        '4:1-4:32: Unexpected `CAP_NET_RAW` in `AmbientCapabilities=`, not in `CapabilityBoundingSet=` and so never granted',
      ],
      fixedUnsafely: `${asUser}AmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=\nCapabilityBoundingSet=CAP_NET_RAW\n`,
    },
    {
      name: 'another option takes it',
      unit: `${asUser}AmbientCapabilities=CAP_SYS_TIME\nProtectClock=true\n`,
      problems: [
        '4:1-4:33: Unexpected `CAP_SYS_TIME` in `AmbientCapabilities=` with `ProtectClock=yes`, which takes it away',
      ],
      fixedUnsafely: `${asUser}AmbientCapabilities=CAP_SYS_TIME\nProtectClock=no\n`,
    },
    {
      name: 'in a user namespace',
      unit: `${asUser}PrivateUsers=yes\nAmbientCapabilities=CAP_NET_BIND_SERVICE CAP_DAC_READ_SEARCH CAP_FOWNER\n`,
      problems: [
        '5:1-5:72: Unexpected `CAP_DAC_READ_SEARCH CAP_NET_BIND_SERVICE` in `AmbientCapabilities=` with `PrivateUsers=yes`, without power over what others own',
      ],
      fixedUnsafely: `${asUser}PrivateUsers=no\nAmbientCapabilities=CAP_NET_BIND_SERVICE CAP_DAC_READ_SEARCH CAP_FOWNER\n`,
    },
    {
      name: 'all users are there, the network is not',
      unit: `${asUser}PrivateUsers=identity\nAmbientCapabilities=CAP_NET_RAW CAP_DAC_READ_SEARCH\n`,
      target: '257',
      problems: [
        '5:1-5:52: Unexpected `CAP_NET_RAW` in `AmbientCapabilities=` with `PrivateUsers=identity`, without power over what others own',
      ],
      fixedUnsafely: `${asUser}PrivateUsers=no\nAmbientCapabilities=CAP_NET_RAW CAP_DAC_READ_SEARCH\n`,
    },
    {
      name: 'no socket to use it on',
      unit: `${asUser}AmbientCapabilities=CAP_NET_RAW\nRestrictAddressFamilies=AF_UNIX\n`,
      problems: [
        '4:1-4:32: Unexpected `CAP_NET_RAW` in `AmbientCapabilities=`, of no use as `RestrictAddressFamilies=` allows no socket for it',
      ],
      fixedUnsafely: `${asUser}AmbientCapabilities=CAP_NET_RAW\nRestrictAddressFamilies=AF_UNIX\nRestrictAddressFamilies=AF_INET AF_INET6\n`,
    },
  ],
})

tester.run(noHiddenPath, {
  valid: [
    {name: 'the folder itself', unit: `${asRoot}InaccessiblePaths=/srv\nReadWritePaths=/srv\n`},
    {name: 'beside it', unit: `${asRoot}InaccessiblePaths=/srv/a\nBindPaths=/srv/ab\n`},
    {name: 'read-only', unit: `${asRoot}ProtectHome=read-only\nReadWritePaths=/home/a\n`},
    {
      name: 'bound, and so there',
      unit: `${asRoot}ProtectHome=tmpfs\nBindPaths=/home/a\nReadWritePaths=/home/a/b\n`,
    },
    {
      name: 'made before',
      unit: '[Service]\nExecStartPre=/bin/install /x /tmp/x\nExecStart=/tmp/x\nPrivateTmp=yes\n',
    },
    {name: 'outside of the sandbox', unit: '[Service]\nExecStart=+/tmp/x\nPrivateTmp=yes\n'},
    {
      name: 'joined',
      unit: '[Unit]\nJoinsNamespaceOf=b.service\n[Service]\nExecStart=/tmp/x\nPrivateTmp=yes\n',
    },
    {
      name: 'run from where it may be',
      unit: '[Service]\nExecStart=/usr/bin/x\nNoExecPaths=/\nExecPaths=/usr\n',
    },
    {
      name: 'in another root',
      unit: `${asRoot}RootDirectory=/r\nInaccessiblePaths=/srv\nBindPaths=/srv/a\n`,
    },
    {name: 'a colon in a path', unit: `${asRoot}ProtectHome=yes\nReadWritePaths=/srv/a:/home/b\n`},
    {name: 'run outside of the sandbox', unit: '[Service]\nExecStart=+/usr/bin/x\nNoExecPaths=/\n'},
  ],
  invalid: [
    {
      name: 'below an inaccessible folder, of several',
      unit: `${asRoot}InaccessiblePaths=-/srv /opt\nBindPaths=/data:/srv/a\n`,
      problems: ['4:11-4:23: Unexpected `BindPaths=/srv/a`, which `InaccessiblePaths=/srv` hides'],
      fixedUnsafely: `${asRoot}InaccessiblePaths=/opt\nBindPaths=/data:/srv/a\n\nTemporaryFileSystem=/srv:ro\n`,
    },
    {
      name: 'writable below an inaccessible folder',
      unit: `${asRoot}InaccessiblePaths=/srv\nReadWritePaths=-/srv/a\n`,
      problems: [
        '4:16-4:23: Unexpected `ReadWritePaths=/srv/a`, which `InaccessiblePaths=/srv` hides',
      ],
      fixedUnsafely: `${asRoot}ReadWritePaths=-/srv/a\n\nTemporaryFileSystem=/srv:ro\nBindPaths=-/srv/a\n`,
    },
    {
      name: 'below an inaccessible folder of a line that goes on',
      unit: `${asRoot}InaccessiblePaths=/opt \\\n  # c\n  /srv\nBindPaths=/srv/a\n`,
      problems: ['6:11-6:17: Unexpected `BindPaths=/srv/a`, which `InaccessiblePaths=/srv` hides'],
    },
    {
      name: 'what cannot be written as it stands in another list',
      unit: `${asRoot}ProtectHome=tmpfs\nReadWritePaths="/home/a b" /home/100%%\n`,
      problems: [
        '4:16-4:27: Unexpected `ReadWritePaths=/home/a b`, which `ProtectHome=tmpfs` hides',
        '4:28-4:39: Unexpected `ReadWritePaths=/home/100%%`, which `ProtectHome=tmpfs` hides',
      ],
    },
    {
      name: 'a program that cannot be written so',
      unit: '[Service]\nExecStart="/tmp/a b"\nPrivateTmp=yes\nNoExecPaths=/\n',
      problems: [
        '2:11-2:21: Unexpected `ExecStart=/tmp/a b`, which `PrivateTmp=yes` hides',
        '4:13-4:14: Unexpected `NoExecPaths=/` without `ExecPaths=` for `/tmp/a b`, which cannot be run',
      ],
    },
    {
      name: 'bound into a home that is away',
      unit: `${asRoot}ProtectHome=yes\nBindPaths=/home/a\n`,
      problems: ['4:11-4:18: Unexpected `BindPaths=/home/a`, which `ProtectHome=yes` hides'],
      fixedUnsafely: `${asRoot}ProtectHome=tmpfs\nBindPaths=/home/a\n`,
    },
    {
      name: 'writable in a home that is away',
      unit: `${asRoot}ProtectHome=yes\nReadWritePaths=/root/a\n`,
      problems: ['4:16-4:23: Unexpected `ReadWritePaths=/root/a`, which `ProtectHome=yes` hides'],
      fixedUnsafely: `${asRoot}ProtectHome=tmpfs\nBindPaths=/root/a\nReadWritePaths=/root/a\n`,
    },
    {
      name: 'readable in a home that is empty',
      unit: `${asRoot}ProtectHome=tmpfs\nReadOnlyPaths=-/home/a\n`,
      problems: ['4:15-4:23: Unexpected `ReadOnlyPaths=/home/a`, which `ProtectHome=tmpfs` hides'],
      fixedUnsafely: `${asRoot}ProtectHome=tmpfs\nBindReadOnlyPaths=-/home/a\nReadOnlyPaths=-/home/a\n`,
    },
    {
      name: 'run from a private /tmp, and started in it',
      unit: '[Service]\nExecStart=-/tmp/x a\nWorkingDirectory=/var/tmp/y\nPrivateTmp=yes\n',
      problems: [
        '2:11-2:18: Unexpected `ExecStart=/tmp/x`, which `PrivateTmp=yes` hides',
        '3:18-3:28: Unexpected `WorkingDirectory=/var/tmp/y`, which `PrivateTmp=yes` hides',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=-/tmp/x a\nWorkingDirectory=/var/tmp/y\nPrivateTmp=yes\nBindReadOnlyPaths=/tmp/x\nBindPaths=/var/tmp/y\n',
    },
    {
      name: 'nothing may be run',
      unit: '[Service]\nExecStart=/usr/bin/x\nNoExecPaths=/\n',
      problems: [
        '3:13-3:14: Unexpected `NoExecPaths=/` without `ExecPaths=` for `/usr/bin/x`, which cannot be run',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/usr/bin/x\nNoExecPaths=/\n\nExecPaths=/usr/bin/x -/usr/lib -/usr/lib64 -/lib -/lib64\n',
    },
  ],
})

tester.run(noIdleOption, {
  valid: [
    {
      name: 'no filter sets it any more',
      unit: `${asUser}NoNewPrivileges=no\nLockPersonality=yes\n`,
      target: '257',
    },
    {
      name: 'nor one without which some programs cannot do what root may',
      unit: `${asUser}NoNewPrivileges=no\nSystemCallFilter=~@mount\n`,
      target: '257',
    },
    {
      name: 'root keeps its rights',
      unit: `${asRoot}NoNewPrivileges=no\nLockPersonality=yes\n`,
      target: '252',
    },
    {
      name: 'a part of the tree is its own',
      unit: `${asRoot}Delegate=yes\nProtectControlGroups=private\n`,
      target: '257',
    },
    {
      name: 'the manager asks',
      unit: `${asRoot}LimitRTPRIO=9\nCPUSchedulingPolicy=fifo\nRestrictRealtime=yes\n`,
    },
    {name: 'only read', unit: `${asRoot}DeviceAllow=char-rtc r\nProtectClock=yes\n`},
    {name: 'below the root', unit: `${asRoot}RootDirectory=/srv/r/\nReadWritePaths=/srv/r/a +/b\n`},
    {name: 'the root of the host', unit: `${asRoot}RootDirectory=/\nReadWritePaths=/a\n`},
  ],
  invalid: [
    {
      name: 'a filter sets it',
      unit: `${asUser}NoNewPrivileges=no\nLockPersonality=yes\n`,
      target: '252',
      problems: [
        '4:1-4:19: Unexpected `NoNewPrivileges=no`, without effect beside `LockPersonality=yes`',
      ],
    },
    {
      name: 'a dynamic user has no choice',
      unit: '[Service]\nExecStart=/x\nDynamicUser=yes\nNoNewPrivileges=no\n',
      target: '257',
      problems: [
        '4:1-4:19: Unexpected `NoNewPrivileges=no`, without effect beside `DynamicUser=yes`',
      ],
    },
    {
      name: 'who may trace sees all',
      unit: `${asUser}ProtectProc=invisible\nAmbientCapabilities=CAP_SYS_PTRACE\n`,
      problems: [
        '4:1-4:22: Unexpected `ProtectProc=invisible`, without effect beside `AmbientCapabilities=CAP_SYS_PTRACE`',
      ],
    },
    {
      name: 'a tree that is read-only',
      unit: `${asRoot}Delegate=yes\nProtectControlGroups=yes\n`,
      target: '252',
      problems: [
        '3:1-3:13: Unexpected `Delegate=yes`, without effect beside `ProtectControlGroups=yes`',
      ],
      fixedUnsafely: `${asRoot}Delegate=yes\nProtectControlGroups=no\n`,
    },
    {
      name: 'a tree that could be its own',
      unit: `${asRoot}Delegate=pids\nProtectControlGroups=yes\n`,
      target: '257',
      problems: [
        '3:1-3:14: Unexpected `Delegate=pids`, without effect beside `ProtectControlGroups=yes`',
      ],
      fixedUnsafely: `${asRoot}Delegate=pids\nProtectControlGroups=private\n`,
    },
    {
      name: 'a limit that nothing can make use of',
      unit: `${asRoot}LimitRTPRIO=50\nRestrictRealtime=yes\n`,
      problems: [
        '3:1-3:15: Unexpected `LimitRTPRIO=50`, without effect beside `RestrictRealtime=yes`',
      ],
      fixedUnsafely: `${asRoot}LimitRTPRIO=50\nRestrictRealtime=no\n`,
    },
    {
      name: 'a clock that cannot be set',
      unit: `${asRoot}DeviceAllow=char-rtc rw\nProtectClock=yes\n`,
      problems: [
        '3:1-3:24: Unexpected `DeviceAllow=char-rtc rw`, without effect beside `ProtectClock=yes`',
      ],
      fixedUnsafely: `${asRoot}DeviceAllow=char-rtc rw\nProtectClock=no\n`,
    },
    {
      name: 'outside of the root',
      unit: `${asRoot}RootDirectory=/srv/r\nReadWritePaths=-/var/lib/a /srv/r/b\n`,
      problems: [
        '4:16-4:27: Unexpected `ReadWritePaths=-/var/lib/a`, outside of `RootDirectory=/srv/r` and without effect, expected `+/var/lib/a`',
      ],
      fixedUnsafely: `${asRoot}RootDirectory=/srv/r\nReadWritePaths=-+/var/lib/a /srv/r/b\n`,
    },
    {
      name: 'no path of the host is in an image',
      unit: `${asRoot}RootImage=/srv/r\nInaccessiblePaths=/srv\n`,
      problems: [
        '4:19-4:23: Unexpected `InaccessiblePaths=/srv`, outside of `RootImage=/srv/r` and without effect, expected `+/srv`',
      ],
      fixedUnsafely: `${asRoot}RootImage=/srv/r\nInaccessiblePaths=+/srv\n`,
    },
  ],
})

tester.run(noLostNetwork, {
  valid: [
    '[Service]\nExecStart=/usr/bin/curl http://127.0.0.1:80/ http://localhost/ http://LOCALHOST/\nPrivateNetwork=yes\nIPAddressAllow=::1/128\n',
    {
      name: 'another network',
      unit: '[Unit]\nJoinsNamespaceOf=b.service\n[Service]\nExecStart=/usr/bin/curl https://a.org/\nPrivateNetwork=yes\n',
    },
    {
      name: 'an interface is put in',
      unit: '[Service]\nExecStart=/usr/bin/curl https://a.org/\nExecStartPre=+/sbin/ip link add x\nPrivateNetwork=yes\n',
    },
    {
      name: 'through a socket',
      unit: '[Service]\nExecStart=/usr/bin/curl --unix-socket /run/s https://a.org/\nPrivateNetwork=yes\n',
    },
    {
      name: 'a program that may only name it',
      unit: '[Service]\nExecStart=/x --home https://a.org/\nPrivateNetwork=yes\n',
    },
    {
      name: 'some are allowed',
      unit: '[Service]\nExecStart=/usr/bin/curl https://a.org/\nIPAddressDeny=any\nIPAddressAllow=10.0.0.0/8\n',
    },
    {
      name: 'a socket opens the port',
      fileName: 'a.service',
      unit: '[Service]\nExecStart=/x --listen 0.0.0.0:8080\nSocketBindDeny=any\nPrivateNetwork=yes\n',
      others: {'a.socket': '[Socket]\nListenStream=8080\n'},
    },
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/usr/bin/curl -f https://user@a.org:443/x\nPrivateNetwork=yes\n',
      problems: ['3:1-3:19: Unexpected `PrivateNetwork=yes` of a service that talks to `a.org`'],
      fixedUnsafely:
        '[Service]\nExecStart=/usr/bin/curl -f https://user@a.org:443/x\nPrivateNetwork=no\n',
    },
    {
      unit: '[Service]\nExecStart=/usr/bin/rsync -a rsync://10.1.2.3/x /srv/x\nIPAddressDeny=any\nIPAddressAllow=localhost\n',
      problems: ['3:1-3:18: Unexpected `IPAddressDeny=any` of a service that talks to `10.1.2.3`'],
    },
    {
      unit: `${asRoot}PrivateNetwork=yes\nIPAddressAllow=localhost 10.0.0.0/8\n`,
      problems: ['3:1-3:19: Unexpected `PrivateNetwork=yes` beside `IPAddressAllow=10.0.0.0/8`'],
      fixedUnsafely: `${asRoot}PrivateNetwork=no\nIPAddressAllow=localhost 10.0.0.0/8\n`,
    },
    {
      unit: '[Service]\nExecStart=/x --listen 0.0.0.0:8080\nSocketBindDeny=any\n',
      problems: [
        '3:1-3:19: Unexpected `SocketBindDeny=any` of a service that listens: `ExecStart=` names `0.0.0.0:8080`',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/x --listen 0.0.0.0:8080\nSocketBindDeny=any\nSocketBindAllow=8080\n',
    },
  ],
})

tester.run(noNeededDenial, {
  valid: [],
  invalid: [
    {
      name: 'families',
      unit: '[Service]\nType=notify\nExecStart=/x\nRestrictAddressFamilies=AF_INET\n',
      problems: [
        '4:1-4:32: Unexpected `RestrictAddressFamilies=AF_INET`: `Type=notify` has it report over a local socket',
      ],
      fixedUnsafely:
        '[Service]\nType=notify\nExecStart=/x\nRestrictAddressFamilies=AF_INET\nRestrictAddressFamilies=AF_UNIX\n',
    },
    {
      name: 'the strictest word that is left',
      unit: '[Service]\nExecStart=/home/a/x\nProtectHome=yes\n',
      problems: ['3:1-3:16: Unexpected `ProtectHome=yes`: `ExecStart=` runs `/home/a/x`'],
      fixedUnsafely: '[Service]\nExecStart=/home/a/x\nProtectHome=read-only\n',
    },
    {
      name: 'calls',
      unit: '[Service]\nExecStart=/bin/mount /mnt/a\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n',
      problems: [
        '3:1-3:33: Unexpected `SystemCallFilter=@system-service`: `mount` makes mounts that others must see',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/bin/mount /mnt/a\nSystemCallFilter=@system-service\nSystemCallFilter=@mount\nSystemCallErrorNumber=EPERM\n',
    },
  ],
})

tester.run(deviceAllow, {
  valid: [],
  invalid: [
    {
      unit: `${asRoot}PrivateDevices=yes\nDeviceAllow=/dev/fuse rw\n`,
      problems: [
        '4:1-4:25: Unexpected `DeviceAllow=/dev/fuse` with `PrivateDevices=yes`, expected `BindPaths=/dev/fuse` as well',
      ],
      fixedUnsafely: `${asRoot}PrivateDevices=no\nDeviceAllow=/dev/fuse rw\nDevicePolicy=closed\n`,
    },
  ],
})

tester.run(ambientCapabilities, {
  valid: [
    {
      name: 'without the power of root',
      unit: `${asRoot}SecureBits=noroot\nAmbientCapabilities=CAP_NET_RAW\n`,
    },
    {
      name: 'root by name may lose some to a filter',
      unit: `${asRoot}User=root\nAmbientCapabilities=CAP_SETUID\n`,
    },
  ],
  invalid: [
    {
      unit: `${asRoot}AmbientCapabilities=CAP_NET_RAW\nAmbientCapabilities=CAP_CHOWN\n`,
      problems: [
        '4:1-4:30: Unexpected `AmbientCapabilities=` of a service that runs as root, which has them all',
      ],
      fixedUnsafely: asRoot,
    },
  ],
})
