import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const config = {
  'unitlint.config.json': JSON.stringify({
    extends: [],
    rules: {'private-tmp': 'error', 'protect-clock': 'error'},
  }),
}
const service = '[Service]\nExecStart=/usr/bin/example\n'
const toDropIn = ['--fix', '--fix-to', 'dropin', 'a.service']
const dropIn = 'a.service.d/50-unitlint.conf'

describe('a drop-in of fixes', () => {
  it('says who wrote it and when, and of each line why and who vouches for it', async () => {
    const cwd = makeFolder({...config, 'a.service': service})
    const {stdout} = await cli(toDropIn, {cwd, env: {SOURCE_DATE_EPOCH: '1795910400'}})
    expect(readFileSync(`${cwd}/${dropIn}`, 'utf8').replace(/\[[0-9a-f]{12}\]/, '[SEAL]')).toMatch(
      /^# Written by unitlint 0\.1\.0 on 2026-11-29; `unitlint --undo`, or removing this file, undoes it all\. \[SEAL\]\n\[Service\]\n# private-tmp: Any process can read, replace, or race files in the shared `\/tmp`; hardly any such service minds \(\d+ of \d+\)\nPrivateTmp=yes\n# protect-clock: [^\n]*\nProtectClock=yes\n$/,
    )
    expect(stdout).toContain(
      'Next, where it is installed:\n  load  systemctl daemon-reload && systemctl restart a.service\n  test  systemctl status a.service\n' +
        '        journalctl -u a.service | unitlint doctor a.service\n  undo  unitlint --undo a.service\n',
    )
  })

  it('is not written anew for a date alone, and says the new one where something is added', async () => {
    const cwd = makeFolder({...config, 'a.service': service})
    await cli([...toDropIn, '--fix-only', 'private-tmp'], {cwd, env: {SOURCE_DATE_EPOCH: '0'}})
    const first = readFileSync(`${cwd}/${dropIn}`, 'utf8')
    expect(first).toContain(' on 1970-01-01; ')
    await cli([...toDropIn, '--fix-only', 'private-tmp'], {cwd})
    expect(readFileSync(`${cwd}/${dropIn}`, 'utf8')).toBe(first)
    await cli(toDropIn, {cwd})
    const second = readFileSync(`${cwd}/${dropIn}`, 'utf8')
    expect(second).toContain(' on 2026-12-01; ')
    expect(second.match(/^# private-tmp: /gm)).toHaveLength(1)
    expect(await cli(['--undo', 'a.service'], {cwd})).toMatchObject({status: 0})
  })

  it('says another reason where a value becomes another one', async () => {
    const cwd = makeFolder({'a.service': service})
    const flags = [
      '--no-config',
      '--preset',
      'strict',
      '--fix',
      '--fix-to',
      'dropin',
      '--fix-only',
      'protect-system',
      'a.service',
    ]
    await cli(flags, {cwd})
    await cli([...flags, '--unsafe-fixes'], {cwd})
    const text = readFileSync(`${cwd}/${dropIn}`, 'utf8')
    expect(text.match(/^# protect-system: .*$/gm)).toEqual([
      expect.stringContaining('; unsafe, as nothing tells'),
    ])
    expect(text).toMatch(/^ProtectSystem=(?:full|strict)$/m)
  })
})

describe('--undo', () => {
  it('removes what was written, with the folder that was made for it', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': service,
      'b.service': service,
      'b.service.d/own.conf': '[Service]\nNice=1\n',
    })
    await cli(['--fix', '--fix-to', 'dropin'], {cwd})
    expect(await cli(['--undo'], {cwd})).toEqual({
      status: 0,
      stdout: `${dropIn}: Removed\nb.service.d/50-unitlint.conf: Removed\nNext: systemctl daemon-reload && systemctl restart a.service b.service\n`,
      stderr: '',
    })
    expect([existsSync(`${cwd}/a.service.d`), existsSync(`${cwd}/b.service.d/own.conf`)]).toEqual([
      false,
      true,
    ])
    expect((await cli(['--undo', 'a.service'], {cwd})).stdout).toBe(
      "unitlint: Nothing to undo: none of the units has a 50-unitlint.conf of unitlint's\n",
    )
  })

  it('takes names of units below a root', async () => {
    const cwd = makeFolder({...config, 'r/usr/lib/systemd/system/a.service': service})
    await cli(['--root', 'r', '-c', 'unitlint.config.json', '--fix'], {cwd})
    const {status, stdout} = await cli(['--undo', '--root', 'r', 'a'], {cwd})
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('r/etc/systemd/system/a.service.d/50-unitlint.conf: Removed\n'),
    ])
  })

  it.each([
    [
      'changed since',
      (text: string) => text.replace('yes', 'no'),
      'somebody has changed it since unitlint wrote it',
    ],
    [
      "somebody's own",
      () => '[Service]\nPrivateTmp=yes\n',
      'it is not one that this version of unitlint has written',
    ],
    [
      'of another seal',
      (text: string) => text.replace(/\[[0-9a-f]{12}\]/, '[0123456789ab]'),
      'somebody has changed it since unitlint wrote it',
    ],
  ])('leaves one alone that is %s', async (_, change, why) => {
    const cwd = makeFolder({...config, 'a.service': service})
    await cli(toDropIn, {cwd})
    writeFileSync(`${cwd}/${dropIn}`, change(readFileSync(`${cwd}/${dropIn}`, 'utf8')))
    expect(await cli(['--undo', 'a.service'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: `${dropIn}: Not removed: ${why}\n`,
    })
    // What is added to it later does not make it unitlint's own.
    const {stdout} = await cli([...toDropIn, '--rule', 'lock-personality: error'], {cwd})
    expect(stdout).toContain(
      '\n  undo  by hand; what `--fix-to dropin` writes, and nobody changes, is undone by one command\n',
    )
    expect((await cli(['--undo', 'a.service'], {cwd})).status).toBe(2)
  })

  it('removes no link, and no folder that one leads to', async () => {
    const cwd = makeFolder({...config, 'a.service': service})
    await cli(toDropIn, {cwd})
    renameSync(`${cwd}/a.service.d`, `${cwd}/shared`)
    symlinkSync('shared', `${cwd}/a.service.d`)
    const text = readFileSync(`${cwd}/${dropIn}`, 'utf8')
    expect((await cli(['--undo', 'a.service'], {cwd})).stdout).toContain(`${dropIn}: Removed\n`)
    expect(readdirSync(`${cwd}/a.service.d`)).toEqual([])
    writeFileSync(`${cwd}/own.conf`, text)
    symlinkSync('../own.conf', `${cwd}/${dropIn}`)
    expect(await cli(['--undo', 'a.service'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: `${dropIn}: Not removed: it is a link, expected a file\n`,
    })
    expect(readFileSync(`${cwd}/own.conf`, 'utf8')).toBe(text)
  })

  it('goes with no fixes', async () => {
    expect(await cli(['--undo', '--fix'], {cwd: makeFolder({})})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'unitlint: Unexpected `--fix` beside `--undo`\n',
    })
  })
})
