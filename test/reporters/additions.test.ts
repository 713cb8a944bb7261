import {expect, test} from 'vitest'
import {groupAdditions} from '../../src/reporters/additions.ts'
import type {Message} from '../../src/reporters/lint-result.ts'

const place = {start: {line: 1, column: 1, offset: 0}, end: {line: 1, column: 10, offset: 9}}

function asking(text: string, applicability?: 'safe' | 'unsafe'): Message {
  const fix = applicability && {title: 'Add it', applicability, edits: []}
  return {
    severity: 1,
    ruleId: 'a',
    place,
    text,
    note: undefined,
    url: undefined,
    cause: undefined,
    fatal: false,
    fix,
  }
}

test('additions are told by their names, with the targets that want them where not all do', () => {
  const [group, ...others] = groupAdditions([
    asking('Expected `A=yes`', 'safe'),
    asking('Expected `SystemCallFilter=@system-service`', 'safe'),
    asking('Expected `C=1 2` or stricter', 'unsafe'),
    asking('Expected `D=` (252, 257)', 'unsafe'),
    asking('Expected `E=1`'),
    asking('Expected `F=1`, the service needs it'),
  ])
  expect(group).toMatchObject({
    safe: ['A', 'SystemCallFilter'],
    unsafe: ['C', 'D (252, 257)'],
    open: ['E'],
  })
  expect(others).toHaveLength(1)
})
