import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('a calendar event', () => {
  it.each([
    [
      'daily',
      'WEEKLY',
      'anually',
      'semi-annually',
      'minutely UTC',
      'daily Europe/Berlin',
      'daily US/Pacific',
      'daily EST',
      'daily Etc/GMT+5',
    ],
    [
      'daily localtime',
      'daily posixrules',
      'daily Factory',
      'daily right/Europe/Berlin',
      'daily posix/PRC',
    ],
    ['Mon', 'Mon..Fri', 'Mon-Fri', 'Sat,Sun 08:05:40', 'Wed..Sat,Tue 12-10-15 1:2:3', 'Mon, 10:00'],
    [
      '*-*-*',
      '*-*~01',
      '*-*~7/1',
      '2003-02..04-05',
      '9..11,13:00,30',
      '*:0/5',
      '*:*:0..10',
      '12:00:00.123456',
      '99-1-1',
      '@1700000000',
    ],
  ])('is read by systemd: %s, %s, ...', (...values) => {
    expect(refused('Timer.OnCalendar', values)).toEqual([])
  })

  it.each([
    [
      'fortnightly',
      '2024',
      '12',
      '24:00',
      '12:60',
      '12:00:60',
      '2024-01-01T12:00',
      '2024/01/01',
      'every day',
      'UTC',
    ],
    [
      'Sat..Mon',
      'Mon..',
      'Mond',
      'Mon Tue',
      'Mon..Wed..Fri',
      'daily Nowhere/City',
      'daily europe/berlin',
      'daily JST',
      'daily PST',
      'daily  EST5',
      'daily ',
      'daily posix/',
    ],
    [
      'daily UTC/',
      'daily posix/localtime',
      'daily Europe',
      'daily Europe//Berlin',
      'daily /Europe/Berlin',
      'daily tzdata.zi',
    ],
    [
      '*:0/0',
      '*:0/60',
      '*-*~29',
      '*-*~28,7',
      '*-1,,6-1',
      '1969-1-1',
      '2200-1-1',
      '12:00:0..0.5',
      '12:00:0/0.0',
      '@x',
      '@7258118400',
      '*:1-5',
    ],
  ])('is not read: %s, %s, ...', (...values) => {
    expect(refused('Timer.OnCalendar', values)).toEqual(values)
  })

  it('has at most 241 parts between commas', () => {
    const hours = (count: number): string =>
      `${Array.from({length: count}, (_, index) => index % 24).join(',')}:00`
    expect(refused('Timer.OnCalendar', [hours(241)])).toEqual([])
    expect(refused('Timer.OnCalendar', [hours(242)])).toHaveLength(1)
  })

  it('must fall on its week day, from 259 on', () => {
    expect(said('Timer.OnCalendar=Tue 2024-01-01', 257)).toEqual([])
    expect(said('Timer.OnCalendar=Tue 2024-01-01', 262)).toEqual([
      '0-14 notice: Expected the week day of the date, `Tue 2024-01-01` never comes',
    ])
    expect(
      refused(
        'Timer.OnCalendar',
        ['Mon 2024-01-01', 'Tue 2024-02-31', 'Tue *-01-01', 'Tue 2024-01~01', 'Tue 24-1-1..1'],
        262,
      ),
    ).toEqual(['Tue 24-1-1..1'])
  })

  it('says what is meant', () => {
    expect(said('Timer.OnCalendar=2024-01-01T12:00')[0]).toMatch(/ → 2024-01-01 12:00$/)
    expect(said('Timer.OnCalendar=*-*-* 4:00 # nightly')[0]).toMatch(/ → \*-\*-\* 4:00$/)
  })
})
