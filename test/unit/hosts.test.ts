import {describe, expect, it} from 'vitest'
import {hostOf} from '../../src/unit/host.ts'

describe('the files of a machine that are given', () => {
  const host = hostOf({
    '/etc/a': 'text',
    '/srv/r/etc/b': new Uint8Array([1, 2, 3]),
    '/srv/r/etc/c': '',
    '/srv/rx/d': 'd',
  })

  it('are read by their paths, in parts', () => {
    const file = host.file('/etc/a')
    expect([file?.path, file?.size]).toEqual(['/etc/a', 4])
    expect(new TextDecoder().decode(file?.bytes(1, 2))).toBe('ex')
    expect(new TextDecoder().decode(file?.bytes(2, 9))).toBe('xt')
    expect([...(host.file('/srv/r/etc/b')?.bytes(0, 2) ?? [])]).toEqual([1, 2])
    expect(['/etc', 'etc/a', 'toString'].map((path) => host.file(path))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('have the names of folders', () => {
    expect(
      ['/', '', '/srv', '/srv/', '/srv/r/etc', '/none'].map((folder) => host.names(folder)),
    ).toEqual([['etc', 'srv'], ['etc', 'srv'], ['r', 'rx'], ['r', 'rx'], ['b', 'c'], []])
  })

  it('have others below a folder', () => {
    for (const below of [host.below('/srv/r'), host.below('/srv/r//')]) {
      expect(below.file('/etc/b')?.size).toBe(3)
      expect(below.file('/etc/a')).toBeUndefined()
      expect(below.names('/')).toEqual(['etc'])
    }
  })
})
