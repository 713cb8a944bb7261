import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {Ajv} from 'ajv'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {corpusFolder} from '../corpus/corpus.ts'
import {gitlabSchema, rdjsonSchema} from './schemas.ts'

const corpus = corpusFolder()
const formats = [
  'json',
  'sarif',
  'gitlab',
  'rdjson',
  'junit',
  'checkstyle',
  'github',
  'compact',
  'markdown',
  'html',
] as const
const xmllint = spawnSync('xmllint', ['--version']).status === 0

/** Where one run over all files of the corpus leaves a report of each format. */
let folder = ''
let status = -1
const read = (format: (typeof formats)[number]): string =>
  readFileSync(path.join(folder, format), 'utf8')
const parsed = (format: (typeof formats)[number]): unknown => JSON.parse(read(format))

describe.skipIf(corpus === undefined)(
  'reports of the whole corpus (needs UNITLINT_CORPUS)',
  {timeout: 600_000},
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'unitlint-reports-'))
      const files = formats.flatMap((format) => ['-f', `${format}:${path.join(folder, format)}`])
      ;({status} = await cli(
        ['--no-config', '--no-gitignore', '--preset', 'strict', ...files, '.'],
        {cwd: corpus ?? ''},
      ))
    }, 600_000)
    afterAll(() => {
      rmSync(folder, {recursive: true, force: true})
    })

    it('are there: a unit, and a finding, stands in each', () => {
      // Some of its files cannot be read as text.
      expect(status).toBe(2)
      expect((parsed('json') as unknown[]).length).toBeGreaterThan(3000)
      for (const format of formats) expect(read(format)).toContain('no-invalid-value')
    })

    it('are as the schema of SARIF has them', () => {
      // One of its patterns is no regular expression by the stricter grammar of the `u` flag.
      const ajv = new AjvDraft04.default({strict: false, unicodeRegExp: false})
      addFormats.default(ajv)
      const validate = ajv.compile(
        JSON.parse(
          readFileSync(new URL('sarif-schema-2.1.0.json', import.meta.url), 'utf8'),
        ) as object,
      )
      validate(parsed('sarif'))
      expect(validate.errors ?? []).toEqual([])
    })

    it.each([
      ['gitlab', gitlabSchema],
      ['rdjson', rdjsonSchema],
    ] as const)('are as the schema of %s has them', (format, schema) => {
      const validate = new Ajv({allowUnionTypes: true}).compile(schema)
      validate(parsed(format))
      expect(validate.errors ?? []).toEqual([])
    })

    it('have each fingerprint once', () => {
      const prints = (parsed('gitlab') as Array<{fingerprint: string}>).map(
        ({fingerprint}) => fingerprint,
      )
      expect(new Set(prints).size).toBe(prints.length)
    })

    it('are commands, line by line, for GitHub', () => {
      const lines = read('github').trimEnd().split('\n')
      expect(
        lines.filter((line) => !/^::(?:error|warning|notice) file=[^:]*::./.test(line)),
      ).toEqual([])
    })

    it.skipIf(!xmllint).each(['junit', 'checkstyle'] as const)(
      'are as the schema of %s has them (needs xmllint)',
      (format) => {
        const schema = fileURLToPath(new URL(`${format}.xsd`, import.meta.url))
        const {status, stderr} = spawnSync(
          'xmllint',
          ['--noout', '--huge', '--schema', schema, path.join(folder, format)],
          {encoding: 'utf8'},
        )
        expect(status, stderr.slice(-300)).toBe(0)
      },
    )
  },
)

it.skipIf(corpus !== undefined)('needs the corpus, see UNITLINT_CORPUS', (context) =>
  context.skip(),
)
