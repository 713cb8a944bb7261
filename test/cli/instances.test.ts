import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const template = '[Service]\nExecStart=/bin/true %i\n'

describe('an instance that has no file of its own', () => {
  const shown = async (
    cwd: string,
    ...argv: string[]
  ): Promise<[status: number, lines: string[], stderr: string]> => {
    const {status, stdout, stderr} = await cli(['show', ...argv], {cwd})
    return [status, stdout.split('\n').filter((line) => /^[A-Z]|^#.*:/.test(line)), stderr]
  }
  const files = {'foo@.service': template, 'foo@bar.service.d/x.conf': '[Service]\nNice=3\n'}
  const bar = [
    '# foo@.service:2, that is: /bin/true bar',
    'ExecStart=/bin/true %i',
    '# foo@bar.service.d/x.conf:2',
    'Nice=3',
  ]

  it('is shown from its template, with its own drop-ins', async () => {
    const cwd = makeFolder(files)
    expect(await shown(cwd, 'foo@bar.service')).toEqual([0, bar, ''])
    expect(await shown(cwd, 'foo@.service', '--instance', 'bar')).toEqual([0, bar, ''])
    expect(await shown(cwd, 'foo@b.service')).toEqual([
      0,
      ['# foo@.service:2, that is: /bin/true b', 'ExecStart=/bin/true %i'],
      '',
    ])
    // What is named counts more than what all templates are taken for.
    expect(await shown(cwd, 'foo@bar.service', '--instance', 'b')).toEqual([0, bar, ''])
    expect((await shown(cwd, 'foo@.service'))[1]).toEqual([
      '# foo@.service:2',
      'ExecStart=/bin/true %i',
    ])
  })

  it('is shown below a root', async () => {
    const cwd = makeFolder({
      'r/usr/lib/systemd/system/foo@.service': template,
      'r/etc/systemd/system/foo@bar.service.d/x.conf': '[Service]\nNice=3\n',
      'r/etc/systemd/system/foo@own.service': '[Service]\nExecStart=/bin/own\n',
    })
    const [status, lines] = await shown(cwd, '--root', 'r', 'foo@bar.service')
    expect([status, lines.filter((line) => !line.startsWith('#'))]).toEqual([
      0,
      ['ExecStart=/bin/true %i', 'Nice=3'],
    ])
    expect(lines[0]).toMatch(/that is: \/bin\/true bar$/)
    expect((await shown(cwd, '--root', 'r', 'foo@own.service'))[1]).toEqual([
      `# r/etc/systemd/system/foo@own.service:2`,
      'ExecStart=/bin/own',
    ])
  })

  it('is linted and scored as such', async () => {
    const cwd = makeFolder({
      'foo@.service': '[Service]\nExecStart=/bin/true\nWorkingDirectory=%i\n',
    })
    const lint = async (...argv: string[]): Promise<string> =>
      (await cli([...argv, '--no-config', '--preset', 'verify', '-f', 'compact'], {cwd})).stdout
    expect(await lint('foo@bar.service')).toMatch(
      /^foo@\.service:3:18: error: Unexpected `(?:%i|bar)`/,
    )
    expect(await lint('foo@.service', '--instance', 'x')).toMatch(/^foo@\.service:3:18: error/)
    const {status, stdout} = await cli(['security', 'foo@bar.service'], {cwd: makeFolder(files)})
    expect([status, stdout.includes('foo@bar.service')]).toEqual([0, true])
    expect((await cli(['why-not', 'PrivateTmp', 'foo@bar.service'], {cwd})).status).toBe(0)
  })

  it('is told where it cannot be looked at', async () => {
    const cwd = makeFolder(files)
    expect(await shown(cwd, 'none@bar.service')).toEqual([
      2,
      [],
      'none@bar.service: No such file or folder\n',
    ])
    expect((await shown(cwd, 'foo@.service', '--instance', 'a/b'))[2]).toBe(
      '--instance: Unexpected `a/b`, expected the name of an instance, escaped as systemd does\n',
    )
    const both = await cli(['foo@a.service', 'foo@b.service', '--no-config'], {cwd})
    expect([both.status, both.stderr]).toEqual([
      2,
      'foo@b.service: Not looked at beside `foo@a.service`, expected one instance of a template at a time\n',
    ])
  })
})

describe('the units beside a unit', () => {
  it('are those of its folder, however the run is started', async () => {
    const top = makeFolder({
      'units/backup.timer': '[Timer]\nOnCalendar=daily\nUnit=bakcup.service\n',
      'units/backup.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n',
      'units/backup.service.d/x.conf': '[Service]\nNoSuch=1\n',
      'units/a.service':
        '[Unit]\nRequires=b.service\nAfter=b.service\n[Service]\nExecStart=/usr/bin/a\n',
      'units/b.service':
        '[Unit]\nRequires=a.service\nAfter=a.service\n[Service]\nExecStart=/usr/bin/b\n',
      'units/lone.container': '[Container]\nImage=a\n',
      'units/lone.timer': '[Timer]\nOnCalendar=daily\n',
      'elsewhere/x.service': '[Service]\nExecStart=/usr/bin/x\n',
    })
    /** What is said of each file, by its name. */
    const said = async (
      cwd: string,
      ...argv: string[]
    ): Promise<ReadonlyMap<string, readonly string[]>> => {
      const {stdout} = await cli(['--no-config', '--preset', 'strict', '-f', 'json', ...argv], {
        cwd,
      })
      const entries = JSON.parse(stdout) as Array<{
        filePath: string
        messages: Array<{line: number; ruleId: string; message: string}>
      }>
      return new Map(
        entries.map(({filePath, messages}) => [
          path.basename(filePath),
          messages.map(({line, ruleId, message}) => `${line} ${ruleId} ${message}`),
        ]),
      )
    }
    const whole = await said(top, 'units')
    expect(whole.get('backup.timer')?.join()).toContain('did you mean `backup.service`')
    expect([...whole.values()].flat().join()).toContain('no-ordering-cycle')
    const units = path.join(top, 'units')
    for (const argv of [['.'], ['**/*'], ['*/*.*'], [units], ['units/../units']]) {
      const all = await said(top, ...argv)
      for (const [name, messages] of whole)
        expect([argv, name, all.get(name)]).toEqual([argv, name, messages])
    }
    for (const [name, messages] of whole) {
      if (name.endsWith('.conf')) continue
      for (const [cwd, file] of [
        [top, `units/${name}`],
        [units, name],
        [path.join(top, 'elsewhere'), `../units/${name}`],
        ['/', path.join(units, name)],
        [top, `units/${name.slice(0, -1)}?`],
      ] as const)
        expect([cwd, file, (await said(cwd, file)).get(name)]).toEqual([cwd, file, messages])
    }
  })
})

describe('a unit whose name begins with a dot', () => {
  // systemd 247 to 262 load it where it is named, or another unit has it: `systemd-analyze verify
  // ./.a.service` tells of its lines.
  it('is a unit like others', async () => {
    const cwd = makeFolder({
      '.a.service': '[Service]\nExecStart=/bin/true\nNoSuch=1\n',
      'b.service.d/.x.conf': '[Service]\nNoSuch=1\n',
      'b.service': template,
    })
    const told =
      '.a.service:3:1: error: Unexpected directive `NoSuch` in `[Service]`, unknown to systemd [no-unknown-directive]\n'
    for (const name of ['.', '.a.service', '.*.service'])
      expect(
        (await cli([name, '--no-config', '--preset', 'verify', '-f', 'compact'], {cwd})).stdout,
      ).toBe(told)
  })
})
