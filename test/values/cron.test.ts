import {describe, expect, it} from 'vitest'
import {eventOfCron} from '../../src/values/cron.ts'
import {refused} from './said.ts'

const lines = [
  ['0 5 * * *', '*-*-* 05:00:00'],
  ['*/15 * * * *', '*-*-* *:00/15:00'],
  ['0 */2 * * *', '*-*-* 00/2:00:00'],
  ['0 0 * * 1-5', 'Mon..Fri *-*-* 00:00:00'],
  ['30 4 1,15 * *', '*-*-01,15 04:30:00'],
  ['0 9-17/2 * jan-mar sun', 'Sun *-01..03-* 09..17/2:00:00'],
  ['5 * * * 0,6', 'Sat,Sun *-*-* *:05:00'],
  ['5 4 * * 7', 'Sun *-*-* 04:05:00'],
  ['5 4 * * 1,3,5', 'Mon,Wed,Fri *-*-* 04:05:00'],
  ['5 4 * * */2', 'Tue,Thu,Sat,Sun *-*-* 04:05:00'],
  ['5 4 * * 0-6', '*-*-* 04:05:00'],
  ['0 12 */2 * *', '*-*-01/2 12:00:00'],
  ['0\t0 1 1 *', '*-01-01 00:00:00'],
  ['@midnight', 'daily'],
  ['@weekly', 'weekly'],
] as const

describe('a line of cron', () => {
  it.each(lines)('%s is %s, which systemd reads', (line, event) => {
    expect(eventOfCron(line)).toBe(event)
    expect(refused('Timer.OnCalendar', [line, event])).toEqual([line])
  })

  it.each([
    '0 0 1 * 1',
    '@reboot',
    '0 5 * *',
    '0 5 * * * root',
    '5/2 * * * *',
    '* * * * 5-1',
    '0 5 * * x',
    'L * * * *',
    '1-2-3 * * * *',
    '',
  ])('%j has no event of the same meaning', (line) => {
    expect(eventOfCron(line)).toBeUndefined()
  })
})
