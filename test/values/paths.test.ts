import {describe, expect, it, test} from 'vitest'
import {isBelow} from '../../src/values/paths.ts'
import {refused, said} from './said.ts'

describe('a path', () => {
  it('is absolute and without `..`', () => {
    expect(
      refused('Service.RootDirectory', [
        '/',
        '/a//b/./c/',
        '/a b',
        '"/a"',
        'a',
        '/a/..',
        `/${'x'.repeat(256)}`,
      ]),
    ).toEqual(['"/a"', 'a', '/a/..', `/${'x'.repeat(256)}`])
    expect(said('Service.RootDirectory=srv')).toEqual([
      '0-3 unit: Unexpected `srv`, expected an absolute path',
    ])
    expect(said('Service.TTYPath="/dev/tty1"')).toEqual([
      '0-11 line: Unexpected `"/dev/tty1"`, expected an absolute path → /dev/tty1',
    ])
  })

  it('may go up from the root since 255', () => {
    expect(refused('Service.RootImage', ['/../a', '/a/../b'], 254)).toEqual(['/../a', '/a/../b'])
    expect(refused('Service.RootImage', ['/../a', '/a/../b'], 257)).toEqual(['/a/../b'])
  })

  it('has specifiers replaced', () => {
    expect(refused('Service.RootDirectory', ['%h', '/srv/%i', '%t/x', '%n', '/srv/%z'])).toEqual([
      '%n',
      '/srv/%z',
    ])
    expect(refused('Service.RootDirectory', ['%d/x', '%D/x'], 247)).toEqual(['%d/x', '%D/x'])
  })

  it('is measured in bytes', () => {
    expect(refused('Service.RootImage', [`/${'ä'.repeat(127)}`, `/${'ä'.repeat(128)}`])).toEqual([
      `/${'ä'.repeat(128)}`,
    ])
    expect(refused('Service.RootImage', ['/'.repeat(4095), '/'.repeat(4096)])).toEqual([
      '/'.repeat(4096),
    ])
  })

  it('may be missing or the home of the user as a working directory', () => {
    expect(refused('Service.WorkingDirectory', ['~', '-~', '/srv', '-/srv', '~/x', '-x'])).toEqual([
      '~/x',
      '-x',
    ])
    expect(said('Service.WorkingDirectory=-x')).toEqual([
      '1-2 line: Unexpected `x`, expected an absolute path',
    ])
    expect(said('Service.WorkingDirectory=x')).toEqual([
      '0-1 unit: Unexpected `x`, expected an absolute path',
    ])
  })

  it('is below /run and not of the kernel for a PID file', () => {
    expect(refused('Service.PIDFile', ['x.pid', '/run/x.pid'])).toEqual([])
    expect(said('Service.PIDFile=/proc/x')).toEqual([
      '0-7 unit: Unexpected `/proc/x`, expected a path outside of `/proc`, `/sys` and `/dev`',
    ])
    expect(said('Service.PIDFile=/proc/x', 254)).toEqual([])
    expect(said('Service.PIDFile=/var/run/x.pid')).toEqual([
      '0-14 notice: Unexpected `/var/run/x.pid`, expected a path below `/run` → /run/x.pid',
    ])
    expect(said('Service.PIDFile=/var/run/x.pid', 252)[0]).toMatch(/^0-14 notice in silence: /)
  })
})

describe('lists of paths', () => {
  it('lose only the bad words', () => {
    expect(said('Service.ReadWritePaths=/a -b +/c "d e"')).toEqual([
      '3-5 word: Unexpected `-b`, expected an absolute path',
      '10-15 word: Unexpected `d e`, expected an absolute path',
    ])
    expect(refused('Service.ReadWritePaths', ['-+/a', '+-/a', '-+%h', '"-/a b"', "'/a"])).toEqual([
      '+-/a',
      "'/a",
    ])
  })

  it('end at the first bad word for symlinks and search paths', () => {
    expect(said('Socket.Symlinks=/a b c')).toHaveLength(1)
    expect(said('Unit.RequiresMountsFor=/a b c')).toHaveLength(2)
    expect(refused('Service.ExecSearchPath', ['/a:/b', '/a\\:b', '/a::/b', '/a:', 'a'])).toEqual([
      '/a::/b',
      '/a:',
      'a',
    ])
  })
})

describe('bind paths', () => {
  it('have a source, a destination and an option', () => {
    const values = [
      '/a',
      '-/a:/b',
      '/a:/b:norbind',
      '/a:/b:',
      '"/a b:/c"',
      '/a:/b:bad',
      'a:/b',
      '/a:b',
      '/a:',
      '/a:/b:rbind:x',
      '/a:%z',
    ]
    expect(refused('Service.BindPaths', values, 262)).toEqual([
      '/a:/b:bad',
      'a:/b',
      '/a:b',
      '/a:',
      '/a:/b:rbind:x',
      '/a:%z',
    ])
  })

  it('were split at blanks and colons alike before 258', () => {
    expect(refused('Service.BindPaths', ['/a  /b', '/a\\:b:/c', '/a\\x3ab'], 257)).toEqual([
      '/a  /b',
    ])
    expect(said('Service.BindPaths=a:/b', 257)).toEqual([
      '0-1 word: Unexpected `a`, expected an absolute path',
    ])
    expect(said('Service.BindPaths=/a  /b', 262)).toEqual([])
    for (const version of [252, 257, 262]) {
      const dashes = ['%M-/a', '%M-/a:/b', '-%M/a', '-%M-/a', '/a:%M-/b', '%M+/a']
      expect(refused('Service.BindPaths', dashes, version)).toEqual(dashes.slice(3))
    }
  })
})

describe('folders of the system', () => {
  it('are relative and not private', () => {
    expect(
      refused('Service.StateDirectory', [
        'foo',
        'foo/bar',
        'foo bar',
        '%p',
        '/foo',
        '../foo',
        'private/x',
        '.',
      ]),
    ).toEqual(['/foo', '../foo', 'private/x', '.'])
  })

  it('have links since 250 and flags since 257', () => {
    expect(refused('Service.StateDirectory', ['foo:/bar', 'foo:bar:rw', 'foo::ro'], 247)).toEqual(
      [],
    )
    expect(refused('Service.StateDirectory', ['foo:/bar', 'foo:bar:rw', 'foo::ro'], 252)).toEqual([
      'foo:/bar',
    ])
    expect(refused('Service.StateDirectory', ['foo:/bar', 'foo:bar:rw', 'foo::ro'], 257)).toEqual([
      'foo:/bar',
      'foo:bar:rw',
    ])
    expect(refused('Service.ConfigurationDirectory', ['foo:bar', 'foo:'], 257)).toEqual(['foo:bar'])
  })
})

describe('temporary file systems and mount sources', () => {
  it('have any options', () => {
    expect(
      refused('Service.TemporaryFileSystem', ['/a:ro,size=5M', '/a:%z', '/a', 'a:ro', ':ro']),
    ).toEqual(['a:ro', ':ro'])
  })

  it('are any text for mounts, and once had to be paths for swaps', () => {
    expect(refused('Mount.What', ['UUID=1234', 'server:/export', 'tmpfs', '%z'])).toEqual(['%z'])
    expect(refused('Swap.What', ['UUID=1234', '/dev/sda2'], 254)).toEqual(['UUID=1234'])
    expect(refused('Swap.What', ['UUID=1234', '/dev/sda2'], 257)).toEqual([])
    expect(refused('Mount.What', [`LABEL=${' '.repeat(1020)}x`], 257)).toHaveLength(1)
  })
})

test('a path is below another by whole names, and any is below the root', () => {
  const paths = ['/a', '/a/b', '/ab', '/', '/b']
  expect(paths.filter((path) => isBelow(path, '/a'))).toEqual(['/a', '/a/b'])
  expect(paths.filter((path) => isBelow(path, '/'))).toEqual(paths)
})
