import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {decode, encode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {pointAt, valueSpan} from '../../src/syntax/place.ts'
import {plain} from '../../src/syntax/plain.ts'
import {linesOf, stringify} from '../../src/syntax/stringify.ts'
import type {Directive, Header, Point, Position, UnitTree} from '../../src/syntax/tree.ts'
import {times} from '../times.ts'

const runs = times(2000)

function directives(tree: UnitTree): Directive[] {
  return [...linesOf(tree)].filter((line) => line.type === 'directive')
}

/** A tree in short: one word or assignment a line, junk by its fault. */
function outline(text: string): string[] {
  return [...linesOf(parse(text))].map((line) => {
    if (line.type === 'directive') return `${line.line}:${line.key}=${line.value}`
    if (line.type === 'header') return `${line.line}:[${line.name}]`
    if (line.type === 'junk') return `${line.line}:!${line.fault}`
    return line.type === 'comment' ? `#${line.value}` : ''
  })
}

/** Text as units have it, and everything that makes trouble. */
const unitText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[Service]',
        '[Unit',
        '[]',
        '[X-a]',
        '#',
        ';',
        '=',
        '\\',
        '\\\\',
        ' ',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '\0',
        '\uFEFF',
        '\f',
        '\u00A0',
        'Key',
        'PrivateTmp=yes',
        '\uDC80',
        '\uD800',
        '🙂',
      ),
      fc.string({maxLength: 5}),
    ),
    {maxLength: 40},
  )
  .map((parts) => parts.join(''))

describe('lossless', () => {
  test('stringify(parse(text)) is the text', () => {
    fc.assert(
      fc.property(unitText, (text) => {
        expect(stringify(parse(text))).toBe(text)
      }),
      {numRuns: runs},
    )
  })

  test('bytes survive decode, parse, stringify, encode', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 200}), (bytes) => {
        expect(encode(stringify(parse(decode(bytes))))).toEqual(new Uint8Array(bytes))
      }),
      {numRuns: runs},
    )
  })

  test.each([
    ['an overlong two', [0xc0, 0x80]],
    ['the last overlong two', [0xc1, 0xbf]],
    ['the first two', [0xc2, 0x80], '\u0080'],
    ['the last two', [0xdf, 0xbf], '\u07ff'],
    ['one of two', [0xc2]],
    ['an overlong three', [0xe0, 0x9f, 0xbf]],
    ['the last before surrogates', [0xed, 0x9f, 0xbf], '\ud7ff'],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['the first behind surrogates', [0xee, 0x80, 0x80], '\ue000'],
    ['the first three', [0xe0, 0xa0, 0x80], '\u0800'],
    ['an overlong four', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['the first four', [0xf0, 0x90, 0x80, 0x80], '\u{10000}'],
    ['the last four', [0xf4, 0x8f, 0xbf, 0xbf], '\u{10ffff}'],
    ['beyond the last', [0xf4, 0x90, 0x80, 0x80]],
    ['a lead that is none', [0xf5, 0x80, 0x80, 0x80]],
    ['a trail without a lead', [0x80]],
    ['two of three', [0xe1, 0x80]],
    ['three of four', [0xf1, 0x80, 0x80]],
    ['two of three and a letter', [0xe1, 0x80, 0x61]],
    ['three of four and a letter', [0xf1, 0x80, 0x80, 0x61]],
  ])('bytes of %s', (_what, bytes, text?: string) => {
    // A stray byte makes the whole text one that is read piece by piece.
    const all = Uint8Array.from([0xff, ...bytes, 0x7a])
    const stray = bytes
      .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte)))
      .join('')
    expect(decode(all)).toBe(`\udcff${text ?? stray}z`)
    expect(encode(decode(all))).toEqual(all)
  })

  test('UTF-8 cut anywhere and mixed with stray bytes survives', () => {
    const bytes = fc.array(
      fc.oneof(
        fc
          .string({unit: 'grapheme', maxLength: 3})
          .map((text) => [...new TextEncoder().encode(text)]),
        fc.array(fc.integer({min: 0x80, max: 0xff}), {maxLength: 3}),
      ),
    )
    fc.assert(
      fc.property(bytes, (parts) => {
        const all = Uint8Array.from(parts.flat())
        expect(encode(decode(all))).toEqual(all)
      }),
      {numRuns: runs},
    )
  })
})

type Triple = readonly [line: number, column: number, offset: number]

function pointOf([line, column, offset]: Triple): Point {
  return {line, column, offset}
}

test('plain objects say the same as the tree, of any text', () => {
  const told = (tree: UnitTree): unknown =>
    [...linesOf(tree)].map((line) => {
      const {type, raw, position} = line
      if (type === 'junk') return [type, raw, position, line.fault, line.line]
      if (type === 'header') return [type, raw, position, line.name, line.nameSpan, line.line]
      if (type === 'comment') return [type, raw, position, line.value]
      if (type !== 'directive') return [type, raw, position]
      const comments = line.comments.map((comment) => [
        comment.type,
        comment.value,
        comment.raw,
        comment.position,
      ])
      return [
        type,
        raw,
        position,
        line.key,
        line.value,
        line.keySpan,
        line.valueSpan,
        line.pieces,
        comments,
        line.line,
        line.unfinished,
      ]
    })
  fc.assert(
    fc.property(unitText, (text) => {
      const tree = parse(text)
      const copied = plain(tree)
      expect(told(copied)).toEqual(told(tree))
      expect([copied.text, copied.lineEnd, copied.lineStarts, copied.position]).toEqual([
        tree.text,
        tree.lineEnd,
        tree.lineStarts,
        tree.position,
      ])
      expect(copied.children.map(({type, position}) => [type, position])).toEqual(
        tree.children.map(({type, position}) => [type, position]),
      )
    }),
    {
      numRuns: runs,
      examples: [['\n[S]\n\n#c\nx\nA=b'], ['[S]\nA=b\\\n#c\n'], ['\ufeff[S]\r\nA=\n']],
    },
  )
})

test.each([
  ['', '\n'],
  ['x', '\n'],
  ['x\0y\n', '\n'],
  ['x\r\ny\n', '\r\n'],
  ['x\ry\n', '\r'],
])('new lines in %j end in %j', (text, lineEnd) => {
  expect(parse(text).lineEnd).toBe(lineEnd)
})

test('plain objects have all that a tree says, and can be copied', () => {
  const copied = plain(parse('[S]\nA= b\\\n#c\n\td\nx'))
  expect(structuredClone(copied)).toStrictEqual(copied)
  const at = (start: Triple, end: Triple): Position => ({start: pointOf(start), end: pointOf(end)})
  const header: Header = {
    type: 'header',
    name: 'S',
    nameSpan: {start: 1, end: 2},
    line: 1,
    raw: '[S]\n',
    position: at([1, 1, 0], [1, 4, 3]),
  }
  const directive: Directive = {
    type: 'directive',
    key: 'A',
    value: 'b \td',
    keySpan: {start: 4, end: 5},
    valueSpan: {start: 7, end: 15},
    pieces: [
      {at: 0, offset: 7, length: 2},
      {at: 2, offset: 13, length: 2},
    ],
    comments: [{type: 'comment', value: 'c', raw: '#c\n', position: at([3, 1, 10], [3, 3, 12])}],
    line: 4,
    raw: 'A= b\\\n#c\n\td\n',
    position: at([2, 1, 4], [4, 3, 15]),
  }
  expect(copied).toStrictEqual({
    type: 'unit',
    children: [
      {
        type: 'section',
        name: 'S',
        header,
        children: [
          directive,
          {
            type: 'junk',
            fault: 'no-equals',
            line: 5,
            raw: 'x',
            position: at([5, 1, 16], [5, 2, 17]),
          },
        ],
        position: at([1, 1, 0], [5, 2, 17]),
      },
    ],
    lineStarts: [0, 4, 10, 13, 16],
    lineEnd: '\n',
    text: '[S]\nA= b\\\n#c\n\td\nx',
    position: at([1, 1, 0], [5, 2, 17]),
  })
})

describe('positions', () => {
  test('the spans of key and value hold the key and the value', () => {
    fc.assert(
      fc.property(unitText, (text) => {
        for (const directive of directives(parse(text))) {
          if (directive.pieces) continue
          expect(text.slice(directive.keySpan.start, directive.keySpan.end)).toBe(directive.key)
          expect(text.slice(directive.valueSpan.start, directive.valueSpan.end)).toBe(
            directive.value,
          )
        }
      }),
      {numRuns: runs},
    )
  })

  test('each character of a value stands where valueSpan says', () => {
    fc.assert(
      fc.property(unitText, (text) => {
        for (const directive of directives(parse(text))) {
          for (let at = 0; at < directive.value.length; at++) {
            const {start, end} = valueSpan(directive, at, at + 1)
            const written = text.slice(start, end)
            // The backslash of a continuation stands for a space.
            expect(written === '\\' ? [' ', '\\'] : [written]).toContain(directive.value[at])
          }
        }
      }),
      {numRuns: runs},
    )
  })

  test('nodes follow each other without a gap, and positions agree with offsets', () => {
    fc.assert(
      fc.property(unitText, (text) => {
        const tree = parse(text)
        let at = 0
        for (const line of linesOf(tree)) {
          expect(line.position.start.offset).toBe(at)
          expect(pointAt(tree.lineStarts, at)).toEqual(line.position.start)
          at += line.raw.length
        }
        expect(at).toBe(text.length)
      }),
      {numRuns: runs},
    )
  })
})

describe('systemd.syntax(7)', () => {
  const cases: Array<[name: string, text: string, lines: string[]]> = [
    ['plain', '[Service]\nUser=a\n', ['1:[Service]', '2:User=a']],
    ['no final newline', '[Service]\nUser=a', ['1:[Service]', '2:User=a']],
    ['CRLF', '[Service]\r\nUser=a\r\n', ['1:[Service]', '2:User=a']],
    ['CR only', '[Service]\rUser=a\r', ['1:[Service]', '2:User=a']],
    ['NUL splits a line', '[Service]\nUser=a\0Group=b\n', ['1:[Service]', '2:User=a', '3:Group=b']],
    ['newline then NUL is one line end', '[Service]\n\0User=a', ['1:[Service]', '2:User=a']],
    ['nothing joins a NUL', '[Service]\0\nUser=a', ['1:[Service]', '', '3:User=a']],
    ['spaces around =', '[Service]\n  User \t=  a b \n', ['1:[Service]', '2:User=a b']],
    ['empty value', '[Service]\nUser=\n', ['1:[Service]', '2:User=']],
    ['second = is value', '[Service]\nKey==x\n', ['1:[Service]', '2:Key==x']],
    ['continuation', '[Service]\nExecStart=a \\\n  b\n', ['1:[Service]', '3:ExecStart=a    b']],
    [
      'escaped backslash does not continue',
      '[Service]\nA=b\\\\\nC=d\n',
      ['1:[Service]', '2:A=b\\\\', '3:C=d'],
    ],
    [
      'backslash space does not continue',
      '[Service]\nA=b\\ \nC=d\n',
      ['1:[Service]', '2:A=b\\', '3:C=d'],
    ],
    [
      'comment in a continuation',
      '[Service]\nA=b \\\n# no \\\n; no\nc\n',
      ['1:[Service]', '5:A=b  c'],
    ],
    [
      'empty line ends a continuation',
      '[Service]\nA=b \\\n\nC=d\n',
      ['1:[Service]', '3:A=b', '4:C=d'],
    ],
    [
      'header in a continuation',
      '[Service]\nA=b \\\n[Install]\n',
      ['1:[Service]', '3:A=b  [Install]'],
    ],
    ['continued by the end of the file', '[Service]\nA=b \\', ['1:[Service]', '3:A=b']],
    ['comment markers', '#a\n ; b\n', ['#a', '# b']],
    ['no comment behind a value', '[Service]\nA=b # c\n', ['1:[Service]', '2:A=b # c']],
    [
      'outside a section',
      'A=b\nC\n[Service]\n',
      ['1:!outside-section', '2:!outside-section', '3:[Service]'],
    ],
    [
      'no section yet',
      'A\n=b\nA=b\n',
      ['1:!outside-section', '2:!outside-section', '3:!outside-section'],
    ],
    ['no =', '[Service]\nA\n=b\n', ['1:[Service]', '2:!no-equals', '3:!no-key']],
    [
      'open header',
      '[Service\n[Service] # x\n[\n',
      ['1:!open-header', '2:!open-header', '3:!open-header'],
    ],
    ['byte order mark', '\uFEFF[Service]\nA=b\n', ['1:[Service]', '2:A=b']],
    [
      'byte order mark later',
      '# x\n[Service]\n\uFEFFA=b\n\uFEFFC=d\n',
      ['# x', '1:[Service]'.replace('1', '2'), '3:A=b', '4:\uFEFFC=d'],
    ],
    ['byte order mark hides a comment', '\uFEFF# x\n', ['1:!outside-section']],
    ['form feed is text', '[Service]\n\fA=b\n', ['1:[Service]', '2:\fA=b']],
    [
      'noncharacters',
      '[Service]\nA=\uFFFE\nB=\u{1FFFF}\nC=\uFDD0\nD=\uFFFD\n',
      ['1:[Service]', '2:!not-utf8', '3:!not-utf8', '4:!not-utf8', '5:D=\uFFFD'],
    ],
    [
      'broken UTF-8 in a line that goes on',
      `[Service]\nA=b\\\n\uDC80\n`,
      ['1:[Service]', '3:!not-utf8'],
    ],
    ['broken UTF-8', `[Service]\nA=\uDCFF\n# \uDCFF\n`, ['1:[Service]', '2:!not-utf8', '# \uDCFF']],
  ]
  test.each(cases)('%s', (_name, text, lines) => {
    expect(outline(text)).toEqual(lines)
  })

  test('line length limits count bytes', () => {
    const line = (length: number): string => `[Service]\nA=${'x'.repeat(length - 2)}\n`
    expect(outline(line(1_048_575))[1]).toMatch(/^2:A=x/)
    expect(outline(line(1_048_576))[1]).toBe('2:!line-too-long')
    expect(outline(`#${'x'.repeat(1_048_575)}\n`)).toEqual(['1:!line-too-long'])
    expect(outline(`[Service]\nA=${'é'.repeat(524_287)}\n`)[1]).toBe('2:!line-too-long')
    const half = 'x'.repeat(600_000)
    expect(outline(`[Service]\nA=${half}\\\n${half}\n`)[1]).toBe('3:!line-too-long')
  })
})

test('no text makes it slow: what is quadratic would take hours here', () => {
  for (const piece of [
    'A=b\n',
    'A=b \\\n',
    '# x\n',
    '[S]\n',
    '\\',
    '\\\n',
    ' ',
    '=',
    '\r\n',
    '\0',
  ]) {
    const text = `[Service]\n${piece.repeat(200_000)}`
    expect(stringify(parse(text))).toBe(text)
  }
})
