import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const service = '[Service]\nExecStart=/usr/bin/example\n'

/**
 * A machine with a vendor's unit that drop-ins of all kinds amend, one that is masked, one that is
 * replaced, and a template.
 */
const machine = {
  'root/usr/lib/systemd/system/a.service': `${service}ProtectSystem=Strict\n`,
  'root/usr/lib/systemd/system/b.service': service,
  'root/usr/lib/systemd/system/c.service': `${service}PrivateTmp=perhaps\n`,
  'root/usr/lib/systemd/system/d@.service': service,
  'root/usr/lib/systemd/system/service.d/all.conf': '[Service]\nPrivateTmp=maybe\n',
  'root/usr/lib/systemd/user/e.service': service,
  'root/etc/systemd/system/a.service.d/own.conf': '[Service]\nProtectHome=Yes!\n',
  'root/etc/systemd/system/b.service': {link: '/dev/null'},
  'root/etc/systemd/system/c.service': service,
  'root/etc/systemd/system/d@1.service.d/own.conf': '[Service]\nLockPersonality=sure\n',
}

/** What a run finds, as `path:line rule`. */
async function found(
  argv: readonly string[],
  cwd: string,
): Promise<{status: number; stderr: string; found: string[]}> {
  const {status, stdout, stderr} = await cli([...argv, '--preset', 'verify', '--format', 'json'], {
    cwd,
  })
  // The contract of `--format json`.
  const entries = JSON.parse(stdout) as Array<{
    filePath: string
    messages: Array<{ruleId: string; line: number}>
  }>
  return {
    status,
    stderr,
    found: entries.flatMap(({filePath, messages}) =>
      messages.map(({line, ruleId}) => `${filePath.replace('root/', '')}:${line} ${ruleId}`),
    ),
  }
}

describe('--root', () => {
  it('lints what the machine runs: no masked and no replaced units, a drop-in of many units once', async () => {
    expect(await found(['--root', 'root'], makeFolder(machine))).toEqual({
      status: 1,
      stderr: '',
      found: [
        'usr/lib/systemd/system/a.service:3 no-invalid-value',
        'usr/lib/systemd/system/service.d/all.conf:2 no-invalid-value',
        'etc/systemd/system/a.service.d/own.conf:2 no-invalid-value',
        'etc/systemd/system/d@1.service.d/own.conf:2 no-invalid-value',
      ],
    })
  })

  it('takes names of units', async () => {
    const cwd = makeFolder(machine)
    expect((await found(['--root', 'root', 'd@1.service'], cwd)).found).toEqual([
      'usr/lib/systemd/system/service.d/all.conf:2 no-invalid-value',
      'etc/systemd/system/d@1.service.d/own.conf:2 no-invalid-value',
    ])
    expect(await found(['--root', 'root', 'b.service', 'x.service'], cwd)).toEqual({
      status: 2,
      stderr: 'b.service: Masked\nx.service: No such file or folder\n',
      found: [],
    })
  })

  it('judges units for users by their manager', async () => {
    const cwd = makeFolder(machine)
    const {stdout} = await cli(['print-config', 'root/usr/lib/systemd/user/e.service'], {cwd})
    expect(stdout).toContain('"manager": "user"')
  })

  it('says that there is no such folder, or nothing in it', async () => {
    const cwd = makeFolder({'empty/readme': ''})
    expect((await found(['--root', 'nowhere'], cwd)).stderr).toBe('nowhere: No such folder\n')
    expect((await found(['--root', 'empty'], cwd)).stderr).toBe('empty: No units below this root\n')
  })
})

describe('a drop-in', () => {
  it('is judged with its unit, and no other file is told of', async () => {
    const cwd = makeFolder({
      'root/a.service': `[Service]\nType=oneshot\nExecStart=/usr/bin/a\nProtectSystem=Strict\n`,
      'root/a.service.d/1.conf': '[Service]\nExecStart=/usr/bin/b\n',
      'root/b.service.d/1.conf': '[Service]\nExecStart=/usr/bin/b\nExecStart=/usr/bin/c\n',
    })
    // Alone, two programs would be too many; with `Type=oneshot` they are not.
    expect(await found(['root/a.service.d/1.conf'], cwd)).toEqual({
      status: 0,
      stderr: '',
      found: [],
    })
    expect((await found(['root/b.service.d/1.conf'], cwd)).found).toEqual([])
  })
})

describe('several targets', () => {
  it('are named in what they say', async () => {
    const cwd = makeFolder({
      'a.service': `${service}ProtectClock=perhaps\nRestrictFileSystems=ext4\n`,
    })
    const {stdout} = await cli(
      [
        'a.service',
        '--preset',
        'verify',
        '--target',
        '252',
        '--target',
        'debian-11',
        '--format',
        'compact',
      ],
      {cwd},
    )
    expect(stdout).toContain('`yes` or `no` in `ProtectClock=` (debian-11, 252)')
    expect(stdout).toMatch(/RestrictFileSystems.* \(debian-11\) \[/)
  })
})

describe('the systemd of a root', () => {
  const newer = `${service}PrivatePIDs=yes\n`
  const files = {
    'root/usr/lib/systemd/system/a.service': newer,
    'root/usr/lib/systemd/libsystemd-shared-257.so': '',
  }
  const run = async (
    files: Readonly<Record<string, string>>,
    ...argv: string[]
  ): Promise<string> => {
    const {stdout, stderr} = await cli(
      ['--root', 'root', '--preset', 'verify', '--rule', 'notify-access: off', ...argv],
      {cwd: makeFolder(files)},
    )
    return stdout + stderr
  }

  it('is what its units are judged by', async () => {
    expect(await run(files)).toMatch(
      /^✔ no errors, no warnings · 1 unit for systemd 257; worst exposure 9\.4 UNSAFE\n$/,
    )
    expect(
      await run({
        ...files,
        'root/usr/lib/systemd/libsystemd-shared-257.so': '',
        'root/usr/lib/systemd/libsystemd-shared-252.so': '',
      }),
    ).toContain('257')
  })

  it('gives way to a target that is named', async () => {
    expect(await run(files, '--target', '252')).toContain('1 error')
  })

  it('is told of where nothing is known of it', async () => {
    const told = await run({
      'root/usr/lib/systemd/system/a.service': newer,
      'root/usr/lib/systemd/libsystemd-shared-300.so': '',
    })
    expect(told).toContain(
      'unitlint: The root has systemd 300, of which nothing is known here; judged as by 262\n',
    )
  })
})
