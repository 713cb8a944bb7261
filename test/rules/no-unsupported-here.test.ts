import {describe, it} from 'vitest'
import rule from '../../rules/no-unsupported-here.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const service = (...lines: string[]): string =>
  ['[Service]', 'ExecStart=/usr/bin/example', ...lines, ''].join('\n')

new RuleTester({describe, it}).run(rule, {
  valid: [
    {name: 'a machine of its own', unit: service('BindPaths=/srv'), target: 'debian-13'},
    {
      name: 'what works there',
      unit: service('NoNewPrivileges=yes', 'PrivateTmp=yes', 'ProtectSystem=strict'),
      target: '257,nspawn',
    },
    {
      name: 'values that ask for nothing',
      unit: service(
        'PrivateTmp=no',
        'BindPaths=',
        'Nice=5',
        'CPUSchedulingPolicy=batch',
        'IPAddressDeny=',
      ),
      target: '257,docker',
    },
    {
      name: 'a line that another takes back',
      unit: service('PrivateTmp=yes', 'PrivateTmp=no'),
      target: '257,docker',
    },
    {
      name: 'capabilities that there are',
      unit: service('AmbientCapabilities=CAP_CHOWN'),
      target: '257,docker',
    },
    {
      name: 'what only a later systemd fails with',
      unit: service('NetworkNamespacePath=/run/netns/a'),
      target: '252,docker',
    },
  ],
  invalid: [
    {
      unit: service(
        'BindPaths=/srv',
        'PrivateTmp=true',
        'Nice=-1',
        'CPUSchedulingPolicy=1',
        'ProtectHome=on',
      ),
      target: 'debian-13,docker',
      problems: [
        '3:1-3:15: Unexpected `BindPaths=/srv`, which fails 226/NAMESPACE in `docker`',
        '4:1-4:16: Unexpected `PrivateTmp=true`, which is ignored in `docker`',
        '5:1-5:8: Unexpected `Nice=-1`, which is ignored in `docker`',
        '6:1-6:22: Unexpected `CPUSchedulingPolicy=1`, which fails 214/SETSCHEDULER in `docker`',
        '7:1-7:15: Unexpected `ProtectHome=on`, which is ignored in `docker`',
      ],
    },
    {
      name: 'what becomes of it in several, of each of them',
      unit: service('PrivateUsers=yes', 'PrivateTmp=yes', 'NoNewPrivileges=yes'),
      target: '257,docker,lxc-unprivileged,podman',
      problems: [
        '3:1-3:17: Unexpected `PrivateUsers=yes`, which fails 217/USER in `docker`',
        '4:1-4:15: Unexpected `PrivateTmp=yes`, which is ignored in `docker`, `podman`',
        '5:1-5:20: Unexpected `NoNewPrivileges=yes`, which is ignored in `lxc-unprivileged`',
      ],
    },
    {
      name: 'capabilities that nobody has there',
      unit: service('AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_SYS_ADMIN'),
      target: '257,rootless',
      problems: [
        '3:1-3:55: Unexpected `CAP_SYS_ADMIN` in `AmbientCapabilities=`, which nobody has in `rootless`',
      ],
    },
    {
      name: 'what is known from others',
      unit: service('RootImage=/srv/a.raw', 'AppArmorProfile=a'),
      target: '257,podman,wsl2',
      problems: [
        '3:1-3:21: Unexpected `RootImage=/srv/a.raw`, which fails 226/NAMESPACE in `podman`',
        '4:1-4:18: Unexpected `AppArmorProfile=a`, which is ignored in `podman`',
        '4:1-4:18: Unexpected `AppArmorProfile=a`, which is ignored in `wsl`',
      ],
    },
    {
      name: 'sockets, too',
      fileName: 'example.socket',
      unit: '[Socket]\nListenStream=80\nExecStartPre=/usr/bin/example\nTemporaryFileSystem=/srv\n',
      target: '257,rootless',
      problems: [
        '4:1-4:25: Unexpected `TemporaryFileSystem=/srv`, which fails 226/NAMESPACE in `rootless`',
      ],
    },
  ],
})
