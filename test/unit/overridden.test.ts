import {describe, expect, it} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {overridden} from '../../src/unit/overridden.ts'
import {service} from './unit.ts'

const told = (lines: string): readonly string[] =>
  [...overridden(service(`[Service]\nExecStart=/opt/a\n${lines}\n`))].map(
    ({assignment, by, why, variable, isIdle}) => {
      const word =
        variable &&
        ` ${variable.name} ${variable.word.start}-${variable.word.end}${variable.isAlone ? ' alone' : ''}`
      return `${assignment.key}=${assignment.value} ${why} by ${by.key}=${by.value}${word ?? ''}${isIdle ? ', idle' : ''}`
    },
  )

describe('what a later line of the same file makes void', () => {
  it.each<[string, readonly string[]]>([
    ['Nice=1\nNice=2', ['Nice=1 replaced by Nice=2, idle']],
    ['Nice=1', []],
    ['Nice=\nNice=2', []],
    ['ReadWritePaths=\nReadWritePaths=\nReadWritePaths=/a', []],
    ['CPUQuota=\nCPUQuota=20%', []],
    ['TasksMax=\nTasksMax=5', []],
    ['PrivateMounts=\nPrivateMounts=yes', []],
    [
      'ReadWritePaths=/a\nReadWritePaths=\nReadWritePaths=/b',
      ['ReadWritePaths=/a reset by ReadWritePaths='],
    ],
    ['ReadWritePaths=/a\nReadWritePaths=/b', []],
    [
      'CPUSchedulingPolicy=fifo\nCPUSchedulingPolicy=rr',
      ['CPUSchedulingPolicy=fifo replaced by CPUSchedulingPolicy=rr'],
    ],
    [
      'CPUSchedulingPolicy=rr\nCPUSchedulingPriority=1\nCPUSchedulingPriority=2',
      ['CPUSchedulingPriority=1 replaced by CPUSchedulingPriority=2'],
    ],
    [
      'Environment=A=b C=d\nEnvironment=A=e',
      ['Environment=A=b C=d variable by Environment=A=e A 0-3, idle'],
    ],
    [
      'Environment=C=d "A=b c"\nEnvironment=A=e',
      ['Environment=C=d "A=b c" variable by Environment=A=e A 4-11, idle'],
    ],
    [
      'Environment=A=b\nEnvironment=A=c',
      ['Environment=A=b variable by Environment=A=c A 0-3 alone, idle'],
    ],
    ['Environment=A=b\nEnvironment=', ['Environment=A=b reset by Environment=']],
    ['Environment=A=b\nEnvironment=B=c', []],
    // What systemd does not take for a variable replaces none, wherever it stands.
    [
      'Environment=1A=b 2B=c D=e 3F=g\nEnvironment=1A=h D=i 2B=j 3F=k',
      ['Environment=1A=b 2B=c D=e 3F=g variable by Environment=1A=h D=i 2B=j 3F=k D 10-13, idle'],
    ],
  ])('of %j: %j', (lines, expected) => expect(told(lines)).toEqual(expected))

  it('is not what a drop-in overrides, nor of a file that is not read to its end', () => {
    const file = (path: string, role: 'fragment' | 'drop-in', lines: string) => ({
      path,
      role,
      tree: parse(`[Service]\n${lines}\n`),
    })
    const files = [
      file('a.service', 'fragment', 'ExecStart=/opt/a\nNice=1\nEnvironment=A=b\nReadWritePaths=/a'),
      file('a.service.d/b.conf', 'drop-in', 'Nice=2\nEnvironment=A=c\nReadWritePaths='),
    ]
    const unit = load(files, {
      name: 'a.service',
      type: 'service',
      target: {name: '257', version: 257},
      manager: 'system',
    })
    expect([...overridden(unit)]).toEqual([])
    expect(told('Nice=1\nNice=2\n[Service')).toEqual([])
  })
})
