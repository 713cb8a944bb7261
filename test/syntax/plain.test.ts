import {expect, test} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {plain} from '../../src/syntax/plain.ts'

const text = '# c\nodd\n\n[Unit]\n; d\nAfter=a \\\n# e\n b\njunk\n\n[Service]\nNice=1\\'

test('a tree as plain objects says the same, and is of its own', () => {
  const tree = parse(text)
  const copy = plain(tree)
  expect(structuredClone(copy)).toEqual(copy)
  const told = ({children}: typeof copy): string[] =>
    children
      .flatMap((child) => (child.type === 'section' ? [child.header, ...child.children] : [child]))
      .map(({type, raw}) => `${type} ${raw}`)
  expect(told(copy)).toEqual(told(tree))
  expect(told(copy).map((line) => line.split(' ', 1)[0])).toEqual(
    'comment junk blank header comment directive junk blank header directive'.split(' '),
  )
  const [, , , unit, service] = copy.children
  expect(unit).toMatchObject({
    ...{
      type: 'section',
      name: 'Unit',
      header: {type: 'header', name: 'Unit', line: 4, nameSpan: {start: 10, end: 14}},
    },
    children: [
      {type: 'comment', value: ' d'},
      {
        type: 'directive',
        key: 'After',
        comments: [{type: 'comment', value: ' e'}],
        pieces: expect.any(Array),
        line: expect.any(Number),
      },
      {type: 'junk', fault: expect.any(String), line: 9},
      {type: 'blank', raw: '\n'},
    ],
  })
  expect(service).toMatchObject({children: [{type: 'directive', key: 'Nice', unfinished: true}]})
  expect([copy.text, copy.lineEnd, copy.position, copy.lineStarts]).toEqual([
    tree.text,
    tree.lineEnd,
    tree.position,
    tree.lineStarts,
  ])
  expect(copy.lineStarts).not.toBe(tree.lineStarts)
})

test('what a line has none of is not there', () => {
  const [section] = plain(parse('[Service]\nNice=1\n')).children
  const line = section?.type === 'section' ? section.children[0] : undefined
  expect(Object.keys(line ?? {})).toEqual([
    'type',
    'key',
    'value',
    'keySpan',
    'valueSpan',
    'comments',
    'line',
    'raw',
    'position',
  ])
})
