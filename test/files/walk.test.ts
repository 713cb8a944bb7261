import {describe, expect, it} from 'vitest'
import {isOfOthers, isTemplateOfUnit, nameAsUnit, walk} from '../../src/files/walk.ts'
import {makeFolder} from './folder.ts'

const tree = {
  'a.service': '',
  'x/b.service': '',
  'x/y/c.service': '',
  'x/multi-user.target.wants/b.service': {link: '../b.service'},
  'x/old.wants.bak/b.service': {link: '../b.service'},
  'd.service.in': '',
}

describe('what is below a folder', () => {
  const paths = (options: NonNullable<Parameters<typeof walk>[3]>): string[] =>
    walk('.', makeFolder(tree), [], options).map(({path}) => path)

  it('is found as many levels down as is wanted', () => {
    expect(paths({depth: 1})).toEqual(['a.service'])
    expect(paths({depth: 2})).toEqual(['a.service', 'x/b.service'])
    expect(paths({depth: 3})).toEqual([
      'a.service',
      'x/b.service',
      'x/old.wants.bak/b.service',
      'x/y/c.service',
    ])
    expect(paths({})).toHaveLength(4)
  })

  it('is nothing where there are too many folders', () => {
    expect([paths({most: 4}), paths({most: 5}).length]).toEqual([[], 4])
    expect(paths({most: 0})).toEqual([])
  })

  it('is a link or a file, and a template where these are wanted', () => {
    const cwd = makeFolder(tree)
    const templates: string[] = []
    expect(walk('x/old.wants.bak', cwd, [], {templates})).toEqual([
      {path: 'x/old.wants.bak/b.service', isLink: true},
    ])
    expect(walk('.', cwd, [], {templates})[0]).toEqual({path: 'a.service', isLink: false})
    expect(templates).toEqual(['d.service.in'])
  })

  it('is a fault where it cannot be read', () => {
    const faults: Array<{readonly path: string; readonly message: string}> = []
    const cwd = makeFolder(tree)
    expect([walk('a.service', cwd, faults), walk('none', cwd, faults)]).toEqual([[], []])
    expect(faults).toEqual([
      {path: 'a.service', message: 'No such file'},
      {path: 'none', message: 'No such file'},
    ])
  })
})

it.each([
  ['a.service.in', true],
  ['a@.timer.j2', true],
  ['a.service.bak', false],
  ['a.container.in', false],
  ['a.conf.in', false],
  ['.service.in', false],
  ['in', false],
])('%s is called as a template of a unit: %s', (name, expected) => {
  expect(isTemplateOfUnit(name)).toBe(expected)
})

it('a file is known by its name, in full where only its folder tells', () => {
  expect(nameAsUnit('a.service', '/x')).toBe('a.service')
  expect(nameAsUnit('1.conf', '/x/a.service.d')).toBe('/x/a.service.d/1.conf')
  expect(nameAsUnit('1.conf', '/x')).toBeUndefined()
})

it('a file with a suffix of Quadlet’s may be of others', () => {
  const top = makeFolder({
    'a.container': '[Container]\n',
    'b.container': 'x\n',
    'c.network': '[Network]\n',
    'a.service': 'x\n',
  })
  const isOther = (name: string): boolean => isOfOthers(name, `${top}/${name}`)
  expect(
    [
      'a.container',
      'b.container',
      'c.network',
      'a.service',
      'none.container',
      'c.network.d/1.conf',
      'a.container.d/1.conf',
      'readme',
    ].map(isOther),
  ).toEqual([false, true, false, false, false, true, false, false])
})
