import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const container = (text: string, service = ''): string =>
  `[Container]\nImage=docker.io/library/nginx\n${text}\n[Service]\nRestart=always\n${service}`

/**
 * What podman's reports tell of files that Quadlet makes no service of: what a first run says of
 * them, and what it is silent on.
 */
describe('files of Quadlet', () => {
  it.each<[name: string, files: Record<string, string>, expected: string[]]>([
    [
      'a user of podman, and a key misspelt',
      {'web.container': container('ReloadCommand=/bin/true\n', 'User=alice\n')},
      ['web.container:3 error no-unknown-directive', 'web.container:7 error no-refused-quadlet'],
    ],
    [
      'groups',
      {'a.volume': '[Volume]\nDriver=local\n[Service]\nGroup=a\nDynamicUser=yes\n'},
      ['a.volume:4 error no-refused-quadlet', 'a.volume:5 error no-refused-quadlet'],
    ],
    [
      'types and ways of killing that Quadlet does not take',
      {'a.container': container('', 'Type=simple\nKillMode=process\n')},
      ['a.container:6 error no-refused-quadlet', 'a.container:7 error no-refused-quadlet'],
    ],
    [
      'a second command',
      {
        'a.container': container('', 'ExecStart=/usr/bin/a\n'),
        'b.pod': '[Pod]\n[Service]\nExecStart=/usr/bin/b\n',
      },
      ['a.container:6 error no-refused-quadlet', 'b.pod:3 error no-refused-quadlet'],
    ],
    [
      'no image',
      {'a.container': '[Container]\nExec=sleep 1\n', 'b.image': '[Image]\nArch=amd64\n'},
      ['a.container:1 error no-refused-quadlet', 'b.image:1 error no-refused-quadlet'],
    ],
    [
      'a key of one’s own in its sections, which Quadlet does not pass over as systemd does',
      {
        'a.container': `[Unit]\nX-Note=a\n${container('X-Note=b\n', 'X-Note=c\n')}[X-Own]\nX-Note=d\n`,
        'b.volume': '[Volume]\n[Quadlet]\nX-Note=a\n',
      },
      ['a.container:5 error no-unknown-directive', 'b.volume:3 error no-unknown-directive'],
    ],
    ['no YAML', {'a.kube': '[Kube]\nNetwork=host\n'}, ['a.kube:1 error no-refused-quadlet']],
    [
      'a build without a name and a place',
      {'a.build': '[Build]\nPull=newer\n'},
      ['a.build:1 error no-refused-quadlet', 'a.build:1 error no-refused-quadlet'],
    ],
    [
      'another section',
      {'a.container': '[Unit]\nDescription=A\n[Volume]\nLabel=a\n'},
      ['a.container:1 error no-refused-quadlet', 'a.container:3 error no-unknown-section'],
    ],
    [
      'its own section misspelt, alone',
      {'a.container': '[Containers]\nImage=a\n'},
      ['a.container:1 error no-refused-quadlet', 'a.container:1 error no-unknown-section'],
    ],
    [
      'a line that is none',
      {'a.container': container('foo\n')},
      ['a.container:3 error no-refused-quadlet'],
    ],
    [
      'a section misspelt',
      {'a.container': '[Container]\nImage=a\n[Instal]\nWantedBy=multi-user.target\n'},
      ['a.container:3 error no-unknown-section'],
    ],
    [
      'keys of systemd among those of Quadlet, and the reverse',
      {'a.container': container('Restart=always\n', 'Image=a\n')},
      ['a.container:3 error no-misplaced-directive', 'a.container:7 error no-misplaced-directive'],
    ],
    [
      'a gateway of no network',
      {'a.network': '[Network]\nGateway=10.0.0.1\n'},
      ['a.network:2 error no-refused-quadlet'],
    ],
    [
      'a pod that is none of Quadlet',
      {'a.container': container('Pod=web\n')},
      ['a.container:3 error no-refused-quadlet'],
    ],
    [
      'two ways of reloading',
      {'a.container': container('ReloadCmd=/a\nReloadSignal=HUP\n')},
      ['a.container:4 error no-refused-quadlet'],
    ],
    [
      'values that systemd drops',
      {'a.container': container('', 'TimeoutStartSec=soon\n')},
      ['a.container:6 error no-invalid-value'],
    ],
    [
      'a drop-in',
      {'a.container': container(''), 'a.container.d/b.conf': '[Service]\nUser=a\n'},
      ['a.container.d/b.conf:2 error no-refused-quadlet'],
    ],
  ])('are told of: %s', async (_name, files, expected) => {
    expect(await said(files, '--rule', 'no-invalid-value: error')).toEqual(expected)
  })

  it.each<[name: string, files: Record<string, string>]>([
    [
      'a container with all that is usual',
      {
        'web.container':
          '[Unit]\nDescription=Web\nAfter=db.container web.network\nRequires=db.container\n\n[Container]\nImage=docker.io/library/nginx:latest\nContainerName=web\n' +
          'User=101\nGroup=101\nEnvironment=A=b\nNoNewPrivileges=true\nDropCapability=all\nVolume=web.volume:/data:Z\nNetwork=web.network\nPublishPort=8080:80\n' +
          'AutoUpdate=registry\nHealthCmd=curl -f http://localhost || exit 1\nExec=nginx -g "daemon off;"\nSecret=a,type=env\n\n' +
          '[Service]\nRestart=always\nTimeoutStartSec=900\nExecStartPre=/usr/bin/mkdir -p /srv/web\n\n[Install]\nWantedBy=multi-user.target default.target\n',
        'db.container': container('Pod=web.pod\n'),
        'web.pod': '[Pod]\nPublishPort=80:80\n',
        'web.network': '[Network]\nSubnet=10.0.0.0/24\nGateway=10.0.0.1\n',
        'web.volume': '[Volume]\n',
        'web.kube': '[Kube]\nYaml=web.yaml\n',
        'web.image': '[Image]\nImage=quay.io/a/b\n',
        'web.build': '[Build]\nImageTag=localhost/a\nSetWorkingDirectory=unit\n',
        'a@.container': container('Environment=A=%i\n'),
        'db.timer': '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n',
      },
    ],
    [
      'what Quadlet waits for by itself, with and without root',
      {
        'a.container': `[Unit]\nAfter=network-online.target\n${container('')}[Install]\nWantedBy=default.target\n`,
        '.config/containers/systemd/a.container': `[Unit]\nAfter=network-online.target\n${container('')}[Install]\nWantedBy=multi-user.target default.target\n`,
      },
    ],
    [
      'a job',
      {
        'a.container': container('', 'Type=oneshot\nExecStart=/usr/bin/true\n').replace(
          'always',
          'on-failure',
        ),
      },
    ],
    [
      'an image from a drop-in',
      {
        'a.container': '[Container]\nExec=x\n',
        'a.container.d/image.conf': '[Container]\nImage=a\n',
      },
    ],
    [
      'what others call so',
      {
        'eth.network': '[Match]\nName=eth0\n[Network]\nDHCP=yes\nGateway=1\n',
        'eth.network.d/a.conf': '[Network]\nDHCP=no\n',
        'Perl.pod': '=head1 NAME\n\nPerl\n',
        'disk.image': '\0'.repeat(9),
        'a.service': '[Service]\nExecStart=/usr/bin/a\n',
      },
    ],
  ])('are left alone: %s', async (_name, files) => {
    expect(await said(files, '--rule', 'no-invalid-value: error')).toEqual([])
  })

  const timer = (name: string): string =>
    `[Unit]\nOnFailure=${name}\n\n[Timer]\nOnCalendar=daily\nUnit=${name}\n`
  const units = {
    'etc/systemd/system/a.timer': timer('a.service'),
    'etc/systemd/system/b.timer': timer('b-volume.service'),
    'etc/systemd/system/c.timer': timer('named.service'),
    'etc/systemd/system/d.timer': timer('d@1.service'),
    'etc/systemd/user/e.timer': timer('e.service'),
  }

  it('make services that are known below a root', async () => {
    const files = {
      'etc/containers/systemd/a.container': container(''),
      'usr/share/containers/systemd/more/b.volume': '[Volume]\n',
      'run/containers/systemd/c.container': container('ServiceName=named\n'),
      'etc/containers/systemd/d@.container': container(''),
      'etc/containers/systemd/users/1000/e.container': container(''),
    }
    expect(
      await said({...units, ...files}, '--root', '.', '--rule', 'no-missing-unit: error'),
    ).toEqual([])
  })

  it('make none for another manager, nor under another name', async () => {
    const files = {
      'etc/containers/systemd/users/a.container': container(''),
      'etc/containers/systemd/b.container': container(''),
      'run/containers/systemd/c.container': container(''),
      'etc/containers/systemd/d.container': container(''),
      'etc/containers/systemd/e.container': container(''),
    }
    const missing = await said(
      {...units, ...files},
      '--root',
      '.',
      '--rule',
      'no-missing-unit: error',
    )
    expect(missing).toEqual(
      Object.keys(units).flatMap((name) => [
        `${name}:2 error no-missing-unit`,
        `${name}:6 error no-missing-activated-unit`,
      ]),
    )
  })
})
