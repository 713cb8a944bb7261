import {fileSections} from '../../src/facts/data/directives.ts'
import {encode} from '../../src/syntax/bytes.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {cases, type Case} from './cases.ts'
import {random, type Random} from './cases-random.ts'
import type {Subject} from './subject.ts'

/**
 * Unit files put together from assignments and all that can stand between them and go wrong there.
 * The same seed gives the same files.
 */
export function files(version: number, count: number, seed: number): Subject[] {
  const next = random(seed * 7919 + version)
  const all = [...cases(version, 40_000, seed)]
  const byType = grouped(all, (one) => one.unitType)
  const byKey = grouped(all, (one) => `${one.unitType} ${one.key}`)
  const types = [...byType.keys()]
  return Array.from({length: count}, (_, index) => {
    const type = next.pick(types)
    const ofType = byType.get(type) ?? []
    // Few directives, so that their lines may have to do with each other.
    const few = Array.from(
      {length: next.between(1, 4)},
      () => byKey.get(`${type} ${next.pick(ofType).key}`) ?? [],
    ).flat()
    return {
      name: `u${index}x.${type}`,
      text: encode(textOf(type, next.chance(0.5) ? ofType : few, next)),
    }
  })
}

function grouped<Key>(all: readonly Case[], keyOf: (one: Case) => Key): Map<Key, Case[]> {
  const groups = new Map<Key, Case[]>()
  for (const one of all) {
    const same = groups.get(keyOf(one))
    if (same) same.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

function textOf(type: UnitType, assignments: readonly Case[], next: Random): string {
  const end = next.weighted([
    [20, '\n'],
    [3, '\r\n'],
    [1, '\r'],
  ])
  const lines = Array.from({length: next.between(2, 25)}, () => line(type, assignments, next))
  if (next.chance(0.9)) lines.unshift(`[${next.pick(fileSections[type] ?? ['Unit'])}]`)
  if (next.chance(0.02)) lines[0] = `\uFEFF${lines[0]}`
  return (
    lines
      .map(
        (text) =>
          text + (next.chance(0.01) ? next.pick(['\0', '\n\r', '\r\r', '\n\0', ' \\\n']) : end),
      )
      .join('') +
    (next.chance(0.1) ? next.pick(['Foo', '[Unit]', 'Description=x\\', '\\', ' ', '#\\']) : '')
  )
}

function line(type: UnitType, assignments: readonly Case[], next: Random): string {
  return next.weighted<() => string>([
    [16, () => assignment(next.pick(assignments), next)],
    [6, () => header(type, next)],
    [2, () => next.pick(junk)],
    [
      2,
      () =>
        next.pick([
          '# comment',
          '; comment',
          '#',
          ' # x',
          '\t; y',
          '# x \\',
          '#[Service]',
          '; é',
          '#\uFFFE',
        ]),
    ],
    [2, () => next.pick(['', ' ', '\t', '  \t'])],
    [
      0.3,
      () =>
        next.pick([
          'Description=\uDCFF',
          '\uDCC3',
          '# \uDCFF',
          'Description=\uDCED\uDCA0\uDC80',
          '[\uDCFF]',
          '\uFEFF# x',
          '\uFEFFDescription=x',
        ]),
    ],
  ])()
}

const junk = [
  'foo',
  '=bar',
  ' = x',
  'Key',
  '\tfoo bar',
  'X-Foo=1',
  'x-foo=1',
  'X-=',
  'X-',
  '==',
  'a=b',
  '.',
  ']',
  'Description',
  'Description:x',
  '"Description"=x',
  'Description =x',
  'Description= x',
  'description=x',
  'Description\u00a0=x',
  '\u00a0Description=x',
  'Unit.Description=x',
  'Service.Type=simple',
  'Type',
  'é=x',
  '\x0bDescription=x',
]

function header(type: UnitType, next: Random): string {
  const known = next.pick(fileSections[type] ?? ['Unit'])
  return next.weighted<() => string>([
    [10, () => `[${known}]`],
    [1, () => ` [${known}] `],
    [
      3,
      () =>
        `[${next.pick(['Foo', 'X-Foo', 'x-foo', 'X-', 'X', 'unit', 'SERVICE', ' Unit', 'Unit ', 'Unit]', 'Service', 'Timer', 'Socket', 'Mount', 'Scope', 'é', 'a.b', 'a b', '-', 'Unit;', '#'])}]`,
    ],
    [
      0.3,
      () =>
        next.pick([
          `[${known}`,
          `[${known}] # x`,
          `[${known}]x`,
          '[',
          '[]',
          '[[Unit]',
          '[a*]',
          '[a?]',
          '["a"]',
          "[a'b]",
          '[a\\b]',
          '[a\x01]',
          '[X-"]',
          '[X-*]',
          `[${known}]\\`,
        ]),
    ],
  ])()
}

function assignment({section, key, value}: Case, next: Random): string {
  const written = next.weighted<() => string>([
    [12, () => value],
    [1, () => value.replace(' ', ' \\\n  ')],
    [1, () => `${value} \\\n`],
    [1, () => `\\\n${value}`],
    [1, () => `${value}\\\n# comment\n  x`],
    [1, () => `${value} \\\n; comment \\\n`],
  ])()
  const sign = next.weighted([
    [10, '='],
    [1, ' = '],
    [1, '= '],
    [0.5, ' =\t'],
    [0.2, '=='],
    [0.2, '\\\n='],
  ])
  return (next.chance(0.6) ? `[${section}]\n` : '') + key + sign + written
}
