import {execFileSync, spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {temporaryNames} from '../../src/files/temporary-names.ts'
import {notWritten, writer} from '../../src/files/writer.ts'
import {makeFolder} from './folder.ts'

const isRoot = process.getuid?.() === 0
const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Why a file is not replaced. */
const replace = (file: string, before: string, after: string): string | undefined =>
  notWritten(writer().replace(file, before, after))
const create = (file: string, text: string): string | undefined =>
  notWritten(writer().create(file, text, 0o644))

describe('replace', () => {
  it('writes bytes back as they were', () => {
    const folder = makeFolder({'a.service': Uint8Array.of(0x61, 0xff, 0x0a)})
    expect(replace(`${folder}/a.service`, 'a\uDCFF\n', 'b\uDCFF\n')).toBe(undefined)
    expect([...readFileSync(`${folder}/a.service`)]).toEqual([0x62, 0xff, 0x0a])
    expect(readdirSync(folder)).toEqual(['a.service'])
  })

  it('keeps the mode', () => {
    const folder = makeFolder({'a.service': 'a'})
    for (const mode of [0o640, 0o600, 0o755, 0o666, 0o4755, 0o2751]) {
      chmodSync(`${folder}/a.service`, mode)
      expect(
        replace(`${folder}/a.service`, readFileSync(`${folder}/a.service`, 'utf8'), `${mode}`),
      ).toBe(undefined)
      expect(statSync(`${folder}/a.service`).mode & 0o7777).toBe(mode)
    }
  })

  it.runIf(isRoot)('keeps the owner', () => {
    const folder = makeFolder({'a.service': 'a'})
    chownSync(`${folder}/a.service`, 1234, 2345)
    expect(replace(`${folder}/a.service`, 'a', 'b')).toBe(undefined)
    const {uid, gid} = statSync(`${folder}/a.service`)
    expect([uid, gid, readFileSync(`${folder}/a.service`, 'utf8')]).toEqual([1234, 2345, 'b'])
  })

  it.runIf(process.platform === 'linux' && has('setfacl'))(
    'keeps an access control list, whose mask is no right of the group',
    () => {
      const folder = makeFolder({'a.service': 'a'})
      execFileSync('setfacl', ['-m', 'user:1000:rw,group::---,mask::rw', 'a.service'], {
        cwd: folder,
      })
      const list = (): string =>
        execFileSync('getfacl', ['--numeric', '--omit-header', 'a.service'], {
          cwd: folder,
          encoding: 'utf8',
        })
      const before = list()
      expect(before).toContain('user:1000:rw-')
      expect(replace(`${folder}/a.service`, 'a', 'b')).toBe(undefined)
      expect([list(), readFileSync(`${folder}/a.service`, 'utf8')]).toEqual([before, 'b'])
    },
  )

  it.runIf(process.platform === 'linux' && has('setfattr'))('keeps extended attributes', () => {
    const folder = makeFolder({'a.service': 'a'})
    execFileSync('setfattr', ['--name', 'user.origin', '--value', 'here', 'a.service'], {
      cwd: folder,
    })
    expect(replace(`${folder}/a.service`, 'a', 'b')).toBe(undefined)
    const found = execFileSync(
      'getfattr',
      ['--only-values', '--name', 'user.origin', 'a.service'],
      {cwd: folder, encoding: 'utf8'},
    )
    expect(found).toBe('here')
  })

  it('is seen by its time', () => {
    const folder = makeFolder({'a.service': 'a'})
    utimesSync(`${folder}/a.service`, 1_000_000_000, 1_000_000_000)
    expect(replace(`${folder}/a.service`, 'a', 'b')).toBe(undefined)
    expect(statSync(`${folder}/a.service`).mtimeMs).toBeGreaterThan(1_600_000_000_000)
  })

  it('tells of further names, which keep what they had', () => {
    const folder = makeFolder({'a.service': 'a', 'elsewhere/readme': ''})
    linkSync(`${folder}/a.service`, `${folder}/b.service`)
    linkSync(`${folder}/a.service`, `${folder}/elsewhere/c.service`)
    expect(writer().replace(`${folder}/a.service`, 'a', 'b')).toMatchObject({
      state: 'written',
      others: {count: 2, here: ['b.service']},
    })
    expect(
      ['a', 'b', 'elsewhere/c'].map((name) => readFileSync(`${folder}/${name}.service`, 'utf8')),
    ).toEqual(['b', 'a', 'a'])
  })

  it('tells of one file by all of its names', () => {
    const folder = makeFolder({'a.service': 'a', 'other.service': 'a'})
    linkSync(`${folder}/a.service`, `${folder}/b.service`)
    linkSync(`${folder}/other.service`, `${folder}/further.service`)
    const keyOf = (name: string): string | undefined => {
      const outcome = writer().replace(`${folder}/${name}.service`, 'a', 'b')
      return outcome.state === 'written' ? outcome.others?.key : undefined
    }
    const [one, same, other] = ['a', 'b', 'other'].map(keyOf)
    expect(one).toBeDefined()
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  it('leaves a file alone that somebody else has changed, that is gone, or that is none', () => {
    const folder = makeFolder({'a.service': 'theirs', 'b.service': {link: '/dev/null'}})
    mkdirSync(`${folder}/c.service`)
    expect(replace(`${folder}/a.service`, 'a', 'b')).toBe(
      'Not written: the file has changed since it was read',
    )
    expect(readFileSync(`${folder}/a.service`, 'utf8')).toBe('theirs')
    expect(replace(`${folder}/gone.service`, 'a', 'b')).toBe('Not written: No such file')
    expect(replace('/dev/null', '', 'b')).toBe('Not written: Not a regular file')
    expect(replace(`${folder}/c.service`, '', 'b')).toBe('Not written: Not a regular file')
    expect(readdirSync(folder)).toEqual(['a.service', 'b.service', 'c.service'])
  })

  it('leaves a read-only file alone, even as root', () => {
    const folder = makeFolder({'a.service': 'a'})
    chmodSync(`${folder}/a.service`, 0o444)
    expect(replace(`${folder}/a.service`, 'a', 'b')).toBe('Not written: the file is read-only')
    expect(readFileSync(`${folder}/a.service`, 'utf8')).toBe('a')
  })

  it('goes through no link: whoever asks has followed them', () => {
    const folder = makeFolder({
      'a.service': 'a',
      'b.service': {link: 'a.service'},
      'x/c.service': 'c',
    })
    expect(replace(`${folder}/b.service`, 'a', 'b')).toBe(
      'Not written: Link that leads back to itself',
    )
    renameSync(`${folder}/x`, `${folder}/y`)
    symlinkSync('y', `${folder}/x`)
    if (process.platform === 'linux')
      expect(replace(`${folder}/x/c.service`, 'c', 'b')).toBe('Not written: No such file')
    expect([
      readFileSync(`${folder}/a.service`, 'utf8'),
      readFileSync(`${folder}/y/c.service`, 'utf8'),
    ]).toEqual(['a', 'c'])
  })
})

describe('create', () => {
  it('makes the folders that it needs', () => {
    const folder = makeFolder()
    expect(create(`${folder}/a/b/c.conf`, 'x \uDCE9\n')).toBe(undefined)
    expect([...readFileSync(`${folder}/a/b/c.conf`)]).toEqual([0x78, 0x20, 0xe9, 0x0a])
    expect([readdirSync(`${folder}/a/b`), statSync(`${folder}/a/b/c.conf`).mode & 0o7777]).toEqual([
      ['c.conf'],
      0o644,
    ])
    expect(statSync(`${folder}/a/b/c.conf`).nlink).toBe(1)
  })

  it('never touches what is there', () => {
    const folder = makeFolder({'a.conf': 'mine', 'b.conf': {link: 'nowhere'}})
    expect(create(`${folder}/a.conf`, 'x')).toBe(
      'Not written: the file has changed since it was read',
    )
    expect(create(`${folder}/b.conf`, 'x')).toBe(
      'Not written: the file has changed since it was read',
    )
    expect([readFileSync(`${folder}/a.conf`, 'utf8'), readdirSync(folder)]).toEqual([
      'mine',
      ['a.conf', 'b.conf'],
    ])
  })

  it('says where it cannot be', () => {
    expect(create(`${makeFolder({a: ''})}/a/b.conf`, 'x')).toBe('Not written: No such file')
    expect(create('/proc/nope/b.conf', 'x')).toMatch(/^Not written: /)
  })
})

it('takes away what a killed run has left, before it writes in a folder', () => {
  const name = temporaryNames().next()
  // As one would have had it whose process is over.
  const left = name.replace(/-\d+-\d+-(?=[0-9a-f]+\.tmp$)/, '-4194305-1-')
  const folder = makeFolder({[left]: 'half', 'a.service': 'a', [`x/${left}`]: 'half', 'x/b': 'b'})
  const {replace: put} = writer()
  expect(notWritten(put(`${folder}/a.service`, 'a', 'b'))).toBeUndefined()
  expect([readdirSync(folder), readdirSync(`${folder}/x`)]).toEqual([
    ['a.service', 'x'],
    [left, 'b'],
  ])
  expect(notWritten(put(`${folder}/x/b`, 'b', 'c'))).toBeUndefined()
  expect(readdirSync(`${folder}/x`)).toEqual(['b'])
})

it('keeps no folder open that it has written in', {skip: process.platform !== 'linux'}, () => {
  const folder = makeFolder()
  const open = (): number => readdirSync('/proc/self/fd').length
  const before = open()
  const made = Array.from({length: 20}, (_, at) => create(`${folder}/${at}.conf`, 'x'))
  expect(made).toEqual(Array.from({length: 20}, () => undefined))
  expect(open()).toBeLessThan(before + 20)
})
