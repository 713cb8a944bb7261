import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {fileURLToPath} from 'node:url'
import {Ajv} from 'ajv'
import fc from 'fast-check'
import {micromark} from 'micromark'
import {gfm, gfmHtml} from 'micromark-extension-gfm'
import {describe, expect, it, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {report} from '../../src/reporters/index.ts'
import {applyEdits} from '../../src/syntax/edit.ts'
import {anyFile, anyText} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'
import type {Said} from './files.ts'
import {gitlabSchema, rdjsonSchema, statisticsSchema} from './schemas.ts'

const ajv = new Ajv({allErrors: true, allowUnionTypes: true})

function faultsOf(schema: object): (text: string) => unknown {
  const validate = ajv.compile(schema)
  return (text) => {
    validate(JSON.parse(text))
    return validate.errors ?? []
  }
}

/** Some restrictions that are missing, of rules that there are. */
const lacking: Said[] = [
  missing('PrivateTmp=yes', 'safe'),
  missing('NoNewPrivileges=yes', 'safe'),
  missing('ProtectHome=yes', 'unsafe'),
]

const wrong: Said = {
  text: 'Unexpected `ExecStart=/usr/bin/example`, expected another',
  at: execStart,
  severity: 2,
  ruleId: 'no-invalid-value',
}
const exposure = {target: '252', before: 92, after: 16}
const files = [
  linted('units/a.service', bareService, [...lacking, wrong], {exposure}),
  linted('b.service', bareService, []),
]

describe('gitlab', () => {
  const faults = faultsOf(gitlabSchema)

  it('has the restrictions of a unit as one finding, which names them without values', async () => {
    const text = await report('gitlab', files, context({rules}))
    expect(faults(text)).toEqual([])
    expect(JSON.parse(text)).toMatchObject([
      {
        description:
          'Expected 3 more restrictions: `NoNewPrivileges`, `PrivateTmp`, `ProtectHome` · 9.2 UNSAFE, 1.6 OK after --fix, 2 fixable with --fix, 1 more with --unsafe-fixes',
        check_name: 'hardening',
        severity: 'minor',
        location: {path: 'units/a.service', lines: {begin: 4}},
      },
      {check_name: 'no-invalid-value', severity: 'major', location: {lines: {begin: 5}}},
    ])
    expect(await report('gitlab', [], context())).toBe('[]')
  })

  it('knows findings again when lines move, and restrictions when some are mended', async () => {
    const before = JSON.parse(await report('gitlab', files, context({rules}))) as Array<{
      fingerprint: string
    }>
    const moved = `# A line\n${bareService}`
    const by = (said: Said): Said => ({...said, at: said.at && [said.at[0] + 9, said.at[1] + 9]})
    const after = JSON.parse(
      await report(
        'gitlab',
        [linted('units/a.service', moved, [...lacking.slice(1), wrong].map(by))],
        context({rules}),
      ),
    ) as typeof before
    expect(after.map(({fingerprint}) => fingerprint)).toEqual(
      before.map(({fingerprint}) => fingerprint),
    )
  })

  it('is valid, and each fingerprint is there once, whatever files say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyFile, {maxLength: 3, selector: ({path}) => path}),
        async (any) => {
          const text = await report('gitlab', any, context({rules}))
          expect(faults(text)).toEqual([])
          const prints = (JSON.parse(text) as Array<{fingerprint: string}>).map(
            ({fingerprint}) => fingerprint,
          )
          expect(new Set(prints).size).toBe(prints.length)
        },
      ),
    )
  })
})

describe('github', () => {
  it('has the restrictions of a unit as one command', async () => {
    const lines = (await report('github', files, context({rules}))).split('\n')
    expect(lines.map((line) => line.slice(0, 40))).toEqual(
      ['::warning file=units/a.service,line=4,col', '::error file=units/a.service,line=5,col='].map(
        (line) => line.slice(0, 40),
      ),
    )
    expect(lines[0]).toContain(
      'title=unitlint::Expected 3 more restrictions: `NoNewPrivileges`, `PrivateTmp`, `ProtectHome`',
    )
  })
})

describe('rdjson', () => {
  const faults = faultsOf(rdjsonSchema)

  it('counts columns in bytes, and has fixes as suggestions', async () => {
    const value = '[Service]\nExecStart=/bin/ä 日本 x\n'
    const at = [value.indexOf('日'), value.indexOf(' x')] as const
    const fix = {title: 'Mend', applicability: 'safe', edits: [{range: at, text: 'y'}]} as const
    const text = await report(
      'rdjson',
      [
        linted('a.service', value, [
          {text: 'Hm', at, ruleId: 'r', severity: 0, url: 'https://example.org/r', fix},
        ]),
      ],
      context(),
    )
    expect(faults(text)).toEqual([])
    const range = {start: {line: 2, column: 19}, end: {line: 2, column: 25}}
    expect(JSON.parse(text)).toEqual({
      source: {name: 'unitlint'},
      diagnostics: [
        {
          message: 'Hm',
          location: {path: 'a.service', range},
          severity: 'INFO',
          code: {value: 'r', url: 'https://example.org/r'},
          suggestions: [{range, text: 'y'}],
        },
      ],
    })
    expect(JSON.parse(await report('rdjson', [], context()))).toEqual({
      source: {name: 'unitlint'},
      diagnostics: [],
    })
  })

  it('is valid, and its suggestions do what our fixes do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (any) => {
        expect(faults(await report('rdjson', any, context({rules})))).toEqual([])
      }),
    )
    const piece = fc.constantFrom('a', 'ä', '日', '👩', '\n', '\r\n', ' ')
    const text = fc.array(piece, {minLength: 1, maxLength: 20}).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, fc.nat(20), fc.nat(5), fc.nat(5), async (value, from, length, gap) => {
        const points = [from, from + length, from + length + gap].map((point) =>
          Math.min(point, value.length),
        )
        const [a = 0, b = 0, c = 0] = points
        // An edit does not cut a character in two.
        if (points.some((point) => /^[\uDC00-\uDFFF]/.test(value.slice(point)))) return
        const edits = [
          {range: [a, b] as const, text: 'X'},
          {range: [c, c] as const, text: 'Y'},
        ]
        const file = linted('a.service', value, [
          {
            text: 'Hm',
            at: [0, 0],
            fix: {title: 'Mend', applicability: 'safe', edits: c > b ? edits : edits.slice(0, 1)},
          },
        ])
        const {diagnostics} = JSON.parse(await report('rdjson', [file], context())) as {
          diagnostics: Array<{suggestions: [{range: {start: Point; end: Point}; text: string}]}>
        }
        const [suggestion] = diagnostics[0]?.suggestions ?? []
        const bytes = Buffer.from(value)
        const offset = ({line, column}: Point): number => {
          let start = 0
          for (let count = 1; count < line; count++) start = bytes.indexOf('\n', start) + 1
          return start + column - 1
        }
        const mended =
          suggestion &&
          bytes.subarray(0, offset(suggestion.range.start)).toString() +
            suggestion.text +
            bytes.subarray(offset(suggestion.range.end)).toString()
        expect(mended).toBe(applyEdits(value, c > b ? edits : edits.slice(0, 1)))
      }),
    )
  })
})

interface Point {
  readonly line: number
  readonly column: number
}

const xmllint = spawnSync('xmllint', ['--version']).status === 0

/** What xmllint has against a document. */
function xmlFaults(document: string, schema: string): string {
  const {status, stderr} = spawnSync(
    'xmllint',
    ['--noout', '--schema', fileURLToPath(new URL(schema, import.meta.url)), '-'],
    {
      input: document,
      encoding: 'utf8',
    },
  )
  return status === 0 ? '' : stderr
}

describe.skipIf(!xmllint)(
  'XML, by xmllint (libxml2-utils; skipped where it is not installed)',
  () => {
    it.each(['junit', 'checkstyle'])('%s is valid, whatever files say', async (format) => {
      const schema = `${format}.xsd`
      expect(xmlFaults(await report(format, [], context()), schema)).toBe('')
      expect(xmlFaults(await report(format, files, context({rules})), schema)).toBe('')
      for (const seed of [1, 2, 3])
        expect(
          xmlFaults(
            await report(format, fc.sample(anyFile, {numRuns: 150, seed}), context({rules})),
            schema,
          ),
        ).toBe('')
      expect(
        xmlFaults(`<${format === 'junit' ? 'testsuites' : 'checkstyle'}><x/></x>`, schema),
      ).not.toBe('')
    })
  },
)

describe('XML', () => {
  it('counts what is in it', async () => {
    const all = [
      ...files,
      linted('gone.service', '', [{text: 'Cannot read it\u0000\uFFFE', fatal: true}]),
    ]
    const text = await report('junit', all, context({rules}))
    expect(text.match(/<testsuite .*>/g)).toEqual([
      '<testsuite name="units/a.service" tests="4" failures="4" errors="0" skipped="0" time="0">',
      '<testsuite name="b.service" tests="1" failures="0" errors="0" skipped="0" time="0">',
      '<testsuite name="gone.service" tests="1" failures="0" errors="1" skipped="0" time="0">',
    ])
    expect(text).toContain('message="Cannot read it\\x00\uFFFD"')
    expect((await report('checkstyle', all, context({rules}))).match(/<error /g)).toHaveLength(5)
  })
})

describe('markdown', () => {
  it('has exposures before and after, then the findings, the worst first', async () => {
    const run = {
      units: 2,
      targets: ['252 and later'],
      skipped: new Map([['template', 3]]),
      isPartial: false,
    }
    expect(await report('markdown', files, context({rules, run}))).toBe(
      `
## unitlint: 1 error, 3 warnings in 1 file

2 units for systemd 252 and later; 3 templates skipped; worst exposure 9.2 UNSAFE (<code>units/a.service</code>)

| Unit | Errors | Warnings | Exposure | After \`--fix\` |
| --- | ---: | ---: | --- | --- |
| <code>units/a.service</code> | 1 | 3 | 9.2 UNSAFE | 1.6 OK |

### <code>units/a.service</code>

- ❌ error 5:1: Unexpected <code>ExecStart=/usr/bin/example</code>, expected another (<code>no-invalid-value</code>)
- ⚠️ warning 4:1: Expected 3 more restrictions: <code>NoNewPrivileges</code>, <code>PrivateTmp</code>, <code>ProtectHome</code> · 9.2 UNSAFE, 1.6 OK after --fix, 2 fixable with --fix, 1 more with --unsafe-fixes (<code>hardening</code>)`.trimStart(),
    )
  })

  it('fits in a comment', async () => {
    const many = Array.from({length: 900}, (_, index) =>
      linted(`${index}.service`, bareService, [wrong, ...lacking], {exposure}),
    )
    const text = await report('markdown', many, context({rules}))
    expect(text.length).toBeLessThan(65_000)
    expect(text).toMatch(/And \d+ findings more; `unitlint` on these files tells all\.$/)
  })

  it('is text, whatever files say: no link, no picture, no markup but ours, no mention', async () => {
    const hostile = fc.oneof(
      anyText,
      fc.constantFrom(
        '![x](http://example.org)',
        '[x](javascript:alert(1))',
        '<img src=x onerror=alert(1)>',
        '@someone #1',
        'www.example.org',
        '`` ` `',
        '| a | b |',
        '&lt;b&gt;',
        '</code><b>',
        '<!--',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(hostile, hostile, hostile), {minLength: 1, maxLength: 3}),
        async (all) => {
          const any = all.map(([name, words, note]) =>
            linted(
              `${name}x.service`,
              bareService,
              [{text: words, at: execStart, note, ruleId: words, severity: 2}],
              {exposure},
            ),
          )
          const made = micromark(await report('markdown', any, context({rules})), {
            allowDangerousHtml: true,
            extensions: [gfm()],
            htmlExtensions: [gfmHtml()],
          })
          const tags = new Set(
            [...made.matchAll(/<\/?([a-z][\w-]*)[^>]*>/gi)].map(([, tag]) => tag),
          )
          expect(
            [...tags].filter(
              (tag) => !/^(?:h2|h3|p|ul|li|code|br|table|thead|tbody|tr|th|td)$/.test(tag ?? ''),
            ),
          ).toEqual([])
          // What GitHub links in rendered text is only in code, which it leaves alone.
          expect(made.replaceAll(/<code>.*?<\/code>/gs, '')).not.toMatch(/@\w|#\d|:\/\//)
        },
      ),
    )
  })
})

describe('html', () => {
  it('asks for nothing, and lets nothing run but its own script', async () => {
    const page = await report('html', files, context({rules}))
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
    const hash = (tag: string): string =>
      `'sha256-${createHash('sha256')
        .update(new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? '')
        .digest('base64')}'`
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/\b(?:src|style|action)=|url\(|@import|https?:/)
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  it('has what fixes take off the exposure, the most first', async () => {
    const fixed = (key: string, gain: number): Said => {
      const said = missing(`${key}=yes`, 'safe')
      return {...said, fix: {...said.fix!, gain}}
    }
    const page = await report(
      'html',
      [
        linted('a.service', bareService, [
          fixed('ProtectClock', 0.912),
          fixed('PrivateTmp', 1.5),
          fixed('RemoveIPC', 0),
          fixed('PrivateMounts', 0.004),
        ]),
      ],
      context({rules}),
    )
    expect(page).toContain(
      [
        '<h3>Plan</h3>',
        '<p>Before a fix stands what it takes off the exposure.</p>',
        '<h4>With <code>--fix</code></h4>',
        '<ul><li><span class="gain">0.15</span> Set <code>PrivateTmp=yes</code></li><li><span class="gain">0.09</span> Set <code>ProtectClock=yes</code></li><li>Set <code>PrivateMounts=yes</code></li><li>Set <code>RemoveIPC=yes</code></li></ul>',
      ].join('\n'),
    )
  })

  it('has each finding, what fixes would do, and why rules ask', async () => {
    const page = await report('html', files, context({rules}))
    expect(page.match(/<li class="finding"/g)).toHaveLength(2)
    expect(page).toContain(
      'Expected 3 more restrictions: <code>NoNewPrivileges</code>, <code>PrivateTmp</code>, <code>ProtectHome</code>',
    )
    expect(page).toContain(
      '<h4>With <code>--fix</code></h4>\n<ul><li>Set <code>NoNewPrivileges=yes</code></li><li>Set <code>PrivateTmp=yes</code></li></ul>',
    )
    expect(page).toContain('<pre><mark>ExecStart=/usr/bin/example</mark></pre>')
    expect(page).toContain('<dt id="r-private-tmp">private-tmp</dt>')
  })

  it('is text, whatever files say', async () => {
    const tags =
      /^(?:\/?(?:html|head|body|header|main|section|footer|h1|h2|h3|h4|p|ul|li|pre|mark|code|span|small|em|dl|dt|dd|div|table|thead|tbody|tr|th|td|a|svg|form|label|fieldset|legend|output|title|style|script)|meta|rect|input|!doctype)$/
    const hostile = fc.constantFrom(
      '</title><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' autofocus onfocus='alert(1)",
      '</style>',
      '</script>',
      '<!--',
      ']]>',
      '&#60;b&#62;',
      'javascript:alert(1)',
    )
    const hostileFile = fc
      .tuple(hostile, hostile)
      .map(([name, words]) =>
        linted(`${name}.service`, `[Service]\nX=${words}\n`, [
          {text: `a \`${words}`, at: [10, 11], ruleId: words, note: words},
        ]),
      )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyFile, hostileFile), {maxLength: 3}), async (any) => {
        const page = (await report('html', any, context({rules}))).replaceAll(
          /<(style|script)>[^]*?<\/\1>/g,
          '',
        )
        for (const [, tag = '', more = ''] of page.matchAll(/<([^\s>]*)([^>]*)>?/g)) {
          expect(tag.toLowerCase()).toMatch(tags)
          expect(more).not.toMatch(/\son\w+=|\ssrc=|javascript:/)
        }
        expect(page).not.toMatch(/[\0-\x08\x0B-\x1F\x7F]/)
      }),
    )
  })
})

describe('--statistics', () => {
  it('counts by rule and severity, the most frequent first', async () => {
    const more = linted('c.service', bareService, [
      missing('PrivateTmp=yes', 'safe'),
      {...missing('ProtectHome=yes', 'safe'), severity: 0},
      {text: 'Gone', fatal: true},
    ])
    expect(await report('statistics', [...files, more], context())).toBe(
      `
COUNT  FIXABLE  UNSAFELY  SEVERITY  RULE
    2        2         0  warning   private-tmp
    1        0         0  error     (no rule)
    1        0         0  error     no-invalid-value
    1        1         0  warning   no-new-privileges
    1        0         1  warning   protect-home
    1        1         0  info      protect-home

✖ 2 errors, 4 warnings in 2 files; 3 fixable with --fix, 1 more with --unsafe-fixes`.trimStart(),
    )
    const text = await report('statistics-json', [...files, more], context())
    expect(faultsOf(statisticsSchema)(text)).toEqual([])
    expect(JSON.parse(text)).toContainEqual({
      ruleId: 'private-tmp',
      severity: 1,
      count: 2,
      fixable: 2,
      unsafelyFixable: 0,
    })
  })
})

test.each(['gitlab', 'junit', 'checkstyle', 'rdjson', 'markdown', 'html'])(
  'nothing from a file reaches a terminal raw in %s',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (any) => {
        const text = await report(format, any, context({rules}))
        expect(text).not.toMatch(
          /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/,
        )
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text)
      }),
    )
  },
)
