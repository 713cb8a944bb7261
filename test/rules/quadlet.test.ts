import {describe, it} from 'vitest'
import noDefaultTarget from '../../rules/no-default-target.ts'
import noRefusedQuadlet from '../../rules/no-refused-quadlet.ts'
import noUnknownDirective from '../../rules/no-unknown-directive.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const container = '[Container]\nImage=docker.io/library/nginx\n'

tester.run(noRefusedQuadlet, {
  valid: [
    {fileName: 'a.container', unit: `${container}User=1\nGroup=1\n[Service]\nType=oneshot\nKillMode=control-group\nExecStart=/usr/bin/a\n`},
    {fileName: 'a.container', unit: '[Container]\nRootfs=/srv/a\n[Service]\nUser=\nType=\n'},
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
      fileName: 'a.kube',
      unit: '[Unit]\nDescription=A\n',
      problems: ['1:1-1:7: Unexpected kube without `[Kube]`, Quadlet makes no service of it'],
    },
  ],
})

tester.run(noUnknownDirective, {
  valid: [{fileName: 'a.container', unit: `${container}HttpProxy=false\n[Quadlet]\nDefaultDependencies=false\n`}],
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

tester.run(noDefaultTarget, {valid: [{fileName: 'a.container', unit: `${container}[Install]\nWantedBy=default.target\n`}], invalid: []})
