import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('images', () => {
  it('have a source, a destination, and options for partitions', () => {
    expect(
      refused('Service.MountImages', [
        '/a:/b',
        '-/a:/b',
        '/a:/b:ro',
        '/a:/b:root:ro:usr:rw',
        '/dev/x:/b',
        '"/a b:/c"',
      ]),
    ).toEqual([])
    const bad = ['/a', 'a:/b', '/a:b', '/a:/b:bad:ro', '/a:/b:%z', '/proc/x:/b', '/a:/b\\q']
    expect(refused('Service.MountImages', bad)).toEqual(bad)
    expect(
      refused('Service.ExtensionImages', [
        '/a',
        '-/a:ro',
        '/a:root:ro',
        '/dev/x',
        'a',
        '/a:bad:ro',
      ]),
    ).toEqual(['/dev/x', 'a', '/a:bad:ro'])
  })

  it('know other partitions by version', () => {
    const values = ['root-secondary:ro', 'root-other:ro', 'usr-verity-sig:ro', 'home:ro']
    expect(refused('Service.RootImageOptions', values, 247)).toEqual([
      'root-other:ro',
      'usr-verity-sig:ro',
    ])
    expect(refused('Service.RootImageOptions', values, 252)).toEqual([])
    expect(refused('Service.RootImageOptions', values, 257)).toEqual([
      'root-secondary:ro',
      'root-other:ro',
    ])
    expect(said('Service.RootImageOptions=bad:ro home:rw nosuch:x')).toEqual([
      '0-6 word: Unexpected partition `bad`, expected one such as `root`, `usr` or `home`',
      '15-23 word: Unexpected partition `nosuch`, expected one such as `root`, `usr` or `home`',
    ])
    expect(refused('Service.RootImageOptions', ['ro', 'root:ro:x', '"root:ro', 'root:%z'])).toEqual(
      ['root:ro:x', '"root:ro', 'root:%z'],
    )
  })

  it('have policies that refuse the unit when they are bad', () => {
    const values = [
      '*',
      '-',
      'root=verity+signed:usr=signed',
      '=absent',
      'root= verity',
      'root',
      'bad=verity',
      'root=bad',
      'root=a:root=b',
      'root=open:root=open',
    ]
    expect(refused('Service.RootImagePolicy', values, 257)).toEqual([
      'root',
      'bad=verity',
      'root=bad',
      'root=a:root=b',
      'root=open:root=open',
    ])
    expect(refused('Service.RootImagePolicy', values, 262)).toEqual([
      'root',
      'root=a:root=b',
      'root=open:root=open',
    ])
    expect(said('Service.RootImagePolicy=root', 257)).toEqual([
      '0-4 unit: Unexpected `root`, expected rules such as `root=verity` with colons between',
    ])
  })
})

describe('hashes and data', () => {
  it('are digits or paths', () => {
    const hash = '00112233445566778899aabbccddeeff'
    expect(
      refused('Service.RootHash', [
        hash,
        `${hash.slice(0, 8)} ${hash.slice(8)}`,
        '/a',
        hash.slice(2),
        `${hash}0`,
        `0x${hash}`,
      ]),
    ).toEqual([hash.slice(2), `${hash}0`, `0x${hash}`])
    expect(
      refused('Service.RootHashSignature', ['/a', 'base64:QUJD', 'base64:', 'QUJD', 'base64:QUJ']),
    ).toEqual(['QUJD', 'base64:QUJ'])
  })

  it('are Base64, of two alphabets since 256', () => {
    expect(
      refused('Service.StandardInputData', [
        'SGVsbG8=',
        'QU JD',
        'AA==',
        'SGVsbG8',
        'AB==',
        'AAB=',
        '====',
        'AAAA=',
      ]),
    ).toEqual(['SGVsbG8', 'AB==', 'AAB=', '====', 'AAAA='])
    expect(refused('Service.StandardInputData', ['-_-_'], 254)).toEqual(['-_-_'])
    expect(refused('Service.StandardInputData', ['-_-_'], 257)).toEqual([])
  })
})
