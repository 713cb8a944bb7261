import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('a mode', () => {
  it('is in octal digits', () => {
    expect(refused('Service.UMask', ['0', '077', '0755', '7777', '00000755'])).toEqual([])
    expect(
      refused('Service.UMask', ['8', '10000', '0o755', '+755', '-0', 'u=rwx', '0755 # c', '0x1ff']),
    ).toHaveLength(8)
  })

  it('says what is meant', () => {
    expect(said('Socket.SocketMode=0o660')).toEqual([
      '0-5 line: Unexpected `0o660`, expected octal digits up to `7777` such as `0644` → 660',
    ])
  })
})
