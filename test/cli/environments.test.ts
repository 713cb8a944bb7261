import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const unit = [
  ...[
    '[Unit]',
    'Description=App',
    '',
    '[Service]',
    'ExecStart=/usr/bin/example',
    'DynamicUser=yes',
    'PrivateTmp=yes',
    'IPAddressDeny=any',
  ],
  ...['BindPaths=/srv', 'Nice=-5', 'AmbientCapabilities=CAP_NET_ADMIN', ''],
].join('\n')
const guide = readFileSync(new URL('../../docs/environments.md', import.meta.url), 'utf8')
const told = (stdout: string): string[] =>
  [...new Set(stdout.match(/`(?:docker|nspawn|wsl|lxc-unprivileged)`/g) ?? [])].toSorted()

describe('targets in containers', () => {
  it('tell what fails there and what is ignored, as the guide shows', async () => {
    const cwd = makeFolder({'app.service': unit})
    const {status, stdout} = await cli(
      ['--no-config', '--target', 'debian-13,docker', 'app.service'],
      {cwd},
    )
    expect(status).toBe(1)
    expect(guide).toContain(
      `$ unitlint --no-config --target debian-13,docker app.service\n${stdout}\`\`\``,
    )
    const listed = await cli(['targets', '--environments'], {cwd})
    expect(guide).toContain(`$ unitlint targets --environments\n${listed.stdout}\`\`\``)
    expect((await cli(['targets'], {cwd})).stdout).toContain(listed.stdout)
    const json = JSON.parse(
      (await cli(['targets', '--environments', '--json'], {cwd})).stdout,
    ) as Array<{name: string; aliases: string[]}>
    expect(json.find(({name}) => name === 'wsl')).toMatchObject({aliases: ['wsl2']})
  })

  it('come from configs as well, for all targets or for one', async () => {
    const shown = async (targets: string[], ...argv: string[]): Promise<string[]> => {
      const cwd = makeFolder({
        'app.service': unit,
        'unitlint.config.json': JSON.stringify({
          extends: [],
          rules: {'no-unsupported-here': 'warn'},
          targets,
        }),
      })
      const {stdout} = await cli(['app.service', '-f', 'json', ...argv], {cwd})
      return told(stdout)
    }
    expect(await shown(['debian-12', 'debian-13'])).toEqual([])
    expect(await shown(['debian-12', 'debian-13', 'docker'])).toEqual(['`docker`'])
    expect(await shown(['debian-12', 'debian-13,nspawn'])).toEqual(['`nspawn`'])
    expect(await shown(['docker'])).toEqual(['`docker`'])
    expect(await shown(['debian-13,docker'], '--target', 'lxd')).toEqual(['`lxc-unprivileged`'])
    expect(await shown(['debian-13,docker'], '--target', 'debian-12')).toEqual([])
  })

  it('get no fix that fails there, and no hardening that is ignored', async () => {
    const cwd = makeFolder({
      'a.service': '[Unit]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n',
    })
    const all = ['--no-config', '--preset', 'strict', '--fix', '--unsafe-fixes', '--target']
    await cli([...all, '257,docker', 'a.service'], {cwd})
    const fixed = readFileSync(`${cwd}/a.service`, 'utf8')
    expect(fixed).toContain('NoNewPrivileges=yes')
    expect(fixed).not.toMatch(
      /^(?:PrivateUsers|PrivateTmp|PrivatePIDs|ProtectSystem|ProtectHome|PrivateNetwork|IPAddressDeny|DynamicUser)=/m,
    )
    expect(
      JSON.parse(
        (await cli(['--no-config', '--target', '257,docker', '-f', 'json', 'a.service'], {cwd}))
          .stdout,
      ),
    ).not.toMatchObject([{messages: [{ruleId: 'no-unsupported-here'}]}])
    const {stdout} = await cli(
      ['why-not', 'PrivateTmp=yes', 'a.service', '--no-config', '--target', '257,docker'],
      {cwd},
    )
    expect(stdout).toMatch(/withheld[^]*docker: is ignored, measured with systemd 257/)
    expect((await cli(['explain', 'PrivateTmp'], {cwd})).stdout).toMatch(
      /docker, podman, rootless: .*is ignored \(measured\)/,
    )
  })

  it('are held back where another target would fail', async () => {
    const cwd = makeFolder({
      'a.service': '[Unit]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n',
    })
    await cli(
      [
        '--no-config',
        '--preset',
        'strict',
        '--fix',
        '--unsafe-fixes',
        '--target',
        '252',
        '--target',
        '257,docker',
        'a.service',
      ],
      {cwd},
    )
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).not.toMatch(/^PrivateUsers=/m)
  })

  it('are told from what is none', async () => {
    const cwd = makeFolder({'a.service': unit})
    for (const [name, words] of [
      ['dcker', 'did you mean `docker`?'],
      ['debian-13,lxcc', 'Unexpected target `lxcc`'],
      ['debian-13,', 'Unexpected target ``'],
    ] as const) {
      const {status, stdout, stderr} = await cli(['--target', name, 'a.service'], {cwd})
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toContain(words)
      expect(stderr.trimEnd()).not.toContain('\n')
    }
    expect(await cli(['upgrade', '--from', 'docker', '--to', '257'], {cwd})).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('expected one version or release'),
    })
    const bad = makeFolder({
      'a.service': unit,
      'unitlint.config.json': '{"targets": ["debian-13,dockr"]}',
    })
    expect((await cli(['a.service'], {cwd: bad})).stderr).toMatch(/unitlint\.config\.json.*dockr/)
  })
})
