import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('programs', () => {
  it('have a type and a path', () => {
    expect(
      refused('Service.BPFProgram', ['ingress:/a', ':egress:/sys/fs/bpf/x', 'sock_create:/a:b']),
    ).toEqual([])
    expect(
      refused('Service.BPFProgram', [
        'Ingress:/a',
        'bad:/a',
        'ingress',
        'ingress:',
        'ingress:a',
        'ingress:/a/..',
        'ingress:/%z',
      ]),
    ).toHaveLength(7)
  })
})

describe('what is delegated', () => {
  it('has names, of which unknown ones are told of without a line', () => {
    expect(said('Service.BPFDelegateCommands=BPFMapCreate,BPFProgLoad', 262)).toEqual([])
    expect(said('Service.BPFDelegateMaps=any', 262)).toEqual([])
    expect(said('Service.BPFDelegateMaps=BPFMapTypeHash, BPFMapTypeArray,x', 262)).toEqual([
      '15-31 word without a line: Unexpected ` BPFMapTypeArray`, expected a name such as `BPFMapTypeArena` → BPFMapTypeArray',
      '32-33 word without a line: Unexpected `x`, expected a name such as `BPFMapTypeArena`',
    ])
  })
})
