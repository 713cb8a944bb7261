import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const node = '[Unit]\nDescription=a\n\n[Service]\nExecStart=/usr/bin/node /usr/lib/app.js\n'

async function whyNot(directive: string, unit: string, ...argv: string[]): Promise<string> {
  const cwd = makeFolder({'a.service': unit})
  return (await cli(['why-not', directive, 'a.service', ...argv], {cwd})).stdout
}

describe('why-not', () => {
  it('tells what the service needs, and where that shows', async () => {
    const text = await whyNot('MemoryDenyWriteExecute', node)
    expect(text).toMatch(
      /^MemoryDenyWriteExecute=yes, systemd 252: withheld, no fix sets it\n {2}Denies what the service needs:\n {4}a\.service:5: `node` .*executable/,
    )
    expect(
      await whyNot('MemoryDenyWriteExecute', node.replace('/usr/bin/node', '/opt/x/unheard-of')),
    ).toMatch(/^MemoryDenyWriteExecute=yes, systemd 252: unsafe/)
  })

  it.each<[string, boolean, boolean]>([
    ['', true, true],
    ['User=root\n', true, true],
    ['User=a\nExecStartPre=!/bin/a\n', true, true],
    ['User=a\n', false, false],
    ['DynamicUser=yes\n', false, false],
    ['User=a\nAmbientCapabilities=CAP_CHOWN\n', true, false],
  ])('names no capabilities that a service with %j does not have', async (lines, has, hasMore) => {
    const text = await whyNot('PrivateUsers', `[Service]\nExecStart=/opt/x/unheard-of\n${lines}`)
    expect(text).toContain('PrivateUsers=yes, systemd 252: ')
    expect(text).toContain('uses the power of')
    expect(text.includes('CAP_CHOWN')).toBe(has)
    expect(text.includes('CAP_SYS_CHROOT')).toBe(hasMore)
  })

  it('tells no guess beside what is certain of a line, and a clause once', async () => {
    const mounting = '[Service]\nType=notify\nExecStart=/bin/mount /dev/sdb1 /mnt\n'
    expect(await whyNot('ProtectKernelTunables', mounting)).toMatch(
      /Denies what the service needs:\n {4}a\.service:3: `mount` makes mounts that others must see\n {2}Denies what nothing shows/,
    )
    expect(await whyNot('RestrictAddressFamilies=none', mounting)).toMatch(
      /a\.service:2: `Type=notify` has it report over a local socket \(opens local sockets, reports its\s+state to systemd\)/,
    )
  })

  it('names the capability that most services need of many that hardly any does', async () => {
    const text = await whyNot('PrivateUsers', node.replace('/usr/bin/node', '/opt/x/unheard-of'))
    expect(text).toMatch(
      /hardly any service does:\n {4}uses any of [0-9]+ capabilities, `CAP_\w+` the most \([0-9]+ of [0-9]+\); /,
    )
    expect(text).toMatch(/many services do:\n {4}uses `CAP_\w+`, `CAP_/)
  })

  it('tells what hangs on the name of root', async () => {
    const service = '[Service]\nUser=root\nExecStart=/opt/x/unheard-of\n'
    expect(await whyNot('NoNewPrivileges', service)).toMatch(
      /^NoNewPrivileges=yes, systemd 252: unsafe[^\n]*\n {2}Denies more where `User=root` is written:\n {4}a\.service:2: systemd 257 takes `CAP_SETUID`/,
    )
    expect(await whyNot('NoNewPrivileges', service.replace('User=root\n', ''))).toMatch(
      /^NoNewPrivileges=yes, systemd 252: safe[^\n]*\n {2}Denies what nothing shows/,
    )
  })

  it('goes through the values, strictest first', async () => {
    const reader = `${node}ReadWritePaths=/home/a\n`.replace('/usr/bin/node', '/usr/bin/unheard-of')
    const verdicts = [
      ...(await whyNot('ProtectHome', reader)).matchAll(/^(ProtectHome=\S+), systemd 252: (\w+)/gm),
    ].map(([, value, verdict]) => `${value} ${verdict}`)
    expect(verdicts).toEqual([
      'ProtectHome=yes withheld',
      'ProtectHome=tmpfs withheld',
      'ProtectHome=read-only unsafe',
    ])
    expect(await whyNot('ProtectHome=no', reader)).toBe(
      'ProtectHome=no, systemd 252: denies nothing\n',
    )
    expect((await whyNot('ProtectHome', reader, '--target', '257')).split('\n')[0]).toMatch(
      /systemd 257/,
    )
  })

  it('tells what hardly any service does from what many do', async () => {
    expect(await whyNot('PrivateTmp', node)).toMatch(
      /safe, `--fix` may set it\n {2}Denies what nothing shows that it needs, and hardly any service does:\n {4}shares `\/tmp`/,
    )
    expect(await whyNot('CapabilityBoundingSet=~CAP_SYS_TIME CAP_CHOWN', node)).toMatch(
      /hardly any service does:\n {4}uses `CAP_SYS_TIME` \(0 of [0-9]+\)\n.*many services do:\n {4}uses `CAP_CHOWN`/,
    )
    expect(await whyNot('ProtectHome', node, '--preset', 'backup-job')).toMatch(
      /Denies what the service needs:\n {4}.*home/,
    )
    expect(
      await whyNot(
        'MemoryDenyWriteExecute',
        node.replace('/usr/bin/node', '/opt/x/unheard-of'),
        '--preset',
        'backup-job',
      ),
    ).toMatch(
      /: safe.*\n {2}Denies what the profile says that it does not need, though many services do:/,
    )
  })

  it('tells of what is not in sight of a program that somebody wrote for themselves', async () => {
    const own = '[Service]\nUser=web\nExecStart=/opt/x/unheard-of\n'
    expect(await whyNot('PrivateTmp', own)).toMatch(
      /unsafe.*\n(?:.*\n)* {2}Denies what nothing shows that it needs; but its program is not in sight, and too many that people\n? *wrote for themselves do:\n {4}shares `\/tmp` or `\/var\/tmp` with others$/m,
    )
    expect(await whyNot('PrivateTmp', own.replace('/opt/x', '/usr/bin'))).not.toContain('in sight')
  })

  it('says what it cannot tell', async () => {
    expect(await whyNot('Nice', node)).toBe('Nice=: not known what it denies\n')
    expect(await whyNot('PrivatePIDs', node)).toBe(
      'PrivatePIDs= is not known to systemd 252 in [Service]\n',
    )
    expect(await whyNot('PrivateTmp=maybe', node)).toBe(
      'PrivateTmp=maybe, systemd 252: Unexpected `maybe`, expected `yes` or `no`\n',
    )
    const cwd = makeFolder({'a.service': node, 'a.timer': '[Timer]\n'})
    expect(await cli(['why-not', 'a.service', 'PrivateTmp=yes'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'unitlint: Expected the directive, `PrivateTmp=yes`, before the file\n',
    })
    expect(await cli(['why-not', 'PrivateTpm', 'a.service'], {cwd})).toMatchObject({
      status: 2,
      stderr: 'unitlint: Unexpected directive `PrivateTpm`, did you mean `PrivateTmp`?\n',
    })
    expect(await cli(['why-not', 'PrivateTmp', 'a.timer'], {cwd})).toMatchObject({
      status: 2,
      stderr: 'a.timer: Unexpected kind of unit, expected a service\n',
    })
    expect(await cli(['why-not', 'PrivateTmp', 'b.service'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'b.service: No such file or folder\n',
    })
    expect(await cli(['why-not', 'PrivateTmp'], {cwd})).toMatchObject({
      status: 2,
      stderr: 'unitlint: Expected a directive and a file\n',
    })
  })

  it('says after `--fix` what it said before, and what `--fix --unsafe-fixes` then does', async () => {
    const cwd = makeFolder({'a.service': node.replace('/usr/bin/node', '/usr/bin/unheard-of')})
    const asked = async (): Promise<string> =>
      (await cli(['why-not', 'PrivateNetwork', 'a.service'], {cwd})).stdout
    const before = await asked()
    expect(before).toMatch(/^PrivateNetwork=yes, systemd 252: unsafe/)
    await cli(['--preset', 'strict', '--fix', 'a.service'], {cwd})
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toContain(
      'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n',
    )
    expect(await asked()).toBe(before)
    await cli(['--preset', 'strict', '--fix', '--unsafe-fixes', 'a.service'], {cwd})
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toContain('PrivateNetwork=yes\n')
  })

  it('lets evidence move no cursor', async () => {
    const cwd = makeFolder({'a.service': `${node}Environment=A=/home/\u001B[2J\n`})
    const {stdout} = await cli(['why-not', 'ProtectHome', 'a.service'], {cwd})
    expect(stdout).toContain('withheld')
    expect(stdout).not.toContain('\u001B')
  })
})
