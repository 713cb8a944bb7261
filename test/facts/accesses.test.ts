import {describe, expect, it} from 'vitest'
import {access, accessIds, callGroupIds, capabilities, isAccess} from '../../src/facts/accesses.ts'
import {newestVersion} from '../../src/facts/targets.ts'
import {capabilityNames} from '../../src/facts/data/capabilities.ts'
import {callGroupNames} from '../../src/values/call-groups.ts'

describe('accesses', () => {
  it('complete a sentence about a service', () => {
    const titles = accessIds.map((id) => access(id).title)
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles.filter((title) => !/^[a-z]+s \S/.test(title) || /[.!]$/.test(title))).toEqual([])
    expect(access('netlink')).toEqual({id: 'netlink', title: 'opens netlink sockets'})
    expect(access('CAP_SYS_TIME')).toEqual({id: 'CAP_SYS_TIME', title: 'uses `CAP_SYS_TIME`'})
    expect(access('@clock')).toEqual({id: '@clock', title: 'makes system calls of `@clock`'})
  })

  it('have all capabilities and groups of system calls', () => {
    expect([...capabilities].toSorted()).toEqual(capabilityNames.split(' ').toSorted())
    const groups = callGroupNames(newestVersion).filter(
      (group) => !['@default', '@known', '@system-service'].includes(group),
    )
    expect([...callGroupIds].toSorted()).toEqual(groups.toSorted())
  })

  it('are told from other texts', () => {
    expect(accessIds.every(isAccess)).toBe(true)
    expect(
      ['', 'clocks', 'toString', '__proto__', 'constructor', 'CAP_FOO', '@'].some(isAccess),
    ).toBe(false)
  })
})
