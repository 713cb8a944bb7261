import {expect, test} from 'vitest'
import {VFile} from 'vfile'
import type {Finding} from '../../src/engine/finding.ts'
import {say, sayFault} from '../../src/engine/unified/say.ts'

const position = {start: {line: 2, column: 3, offset: 9}, end: {line: 2, column: 5, offset: 11}}
const finding: Finding = {ruleId: 'a', severity: 2, message: 'Bad', position}

/** A finding as a message of its file. */
function said(more: Partial<Finding> = {}): VFile['messages'][number] {
  const file = new VFile({path: 'x/a.service'})
  say(file, {...finding, ...more})
  expect(file.messages).toHaveLength(1)
  return file.messages[0]!
}

test('a finding is a message of its file', () => {
  const limit = Error.stackTraceLimit
  const message = said()
  expect(message).toMatchObject({
    ...{
      name: 'x/a.service:2:3',
      reason: 'Bad',
      file: 'x/a.service',
      line: 2,
      column: 3,
      place: position,
    },
    ...{source: 'unitlint', ruleId: 'a', fatal: false, severity: 2},
  })
  expect(
    ['note', 'url', 'fix'].map(
      (key) => Object.hasOwn(message, key) && Reflect.get(message, key) !== undefined,
    ),
  ).toEqual([false, false, false])
  expect(message.stack?.includes('\n    at ')).toBe(false)
  expect(Error.stackTraceLimit).toBe(limit)
})

test('a finding has all that there is to tell', () => {
  const fix = {title: 'Do', applicability: 'safe' as const, edits: []}
  expect(said({note: 'why', url: 'https://example.org', fix})).toMatchObject({
    note: 'why',
    url: 'https://example.org',
    fix,
  })
  expect([
    said({severity: 1}).fatal,
    said({severity: 0}).fatal,
    said({severity: 0}).severity,
  ]).toEqual([false, undefined, 0])
  expect(said({ruleId: ''}).ruleId).toBeUndefined()
})

test('a fault is a fatal message, with what was thrown', () => {
  const file = new VFile({path: 'a.service'})
  const cause = new Error('oh')
  sayFault(file, {message: 'Failed', ruleId: 'a', cause})
  sayFault(file, {message: 'Too much'})
  expect(file.messages[0]).toMatchObject({
    reason: 'Failed',
    source: 'unitlint',
    ruleId: 'a',
    cause,
    fatal: true,
    file: 'a.service',
  })
  expect(file.messages[1]).toMatchObject({reason: 'Too much', source: 'unitlint', fatal: true})
  expect([file.messages[1]?.ruleId, file.messages[1]?.cause]).toEqual([undefined, undefined])
})
