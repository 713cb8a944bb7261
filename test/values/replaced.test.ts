import {expect, it} from 'vitest'
import {replacement} from '../../src/values/replaced.ts'

it('finds what replaces obsolete directives', () => {
  expect(replacement('Service', 'MemoryLimit', 257)).toEqual({key: 'MemoryMax', keepsValue: true})
  expect(replacement('Service', 'CPUShares', 262)).toEqual({key: 'CPUWeight', keepsValue: false})
  expect(replacement('Unit', 'BindTo', 252)).toEqual({key: 'BindsTo', keepsValue: true})
  expect(replacement('Service', 'StartLimitInterval', 252)).toEqual({
    section: 'Unit',
    key: 'StartLimitIntervalSec',
    keepsValue: true,
  })
  expect(replacement('Service', 'ExecStart', 252)).toBeUndefined()
})
