import {execFileSync} from 'node:child_process'
import {mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {readText, shortText, startOfText} from '../../src/files/read.ts'
import {makeFolder} from './folder.ts'

describe('readText', () => {
  it('reads files of all sizes, one after the other', () => {
    const sizes = [1, 16_382, 16_383, 16_384, 16_385, 70_000]
    const folder = makeFolder(
      Object.fromEntries(sizes.map((size) => [`${size}.service`, 'x'.repeat(size)])),
    )
    const texts = sizes.map((size) => readText(`${folder}/${size}.service`))
    expect(texts).toEqual(sizes.map((size) => ({text: 'x'.repeat(size), mode: expect.any(Number)})))
  })

  it('reads text, and bytes that are none', () => {
    const folder = makeFolder({
      'a.service': '[Unit]\n',
      'b.service': Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x00),
    })
    expect(readText(`${folder}/a.service`)).toMatchObject({text: '[Unit]\n'})
    expect(readText(`${folder}/b.service`)).toMatchObject({text: '\uFEFFa\uDCFF\0'})
  })

  it('says why it reads nothing, and never waits', () => {
    const folder = makeFolder({
      'dangling.service': {link: 'nowhere'},
      'loop.service': {link: 'loop.service'},
      file: '',
    })
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
    expect(fault('huge.service')).toEqual({
      fault: 'Too large: 33554433 bytes, expected at most 33554432',
    })
  })
})

describe('shortText', () => {
  it('reads what `readText` reads, where that is short and can be read', () => {
    const folder = makeFolder({
      'a.service': '[Unit]\nDescription=\u00E4 \uFFFD\n',
      'b.service': Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x00),
      'empty.service': '',
      'short.service': 'x'.repeat(16_383),
      'long.service': 'x'.repeat(16_384),
    })
    for (const name of ['a.service', 'b.service', 'empty.service', 'short.service']) {
      const file = `${folder}/${name}`
      expect({text: shortText(file), mode: expect.any(Number)}).toEqual(readText(file))
    }
    for (const name of ['long.service', 'none.service', '.'])
      expect(shortText(`${folder}/${name}`)).toBeUndefined()
  })
})

describe('startOfText', () => {
  it('reads what a file begins with, and nothing of what is none', () => {
    const folder = makeFolder({'a.service': 'x'.repeat(20_000), 'empty.service': ''})
    const start = (name: string): string | undefined => startOfText(`${folder}/${name}`)
    expect(['a.service', 'empty.service', 'none.service', '.'].map(start)).toEqual([
      'x'.repeat(16_384),
      '',
      undefined,
      undefined,
    ])
  })

  it.runIf(process.platform === 'linux')('leaves nothing open, as `readText`', () => {
    const folder = makeFolder({'a.service': 'a'})
    const open = (): number => readdirSync('/proc/self/fd').length
    const before = open()
    for (let time = 0; time < 20; time++) {
      for (const name of ['a.service', '.']) {
        readText(`${folder}/${name}`)
        startOfText(`${folder}/${name}`)
      }
    }
    expect(open()).toBeLessThan(before + 20)
  })
})
