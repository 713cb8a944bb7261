import {readFileSync} from 'node:fs'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import * as z from 'zod'
import {report} from '../../src/reporters/index.ts'
import type {Rule} from '../../src/rule/rule.ts'
import {applyEdits} from '../../src/syntax/edit.ts'
import {anyFile} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'

/**
 * The JSON schema of SARIF 2.1.0, an OASIS standard: the text 2.1.0-rtm.5 as SchemaStore and
 * `@microsoft/jest-sarif` 1.0.0-beta.0 (MIT) publish it, unchanged. OASIS lets implementations
 * include it (oasis-tcs/sarif-spec issue 583).
 */
const schema: object = JSON.parse(
  readFileSync(new URL('sarif-schema-2.1.0.json', import.meta.url), 'utf8'),
)

// One of its patterns is no regular expression by the stricter grammar of the `u` flag.
const ajv = new AjvDraft04.default({strict: false, allErrors: true, unicodeRegExp: false})
addFormats.default(ajv)
const validate = ajv.compile(schema)

function faults(log: unknown): unknown {
  validate(log)
  return validate.errors ?? []
}

const rules: Rule[] = ['private-tmp', 'exec-start'].map((id) => ({
  id,
  summary: `Summary of ${id}`,
  why: `Why ${id}.`,
  unless: `Unless ${id}.`,
  directives: [],
  options: z.unknown(),
  messages: {},
  examples: {bad: [], good: []},
  check: () => [],
}))

const files = [
  linted('units/a b.service', bareService, [
    {...missing('PrivateTmp=yes', 'safe'), url: 'https://example.org/private-tmp'},
    {
      text: 'Unexpected `[x](https://example.org)`',
      at: execStart,
      severity: 2,
      ruleId: 'unused-disable',
      note: 'Hm.',
    },
  ]),
  linted('/etc/dev-by\\x2duuid.swap', bareService, [{text: 'Hm', severity: 2}]),
  linted('gone.service', '', [{text: 'Cannot read it', fatal: true}]),
  linted('-', bareService, [
    {text: 'Rule `exec-start` failed: boom', fatal: true, ruleId: 'exec-start'},
  ]),
]

test('the whole log', async () => {
  const log = JSON.parse(
    await report(
      'sarif',
      files,
      context({
        rules,
        ruleUrl: (id) => (id === 'exec-start' ? 'https://example.org/exec-start' : 'no address'),
      }),
    ),
  )
  expect(faults(log)).toEqual([])
  const here = {uri: 'units/a%20b.service', uriBaseId: '%SRCROOT%'}
  const unused = {text: 'Comments that turn rules off are right, and of use'}
  const manual = 'https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html'
  const page = (id: string): string => `Why ${id}.\n\nWhen not to use it: Unless ${id}.`
  const properties = {tags: ['systemd', 'correctness']}
  const known = {primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/)}
  expect(log).toStrictEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'unitlint',
            version: '1.2.3',
            rules: [
              {
                id: 'private-tmp',
                shortDescription: {text: 'Summary of private-tmp'},
                fullDescription: {text: 'Why private-tmp.'},
                help: {
                  text: page('private-tmp'),
                  markdown: `${page('private-tmp')}\n\n[Manual](${manual})`,
                },
                defaultConfiguration: {level: 'warning'},
                properties,
                helpUri: manual,
              },
              {
                id: 'exec-start',
                shortDescription: {text: 'Summary of exec-start'},
                fullDescription: {text: 'Why exec-start.'},
                help: {
                  text: page('exec-start'),
                  markdown: `${page('exec-start')}\n\n[Manual](${manual})`,
                },
                defaultConfiguration: {level: 'warning'},
                properties,
                helpUri: 'https://example.org/exec-start',
              },
              {
                id: 'unused-disable',
                shortDescription: unused,
                fullDescription: unused,
                help: {...unused, markdown: `${unused.text}\n\n[Manual](${manual})`},
                helpUri: manual,
                defaultConfiguration: {level: 'warning'},
                properties,
              },
            ],
          },
        },
        invocations: [
          {
            executionSuccessful: false,
            workingDirectory: {uri: 'file:///repository/'},
            toolExecutionNotifications: [
              {
                level: 'error',
                message: {text: 'Cannot read it'},
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: {uri: 'gone.service', uriBaseId: '%SRCROOT%'},
                    },
                  },
                ],
              },
              {
                level: 'error',
                message: {text: 'Rule `exec-start` failed: boom'},
                locations: [{physicalLocation: {artifactLocation: {uri: '%3Cstdin%3E'}}}],
                associatedRule: {id: 'exec-start', index: 1},
              },
            ],
          },
        ],
        originalUriBaseIds: {'%SRCROOT%': {uri: 'file:///repository/'}},
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'private-tmp',
            ruleIndex: 0,
            level: 'warning',
            message: {text: 'Expected `PrivateTmp=yes`'},
            partialFingerprints: known,
            locations: [
              {
                physicalLocation: {
                  artifactLocation: here,
                  region: {
                    startLine: 4,
                    startColumn: 1,
                    endLine: 4,
                    endColumn: 10,
                    charOffset: 28,
                    charLength: 9,
                  },
                },
              },
            ],
            fixes: [
              {
                description: {text: 'Set `PrivateTmp=yes`'},
                artifactChanges: [
                  {
                    artifactLocation: here,
                    replacements: [
                      {
                        deletedRegion: {charOffset: 65, charLength: 0},
                        insertedContent: {text: '\nPrivateTmp=yes\n'},
                      },
                    ],
                  },
                ],
                properties: {applicability: 'safe'},
              },
            ],
          },
          {
            ruleId: 'unused-disable',
            ruleIndex: 2,
            level: 'error',
            message: {text: 'Unexpected `[x\\](https://example.org)`'},
            partialFingerprints: known,
            locations: [
              {
                physicalLocation: {
                  artifactLocation: here,
                  region: {
                    startLine: 5,
                    startColumn: 1,
                    endLine: 5,
                    endColumn: 27,
                    charOffset: 38,
                    charLength: 26,
                  },
                },
              },
            ],
            properties: {note: 'Hm.'},
          },
          {
            level: 'error',
            message: {text: 'Hm'},
            locations: [
              {
                physicalLocation: {
                  artifactLocation: {uri: 'file:///etc/dev-by%5Cx2duuid.swap'},
                  region: {startLine: 1},
                },
              },
            ],
            partialFingerprints: known,
          },
        ],
      },
    ],
  })
})

test.each([
  [
    'C:\\repository',
    'units\\a.service',
    'file:///C:/repository/',
    {uri: 'units/a.service', uriBaseId: '%SRCROOT%'},
  ],
  ['C:\\', 'D:\\ä b.service', 'file:///C:/', {uri: 'file:///D:/%C3%A4%20b.service'}],
  [
    '\\\\server\\share',
    '\\\\server\\other\\a.service',
    'file://server/share/',
    {uri: 'file://server/other/a.service'},
  ],
  ['/', 'a:b\uDC80.service', 'file:///', {uri: 'a%3Ab%80.service', uriBaseId: '%SRCROOT%'}],
])('in %s, %s', async (cwd, path, base, artifactLocation) => {
  const log = JSON.parse(await report('sarif', [linted(path, '', [{text: 'Hm'}])], context({cwd})))
  expect(faults(log)).toEqual([])
  expect(log).toMatchObject({
    runs: [
      {
        originalUriBaseIds: {'%SRCROOT%': {uri: base}},
        results: [{locations: [{physicalLocation: {artifactLocation}}]}],
      },
    ],
  })
})

test('a run without results', async () => {
  const log = JSON.parse(await report('sarif', [], context()))
  expect(faults(log)).toEqual([])
  expect(log).toMatchObject({runs: [{results: [], invocations: [{executionSuccessful: true}]}]})
})

test('the schema finds faults', () => {
  expect(
    faults({
      version: '2.1.0',
      runs: [{tool: {driver: {name: 'x'}}, results: [{message: {text: 'x'}, level: 'bad'}]}],
    }),
  ).not.toEqual([])
})

test('is valid and says it all, whatever the files say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (any) => {
      const log = JSON.parse(await report('sarif', any, context({rules})))
      expect(faults(log)).toEqual([])
      const [{tool, results, invocations}] = log.runs
      const messages = any.flatMap((file) => file.messages)
      expect(results).toHaveLength(messages.filter(({fatal}) => !fatal).length)
      expect(invocations[0].toolExecutionNotifications).toHaveLength(
        messages.filter(({fatal}) => fatal).length,
      )
      for (const {ruleId, ruleIndex} of results)
        if (ruleId !== undefined) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
    }),
  )
})

test('its fixes do what ours do', async () => {
  const edit = fc.record({
    at: fc.nat(bareService.length),
    length: fc.nat(5),
    text: fc.string({unit: 'binary'}),
  })
  await fc.assert(
    fc.asyncProperty(edit, async ({at, length, text}) => {
      const ours = {range: [at, Math.min(at + length, bareService.length)] as const, text}
      const file = linted('a.service', bareService, [
        {text: 'Hm', at: [0, 1], fix: {title: 'Mend', applicability: 'safe', edits: [ours]}},
      ])
      const log = JSON.parse(await report('sarif', [file], context()))
      const [{deletedRegion, insertedContent}] =
        log.runs[0].results[0].fixes[0].artifactChanges[0].replacements
      const mended =
        bareService.slice(0, deletedRegion.charOffset) +
        insertedContent.text +
        bareService.slice(deletedRegion.charOffset + deletedRegion.charLength)
      expect(mended).toBe(applyEdits(bareService, [ours]))
    }),
  )
})
