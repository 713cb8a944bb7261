import fc from 'fast-check'
import {expect, test} from 'vitest'
import {report} from '../../src/reporters/index.ts'
import {anyFile} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'

const files = [
  linted(
    'units/a.service',
    bareService,
    [
      {
        text: 'Unexpected `ExecStart=`',
        at: execStart,
        severity: 2,
        ruleId: 'exec-start',
        note: 'It is late.',
        url: 'https://example.org/exec-start',
        fix: {title: 'Go', applicability: 'suggestion', edits: []},
      },
      missing('ProtectHome=yes', 'unsafe'),
      missing('PrivateTmp=yes', 'safe'),
    ],
    {exposure: {target: '252', before: 92, after: 16}, applied: ['umask']},
  ),
  linted('clean.service', bareService, []),
  linted('gone.service', '', [{text: 'Cannot read it', fatal: true}]),
]

test('the promised shape', async () => {
  expect(JSON.parse(await report('json', files, context()))).toStrictEqual([
    {
      filePath: 'units/a.service',
      messages: [
        {
          ruleId: 'private-tmp',
          severity: 1,
          message: 'Expected `PrivateTmp=yes`',
          line: 4,
          column: 1,
          endLine: 4,
          endColumn: 10,
          fix: {
            title: 'Set `PrivateTmp=yes`',
            applicability: 'safe',
            edits: [{range: [65, 65], text: '\nPrivateTmp=yes\n'}],
          },
        },
        {
          ruleId: 'protect-home',
          severity: 1,
          message: 'Expected `ProtectHome=yes`',
          line: 4,
          column: 1,
          endLine: 4,
          endColumn: 10,
          fix: {
            title: 'Set `ProtectHome=yes`',
            applicability: 'unsafe',
            edits: [{range: [65, 65], text: '\nProtectHome=yes\n'}],
          },
        },
        {
          ruleId: 'exec-start',
          severity: 2,
          message: 'Unexpected `ExecStart=`',
          line: 5,
          column: 1,
          endLine: 5,
          endColumn: 27,
          url: 'https://example.org/exec-start',
          note: 'It is late.',
          fix: {title: 'Go', applicability: 'suggestion', edits: []},
        },
      ],
      errorCount: 1,
      warningCount: 2,
      fixableErrorCount: 0,
      fixableWarningCount: 1,
      exposure: {target: '252', before: 9.2, after: 1.6},
    },
    {
      filePath: 'clean.service',
      messages: [],
      errorCount: 0,
      warningCount: 0,
      fixableErrorCount: 0,
      fixableWarningCount: 0,
    },
    {
      filePath: 'gone.service',
      messages: [
        {
          ruleId: null,
          severity: 2,
          message: 'Cannot read it',
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 1,
        },
      ],
      errorCount: 1,
      warningCount: 0,
      fixableErrorCount: 0,
      fixableWarningCount: 0,
    },
  ])
})

test('errors only when quiet', async () => {
  const quiet = JSON.parse(await report('json', files, context({quiet: true})))
  expect(quiet).toMatchObject([
    {messages: [{ruleId: 'exec-start'}], warningCount: 0, fixableWarningCount: 0},
    {messages: []},
    {errorCount: 1},
  ])
})

test('an array for no files', async () => {
  expect(await report('json', [], context())).toBe('[]')
})

test('a message of another plugin of unified', async () => {
  const file = linted('a.service', bareService, [])
  const message = file.message('Hm', {place: {line: 2, column: 3}})
  expect(message.severity).toBeUndefined()
  expect(JSON.parse(await report('json', [file], context()))).toMatchObject([
    {messages: [{severity: 1, line: 2, column: 3, endLine: 2, endColumn: 3}]},
  ])
})

test('says what the messages say, in Unicode', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (any) => {
      const text = await report('json', any, context())
      expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text)
      const parsed: Array<{
        messages: Array<{message: string; severity: number; fix?: object}>
        errorCount: number
        warningCount: number
      }> = JSON.parse(text)
      for (const [index, {messages, errorCount, warningCount}] of parsed.entries()) {
        const said = any[index]?.messages ?? []
        expect(messages.map(({message}) => message).toSorted()).toEqual(
          said.map(({reason}) => reason).toSorted(),
        )
        expect([errorCount, warningCount]).toEqual(
          [2, 1].map((wanted) => messages.filter(({severity}) => severity === wanted).length),
        )
        expect(messages.filter(({fix}) => fix !== undefined)).toHaveLength(
          said.filter(({fix}) => fix !== undefined).length,
        )
      }
      expect(parsed).toHaveLength(any.length)
    }),
  )
})
