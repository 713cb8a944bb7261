import {describe, expect, it} from 'vitest'
import {directives} from '../../src/facts/data/directives.ts'
import {directiveNames, everywhere} from '../../src/facts/directives.ts'
import type {DirectiveFacts} from '../../src/facts/directives.ts'

describe('the table of directives', () => {
  it('is found by names, each row once', () => {
    // Written so by the generator.
    const rows = JSON.parse(directives) as DirectiveFacts[]
    expect(directiveNames().flatMap(everywhere)).toEqual(
      rows.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)),
    )
    expect(everywhere('Nothing')).toEqual([])
  })
})
