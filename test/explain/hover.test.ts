import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {hover} from '../../src/explain/hover.ts'
import {markdown} from '../../src/explain/markdown.ts'
import {parse} from '../../src/syntax/parse.ts'

const text =
  '# one\n[Service]\nExecStart=/bin/a\nPrivateTmp = \\\n# two\nconnected\nEnvironment=A=1 \\\n  B=2\n\n[Timer]\nUnit=b.service\nNo=thing\n'
const at = (word: string, behind = 0) => hover(parse(text), text.indexOf(word) + behind)

describe('what is shown at a place', () => {
  test('is what is known of the directive, in its section', () => {
    const found = at('PrivateTmp', 3)
    expect(found?.span).toEqual({start: text.indexOf('PrivateTmp'), end: text.indexOf(' = \\')})
    expect(found?.markdown).toMatch(
      /^### PrivateTmp=\n\nGives the unit a `\/tmp` and `\/var\/tmp` of its own.*\n\n- \*\*Sections\*\* \\\[Service\\\]\n- /,
    )
    expect(at('Unit=')?.markdown).toContain('called like the timer')
  })

  test('is what is known of a value that spans lines, at both its ends', () => {
    const shown = at('A=1')
    expect(shown?.span).toEqual({start: text.indexOf('A=1'), end: text.indexOf('\n\n[Timer]')})
    expect(shown?.markdown).toMatch(/^### Environment=A=1 B=2\n/)
    expect(at('B=2', 'B=2'.length)).toEqual(shown)
    expect(at('connected')?.markdown).toContain('**Accepted** by 257 and later')
  })

  test.each([
    ['a comment', '# one'],
    ['a header', '[Service]'],
    ['nothing', '= \\\\'],
    ['a directive that nobody knows', 'No='],
  ])('is nothing for %s', (_, word) => expect(at(word)).toBeUndefined())

  test('is never thrown at', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 80}), fc.nat(100), (value, offset) => {
        const {markdown: shown = ''} = hover(parse(`[Service]\nUser=${value}\n`), offset) ?? {}
        expect(shown).not.toMatch(/[^\P{Cc}\n]/u)
      }),
    )
  })
})

test('text stays text in Markdown, and code stays code', () => {
  const rows = [['*a*', '[b](c) `d_e` <f>']] as const
  expect(
    markdown([
      {kind: 'text', text: '# g\nh'},
      {kind: 'table', title: 'i', rows},
      {kind: 'code', title: 'j', lines: ['[k]', 'l=m']},
    ]),
  ).toBe('\\# g h\n\ni:\n\n- **\\*a\\*** \\[b\\](c) `d_e` \\<f\\>\n\nj:\n\n    [k]\n    l=m')
})
