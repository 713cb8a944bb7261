import {describe, expect, it, test} from 'vitest'
import {newestIn, withoutRelease} from '../../src/dev/release/data.ts'
import {readLibrary} from '../../src/dev/release/library.ts'
import {
  edited,
  rowsBefore,
  directiveRows,
  withFacts,
  withRows,
  type DirectiveRow,
} from '../../src/dev/release/table.ts'
import {currentData} from './data.ts'

const data = currentData()
const table = data['src/facts/data/directives.ts']

const row: DirectiveRow = {
  sections: ['Service'],
  key: 'Foo',
  parser: 'config_parse_new',
  type: 'size',
  base: 1024,
  repeat: 'replace',
  emptyAssignment: 'accepted',
  emptyByVersion: {'247': 'warns', '260': 'silent'},
  page: 'systemd.service',
  since: 250,
  parserHistory: [
    [250, 'config_parse_old'],
    [260, 'config_parse_new'],
  ],
}
const old: DirectiveRow = {
  sections: ['Unit'],
  key: 'Bar',
  parser: 'config_parse_old',
  type: 'integer',
  repeat: 'replace',
  min: 1,
}

describe('the data', () => {
  test('are what the command would write', () => {
    expect(withoutRelease(data, newestIn(data) + 1)).toEqual(data)
  })

  test('lose something of each kind with all of their versions', () => {
    const rest = withoutRelease(data, 253)
    expect(newestIn(rest)).toBe(252)
    for (const [file, text] of Object.entries(rest))
      expect(text).not.toBe(data[file as keyof typeof data])
    expect(rest['src/facts/data/syscall-groups.ts']).not.toMatch(/:25[3-9]|:26/)
    expect(
      directiveRows(rest['src/facts/data/directives.ts']).filter(
        ({since = 0, removedSince = 0, unknownSince = 0}) =>
          Math.max(since, removedSince, unknownSince) > 252,
      ),
    ).toEqual([])
  })
})

describe('rows before a version', () => {
  it('have the parser, the values and the empty value of then', () => {
    expect(rowsBefore([row, old], 260)).toEqual([
      {
        ...old,
        sections: ['Service'],
        key: 'Foo',
        emptyAssignment: 'rejected with a warning',
        emptyByVersion: {'247': 'warns'},
        page: 'systemd.service',
        since: 250,
        parserHistory: [[250, 'config_parse_old']],
      },
      old,
    ])
  })

  it('are the same where nothing is newer', () => {
    const rows = [row, old]
    expect(rowsBefore(rows, 261)[0]).toBe(row)
    expect(rowsBefore(rows, 250)).toEqual([old])
  })

  it('work again, and know the words of then', () => {
    const removed = edited(row, {
      parser: 'config_parse_warn_compat',
      lastWorkingParser: 'config_parse_new',
      removedSince: 262,
      parserHistory: [...(row.parserHistory ?? []), [262, 'config_parse_warn_compat']],
    })
    expect(rowsBefore([removed], 262)).toEqual([row])
    const words = [
      {value: 'a', until: 261},
      {value: 'b', since: 255, until: 256},
      {value: 'c', since: 262},
      {value: 'd', obsoleteSince: 262},
    ]
    expect(rowsBefore([{...old, values: words}], 262)).toEqual([
      {...old, values: [{value: 'a'}, {value: 'b', since: 255, until: 256}, {value: 'd'}]},
    ])
  })
})

describe('a table of rows', () => {
  it('joins sections that agree, and sorts', () => {
    const rows = [row, {...row, sections: ['Unit']}, {...row, sections: ['Mount'], since: 251}, old]
    const text = withRows('const directives = `[\n]`', rows)
    expect(directiveRows(text)).toEqual([
      old,
      {...row, sections: ['Mount'], since: 251},
      {...row, sections: ['Unit', 'Service']},
    ])
  })

  it('does not end early', () => {
    expect(() => withRows(table, [{...old, page: '`'}])).toThrow('template literal')
    expect(() => directiveRows('nothing')).toThrow('Expected a table')
  })
})

test('other facts take the place of all there were', () => {
  expect(withFacts(row, {type: 'integer', repeat: 'append', min: 1})).toEqual({
    ...{
      sections: ['Service'],
      key: 'Foo',
      parser: 'config_parse_new',
      type: 'integer',
      repeat: 'append',
      min: 1,
      emptyAssignment: 'accepted',
    },
    ...{
      emptyByVersion: row.emptyByVersion,
      page: 'systemd.service',
      since: 250,
      parserHistory: row.parserHistory,
    },
  })
})

test('other files are no libraries', () => {
  expect(() => readLibrary(Buffer.from('#!/bin/sh\n'))).toThrow('ELF')
  expect(() => readLibrary(Buffer.alloc(100))).toThrow('ELF')
})
