import {describe, expect, test} from 'vitest'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {readyUnit} from '../../src/engine/ready-unit.ts'
import {set} from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/index.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {exposure} from '../../src/security/index.ts'
import {decode} from '../../src/syntax/bytes.ts'
import {corpus, sampled} from '../corpus/corpus.ts'
import {fixed, optionsWith, unitOf, wanting} from './fixing.ts'

const strict = presets['strict']?.rules ?? {}
const options = optionsWith(
  rules.filter(({id}) => Object.hasOwn(strict, id) && strict[id] !== 'off'),
)

/** What lines of a directive show that a service needs. */
function shown(lines: string): readonly string[] {
  const unit = unitOf(`[Service]\nExecStart=/usr/bin/example\n${lines}`)
  return readyUnit(unit, options).needs.map(({because}) => because)
}

/** A unit fixed in its place, and in a drop-in. */
function inBothWays(text: string): readonly Unit[] {
  const places = fixed(text, everything, 'unsafe')
  const {own} = fixed(text, everything, 'unsafe', {into: true})
  return [unitOf(places.text), unitOf(text, own)]
}

const everything = optionsWith()

describe('a line is no evidence', () => {
  test('that says what a safe fix would write', () => {
    expect(shown('RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n')).toEqual([])
    const {text} = fixed('[Service]\nExecStart=/usr/bin/example\n', options, 'safe')
    expect(text).toMatch('RestrictAddressFamilies=')
    expect([...readyUnit(unitOf(text), options).needs]).toEqual([])
  })

  test('that a fix would write beside a line of another directive', () => {
    const ours = 'AF_UNIX AF_INET AF_INET6 AF_NETLINK'
    const rule: Rule = {
      ...wanting((unit) =>
        unit.value('RestrictAddressFamilies')
          ? undefined
          : {
              title: 'Leave it some families',
              changes: [
                set('Service', 'ProtectClock', 'yes'),
                set('Service', 'RestrictAddressFamilies', ours),
              ],
            },
      ),
      directives: ['RestrictAddressFamilies', 'ProtectClock'],
    }
    const left = (value: string): readonly string[] =>
      readyUnit(
        unitOf(`[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=${value}\n`),
        optionsWith([rule]),
      ).needs.map(({because}) => because)
    expect(left(ours)).toEqual([])
    expect(left('AF_NETLINK')).toContain('`RestrictAddressFamilies=` names `AF_NETLINK`')
  })

  test('but one that says anything else is', () => {
    expect(shown('RestrictAddressFamilies=AF_INET AF_UNIX\n')).toContain(
      '`RestrictAddressFamilies=` names `AF_INET`',
    )
    expect(
      shown(
        'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\nRestrictAddressFamilies=AF_PACKET\n',
      ),
    ).toContain('`RestrictAddressFamilies=` names `AF_PACKET`')
    expect(shown('CapabilityBoundingSet=CAP_NET_ADMIN\n')).toContain(
      '`CapabilityBoundingSet=` names `CAP_NET_ADMIN`',
    )
  })

  test.each([
    'ProtectHome=read-only',
    'ProtectHome=no\nProtectHome=read-only',
    'ProtectHome=read-only\nProtectHome=read-only',
  ])('whether lines that it replaces stand above it, as they do below a drop-in: %j', (lines) => {
    const left = inBothWays(`[Service]\nExecStart=/usr/bin/x\n${lines}\n`)
    const values = left.map(
      ({settings: {ProtectHome, DynamicUser}}) => `${ProtectHome.value} ${DynamicUser.value}`,
    )
    expect(values).toEqual(['yes yes', 'yes yes'])
  })

  test('nor one that no rule of the run would write', () => {
    const unit = unitOf(
      '[Service]\nExecStart=/usr/bin/example\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n',
    )
    expect(readyUnit(unit, optionsWith([])).needs).not.toEqual([])
  })
})

const services = sampled(
  corpus('units').filter(({type, kind}) => type === 'service' && kind === 'unit'),
  60,
)

test.skipIf(services.length === 0)(
  `${services.length} real services end where they do at once when they are fixed safely first (needs UNITLINT_CORPUS)`,
  () => {
    const apart: string[] = []
    for (const file of services) {
      const text = decode(file.bytes())
      const first = fixed(text, options, 'safe').text
      const then = fixed(first, options, 'unsafe').text
      const once = fixed(text, options, 'unsafe').text
      const [left, right] = [then, once].map((its) => exposure(unitOf(its)))
      if (left !== right) apart.push(`${file.path}: ${left}, at once ${right}`)
      expect(fixed(then, options, 'unsafe').text).toBe(then)
    }
    expect(apart).toEqual([])
  },
  600_000,
)
