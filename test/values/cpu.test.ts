import {describe, expect, it} from 'vitest'
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
})
