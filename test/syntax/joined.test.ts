import {describe, expect, test} from 'vitest'
import {addPiece, joinedLine, piecesOf} from '../../src/syntax/joined.ts'
import type {JoinedLine} from '../../src/syntax/joined.ts'

/** A logical line of lines of a file, which stand there one behind the other. */
function joined(lines: readonly string[], bytes = 0): JoinedLine {
  const made = {...joinedLine(0), bytes}
  const text = lines.join('\n')
  let at = 0
  for (const line of lines) {
    addPiece(made, text, at, at, at + line.length)
    at += line.length + 1
  }
  return made
}

describe('a line that goes on', () => {
  test('is its lines, with a space for each backslash that continues', () => {
    expect(joined(['a=\\', ' b\\\\\\', '', 'c'])).toMatchObject({
      text: 'a=  b\\\\ c',
      pieces: [
        {at: 0, offset: 0, length: 3},
        {at: 3, offset: 4, length: 5},
        {at: 8, offset: 10, length: 0},
        {at: 8, offset: 11, length: 1},
      ],
      bytes: 9,
      isContinued: false,
      isTooLong: false,
    })
    expect(joined(['a\\']).isContinued).toBe(true)
    expect(joined(['a\\\\']).isContinued).toBe(false)
  })

  test('is nothing at first', () => {
    expect(joinedLine(7)).toEqual({
      start: 7,
      text: '',
      pieces: [],
      comments: [],
      bytes: 0,
      isTooLong: false,
      isContinued: false,
      isUnfinished: false,
    })
  })

  test('may have so many bytes, however few of them are in one line', () => {
    const most = 1024 * 1024
    expect(
      [
        joined(['a'], most - 1),
        joined(['a'], most),
        joined(['é'], most - 2),
        joined(['é'], most - 1),
      ].map(({isTooLong}) => isTooLong),
    ).toEqual([false, true, false, true])
  })

  test('is too long where one of its lines is', () => {
    const most = 1024 * 1024
    expect(
      [joined(['a'.repeat(most - 1)]), joined(['a'.repeat(most)])].map(({isTooLong}) => isTooLong),
    ).toEqual([false, true])
  })

  test('has its parts in several lines', () => {
    const {pieces} = joined(['ab\\', 'cd', 'ef'])
    expect(piecesOf(pieces, 0, 7)).toEqual(pieces)
    expect(piecesOf(pieces, 1, 4)).toEqual([
      {at: 0, offset: 1, length: 2},
      {at: 2, offset: 4, length: 1},
    ])
    expect(piecesOf(pieces, 3, 5)).toEqual([{at: 0, offset: 4, length: 2}])
    expect(piecesOf(pieces, 3, 3)).toEqual([])
    expect(piecesOf(pieces, 9, 12)).toEqual([])
  })
})
