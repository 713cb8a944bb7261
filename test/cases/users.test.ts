import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {said} from './cases.ts'

const service = '[Service]\nExecStart=/usr/bin/a\n'
const unit = (...lines: string[]): string =>
  `[Unit]\n${lines.map((line) => `${line}\n`).join('')}\n${service}`

/**
 * What public bug reports tell of units of users: what a first run says of them, and what it is
 * silent on.
 */
describe('units of users', () => {
  it.each([
    [
      'a requirement of the system',
      {'.config/systemd/user/a.service': unit('Requires=network-online.target')},
      ['.config/systemd/user/a.service:2 error no-system-requirement'],
    ],
    [
      'an order of the system',
      {'.local/share/systemd/user/a.service': unit('After=multi-user.target')},
      ['.local/share/systemd/user/a.service:2 warning no-system-order'],
    ],
    [
      'a service of the system',
      {
        'contrib/systemd/user/a.timer':
          '[Unit]\nBindsTo=docker.service\n\n[Timer]\nOnCalendar=daily\n',
      },
      ['contrib/systemd/user/a.timer:2 error no-system-requirement'],
    ],
    [
      'a service that the system has elsewhere',
      {
        'one/.config/systemd/user/a.service': unit('Requires=docker.service'),
        'two/docker.service': service,
      },
      ['one/.config/systemd/user/a.service:2 error no-system-requirement'],
    ],
    [
      'a unit of users that a service of the system names',
      {
        'a.service': `${unit('Requires=pipewire.service', 'After=graphical-session.target')}User=example\n`,
      },
      ['a.service:2 warning no-user-dependency', 'a.service:3 warning no-user-dependency'],
    ],
    [
      'the home of root for another user',
      {'a.service': `${service}User=example\nWorkingDirectory=%h/a\n`},
      ['a.service:4 warning no-root-specifier'],
    ],
    [
      'another user',
      {'systemd-user/a.service': `${service}User=example\n`},
      ['systemd-user/a.service:3 error no-system-directive'],
    ],
    [
      'other groups',
      {'debian/a.user.service': `${service}SupplementaryGroups=video\n`},
      ['debian/a.user.service:3 error no-system-directive'],
    ],
    [
      'a target of the system',
      {'units/user/a.service': `${service}\n[Install]\nWantedBy=graphical.target\n`},
      ['units/user/a.service:5 error no-wrong-install-target'],
    ],
  ])('are told of %s', async (_name, files, expected) => {
    expect(await said(files)).toEqual(expected)
  })

  it.each([
    [
      'a service that the user has elsewhere',
      {
        'one/.config/systemd/user/a.service': unit('Requires=docker.service'),
        'two/systemd/user/docker.service': service,
      },
    ],
    [
      'what users have',
      {
        '.config/systemd/user/a.service': unit(
          'After=graphical-session.target',
          'PartOf=graphical-session.target',
        ),
      },
    ],
    [
      'what the user has made',
      {
        '.config/systemd/user/a.service': unit('Requires=sleep.target'),
        '.config/systemd/user/sleep.target': '[Unit]\nDescription=A\n',
      },
    ],
    ['a unit that is nobody knows whose', {'a.service': unit('After=graphical-session.target')}],
    [
      'a home of its own',
      {
        'a.service': `${service}WorkingDirectory=%h\n`,
        'b.service': `${service}User=b\nExecStartPre=+/bin/mkdir -p %h/b\n`,
      },
    ],
    ['units of the system', {'user/a.service': unit('After=multi-user.target')}],
  ])('may have %s', async (_name, files) => {
    expect(await said(files)).toEqual([])
  })

  it('are not for the system', async () => {
    const files = {
      'one/units/a.service': `${unit('Wants=pipewire.service')}User=a\n`,
      'two/systemd/user/pipewire.service': service,
    }
    expect(await said(files)).toEqual(['one/units/a.service:2 warning no-user-dependency'])
    expect(await said({...files, 'two/system/pipewire.service': service})).toEqual([])
  })

  it('know what a config says is theirs too', async () => {
    const files = {
      'one/units/a.service': unit('Requires=docker.service'),
      'two/units/docker.service': service,
    }
    const config = (pattern: string): string =>
      JSON.stringify({extends: ['recommended'], overrides: [{files: [pattern], manager: 'user'}]})
    const run = async (pattern: string): Promise<string> =>
      (await cli(['.'], {cwd: makeFolder({...files, 'unitlint.config.json': config(pattern)})}))
        .stdout
    expect(await run('one/units/*')).toContain('no-system-requirement')
    expect(await run('*/units/*')).not.toContain('no-system-requirement')
  })
})
