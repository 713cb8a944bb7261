import {dirname} from 'node:path'
import {describe, expect, it} from 'vitest'
import {openSystemd} from '../../src/dev/release/ask.ts'
import {newestIn, withoutRelease, withRelease} from '../../src/dev/release/data.ts'
import {isKnownIn, directiveRows} from '../../src/dev/release/table.ts'
import {oracles} from '../oracle/systemd.ts'
import {currentData} from './data.ts'

const data = currentData()
const newest = newestIn(data)
const oracle = oracles().find(({name, version}) => name !== 'host' && version === newest)
const table = 'src/facts/data/directives.ts'

describe.skipIf(!oracle)('the newest systemd, left out and taken in again', () => {
  let opened: ReturnType<typeof openSystemd> | undefined
  const systemd = (): ReturnType<typeof openSystemd> =>
    (opened ??= openSystemd(dirname(oracle?.command ?? '')))

  it('comes back but for what is listed to be looked at', {timeout: 600_000}, async () => {
    const rest = withoutRelease(data, newest)
    // Enumerations have such words; trying the others, too, takes minutes.
    const {words, ...others} = await systemd()
    const absorbed = await withRelease(rest, {
      ...others,
      words: words.filter((word) => /^[a-z]+(?:-[a-z]+)*$|^AF_/.test(word)),
    })
    const lost = linesOf(data).filter((line) => !linesOf(rest).includes(line))
    const missing = lost.filter((line) => !linesOf(absorbed.data).includes(line))
    console.log(
      `${lost.length} lines of data came with ${newest}, ${lost.length - missing.length} come back\n${absorbed.doubts.join('\n')}`,
    )
    expect(lost.length).toBeGreaterThan(0)
    for (const line of missing)
      expect(absorbed.doubts.join('\n')).toContain(`${/"key":"(\w+)"/.exec(line)?.[1]}= `)
    for (const line of linesOf(absorbed.data))
      if (!linesOf(data).includes(line))
        expect(absorbed.doubts.join('\n')).toContain(`${/"key":"(\w+)"/.exec(line)?.[1]}= `)
    expect({...absorbed.data, [table]: ''}).toEqual({...data, [table]: ''})
  })

  it.each([1, 5])(
    'brings back the names and parsers of the last %i versions',
    {timeout: 600_000},
    async (count) => {
      const rest = withoutRelease(data, newest - count + 1)
      const absorbed = await withRelease(rest, {...(await systemd()), words: []})
      expect(namesIn(rest[table])).not.toEqual(namesIn(data[table]))
      expect(namesIn(absorbed.data[table])).toEqual(namesIn(data[table]))
    },
  )

  it('is refused by data that know a newer one', async () => {
    const newer = {
      ...data,
      'src/facts/targets.ts': data['src/facts/targets.ts'].replace(
        `newestVersion = ${newest}`,
        `newestVersion = ${newest + 1}`,
      ),
    }
    await expect(withRelease(newer, await systemd())).rejects.toThrow(
      `Expected systemd ${newest + 1} or newer`,
    )
  })
})

it.skipIf(oracle)('needs the newest systemd of the data in the folder UNITLINT_ORACLE', (context) =>
  context.skip(),
)

function linesOf(texts: typeof data): string[] {
  return Object.values(texts).flatMap((text) =>
    text.split('\n').map((line) => line.replace(/,$/, '')),
  )
}

/** What the newest version knows by which parser, and what it ignores. */
function namesIn(text: string): string[] {
  return directiveRows(text)
    .filter((row) => isKnownIn(row, newest))
    .flatMap(({sections, key, parser, removedSince}) =>
      sections.map((section) => `[${section}] ${key}= ${parser} ${removedSince === undefined}`),
    )
    .toSorted()
}
