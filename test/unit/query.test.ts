import {describe, expect, it} from 'vitest'
import {query, recent} from '../../src/unit/query.ts'

describe('query', () => {
  it('answers once for a subject', () => {
    let asked = 0
    const length = query(({text}: {readonly text: string}) => {
      asked++
      return text.length
    })
    const [one, other] = [{text: 'ab'}, {text: 'ab'}]
    expect([length(one), length(one), length(other)]).toEqual([2, 2, 2])
    expect(asked).toBe(2)
  })

  it('tells keys apart, texts and objects, and keeps an answer that is nothing', () => {
    const asked: unknown[] = []
    const pair = query((subject: object, one: unknown, other: unknown) => {
      asked.push([one, other])
      return one === other ? undefined : subject
    })
    const subject = {}
    const key = {}
    for (let time = 0; time < 2; time++) {
      expect(pair(subject, 'a', 1)).toBe(subject)
      expect(pair(subject, 1, 'a')).toBe(subject)
      expect(pair(subject, key, undefined)).toBe(subject)
      expect(pair(subject, key, key)).toBeUndefined()
    }
    expect(asked).toEqual([
      ['a', 1],
      [1, 'a'],
      [key, undefined],
      [key, key],
    ])
  })

  it('asks again what failed', () => {
    let asked = 0
    const failing = query((_subject: object) => {
      if (asked++ === 0) throw new Error('once')
      return asked
    })
    const subject = {}
    expect(() => failing(subject)).toThrow('once')
    expect(failing(subject)).toBe(2)
  })
})

describe('recent', () => {
  it('remembers what was asked for last, and no more than so many', () => {
    const asked: string[] = []
    const length = recent(2, (text) => {
      asked.push(text)
      return text.length
    })
    for (const text of ['a', 'bb', 'a', 'ccc', 'a', 'bb']) expect(length(text)).toBe(text.length)
    expect(asked).toEqual(['a', 'bb', 'ccc', 'bb'])
  })
})
