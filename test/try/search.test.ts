import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {search} from '../../src/try/search.ts'
import type {Culprits, StartOutcome} from '../../src/try/search.ts'

interface Line {
  readonly id: number
  readonly risk: number
  readonly weaker: readonly Line[]
}

/** A service that some lines break, each set of them when all are there. */
interface Service {
  readonly lines: readonly Line[]
  /** By id; none is part of another. */
  readonly breaking: readonly ReadonlySet<number>[]
}

function isBroken({breaking}: Service, lines: readonly Line[]): boolean {
  const ids = new Set(lines.map(({id}) => id))
  return breaking.some((set) => [...set].every((id) => ids.has(id)))
}

function run(
  service: Service,
  {
    most = Infinity,
    tell = () => undefined,
  }: {most?: number; tell?: (lines: readonly Line[]) => Line | undefined} = {},
): Promise<Culprits<Line>> {
  return search(service.lines, {
    most,
    works: (lines): Promise<StartOutcome<Line>> =>
      Promise.resolve(
        isBroken(service, lines) ? {works: false, blamed: tell(lines)} : {works: true},
      ),
  })
}

const risk = fc.constantFrom(0.01, 0.05, 0.2, 0.35)
const lines = (min: number, max: number): fc.Arbitrary<readonly Line[]> =>
  fc
    .array(risk, {minLength: min, maxLength: max})
    .map((risks) => risks.map((its, id) => ({id, risk: its, weaker: []})))

/** Services with single lines that break them, and sets of two or three others. */
function services(min = 1, max = 120): fc.Arbitrary<Service> {
  return lines(min, max).chain((all) =>
    fc
      .record({
        order: fc.shuffledSubarray(
          all.map(({id}) => id),
          {minLength: all.length, maxLength: all.length},
        ),
        sizes: fc.array(fc.constantFrom(1, 1, 1, 2, 3), {maxLength: 8}),
      })
      .map(({order, sizes}) => {
        const breaking: Set<number>[] = []
        let at = 0
        for (const size of sizes) {
          if (at + size <= order.length) breaking.push(new Set(order.slice(at, at + size)))
          at += size
        }
        return {lines: all, breaking}
      }),
  )
}

const idsOf = (all: readonly Line[]): number[] =>
  all.map(({id}) => id).toSorted((one, other) => one - other)

describe('a search', () => {
  test('finds every culprit, with what it needs to break the service, and leaves nothing else out', async () => {
    await fc.assert(
      fc.asyncProperty(services(), async (service) => {
        const {culprits, kept, unknown} = await run(service)
        const found = culprits.map(({line, beside}) => idsOf([line, ...beside]).join())
        expect(found.toSorted()).toEqual(
          service.breaking
            .map((set) => [...set].toSorted((one, other) => one - other).join())
            .toSorted(),
        )
        expect(culprits.every(({isSure}) => isSure)).toBe(true)
        expect(isBroken(service, kept)).toBe(false)
        expect(unknown).toEqual([])
        expect(kept.length).toBe(service.lines.length - culprits.length)
      }),
    )
  })

  test('takes at most three starts times the logarithm of the lines for each line that breaks the service alone', async () => {
    await fc.assert(
      fc.asyncProperty(services(16, 200), async ({lines: all, breaking}) => {
        const {culprits, starts} = await run({
          lines: all,
          breaking: breaking.filter((set) => set.size === 1),
        })
        expect(starts).toBeLessThanOrEqual(3 * Math.log2(all.length) * Math.max(1, culprits.length))
      }),
    )
  })

  test('takes at most six where lines break it together', async () => {
    await fc.assert(
      fc.asyncProperty(services(16, 200), async (service) => {
        const {culprits, starts} = await run(service)
        expect(starts).toBeLessThanOrEqual(
          6 * Math.log2(service.lines.length) * Math.max(1, culprits.length),
        )
      }),
    )
  })

  test('keeps what was seen to work however few starts there are, and says what is not known', async () => {
    await fc.assert(
      fc.asyncProperty(services(), fc.nat({max: 20}), async (service, most) => {
        const {culprits, kept, unknown, starts} = await run(service, {most})
        expect(starts).toBeLessThanOrEqual(most)
        expect(isBroken(service, kept)).toBe(false)
        expect(idsOf([...kept, ...unknown, ...culprits.map(({line}) => line)])).toEqual(
          idsOf(service.lines),
        )
      }),
    )
  })

  test('is the same whatever a log blames', async () => {
    await fc.assert(
      fc.asyncProperty(services(), fc.infiniteStream(fc.nat()), async (service, random) => {
        const {culprits, kept} = await run(service, {
          tell: (all) => {
            const index = Number(random.next().value)
            return index % 4 === 0 ? undefined : all[index % all.length]
          },
        })
        expect(isBroken(service, kept)).toBe(false)
        expect(culprits).toHaveLength(service.breaking.length)
        for (const {line, beside} of culprits)
          expect(isBroken(service, [line, ...beside])).toBe(true)
      }),
    )
  })

  test('with a log that is right needs five starts a culprit', async () => {
    await fc.assert(
      fc.asyncProperty(services(16, 200), async ({lines: all, breaking}) => {
        const service = {lines: all, breaking: breaking.filter((set) => set.size === 1)}
        const {culprits, starts} = await run(service, {
          tell: (its) => its.find(({id}) => service.breaking.some((set) => set.has(id))),
        })
        expect(starts).toBeLessThanOrEqual(5 * culprits.length + 2 * Math.log2(all.length))
      }),
    )
  })

  test('does not leave out for good what failed once by chance', async () => {
    await fc.assert(
      fc.asyncProperty(services(), fc.nat({max: 30}), async (service, unlucky) => {
        let starts = 0
        const {culprits, kept} = await search(service.lines, {
          most: Infinity,
          works: (all) => Promise.resolve({works: !isBroken(service, all) && starts++ !== unlucky}),
        })
        expect(isBroken(service, kept)).toBe(false)
        for (const {line, beside, isSure} of culprits)
          expect(
            !isSure ||
              beside.length > 0 ||
              service.breaking.some((set) => set.has(line.id)) ||
              unlucky < starts,
          ).toBe(true)
      }),
    )
  })

  test('takes the strongest weaker line that works', async () => {
    const weaker = [3, 4, 5].map((id): Line => ({id, risk: 0.01, weaker: []}))
    const all = [0, 1, 2].map((id): Line => ({id, risk: 0.01, weaker: id === 1 ? weaker : []}))
    const {kept, culprits} = await run({lines: all, breaking: [new Set([1]), new Set([3])]})
    expect(idsOf(kept)).toEqual([0, 2, 4])
    expect(culprits).toMatchObject([{line: {id: 1}, beside: [], instead: {id: 4}}])
  })

  test('ends with what a start throws', async () => {
    const ended = new Error('ended')
    const one: Line = {id: 0, risk: 0.1, weaker: []}
    await expect(search([one], {most: 9, works: () => Promise.reject(ended)})).rejects.toBe(ended)
  })
})
