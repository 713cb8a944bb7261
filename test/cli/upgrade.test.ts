import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const files = {
  'app.service': '[Service]\nExecStart=/usr/bin/app\nDynamicUser=yes\nMemoryLimit=1G\n',
  'app.service.d/a.conf': '[Service]\nRestartMode=direct\n',
  'plain.service': '[Service]\nExecStart=/usr/bin/plain\n',
  'a.timer': '[Timer]\nOnCalendar=daily\n',
}

describe('upgrade', () => {
  it('tells by unit and line what another systemd makes of it', async () => {
    const cwd = makeFolder(files)
    const {status, stdout, stderr} = await cli(
      ['upgrade', '--from', 'debian-12', '--to', 'trixie'],
      {cwd},
    )
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^app\.service\n {2}app\.service\.d\/a\.conf:2: RestartMode=direct: no longer: unknown before systemd 254\n/,
    )
    expect((await cli(['upgrade', '--from', '252', '--to', '257', '--all'], {cwd})).stdout).toMatch(
      /^plain\.service\n {2}exposure 9\.6 becomes 9\.4$/m,
    )
  })

  it('ends with 1 where something is lost', async () => {
    const {status, stdout} = await cli(['upgrade', '--from', '257', '--to', '262', 'app.service'], {
      cwd: makeFolder(files),
    })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^ {2}4: MemoryLimit=1G: .* \(lost\)$/m)
    expect(stdout).toMatch(/something changes for 1, 1 of them loses something\n$/)
  })

  it('says so where nothing changes', async () => {
    expect(
      (
        await cli(['upgrade', '--from', '252', '--to', 'debian-12', 'a.timer'], {
          cwd: makeFolder(files),
        })
      ).stdout,
    ).toBe('1 unit, systemd 252 to 252 (debian-12): nothing of note changes\n')
  })

  it('prints JSON', async () => {
    const {stdout} = await cli(
      ['upgrade', '--from', '252', '--to', '257', '-f', 'json', 'app.service'],
      {cwd: makeFolder(files)},
    )
    expect(JSON.parse(stdout)).toEqual([
      {
        filePath: 'app.service',
        from: 252,
        to: 257,
        exposure: {from: 84, to: 82},
        differences: expect.arrayContaining([
          {
            filePath: 'app.service.d/a.conf',
            line: 2,
            kind: 'line',
            directive: 'RestartMode',
            value: 'direct',
            message: 'no longer: unknown before systemd 254',
            isLoss: false,
          },
        ]),
      },
    ])
  })

  it('tells what is missing', async () => {
    const cwd = makeFolder(files)
    expect(await cli(['upgrade', '--from', '252'], {cwd})).toMatchObject({
      status: 2,
      stderr: '--to: Expected a version or a release, see `unitlint targets`\n',
    })
    expect(await cli(['upgrade', '--from', 'debain-12', '--to', '257'], {cwd})).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--from: Unexpected target `debain-12`.*debian-12/),
    })
    expect(
      await cli(['upgrade', '--from', '252', '--to', '257', 'none.service'], {cwd}),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/none\.service/),
    })
  })
})
