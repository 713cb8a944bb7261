import {describe, expect, it} from 'vitest'
import {valueFacts} from '../../src/facts/value-facts.ts'
import {booleanOrControllerList} from '../../src/values/controllers.ts'
import {readCommands} from '../../src/values/commands.ts'
import {contextOf} from '../../src/values/context.ts'
import {loadCredential, setCredential} from '../../src/values/credentials.ts'
import {deviceAllow} from '../../src/values/devices.ts'
import {meaningOf, type Reader, type ValueContext} from '../../src/values/fault.ts'
import {path} from '../../src/values/path-values.ts'
import {userOrGroup, userOrGroupList} from '../../src/values/users.ts'
import {validate} from '../../src/values/validate.ts'
import {cases} from '../oracle/cases.ts'
import {quarrels} from './grammar-search.ts'

/** How many lines to try for each version; `UNITLINT_CASES=200000` for a thorough search. */
const count = Number(process.env['UNITLINT_CASES'] ?? 4000)
/** Another one gives other lines. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

const versions = [247, 252, 254, 257, 262]

describe.each(versions)('in %i', (version) => {
  it('a line means what is left of it without its faults', {timeout: 600_000}, () => {
    expect([...quarrels(version, count, seed)].slice(0, 20)).toEqual([])
  })

  it('a value has a meaning or a fault that loses it, never both', {timeout: 600_000}, () => {
    const found: unknown[] = []
    let tried = 0
    for (const [key, value, context] of values(version)) {
      const read = readers.get(context.facts.type)
      if (!read) continue
      tried++
      const isMeant = meaningOf(read, value, context) !== undefined
      const isLost = [...validate(value, context)].some(
        ({effect}) => effect === 'line' || effect === 'unit',
      )
      if (isMeant === isLost) found.push({key, value, isMeant, isLost})
    }
    expect(tried).toBeGreaterThan(count / 20)
    expect(found.slice(0, 20)).toEqual([])
  })

  it(
    'a line of commands has those before its first fault that loses one',
    {timeout: 600_000},
    () => {
      const found: unknown[] = []
      let tried = 0
      for (const [key, value, context] of values(version)) {
        if (context.facts.type !== 'exec-command') continue
        tried++
        const {commands, faults} = readCommands(value, context)
        const loss = faults.find(({effect}) => effect === 'line' || effect === 'unit')
        const rest = value.slice(
          commands.at(-1)?.arguments.at(-1)?.end ?? commands.at(-1)?.word.end ?? 0,
        )
        // Where a program would stand, `;` parts commands in quotes, too.
        if (!loss && !/^(?:[\s;]|(["']);\1)*$/.test(rest)) found.push({key, value, rest})
        if (loss && commands.some(({word}) => word.start >= loss.to)) found.push({key, value, loss})
      }
      expect(tried).toBeGreaterThan(count / 20)
      expect(found.slice(0, 20)).toEqual([])
    },
  )
})

/** The readers whose meaning is asked for, by type of value. */
const readers: ReadonlyMap<string, Reader<unknown>> = new Map<string, Reader<unknown>>([
  ['boolean-or-controller-list', booleanOrControllerList],
  ['device-allow', deviceAllow],
  ['load-credential', loadCredential],
  ['path', path],
  ['set-credential', setCredential],
  ['user-or-group', userOrGroup],
  ['user-or-group-list', userOrGroupList],
])

function* values(
  version: number,
): Generator<readonly [key: string, value: string, context: ValueContext]> {
  const isRead = (type: string | undefined): boolean =>
    type === 'exec-command' || (type !== undefined && readers.has(type))
  for (const {unitName, unitType, section, key, value} of cases(version, count, seed, ({type}) =>
    isRead(type),
  )) {
    if (value.trim() === '' || !isRead(valueFacts(section, key, version)?.type)) continue
    const context = contextOf(
      {name: unitName, type: unitType, manager: 'system', target: {version}},
      section,
      key,
    )
    if (context) yield [key, value.trim(), context]
  }
}
