import {describe, it} from 'vitest'
import noAcceptMismatch from '../../rules/no-accept-mismatch.ts'
import noDefaultTarget from '../../rules/no-default-target.ts'
import noEagerActivation from '../../rules/no-eager-activation.ts'
import noInvalidInstall from '../../rules/no-invalid-install.ts'
import noLoneNamespace from '../../rules/no-lone-namespace.ts'
import noMissingActivatedUnit from '../../rules/no-missing-activated-unit.ts'
import noMissingUnit from '../../rules/no-missing-unit.ts'
import noOrderingCycle from '../../rules/no-ordering-cycle.ts'
import noPrivateTmpSocket from '../../rules/no-private-tmp-socket.ts'
import noSharedBusName from '../../rules/no-shared-bus-name.ts'
import noSharedIpcRemoval from '../../rules/no-shared-ipc-removal.ts'
import noUnorderedRequirement from '../../rules/no-unordered-requirement.ts'
import noUnpulledTarget from '../../rules/no-unpulled-target.ts'
import noUnreachedUnit from '../../rules/no-unreached-unit.ts'
import noWrongInstallTarget from '../../rules/no-wrong-install-target.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const service = '[Service]\nExecStart=/x\n'
const enabled = '[Install]\nWantedBy=multi-user.target\n'

tester.run(noOrderingCycle, {
  valid: [
    {
      name: 'told in the other unit',
      fileName: 'a.service',
      unit: `[Unit]\nAfter=b.service\n${service}`,
      others: {'b.service': `[Unit]\nWants=a.service\nAfter=a.service\n${service}`},
    },
    {
      name: 'after the target that wants it',
      unit: `[Unit]\nAfter=multi-user.target\n${service}${enabled}`,
    },
    {
      name: 'never started together',
      fileName: 'b.service',
      unit: `[Unit]\nAfter=a.service\n${service}`,
      others: {'a.service': `[Unit]\nAfter=b.service\n${service}`},
      isComplete: true,
    },
    {
      name: 'one does not load',
      fileName: 'b.service',
      unit: `[Unit]\nWants=a.service\nAfter=a.service\n${service}`,
      others: {'a.service': '[Unit]\nAfter=b.service\n[Service]\nType=simple\n'},
    },
    {
      name: 'a drop-in alone',
      fileName: 'a.service.d/x.conf',
      unit: '[Unit]\nBefore=local-fs.target\nAfter=sysinit.target\n',
    },
    {name: "a user's unit", manager: 'user', unit: `[Unit]\nBefore=local-fs.target\n${service}`},
    {
      name: 'early without defaults',
      unit: `[Unit]\nDefaultDependencies=no\nBefore=local-fs.target\n${service}`,
    },
  ],
  invalid: [
    {
      name: 'two services, the second part of a list',
      fileName: 'b.service',
      unit: `[Unit]\nWants=a.service\nAfter=x.service a.service\n${service}`,
      others: {'a.service': `[Unit]\nAfter=b.service\n${service}`},
      problems: [
        '3:17-3:26: Unexpected ordering cycle: `a.service` before `b.service` before `a.service`',
      ],
    },
    {
      name: 'by a drop-in of the other',
      fileName: 'b.service',
      unit: `[Unit]\nWants=a.service\nAfter=a.service\n${service}`,
      others: {'a.service': service, 'a.service.d/order.conf': '[Unit]\nAfter=b.service\n'},
      problems: [
        '3:7-3:16: Unexpected ordering cycle: `a.service` before `b.service` before `a.service`',
      ],
    },
    {
      name: 'through instances of a template',
      fileName: 'z.target',
      unit: '[Unit]\nWants=t@1.service t@2.service\nBefore=t@1.service\n',
      others: {
        't@.service': `[Unit]\nBefore=end.service\n${service}`,
        'end.service': `[Unit]\nBefore=z.target\n${service}`,
        'y.target': '[Unit]\nWants=z.target end.service\n',
      },
      problems: [
        '3:8-3:19: Unexpected ordering cycle: `end.service` before `z.target` before `t@1.service` before `end.service`',
      ],
    },
    {
      name: 'with what systemd brings',
      unit: `[Unit]\nBefore=local-fs.target\n${service}`,
      problems: [
        '2:8-2:23: Unexpected ordering cycle: `example.service` before `local-fs.target` before `sysinit.target` before `example.service`, expected `DefaultDependencies=no` in `example.service`',
      ],
      fixedUnsafely: `[Unit]\nBefore=local-fs.target\nDefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n${service}`,
    },
    {
      name: 'once enabled',
      fileName: 'b.service',
      unit: `[Unit]\nAfter=a.service\n${service}${enabled}`,
      others: {'a.service': `[Unit]\nAfter=b.service\n${service}${enabled}`},
      problems: [
        '2:7-2:16: Unexpected ordering cycle: `a.service` before `b.service` before `a.service`',
      ],
    },
  ],
})

tester.run(noMissingActivatedUnit, {
  valid: [
    {
      name: 'perhaps in another package',
      fileName: 'a.timer',
      unit: '[Timer]\nOnBootSec=1\n',
      others: {'other.service': service},
    },
    {
      name: 'the near one has its own timer',
      fileName: 'backup-b.timer',
      unit: '[Timer]\nOnBootSec=1\n',
      others: {'backup-a.service': service, 'backup-a.timer': '[Timer]\nOnBootSec=1\n'},
    },
    {
      name: 'another number',
      fileName: 'backup2.timer',
      unit: '[Timer]\nOnBootSec=1\n',
      others: {'backup1.service': service},
    },
    {
      name: 'an instance of a template',
      fileName: 'a.timer',
      unit: '[Timer]\nOnBootSec=1\nUnit=b@x.service\n',
      others: {'b@.service': service},
      isComplete: true,
    },
    {
      name: 'a specifier of a template',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnBootSec=1\nUnit=%i.service\n',
      isComplete: true,
    },
    {name: 'of systemd', fileName: 'a.timer', unit: '[Timer]\nOnBootSec=1\nUnit=reboot.target\n'},
    {
      name: 'a name that a syslog daemon may take',
      fileName: 'syslog.socket',
      unit: '[Socket]\nListenDatagram=/run/log\n',
      isComplete: true,
    },
    {
      name: 'a drop-in alone',
      fileName: 'a.timer.d/x.conf',
      unit: '[Timer]\nUnit=b.service\n',
      isComplete: true,
    },
    {
      name: 'a mount',
      fileName: 'srv.automount',
      unit: '[Automount]\nWhere=/srv\n',
      isComplete: true,
    },
  ],
  invalid: [
    {
      fileName: 'daily-job.timer',
      unit: '[Timer]\nOnCalendar=daily\nUnit=daily_job.service\n',
      others: {'daily-job.service': service},
      problems: [
        '3:6-3:23: Unexpected timer for `daily_job.service`, did you mean `daily-job.service`?',
      ],
    },
    {
      fileName: 'updatelists.path',
      unit: '[Path]\nPathExists=/x\n',
      others: {'updatlists.service': service},
      problems: [
        '1:1-1:7: Unexpected path for `updatelists.service`, did you mean `updatlists.service`?',
      ],
    },
    {
      fileName: 'a.timer',
      unit: '[Timer]\nOnBootSec=1\n',
      others: {'a.service': ''},
      problems: ['1:1-1:8: Unexpected timer for `a.service`, which is masked'],
    },
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\nAccept=yes\n',
      isComplete: true,
      problems: ['1:1-1:9: Unexpected socket for `a@.service`, there is no such unit'],
    },
  ],
})

tester.run(noAcceptMismatch, {
  valid: [
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\nAccept=yes\n',
      others: {'a@.service': service, 'a.service': service},
    },
    {fileName: 'a.socket', unit: '[Socket]\nListenStream=1\n', others: {'a.service': service}},
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\nService=b.service\n',
      others: {'a@.service': service},
    },
    {fileName: 'a.socket', unit: '[Socket]\nListenStream=1\nAccept=yes\n'},
    {
      name: 'datagrams are not accepted',
      fileName: 'a.socket',
      unit: '[Socket]\nListenDatagram=1\nAccept=yes\n',
      others: {'a.service': service},
    },
  ],
  invalid: [
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\nAccept=yes\n',
      others: {'a.service': service},
      problems: ['3:1-3:11: Unexpected `Accept=yes` for `a.service`, expected `a@.service`'],
    },
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\n',
      others: {'a@.service': service},
      problems: [
        '1:1-1:9: Unexpected socket without `Accept=yes` for `a@.service`, expected `a.service`',
      ],
    },
  ],
})

tester.run(noPrivateTmpSocket, {
  valid: [
    {
      fileName: 'a.service',
      unit: `${service}PrivateTmp=no\n`,
      others: {'a.socket': '[Socket]\nListenStream=/tmp/a\n'},
    },
    {
      fileName: 'a.service',
      unit: `${service}PrivateTmp=yes\n`,
      others: {
        'b.socket': '[Socket]\nListenStream=/tmp/a\n',
        'a.socket': '[Socket]\nListenStream=/run/tmp/a\n',
      },
    },
  ],
  invalid: [
    {
      name: 'of a socket that it needs, implied',
      fileName: 'a.service',
      unit: `[Unit]\nRequires=b.socket\n${service}DynamicUser=yes\n`,
      others: {'b.socket': '[Socket]\nListenStream=/var/tmp/b\n'},
      problems: ['5:1-5:16: Unexpected `PrivateTmp=yes`, it hides `/var/tmp/b` of `b.socket`'],
    },
    {
      name: 'of a socket that starts it by another name',
      fileName: 'a.service',
      unit: `${service}PrivateTmp=yes\n`,
      others: {'b.socket': '[Socket]\nListenStream=/tmp/b\nService=a.service\n'},
      problems: ['3:1-3:15: Unexpected `PrivateTmp=yes`, it hides `/tmp/b` of `b.socket`'],
    },
  ],
})

tester.run(noUnpulledTarget, {
  valid: [
    `[Unit]\nRequires=network-online.target\nAfter=network-online.target\n${service}`,
    {
      name: 'by a unit that is not in sight',
      unit: `[Unit]\nRequires=docker.service\nAfter=network-online.target docker.service\n${service}`,
    },
    {
      name: 'by one that is',
      unit: `[Unit]\nWants=b.service\nAfter=network-online.target\n${service}`,
      others: {'b.service': `[Unit]\nWants=network-online.target\n${service}`},
    },
    {
      name: 'by another',
      unit: `[Unit]\nAfter=network-online.target\n${service}`,
      others: {'b.service': `[Unit]\nWants=network-online.target\n${service}`},
    },
    {
      name: "a user's unit",
      unit: `[Unit]\nAfter=network-online.target\n${service}`,
      manager: 'user',
    },
    {
      name: 'before what others are after',
      unit: `[Unit]\nBefore=network-online.target\n${service}`,
    },
    {
      name: 'a drop-in alone',
      fileName: 'a.service.d/x.conf',
      unit: '[Unit]\nAfter=network-online.target\n',
    },
    {
      name: 'a mount of the network',
      fileName: 'a.mount',
      unit: '[Unit]\nAfter=network-online.target\n[Mount]\nWhat=h:/x\nWhere=/a\nType=nfs\n',
    },
  ],
  invalid: [
    {
      unit: `[Unit]\nAfter=network.target network-online.target\n\n${service}`,
      problems: [
        '2:22-2:43: Expected `Wants=network-online.target` beside `After=network-online.target`',
      ],
      fixedUnsafely: `[Unit]\nAfter=network.target network-online.target\nWants=network-online.target\n\n${service}`,
    },
    {
      unit: `[Unit]\nWants=network.target\nBefore=network-pre.target\n${service}`,
      problems: [
        '3:8-3:26: Expected `Wants=network-pre.target` beside `Before=network-pre.target`',
      ],
      fixedUnsafely: `[Unit]\nWants=network.target\nBefore=network-pre.target\nWants=network-pre.target\n${service}`,
    },
  ],
})

tester.run(noUnorderedRequirement, {
  valid: [
    `[Unit]\nRequires=b.service\nBefore=b.service\n${service}`,
    `[Unit]\nRequires=b.socket b.target dev-x.device\n${service}`,
    `[Unit]\nWants=b.service\n${service}`,
    {
      name: 'the other says',
      unit: `[Unit]\nRequires=b.service\n${service}`,
      others: {'b.service': `[Unit]\nBefore=example.service\n${service}`},
    },
    {
      name: 'targets wait by themselves',
      fileName: 'a.target',
      unit: '[Unit]\nRequires=b.service\n',
    },
  ],
  invalid: [
    {
      unit: `[Unit]\nRequires=b.service c.service\nAfter=c.service\n${service}`,
      problems: ['2:10-2:19: Expected `After=b.service` beside `Requires=b.service`'],
      fixedUnsafely: `[Unit]\nRequires=b.service c.service\nAfter=b.service\nAfter=c.service\n${service}`,
    },
    {
      unit: `[Unit]\nBindsTo=b@%p.service\n${service}`,
      problems: ['2:9-2:21: Expected `After=b@example.service` beside `BindsTo=b@example.service`'],
      fixedUnsafely: `[Unit]\nBindsTo=b@%p.service\nAfter=b@example.service\n${service}`,
    },
  ],
})

tester.run(noEagerActivation, {
  valid: [
    {
      name: 'counts from when the unit ran',
      fileName: 'a.timer',
      unit: '[Unit]\nWants=a.service\n[Timer]\nOnUnitActiveSec=1h\n',
    },
    {fileName: 'a.timer', unit: '[Unit]\nAfter=a.service\n[Timer]\nOnCalendar=daily\n'},
    {
      fileName: 'a.timer',
      unit: '[Unit]\nRequires=a.service\n[Timer]\nOnCalendar=daily\nUnit=b.service\n',
    },
    {name: 'a service', unit: `[Unit]\nRequires=b.service\n${service}`},
  ],
  invalid: [
    {
      fileName: 'a.timer',
      unit: '[Unit]\nRequires=a.service\n[Timer]\nOnCalendar=daily\n',
      problems: [
        '2:10-2:19: Unexpected `Requires=a.service`, it starts the unit at once, without the timer',
      ],
      fixedUnsafely: '[Unit]\n[Timer]\nOnCalendar=daily\n',
    },
    {
      fileName: 'a.path',
      unit: '[Unit]\nWants=x.service b.service\n[Path]\nPathExists=/x\nUnit=b.service\n',
      problems: [
        '2:17-2:26: Unexpected `Wants=b.service`, it starts the unit at once, without the path',
      ],
    },
  ],
})

tester.run(noWrongInstallTarget, {
  valid: [
    `${service}${enabled}`,
    {name: 'of another package', unit: `${service}[Install]\nWantedBy=kodi.target\n`},
    {
      name: 'in sight',
      unit: `${service}[Install]\nWantedBy=multi-users.target\n`,
      others: {'multi-users.target': '[Unit]\n'},
    },
    {name: 'a device', unit: `${service}[Install]\nWantedBy=dev-x.device\n`, isComplete: true},
    {manager: 'user', unit: `${service}[Install]\nWantedBy=graphical-session.target\n`},
    {
      name: 'who goes with what may be installed or not',
      unit: `[Unit]\nPartOf=firewalld.service\n${service}[Install]\nWantedBy=firewalld.service\n`,
      isComplete: true,
    },
  ],
  invalid: [
    {
      manager: 'user',
      unit: `${service}[Install]\nWantedBy=multi-user.target\n`,
      problems: [
        "4:10-4:27: Unexpected `multi-user.target` in `WantedBy=`, users' managers have `default.target`",
      ],
      fixedUnsafely: `${service}[Install]\nWantedBy=default.target\n`,
    },
    {
      unit: `${service}[Install]\nWantedBy=x.service multiuser.target\n`,
      problems: [
        '4:20-4:36: Unexpected `multiuser.target` in `WantedBy=`, did you mean `multi-user.target`?',
      ],
    },
    {
      unit: `[Unit]\nAfter=kodi.target\n${service}[Install]\nRequiredBy=kodi.target firewalld.service\n`,
      isComplete: true,
      problems: [
        '6:12-6:23: Unexpected `kodi.target` in `RequiredBy=`, there is no such unit',
        '6:24-6:41: Unexpected `firewalld.service` in `RequiredBy=`, there is no such unit',
      ],
    },
    {
      unit: `${service}[Install]\nRequiredBy=kodi.target\n`,
      isComplete: true,
      problems: ['4:12-4:23: Unexpected `kodi.target` in `RequiredBy=`, there is no such unit'],
    },
  ],
})

tester.run(noDefaultTarget, {
  valid: [
    {manager: 'user', unit: `${service}[Install]\nWantedBy=default.target\n`},
    `[Unit]\nAfter=default.target\n${service}`,
    // It reads as one of a user's manager, which `--user` judges.
    `${service}[Install]\nWantedBy=default.target\n`,
    {
      fileName: 'a.path',
      unit: '[Path]\nPathExists=%h/a\n\n[Install]\nWantedBy=default.target\n',
    },
    `[Unit]\nPartOf=graphical-session.target\n${service}User=a\n[Install]\nWantedBy=default.target\n`,
  ],
  invalid: [
    ...['User=a', 'DynamicUser=yes', 'AmbientCapabilities=CAP_KILL', 'ExecStop=!/bin/a'].map(
      (line) => ({
        unit: `${service}${line}\n[Install]\nWantedBy=default.target\n`,
        problems: [
          '5:10-5:24: Unexpected `default.target` in `WantedBy=`, expected `multi-user.target` or another that says when the unit is needed',
        ],
      }),
    ),
    {
      fileName: '/etc/systemd/system/a.service',
      unit: `${service}[Install]\nWantedBy=default.target\n`,
      problems: [
        '4:10-4:24: Unexpected `default.target` in `WantedBy=`, expected `multi-user.target` or another that says when the unit is needed',
      ],
    },
    {
      unit: `${service}[Install]\nWantedBy=x.target default.target\n`,
      problems: [
        '4:19-4:33: Unexpected `default.target` in `WantedBy=`, expected `multi-user.target` or another that says when the unit is needed',
      ],
    },
  ],
})

tester.run(noInvalidInstall, {
  valid: [
    `${service}[Install]\nWantedBy="multi-user.target" %p.target\nAlias=b.service\nAlso=c@x.socket\nWantedBy=\n`,
    {
      fileName: 'a@.service',
      unit: `${service}[Install]\nAlias=b@.service b@%i.service\nDefaultInstance=x-y\n`,
    },
    {fileName: 'a@x.service', unit: `${service}[Install]\nDefaultInstance=x\n`},
    {
      name: 'what specifiers stand for',
      fileName: 'a.service',
      unit: `${service}[Install]\nAlias=%n %p-x.service b-%i.service\nAlso=%N.socket c\\\\x2dd.socket\n`,
    },
    {
      name: 'an instance under its own instance',
      fileName: 'a@x.service',
      unit: `${service}[Install]\nAlias=%n b@.service b@x.service b@%i.service\nWantedBy=%i.target c\\x2dd.target\n`,
    },
    {
      name: 'a link by which another unit pulls it in',
      fileName: 'a.service',
      unit: `${service}[Install]\nAlias=multi-user.target.wants/a.service\n`,
    },
  ],
  invalid: [
    {
      unit: `${service}[Install]\nWantedBy=multi-user, graphical.target,\nAlso=x\n`,
      problems: [
        '4:10-4:21: Unexpected `multi-user,` in `WantedBy=`, did you mean `multi-user.target`?',
        '4:22-4:39: Unexpected `graphical.target,` in `WantedBy=`, did you mean `graphical.target`?',
        '5:6-5:7: Unexpected `x` in `Also=`, expected the name of a unit with its type, such as `multi-user.target`',
      ],
      fixedUnsafely: `${service}[Install]\nWantedBy=multi-user.target graphical.target\nAlso=x\n`,
    },
    {
      unit: `${service}[Install]\nAlias=b.socket b@.service\nDefaultInstance=x\n`,
      problems: [
        "4:7-4:15: Unexpected `Alias=b.socket`, expected a name of the unit's own type, `service`",
        '4:16-4:26: Unexpected `Alias=b@.service`, expected a plain name, as the unit is no template',
        '5:1-5:18: Unexpected `DefaultInstance=x`, the unit is no template',
      ],
    },
    {
      fileName: 'a@.service',
      unit: `${service}[Install]\nAlias=b.service\nDefaultInstance=x/y\n`,
      problems: [
        '4:7-4:16: Unexpected `Alias=b.service`, expected a template, as the unit is one',
        '5:1-5:20: Unexpected `DefaultInstance=x/y`, expected the name of an instance',
      ],
    },
    {
      name: 'quotes and backslashes, which `Also=` does not know',
      unit: `${service}[Install]\nWantedBy='a.target' "b.target\nAlso="c.socket" d\\x2de.socket\n`,
      problems: [
        '4:21-4:30: Unexpected quote in `WantedBy=` that does not end, what it begins does not count',
        '5:6-5:16: Unexpected `"c.socket"` in `Also=`, did you mean `c.socket`?',
        '5:17-5:30: Unexpected `d\\x2de.socket` in `Also=`, where a backslash is taken away: it names `dx2de.socket`, expected `d\\\\x2de.socket`',
      ],
      fixedUnsafely: `${service}[Install]\nWantedBy='a.target' "b.target\nAlso=c.socket d\\\\x2de.socket\n`,
    },
    {
      name: 'specifiers that `[Install]` does not have, and names that come of others',
      unit: `${service}[Install]\nWantedBy=%z.target %I.target\nAlso=%i.socket %%.socket\n`,
      problems: [
        '4:10-4:19: Unexpected specifier `%z` in `WantedBy=`, unknown in `[Install]`',
        '4:20-4:29: Unexpected specifier `%I` in `WantedBy=`, unknown in `[Install]`',
        '5:6-5:15: Unexpected `%i.socket` in `Also=`, which is `.socket` and not the name of a unit',
        '5:16-5:25: Unexpected `%%.socket` in `Also=`, which is `%.socket` and not the name of a unit',
      ],
    },
    {
      fileName: 'a@x.service',
      unit: `${service}[Install]\nAlias=b@y.service b-%i.service\nDefaultInstance=%i\n`,
      problems: [
        "4:7-4:18: Unexpected `Alias=b@y.service`, expected the unit's own instance, `x`",
        '4:19-4:31: Unexpected `Alias=b-%i.service`, expected a template, as the unit is one',
      ],
    },
    {
      fileName: 'a@.service',
      unit: `${service}[Install]\nDefaultInstance=%z\n`,
      problems: [
        '4:1-4:19: Unexpected `DefaultInstance=%z`, specifier `%z` is unknown in `[Install]`',
      ],
    },
    {
      name: 'other names of what is called by its path',
      fileName: 'srv.mount',
      unit: '[Mount]\nWhat=/dev/a\nWhere=/srv\n[Install]\nAlias=data.mount\n',
      problems: [
        '5:1-5:17: Unexpected `Alias=` in a unit of type `mount`, which has no other names: the line does not count',
      ],
    },
  ],
})

tester.run(noLoneNamespace, {
  valid: [
    {
      name: 'the other is not in sight',
      unit: `[Unit]\nJoinsNamespaceOf=b.service\n${service}PrivateNetwork=yes\n`,
    },
    {
      unit: `[Unit]\nJoinsNamespaceOf=b.service\n${service}PrivateTmp=yes\n`,
      others: {'b.service': `${service}DynamicUser=yes\n`},
      target: '252',
    },
    {unit: `[Unit]\nJoinsNamespaceOf=b.service\n${service}NetworkNamespacePath=/x\n`},
  ],
  invalid: [
    {
      unit: `[Unit]\nJoinsNamespaceOf=b.service\n${service}`,
      problems: [
        '2:18-2:27: Unexpected `JoinsNamespaceOf=b.service` without `PrivateNetwork=`, `PrivateTmp=` or `PrivateIPC=`',
      ],
    },
    {
      unit: `[Unit]\nJoinsNamespaceOf=b.service c.service\n${service}PrivateNetwork=yes\nPrivateTmp=yes\n`,
      others: {'b.service': service, 'c.service': `${service}PrivateTmp=yes\n`},
      problems: [
        '2:18-2:27: Unexpected `JoinsNamespaceOf=b.service`, that unit has no `PrivateNetwork=` or `PrivateTmp=`',
      ],
    },
  ],
})

tester.run(noMissingUnit, {
  valid: [
    `[Unit]\nRequires=b.service\n${service}`,
    {
      name: 'only wanted',
      unit: `[Unit]\nWants=b.service\nAfter=c.service\n${service}`,
      isComplete: true,
    },
    {
      name: 'of itself',
      unit: `[Unit]\nRequires=x.mount dev-x.device a-b.slice\n${service}`,
      isComplete: true,
    },
    {
      name: 'known to be off',
      unit: `[Unit]\nRequisite=b.service\n${service}`,
      others: {'b.service': ''},
      isComplete: true,
    },
    {
      name: 'of an instance',
      fileName: 'a@.service',
      unit: `[Unit]\nRequires=%i.service\n${service}`,
      isComplete: true,
    },
  ],
  invalid: [
    {
      unit: `[Unit]\nRequires=b.service c.service\nOnFailure=d@%n.service\n${service}`,
      others: {'b.service': ''},
      isComplete: true,
      problems: [
        '2:10-2:19: Unexpected `b.service` in `Requires=`, it is masked',
        '2:20-2:29: Unexpected `c.service` in `Requires=`, there is no such unit',
        '3:11-3:23: Unexpected `d@example.service.service` in `OnFailure=`, there is no such unit',
      ],
    },
    {
      unit: `[Unit]\nAfter=b.service\n${service}`,
      isComplete: true,
      options: {kinds: ['After']},
      problems: ['2:7-2:16: Unexpected `b.service` in `After=`, there is no such unit'],
    },
  ],
})

tester.run(noUnreachedUnit, {
  valid: [
    {fileName: 'a.timer', unit: '[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n'},
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\n',
      others: {'a.service': `${service}Sockets=a.socket\n`},
    },
    {
      fileName: 'a.socket',
      unit: '[Socket]\nListenStream=1\n',
      others: {'a.service': `${service}[Install]\nAlso=a.socket\n`},
    },
    {
      fileName: 'a.timer',
      unit: '[Timer]\nOnBootSec=1\n',
      others: {'b.target': '[Unit]\nWants=a.timer\n'},
    },
    {fileName: 'a@.timer', unit: '[Timer]\nOnBootSec=1\n'},
    service,
  ],
  invalid: [
    {
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/x\n',
      others: {'a.service': service},
      problems: [
        '1:1-1:7: Unexpected path that nothing starts, expected `WantedBy=paths.target` in `[Install]`',
      ],
    },
  ],
})

tester.run(noSharedIpcRemoval, {
  valid: [
    {unit: `${service}User=a\nRemoveIPC=yes\n`, others: {'b.service': `${service}User=a\n`}},
    {
      unit: `${service}User=a\nRemoveIPC=yes\n`,
      others: {'b.service': `${service}User=b\nRemoveIPC=no\n`},
    },
    {unit: `${service}RemoveIPC=yes\n`, others: {'b.service': `${service}RemoveIPC=no\n`}},
  ],
  invalid: [
    {
      unit: `${service}User=a\nRemoveIPC=yes\n`,
      others: {'b.service': `${service}User=a\nRemoveIPC=no\n`},
      problems: [
        '4:1-4:14: Unexpected `RemoveIPC=yes`, `b.service` runs as `a` too and has `RemoveIPC=no`',
      ],
    },
  ],
})

tester.run(noSharedBusName, {
  valid: [
    {
      unit: `${service}BusName=org.example.A\n`,
      others: {
        'b.service': `${service}BusName=org.example.B\n`,
        'c@.service': `${service}BusName=org.example.A\n`,
      },
    },
    {unit: `${service}BusName={NAME}\n`, others: {'b.service': `${service}BusName={NAME}\n`}},
    {
      unit: `${service}BusName=org.example.A\nBusName=org.example.B\n`,
      others: {'b.service': `${service}BusName=org.example.A\n`},
    },
  ],
  invalid: [
    {
      unit: `${service}BusName=org.example.A\n`,
      others: {'b.service': `${service}BusName=org.example.A\n`},
      problems: ['3:1-3:22: Unexpected `BusName=org.example.A`, it belongs to `b.service` too'],
    },
  ],
})
