import {execFileSync} from 'node:child_process'
import {chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, statSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {readText} from '../../src/files/read.ts'
import {writeText} from '../../src/files/write.ts'
import {makeFolder} from './folder.ts'

const isRoot = process.getuid?.() === 0

describe('readText', () => {
  it('reads text, and bytes that are none', () => {
    const folder = makeFolder({'a.service': '[Unit]\n', 'b.service': Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x00)})
    expect(readText(`${folder}/a.service`)).toEqual({text: '[Unit]\n'})
    expect(readText(`${folder}/b.service`)).toEqual({text: '\uFEFFa\uDCFF\0'})
  })

  it('says why it reads nothing, and never waits', () => {
    const folder = makeFolder({'dangling.service': {link: 'nowhere'}, 'loop.service': {link: 'loop.service'}, file: ''})
    mkdirSync(`${folder}/a.service`)
    execFileSync('mkfifo', [`${folder}/pipe.service`])
    symlinkSync('/dev/zero', `${folder}/zero.service`)
    writeFileSync(`${folder}/huge.service`, '')
    truncateSync(`${folder}/huge.service`, 32 * 1024 * 1024 + 1)
    const fault = (name: string): unknown => readText(`${folder}/${name}`)
    expect(fault('a.service')).toEqual({fault: 'Folder, expected a file'})
    expect(fault('nowhere.service')).toEqual({fault: 'No such file'})
    expect(fault('dangling.service')).toEqual({fault: 'No such file'})
    expect(fault('file/x.service')).toEqual({fault: 'No such file'})
    expect(fault('loop.service')).toEqual({fault: 'Link that leads back to itself'})
    expect(fault('pipe.service')).toEqual({fault: 'Not a regular file'})
    expect(fault('zero.service')).toEqual({fault: 'Not a regular file'})
    expect(fault('huge.service')).toEqual({fault: 'Too large: 33554433 bytes, expected at most 33554432'})
  })
})

describe('writeText', () => {
  it('writes bytes back as they were', async () => {
    const folder = makeFolder({'a.service': Uint8Array.of(0x61, 0xff, 0x0a)})
    expect(await writeText(`${folder}/a.service`, 'a\uDCFF\n', 'b\uDCFF\n')).toBe(undefined)
    expect([...readFileSync(`${folder}/a.service`)]).toEqual([0x62, 0xff, 0x0a])
    expect(readdirSync(folder)).toEqual(['a.service'])
  })

  it('keeps the mode', async () => {
    const folder = makeFolder({'a.service': 'a'})
    for (const mode of [0o640, 0o600, 0o755, 0o666]) {
      chmodSync(`${folder}/a.service`, mode)
      expect(await writeText(`${folder}/a.service`, readFileSync(`${folder}/a.service`, 'utf8'), `${mode}`)).toBe(undefined)
      expect(statSync(`${folder}/a.service`).mode & 0o7777).toBe(mode)
    }
  })

  it.runIf(isRoot)('keeps the owner', async () => {
    const folder = makeFolder({'a.service': 'a'})
    chownSync(`${folder}/a.service`, 1234, 2345)
    expect(await writeText(`${folder}/a.service`, 'a', 'b')).toBe(undefined)
    const {uid, gid} = statSync(`${folder}/a.service`)
    expect([uid, gid, readFileSync(`${folder}/a.service`, 'utf8')]).toEqual([1234, 2345, 'b'])
  })

  it('writes through links', async () => {
    const folder = makeFolder({'real/a.service': 'a', 'b.service': {link: 'c.service'}, 'c.service': {link: 'real/a.service'}})
    expect(await writeText(`${folder}/b.service`, 'a', 'b')).toBe(undefined)
    expect(readlinkSync(`${folder}/b.service`)).toBe('c.service')
    expect(readlinkSync(`${folder}/c.service`)).toBe('real/a.service')
    expect(lstatSync(`${folder}/real/a.service`).isFile()).toBe(true)
    expect(readFileSync(`${folder}/real/a.service`, 'utf8')).toBe('b')
  })

  it('leaves a file alone that somebody else has changed, or that is gone', async () => {
    const folder = makeFolder({'a.service': 'theirs', 'b.service': {link: '/dev/null'}})
    expect(await writeText(`${folder}/a.service`, 'a', 'b')).toBe('Not written: the file has changed since it was read')
    expect(readFileSync(`${folder}/a.service`, 'utf8')).toBe('theirs')
    expect(await writeText(`${folder}/gone.service`, 'a', 'b')).toBe('No such file')
    expect(await writeText(`${folder}/b.service`, '', 'b')).toBe('Not a regular file')
    expect(readdirSync(folder)).toEqual(['a.service', 'b.service'])
  })

  it('leaves a read-only file alone, even as root', async () => {
    const folder = makeFolder({'a.service': 'a'})
    chmodSync(`${folder}/a.service`, 0o444)
    expect(await writeText(`${folder}/a.service`, 'a', 'b')).toBe('Not written: the file is read-only')
    expect(readFileSync(`${folder}/a.service`, 'utf8')).toBe('a')
  })
})
