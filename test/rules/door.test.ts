import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import * as kit from '../../src/rule/index.ts'
import {top} from '../cli/bundle.ts'

const guide = readFileSync(path.join(top, 'docs/writing-rules.md'), 'utf8')
const door = readFileSync(path.join(top, 'src/rule/index.ts'), 'utf8')

/** The names at the door, those of types among them. */
const names = [...door.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from/gm)].flatMap(
  ([, some = '', one]) => (one === undefined ? (some.match(/\w+(?: as \w+)?/g) ?? []) : [one]),
)

describe('the kit', () => {
  it('has as many names as one can look through', () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(kit)))
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeLessThanOrEqual(50)
  })

  it('has no name that the guide does not tell of', () => {
    const inner = Object.values(kit).flatMap((group) =>
      typeof group === 'object' && !('toString' in group) ? Object.keys(group) : [],
    )
    expect(inner.length).toBeGreaterThan(30)
    expect([...names, ...inner].filter((name) => !new RegExp(`\\b${name}\\b`).test(guide))).toEqual(
      [],
    )
  })
})
