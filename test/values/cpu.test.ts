import {describe, expect, it} from 'vitest'
import {valueFacts} from '../../src/facts/value-facts.ts'
import {contextWith} from '../../src/values/context.ts'
import {cpuSet} from '../../src/values/cpu.ts'
import {meaningOf} from '../../src/values/fault.ts'
import {refused, said} from './said.ts'

describe('sets of processors', () => {
  it('are numbers and ranges', () => {
    expect(
      refused('Service.AllowedCPUs', ['0', '0-3,8', '1 2 3', '"0" 1', '8191', ',0,', '0x1-0x3']),
    ).toEqual([])
    const bad = ['8192', '3-0', '0-', '-1', 'a', '0-8192', '0..3', '0:3', '"0', 'all']
    expect(refused('Service.AllowedCPUs', bad)).toEqual(bad)
    expect(refused('Service.CPUAffinity', ['numa', '0-3', 'all'])).toEqual(['all'])
    expect(refused('Service.NUMAMask', ['all', '0', 'numa'])).toEqual(['numa'])
  })

  it('lose the word, the line or the unit, by version', () => {
    expect(said('Service.CPUAffinity=0 a 9999', 262).map((text) => text.slice(0, 9))).toEqual([
      '2-3 word:',
      '4-8 word:',
    ])
    expect(said('Service.CPUAffinity=0 a 9999', 257).map((text) => text.slice(0, 9))).toEqual([
      '2-3 line:',
    ])
    expect(said('Service.CPUAffinity=0 a 9999', 247).map((text) => text.slice(0, 9))).toEqual([
      '2-3 unit:',
    ])
    expect(said('Service.AllowedCPUs=3-0 a', 247).map((text) => text.slice(0, 9))).toEqual([
      '0-3 word:',
      '4-5 line:',
    ])
  })

  it('overlook one number up to 257', () => {
    expect(refused('Service.AllowedCPUs', ['4294967295'], 257)).toEqual([])
    expect(refused('Service.AllowedCPUs', ['4294967295'], 262)).toEqual(['4294967295'])
  })

  it('have specifiers replaced since 250', () => {
    expect(refused('Service.AllowedCPUs', ['%U'], 247)).toEqual(['%U'])
    expect(refused('Service.AllowedCPUs', ['%U', '%z'], 252)).toEqual(['%z'])
    expect(refused('Service.NUMAMask', ['%U'], 257)).toEqual(['%U'])
    expect(refused('Service.NUMAMask', ['%U'], 262)).toEqual([])
  })

  it('say where a word is, whatever specifiers stand for', () => {
    const places = (value: string): string[] =>
      said(`Service.AllowedCPUs=${value}`, 262).flatMap((text) => /^\S+/.exec(text) ?? [])
    expect(places('0 %i,1')).toEqual(['2-4'])
    expect(places('%U%U,x%U,1%%,%U-a')).toEqual(['5-8', '9-12', '13-17'])
    expect(places('3-0%J 1')).toEqual(['0-5'])
    expect(said('Service.AllowedCPUs=%U 3-0 1', 257)).toEqual([
      '3-6 word: Unexpected `3-0`, expected the lower number first',
    ])
  })

  it('are what they leave', () => {
    const range = (first: number, last = first) => ({first: BigInt(first), last: BigInt(last)})
    const numbers = (value: string, key = 'CPUAffinity', version = 257) => {
      const facts = valueFacts('Service', key, version)
      const unit = {name: 'a.service', type: 'service', manager: 'system'} as const
      const target = {name: String(version), version}
      return facts && meaningOf(cpuSet, value, contextWith(facts, {...unit, target}, 'Service'))
    }
    expect(numbers('0')).toEqual([range(0)])
    expect(numbers('3-0,1')).toEqual([range(1)])
    expect(numbers('5-7 1')).toEqual([range(5, 7), range(1)])
    expect(numbers('3-0')).toBe('none')
    expect(numbers('4294967295 3-0')).toBe('none')
    expect(numbers('4294967295')).toBe('nothing')
    expect(numbers(',')).toBe('nothing')
    expect(numbers('%i')).toBe('nothing')
    expect(numbers('numa')).toBe('keyword')
    expect(numbers('0 a')).toBeUndefined()
    expect(numbers('0 a', 'CPUAffinity', 262)).toEqual([range(0)])
    expect(numbers('a', 'CPUAffinity', 262)).toBe('none')
    expect(numbers('0 "1', 'CPUAffinity', 262)).toBeUndefined()
  })
})
