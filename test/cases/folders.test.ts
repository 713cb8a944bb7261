import {describe, expect, it} from 'vitest'
import {hinted, said} from './cases.ts'

const service = (text: string): string =>
  `[Unit]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n${text}`

/**
 * What public bug reports tell of directories that vanish, come too late, or are closed: what a
 * first run says of them, and what it is silent on.
 */
describe('directories that vanish', () => {
  it.each([
    [
      'two services of one directory',
      {
        'bot.service': service('RuntimeDirectory=bot\n'),
        'bot-web.service': service('RuntimeDirectory=bot\n'),
      },
      [
        'bot-web.service:6 warning no-shared-runtime-directory',
        'bot.service:6 warning no-shared-runtime-directory',
      ],
    ],
    [
      'all instances of one directory',
      {'bot@.service': service('RuntimeDirectory=bot\n')},
      ['bot@.service:6 warning no-shared-runtime-directory'],
    ],
    [
      'a socket in the directory of its service',
      {
        'bot.socket': '[Socket]\nListenStream=/run/bot/socket\n',
        'bot.service': service('RuntimeDirectory=bot\n'),
      },
      ['bot.service:6 warning no-vanishing-socket'],
    ],
    [
      'paths that are made too late',
      {
        'a.service': service(
          'ExecStartPre=+/bin/mkdir -p /root/.cache/a /root/.config/a\nProtectSystem=strict\nReadWritePaths=/root/.cache/a /root/.config/a\n',
        ),
      },
      ['a.service:8 error no-late-path', 'a.service:8 error no-late-path'],
    ],
    [
      'a group that may enter, and open nothing',
      {
        'a.service': service(
          'User=a\nGroup=a\nRuntimeDirectory=a\nRuntimeDirectoryMode=0750\nUMask=0077\n',
        ),
      },
      ['a.service:10 warning no-closed-directory'],
    ],
    [
      'a group that may write, where all may read',
      {'a.service': service('User=a\nRuntimeDirectory=a\nRuntimeDirectoryMode=0775\nUMask=0077\n')},
      ['a.service:9 warning no-closed-directory'],
    ],
    [
      'a start where nothing may look',
      {'a.service': service('WorkingDirectory=/srv/a/b\nInaccessiblePaths=/srv/a\n')},
      ['a.service:6 error no-hidden-path'],
    ],
    [
      'a start below a home that is hidden',
      {'a.service': service('WorkingDirectory=/home/a/b\nProtectHome=true\n')},
      ['a.service:7 error no-needed-denial'],
    ],
    [
      'a start in a folder that is empty',
      {'a.service': service('WorkingDirectory=/srv/a\nTemporaryFileSystem=/srv\n')},
      ['a.service:6 error no-hidden-path'],
    ],
    [
      'a start in another /tmp',
      {'a.service': service('WorkingDirectory=/tmp/a\nPrivateTmp=yes\n')},
      ['a.service:6 error no-hidden-path'],
    ],
  ])('tells of %s', async (_name, files, expected) => {
    expect(await said(files)).toEqual(expected)
  })

  it.each([
    [
      'two services that keep their directory',
      {
        'bot.service': service('RuntimeDirectory=bot\nRuntimeDirectoryPreserve=yes\n'),
        'bot-web.service': service('RuntimeDirectory=bot\nRuntimeDirectoryPreserve=yes\n'),
      },
    ],
    [
      'a socket in a directory that is kept',
      {
        'bot.socket': '[Socket]\nListenStream=/run/bot/socket\n',
        'bot.service': service('RuntimeDirectory=bot\nRuntimeDirectoryPreserve=yes\n'),
      },
    ],
    [
      'a socket beside the directory',
      {
        'bot.socket': '[Socket]\nListenStream=/run/bot.socket\n',
        'bot.service': service('RuntimeDirectory=bot\n'),
      },
    ],
    [
      'instances with directories of their own',
      {'bot@.service': service('RuntimeDirectory=bot-%i\n')},
    ],
    [
      'a group that may enter, and open what it finds',
      {'a.service': service('User=a\nRuntimeDirectory=a\nRuntimeDirectoryMode=0750\nUMask=0007\n')},
    ],
    [
      'paths that may be missing',
      {
        'a.service': service(
          'ExecStartPre=+/bin/mkdir -p /srv/a\nProtectSystem=strict\nReadWritePaths=-/srv/a\n',
        ),
      },
    ],
  ])('is silent on %s', async (_name, files) => {
    expect(await said(files)).toEqual([])
  })
  /** What a first run leaves out, `strict` hints at. */
  it.each([
    [
      'settings in a folder of systemd',
      service('ConfigurationDirectory=a\nProtectSystem=full\n'),
      'no-closed-settings',
    ],
    [
      'the same of a user',
      service('User=a\nConfigurationDirectory=a\nProtectSystem=strict\n'),
      'no-closed-settings',
    ],
    [
      'settings in a folder that is read-only',
      service('WorkingDirectory=/etc/a\nProtectSystem=full\n'),
      'no-closed-settings',
    ],
    [
      'one file that may be written',
      service('ReadWritePaths=/etc/a/a.json\nProtectSystem=strict\n'),
      'no-writable-file',
    ],
  ])('hints in strict at %s', async (_name, unit, rule) => {
    const lines = await hinted({'a.service': unit}, '--preset', 'strict')
    expect(lines.map((line) => line.split(' ').at(-1))).toContain(rule)
  })
})
