import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const unit = `[Unit]
Description=App %i

[Service]
# what it runs
ExecStart=/usr/bin/app
Nice=1
PrivateTmp=maybe
`
const dropIn = `[Service]
Nice=2
DynamicUser=yes
[Foo]
A=b
`
const files = {'app@web.service': unit, 'app@web.service.d/50.conf': dropIn}

describe('show', () => {
  it('prints one unit file, with where each value comes from above it', async () => {
    expect(await cli(['show', 'app@web.service'], {cwd: makeFolder(files)})).toEqual({
      status: 0,
      stderr: '',
      stdout: `# app@web.service
# drop-in app@web.service.d/50.conf

[Unit]
# app@web.service:2, that is: App web
Description=App %i

[Service]
# app@web.service:6
ExecStart=/usr/bin/app
# app@web.service.d/50.conf:2-3
Nice=2
DynamicUser=yes
# implied by DynamicUser=yes, app@web.service.d/50.conf:3
User=app
PrivateTmp=yes
ProtectHome=read-only
ProtectSystem=strict
NoNewPrivileges=yes
RemoveIPC=yes
RestrictSUIDSGID=yes
`,
    })
  })

  it('prints what systemd reads without a word, and reads itself', async () => {
    const cwd = makeFolder(files)
    const {stdout} = await cli(['show', 'app@web.service'], {cwd})
    const flat = makeFolder({'app@web.service': stdout})
    expect((await cli(['app@web.service', '--preset', 'verify'], {cwd: flat})).status).toBe(0)
    const values = (text: string): string[] =>
      text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(values((await cli(['show', 'app@web.service'], {cwd: flat})).stdout)).toEqual(
      values(stdout),
    )
  })

  it('shows dead lines where they stand, and defaults, with --all', async () => {
    const {stdout} = await cli(['show', 'app@web.service', '--all', '--target', '257'], {
      cwd: makeFolder(files),
    })
    expect(stdout).toContain(
      '# app@web.service:7, overridden by app@web.service.d/50.conf:2\n#Nice=1\n',
    )
    expect(stdout).toMatch(
      /\n# app@web\.service:8, Unexpected `maybe`, .*\n#PrivateTmp=maybe\n# app@web\.service\.d\/50\.conf:2-3\nNice=2\n/,
    )
    expect(stdout).toMatch(
      /\n# default of systemd 257\nSupplementaryGroups=\n(?:.*\n)*PrivateNetwork=no\n/,
    )
    expect(stdout).toMatch(
      /\n\n#\[Foo\]\n# app@web\.service\.d\/50\.conf:5, in a section that is unknown here\n#A=b\n$/,
    )
    expect(
      (
        await cli(['show', 'app@web.service', '--all', '--target', 'debian-12'], {
          cwd: makeFolder(files),
        })
      ).stdout,
    ).toContain('\n# default of debian-12\n')
  })

  it('names the directive that overrides where it is another one', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/bin/a\nTimeoutStartSec=1\nTimeoutSec=2\n',
    })
    expect((await cli(['show', 'a.service', '--all'], {cwd})).stdout).toContain(
      '# a.service:3, overridden by TimeoutSec=2, a.service:4\n#TimeoutStartSec=1\n',
    )
  })

  it('prints JSON for programs', async () => {
    const cwd = makeFolder(files)
    const {stdout, status} = await cli(['show', 'app@web.service', '--json'], {cwd})
    expect(status).toBe(0)
    const [main, path] = ['app@web.service', 'app@web.service.d/50.conf']
    const implied = (value: string): object[] => [
      {value, origin: {kind: 'implied', by: 'DynamicUser=yes', path, line: 3}},
    ]
    expect(JSON.parse(stdout)).toEqual({
      name: main,
      type: 'service',
      target: '252',
      files: [
        {path: main, role: 'fragment'},
        {path, role: 'drop-in'},
      ],
      sections: {
        Unit: {
          Description: [
            {value: 'App %i', expanded: 'App web', origin: {kind: 'written', path: main, line: 2}},
          ],
        },
        Service: {
          ExecStart: [{value: '/usr/bin/app', origin: {kind: 'written', path: main, line: 6}}],
          Nice: [{value: '2', origin: {kind: 'written', path, line: 2}}],
          DynamicUser: [{value: 'yes', origin: {kind: 'written', path, line: 3}}],
          User: implied('app'),
          PrivateTmp: implied('yes'),
          ProtectHome: implied('read-only'),
          ProtectSystem: implied('strict'),
          NoNewPrivileges: implied('yes'),
          RemoveIPC: implied('yes'),
          RestrictSUIDSGID: implied('yes'),
        },
      },
      dead: [
        {
          section: 'Service',
          key: 'Nice',
          value: '1',
          path: main,
          line: 7,
          reason: 'overridden',
          by: {key: 'Nice', value: '2', path, line: 2},
        },
        {
          section: 'Service',
          key: 'PrivateTmp',
          value: 'maybe',
          path: main,
          line: 8,
          reason: expect.stringMatching(/^Unexpected `maybe`, expected /) as unknown,
        },
        {
          section: 'Foo',
          key: 'A',
          value: 'b',
          path,
          line: 5,
          reason: 'in a section that is unknown here',
        },
      ],
    })
    const all = JSON.parse(
      (await cli(['show', 'app@web.service', '--json', '--all'], {cwd})).stdout,
    ) as {sections: {Service: object}}
    expect(all.sections.Service).toMatchObject({
      PrivateNetwork: [{value: 'no', origin: {kind: 'default', target: '252'}}],
    })
  })

  it('says that systemd does not load the unit', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=relative/a\nNice=1\n',
      'b.service': '[Service]\nNice=1\n',
    })
    const refused = await cli(['show', 'a.service', '--json'], {cwd})
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^a\.service:2: Not loaded by systemd 252: .+\n$/) as unknown,
    })
    expect(JSON.parse(refused.stdout)).toMatchObject({
      refusal: {path: 'a.service', line: 2},
      sections: {},
    })
    const {status, stdout, stderr} = await cli(['show', 'b.service'], {cwd})
    expect({status, stdout}).toEqual({
      status: 1,
      stdout: '# b.service\n\n[Service]\n# b.service:2\nNice=1\n',
    })
    expect(stderr).toMatch(/^b\.service: Not loaded by systemd 252: /)
  })

  it('shows one unit, and only a unit', async () => {
    const cwd = makeFolder({
      ...files,
      'b.timer': '[Timer]\nOnBootSec=1\n',
      'c.txt': 'x',
      'config.json': '{"targets": ["257"]}',
    })
    expect(await cli(['show', '.'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: '.: Expected one unit, found 2\n',
    })
    expect(await cli(['show', 'c.service'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'c.service: No such file or folder\n',
    })
    const text = await cli(['show', 'c.txt'], {cwd})
    expect(text).toMatchObject({status: 2, stdout: ''})
    expect(text.stderr).toMatch(/^c\.txt: .+\n$/)
    expect((await cli(['show'], {cwd})).stderr).toBe('unitlint: Expected a unit file\n')
    expect((await cli(['show', 'b.timer', 'c.txt'], {cwd})).stderr).toBe(
      'unitlint: Unexpected argument `c.txt`, expected a unit file and nothing else\n',
    )
    expect((await cli(['show', 'b.timer', '--preset', 'strict'], {cwd})).status).toBe(2)
    expect((await cli(['show', '--help'], {cwd})).stdout).toMatch(/^unitlint show FILE\|UNIT\n/)
  })

  it('dims comments on a terminal', async () => {
    const cwd = makeFolder({'b.timer': '[Timer]\nOnBootSec=1\n'})
    const coloured =
      '\u001B[2m# b.timer\u001B[22m\n\n\u001B[1m[Timer]\u001B[22m\n\u001B[2m# b.timer:2\u001B[22m\nOnBootSec=1\n'
    expect((await cli(['show', 'b.timer'], {cwd, isTTY: true})).stdout).toBe(coloured)
    expect((await cli(['show', 'b.timer', '--color'], {cwd})).stdout).toBe(coloured)
    expect((await cli(['show', 'b.timer', '--no-color'], {cwd, isTTY: true})).stdout).not.toContain(
      '\u001B',
    )
  })

  it('lets files move no cursor and start no line', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/bin/a\t\u001B[2J \u202Eb\nEnv\u001Bx=1\nNice=\u2028x\n',
      'a.service.d/\u001B[2J.conf': '[Service]\nNice=1\n',
    })
    for (const option of ['--all', '--json']) {
      const {stdout} = await cli(['show', 'a.service', option], {cwd})
      expect(stdout).toContain('ExecStart')
      expect(stdout).not.toMatch(/[\u001B\u202E\u2028]/)
    }
    expect((await cli(['show', 'a.service'], {cwd})).stdout).toContain(
      '\nExecStart=/bin/a\t\\x1b[2J \\u{202e}b\n',
    )
  })
})
