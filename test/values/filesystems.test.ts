import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('file systems', () => {
  it('may have any name, groups not', () => {
    expect(
      refused('Service.RestrictFileSystems', [
        'ext4',
        '~@network',
        '@basic-api nosuchfs',
        '"@known"',
      ]),
    ).toEqual([])
    expect(said('Service.RestrictFileSystems=~ext4 @bad @Network')).toEqual([
      '6-10 word: Unexpected group `@bad`, expected one such as `@basic-api`',
      '11-19 word: Unexpected group `@Network`, expected one such as `@basic-api` → @network',
    ])
    expect(refused('Service.RestrictFileSystems', ['"ext4'])).toEqual(['"ext4'])
  })
})

describe('extended attributes', () => {
  it('are of the user', () => {
    const values = [
      'user.foo=bar',
      'user.%i=%n',
      'us%Uer.x=y',
      'foo=bar',
      'user.foo',
      'user.foo=%z',
      '%z=x',
    ]
    expect(refused('Socket.XAttrListen', values, 262)).toEqual([
      'us%Uer.x=y',
      'foo=bar',
      'user.foo',
      'user.foo=%z',
      '%z=x',
    ])
  })
})
