import {describe, it} from 'vitest'
import capabilityBoundingSet from '../../rules/capability-bounding-set.ts'
import deviceAllow from '../../rules/device-allow.ts'
import ipAddressDeny from '../../rules/ip-address-deny.ts'
import noLostCapability from '../../rules/no-lost-capability.ts'
import noNeededDenial from '../../rules/no-needed-denial.ts'
import noSecretEnvironment from '../../rules/no-secret-environment.ts'
import readWritePaths from '../../rules/read-write-paths.ts'
import restrictAddressFamilies from '../../rules/restrict-address-families.ts'
import restrictNamespaces from '../../rules/restrict-namespaces.ts'
import systemCallErrorNumber from '../../rules/system-call-error-number.ts'
import systemCallFilter from '../../rules/system-call-filter.ts'
import umask from '../../rules/umask.ts'
import user from '../../rules/user.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const closed = {needs: [], closed: true} as const

tester.run(systemCallFilter, {
  valid: [
    {
      name: 'deny lists add up',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=~@clock @cpu-emulation @debug @module @mount @obsolete\nSystemCallFilter=~@raw-io @reboot @swap @privileged @resources\n',
    },
    {
      name: 'groups allowed by name were meant',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service @mount\nSystemCallFilter=~@privileged @resources\n',
    },
  ],
  invalid: [
    {
      name: 'unset, program unknown',
      unit: '[Service]\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `SystemCallFilter=@system-service`'],
      fixed:
        '[Service]\nExecStart=/x\n\nSystemCallErrorNumber=EPERM\nSystemCallFilter=~@clock @cpu-emulation @debug @module @obsolete @raw-io @reboot @swap\n',
      fixedUnsafely:
        '[Service]\nExecStart=/x\n\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n',
    },
    {
      name: 'closed profile',
      unit: '[Service]\nExecStart=/x\n',
      profile: closed,
      problems: ['1:1-1:10: Expected `SystemCallFilter=@system-service`'],
      fixed:
        '[Service]\nExecStart=/x\n\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n',
    },
    {
      name: 'reset',
      unit: '[Service]\nExecStart=/x\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=\n',
      problems: ['5:1-5:18: Expected `SystemCallFilter=@system-service`'],
      fixed:
        '[Service]\nExecStart=/x\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=\nSystemCallFilter=~@clock @cpu-emulation @debug @module @obsolete @raw-io @reboot @swap\n',
      fixedUnsafely:
        '[Service]\nExecStart=/x\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@system-service\nSystemCallFilter=\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n',
    },
  ],
})

const fragile = {options: {fragileOnly: true}}
const single =
  'Expected `SystemCallErrorNumber=EPERM`, and groups such as `@system-service`, beside single calls in `SystemCallFilter=`'
const short = 'Expected `SystemCallErrorNumber=EPERM` beside `SystemCallFilter=`'

tester.run(systemCallErrorNumber, {
  valid: [
    '[Service]\nExecStart=/x\n',
    '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallFilter=\n',
    {
      ...fragile,
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service @mount\nSystemCallFilter=~@reboot\n',
    },
    {
      ...fragile,
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=~@clock @debug @module @mount @raw-io @reboot @swap\n',
    },
    {...fragile, unit: '[Service]\nExecStart=/x\nSystemCallFilter=~@resources:EPERM\n'},
  ],
  invalid: [
    {
      ...fragile,
      name: 'calls that a person wrote down',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=read write openat mmap futex\n',
      problems: [`3:1-3:46: ${single}`],
      fixed:
        '[Service]\nExecStart=/x\nSystemCallFilter=read write openat mmap futex\nSystemCallErrorNumber=EPERM\n',
    },
    {
      ...fragile,
      name: 'what runtimes try',
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\n',
      problems: [`3:1-3:33: ${short}`],
      fixed:
        '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\nSystemCallErrorNumber=EPERM\n',
    },
    {
      unit: '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\n',
      problems: ['3:1-3:33: Expected `SystemCallErrorNumber=EPERM` beside `SystemCallFilter=`'],
      fixed:
        '[Service]\nExecStart=/x\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n',
    },
  ],
})

tester.run(capabilityBoundingSet, {
  valid: [
    {
      name: 'a list that names what the service uses',
      unit: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_NET_RAW\n',
    },
    {
      name: 'only unknown words: systemd empties the set',
      unit: '[Service]\nUser=a\nExecStart=/x\nCapabilityBoundingSet=CAP_TYPO\n',
    },
    {name: 'what starts as root', options: {exceptRoot: true}, unit: '[Service]\nExecStart=/x\n'},
    {
      name: 'a command that starts as root all the same',
      options: {exceptRoot: true},
      unit: '[Service]\nUser=a\nExecStartPre=!/y\nExecStart=/x\n',
    },
    {
      name: 'whose programs may become root in so many words',
      options: {exceptRoot: true},
      unit: '[Service]\nUser=a\nExecStart=/x\nNoNewPrivileges=no\n',
    },
  ],
  invalid: [
    {
      name: 'without root nothing is lost by losing all',
      unit: '[Service]\nUser=a\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `CapabilityBoundingSet=`'],
      fixed: '[Service]\nUser=a\nExecStart=/x\n\nCapabilityBoundingSet=\n',
    },
    {
      name: 'nor by what `+` takes out of it',
      options: {exceptRoot: true},
      unit: '[Service]\nUser=a\nExecStartPre=+/y\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `CapabilityBoundingSet=`'],
      fixed: '[Service]\nUser=a\nExecStartPre=+/y\nExecStart=/x\n\nCapabilityBoundingSet=\n',
    },
    {
      name: 'what is ambient stays',
      unit: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_NET_RAW\n',
      problems: ['1:1-1:10: Expected `CapabilityBoundingSet=CAP_NET_RAW`'],
      fixed:
        '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_NET_RAW\nCapabilityBoundingSet=CAP_NET_RAW\n',
    },
  ],
})

tester.run(restrictNamespaces, {
  valid: [
    '[Service]\nExecStart=/x\nRestrictNamespaces=on\n',
    '[Service]\nExecStart=/x\nRestrictNamespaces=~cgroup ipc net mnt\nRestrictNamespaces=~pid user uts\n',
  ],
  invalid: [
    {
      name: 'a list with one bad word is no list',
      unit: '[Service]\nExecStart=/x\nRestrictNamespaces=CLONE_NEWUSER\n',
      problems: ['1:1-1:10: Expected `RestrictNamespaces=yes`'],
      fixed: '[Service]\nExecStart=/x\nRestrictNamespaces=yes\n',
    },
  ],
})

const loose = 'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK'

tester.run(restrictAddressFamilies, {
  valid: [
    '[Service]\nExecStart=/x\nRestrictAddressFamilies=AF_UNIX\n',
    '[Service]\nExecStart=/x\nRestrictAddressFamilies=none\n',
    {
      name: 'a list that somebody has made',
      unit: '[Service]\nExecStart=/x\nRestrictAddressFamilies=AF_INET AF_UNIX\n',
      profile: closed,
    },
    {
      name: 'ours, and all of it needed',
      unit: `[Service]\nExecStart=/x\n${loose}\n`,
      profile: {needs: ['inet', 'unix-sockets', 'netlink'], closed: true},
    },
  ],
  invalid: [
    {
      name: 'nothing is known',
      unit: '[Service]\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `RestrictAddressFamilies=none`'],
      fixed: `[Service]\nExecStart=/x\n\n${loose}\n`,
      fixedUnsafely: '[Service]\nExecStart=/x\n\nRestrictAddressFamilies=none\n',
    },
    {
      name: 'no socket of any kind',
      unit: '[Service]\nExecStart=/x\n',
      profile: closed,
      problems: ['1:1-1:10: Expected `RestrictAddressFamilies=none`'],
      fixed: '[Service]\nExecStart=/x\n\nRestrictAddressFamilies=none\n',
    },
    {
      name: 'of other hosts a profile knows, of lists of addresses it does not',
      unit: '[Service]\nExecStart=/x\n',
      profile: {needs: ['inet', 'inet-local', 'bind-ports'], closed: true},
      problems: ['1:1-1:10: Expected `RestrictAddressFamilies=AF_INET AF_INET6`'],
      fixed: '[Service]\nExecStart=/x\n\nRestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK\n',
      fixedUnsafely: '[Service]\nExecStart=/x\n\nRestrictAddressFamilies=AF_INET AF_INET6\n',
    },
    {
      name: 'before there was a word for none',
      unit: '[Service]\nExecStart=/x\n',
      target: '247',
      profile: closed,
      problems: [`1:1-1:10: Expected \`${loose}\``],
      fixed: `[Service]\nExecStart=/x\n\n${loose}\n`,
    },
    {
      name: 'what evidence says',
      unit: '[Service]\nType=notify\nExecStart=/x --listen 0.0.0.0:8080\n',
      problems: ['1:1-1:10: Expected `RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6`'],
      fixed: `[Service]\nType=notify\nExecStart=/x --listen 0.0.0.0:8080\n\n${loose}\n`,
      fixedUnsafely:
        '[Service]\nType=notify\nExecStart=/x --listen 0.0.0.0:8080\n\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n',
    },
    {
      name: 'what an earlier run has written, once a profile knows better',
      unit: `[Service]\nType=notify\nExecStart=/x\n${loose}\n`,
      profile: closed,
      problems: [
        `4:1-4:${loose.length + 1}: Unexpected \`AF_INET AF_INET6 AF_NETLINK\` in \`RestrictAddressFamilies=\`, expected only \`AF_UNIX\``,
      ],
      fixed: '[Service]\nType=notify\nExecStart=/x\nRestrictAddressFamilies=AF_UNIX\n',
    },
    {
      name: 'one that only denies',
      unit: '[Service]\nExecStart=/x\nRestrictAddressFamilies=~AF_PACKET\n',
      profile: closed,
      problems: [
        '3:1-3:35: Unexpected `AF_ALG AF_BLUETOOTH AF_CAN AF_VSOCK AF_XDP AF_TIPC AF_RDS AF_KEY AF_AX25 AF_X25` in `RestrictAddressFamilies=`, expected only `AF_UNIX AF_INET AF_INET6 AF_NETLINK`',
      ],
    },
  ],
})

tester.run(umask, {
  valid: ['[Service]\nExecStart=/x\nUMask=077\n', '[Service]\nExecStart=/x\nUMask=0777\n'],
  invalid: [
    {
      name: 'bits that are there stay',
      unit: '[Service]\nExecStart=/x\nUMask=0722\n',
      profile: closed,
      problems: ['3:1-3:11: Unexpected `UMask=0722`, expected `0777` or stricter'],
      fixed: '[Service]\nExecStart=/x\nUMask=0777\n',
    },
  ],
})

tester.run(ipAddressDeny, {
  valid: [
    '[Service]\nExecStart=/x\nIPAddressDeny=any\n',
    '[Service]\nExecStart=/usr/bin/curl https://example.org\n',
    '[Service]\nExecStart=/x\nIPAddressDeny=0.0.0.0/0 ::/0\n',
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\nIPAddressDeny=0.0.0.0/0\n',
      profile: closed,
      problems: ['3:1-3:24: Expected `IPAddressDeny=any`'],
      fixed: '[Service]\nExecStart=/x\nIPAddressDeny=0.0.0.0/0\nIPAddressDeny=any\n',
    },
  ],
})

tester.run(user, {
  valid: [
    '[Service]\nUser=a\nExecStart=/x\n',
    '[Service]\nDynamicUser=yes\nExecStart=/x\n',
    {
      name: 'a profile that needs root',
      unit: '[Service]\nExecStart=/x\n',
      profile: {needs: ['superuser'], closed: true},
    },
  ],
  invalid: [
    {
      name: 'reset',
      unit: '[Service]\nUser=a\nUser=\nExecStart=/x\n',
      problems: ['3:1-3:6: Expected a `User=` other than root, or `DynamicUser=yes`'],
      fixedUnsafely: '[Service]\nUser=a\nUser=\nExecStart=/x\n\nDynamicUser=yes\n',
    },
    {
      unit: '[Service]\nUser=nobody\nExecStart=/x\n',
      problems: ['2:1-2:12: Unexpected `User=nobody`, expected a user of its own'],
    },
  ],
})

tester.run(noLostCapability, {
  valid: [
    '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_NET_RAW\nAmbientCapabilities=\n',
  ],
  invalid: [
    {
      name: 'implied loss',
      unit: '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_SYS_TIME\nProtectClock=yes\n',
      problems: [
        '4:1-4:33: Unexpected `CAP_SYS_TIME` in `AmbientCapabilities=` with `ProtectClock=yes`, which takes it away',
      ],
      fixedUnsafely:
        '[Service]\nUser=a\nExecStart=/x\nAmbientCapabilities=CAP_SYS_TIME\nProtectClock=no\n',
    },
  ],
})

tester.run(deviceAllow, {
  valid: [
    '[Service]\nExecStart=/x\nPrivateDevices=yes\nDeviceAllow=/dev/fuse rw\nBindPaths=/dev/fuse\n',
    '[Service]\nExecStart=/x\nDeviceAllow=/dev/mem\nDeviceAllow=\n',
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\nPrivateDevices=yes\nDeviceAllow="/dev/fuse" rw\n',
      problems: [
        '4:1-4:27: Unexpected `DeviceAllow=/dev/fuse` with `PrivateDevices=yes`, expected `BindPaths=/dev/fuse` as well',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/x\nPrivateDevices=no\nDeviceAllow="/dev/fuse" rw\nDevicePolicy=closed\n',
    },
  ],
})

tester.run(readWritePaths, {
  valid: [
    '[Service]\nExecStart=/x\nReadWritePaths=-/srv/a +/var /home\n',
    '[Service]\nExecStart=/x\nReadWritePaths=/srv/a\nReadWritePaths=\n',
    '[Service]\nExecStart=/x\nReadWritePaths=%S/a\n',
    {
      name: 'a directive that the target does not know',
      target: '247',
      unit: '[Service]\nExecStart=/x\nExecPaths=/srv/a\nNoExecPaths=/srv\n',
    },
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\nReadWritePaths=/var/lib /srv/a +/srv/b\n',
      problems: [
        '3:25-3:31: Unexpected `/srv/a` without `-` in `ReadWritePaths=`',
        '3:32-3:39: Unexpected `/srv/b` without `-` in `ReadWritePaths=`',
      ],
      fixed: '[Service]\nExecStart=/x\nReadWritePaths=/var/lib -/srv/a -+/srv/b\n',
    },
    {
      name: 'a directive that is newer than the oldest version, where it is known',
      target: '248',
      unit: '[Service]\nExecStart=/x\nExecPaths=/srv/a\n',
      problems: ['3:11-3:17: Unexpected `/srv/a` without `-` in `ExecPaths=`'],
      fixedUnsafely: '[Service]\nExecStart=/x\nExecPaths=-/srv/a\n',
    },
  ],
})

tester.run(noSecretEnvironment, {
  valid: [
    '[Service]\nExecStart=/x\nEnvironment=PASSWORD_FILE=/run/x TOKEN= API_KEY=$KEY SECRET=changeme "DB_PASSWORD=<password>"\n',
    '[Service]\nExecStart=/x\nEnvironment=BOT_TOKEN=XXX:XXXX API_KEY=your_api_key PASSWORD=CHANGE_ME SECRET=xx-xx\n',
    '[Service]\nExecStart=/x\nEnvironment=TOKEN_URL=https://example.org KEYMAP=de\n',
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\nEnvironment=A=b "DB_PASSWORD=s3cr3t and more" C=d\n',
      problems: [
        '3:17-3:46: Unexpected secret `DB_PASSWORD` in `Environment=`, expected `LoadCredential=` or `EnvironmentFile=`',
      ],
    },
    {
      unit: '[Service]\nExecStart=/x\nEnvironment=BOT_TOKEN=71:xX\n',
      problems: [
        '3:13-3:28: Unexpected secret `BOT_TOKEN` in `Environment=`, expected `LoadCredential=` or `EnvironmentFile=`',
      ],
    },
  ],
})

tester.run(noNeededDenial, {
  valid: [
    {
      name: 'lines that allow add up',
      unit: dbus('SystemCallFilter=@system-service', 'SystemCallFilter=ioprio_get'),
    },
    {
      name: 'a line that allows takes back',
      unit: dbus('SystemCallFilter=~@privileged', 'SystemCallFilter=@resources'),
    },
    {
      name: 'a reset takes back all before it',
      unit: dbus(
        'RestrictAddressFamilies=AF_INET',
        'RestrictAddressFamilies=',
        'RestrictAddressFamilies=AF_UNIX',
      ),
    },
  ],
  invalid: [
    {
      name: 'no line allows it',
      unit: dbus('RestrictAddressFamilies=AF_INET', 'RestrictAddressFamilies=AF_INET6'),
      problems: [
        '6:1-6:33: Unexpected `RestrictAddressFamilies=AF_INET6`: `Type=dbus` has it take a name on the bus',
      ],
      fixedUnsafely: dbus(
        'RestrictAddressFamilies=AF_INET',
        'RestrictAddressFamilies=AF_INET6',
        'RestrictAddressFamilies=AF_UNIX',
      ),
    },
    {
      name: 'a later line denies it',
      unit: dbus('RestrictAddressFamilies=AF_UNIX AF_INET', 'RestrictAddressFamilies=~AF_UNIX'),
      problems: [
        '6:1-6:33: Unexpected `RestrictAddressFamilies=~AF_UNIX`: `Type=dbus` has it take a name on the bus',
      ],
    },
  ],
})

function dbus(...lines: readonly string[]): string {
  return `[Service]\nType=dbus\nBusName=org.example\nExecStart=/usr/bin/example\n${lines.join('\n')}\n`
}
