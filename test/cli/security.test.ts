import {describe, expect, it} from 'vitest'
import {canScore, oracles, security} from '../oracle/systemd.ts'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const bare = '[Service]\nExecStart=/usr/bin/unheard-of\n'
const better = `${bare}PrivateNetwork=yes\nDynamicUser=yes\n`
const refused = '[Service]\nType=oneshot\n'

interface JsonRow {
  readonly set: boolean | null
  readonly name: string
  readonly json_field: string
  readonly description: string
  readonly exposure: string | null
}

async function rows(
  folder: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<readonly JsonRow[]> {
  const {stdout} = await cli(['security', ...argv, '--json', 'short'], {cwd: makeFolder(folder)})
  return JSON.parse(stdout) as readonly JsonRow[]
}

describe('security', () => {
  it('prints the table of a unit, the worst rows first, and the total', async () => {
    const {status, stdout, stderr} = await cli(['security', 'a.service'], {
      cwd: makeFolder({'a.service': bare}),
    })
    const lines = stdout.split('\n')
    expect([status, stderr]).toEqual([0, ''])
    expect(lines[0]).toMatch(/^ {2}NAME +DESCRIPTION +EXPOSURE$/)
    expect(lines[1]).toMatch(/^✗ PrivateNetwork= +It uses the host's network +0\.5$/)
    expect(lines[2]).toMatch(/^✗ User=\/DynamicUser= +It runs as root +0\.4$/)
    expect(lines.slice(1, -3)).toHaveLength(81)
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(4)
    expect(
      lines.filter((line) => /^ {2}(?:RemoveIPC|SupplementaryGroups)= /.test(line)),
    ).toHaveLength(2)
    expect(lines.slice(-3)).toEqual(['', '→ Overall exposure level for a.service: 9.6 UNSAFE', ''])
  })

  it('has no exposure of files of Quadlet, whose services podman runs', async () => {
    const cwd = makeFolder({'a.service': bare, 'b.container': '[Container]\nImage=x\n'})
    expect(await cli(['security', 'b.container'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'b.container: Unexpected kind of unit, expected one of systemd itself\n',
    })
    const {status, stdout} = await cli(['security', 'a.service', 'b.container'], {cwd})
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([
      2,
      '→ Overall exposure level for a.service: 9.6 UNSAFE',
    ])
  })

  it('judges by the target, with the drop-ins', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'a.service.d/x.conf': '[Service]\nPrivateNetwork=yes\n',
      'b.service': bare,
    })
    const total = async (...argv: string[]): Promise<string | undefined> =>
      (await cli(['security', ...argv], {cwd})).stdout.trimEnd().split('\n').at(-1)
    expect(await total('b.service', '--target', '257')).toMatch(/9\.4 UNSAFE$/)
    expect(await total('b.service', '--target', '257', '--target', 'debian-12')).toMatch(
      /9\.6 UNSAFE$/,
    )
    expect(await total('a.service')).toMatch(/9\.1 UNSAFE$/)
    expect(await total('b.service', '--target', '262', '--user')).toMatch(/9\.2 UNSAFE$/)
  })

  it('puts several units into a closing table, the worst first, and takes only services from folders', async () => {
    const cwd = makeFolder({
      'b.service': better,
      'a.service': bare,
      'c.timer': '[Timer]\nOnBootSec=1\n',
      'd.socket': '[Socket]\nListenStream=1\n',
    })
    const {status, stdout} = await cli(['security'], {cwd})
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^2 units, the worst first:\nEXPOSURE {7}USER {2,}LISTENS {2}UNIT\n 9\.6 UNSAFE {4}root {2,}- {8}a\.service\n {1}\d\.\d \w+ +\w+ +- {8}b\.service\n$/,
    )
    expect(
      (await cli(['security', 'a.service', 'b.service'], {cwd})).stdout.match(/^→ |^2 units/gm),
    ).toEqual(['→ ', '→ ', '2 units'])
    expect((await cli(['security', '--top', '1'], {cwd})).stdout).toMatch(
      /^2 units, the worst 1 first:\nEXPOSURE .*\n 9\.6 UNSAFE .*a\.service\n$/,
    )
    expect(await cli(['security', '--top', '0'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: '--top: Unexpected `0`, expected a number from 1 on\n',
    })
    expect((await cli(['security', 'd.socket'], {cwd})).stdout).toMatch(
      /→ Overall exposure level for d\.socket: \d/,
    )
  })

  it('says below a root which are enabled, who runs them and what listens, and takes names', async () => {
    const unit = '/usr/lib/systemd/system'
    const cwd = makeFolder({
      [`r${unit}/a.service`]: `${bare}DynamicUser=yes\n[Install]\nWantedBy=multi-user.target\n`,
      [`r${unit}/b.service`]: `${bare}User=web\n[Install]\nWantedBy=multi-user.target\n`,
      [`r${unit}/c.service`]: bare,
      [`r${unit}/c.socket`]: '[Socket]\nListenStream=1\n',
      'r/etc/systemd/system/multi-user.target.wants/a.service': {link: `${unit}/a.service`},
    })
    const {stdout} = await cli(['security', '--root', 'r'], {cwd})
    const rows = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) =>
        line
          .slice(15)
          .split(/ {2,}/)
          .map((cell) => cell.trim()),
      )
    expect(rows.toSorted((one, other) => ((one[0] ?? '') < (other[0] ?? '') ? -1 : 1))).toEqual([
      ['ENABLED', 'USER', 'LISTENS', 'UNIT'],
      ['disabled', 'web', '-', `r${unit}/b.service`],
      ['enabled', 'dynamic', '-', `r${unit}/a.service`],
      ['static', 'root', 'socket', `r${unit}/c.service`],
    ])
    const named = await cli(['security', '--root', 'r', 'b'], {cwd})
    expect(named.stdout).toMatch(/→ Overall exposure level for b\.service: \d/)
    for (const command of ['show', 'why-not'] as const) {
      const argv =
        command === 'show'
          ? ['show', 'b', '--root', 'r']
          : ['why-not', 'PrivateTmp', 'b', '--root', 'r']
      expect((await cli(argv, {cwd})).status).toBe(0)
    }
    const linted = await cli(['--root', 'r', 'b', '-f', 'json'], {cwd})
    expect(linted.stdout).toContain('b.service')
    expect((await cli(['--root', 'r', 'nothing'], {cwd})).stderr).toBe(
      'nothing: No such file or folder\n',
    )
  })

  it('says of a unit what systemctl says, whatever `[Install]` names', async () => {
    const [unit, etc] = ['/usr/lib/systemd/system', '/etc/systemd/system']
    const installed = `${bare}[Install]\nWantedBy=multi-user.target\n`
    const cwd = makeFolder({
      // By a link that `[Install]` does not ask for, though systemd brings the target.
      [`r${unit}/by-hand.service`]: bare,
      [`r${etc}/multi-user.target.wants/by-hand.service`]: {link: `${unit}/by-hand.service`},
      // By a link of another unit, in another kind of folder, which leads nowhere.
      [`r${unit}/astray.service`]: installed,
      [`r${unit}/own.target`]: '[Unit]\n',
      [`r${etc}/own.target.requires/astray.service`]: {link: '../nowhere.service'},
      [`r${unit}/named.service`]: `${bare}[Install]\nAlias=other.service\n`,
      [`r${etc}/other.service`]: {link: `${unit}/named.service`},
      [`r${unit}/beside.service`]: `${bare}[Install]\nAlso=named.service\n`,
      [`r${unit}/of-vendor.service`]: bare,
      [`r${unit}/multi-user.target.wants/of-vendor.service`]: {link: '../of-vendor.service'},
      [`r${unit}/once.service`]: installed,
      'r/run/systemd/system/multi-user.target.wants/once.service': {link: `${unit}/once.service`},
      [`r${unit}/of@.service`]: installed,
      [`r${etc}/multi-user.target.wants/of@x.service`]: {link: `${unit}/of@.service`},
      'r/run/systemd/generator/made.service': bare,
      'r/run/systemd/transient/brief.service': bare,
    })
    const {stdout} = await cli(['security', '--root', 'r'], {cwd})
    const words = stdout.split('\n').flatMap((line) => {
      const [, word, name] = /^.{15}(\S+) .*\/(\S+)\.service$/.exec(line) ?? []
      return name === undefined ? [] : [`${name} ${word}`]
    })
    expect(words.toSorted()).toEqual([
      'astray enabled',
      'beside indirect',
      'brief transient',
      'by-hand enabled',
      'made generated',
      'named enabled',
      'of-vendor static',
      'of@ indirect',
      'once enabled-runtime',
    ])
  })

  it('prints rows as JSON: an array for a unit, an object for several', async () => {
    const cwd = makeFolder({'a.service': bare, 'b.service': better})
    const short = (await cli(['security', 'a.service', '--json', 'short'], {cwd})).stdout
    expect(short.trimEnd()).not.toContain('\n')
    const pretty = (await cli(['security', 'a.service', '--json=pretty'], {cwd})).stdout
    expect(pretty.split('\n').length).toBeGreaterThan(81)
    expect(JSON.parse(pretty)).toEqual(JSON.parse(short))
    expect(JSON.parse(short)[0]).toEqual({
      set: false,
      name: 'PrivateNetwork=',
      json_field: 'PrivateNetwork',
      description: "It uses the host's network",
      exposure: '0.5',
    })
    const both = JSON.parse(
      (await cli(['security', 'a.service', 'b.service', '--json', 'short'], {cwd})).stdout,
    ) as Record<string, readonly JsonRow[]>
    expect(Object.keys(both)).toEqual(['a.service', 'b.service'])
    expect(both['a.service']).toEqual(JSON.parse(short))
    expect((await cli(['security', 'a.service', '--json', 'off'], {cwd})).stdout).toMatch(
      /^ {2}NAME/,
    )
  })

  it('takes the options of systemd-analyze that say what it does anyway', async () => {
    const cwd = makeFolder({'a.service': bare})
    const plain = await cli(['security', 'a.service'], {cwd})
    expect(plain.stdout).toContain('a.service')
    const asThere = ['security', '--no-pager', '--offline=true', 'a.service']
    expect(await cli(asThere, {cwd})).toEqual(plain)
  })

  it('fails above the threshold, with JSON too', async () => {
    const cwd = makeFolder({'a.service': bare, 'b.service': better})
    const status = async (...argv: string[]): Promise<number> =>
      (await cli(['security', ...argv], {cwd})).status
    expect(await status('a.service', '--threshold', '96')).toBe(0)
    expect(await status('a.service', '--threshold', '95')).toBe(1)
    expect(await status('b.service', 'a.service', '--threshold=95', '--json=short')).toBe(1)
    expect(await status('b.service', '--threshold=95', '--json=short')).toBe(0)
    for (const wrong of ['101', '-1', '4.5', 'x', '1e1']) {
      const said = await cli(['security', 'a.service', `--threshold=${wrong}`], {cwd})
      expect(said).toEqual({
        status: 2,
        stdout: '',
        stderr: `--threshold: Unexpected \`${wrong}\`, expected tenths from 0 to 100: 45 stands for 4.5\n`,
      })
    }
  })

  it('changes rows as a security policy says, and ignores what has a wrong type', async () => {
    const policy = {
      PrivateNetwork: {weight: 0},
      UserOrDynamicUser: {weight: '7', description_bad: 'Root!', range: -1},
      PrivateTmp: 5,
      PrivateDevices: null,
      NotThere: {weight: 1},
    }
    const folder = {'a.service': bare, 'policy.json': JSON.stringify(policy)}
    const found = new Map(
      (await rows(folder, 'a.service', '--security-policy', 'policy.json')).map((row) => [
        row.name,
        row,
      ]),
    )
    expect(found.get('PrivateNetwork=')).toMatchObject({set: null, exposure: null})
    expect(found.get('User=/DynamicUser=')).toMatchObject({set: false, description: 'Root!'})
    expect(found.get('PrivateTmp=')).toMatchObject({set: false})
    const failure = async (content: string): Promise<string> =>
      (
        await cli(['security', 'a.service', '--security-policy', 'p.json'], {
          cwd: makeFolder({'a.service': bare, 'p.json': content}),
        })
      ).stderr
    expect(await failure('{')).toMatch(/^--security-policy: p\.json: Expected JSON: [^\n]+\n$/)
    expect(await failure('[]')).toBe(
      '--security-policy: p.json: Unexpected value, expected an object that has an object for each row\n',
    )
    expect(
      await cli(['security', 'a.service', '--security-policy', 'none.json'], {
        cwd: makeFolder({'a.service': bare}),
      }),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--security-policy: none\.json: [^\n]+\n$/),
    })
    expect(await failure('{"PrivateTmp": {"range": 0}}')).toMatch(
      /^a\.service: Not loaded by systemd 252: the security policy gives `PrivateTmp` a range of 0/,
    )
  })

  it('is honest about PrivateMounts= where asked, and says so', async () => {
    const cwd = makeFolder({'a.service': bare})
    const said = await cli(['security', 'a.service', '--target', '257', '--honest'], {cwd})
    expect(said.stdout).toMatch(/✗ PrivateMounts=.*\n[^]*9\.6 UNSAFE\n$/)
    expect(said.stderr).toBe(
      'unitlint: --honest counts an unset `PrivateMounts=` as unset; systemd counts it as set since 254\n',
    )
    expect((await cli(['security', 'a.service', '--target', '257'], {cwd})).stdout).toMatch(
      /✓ PrivateMounts=/,
    )
  })

  it('tells in one line why a unit does not load, and scores the others', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'b.service': refused,
      'c.service': '[Service]\nExecStart=/bin/true\nDynamicUser=perhaps\n',
      'd.service': '',
    })
    expect(await cli(['security', 'b.service'], {cwd})).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'b.service: Not loaded by systemd 252: none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set\n',
    })
    expect((await cli(['security', 'c.service'], {cwd})).stderr).toMatch(
      /^c\.service:3: Not loaded by systemd 252: [^\n]+\n$/,
    )
    expect((await cli(['security', 'd.service'], {cwd})).stderr).toBe(
      'd.service: Not loaded by systemd 252: empty main file, which masks the unit\n',
    )
    const all = await cli(['security', '--json=short'], {cwd})
    expect([all.status, Object.keys(JSON.parse(all.stdout) as object)]).toEqual([1, ['a.service']])
  })

  it('reports files that cannot be read, scores the others, and returns 2', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'a.service.d/x.conf': '[Service]\n',
      'empty/readme': '',
    })
    const missing = await cli(['security', 'none.service', 'a.service'], {cwd})
    expect(missing).toMatchObject({status: 2, stderr: 'none.service: No such file or folder\n'})
    expect(missing.stdout).toContain('9.6 UNSAFE')
    expect(await cli(['security', 'a.service', '--jsn', 'short'], {cwd})).toMatchObject({
      status: 2,
      stdout: '',
    })
    expect((await cli(['security', 'a.service', '--json', 'long'], {cwd})).stderr).toMatch(
      /^--json: Unexpected style `long`/,
    )
  })

  it('lets no unit move the cursor', async () => {
    const cwd = makeFolder({
      'a\u009B2J.service': `${bare}DeviceAllow=/dev/\u001B[2J\u202E rw\nDevicePolicy=closed\n`,
      'b.service': bare,
    })
    for (const argv of [['--plan'], ['--json', 'short'], [], ['--plan', '--json', 'pretty']]) {
      const {stdout, stderr} = await cli(['security', ...argv], {cwd})
      expect(stdout.length).toBeGreaterThan(100)
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u)
    }
  })

  it('uses colours where asked', async () => {
    const cwd = makeFolder({'a.service': bare})
    expect((await cli(['security', 'a.service', '--color'], {cwd})).stdout).toContain(
      '\u001B[31m9.6 UNSAFE\u001B[39m',
    )
    expect(
      (await cli(['security', 'a.service'], {cwd, isTTY: true, env: {NO_COLOR: '1'}})).stdout,
    ).not.toContain('\u001B')
  })

  it.skipIf(!oracles().some(canScore))("has systemd's rows (needs UNITLINT_ORACLE)", async () => {
    const facts = ({set, name, json_field: field, exposure}: JsonRow): string =>
      `${name} ${field} ${set} ${exposure}`
    for (const oracle of oracles().filter((one) => canScore(one) && /^\d+$/.test(one.name))) {
      for (const text of [bare, better]) {
        const subject = {name: 'a.service', text}
        const theirs = (await security(oracle, [subject])).get(subject)?.rows.map(facts)
        const ours = (
          await rows({'a.service': text}, 'a.service', '--target', String(oracle.version))
        ).map(facts)
        expect(ours.toSorted()).toEqual(theirs?.toSorted())
      }
    }
  })
})

describe('security --plan', () => {
  it('announces what --fix does', async () => {
    const cwd = makeFolder({'a.service': bare, 'b.service': bare})
    const {status, stdout} = await cli(['security', '--plan', 'a.service'], {cwd})
    expect(status).toBe(0)
    const words = stdout.replaceAll(/\s+/g, ' ')
    const [, after, more] =
      /^a\.service: with `--preset strict --fix` this unit goes from 9\.6 UNSAFE to (\S+ \w+), with `--unsafe-fixes` to (\S+ \w+) \(systemd 252\) /.exec(
        words,
      ) ?? []
    await cli(['--preset', 'strict', '--fix', 'a.service'], {cwd})
    expect(
      (await cli(['security', 'a.service'], {cwd})).stdout.trimEnd().endsWith(`: ${after}`),
    ).toBe(true)
    await cli(['--preset', 'strict', '--fix', '--unsafe-fixes', 'b.service'], {cwd})
    expect(
      (await cli(['security', 'b.service'], {cwd})).stdout.trimEnd().endsWith(`: ${more}`),
    ).toBe(true)
  })

  it('tells the same as JSON, and takes presets, configs and their profiles into account', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/usr/bin/restic backup /home\n',
      'b.service': bare,
      'off/unitlint.config.json': '{"rules": {"private-tmp": "off"}}',
      'off/c.service': bare,
    })
    interface JsonPlan {
      readonly before: {exposure: number; level: string}
      readonly fixed: {exposure: number}
      readonly fixFlags: string
      readonly steps: ReadonlyArray<{
        ruleId: string
        applicability: string
        total: number
        filePath: string
        line: number
      }>
      readonly open: ReadonlyArray<{name: string; applicability: string; because: string[]}>
    }
    const planOf = async (...argv: string[]): Promise<JsonPlan> =>
      JSON.parse(
        (await cli(['security', '--plan', '--json=short', ...argv], {cwd})).stdout,
      ) as JsonPlan
    const plain = await planOf('a.service')
    const profiled = await planOf('a.service', '--preset', 'backup-job')
    expect(plain.before).toEqual({exposure: 9.6, level: 'UNSAFE'})
    expect(plain.open.find(({name}) => name === 'PrivateNetwork=')).toMatchObject({
      applicability: 'withheld',
    })
    expect(plain.open.find(({name}) => name === 'PrivateNetwork=')?.because.join()).toContain(
      'a.service:2: ',
    )
    expect(profiled.fixed.exposure).toBeLessThan(plain.fixed.exposure)
    expect(profiled.fixFlags).toBe('--preset strict --preset backup-job --fix')
    expect(profiled.steps.every(({filePath, line}) => filePath === 'a.service' && line === 1)).toBe(
      true,
    )
    expect((await planOf('off/c.service')).steps.some(({ruleId}) => ruleId === 'private-tmp')).toBe(
      false,
    )
    expect(Object.keys(await planOf('b.service', 'a.service'))).toEqual(['b.service', 'a.service'])
  })

  it('is silent about a unit that does not load', async () => {
    const cwd = makeFolder({'b.service': refused})
    expect(await cli(['security', '--plan', 'b.service'], {cwd})).toMatchObject({
      status: 1,
      stdout: '',
    })
  })
})
