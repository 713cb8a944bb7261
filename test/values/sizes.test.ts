import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('memory', () => {
  it('is a row of sizes, each smaller than the one before', () => {
    expect(
      refused('Service.MemoryMax', [
        '1',
        '512M',
        '1G 512M',
        '1G512M3K5B',
        '1.5G',
        '10.M',
        '5 K',
        '50%',
        '0.1%',
        'infinity',
      ]),
    ).toEqual([])
    expect(
      refused('Service.MemoryMax', [
        '512M1G',
        '5M5M',
        '5MB',
        '5MiB',
        '5k',
        '-5M',
        '.5G',
        '5 5',
        '1e3',
        '101%',
        'Infinity',
      ]),
    ).toHaveLength(11)
  })

  it('fits 64 bits', () => {
    expect(
      refused('Service.MemoryMax', [
        '15.5P',
        '15E',
        '15.9E',
        '16E',
        '18446744073709551614',
        '18446744073709551615',
        '5.18446744073709551616',
      ]),
    ).toEqual(['15.9E', '16E', '18446744073709551615', '5.18446744073709551616'])
  })

  it('may be nothing only where that is an amount', () => {
    expect(refused('Service.MemoryMax', ['0', '0%', '0.0001B'])).toHaveLength(3)
    expect(refused('Service.MemoryLow', ['0', '0%', '0B'])).toEqual([])
    expect(refused('Service.DefaultStartupMemoryLow', ['0'], 254)).toEqual(['0'])
  })

  it.each([
    ['512MB', '512M'],
    ['512 MiB', '512M'],
    ['2gb', '2G'],
    ['1.5g # half', '1.5G'],
  ])('means by %s %s', (value, meant) => {
    expect(said(`Service.MemoryHigh=${value}`)).toEqual([
      `0-${value.length} line: Unexpected \`${value}\`, expected a size such as \`512M\`, a percentage up to \`100%\` or \`infinity\` → ${meant}`,
    ])
  })
})

describe('size', () => {
  it('knows no keyword', () => {
    expect(refused('Socket.ReceiveBuffer', ['8M', '0', '4096', 'infinity', '50%'])).toEqual([
      'infinity',
      '50%',
    ])
  })

  it('was a plain number for message queues before 262', () => {
    expect(refused('Socket.MessageQueueMessageSize', ['8K', '-1', '0x10'], 257)).toEqual(['8K'])
    expect(refused('Socket.MessageQueueMessageSize', ['8K', '-1', '0x10', '8E'], 262)).toEqual([
      '-1',
      '0x10',
      '8E',
    ])
  })
})

describe('quota', () => {
  it('may be off', () => {
    expect(
      refused('Service.StateDirectoryQuota', ['off', '5G', '20%', '0', 'Off', 'infinity'], 262),
    ).toEqual(['Off', 'infinity'])
  })
})
