import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {said} from './cases.ts'

const service = (text: string): string =>
  `[Unit]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n${text}`

/**
 * What public bug reports tell of lines that systemd drops: what a first run says of them, and what
 * it is silent on.
 */
describe('lines that systemd drops', () => {
  it.each([
    [
      'limits of starts in the wrong section',
      {'a.service': service('StartLimitIntervalSec=60s\n')},
      ['a.service:6 error no-misplaced-directive'],
    ],
    [
      'a section misspelt',
      {'a.service': '[Init]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n'},
      ['a.service:1 error no-unknown-section'],
    ],
    [
      'order in the section of installation',
      {
        'a.service': service(
          '\n[Install]\nWantedBy=multi-user.target\nAfter=network.target\nBindsTo=dbus.service\n',
        ),
      },
      ['a.service:9 error no-misplaced-directive', 'a.service:10 error no-misplaced-directive'],
    ],
    [
      'lines before the first section',
      {'a.service': 'Description=A\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/a\n'},
      ['a.service:1 error no-ignored-line'],
    ],
    [
      'a directive misspelt in a drop-in',
      {'a.service': service(''), 'a.service.d/b.conf': '[Unit]\nRequire=b.service\n'},
      ['a.service.d/b.conf:2 error no-unknown-directive'],
    ],
    [
      'a target misspelt in an order',
      {
        'a.service': `[Unit]\nAfter=netwrok.target\nBefore=systemd-networkd-wait-onlin.service\n\n${service('')}`,
      },
      ['a.service:2 warning no-misspelt-unit', 'a.service:3 warning no-misspelt-unit'],
    ],
    [
      'a target named as a service',
      {
        'a.service': `[Unit]\nAfter=network-online.service network.service\n\n${service('\n[Install]\nWantedBy=multi-user.service\n')}`,
      },
      ['a.service:2 warning no-misspelt-unit', 'a.service:11 error no-wrong-install-target'],
    ],
    [
      'what pulls in itself',
      {'a.service': service('\n[Install]\nWantedBy=a.service\n')},
      ['a.service:8 error no-wrong-install-target'],
    ],
    [
      'a type misspelt',
      {
        'a.service': `[Unit]\nAfter=b.serivce\n\n${service('\n[Install]\nWantedBy=multi-user.taget\n')}`,
      },
      ['a.service:2 error no-invalid-value', 'a.service:11 error no-invalid-install'],
    ],
    [
      'a target misspelt',
      {'a.service': service('\n[Install]\nWantedBy=multiuser.target\n')},
      ['a.service:8 error no-wrong-install-target'],
    ],
  ])('tells of %s', async (_name, files, expected) => {
    expect(await said(files)).toEqual(expected)
  })

  it.each([
    [
      'commands of a drop-in that take the place of others',
      {
        'a.service': service(''),
        'a.service.d/b.conf': '[Service]\nExecStart=\nExecStart=/usr/bin/a --b\n',
      },
    ],
    [
      'targets of others',
      {
        'a.service': `[Unit]\nAfter=netdata.target systemd-networks.target app.target nss-lookups-1.target\n\n${service('')}`,
      },
    ],
    [
      'limits of starts where they belong',
      {'a.service': `[Unit]\nStartLimitIntervalSec=60s\n\n${service('')}`},
    ],
  ])('is silent on %s', async (_name, files) => {
    expect(await said(files)).toEqual([])
  })
})

/**
 * What a first run says of the lines at which systemd gives up a unit, or the rest of a drop-in.
 */
it('what is fatal is said to be', async () => {
  const text = async (files: Readonly<Record<string, string>>): Promise<string> =>
    (
      await cli(
        [
          '--no-config',
          '--target',
          '257',
          '-f',
          'compact',
          '--rule',
          'no-invalid-value: error',
          '--rule',
          'no-refused-unit: error',
          '.',
        ],
        {
          cwd: makeFolder(files),
        },
      )
    ).stdout
  expect(await text({'a.service': '[Service]\nExecStart=bin/a\n'})).toContain(
    'in `ExecStart=`: the unit does not load',
  )
  expect(await text({'a.service': service('WorkingDirectory=srv\n')})).toContain(
    'in `WorkingDirectory=`: the unit does not load',
  )
  expect(
    await text({'a.service': service(''), 'a.service.d/b.conf': '[Service]\nExecStartPre=bin/a\n'}),
  ).toContain(': the rest of the drop-in is not read')
  expect(await text({'a.service': '[Service]\nType=simple\n'})).toContain('the unit does not load')
  expect(await text({'a.service': '[Service\nExecStart=/a\n'})).toContain('the unit does not load')
  // The command may fail.
  expect(await text({'a.service': service('ExecStartPre=-bin/a\n')})).not.toContain('does not load')
})
