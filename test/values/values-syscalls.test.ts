import {describe, expect, test} from 'vitest'
import {
  callGroupNames,
  groupMembers,
  isCallOrGroup,
  nativeCalls,
} from '../../src/values/call-groups.ts'
import {
  applySystemCallFilter,
  callAllowedOf,
  isCallAllowed,
  callsNamed,
  type SystemCallFilter,
} from '../../src/values/syscalls.ts'

function after(version: number, ...values: string[]): SystemCallFilter | undefined {
  let filter: SystemCallFilter | undefined
  for (const value of values) {
    const parsed = applySystemCallFilter(filter, value, version)
    if (parsed) filter = parsed.value
  }
  return filter
}

const allowed = (version: number, ...values: string[]): string[] => {
  const filter = after(version, ...values)
  return ['read', 'brk', 'swapon', 'swapoff', 'mount'].filter((call) => isCallAllowed(filter, call))
}

describe('system call filters', () => {
  test.each([
    [['read'], ['read', 'brk']],
    [
      ['@basic-io', 'swapon'],
      ['read', 'brk', 'swapon'],
    ],
    [
      ['@swap', '~swapon'],
      ['brk', 'swapoff'],
    ],
    [['~@swap'], ['read', 'brk', 'mount']],
    [
      ['~@swap', 'swapon'],
      ['read', 'brk', 'swapon', 'mount'],
    ],
    [
      ['@swap @basic-io', '~swapon:EPERM'],
      ['read', 'brk', 'swapoff'],
    ],
    [['read:EPERM'], ['brk']],
    [['~read:EPERM'], ['brk', 'swapon', 'swapoff', 'mount']],
    [['~read:ETYPO'], ['read', 'brk', 'swapon', 'swapoff', 'mount']],
    [['typo @typo'], ['brk']],
    [['"read"'], ['brk']],
    [[String.raw`\read`], ['read', 'brk']],
    [
      ['read', ''],
      ['read', 'brk', 'swapon', 'swapoff', 'mount'],
    ],
    [['~'], ['read', 'brk', 'swapon', 'swapoff', 'mount']],
    [
      ['~', 'swapon'],
      ['read', 'brk', 'swapon', 'swapoff', 'mount'],
    ],
    [['~swapon:EPERM swapon:1 @swap:kill'], ['read', 'brk', 'mount']],
  ])('%j allows %j', (values, expected) => expect(allowed(252, ...values)).toEqual(expected))

  test('the last word about a call counts, also when a word comes twice', () => {
    const filter = after(252, '@swap', '~swapon:EPERM swapon:EACCES swapon:EPERM')
    expect(filter?.calls.get('swapon')).toBe('EPERM')
  })

  test('an entry may carry an error, which a call that is allowed may not', () => {
    const calls = (value: string): readonly string[] => callsNamed(value, 252)
    expect(calls('~read read:EPERM read: :EPERM read:ETYPO read:1:2 read:eperm read:KILL')).toEqual(
      ['read', 'read', 'read'],
    )
    expect([calls('read:EPERM'), callsNamed('read:EPERM', 247)]).toEqual([[], ['read']])
  })
})

describe('groups', () => {
  test.each([247, 252, 255, 258, 262])(
    'in %i every group has members, and native ones are among them',
    (version) => {
      for (const group of callGroupNames(version)) {
        const members = groupMembers(group, version) ?? []
        expect(members.length).toBeGreaterThan(0)
        expect(members.filter((name) => name.startsWith('@'))).toEqual([])
        expect(nativeCalls(group, version).filter((call) => !members.includes(call))).toEqual([])
      }
    },
  )

  test('nested groups stand where they are named', () => {
    expect(groupMembers('@privileged', 252)?.slice(0, 8)).toEqual([
      'chown',
      'chown32',
      'fchown',
      'fchown32',
      'fchownat',
      'lchown',
      'lchown32',
      'adjtimex',
    ])
    expect(nativeCalls('@privileged', 252).slice(0, 4)).toEqual([
      'chown',
      'fchown',
      'fchownat',
      'lchown',
    ])
  })

  test.each([
    ['@sandbox', 252, false],
    ['@sandbox', 254, true],
    ['@typo', 262, false],
    ['read', 247, true],
    ['execv', 262, false],
    ['futex_waitv', 249, false],
    ['futex_waitv', 253, true],
    ['constructor', 262, false],
  ])('%s in %i: %j', (name, version, known) => expect(isCallOrGroup(name, version)).toBe(known))

  test('254.26 and 257 let @default hold @sandbox, 255 does not', () => {
    expect(
      [253, 254, 255, 256, 257].map((version) =>
        groupMembers('@default', version)?.includes('seccomp'),
      ),
    ).toEqual([false, true, false, false, true])
  })

  test('unknown groups have no members', () => {
    expect(groupMembers('@typo', 252)).toBeUndefined()
    expect(nativeCalls('@typo', 252)).toEqual([])
  })

  test('the first call that passes', () => {
    expect(callAllowedOf(after(252, '@system-service'), '@privileged', 252)).toBe('chown')
    expect(callAllowedOf(after(252, '~@clock', 'settimeofday'), '@clock', 252)).toBe('settimeofday')
    expect(callAllowedOf(after(252, '~@clock'), '@clock', 252)).toBeUndefined()
  })
})
