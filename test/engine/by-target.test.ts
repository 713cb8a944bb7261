import {describe, expect, test} from 'vitest'
import {suggested, union} from '../../src/engine/by-target.ts'
import type {Located} from '../../src/engine/check.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'

const file = {path: 'a.service', role: 'fragment' as const, tree: parse('')}
const targets = ['252', '254', '257'].map((name) => target(name)!)

/** A finding of a line, whose fix is safe. */
function found(message: string, {line = 1, ruleId = 'a'} = {}): Located {
  const at = {line, column: 1, offset: line * 10}
  const fix = {title: 'Do', applicability: 'safe' as const}
  return {
    ...{
      ruleId,
      directives: [],
      file,
      line,
      span: {start: 0, end: 0},
      severity: 2,
      isRefusal: false,
    },
    fixes: [{...fix, safety: 'safe', operations: []}],
    finding: () => ({
      ruleId,
      severity: 2,
      message,
      position: {start: at, end: at},
      fix: {...fix, edits: []},
    }),
  }
}

function told(...all: ReadonlyArray<readonly Located[]>): string[] {
  return union(targets.slice(0, all.length), all).map((located) => {
    const {message, fix} = located.finding()
    return `${located.line} ${message}: ${fix?.applicability} ${located.fixes.map(({applicability}) => applicability).join(' ')}`
  })
}

describe('what several targets say', () => {
  test('is as it is where there is one', () => {
    expect(told([found('x')])).toEqual(['1 x: safe safe'])
    expect(union([], [[found('x')]])).toHaveLength(1)
    expect(union([], [])).toEqual([])
  })

  test('is told once, with the names of those that say it', () => {
    expect(told([found('x'), found('y')], [found('y')], [found('x'), found('y')])).toEqual([
      '1 x (252, 257): safe safe',
      '1 y (252, 254, 257): safe safe',
    ])
    expect(told([found('x'), found('x')], [found('x')])).toEqual(['1 x (252, 254): safe safe'])
  })

  test('is for a person to judge where the oldest does not say it', () => {
    expect(told([], [found('x')], [found('x')])).toEqual(['1 x (254, 257): suggestion suggestion'])
    expect(told([found('x')], [found('y')])).toEqual([
      '1 x (252): safe safe',
      '1 y (254): suggestion suggestion',
    ])
  })

  test('is told apart by words, lines and rules', () => {
    expect(told([found('x')], [found('x', {line: 2}), found('x', {ruleId: 'b'})])).toEqual([
      '1 x (252): safe safe',
      '2 x (254): suggestion suggestion',
      '1 x (254): suggestion suggestion',
    ])
  })

  test('may have no fix', () => {
    const {finding, ...rest} = found('x')
    const bare = suggested({...rest, fixes: [], finding: () => ({...finding(), fix: undefined})})
    expect([bare.fixes, bare.finding().fix]).toEqual([[], undefined])
  })
})
