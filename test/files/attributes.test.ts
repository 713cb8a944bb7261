import {chmodSync, closeSync, fchmodSync, fstatSync, openSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import process from 'node:process'
import {describe, expect, it, onTestFinished} from 'vitest'
import {keepAttributes} from '../../src/files/attributes.ts'
import {makeFolder} from './folder.ts'
import {refusal, withSystem} from './system.ts'

const user = process.getuid?.()

/** Two open files of the user's own, with the modes that they have. */
function twoFiles(mode: number, other: number): {from: number; to: number; modeOf: () => number} {
  const top = makeFolder({from: 'old', to: 'new'})
  chmodSync(`${top}/from`, mode)
  const [from, to] = [openSync(`${top}/from`, 'r'), openSync(`${top}/to`, 'r+')]
  fchmodSync(to, other)
  onTestFinished(() => {
    closeSync(from)
    closeSync(to)
  })
  return {from, to, modeOf: () => statSync(`${top}/to`).mode & 0o7777}
}

/** What a file is as far as the calls tell. */
function seen(descriptor: number, its: Partial<Stats>): typeof fstatSync {
  return ((asked: number) =>
    Object.assign(stats(asked), asked === descriptor ? its : {})) as typeof fstatSync
}

/** As it is: the name means another call while the system is changed. */
const stats = fstatSync

describe('the attributes of a file', () => {
  it.each([0o640, 0o600, 0o755, 0o4755, 0o2755])('are its mode %o', (mode) => {
    const {from, to, modeOf} = twoFiles(mode, 0o604)
    keepAttributes(from, to)
    expect(modeOf()).toBe(mode)
  })

  it('are its mode where no other program takes it over', () => {
    const {from, to, modeOf} = twoFiles(0o640, 0o604)
    withSystem({existsSync: () => false}, () => keepAttributes(from, to))
    expect(modeOf()).toBe(0o640)
  })

  it.skipIf(user === undefined)('are its owner and its group, of which each may be another', () => {
    const {uid, gid} = process.geteuid
      ? {uid: process.geteuid(), gid: process.getegid?.() ?? 0}
      : {uid: 0, gid: 0}
    for (const its of [{uid: uid + 1}, {gid: gid + 1}, {uid: uid + 1, gid: gid + 1}, {}]) {
      const {from, to} = twoFiles(0o600, 0o600)
      const given: unknown[] = []
      const calls = {
        existsSync: () => false,
        fstatSync: seen(from, its),
        fchownSync: (...all: unknown[]) => void given.push(all),
      }
      const {uid: owner, gid: group} = stats(to)
      withSystem(calls, () => keepAttributes(from, to))
      expect(given).toEqual(
        Object.keys(its).length === 0 ? [] : [[to, its.uid ?? owner, its.gid ?? group]],
      )
    }
  })

  it.skipIf(user === undefined)('cannot be kept where the group is not one of the user', () => {
    const {from, to} = twoFiles(0o600, 0o600)
    const kept = (its: Partial<Stats>, code: string) => (): void =>
      withSystem(
        {
          existsSync: () => false,
          fstatSync: seen(from, its),
          fchownSync() {
            throw refusal(code)
          },
        },
        () => keepAttributes(from, to),
      )
    expect(kept({gid: stats(from).gid + 1}, 'EPERM')).toThrow(
      'the file is of a group that is not yours',
    )
    expect(kept({gid: stats(from).gid + 1}, 'EROFS')).toThrow('EROFS: refused')
    expect(kept({uid: stats(from).uid + 1}, 'EPERM')).toThrow('EPERM: refused')
  })
})
