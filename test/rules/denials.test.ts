import {describe, it} from 'vitest'
import noDoubtfulDenial from '../../rules/no-doubtful-denial.ts'
import noNeededDenial from '../../rules/no-needed-denial.ts'
import noRiskyDenial from '../../rules/no-risky-denial.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const usbguard =
  '[Service]\nExecStart=/usr/sbin/usbguard-daemon -f -s -c /etc/usbguard/usbguard-daemon.conf\n'
const fancontrol = '[Service]\nExecStart=/usr/sbin/fancontrol\n'
const ollama = '[Service]\nExecStart=/usr/local/bin/ollama serve\n'

tester.run(noNeededDenial, {
  valid: [
    {
      name: 'what the program is attested to run with',
      unit: `${usbguard}PrivateDevices=yes\nRestrictAddressFamilies=AF_UNIX AF_NETLINK\n`,
    },
    {
      name: 'what is given back',
      unit: `${fancontrol}ProtectKernelTunables=yes\nReadWritePaths=/sys/class/hwmon /sys/devices\n`,
    },
    {name: 'what is only likely', unit: `${ollama}PrivateDevices=yes\n`},
  ],
  invalid: [
    {
      name: 'files below /sys',
      unit: `${usbguard}ProtectKernelTunables=yes\n`,
      problems: [
        '3:1-3:26: Unexpected `ProtectKernelTunables=yes`: `usbguard-daemon` authorizes devices by files below `/sys/bus/usb`',
      ],
      fixedUnsafely: `${usbguard}ProtectKernelTunables=no\n`,
    },
    {
      name: 'a family of sockets',
      unit: '[Service]\nExecStart=/usr/bin/fdns --daemonize\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n',
      problems: [
        '3:1-3:49: Unexpected `RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6`: `fdns` lists the interfaces of the host by netlink',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/usr/bin/fdns --daemonize\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\nRestrictAddressFamilies=AF_NETLINK\n',
    },
    {
      name: 'fans',
      unit: `${fancontrol}ProtectKernelTunables=true\n`,
      problems: [
        '3:1-3:27: Unexpected `ProtectKernelTunables=true`: `fancontrol` sets fans by files below `/sys` or `/proc`',
      ],
      fixedUnsafely: `${fancontrol}ProtectKernelTunables=no\n`,
    },
    {
      name: 'mounts for others',
      unit: '[Service]\nExecStart=/usr/local/bin/log2ram start\nPrivateMounts=yes\n',
      problems: [
        '3:1-3:18: Unexpected `PrivateMounts=yes`: `log2ram` mounts file systems over folders of the host',
      ],
      fixedUnsafely: '[Service]\nExecStart=/usr/local/bin/log2ram start\nPrivateMounts=no\n',
    },
    {
      name: 'disks',
      unit: '[Service]\nExecStart=/usr/sbin/smartd -n\nPrivateDevices=yes\n',
      problems: [
        '3:1-3:19: Unexpected `PrivateDevices=yes`: `smartd` opens devices of the machine in `/dev`',
      ],
      fixedUnsafely: '[Service]\nExecStart=/usr/sbin/smartd -n\nPrivateDevices=no\n',
    },
  ],
})

tester.run(noRiskyDenial, {
  valid: [
    `${ollama}PrivateTmp=yes\nProtectKernelTunables=yes\n`,
    {name: 'devices that are bound', unit: `${ollama}PrivateDevices=yes\nBindPaths=/dev/nvidia0\n`},
    {
      name: 'a name that only sounds like it',
      unit: '[Service]\nExecStart=/usr/bin/gpu-example\nPrivateDevices=yes\n',
    },
    {name: 'what is certain', unit: `${usbguard}ProtectKernelTunables=yes\n`},
  ],
  invalid: [
    {
      name: 'a graphics processor',
      unit: `${ollama}PrivateDevices=yes\n`,
      problems: [
        '3:1-3:19: Unexpected `PrivateDevices=yes`: `ollama` computes on graphics processors, of which `/dev` then has none',
      ],
      fixedUnsafely: `${ollama}PrivateDevices=no\n`,
    },
    {
      name: 'the clock',
      unit: '[Service]\nExecStart=/usr/sbin/chronyd -n\nProtectClock=yes\n',
      problems: ['3:1-3:17: Unexpected `ProtectClock=yes`: `chronyd` sets the clock'],
      fixedUnsafely: '[Service]\nExecStart=/usr/sbin/chronyd -n\nProtectClock=no\n',
    },
    {
      name: 'a tunnel',
      unit: '[Service]\nExecStart=/usr/sbin/openvpn --config a.conf\nPrivateDevices=yes\n',
      problems: [
        '3:1-3:19: Unexpected `PrivateDevices=yes`: `openvpn` opens `/dev/net/tun` for its tunnels',
      ],
      fixedUnsafely: '[Service]\nExecStart=/usr/sbin/openvpn --config a.conf\nPrivateDevices=no\n',
    },
    {
      name: 'jobs of users',
      unit: '[Service]\nExecStart=/usr/sbin/cron -f\nNoNewPrivileges=yes\n',
      problems: [
        '3:1-3:20: Unexpected `NoNewPrivileges=yes`: `cron` runs what users have it run, `sudo` and programs that send mail among it',
      ],
      fixedUnsafely: '[Service]\nExecStart=/usr/sbin/cron -f\nNoNewPrivileges=no\n',
    },
  ],
})

tester.run(noDoubtfulDenial, {
  valid: [
    {name: 'what is more than doubtful', unit: `${ollama}PrivateDevices=yes\n`},
    {name: 'what nothing speaks for', unit: '[Service]\nExecStart=/usr/bin/true\nPrivateTmp=yes\n'},
    {
      name: 'what several lines let through together',
      unit: '[Service]\nExecStart=/usr/bin/naiveproxy\nRestrictAddressFamilies=AF_INET\nRestrictAddressFamilies=AF_INET6\n',
    },
    {
      name: 'what services of distributions do without',
      unit: '[Service]\nExecStart=/usr/bin/fluidsynth -is\nPrivateUsers=yes\n',
    },
    ...[
      // Words of the program, its folder, the unit, its description, and what it is told.
      'ExecStart=/opt/example/bin/example-streaming\nPrivateDevices=yes\n',
      'ExecStart=/opt/gpio-example/bin/exampled\nPrivateDevices=yes\n',
      'ExecStart=/opt/example/bin/exampled stream\nPrivateDevices=yes\n',
      'ExecStart=/opt/example/bin/exampled\nWorkingDirectory=/srv/camera\nPrivateDevices=yes\n',
      'ExecStart=/opt/example/bin/exampled --interface=wlan0\nRestrictAddressFamilies=AF_INET\n',
      'ExecStart=/opt/example/bin/exampled\nAmbientCapabilities=CAP_NET_ADMIN\nPrivateDevices=yes\n',
    ].map((lines) => ({name: 'what only words suggest', unit: `[Service]\n${lines}`})),
  ],
  invalid: [
    {
      name: 'a helper that is seldom called',
      unit: '[Service]\nExecStart=/usr/sbin/php-fpm --nodaemonize\nNoNewPrivileges=true\n',
      problems: [
        '3:1-3:21: Unexpected `NoNewPrivileges=true`, perhaps: `php-fpm` sends mail by a set-group-ID or set-user-ID program when asked (gains privileges by running programs)',
      ],
    },
    {
      name: 'a path that it names, whatever its words suggest',
      unit: '[Service]\nExecStart=/opt/example/bin/example-streaming --save /home/example/tapes\nPrivateDevices=yes\nProtectHome=read-only\n',
      problems: [
        '4:1-4:22: Unexpected `ProtectHome=read-only`, perhaps: `ExecStart=` writes `/home/example/tapes` (writes to home directories)',
      ],
    },
    {
      name: 'the one of several lines that takes it away',
      unit: '[Service]\nExecStart=/usr/bin/systemctl restart a.service\nSystemCallFilter=~@reboot\nSystemCallFilter=~@obsolete\n',
      problems: [
        '3:1-3:26: Unexpected `SystemCallFilter=~@reboot`, perhaps: `systemctl` can stop the machine itself (makes system calls of `@reboot`)',
      ],
    },
    {
      name: 'a reason that is the access itself, once',
      unit: '[Service]\nType=oneshot\nExecStart=/usr/bin/rsync -aL --chown 1:1 /a u@h:/b\nCapabilityBoundingSet=\n',
      problems: [
        '4:1-4:23: Unexpected `CapabilityBoundingSet=`, perhaps: `rsync` uses `CAP_CHOWN`',
      ],
    },
  ],
})
