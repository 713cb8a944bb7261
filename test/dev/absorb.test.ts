import {expect, test} from 'vitest'
import type {Reception, AskedLine, AskedSystemd} from '../../src/dev/release/ask.ts'
import {absorbDirectives} from '../../src/dev/release/directives.ts'
import type {Remark} from '../../src/dev/release/remark.ts'
import type {Item} from '../../src/dev/release/library.ts'
import type {DirectiveRow} from '../../src/dev/release/table.ts'

const flag: DirectiveRow = {
  ...{
    sections: ['Service'],
    key: 'Flag',
    parser: 'config_parse_bool',
    type: 'boolean',
    repeat: 'replace',
  },
  ...{emptyAssignment: 'rejected with a warning', page: 'systemd.service', since: 250},
}
const mood: DirectiveRow = {
  ...{
    sections: ['Service'],
    key: 'Mood',
    parser: 'config_parse_mood',
    type: 'enum',
    values: [{value: 'calm'}, {value: 'glad'}, {value: 'sad'}],
    repeat: 'replace',
  },
  ...{emptyAssignment: 'rejected with a warning', page: 'systemd.service'},
}
const old: DirectiveRow = {
  ...flag,
  key: 'Old',
  lastWorkingParser: 'config_parse_bool',
  parser: 'config_parse_warn_compat',
  removedSince: 255,
}

const booleans = ['1', 'yes', 'y', 'true', 't', 'on', '0', 'no', 'n', 'false', 'f', 'off']

test('nothing new is no news', async () => {
  expect(
    await absorbed(
      [flag, mood, old],
      [item('Flag'), item('Mood', 'config_parse_mood'), off('Old')],
    ),
  ).toEqual({rows: [flag, mood, old], told: []})
})

test('a directive that is gone, one that does nothing now, and one that this build leaves out', async () => {
  const rows = [flag, {...flag, key: 'Lag'}, {...flag, key: 'Snag'}]
  expect(await absorbed(rows, [off('Lag'), off('Snag', 'DISABLED_CONFIGURATION')])).toEqual({
    rows: [
      {...flag, unknownSince: 263},
      {
        ...{
          ...flag,
          key: 'Lag',
          parser: 'config_parse_warn_compat',
          lastWorkingParser: 'config_parse_bool',
          removedSince: 263,
        },
        parserHistory: [
          [250, 'config_parse_bool'],
          [263, 'config_parse_warn_compat'],
        ],
      },
      {...flag, key: 'Snag'},
    ],
    told: [
      '  Flag is unknown now',
      '  Lag is without effect now',
      '? Snag is left out of this build of systemd, and stays as it was',
    ],
  })
})

test('a new directive with a parser that others have, one in a section that it is not for, and one that does nothing', async () => {
  const items = [
    item('Flag'),
    item('New'),
    {...item('New'), section: 'Socket'},
    {...item('New'), section: 'Scope'},
    off('Late'),
  ]
  const added: DirectiveRow = {...flag, key: 'New', since: 263}
  expect(await absorbed([flag], items)).toEqual({
    rows: [
      flag,
      added,
      {
        ...added,
        sections: ['Socket'],
        page: 'systemd.socket',
        unsupportedInThisSection: true,
        emptyAssignment: undefined,
      },
      {...added, sections: ['Scope'], page: 'systemd.scope', emptyAssignment: undefined},
      {
        ...{
          sections: ['Service'],
          key: 'Late',
          parser: 'config_parse_warn_compat',
          type: 'unknown',
          repeat: 'replace',
        },
        ...{removedSince: 263, since: 263},
      },
    ],
    told: [
      '  New is new: boolean, read by config_parse_bool, described in systemd.service',
      '  New is new: boolean, read by config_parse_bool, described in systemd.socket',
      '  New is new: boolean, read by config_parse_bool, described in systemd.scope',
      '  Late is known, and without effect',
    ],
  })
})

test('new parsers: one of an enumeration, one that answers like another, one like none', async () => {
  const items = [
    item('Flag'),
    item('Mood', 'config_parse_feeling'),
    item('Likewise', 'config_parse_boolish'),
    item('Strange', 'config_parse_strange'),
  ]
  const {rows, told} = await absorbed([flag], items)
  expect(
    rows.map(({key, type, values, emptyAssignment}) => ({key, type, values, emptyAssignment})),
  ).toEqual([
    {key: 'Flag', type: 'boolean', values: undefined, emptyAssignment: 'rejected with a warning'},
    {
      key: 'Mood',
      type: 'enum',
      values: ['calm', 'glad', 'sad'].map((value) => ({value, since: 263})),
      emptyAssignment: 'rejected with a warning',
    },
    {
      key: 'Likewise',
      type: 'boolean',
      values: undefined,
      emptyAssignment: 'rejected with a warning',
    },
    {key: 'Strange', type: 'unknown', values: undefined, emptyAssignment: 'accepted'},
  ])
  expect(told.filter((line) => line.startsWith('?'))).toEqual([
    '? Mood config_parse_feeling is new; these are all words in the libraries that it takes',
    '? Likewise config_parse_boolish is new; it answers like Flag=',
    '? Strange config_parse_strange is new and answers like nothing known: which type, and does it take lists?',
    '? Strange takes an empty value: does that reset it?',
  ])
})

test('another parser: the facts that hold stay, others are looked for', async () => {
  const number: DirectiveRow = {
    ...flag,
    key: 'Likewise',
    parser: 'config_parse_unsigned',
    type: 'unsigned',
  }
  const {rows, told} = await absorbed(
    [{...flag, key: 'Same'}, flag, number],
    [item('Same', 'config_parse_flag'), item('Flag'), item('Likewise')],
  )
  const history = (parser: string, before: string): DirectiveRow['parserHistory'] => [
    [250, before],
    [263, parser],
  ]
  expect(rows).toEqual([
    {
      ...flag,
      key: 'Same',
      parser: 'config_parse_flag',
      parserHistory: history('config_parse_flag', 'config_parse_bool'),
    },
    flag,
    {
      ...flag,
      key: 'Likewise',
      parserHistory: history('config_parse_bool', 'config_parse_unsigned'),
    },
  ])
  expect(told).toEqual([
    '  Same has another parser: config_parse_flag',
    '  Likewise has another parser: config_parse_bool',
    '? Likewise takes other values, by the type boolean; older versions are judged by it too',
  ])
})

test('words that come and go, and those that nobody can ask for', async () => {
  const values = [{value: 'glad'}, {value: 'cross'}]
  const rows = [
    {...mood, values},
    {...mood, sections: ['Scope'], values},
  ]
  const items = [
    item('Mood', 'config_parse_mood'),
    {...item('Mood', 'config_parse_mood'), section: 'Scope'},
  ]
  const now = [
    {value: 'glad'},
    {value: 'cross', until: 262},
    {value: 'calm', since: 263},
    {value: 'sad', since: 263},
  ]
  expect(await absorbed(rows, items)).toEqual({
    rows: rows.map((row) => ({...row, values: now})),
    told: [
      '  Mood takes `calm`, `sad`',
      '  Mood no longer takes `cross`',
      '? Mood has the words of directives with the same list',
    ],
  })
})

test('another empty value', async () => {
  expect(await absorbed([{...flag, emptyAssignment: 'accepted'}], [item('Flag')])).toEqual({
    rows: [{...flag, emptyByVersion: {'250': 'silent', '263': 'warns'}}],
    told: ['  Flag has its empty value rejected with a warning'],
  })
})

/** What a systemd 263 with these directives adds. */
async function absorbed(
  rows: readonly DirectiveRow[],
  items: readonly Item[],
): Promise<{rows: DirectiveRow[]; told: string[]}> {
  const remarks: Remark[] = []
  const systemd: AskedSystemd = {
    ...{
      version: 263,
      package: '263-1',
      libseccomp: '2.6.0',
      items,
      words: ['any', 'calm', 'cross', 'glad', 'journal', 'sad', 'yes'],
    },
    run: () => Promise.resolve(''),
    ask: (assignments) => Promise.resolve(assignments.map(answer)),
    answers: (place, values) =>
      Promise.resolve(new Map(values.map((value) => [value, answer({...place, value})]))),
  }
  const found = await absorbDirectives(rows, systemd, remarks)
  return {
    rows: found,
    told: remarks.map(({key, text, isDoubt}) => `${isDoubt ? '?' : ' '} ${key} ${text}`),
  }
}

function answer({section, key, value}: AskedLine): Reception {
  if (section === 'Socket') return 'warns'
  if (key === 'Mood') return ['calm', 'glad', 'sad'].includes(value) ? 'silent' : 'warns'
  if (key === 'Strange') return ['', '/a', '10%', 'a b'].includes(value) ? 'silent' : 'warns'
  return booleans.includes(value) ? 'silent' : 'warns'
}

function item(key: string, parser = 'config_parse_bool'): Item {
  return {section: 'Service', key, parser, kind: 'DISABLED_CONFIGURATION'}
}

function off(key: string, kind = 'DISABLED_LEGACY'): Item {
  return {...item(key, 'config_parse_warn_compat'), kind}
}
