import {describe, expect, it} from 'vitest'
import {meantSection, replacement, sectionsOf, whyUnknown} from '../../../src/model/validate/unknown.ts'

describe('an unknown directive', () => {
  it.each([
    ['Service', 'StartLimitIntervalSec', {why: 'elsewhere', sections: ['Unit']}],
    ['Unit', 'ExecStart', {why: 'elsewhere', sections: ['Service']}],
    ['Service', 'RestartSteps', {why: 'newer', since: 254}],
    ['Service', 'OnCalendar', {why: 'other-units', sections: ['Timer']}],
    ['Service', 'FsckPassNo', {why: 'gone', since: 209}],
    ['Service', 'privatetmp', {why: 'misspelt', meant: 'PrivateTmp'}],
    ['Service', 'ProtectSytem', {why: 'misspelt', meant: 'ProtectSystem'}],
    ['Service', 'Foo', {why: 'unheard-of'}],
    ['Service', '__proto__', {why: 'unheard-of'}],
    ['Service', 'a'.repeat(100_000), {why: 'unheard-of'}],
  ])('of [%s] %s', (section, key, expected) => {
    expect(whyUnknown(section, key, 'service', 247)).toEqual(expected)
  })
})

it('finds sections', () => {
  expect(['service', ' Unit', 'instal', 'Timer', 'Foo'].map((name) => meantSection(name, 'service'))).toEqual([
    'Service',
    'Unit',
    'Install',
    undefined,
    undefined,
  ])
  expect(sectionsOf('OnCalendar', 252)).toEqual(['Timer'])
  expect(sectionsOf('RestartSteps', 252)).toEqual([])
})

it('finds what replaces obsolete directives', () => {
  expect(replacement('Service', 'MemoryLimit', 257)).toEqual({key: 'MemoryMax', keepsValue: true})
  expect(replacement('Service', 'CPUShares', 262)).toEqual({key: 'CPUWeight', keepsValue: false})
  expect(replacement('Unit', 'BindTo', 252)).toEqual({key: 'BindsTo', keepsValue: true})
  expect(replacement('Service', 'StartLimitInterval', 252)).toEqual({section: 'Unit', key: 'StartLimitIntervalSec', keepsValue: true})
  expect(replacement('Service', 'ExecStart', 252)).toBeUndefined()
})
