import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('a limit of processes', () => {
  it('is one number or two', () => {
    expect(
      refused('Service.LimitNOFILE', [
        '1024',
        '1024:524288',
        '1:1',
        'infinity',
        '5:infinity',
        '1:2:',
        '0x10',
      ]),
    ).toEqual([])
    expect(
      refused('Service.LimitNOFILE', [
        '2:1',
        'infinity:1',
        '1:',
        ':1',
        '1:2:3',
        '1 : 2',
        '5K',
        '-1',
        'unlimited',
        '"1:2"',
      ]),
    ).toHaveLength(10)
  })

  it('has units by resource', () => {
    expect(refused('Service.LimitAS', ['5G', '5G:6G', '5s', '16E'])).toEqual(['5s', '16E'])
    expect(refused('Service.LimitCPU', ['5', '1min:2min', '900ms:1s', '1100ms:1s', '5K'])).toEqual([
      '1100ms:1s',
      '5K',
    ])
    expect(refused('Service.LimitRTTIME', ['5', '5ms:1s', '1s:5ms'])).toEqual(['1s:5ms'])
    expect(
      refused('Service.LimitNICE', [
        '+19',
        '-20',
        '0',
        '40',
        '+0:-5',
        '+20',
        '-21',
        '41',
        '-5:+5',
        'infinity',
      ]),
    ).toEqual(['+20', '-21', '41', '-5:+5', 'infinity'])
  })

  it('says what is meant, and does not where that is no better', () => {
    expect(said('Service.LimitNOFILE=1024:unlimited')).toEqual([
      '0-14 line: Unexpected `1024:unlimited`, expected a number or `infinity`, or two of these as `SOFT:HARD` → 1024:infinity',
    ])
    expect(said('Service.LimitNOFILE=unlimited:5')[0]).not.toMatch(/→/)
    expect(said('Service.LimitCORE=2:1')).toEqual([
      '0-3 line: Unexpected `2:1`, expected a soft limit that is not above the hard one',
    ])
  })
})
