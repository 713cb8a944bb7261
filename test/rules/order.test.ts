import {describe, it} from 'vitest'
import noContradictoryDependency from '../../rules/no-contradictory-dependency.ts'
import noOrderingCycle from '../../rules/no-ordering-cycle.ts'
import noSelfDependency from '../../rules/no-self-dependency.ts'
import noShutdownConflict from '../../rules/no-shutdown-conflict.ts'
import noSystemOrder from '../../rules/no-system-order.ts'
import noSystemRequirement from '../../rules/no-system-requirement.ts'
import noUnawaitedTarget from '../../rules/no-unawaited-target.ts'
import noUnstoppedService from '../../rules/no-unstopped-service.ts'
import noWrongInstallTarget from '../../rules/no-wrong-install-target.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const service = '[Service]\nExecStart=/usr/bin/example\n'
const oneshot = '[Service]\nType=oneshot\nExecStart=/usr/bin/example\n'
const lasting =
  '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/example\nExecStop=/usr/bin/example save\n'
const at = (target: string): string => `\n[Install]\nWantedBy=${target}\n`

tester.run(noShutdownConflict, {
  valid: [
    {name: 'at boot', unit: oneshot + at('multi-user.target')},
    {name: 'at sleep', unit: oneshot + at('sleep.target suspend.target')},
    {
      name: 'without the conflict',
      unit: `[Unit]\nDefaultDependencies=no\n${oneshot}${at('reboot.target')}`,
    },
    {
      name: 'of one way to end alone',
      unit: `[Unit]\nDefaultDependencies=no\nConflicts=reboot.target\n${oneshot}${at('shutdown.target')}`,
    },
  ],
  invalid: [
    {
      name: 'each target, with one fix',
      unit: `[Unit]\n\n${oneshot}${at('halt.target reboot.target')}`,
      problems: [
        '8:10-8:21: Unexpected `WantedBy=halt.target`, the unit is in conflict with `shutdown.target` by default and never starts then',
        '8:22-8:35: Unexpected `WantedBy=reboot.target`, the unit is in conflict with `shutdown.target` by default and never starts then',
      ],
      fixedUnsafely: `[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n\n${oneshot}${at('halt.target reboot.target')}`,
    },
    {
      name: 'a conflict that is written',
      unit: `[Unit]\nDefaultDependencies=no\nConflicts=shutdown.target\n${oneshot}${at('poweroff.target')}`,
      problems: [
        '9:10-9:25: Unexpected `WantedBy=poweroff.target`, the unit is in conflict with `shutdown.target` and never starts then',
      ],
    },
    {
      name: 'what the shutdown requires',
      unit: `${oneshot}\n[Install]\nRequiredBy=shutdown.target\n`,
      problems: [
        '6:12-6:27: Unexpected `RequiredBy=shutdown.target`, the unit is in conflict with `shutdown.target` by default: no shutdown succeeds',
      ],
      fixedUnsafely: `[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n\n${oneshot}\n[Install]\nRequiredBy=shutdown.target\n`,
    },
    {
      name: 'in a unit of a user',
      manager: 'user',
      unit: `[Unit]\nBefore=exit.target\n\n${oneshot}${at('exit.target')}`,
      problems: [
        '9:10-9:21: Unexpected `WantedBy=exit.target`, the unit is in conflict with `shutdown.target` by default and never starts then',
      ],
      fixedUnsafely: `[Unit]\nBefore=exit.target\n\nDefaultDependencies=no\n\n${oneshot}${at('exit.target')}`,
    },
  ],
})

const early = (...more: string[]): string =>
  `[Unit]\nDefaultDependencies=no\n${more.map((line) => `${line}\n`).join('')}`

tester.run(noUnstoppedService, {
  valid: [
    {name: 'the defaults', unit: lasting},
    {name: 'the conflict', unit: early('Conflicts=shutdown.target') + lasting},
    {name: 'a conflict with the unmounting', unit: early('Conflicts=umount.target') + lasting},
    {name: 'what stops with another', unit: early('BindsTo=example.socket') + lasting},
    {name: 'what stops with a mount', unit: early('RequiresMountsFor=/srv') + lasting},
    {name: 'what stops with its slice', unit: early() + lasting, fileName: 'example@.service'},
    {name: 'a slice of its own', unit: `${early()}${lasting}Slice=example.slice\n`},
    {name: 'commands that run right away', unit: `${early()}${oneshot}ExecStop=/usr/bin/example\n`},
    {name: 'nothing to do at the end', unit: early() + service},
    {name: 'the initrd', unit: early('Before=initrd-switch-root.target') + lasting},
    {
      name: 'what a shutdown starts',
      unit: early('Before=shutdown.target') + service + at('reboot.target'),
    },
    {name: 'once, before the shutdown', unit: early('Before=shutdown.target') + oneshot},
    ...[
      '/usr/local/bin/board_util.py clean',
      '/usr/bin/python3 /usr/local/bin/board_util.py -f clean',
      '-/usr/local/bin/platform.sh deinit',
      '/usr/libexec/zram-swap-deinit /dev/zram0',
      '/usr/sbin/modprobe -r example',
      '/usr/sbin/swapoff /dev/zram0',
      '/usr/sbin/nft delete table inet example',
      '/usr/bin/trace-cmd reset',
      '/usr/bin/rm -f /tmp/ready /run/example/ready',
      '/usr/bin/kdumpctl stop',
    ].map((stop) => ({
      name: `what ends with the machine: ${stop}`,
      unit: early() + lasting.replace('/usr/bin/example save', stop),
    })),
  ],
  invalid: [
    {
      unit: early('Before=sysinit.target') + lasting,
      problems: [
        '8:1-8:31: Expected `Conflicts=shutdown.target` beside `DefaultDependencies=no`, no shutdown runs `ExecStop=` without it',
      ],
      fixedUnsafely:
        early('Before=sysinit.target', 'Conflicts=shutdown.target', 'Before=shutdown.target') +
        lasting,
    },
    {
      name: 'commands one of which does more than to take back',
      unit: `${early()}${lasting.replace('/usr/bin/example save', '/usr/sbin/rmmod example')}ExecStop=/usr/bin/example save\n`,
      problems: [
        '7:1-7:33: Expected `Conflicts=shutdown.target` beside `DefaultDependencies=no`, no shutdown runs `ExecStop=` without it',
      ],
      fixedUnsafely: `${early('Conflicts=shutdown.target', 'Before=shutdown.target')}${lasting.replace('/usr/bin/example save', '/usr/sbin/rmmod example')}ExecStop=/usr/bin/example save\n`,
    },
    ...[
      '/usr/bin/example stop',
      '/usr/bin/rm -rf /var/lib/example/tmp',
      '/usr/bin/example clean /srv/example',
      '/usr/sbin/modprobe example',
    ].map((stop) => ({
      name: `what a machine does not do by itself: ${stop}`,
      unit: early() + lasting.replace('/usr/bin/example save', stop),
      problems: [
        `7:1-7:${10 + stop.length}: Expected \`Conflicts=shutdown.target\` beside \`DefaultDependencies=no\`, no shutdown runs \`ExecStop=\` without it`,
      ],
      fixedUnsafely:
        early('Conflicts=shutdown.target', 'Before=shutdown.target') +
        lasting.replace('/usr/bin/example save', stop),
    })),
    {
      unit: early('Before=basic.target shutdown.target') + service,
      problems: [
        '3:21-3:36: Expected `Conflicts=shutdown.target` beside `Before=shutdown.target`, no shutdown stops the service without it',
      ],
      fixedUnsafely:
        early('Before=basic.target shutdown.target', 'Conflicts=shutdown.target') + service,
    },
  ],
})

tester.run(noContradictoryDependency, {
  valid: [
    {
      unit: `[Unit]\nAfter=a.service\nBefore=b.service\nConflicts=c.service\nRequires=a.service\n${service}`,
    },
    {name: 'what is taken back', unit: `[Unit]\nConflicts=a.service\nPartOf=a.service\n${service}`},
  ],
  invalid: [
    {
      unit: `[Unit]\nBefore=a.service\nAfter=b.service a.service\n${service}`,
      problems: ['3:17-3:26: Unexpected `After=a.service` beside `Before=a.service`'],
    },
    {
      unit: `[Unit]\nBindsTo=a.service\nWants=b.service\nConflicts=a.service b.service\n${service}`,
      problems: [
        '4:11-4:20: Unexpected `Conflicts=a.service` beside `BindsTo=a.service`, the unit cannot start',
        '4:21-4:30: Unexpected `Conflicts=b.service` beside `Wants=b.service`, which is not started then',
      ],
    },
  ],
})

tester.run(noSelfDependency, {
  valid: [
    {
      fileName: 'a.service',
      unit: `[Unit]\nAfter=b.service\nPropagatesReloadTo=a.service\n${service}`,
    },
    {
      name: 'an instance of the template',
      fileName: 'a@.service',
      unit: `[Unit]\nAfter=a@.service\n${service}`,
    },
  ],
  invalid: [
    {
      fileName: 'a.service',
      unit: `[Unit]\nAfter=b.service a.service\n${service}`,
      problems: ['2:17-2:26: Unexpected `a.service` in `After=`, it is the unit itself'],
    },
    {
      name: 'by a specifier',
      fileName: 'a.service',
      unit: `[Unit]\nOnFailure=%n\n${service}`,
      problems: ['2:11-2:13: Unexpected `a.service` in `OnFailure=`, it is the unit itself'],
    },
  ],
})

tester.run(noUnawaitedTarget, {
  valid: [
    {unit: `[Unit]\nWants=network-online.target\nAfter=network-online.target\n${service}`},
    {
      name: 'who comes before',
      unit: `[Unit]\nWants=network-online.target\nBefore=network-online.target\n${service}`,
    },
    {
      name: 'what may wait with another',
      unit: `[Unit]\nWants=network-online.target\nAfter=NetworkManager-wait-online.service\n${service}`,
    },
    {name: 'who only orders', unit: `[Unit]\nWants=network.target\n${service}`},
  ],
  invalid: [
    {
      unit: `[Unit]\nWants=network.target network-online.target\nAfter=network.target\n${service}`,
      problems: [
        '2:22-2:43: Expected `After=network-online.target` beside `Wants=network-online.target`',
      ],
      fixedUnsafely: `[Unit]\nWants=network.target network-online.target\nAfter=network-online.target\nAfter=network.target\n${service}`,
    },
  ],
})

tester.run(noOrderingCycle, {
  valid: [
    {
      name: 'who is early',
      unit: `${early('Before=sysinit.target')}${oneshot}${at('sysinit.target')}`,
    },
    {
      name: 'two orders of one unit',
      unit: `[Unit]\nAfter=b.service\nBefore=b.service\nWants=b.service\n${service}`,
      others: {'b.service': service},
    },
    {
      name: 'where the system was ready without it',
      unit: `[Unit]\nBefore=systemd-resolved.service\n${oneshot}${at('multi-user.target')}`,
      target: '247',
    },
  ],
  invalid: [
    {
      name: 'before the system is ready',
      fileName: 'a.service',
      unit: `[Unit]\nBefore=sysinit.target\n\n${oneshot}${at('sysinit.target')}`,
      problems: [
        '2:8-2:22: Unexpected ordering cycle: `a.service` before `sysinit.target` before `a.service`, expected `DefaultDependencies=no` in `a.service`',
      ],
      fixedUnsafely: `[Unit]\nBefore=sysinit.target\n\nDefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n\n${oneshot}${at('sysinit.target')}`,
    },
    {
      name: 'before an early service of systemd',
      fileName: 'a.service',
      unit: `[Unit]\nBefore=systemd-resolved.service\n${oneshot}${at('multi-user.target')}`,
      target: '252',
      problems: [
        '2:8-2:32: Unexpected ordering cycle: `a.service` before `systemd-resolved.service` before `sysinit.target` before `a.service`, expected `DefaultDependencies=no` in `a.service`',
      ],
      fixedUnsafely: `[Unit]\nBefore=systemd-resolved.service\n\nDefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n${oneshot}${at('multi-user.target')}`,
    },
    {
      name: 'after what comes after it',
      fileName: 'a.service',
      unit: `[Unit]\nWants=network-pre.target\nBefore=network-pre.target\nAfter=systemd-networkd.service\n${oneshot}${at('multi-user.target')}`,
      problems: [
        '4:7-4:31: Unexpected ordering cycle: `a.service` before `network-pre.target` before `systemd-networkd.service` before `a.service`',
      ],
    },
    {
      name: 'with a `/tmp` of its own',
      fileName: 'a.service',
      unit: `${early('Before=local-fs.target')}${oneshot}PrivateTmp=yes\n${at('local-fs.target')}`,
      problems: [
        '3:8-3:23: Unexpected ordering cycle: `a.service` before `local-fs.target` before `systemd-tmpfiles-setup.service` before `a.service`',
      ],
    },
    {
      name: 'by two units',
      fileName: 'b.service',
      unit: `${early('After=network.target', 'Before=sysinit.target')}${oneshot}${at('sysinit.target')}`,
      others: {
        'a.service': `[Unit]\nWants=network-pre.target\nBefore=network-pre.target\n${oneshot}${at('multi-user.target')}`,
      },
      problems: [
        '4:8-4:22: Unexpected ordering cycle: `a.service` before `network-pre.target` before `network.target` before `b.service` before `sysinit.target` before `a.service`, expected `DefaultDependencies=no` in `a.service`',
      ],
    },
  ],
})

tester.run(noSystemRequirement, {
  valid: [
    {name: 'of the system', unit: `[Unit]\nRequires=network-online.target\n${service}`},
    {
      name: 'what users have',
      manager: 'user',
      unit: `[Unit]\nRequires=graphical-session.target dbus.socket home.mount dev-sda.device\n${service}`,
    },
    {
      name: 'what is in sight',
      manager: 'user',
      unit: `[Unit]\nRequires=network-online.target\n${service}`,
      others: {'network-online.target': '[Unit]\nDescription=Network\n'},
    },
    {
      name: 'what nobody knows',
      manager: 'user',
      unit: `[Unit]\nBindsTo=example.socket\n${service}`,
    },
  ],
  invalid: [
    {
      manager: 'user',
      unit: `[Unit]\nRequires=network-online.target\nBindsTo=a.service docker.service\n${service}`,
      problems: [
        "2:10-2:31: Unexpected `network-online.target` in `Requires=`, users' managers have no such unit and the unit does not start",
        "3:19-3:33: Unexpected `docker.service` in `BindsTo=`, users' managers have no such unit and the unit does not start",
      ],
      fixedUnsafely: `[Unit]\nBindsTo=a.service\n${service}`,
    },
  ],
})

tester.run(noSystemOrder, {
  valid: [
    {name: 'of the system', unit: `[Unit]\nAfter=network-online.target\n${service}`},
    {
      name: 'what users have',
      manager: 'user',
      unit: `[Unit]\nAfter=graphical-session.target default.target\nPartOf=graphical-session.target\n${service}`,
    },
    {
      name: 'what is required',
      manager: 'user',
      unit: `[Unit]\nRequires=network-online.target\n${service}`,
    },
  ],
  invalid: [
    {
      manager: 'user',
      unit: `[Unit]\nWants=network.target\nAfter=network.target pipewire.service\n${service}`,
      problems: [
        "2:7-2:21: Unexpected `network.target` in `Wants=`, users' managers have no such unit and the line does nothing",
        "3:7-3:21: Unexpected `network.target` in `After=`, users' managers have no such unit and the line does nothing",
      ],
      fixedUnsafely: `[Unit]\nAfter=pipewire.service\n${service}`,
    },
  ],
})

tester.run(noWrongInstallTarget, {
  valid: [
    {
      name: 'what users have',
      manager: 'user',
      unit: `${service}${at('default.target graphical-session.target')}`,
    },
  ],
  invalid: [
    {
      name: 'a target of the system that users have another for, and one that they have not',
      manager: 'user',
      unit: `${service}${at('multi-user.target sleep.target')}`,
      problems: [
        "5:10-5:27: Unexpected `multi-user.target` in `WantedBy=`, users' managers have `default.target`",
        "5:28-5:40: Unexpected `sleep.target` in `WantedBy=`, users' managers have no such unit",
      ],
      fixedUnsafely: `${service}${at('default.target sleep.target')}`,
    },
  ],
})
