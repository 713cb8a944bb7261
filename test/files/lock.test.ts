import {
  lstatSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  lutimesSync,
} from 'node:fs'
import type {Stats} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {locks, removeLeft} from '../../src/files/lock.ts'
import {openFolder} from '../../src/files/open-folder.ts'
import type {OpenFolder} from '../../src/files/open-folder.ts'
import {sweep} from '../../src/files/sweep.ts'
import {temporaryNames} from '../../src/files/temporary-names.ts'
import {makeFolder} from './folder.ts'
import {refusal, withSystem} from './system.ts'

const names = temporaryNames()
const held = '.unitlint.lock'

/** As it is: the name means another call while the system is changed. */
const renameBefore = renameSync

/** A name that a run of this machine would have had whose process is over. */
const dead = names.next().replace(/-\d+-\d+-(?=[0-9a-f]+\.tmp$)/, '-4194305-1-')
/** One of this process, but that began at another time: another process had its number before. */
const earlier = names.next().replace(/-\d+-(?=[0-9a-f]+\.tmp$)/, '-1-')
const elsewhere = names.next().replace(/^\.unitlint-[0-9a-f]{12}/, '.unitlint-000000000000')
const beforeBoot = names
  .next()
  .replace(/^(\.unitlint-[0-9a-f]{12})-[0-9a-f]{12}/, '$1-000000000000')

/** What a file says of itself that is this user's, or another's. */
function fileOf(uid: number): Stats {
  return Object.assign(statSync(`${makeFolder({a: ''})}/a`), {uid})
}

it('a temporary file of another user is not one that was left', () => {
  const own = process.getuid?.() ?? 0
  expect(names.isLeft(dead, fileOf(own))).toBe(true)
  expect(names.isLeft(dead, fileOf(own + 1))).toBe(false)
  expect(names.isLeft(names.next(), fileOf(own))).toBe(false)
  const {getuid} = process
  try {
    Object.assign(process, {getuid: undefined})
    expect(temporaryNames().isLeft(dead, fileOf(own + 1))).toBe(true)
  } finally {
    Object.assign(process, {getuid})
  }
})

function within<T>(path: string, use: (folder: OpenFolder) => T): T {
  const folder = openFolder(path)
  try {
    return use(folder)
  } finally {
    folder.close()
  }
}

describe('a lock', () => {
  it('is there while the work is done, and only then', () => {
    const top = makeFolder()
    const result = within(top, (folder) =>
      locks(names)(folder, () => {
        expect(readdirSync(top)).toEqual([held])
        expect(names.isOne(readlinkSync(`${top}/${held}`))).toBe(true)
        return 'done'
      }),
    )
    expect([result, readdirSync(top)]).toEqual(['done', []])
  })

  it('is gone when the work fails', () => {
    const top = makeFolder()
    const failing = (): never => {
      throw new Error('oh')
    }
    expect(() => within(top, (folder) => locks(names)(folder, failing))).toThrow('oh')
    expect(readdirSync(top)).toEqual([])
  })

  it('that another has taken in the meantime stays', () => {
    const top = makeFolder()
    within(top, (folder) =>
      locks(names)(folder, () => {
        unlinkSync(`${top}/${held}`)
        symlinkSync(elsewhere, `${top}/${held}`)
      }),
    )
    expect(readlinkSync(`${top}/${held}`)).toBe(elsewhere)
  })

  it('that a killed run has left is taken away', () => {
    for (const left of [dead, earlier]) {
      const top = makeFolder({[held]: {link: left}})
      expect(
        within(top, (folder) =>
          locks(names)(folder, () => readlinkSync(`${top}/${held}`) === left),
        ),
      ).toBe(false)
      expect(readdirSync(top)).toEqual([])
    }
  })

  it('that no run has put there is an error at once', () => {
    for (const [what, content] of Object.entries({link: {link: 'elsewhere'}, file: 'mine'})) {
      const top = makeFolder({[held]: content})
      const work = (): never => {
        throw new Error(`Expected no work beside a ${what}`)
      }
      expect(() => within(top, (folder) => locks(names)(folder, work))).toThrow(
        'another run is writing here; if none is, remove `.unitlint.lock`',
      )
      expect(readdirSync(top)).toEqual([held])
    }
  })
})

describe('a lock that others take away or take over at the same time', () => {
  const left = {[held]: {link: dead}}

  it('is gone before it is looked at, or before it is taken away', () => {
    for (const code of ['ENOENT', 'EIO']) {
      const top = makeFolder(left)
      const renameSync = (): never => {
        unlinkSync(`${top}/${held}`)
        throw refusal(code)
      }
      const remove = (): boolean =>
        within(top, (folder) => withSystem({renameSync}, () => removeLeft(folder, names)))
      if (code === 'ENOENT') expect(remove()).toBe(true)
      else expect(remove).toThrow('EIO')
    }
    const top = makeFolder(left)
    expect(
      within(top, (folder) =>
        withSystem({lstatSync: (() => undefined) as unknown as typeof lstatSync}, () =>
          removeLeft(folder, names),
        ),
      ),
    ).toBe(true)
    expect(readdirSync(top)).toEqual([held])
  })

  it('is given back to who holds it by now', () => {
    const top = makeFolder(left)
    const rename = (...[from, to]: Parameters<typeof renameSync>): void => {
      unlinkSync(`${top}/${held}`)
      symlinkSync(elsewhere, `${top}/${held}`)
      renameBefore(from, to)
    }
    expect(
      within(top, (folder) => withSystem({renameSync: rename}, () => removeLeft(folder, names))),
    ).toBe(true)
    expect([readdirSync(top), readlinkSync(`${top}/${held}`)]).toEqual([[held], elsewhere])
  })
})

describe('where there are no links', () => {
  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'there is no lock, and the work is done all the same',
    () => {
      // The kernel makes no link there, not even for root; others may not write there at all.
      const folder: OpenFolder = {
        at: (name) => `/sys/${name}`,
        settle: () => undefined,
        close: () => undefined,
      }
      expect(locks(names)(folder, () => 'done')).toBe('done')
    },
  )

  it.each(['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EINVAL'])(
    'the work is done without a lock (%s)',
    (code) => {
      const top = makeFolder()
      const symlinkSync = (): never => {
        throw refusal(code)
      }
      expect(
        within(top, (folder) =>
          withSystem({symlinkSync}, () => locks(names)(folder, () => readdirSync(top))),
        ),
      ).toEqual([])
    },
  )

  it('but what is no folder is an error', () => {
    const top = makeFolder({file: ''})
    const folder: OpenFolder = {
      at: (name) => `${top}/file/${name}`,
      settle: () => undefined,
      close: () => undefined,
    }
    expect(() => locks(names)(folder, () => 'done')).toThrow('ENOTDIR')
  })
})

describe('what killed runs have left', () => {
  it('is the lock of one that is over, by its process, or by the start of the machine', () => {
    for (const [left, isGone] of [
      [dead, true],
      [earlier, true],
      [names.next(), false],
      [elsewhere, false],
      ['mine', false],
      [beforeBoot, false],
    ] as const) {
      const top = makeFolder({[held]: {link: left}})
      expect(within(top, (folder) => removeLeft(folder, names))).toBe(isGone)
      expect(readdirSync(top)).toEqual(isGone ? [] : [held])
    }
    const top = makeFolder({[held]: {link: beforeBoot}})
    const then = Date.UTC(2001, 0) / 1000
    lutimesSync(`${top}/${held}`, then, then)
    expect(within(top, (folder) => removeLeft(folder, names))).toBe(true)
    expect(readdirSync(top)).toEqual([])
  })

  it('is nothing where nothing is', () => {
    expect(within(makeFolder(), (folder) => removeLeft(folder, names))).toBe(true)
  })

  it('is swept: files of runs that are over, and their lock', () => {
    const top = makeFolder({
      [dead]: 'half',
      [elsewhere]: 'half',
      [beforeBoot]: 'half',
      [`${dead}.service`]: '',
      'a.service': '',
      [held]: {link: dead},
    })
    const [other, own] = [names.next(), names.next()]
    symlinkSync(
      'a.service',
      `${top}/${other.replace(/-\d+-\d+-(?=[0-9a-f]+\.tmp$)/, '-4194305-1-')}`,
    )
    writeFileSync(`${top}/${own}`, 'half')
    const before = readdirSync(top).filter((name) => name !== dead && name !== held)
    within(top, (folder) => sweep(folder, names))
    expect(readdirSync(top)).toEqual(before)
    const then = Date.UTC(2001, 0) / 1000
    utimesSync(`${top}/${beforeBoot}`, then, then)
    within(top, (folder) => sweep(folder, names))
    expect(readdirSync(top)).toEqual(before.filter((name) => name !== beforeBoot))
  })
})

describe('a temporary name', () => {
  it('is of this process, and nobody can guess it', () => {
    const [one, other] = [names.next(), temporaryNames().next()]
    expect(one).toMatch(
      new RegExp(`^\\.unitlint-[0-9a-f]{12}-[0-9a-f]{12}-${process.pid}-\\d+-[0-9a-f]{16}\\.tmp$`),
    )
    expect(one).not.toBe(other)
    expect(one.slice(0, -20)).toBe(other.slice(0, -20))
    expect(
      [one, `x${one}`, `${one}x`, one.slice(1), one.replace('.tmp', ''), dead].map((name) =>
        names.isOne(name),
      ),
    ).toEqual([true, false, false, false, false, true])
  })

  it.runIf(process.platform === 'linux')('is of a run that is not over, whoever’s it is', () => {
    const start = readFileSync('/proc/1/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[19]
    const of = (its: string): string =>
      names.next().replace(/-\d+-\d+-(?=[0-9a-f]+\.tmp$)/, `-1-${its}-`)
    // When the name was given does not matter in one run of a machine.
    expect([names.isDead(of(`${start}`), 0), names.isDead(of('4194305'), 0)]).toEqual([false, true])
  })

  it.runIf(process.getuid?.() === 0)('of another user is none of ours', () => {
    const top = makeFolder({[dead]: 'half'})
    const stats = lstatSync(`${top}/${dead}`)
    expect(names.isLeft(dead, stats)).toBe(true)
    expect(names.isLeft(dead, Object.assign(Object.create(stats), {uid: 1234}))).toBe(false)
  })
})
