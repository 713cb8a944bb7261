import {describe, expect, test} from 'vitest'
import {batches, stemOf} from './batches.ts'
import type {Subject} from './subject.ts'

function unit(name: string, text = '', dropin?: string): Subject {
  return {name, text, ...(dropin === undefined ? {} : {dropins: new Map([[dropin, '']])})}
}

function areTogether(...subjects: Subject[]): boolean {
  return batches(subjects).length === 1
}

describe('subjects are asked about together', () => {
  test.each([
    ['strangers', unit('one.service', '[Unit]\nAfter=network.target'), unit('other.service')],
    ['strangers of other types', unit('one.service'), unit('other.timer')],
    [
      'a drop-in of its own',
      unit('one.service', '', 'one.service.d/a.conf'),
      unit('other.service'),
    ],
    ['targets', unit('one.target'), unit('other.target')],
  ])('%s', (_, one, other) => {
    expect(areTogether(one, other)).toBe(true)
  })
})

describe('subjects are kept apart', () => {
  test.each([
    ['the same name', unit('one.service'), unit('one.service')],
    ['a socket and its service', unit('one.socket'), unit('one.service')],
    ['a template and its instance', unit('one@.service'), unit('one@a.service')],
    [
      'one that begins like the other: a drop-in folder of both',
      unit('one.service'),
      unit('one-more.service'),
    ],
    [
      'one that names the other',
      unit('one.service', '[Unit]\nWants=other.service x.service'),
      unit('other.service'),
    ],
    [
      'one that the other names',
      unit('one.service'),
      unit('other.service', 'OnFailure=one.service'),
    ],
    [
      'one that names an instance of the other',
      unit('one.service', 'Wants=other@x.service'),
      unit('other@.service'),
    ],
    [
      'one that names the other in bytes',
      {name: 'one.service', text: Buffer.from('Wants=other.service')},
      unit('other.service'),
    ],
    [
      'one that names the other in a drop-in',
      {
        name: 'one.service',
        text: '',
        dropins: new Map([['one.service.d/a.conf', 'Wants=other.service']]),
      },
      unit('other.service'),
    ],
    [
      'one that may mean the other by a specifier',
      unit('one@.service', 'Wants=other-%i.service'),
      unit('other-x.service'),
    ],
    ['one that may mean anything', unit('one@.service', 'Wants=%i.service'), unit('other.service')],
    [
      'a drop-in for all services',
      unit('one.service', '', 'service.d/a.conf'),
      unit('other.service'),
    ],
    ['a target, which units need unnamed', unit('basic.target'), unit('one.service')],
    ['a mount, which paths need', unit('srv.mount'), unit('one.service')],
    ['a slice, which instances need', unit('system-one.slice'), unit('other@.service')],
    ['a unit that systemd adds', unit('systemd-journald.socket'), unit('one.service')],
    ['a name that is none', unit('one two.service'), unit('other.service')],
  ])('%s', (_, one, other) => {
    expect(areTogether(one, other)).toBe(false)
  })
})

test('each subject is in one batch, and no batch is larger than asked for', () => {
  const subjects = Array.from({length: 1000}, (_, index) =>
    unit(
      `${'abcdefghij'[index % 10]}${String(index).padStart(4, '0')}.service`,
      index % 3 ? '' : 'After=a0000.service',
    ),
  )
  const grouped = batches(subjects, 30)
  expect(new Set(grouped.flat()).size).toBe(1000)
  expect(grouped.flat()).toHaveLength(1000)
  expect(Math.max(...grouped.map((batch) => batch.length))).toBe(30)
})

test.each([
  ['foo.service', 'foo'],
  ['foo@.service', 'foo'],
  ['foo@bar@x.service', 'foo'],
  ['a.b.service', 'a.b'],
])('the stem of %s is %s', (name, stem) => {
  expect(stemOf(name)).toBe(stem)
})
