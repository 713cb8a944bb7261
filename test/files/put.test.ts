import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {codeOf, reasonOfFile} from '../../src/files/fault.ts'
import {native, readFolder, readLink} from '../../src/files/native.ts'
import type {Lock} from '../../src/files/lock.ts'
import {openFolder} from '../../src/files/open-folder.ts'
import type {OpenFolder} from '../../src/files/open-folder.ts'
import {putText} from '../../src/files/put.ts'
import {replaceIn} from '../../src/files/replace.ts'
import {bytesOf, checkWhole, withTemporary} from '../../src/files/temporary.ts'
import {makeFolder} from './folder.ts'
import {refusal, withSystem} from './system.ts'

/** As it is: the name means another call while the system is changed. */
const makeBefore = mkdirSync

describe('a text that is put somewhere', () => {
  it('is a new file, as the user makes files', () => {
    const top = makeFolder()
    expect(putText(`${top}/a/b.txt`, 'x \uDCE9')).toBeUndefined()
    expect([...readFileSync(`${top}/a/b.txt`)]).toEqual([0x78, 0x20, 0xe9])
    writeFileSync(`${top}/plain.txt`, '')
    expect(statSync(`${top}/a/b.txt`).mode).toBe(statSync(`${top}/plain.txt`).mode)
  })

  it('takes the place of a file, behind a link too', () => {
    const top = makeFolder({'a.txt': 'old', 'link.txt': {link: 'a.txt'}})
    linkSync(`${top}/a.txt`, `${top}/other.txt`)
    chmodSync(`${top}/a.txt`, 0o640)
    expect(putText(`${top}/link.txt`, 'new')).toBeUndefined()
    expect(
      ['a', 'link', 'other'].map((name) => readFileSync(`${top}/${name}.txt`, 'utf8')),
    ).toEqual(['new', 'new', 'old'])
    expect(statSync(`${top}/a.txt`).mode & 0o777).toBe(0o640)
    expect(readdirSync(top)).toEqual(['a.txt', 'link.txt', 'other.txt'])
  })

  it('is told why it cannot be', () => {
    const top = makeFolder({'a.txt': 'old', 'lost.txt': {link: 'nowhere'}, 'read-only.txt': 'old'})
    mkdirSync(`${top}/folder`)
    chmodSync(`${top}/read-only.txt`, 0o444)
    expect(putText(`${top}/folder`, 'new')).toBe('Folder, expected a file')
    expect(putText(`${top}/a.txt/b.txt`, 'new')).toBeOneOf([
      'No such file',
      'A part of its path is no folder, or not for you',
    ])
    expect(putText(`${top}/lost.txt`, 'new')).toBe('A link leads nowhere')
    expect(putText(`${top}/read-only.txt`, 'new')).toBe('the file is read-only')
    expect(putText(`${top}/${'x'.repeat(300)}`, 'new')).toBe('Name too long')
    expect(readFileSync(`${top}/a.txt`, 'utf8')).toBe('old')
  })

  it.runIf(process.platform === 'linux')(
    'is written to what is no file, or is open already',
    () => {
      expect(putText('/dev/null', 'new')).toBeUndefined()
      expect(statSync('/dev/null').isFile()).toBe(false)
      const top = makeFolder({'a.txt': 'old and longer'})
      const descriptor = openSync(`${top}/a.txt`, 'r+')
      const {ino} = statSync(`${top}/a.txt`)
      expect(putText(`/proc/self/fd/${descriptor}`, 'new')).toBeUndefined()
      closeSync(descriptor)
      expect([readFileSync(`${top}/a.txt`, 'utf8'), statSync(`${top}/a.txt`).ino]).toEqual([
        'new',
        ino,
      ])
    },
  )
})

it.runIf(process.platform === 'linux')('what is written to is closed again', () => {
  const open = (): number => readdirSync('/proc/self/fd').length
  const before = open()
  for (let time = 0; time < 20; time++) putText('/dev/null', 'new')
  expect(open()).toBeLessThan(before + 20)
})

it('a fault is told in words, by its name where that is known', () => {
  const fault = (code: string, message = '', syscall = true): Error =>
    Object.assign(new Error(message), {code, ...(syscall && {syscall: 'open'})})
  expect(reasonOfFile(fault('EACCES'))).toBe('Permission denied')
  expect(reasonOfFile(fault('ENOKEY', "ENOKEY: required key not available, open '/x'"))).toBe(
    'Required key not available',
  )
  expect(reasonOfFile(fault('ENOKEY', 'ENOKEY: required key not available', false))).toBe(
    'ENOKEY: required key not available',
  )
  expect(reasonOfFile(fault('X', 'odd'))).toBe('odd')
  expect(reasonOfFile(new Error('plain'))).toBe('plain')
  expect(reasonOfFile('text')).toBe('text')
  expect(codeOf(fault('EACCES'))).toBe('EACCES')
  expect(codeOf(new Error('x'))).toBeUndefined()
  expect(codeOf({code: 'EACCES'})).toBeUndefined()
})

function within<T>(top: string, use: (folder: OpenFolder) => T): T {
  const folder = openFolder(top)
  try {
    return use(folder)
  } finally {
    folder.close()
  }
}

describe('a temporary file', () => {
  it('is there with its bytes while it is used', () => {
    const top = makeFolder()
    const bytes = Buffer.from('text')
    const told = within(top, (folder) =>
      withTemporary(folder, {name: 't', bytes, mode: 0o600}, (its) => {
        checkWhole(folder, its, bytes)
        expect(() => checkWhole(folder, its, Buffer.from('texts'))).toThrow(
          'Not all of it could be written',
        )
        expect(() => checkWhole(folder, its, Buffer.from('test'))).toThrow(
          'Not all of it could be written',
        )
        expect(bytesOf(its.descriptor, 2).toString()).toBe('te')
        expect(bytesOf(its.descriptor, 9).toString()).toBe('text')
        return [readFileSync(`${top}/t`, 'utf8'), statSync(`${top}/t`).mode & 0o777]
      }),
    )
    expect([told, readdirSync(top)]).toEqual([['text', 0o600], []])
  })

  it('never takes the place of another, nor takes it away', () => {
    const top = makeFolder({t: 'mine'})
    expect(() =>
      within(top, (folder) =>
        withTemporary(folder, {name: 't', bytes: Buffer.from('x'), mode: 0o600}, () => undefined),
      ),
    ).toThrow('EEXIST')
    expect(readFileSync(`${top}/t`, 'utf8')).toBe('mine')
  })

  it('that somebody else has replaced is not used', () => {
    const top = makeFolder({mine: 'mine'})
    const bytes = Buffer.from('x')
    within(top, (folder) =>
      withTemporary(folder, {name: 't', bytes, mode: 0o600}, (its) => {
        renameSync(`${top}/mine`, `${top}/t`)
        expect(() => checkWhole(folder, its, bytes)).toThrow(
          'Somebody else has taken the temporary file away',
        )
      }),
    )
    expect(readFileSync(`${top}/t`, 'utf8')).toBe('mine')
  })
})

describe('a file that is replaced', () => {
  const replace = (
    before: string | undefined,
    meanwhile: (file: string) => void,
  ): readonly [string, string] => {
    const top = makeFolder({a: 'old', other: 'old'})
    const lock: Lock = (_folder, work) => {
      meanwhile(`${top}/a`)
      return work()
    }
    const given = {
      before: before === undefined ? undefined : Buffer.from(before),
      after: Buffer.from('new'),
      temporary: 't',
      lock,
    }
    const outcome = within(top, (folder) => replaceIn(folder, 'a', given))
    const said = outcome.state === 'refused' ? outcome.reason : outcome.state
    return [said, existsSync(`${top}/a`) ? readFileSync(`${top}/a`, 'utf8') : 'gone']
  }

  it('is what was read, up to the last moment', () => {
    expect(replace('old', () => undefined)).toEqual(['written', 'new'])
    expect(replace('older', () => undefined)).toEqual(['changed', 'old'])
    expect(replace('odl', () => undefined)).toEqual(['changed', 'old'])
    expect(replace('old', (file) => writeFileSync(file, 'ours'))).toEqual(['changed', 'ours'])
    expect(replace('old', (file) => renameSync(file.replace(/a$/, 'other'), file))).toEqual([
      'changed',
      'old',
    ])
    expect(replace('old', (file) => chmodSync(file, 0o600))).toEqual(['changed', 'old'])
    expect(replace('old', (file) => rmSync(file))).toEqual(['changed', 'gone'])
    expect(
      replace('old', (file) => {
        rmSync(file)
        symlinkSync('other', file)
      }),
    ).toEqual(['changed', 'old'])
  })

  it('is one of the user, unless that is root; where nobody has a number anybody has it', () => {
    const {getuid} = process
    const replacedBy = (user: number | undefined): readonly [string, string] => {
      Object.assign(process, {getuid: user === undefined ? undefined : () => user})
      try {
        return replace('old', () => undefined)
      } finally {
        Object.assign(process, {getuid})
      }
    }
    expect(replacedBy(0)).toEqual(['written', 'new'])
    expect(replacedBy(undefined)).toEqual(['written', 'new'])
    expect(replacedBy(4_000_000)).toEqual(['the file belongs to another user', 'old'])
  })

  it('is whatever is there, where nothing was read', () => {
    expect(replace(undefined, (file) => writeFileSync(file, 'ours'))).toEqual(['written', 'new'])
  })
})

describe('a folder that is held', () => {
  it('is made with all above it where that is wanted', () => {
    const top = makeFolder()
    expect(() => openFolder(`${top}/a/b`)).toThrow('ENOENT')
    const folder = openFolder(`${top}/a/b`, {make: true})
    expect(statSync(folder.at('.')).isDirectory()).toBe(true)
    folder.settle()
    folder.close()
    openFolder(`${top}/a/b`).close()
    expect(readdirSync(`${top}/a`)).toEqual(['b'])
  })

  it('may be made by somebody else at the same time', () => {
    const top = makeFolder()
    const making = (code: string) => (): void =>
      withSystem(
        {
          mkdirSync: ((at: string) => {
            makeBefore(at)
            throw refusal(code)
          }) as typeof mkdirSync,
        },
        () => openFolder(`${top}/${code}`, {make: true}).close(),
      )
    expect(making('EEXIST')).not.toThrow()
    expect(making('EIO')).toThrow('EIO')
  })

  it('is a path where no descriptors have names', () => {
    const top = makeFolder()
    const before = existsSync
    const calls = {existsSync: (file: string) => file !== '/proc/self/fd' && before(file)}
    const folder = withSystem(calls as {existsSync: typeof existsSync}, () =>
      openFolder(`${top}/a/b`, {make: true}),
    )
    folder.settle()
    folder.close()
    expect([folder.at('x'), readdirSync(`${top}/a`)]).toEqual([`${top}/a/b/x`, ['b']])
  })

  it.runIf(process.platform === 'linux')(
    'stays the same when it gets another name, and leads through no link',
    () => {
      const top = makeFolder({'a/x': 'x', link: {link: 'a'}})
      const folder = openFolder(`${top}/a`)
      renameSync(`${top}/a`, `${top}/b`)
      expect(readFileSync(folder.at('x'), 'utf8')).toBe('x')
      folder.close()
      expect(() => openFolder(`${top}/link`)).toThrow('ENOTDIR')
    },
  )
})

it.runIf(process.platform === 'linux')('names are bytes', () => {
  const top = makeFolder({'a\uFFFD': '', link: {link: 'a\uFFFD'}})
  expect(native('a')).toBe('a')
  expect(native('\uDCE9')).toEqual(Buffer.from([0xe9]))
  closeSync(openSync(native(`${top}/\uDCE9`), 'w'))
  expect(readFolder(top).map(([name]) => name)).toEqual(['a\uFFFD', 'link', '\uDCE9'])
  expect(readFolder(Buffer.from(top)).map(([name]) => name)).toHaveLength(3)
  expect(readLink(`${top}/link`)).toBe('a\uFFFD')
  mkdirSync(native(`${top}/\uDCE8`))
  closeSync(openSync(native(`${top}/\uDCE8/x`), 'w'))
  expect(readFolder(`${top}/\uDCE8`).map(([name]) => name)).toEqual(['x'])
})
