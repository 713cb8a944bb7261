import {describe, expect, it} from 'vitest'
import {namedPathsIn} from '../../src/needs/sight/named-paths.ts'

/** The paths that stand in a program of these texts, as a compiler puts them one behind another. */
function named(...texts: readonly string[]): readonly string[] {
  return pathsOf(new TextEncoder().encode(texts.join('\0')))
}

function pathsOf(all: Uint8Array): readonly string[] {
  return namedPathsIn((start, length) => all.subarray(start, start + length))
}

describe('the paths that a program names', () => {
  it.each([
    ['/dev/net/tun', '/dev/net/tun'],
    ['/dev/ttyS%d', '/dev/ttyS'],
    ['/dev/ttyUSB0', '/dev/ttyUSB'],
    ['/dev/i2c-%d', '/dev/i2c-'],
    ['open(/dev/rtc0)', '/dev/rtc0'],
    ['/dev/sda5', '/dev/sda'],
    ['/dev/watchdog', '/dev/watchdog'],
    ['/dev/mem', '/dev/mem'],
    ['/dev/null/dev/fuse/dev/tty', '/dev/fuse'],
    ['/tmp/argus.sock', '/tmp/argus.sock'],
    ['/tmp/.gfsd%s/sock', '/tmp/.gfsd%s/sock'],
    ['/tmp/snapfifo', '/tmp/snapfifo'],
    ['/tmp/collect.pipe', '/tmp/collect.pipe'],
    ['/tmp/.X11-unix/X%d', '/tmp/.X11-unix'],
    ['/var/tmp/example.sock', '/var/tmp/example.sock'],
    ['unix:/tmp/example.sock', '/tmp/example.sock'],
  ])('%s: %s', (text, name) => {
    expect(named('main', text, 'printf')).toEqual([name])
  })

  it('are each told once, in the order in which they stand there', () => {
    expect(named('/dev/video0', '/dev/snd/', '/dev/video1', '/dev/snd/x')).toEqual([
      '/dev/video',
      '/dev/snd/',
    ])
  })

  it.each([
    '/dev/null',
    '/dev/zero',
    '/dev/full',
    '/dev/urandom',
    '/dev/tty',
    '/dev/pts/0',
    '/dev/ptmx',
    '/dev/shm/x',
    '/dev/log',
    '/dev/stdout',
    '/dev/fd/3',
    '/dev/tcp/a/1',
    '/dev/mqueue',
    '/dev/hugepages',
    '/dev/memory',
    '/dev/fused',
    'dev/net/tun',
    '/tmp/example-XXXXXX',
    '/tmp/example.log',
    '/tmp/mysql.sock',
    '/tmp/socket-tests',
    '/var/tmp/a/b',
    '/proc/sys/dev/cdrom/info',
    '/usr/local/tmp/example.sock',
    '/usr/var/tmp/example.sock',
  ])('are not %s, which every service has, or keeps to itself', (text) => {
    expect(named(text)).toEqual([])
  })

  it('are found across the parts in which a file is read, and no further than it is read', () => {
    const mebibyte = 1024 * 1024
    const at = (offset: number): readonly string[] => {
      const all = new Uint8Array(offset + 100)
      all.set(new TextEncoder().encode('/dev/net/tun'), offset)
      return pathsOf(all)
    }
    for (const before of [1, 5, 11, 12]) expect(at(mebibyte - before)).toEqual(['/dev/net/tun'])
    expect(at(65 * mebibyte)).toEqual([])
  })
})
