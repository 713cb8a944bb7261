import {mkdirSync, openSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {createIn} from '../../src/files/create.ts'
import {openFolder} from '../../src/files/open-folder.ts'
import {makeFolder} from './folder.ts'
import {refusal, withSystem} from './system.ts'

/** As it is: the name means another call while the system is changed. */
const openBefore = openSync

function create(top: string, mode?: number): string {
  const folder = openFolder(top)
  try {
    return createIn(folder, 'a.conf', {bytes: Buffer.from('new'), mode, temporary: 't'}).state
  } finally {
    folder.close()
  }
}

/** How a file system refuses to give a file a second name. */
function refusing(code: string): {linkSync: () => never} {
  return {
    linkSync() {
      throw refusal(code)
    },
  }
}

describe('a new file', () => {
  it('has its bytes and its mode, and one name', () => {
    const top = makeFolder()
    expect(create(top, 0o604)).toBe('written')
    const {mode, nlink} = statSync(`${top}/a.conf`)
    expect([readFileSync(`${top}/a.conf`, 'utf8'), mode & 0o7777, nlink, readdirSync(top)]).toEqual(
      ['new', 0o604, 1, ['a.conf']],
    )
  })

  it('is as the user makes files, where no mode is wanted', () => {
    const top = makeFolder()
    writeFileSync(`${top}/plain`, '')
    expect(create(top)).toBe('written')
    expect(statSync(`${top}/a.conf`).mode).toBe(statSync(`${top}/plain`).mode)
  })

  it.each([
    ['file', (at: string) => writeFileSync(at, 'mine')],
    ['folder', (at: string) => mkdirSync(at)],
  ])('never takes the place of a %s, which may come at the last moment', (_what, put) => {
    const top = makeFolder()
    put(`${top}/a.conf`)
    expect(create(top)).toBe('changed')
    const late = makeFolder()
    const {linkSync} = refusing('EEXIST')
    expect(withSystem({linkSync}, () => create(late))).toBe('changed')
    expect(readdirSync(late)).toEqual([])
  })

  describe.each(['EPERM', 'EACCES', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EINVAL', 'EMLINK'])(
    'where there are no hard links (%s)',
    (code) => {
      it('is made all the same', () => {
        const top = makeFolder()
        expect(withSystem(refusing(code), () => create(top, 0o644))).toBe('written')
        expect([
          readFileSync(`${top}/a.conf`, 'utf8'),
          statSync(`${top}/a.conf`).mode & 0o7777,
          readdirSync(top),
        ]).toEqual(['new', 0o644, ['a.conf']])
      })

      it('never takes the place of another', () => {
        const top = makeFolder()
        const linkSync = (): never => {
          writeFileSync(`${top}/a.conf`, 'mine')
          throw refusal(code)
        }
        expect(withSystem({linkSync}, () => create(top))).toBe('changed')
        expect([readFileSync(`${top}/a.conf`, 'utf8'), readdirSync(top)]).toEqual([
          'mine',
          ['a.conf'],
        ])
      })
    },
  )

  it('leaves nothing where it cannot be made', () => {
    const top = makeFolder()
    expect(() => withSystem(refusing('EIO'), () => create(top))).toThrow('EIO')
    const renameSync = (): never => {
      throw refusal('EROFS')
    }
    expect(() => withSystem({...refusing('EPERM'), renameSync}, () => create(top))).toThrow('EROFS')
    expect(readdirSync(top)).toEqual([])
  })

  it('tells what keeps its name from it', () => {
    const top = makeFolder()
    const open = (...[file, flags, mode]: Parameters<typeof openSync>): number => {
      if (flags === 'wx') throw refusal('ENOSPC')
      return openBefore(file, flags, mode)
    }
    expect(() => withSystem({...refusing('EPERM'), openSync: open}, () => create(top))).toThrow(
      'ENOSPC',
    )
    expect(readdirSync(top)).toEqual([])
  })
})
