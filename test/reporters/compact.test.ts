import fc from 'fast-check'
import {expect, test} from 'vitest'
import {report} from '../../src/reporters/index.ts'
import {anyFile} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'

test('a line a message', async () => {
  const files = [
    linted('units/a.service', bareService, [
      missing('PrivateTmp=yes', 'safe'),
      {text: 'Unexpected `ExecStart=`', at: execStart, severity: 2, ruleId: 'exec-start'},
    ]),
    linted('units/clean.service', bareService, []),
    linted('gone.service', '', [{text: 'Cannot read it', fatal: true}]),
    linted('-', bareService, [{text: 'Unexpected `\u001B[2J`', at: [0, 6]}]),
  ]
  expect(await report('compact', files, context())).toBe(
    [
      'units/a.service:4:1: warning: Expected `PrivateTmp=yes` [private-tmp]',
      'units/a.service:5:1: error: Unexpected `ExecStart=` [exec-start]',
      'gone.service:1:1: error: Cannot read it',
      '<stdin>:1:1: warning: Unexpected `\\x1b[2J`',
    ].join('\n'),
  )
  expect(await report('compact', files, context({quiet: true}))).toBe(
    'units/a.service:5:1: error: Unexpected `ExecStart=` [exec-start]\ngone.service:1:1: error: Cannot read it',
  )
  expect(await report('compact', [], context())).toBe('')
})

test('as many lines as messages, whatever they say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (files) => {
      const text = await report('compact', files, context())
      const messages = files.flatMap((file) => file.messages)
      expect(text === '' ? [] : text.split(/[\p{Cc}\u2028\u2029]/u)).toHaveLength(messages.length)
    }),
  )
})
