import {Buffer} from 'node:buffer'
import {lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {expectInert} from './characters.ts'

/** A path in a folder whose name is of these characters of Latin-1, a byte each. */
function latin1(folder: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')])
}

/** File systems of macOS and Windows have no such names. */
function canHaveThem(): boolean {
  if (process.platform === 'win32') return false
  try {
    mkdirSync(latin1(makeFolder(), 'gr\u00F6\u00DFe'))
    return true
  } catch {
    return false
  }
}

// What systemd gives no unit it does not load, so that nothing of it is hardened.
const bare = '[Service]\nExecStart=/bin/a\nStandardOutput=syslog\n'
const args = ['--no-config', '--preset', 'strict']

describe('a name that is not UTF-8', () => {
  it('is found, linted, named escaped and fixed under the same bytes', async ({skip}) => {
    if (!canHaveThem()) skip('this file system has no such names')
    const cwd = makeFolder()
    const [unit, folder, dropIns] = [
      'a\u00FF.service',
      'gr\u00F6\u00DFe',
      'gr\u00F6\u00DFe/b\u0080.service.d',
    ].map((name) => latin1(cwd, name))
    if (!unit || !folder || !dropIns) throw new Error('Expected three names')
    writeFileSync(unit, bare)
    mkdirSync(folder)
    writeFileSync(Buffer.concat([folder, Buffer.from('/b\u0080.service', 'latin1')]), bare)
    mkdirSync(dropIns)
    writeFileSync(
      Buffer.concat([dropIns, Buffer.from('/\u00FE.conf', 'latin1')]),
      '[Service]\nPrivateTmp=yes\n',
    )
    symlinkSync(Buffer.from('a\u00FF.service', 'latin1'), latin1(cwd, 'c\u00FD.service'))

    const found = await cli(['.', ...args, '--format', 'json'], {cwd})
    expect([found.status, found.stderr]).toEqual([1, ''])
    expectInert(found.stdout)
    const paths = (JSON.parse(found.stdout) as Array<{filePath: string}>).map(
      ({filePath}) => filePath,
    ) // What the json format is.
    expect(paths).toEqual([
      'a\uDCFF.service',
      'gr\uDCF6\uDCDFe/b\uDC80.service',
      'gr\uDCF6\uDCDFe/b\uDC80.service.d/\uDCFE.conf',
    ])
    const sarif = await cli(['.', ...args, '--format', 'sarif'], {cwd})
    expect(sarif.stdout).toContain('"uri":"gr%F6%DFe/b%80.service"')
    for (const format of ['stylish', 'compact', 'github'])
      expectInert(
        (await cli(['.', ...args, '--format', format], {cwd})).stdout.replaceAll(/^::/gm, ''),
      )

    const fixing = await cli(['.', ...args, '--fix'], {cwd})
    expect(fixing.stderr).toBe('')
    expect(readFileSync(unit, 'utf8')).toContain('StandardOutput=journal\n')
    expect(
      readFileSync(Buffer.concat([folder, Buffer.from('/b\u0080.service', 'latin1')]), 'utf8'),
    ).toContain('StandardOutput=journal\n')
    expect(lstatSync(latin1(cwd, 'c\u00FD.service')).isSymbolicLink()).toBe(true)
    const names = readdirSync(cwd, {encoding: 'latin1'}).toSorted()
    expect(names).toEqual(['a\u00FF.service', 'c\u00FD.service', 'gr\u00F6\u00DFe'])
    expect(readdirSync(folder, 'latin1').toSorted()).toEqual([
      'b\u0080.service',
      'b\u0080.service.d',
    ])
  })

  it('has its drop-in written beside it', async ({skip}) => {
    if (!canHaveThem()) skip('this file system has no such names')
    const cwd = makeFolder()
    writeFileSync(latin1(cwd, 'a\u00FF.service'), bare)
    expect((await cli(['.', ...args, '--fix', '--fix-to', 'dropin'], {cwd})).stderr).toBe('')
    expect(readFileSync(latin1(cwd, 'a\u00FF.service.d/50-unitlint.conf'), 'utf8')).toContain(
      'StandardOutput=journal\n',
    )
    expect(readFileSync(latin1(cwd, 'a\u00FF.service'), 'utf8')).toBe(bare)
  })

  it('is found below a root', async ({skip}) => {
    if (!canHaveThem()) skip('this file system has no such names')
    const cwd = makeFolder({
      'img/etc/systemd/system/a.service': bare,
      'img/etc/systemd/system/a.service.d/a.conf': '',
    })
    writeFileSync(
      latin1(`${cwd}/img/etc/systemd/system/a.service.d`, 'x\u00E9.conf'),
      '[Service]\nNice=3\n',
    )
    const {status, stdout, stderr} = await cli(['show', '--root', 'img', 'a.service'], {cwd})
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^# \S+a\.service\.d\/x\\u\{dce9\}\.conf:2\nNice=3$/m)
    expect((await cli([...args, '--root', 'img', '--fix'], {cwd})).stderr).toBe('')
    expect(readdirSync(`${cwd}/img/etc/systemd/system/a.service.d`, 'latin1').toSorted()).toEqual([
      'a.conf',
      'x\u00E9.conf',
    ])
  })

  it('cannot be an argument, which is said', async () => {
    expect(await cli(['--no-config', 'a\uFFFD.service'], {cwd: makeFolder()})).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'a\uFFFD.service: No such file or folder; where the name is not UTF-8, name the folder that it is in\n',
    })
  })

  it('is not the name of one with the character for what is none', async () => {
    const cwd = makeFolder({'a\uFFFD.service': 'Nice=1\n'})
    expect((await cli(['.', '--no-config', '--format', 'compact'], {cwd})).stdout).toMatch(
      /^a\uFFFD\.service:1:1: /,
    )
    expect(
      (await cli(['a\uFFFD.service', '--no-config', '--format', 'compact'], {cwd})).stdout,
    ).toMatch(/^a\uFFFD\.service:1:1: /)
  })
})
