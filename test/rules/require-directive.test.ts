import {describe, expect, it} from 'vitest'
import {RuleTester} from '../../src/engine/tester.ts'
import {requireDirective} from '../../src/rule/index.ts'

const tester = new RuleTester({describe, it})
const why = 'Without it others starve.'

tester.run(requireDirective('MemoryMax', {id: 'memory-max', why, value: '512M'}), {
  valid: [
    '[Service]\nExecStart=/x\nMemoryMax=1G\n',
    '[Service]\nExecStart=/x\nMemoryMax=infinity\n',
    {
      name: 'a drop-in that sets it',
      unit: '[Service]\nExecStart=/x\n',
      dropIns: ['[Service]\nMemoryMax=1G\n'],
    },
    {name: 'a drop-in alone', unit: '[Service]\nUser=a\n', fileName: 'example.service.d/a.conf'},
    {name: 'other types', unit: '[Socket]\nListenStream=/run/x\n', fileName: 'example.socket'},
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\n',
      problems: ['1:1-1:10: Expected `MemoryMax=`'],
      fixed: '[Service]\nExecStart=/x\n',
      fixedUnsafely: '[Service]\nExecStart=/x\n\nMemoryMax=512M\n',
    },
    {
      name: 'a value that systemd does not take, and a value of the user',
      unit: '[Service]\nExecStart=/x\nMemoryMax=much\n',
      options: {value: '20%'},
      problems: ['1:1-1:10: Expected `MemoryMax=`'],
      fixedUnsafely: '[Service]\nExecStart=/x\nMemoryMax=20%\n',
    },
  ],
})

tester.run(
  requireDirective('Documentation', {id: 'documentation', why, value: 'https://example.com'}),
  {
    valid: [
      '[Unit]\nDocumentation=man:x(1)\n',
      {unit: '[Unit]\nDocumentation=man:x(1)\n[Timer]\nOnBootSec=1\n', fileName: 'a.timer'},
    ],
    invalid: [
      {
        unit: '[Unit]\nDescription=X\nDocumentation=man:x(1)\nDocumentation=\n[Timer]\nOnBootSec=1\n',
        fileName: 'a.timer',
        problems: ['1:1-1:7: Expected `Documentation=`'],
        fixedUnsafely:
          '[Unit]\nDescription=X\nDocumentation=man:x(1)\nDocumentation=https://example.com\n[Timer]\nOnBootSec=1\n',
      },
    ],
  },
)

tester.run(
  requireDirective('TasksMax', {id: 'tasks', why, value: '10', types: ['socket', 'slice']}),
  {
    valid: ['[Service]\nExecStart=/x\n', {unit: '[Slice]\nTasksMax=5\n', fileName: 'a.slice'}],
    invalid: [
      {
        unit: '[Slice]\nMemoryMax=1G\n',
        fileName: 'a.slice',
        problems: ['1:1-1:8: Expected `TasksMax=`'],
        fixedUnsafely: '[Slice]\nMemoryMax=1G\n\nTasksMax=10\n',
      },
    ],
  },
)

tester.run(requireDirective('MemoryPressureWatch', {id: 'pressure', why, value: 'on'}), {
  valid: [
    {name: 'a systemd that does not know it', unit: '[Service]\nExecStart=/x\n', target: '252'},
  ],
  invalid: [
    {
      unit: '[Service]\nExecStart=/x\n',
      target: '257',
      problems: ['1:1-1:10: Expected `MemoryPressureWatch=`'],
      fixedUnsafely: '[Service]\nExecStart=/x\n\nMemoryPressureWatch=on\n',
    },
  ],
})

tester.run(requireDirective('PrivateTmp', {id: 'tmp', why, value: 'disconnected'}), {
  valid: [],
  invalid: [
    {
      name: 'a value that the target does not know, for no fix',
      unit: '[Service]\nExecStart=/x\n',
      target: '252',
      problems: ['1:1-1:10: Expected `PrivateTmp=`'],
    },
  ],
})

it('has examples of its own, and refuses what is no directive', () => {
  const {examples} = requireDirective('Accept', {id: 'accept', why, value: 'no'})
  expect(examples).toEqual({
    bad: [{name: 'example.socket', unit: '[Socket]\n'}],
    good: [{name: 'example.socket', unit: '[Socket]\nAccept=no\n'}],
  })
  expect(() => requireDirective('MemoryMx', {id: 'memory-max', why, value: '1G'})).toThrow(
    'Unexpected directive `MemoryMx`, did you mean `MemoryMax`?',
  )
})

it('refuses values that no systemd takes, of the rule and of a config', () => {
  const expected = 'Unexpected `much`, expected a size such as `512M`'
  expect(() => requireDirective('MemoryMax', {id: 'a', why, value: 'much'})).toThrow(expected)
  expect(() => requireDirective('Documentation', {id: 'a', why, value: ''})).toThrow(
    'Expected a value of `Documentation=`',
  )
  const {options} = requireDirective('MemoryMax', {id: 'a', why, value: '1G'})
  expect(options.safeParse({value: 'much'}).error?.issues[0]?.message).toContain(expected)
  expect(options.safeParse({value: '20%'}).success).toBe(true)
})

it('says what comes first, to who writes JavaScript', () => {
  const given = {directive: 'MemoryMax', id: 'a', why, value: '1G'}
  expect(() => Reflect.apply(requireDirective, undefined, [given])).toThrow(
    'Unexpected object, expected the name of a directive first',
  )
})
