import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {cycles} from '../../src/machine/cycles.ts'
import type {Cycle} from '../../src/machine/shortest-cycles.ts'
import {components} from '../../src/machine/components.ts'
import {edgesOf} from '../../src/machine/edges.ts'
import {graphOf} from '../../src/machine/graph.ts'
import type {Graph} from '../../src/machine/graph.ts'
import {times} from '../times.ts'
import {relatives} from './relatives.ts'

/** A service without defaults and with those lines. */
function service(...lines: readonly string[]): string {
  return `[Unit]\nDefaultDependencies=no\n${lines.join('\n')}\n[Service]\nExecStart=/bin/true\n`
}

/** The units of a cycle in their order, from the first by name on. */
function namesOf({steps}: Cycle): string[] {
  const names = steps.map(({before}) => before)
  const start = names.indexOf(names.toSorted()[0] ?? '')
  return [...names.slice(start), ...names.slice(0, start)]
}

describe('cycles', () => {
  it('finds planted ones of 2 to 20 units with their whole path, and nothing without them', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 2, max: 20}),
        fc.integer({min: 0, max: 60}),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), {maxLength: 150}),
        fc.nat(),
        (length, bystanders, orders, seed) => {
          const name = (index: number) =>
            `u${String((index * 7919 + seed) % 100_003).padStart(6, '0')}.service`
          const count = length + bystanders
          const lines = Array.from({length: count}, (): string[] => [])
          // Earlier units are before later ones only, but for the planted circle.
          for (const [one, other, isAfter] of orders) {
            const [first = 0, second = 0] = [one % count, other % count].toSorted((a, b) => a - b)
            if (first === second || (second < length && first < length)) continue
            if (isAfter) lines[second]?.push(`After=${name(first)}`)
            else lines[first]?.push(`Before=${name(second)}`)
          }
          const all = Array.from({length: count}, (_, index) => name(index))
          const texts = (planted: readonly string[]) => ({
            ...Object.fromEntries(
              all.map((unit, index) => [
                unit,
                service(
                  ...(lines[index] ?? []),
                  ...(planted[index] === undefined ? [] : [planted[index]]),
                ),
              ]),
            ),
            'all.target': `[Unit]\nDefaultDependencies=no\nWants=${all.join(' ')}\n`,
          })
          const circle = Array.from(
            {length},
            (_, index) => `After=${name((index + length - 1) % length)}`,
          )
          expect(cycles(relatives(texts(circle.with(0, ''))))).toEqual([])
          const expected = all.slice(0, length)
          const start = expected.indexOf(expected.toSorted()[0] ?? '')
          expect(cycles(relatives(texts(circle))).map(namesOf)).toEqual([
            [...expected.slice(start), ...expected.slice(0, start)],
          ])
        },
      ),
      {numRuns: times(150)},
    )
  })

  it('counts units that are started together only', () => {
    const apart = {'a.service': service('After=b.service'), 'b.service': service('After=a.service')}
    expect(cycles(relatives(apart))).toEqual([])
    for (const key of ['Wants', 'Requires', 'BindsTo', 'Upholds', 'Requisite']) {
      expect(
        cycles(relatives({...apart, 'c.service': service(`${key}=a.service b.service`)})),
        key,
      ).toHaveLength(1)
    }
    expect(
      cycles(
        relatives({
          ...apart,
          'c.service': service('Conflicts=a.service b.service', 'OnFailure=a.service b.service'),
        }),
      ),
    ).toEqual([])
  })

  it('takes units for enabled when told so', () => {
    const enabled = (line: string) => `${service(line)}[Install]\nWantedBy=multi-user.target\n`
    const family = relatives({
      'a.service': enabled('After=b.service'),
      'b.service': enabled('After=a.service'),
      'multi-user.target': '[Unit]\n',
    })
    expect(cycles(family)).toEqual([])
    expect(cycles(family, {isInstalled: true}).map(namesOf)).toEqual([['a.service', 'b.service']])
  })

  it('knows that a target comes after what it pulls in, unless that says otherwise', () => {
    const texts = (order: string) => ({
      'x.target': '[Unit]\nWants=a.service\nBefore=b.service\n',
      'a.service': `[Unit]\n${order}\n[Service]\nExecStart=/bin/true\n`,
      'b.service': service(),
    })
    const withB = (order: string) => ({
      ...texts(order),
      'x.target': '[Unit]\nWants=a.service b.service\nBefore=b.service\n',
    })
    expect(cycles(relatives(withB('After=b.service'))).map(namesOf)).toEqual([
      ['a.service', 'x.target', 'b.service'],
    ])
    expect(cycles(relatives(withB('After=b.service x.target')))).toEqual([])
  })

  it('names the written line that closes a cycle', () => {
    const [cycle] = cycles(
      relatives({
        'a.service': service('Before=b.service'),
        'b.service': service('Requires=a.service', 'Before=a.service'),
      }),
    )
    expect(cycle?.closing).toMatchObject({
      before: 'b.service',
      after: 'a.service',
      by: {name: 'b.service'},
      dependency: {kind: 'Before', name: 'a.service'},
    })
  })

  it('tells for a line the shortest of the cycles that it closes', () => {
    const found = cycles(
      relatives({
        'a.service': service('Wants=b.service c.service', 'After=c.service'),
        'b.service': service('After=a.service'),
        'c.service': service('After=a.service'),
      }),
    )
    expect(found.map(namesOf)).toEqual([['a.service', 'c.service']])
  })

  it('asks of units in circles alone whether they are refused, and of those that pull these in', () => {
    const units = {
      'a.service': service('Before=b.service'),
      'b.service': service('Before=a.service'),
      'free.service': service('After=a.service'),
      'all.target': '[Unit]\nDefaultDependencies=no\nWants=a.service b.service free.service\n',
      'other.target': '[Unit]\nDefaultDependencies=no\nWants=free.service\n',
    }
    const asked = (refused: readonly string[]): [asked: string[], found: string[][]] => {
      const names = new Set<string>()
      const isRefused = ({name}: {name: string}): boolean => {
        names.add(name)
        return refused.includes(name)
      }
      const found = cycles(relatives(units), {isRefused}).map(namesOf)
      return [[...names], found]
    }
    expect(asked([])).toEqual([
      ['a.service', 'b.service', 'all.target'],
      [['a.service', 'b.service']],
    ])
    expect(asked(['b.service'])).toEqual([['a.service', 'b.service'], []])
    expect(asked(['all.target'])).toEqual([['a.service', 'b.service', 'all.target'], []])
    expect(asked(['free.service', 'other.target'])).toEqual(asked([]))
  })

  it('tells of several in one tangle', () => {
    const found = cycles(
      relatives({
        'a.service': service('Wants=b.service c.service', 'After=b.service', 'Before=c.service'),
        'b.service': service('After=a.service'),
        'c.service': service('Before=a.service'),
      }),
    )
    expect(found.map((cycle) => namesOf(cycle).join(' ')).toSorted()).toEqual([
      'a.service b.service',
      'a.service c.service',
    ])
  })

  it('bears ten thousand units, in a row or in a circle', () => {
    const count = 10_000
    const row = Object.fromEntries(
      Array.from({length: count}, (_, index) => [
        `u${index}.service`,
        service(`After=u${index + 1}.service`, `Wants=u${index + 1}.service`),
      ]),
    )
    expect(cycles(relatives(row))).toEqual([])
    const circle = {...row, [`u${count - 1}.service`]: service('After=u0.service')}
    const [found, ...more] = cycles(relatives(circle))
    expect(found?.steps).toHaveLength(count)
    expect(more).toEqual([])
  })

  it('bears ten thousand units that all wait for each other in a ring of both directions', () => {
    const count = 10_000
    const texts = Object.fromEntries(
      Array.from({length: count}, (_, index) => {
        const next = `u${(index + 1) % count}.service`
        return [`u${index}.service`, service(`After=${next}`, `Before=${next}`, `Wants=${next}`)]
      }),
    )
    expect(cycles(relatives(texts)).length).toBeGreaterThan(10)
  })
})

describe('a graph', () => {
  it('without some units is that of the others', () => {
    const names = ['a.service', 'b.service', 'c.target', 'd.service']
    const lines = fc.array(
      fc.tuple(
        fc.constantFrom('After', 'Before', 'Wants', 'Requisite', 'Requires'),
        fc.constantFrom(...names, 'e.target'),
      ),
      {
        maxLength: 4,
      },
    )
    const install = fc.constantFrom('', 'WantedBy=c.target\n', 'RequiredBy=e.target\n')
    const asList = ({units, own, later, pulls, verified}: Graph): object => {
      const lists = [later, pulls, verified].map((edges) =>
        units.map((_, place) => [...edges.of(place)]),
      )
      return {units: units.map(({name}) => name), own, lists}
    }
    fc.assert(
      fc.property(
        fc.array(fc.tuple(lines, install), {minLength: 4, maxLength: 4}),
        fc.subarray(names),
        (said, left) => {
          const texts = Object.fromEntries(
            names.map((name, index) => {
              const [its = [], installs = ''] = said[index] ?? []
              const section = name.endsWith('.service') ? '[Service]\nExecStart=/x\n' : ''
              return [
                name,
                `[Unit]\n${its.map(([key, other]) => `${key}=${other}\n`).join('')}${section}[Install]\n${installs}`,
              ]
            }),
          )
          const provided = {'e.target': '[Unit]\nBefore=a.service\nWants=d.service\n'}
          const among = (some: readonly string[]) => {
            const own = relatives(Object.fromEntries(some.map((name) => [name, texts[name] ?? ''])))
            const others = relatives(provided)
            return {
              all: () => own.all(),
              find: (name: string) => own.find(name) ?? others.find(name),
            }
          }
          const rest = names.filter((name) => !left.includes(name))
          expect(asList(graphOf(among(names), true).without(new Set(left)))).toEqual(
            asList(graphOf(among(rest), true)),
          )
        },
      ),
      {numRuns: times(300)},
    )
  })
})

describe('components', () => {
  it('are the groups that reach each other', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 12}),
        fc.array(fc.tuple(fc.nat({max: 11}), fc.nat({max: 11})), {maxLength: 30}),
        (count, edges) => {
          const next = Array.from(
            {length: count},
            (_, from) =>
              new Set(edges.filter(([one, to]) => one === from && to < count).map(([, to]) => to)),
          )
          const reaches = (from: number, to: number): boolean => {
            const seen = new Set([from])
            for (const node of seen) for (const other of next[node] ?? []) seen.add(other)
            return seen.has(to)
          }
          const groups = components(edgesOf(next.map((later) => [...later])))
          expect(groups.flat().toSorted((one, other) => one - other)).toEqual(
            Array.from({length: count}, (_, index) => index),
          )
          const groupOf = (node: number) => groups.findIndex((group) => group.includes(node))
          for (let one = 0; one < count; one++)
            for (let other = 0; other < count; other++)
              expect(groupOf(one) === groupOf(other)).toBe(
                reaches(one, other) && reaches(other, one),
              )
        },
      ),
      {numRuns: times(200)},
    )
  })
})
