import {describe, it} from 'vitest'
import noDefaultTarget from '../../rules/no-default-target.ts'
import noRefusedQuadlet from '../../rules/no-refused-quadlet.ts'
import noUnknownDirective from '../../rules/no-unknown-directive.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const container = '[Container]\nImage=docker.io/library/nginx\n'

const missing = (place: string, key: string, name: string): string =>
  `${place}: Unexpected \`${name}\` in \`${key}=\`, no such file is in sight: Quadlet makes no service without it`

/** Lines of files of each kind that name a file of Quadlet's; what it is called. */
const naming: ReadonlyArray<readonly [file: string, before: string, line: string, name: string]> = [
  ['a.container', container, 'Volume=data.volume:/data:Z', 'data.volume'],
  ['a.container', container, 'Network=app.network', 'app.network'],
  ['a.container', container, 'Network=app.network:ip=10.0.0.1', 'app.network'],
  ['a.container', container, 'Network=b.container', 'b.container'],
  ['a.container', container, 'Pod=web.pod', 'web.pod'],
  ['a.container', '[Container]\n', 'Image=web.image', 'web.image'],
  ['a.container', '[Container]\n', 'Image=web.build', 'web.build'],
  ['a.pod', '[Pod]\n', 'Volume=data.volume:/data', 'data.volume'],
  ['a.pod', '[Pod]\n', 'Network=app.network', 'app.network'],
  ['a.kube', '[Kube]\nYaml=/a.yaml\n', 'Network=app.network', 'app.network'],
  ['a.build', '[Build]\nImageTag=a\nSetWorkingDirectory=/\n', 'Network=app.network', 'app.network'],
  [
    'a.build',
    '[Build]\nImageTag=a\nSetWorkingDirectory=/\n',
    'Volume=data.volume:/d',
    'data.volume',
  ],
  ['a.volume', '[Volume]\nDriver=image\n', 'Image=web.image', 'web.image'],
]

tester.run(noRefusedQuadlet, {
  valid: [
    ...naming.map(([fileName, before, line, name]) => ({
      name: `${line} of ${fileName}, which is there`,
      fileName,
      unit: `${before}${line}\n`,
      others: {[name]: ''},
    })),
    ...[
      'Volume=data.volume',
      'Volume=./data.volume:/data',
      'Volume=/data.volume:/data',
      'Volume=data:/data',
      'Volume=data-%i.volume:/data',
      'Volume=data@a.volume:/data',
      'Volume=data.volume:/data\nVolume=',
      'Network=host',
      'Network=app.networks',
      'Pod=web.pod\nPod=',
      'Mount=type=bind,source=/a/b.volume,dst=/a',
      'Image=quay.io/web.image',
    ].map((lines) => ({fileName: 'a.container', unit: `${container}${lines}\n`})),
  ],
  invalid: naming.map(([fileName, before, line, name]) => {
    const at = before.split('\n').length
    const key = line.slice(0, line.indexOf('='))
    return {
      name: `${line} of ${fileName}, which is not there`,
      fileName,
      unit: `${before}${line}\n`,
      problems: [missing(`${at}:1-${at}:${line.length + 1}`, key, name)],
    }
  }),
})

tester.run(noRefusedQuadlet, {
  valid: [
    {
      fileName: 'a.container',
      unit: `${container}User=1\nGroup=1\n[Service]\nType=oneshot\nKillMode=control-group\nExecStart=/usr/bin/a\n`,
    },
    {fileName: 'a.container', unit: `${container}Mount=type=bindx,src=/a,dst=/b\n`},
    {fileName: 'a.container', unit: '[Container]\nRootfs=/srv/a\n[Service]\nUser=\n'},
    {
      fileName: 'a.container',
      unit: `${container}ExposeHostPort=80-90/tcp 53/udp\nMount=dst=/a,type=tmpfs\nMount=type=bind,source=/a,dst=/b\nRemapUsers=auto\nRemapUid=1\n`,
    },
    {
      fileName: 'a.volume',
      unit: '[Volume]\nDriver=image\nImage=quay.io/a/b\nOptions=o\nType=nfs\n',
    },
    {fileName: 'a.volume', unit: '[Unit]\nDescription=A\n'},
    {
      fileName: 'a.network',
      unit: '[Network]\nSubnet=10.0.0.0/24\nSubnet=10.0.1.0/24\nGateway=10.0.0.1\nGateway=10.0.1.1\n',
    },
    {fileName: 'a.kube', unit: '[Kube]\nYaml=a.yaml\nSetWorkingDirectory=yaml\n'},
    {
      fileName: 'a.build',
      unit: '[Build]\nImageTag=localhost/a\nFile=a\nSetWorkingDirectory=unit\n',
    },
    {fileName: 'a.volume', unit: '[Volume]\n[Service]\nExecStart=/usr/bin/a\nType=simple\n'},
    {fileName: 'a.service', unit: '[Service]\nUser=a\nExecStart=/usr/bin/a\nKillMode=process\n'},
    {fileName: 'a.container.d/b.conf', unit: '[Container]\nGroup=1\n'},
  ],
  invalid: [
    {
      fileName: 'a.container',
      unit: `${container}Group=1\nRootfs=/\n[Service]\nUser=web\nDynamicUser=yes\nType=exec\n`,
      problems: [
        '3:1-3:8: Unexpected `Group=` without `User=`, Quadlet makes no service of it',
        '4:1-4:9: Unexpected `Rootfs=` beside `Image=`, Quadlet refuses both together',
        '6:1-6:9: Unexpected `User=web` in `[Service]`, with which podman itself would run: expected `User=` in `[Container]`',
        '7:1-7:16: Unexpected `DynamicUser=yes` in `[Service]`, with which podman itself would run: expected a file in `~/.config/containers/systemd` of the user',
        '8:1-8:10: Unexpected `Type=exec`, expected `notify` or `oneshot`: Quadlet refuses all else',
      ],
    },
    {
      fileName: 'a.container',
      unit: '[Container]\nPod=web\n[Service]\nExecStart=/usr/bin/a\n',
      problems: [
        '1:1-1:12: Unexpected container without `Image=` or `Rootfs=`, Quadlet makes no service of it',
        '2:1-2:8: Unexpected `Pod=web`, expected the name of a file such as `web.pod`: Quadlet refuses all else',
        '4:1-4:21: Unexpected `ExecStart=` in `[Service]`, Quadlet adds one and a service has only one: the unit is not loaded',
      ],
    },
    {
      fileName: 'a.container',
      unit: `${container}ExposeHostPort=80/sctp\nMount=source=/a,dst=/b\nMount=type=bind,dst=/b\nRemapUid=1\nUserNS=auto\nRemapUsers=Auto\nfoo\n[Service]\nType=\n`,
      problems: [
        '3:1-3:23: Unexpected `ExposeHostPort=80/sctp`, expected ports such as `8080`, `8000-8010` or `53/udp`: Quadlet refuses all else',
        '4:1-4:23: Unexpected `Mount=source=/a,dst=/b`, expected `type=` in it: Quadlet refuses all else',
        '5:1-5:23: Unexpected mount of type `bind` without `source=`, at which Quadlet of podman 5 crashes: it makes a service of no file at all',
        '6:1-6:11: Unexpected `RemapUid=` beside `UserNS=`, Quadlet refuses both together',
        '8:1-8:16: Unexpected `RemapUsers=Auto`, expected `manual`, `auto` or `keep-id`: Quadlet refuses all else',
        '8:1-8:16: Unexpected `RemapUsers=` beside `UserNS=`, Quadlet refuses both together',
        '9:1-9:4: Unexpected line that is no `KEY=VALUE`, no header and no comment: Quadlet makes no service of it, and podman 5 of no other file of the folder',
        '11:1-11:6: Unexpected `Type=`, expected `notify` or `oneshot`: Quadlet refuses all else',
      ],
    },
    {
      fileName: 'a.container',
      unit: `${container}Mount=dst=/b,type=bind\nMount="dst=/b,type=volume"\nMount=dst=/b,type=globe\n`,
      problems: ['bind', 'volume'].map(
        (type, at) =>
          `${at + 3}:1-${at + 3}:${at === 0 ? 23 : 27}: Unexpected mount of type \`${type}\` without \`source=\`, at which Quadlet of podman 5 crashes: it makes a service of no file at all`,
      ),
    },
    {
      fileName: 'a.pod',
      unit: '[Pod]\nRemapGid=1\n',
      problems: [
        '2:1-2:11: Unexpected `RemapGid=` without `RemapUsers=`, Quadlet makes no service of it',
      ],
    },
    {
      fileName: 'a.volume',
      unit: '[Volume]\nOptions=o\n',
      problems: [
        '2:1-2:10: Unexpected `Options=` without `Device=`, Quadlet makes no service of it',
      ],
    },
    {
      fileName: 'a.volume',
      unit: '[Volume]\nDriver=image\n',
      problems: ['1:1-1:9: Unexpected volume without `Image=`, Quadlet makes no service of it'],
    },
    {
      fileName: 'a.network',
      unit: '[Network]\nSubnet=10.0.0.0/24\nIPRange=10.0.0.0/25\nIPRange=10.0.0.128/25\n',
      problems: [
        '4:1-4:22: Unexpected 2 `IPRange=` for 1 `Subnet=`, Quadlet makes no service of it',
      ],
    },
    {
      fileName: 'a.kube',
      unit: '[Kube]\nYaml=a.yaml\nSetWorkingDirectory=/srv\nRemapUsers=manual\n',
      problems: [
        '3:1-3:25: Unexpected `SetWorkingDirectory=/srv`, expected `yaml` or `unit`: Quadlet refuses all else',
        '4:1-4:18: Unexpected `RemapUsers=manual`, expected `auto` or `keep-id`: Quadlet refuses all else',
      ],
    },
    {
      fileName: 'a.build',
      unit: '[Build]\nImageTag=localhost/a\nFile=a\n',
      problems: [
        '3:1-3:7: Unexpected relative path in `File=` without `SetWorkingDirectory=`, Quadlet makes no service of it',
      ],
    },
    {
      fileName: 'a.container.d/b.conf',
      unit: '[Container]\nfoo\n',
      problems: [
        '2:1-2:4: Unexpected line that is no `KEY=VALUE`, no header and no comment: Quadlet reads nothing of the drop-in',
      ],
    },
    {
      fileName: 'a.kube',
      unit: '[Unit]\nDescription=A\n',
      problems: ['1:1-1:7: Unexpected kube without `[Kube]`, Quadlet makes no service of it'],
    },
  ],
})

tester.run(noUnknownDirective, {
  valid: [
    {
      fileName: 'a.container',
      unit: `${container}HttpProxy=false\n[Quadlet]\nDefaultDependencies=false\n`,
    },
  ],
  invalid: [
    {
      fileName: 'a.container',
      unit: `${container}ReloadCommand=/bin/true\nEntirelyMadeUp=1\n[Service]\nEntirelyMadeUp=1\n`,
      problems: [
        '3:1-3:14: Unexpected directive `ReloadCommand`, did you mean `ReloadCmd`?',
        '4:1-4:15: Unexpected directive `EntirelyMadeUp` in `[Container]`, unknown to Quadlet, which makes no service of it',
        '6:1-6:15: Unexpected directive `EntirelyMadeUp` in `[Service]`, unknown to systemd',
      ],
    },
  ],
})

tester.run(noDefaultTarget, {
  valid: [{fileName: 'a.container', unit: `${container}[Install]\nWantedBy=default.target\n`}],
  invalid: [],
})
