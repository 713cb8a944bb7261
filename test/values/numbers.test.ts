import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('integer', () => {
  it('is what C reads, within the bounds of the directive', () => {
    expect(
      refused('Service.Nice', ['-20', '19', '+5', '0x10', '010', '0b11', '0o7', '-0']),
    ).toEqual([])
    expect(
      refused('Service.Nice', ['-21', '20', '5 5', '1.0', '08', '0x', '--5', 'high', '5%', '٥']),
    ).toHaveLength(10)
    expect(
      refused('Socket.Mark', ['2147483647', '-2147483648', '2147483648', '0xffffffff']),
    ).toEqual(['2147483648', '0xffffffff'])
    expect(
      refused('Socket.MessageQueueMaxMessages', ['9223372036854775807', '9223372036854775808']),
    ).toEqual(['9223372036854775808'])
    expect(refused('Unit.FailureActionExitStatus', ['0', '255', '256', '-1'])).toEqual([
      '256',
      '-1',
    ])
  })

  it('says where, and what is meant', () => {
    expect(said('Service.OOMScoreAdjust=-500 # low')).toEqual([
      '0-10 line: Unexpected `-500 # low`, expected a number from `-1000` to `1000` → -500',
    ])
  })

  it('takes `0b` behind a sign where the C library does', () => {
    expect(refused('Socket.Mark', ['+0b1', '0b0b1'], 254)).toHaveLength(2)
    expect(refused('Socket.Mark', ['+0b1', '0b0b1'], 257)).toEqual([])
    expect(refused('Socket.Mark', ['+0b1', '0b0b1'], 262)).toHaveLength(2)
  })

  it('knows no priority but that of the policy up to 249', () => {
    expect(refused('Service.CPUSchedulingPriority', ['0', '1', '99', '100'], 247)).toEqual([
      '1',
      '99',
      '100',
    ])
    expect(refused('Service.CPUSchedulingPriority', ['0', '1', '99', '100'], 257)).toEqual(['100'])
    expect(
      said('Service.CPUSchedulingPriority=50', 247, new Set(['CPUSchedulingPolicy=fifo'])),
    ).toEqual([])
  })
})

describe('unsigned', () => {
  it('is not negative', () => {
    expect(refused('Unit.StartLimitBurst', ['0', '4294967295', '-0', '+7'])).toEqual([])
    expect(refused('Unit.StartLimitBurst', ['-1', '4294967296', 'infinity', '5 ;'])).toHaveLength(4)
  })

  it('takes the keywords of the directive', () => {
    expect(refused('Slice.ConcurrencyHardMax', ['infinity', 'Infinity', '3'], 262)).toEqual([
      'Infinity',
    ])
  })
})

describe('weight', () => {
  it('is within its bounds', () => {
    expect(refused('Service.IOWeight', ['0', '1', '10000', '10001', 'idle'])).toEqual([
      '0',
      '10001',
      'idle',
    ])
    expect(refused('Service.BlockIOWeight', ['9', '10', '1000', '1001'])).toEqual(['9', '1001'])
  })

  it('may be idle since 252', () => {
    expect(refused('Service.CPUWeight', ['idle'], 247)).toEqual(['idle'])
    expect(refused('Service.CPUWeight', ['idle', 'Idle'], 252)).toEqual(['Idle'])
  })
})

describe('shares', () => {
  it('earn a notice from 252 to 257, and a bad one a warning as well', () => {
    expect(said('Service.CPUShares=512', 247)).toEqual([])
    expect(said('Service.CPUShares=1', 254)).toEqual([
      '0-1 notice: Unexpected `CPUShares=`, expected what replaces it for control groups of version 2',
      '0-1 line: Unexpected `1`, expected a number from `2` to `262144`',
    ])
  })
})

describe('percent', () => {
  it('has two decimals, or is in thousandths or ten thousandths', () => {
    expect(
      refused('Service.CPUQuota', [
        '20%',
        '250%',
        '0.01%',
        '12.5%',
        '12.50%',
        '5‰',
        '0.1‰',
        '1‱',
        '0x10%',
      ]),
    ).toEqual([])
    expect(
      refused('Service.CPUQuota', [
        '0%',
        '0.00%',
        '12.345%',
        '.5%',
        '5.%',
        '-5%',
        '20',
        '5 %',
        '%',
        '21474836.48%',
      ]),
    ).toHaveLength(10)
  })

  it('had one decimal at first', () => {
    expect(refused('Service.CPUQuota', ['12.5%', '12.50%', '5‰', '0.1‰', '1‱'], 247)).toEqual([
      '12.50%',
      '0.1‰',
      '1‱',
    ])
  })

  it('of memory pressure is for services and slices', () => {
    expect(refused('Slice.ManagedOOMMemoryPressureLimitPercent', ['5%', '5.5%'], 247)).toEqual([
      '5.5%',
    ])
    expect(refused('Mount.ManagedOOMMemoryPressureLimitPercent', ['5%'], 247)).toEqual(['5%'])
  })

  it('is mended where the unit or a blank is wrong', () => {
    expect(said('Service.CPUQuota=20')).toEqual([
      '0-2 line: Unexpected `20`, expected a percentage above `0%` such as `50%` → 20%',
    ])
    expect(said('Service.CPUQuota=20 %')[0]).toMatch(/ → 20%$/)
    expect(said('Service.ManagedOOMMemoryPressureLimit=200')[0]).not.toMatch(/→/)
  })
})

describe('tasks', () => {
  it('are a number, a share or infinity', () => {
    expect(refused('Service.TasksMax', ['1', '4915', '15%', '0%', '100%', 'infinity'])).toEqual([])
    expect(
      refused('Service.TasksMax', ['0', '101%', '1K', '18446744073709551615', 'unlimited', '-1']),
    ).toHaveLength(6)
    expect(said('Service.TasksMax=Infinity')[0]).toMatch(/ → infinity$/)
  })
})
