import {expect, test} from 'vitest'
import {groupAdditions} from '../../src/reporters/additions.ts'
import type {Message} from '../../src/reporters/entry.ts'

const place = {start: {line: 1, column: 1, offset: 0}, end: {line: 1, column: 10, offset: 9}}

function asking(assignment: string, inserted: string): Message {
  const fix = {title: 'Add it', applicability: 'safe', edits: [{range: [9, 9], text: inserted}]} as const
  return {severity: 1, ruleId: 'a', place, text: `Expected \`${assignment}\``, note: undefined, url: undefined, cause: undefined, fatal: false, fix}
}

test('an addition is told by what its fix writes, where that is less than what is asked for', () => {
  const [group] = groupAdditions([
    asking('A=yes', '\nA=yes'),
    asking('B=strict', '\nB=full'),
    asking('SystemCallFilter=@system-service', '\nSystemCallErrorNumber=EPERM\nSystemCallFilter=~@clock @swap'),
    asking('SystemCallFilter=@system-service', '\nSystemCallFilter=@system-service\nSystemCallFilter=~@resources'),
    asking('C=1 2', '\nD=1'),
  ])
  expect(group).toMatchObject({
    safe: ['A=yes', 'B=full (strict expected)', 'SystemCallFilter=~@clock @swap (@system-service expected)', 'SystemCallFilter=@system-service', 'C=1 2'],
  })
})
