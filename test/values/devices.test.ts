import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('devices that are allowed', () => {
  it('are nodes or classes, and letters', () => {
    expect(
      refused('Service.DeviceAllow', [
        '/dev/null',
        '/dev/null rw',
        'char-rtc r',
        'block-*',
        '"/dev/a b" m',
        '/dev/%i',
        '/dev',
      ]),
    ).toEqual([])
    const bad = [
      'null',
      '/etc/x',
      '/dev/../x',
      '/dev/null x',
      '/dev/null r w',
      '/dev/null rw # c',
      '/dev/%z',
      'Char-rtc',
    ]
    expect(refused('Service.DeviceAllow', bad)).toEqual(bad)
    expect(said('Service.DeviceAllow=/dev/null r,w')).toEqual([
      '10-13 line: Unexpected `r,w`, expected some of the letters `rwm` → rw',
    ])
  })
})

describe('values for devices', () => {
  it('are sizes, weights or times', () => {
    expect(
      refused('Service.IOReadBandwidthMax', [
        '/dev/sda 5M',
        '/var 1K',
        '/dev/sda infinity',
        '/dev/sda',
        '/dev/sda 0',
        '../x 5',
      ]),
    ).toEqual(['/dev/sda', '/dev/sda 0', '../x 5'])
    expect(
      refused('Service.IODeviceWeight', ['/dev/sda 1', '/dev/sda 10001', '/dev/sda 0']),
    ).toEqual(['/dev/sda 10001', '/dev/sda 0'])
    expect(refused('Service.IODeviceLatencyTargetSec', ['/dev/sda 25ms', '/dev/sda 25MS'])).toEqual(
      ['/dev/sda 25MS'],
    )
  })

  it('earn a notice for control groups of version 1', () => {
    expect(said('Service.BlockIODeviceWeight=/dev/sda 500', 247)).toEqual([])
    expect(
      said('Service.BlockIODeviceWeight=/dev/sda 5', 252).map((text) => text.slice(0, 30)),
    ).toEqual(['0-10 notice: Unexpected `Block', '9-10 line: Unexpected `5`, exp'])
  })
})
