import {describe, expect, it} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {load, indexed} from '../../src/unit/load.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {valueOf, valuesOf, valuesOfAny} from '../../src/unit/value.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {parse} from '../../src/syntax/parse.ts'
import {service} from './unit.ts'

const lines = (...all: readonly string[]): string => ['[Service]', 'ExecStart=/bin/a', ...all, ''].join('\n')

describe('what is in force of a directive', () => {
  it('is the last line that systemd takes, for evidence and refusals too', () => {
    const unit = service(lines('Type=forking', 'Type=fork', 'PrivatePIDs=yes'))
    expect(valueOf(unit, 'Type')?.value).toBe('forking')
    expect(needs(unit).some(({access, assignment}) => access === 'host-pids' && assignment?.value === 'forking')).toBe(true)
    expect(verdict(unit).refusal?.reason).toBe('`PrivatePIDs=yes` with `Type=forking`')
  })

  it('is all of a list since it was emptied, under any name', () => {
    const unit = service(lines('ReadWritePaths=/a', 'ReadWritePaths=', 'ReadWriteDirectories=/b c', 'ReadWritePaths=-/d'))
    expect(valuesOf(unit, 'ReadWritePaths').map(({value}) => value)).toEqual(['/b', '-/d'])
    expect(valuesOf(unit, 'ReadWritePaths').flatMap(({paths}) => paths.map(({text}) => text))).toEqual(['/b', '/d'])
    expect(valuesOf(unit, 'ReadWriteDirectories')).toEqual([])
    expect(valueOf(unit, 'User')).toBeUndefined()
  })

  it('is found in the section that a directive had before, and where one sets two', () => {
    const unit = service('[Unit]\nStartLimitBurst=1\n[Service]\nExecStart=/bin/a\nStartLimitBurst=2\nTimeoutSec=1min\nTimeoutStopSec=5\n')
    expect(valueOf(unit, 'StartLimitBurst')?.number).toBe(2)
    expect([valueOf(unit, 'TimeoutStartSec')?.seconds, valueOf(unit, 'TimeoutStopSec')?.seconds]).toEqual([60, 5])
  })

  it('keeps the order of several directives', () => {
    const unit = service(lines('BindReadOnlyPaths=/a', 'BindPaths=/b', 'BindReadOnlyPaths=/c'))
    expect(valuesOfAny(unit, ['BindPaths', 'BindReadOnlyPaths']).map(({value}) => value)).toEqual(['/a', '/b', '/c'])
  })

  it('has a meaning by its type', () => {
    const unit = service(
      lines(
        'RestartSec=1min 500ms',
        'TimeoutStopSec=infinity',
        'MemoryMax=1.5K',
        'MemoryHigh=10%',
        'TimerSlackNSec=1us',
        'Restart=on-failure',
        'PrivateTmp=on',
      ),
    )
    expect(valueOf(unit, 'RestartSec')?.seconds).toBe(60.5)
    expect(valueOf(unit, 'TimeoutStopSec')?.seconds).toBe(Infinity)
    expect(valueOf(unit, 'TimerSlackNSec')?.seconds).toBe(1e-6)
    expect([valueOf(unit, 'MemoryMax')?.bytes, valueOf(unit, 'MemoryHigh')?.bytes]).toEqual([1536, undefined])
    expect([valueOf(unit, 'Restart')?.seconds, valueOf(unit, 'Restart')?.bytes, valueOf(unit, 'Restart')?.boolean]).toEqual([undefined, undefined, undefined])
    expect(valueOf(unit, 'PrivateTmp')?.boolean).toBe(true)
  })

  it('has words with places, those that do not count left out', () => {
    const unit = service(lines('SystemCallFilter=~@clock @foo @mount', 'Environment="A=1 2" \\', '  B=%p C', 'Environment=B=2'))
    const filter = valueOf(unit, 'SystemCallFilter')
    expect([filter?.isInverted, filter?.words.map(({text}) => text)]).toEqual([true, ['@clock', '@mount']])
    const words = valuesOf(unit, 'Environment').flatMap((value) => value.words)
    expect(words.map(({text, at: {file, span}}) => [text, file.tree.text.slice(span.start, span.end)])).toEqual([
      ['A=1 2', '"A=1 2"'],
      ['B=2', 'B=2'],
    ])
  })
})

describe('the reading of a unit', () => {
  it('says of each line what becomes of it, and by what', () => {
    const unit = service(lines('Nice=1', 'Nice=x', 'Nice=2', 'User=a', 'User=', 'Foo=1', 'X-Foo=1', 'ReadWritePaths='))
    const states = reading(unit).lines.map(({assignment: {key, value}, state, by}) => `${key}=${value} ${state}${by ? ` by ${by.value}` : ''}`)
    expect(states).toEqual([
      'ExecStart=/bin/a counts',
      'Nice=1 overridden by 2',
      'Nice=x refused',
      'Nice=2 counts',
      'User=a taken-back by ',
      'User= resets',
      'Foo=1 refused',
      'X-Foo=1 unread',
      'ReadWritePaths= resets',
    ])
  })

  it('ends a drop-in where systemd does, and reads on in a main file that it refuses', () => {
    const files = [
      {path: 'a.service', role: 'fragment' as const, tree: parse(lines('User=a:b', 'Nice=1'))},
      {path: 'a.conf', role: 'drop-in' as const, tree: parse('[Service]\nGroup=a:b\nNice=2\n')},
    ]
    const unit = load(files, {name: 'a.service', type: 'service', target: {name: '257', version: 257}, manager: 'system'})
    expect(reading(unit).lines.map(({assignment: {key}, state}) => `${key} ${state}`)).toEqual([
      'ExecStart counts',
      'User counts',
      'Nice counts',
      'Group refused',
      'Nice unread',
    ])
    expect(reading(unit).ending?.directive?.key).toBe('User')
  })

  it('of a unit with other lines is as if it were written so', () => {
    const unit = service(lines('Nice=1', 'User=a', 'CPUSchedulingPolicy=rr', 'CPUSchedulingPriority=5'), '247')
    const nice = unit.assignments('Service', 'Nice')[0]
    if (!nice) throw new Error('Expected a line')
    const amended = {
      ...unit,
      ...indexed(unit.lines.map((line) => (line === nice ? {...nice, value: '2', directive: {...nice.directive, value: '2'}} : line))),
      amends: unit,
    }
    expect(valueOf(amended, 'Nice')?.number).toBe(2)
    expect(reading(amended).lines.map(({state}) => state)).toEqual(reading(unit).lines.map(({state}) => state))
    const bad = {...unit, ...indexed(unit.lines.filter(({key}) => key !== 'CPUSchedulingPolicy')), amends: unit}
    expect(valueOf(bad, 'CPUSchedulingPriority')).toBeUndefined()
    expect(valueOf(unit, 'CPUSchedulingPriority')?.number).toBe(5)
  })
})
