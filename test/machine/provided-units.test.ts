import {describe, expect, it} from 'vitest'
import {bootOrder} from '../../src/facts/data/boot-order.ts'
import {bootEdges} from '../../src/machine/cycle-signs.ts'
import {cycles} from '../../src/machine/cycles.ts'
import {providedVersions} from '../../src/facts/data/provided-units.ts'
import {
  allBootUnits,
  bootUnit,
  isMadeByItself,
  isProvided,
  providedNames,
} from '../../src/machine/provided-units.ts'
import {newestVersion, oldestVersion, target} from '../../src/facts/targets.ts'
import {relativesAmong, unitNamed} from './relatives.ts'

function manager(version: number, manager: 'system' | 'user' = 'system') {
  const its = target(String(version))
  if (!its) throw new Error(`Unexpected version ${version}`)
  return {target: its, manager}
}

describe('provided units', () => {
  it.each([
    'multi-user.target',
    'getty@tty1.service',
    'serial-getty@.service',
    'systemd-udevd.service',
    'dbus.service',
    'display-manager.service',
    'system.slice',
  ])('have %s', (name) => expect(isProvided(name, manager(257))).toBe(true))

  it.each(['multiuser.target', 'example.service', 'getty@.target', '__proto__', 'constructor', ''])(
    'have no %j',
    (name) => {
      expect(isProvided(name, manager(257))).toBe(false)
    },
  )

  it('differ by version and manager', () => {
    expect(isProvided('soft-reboot.target', manager(247))).toBe(false)
    expect(isProvided('soft-reboot.target', manager(257))).toBe(true)
    expect(isProvided('multi-user.target', manager(257, 'user'))).toBe(false)
    expect(isProvided('graphical-session.target', manager(257, 'user'))).toBe(true)
  })

  it('have what came between two known versions', () => {
    expect(providedNames(manager(253)).size).toBeGreaterThanOrEqual(
      new Set([...providedNames(manager(252))]).size,
    )
    for (const name of providedNames(manager(254)))
      expect(isProvided(name, manager(253)), name).toBe(true)
  })

  it('are no units that come of themselves', () => {
    for (const name of [
      'dev-sda.device',
      'home.mount',
      'a-b.slice',
      'session-1.scope',
      'systemd-fsck@dev-sda.service',
    ])
      expect(isMadeByItself(name), name).toBe(true)
    for (const name of ['a.service', 'a--b.slice', 'x.target'])
      expect(isMadeByItself(name), name).toBe(false)
  })
})

describe('the boot', () => {
  it('is of units that say what they depend on', () => {
    expect(
      bootUnit('sysinit.target', manager(257))
        ?.assignments('Unit', 'After')
        .map(({value}) => value)
        .join(' '),
    ).toContain('local-fs.target')
    expect(bootUnit('sysinit.target', manager(257, 'user'))).toBeUndefined()
    expect(bootUnit('toString', manager(257))).toBeUndefined()
  })

  it('has an order in each version that is part of the one that is written down', () => {
    const names = bootOrder.names.split(' ')
    const after = new Map(
      bootOrder.after
        .split(',')
        .map((line, at) => [names[at], line.split(' ').map((place) => names[Number(place)])]),
    )
    const seen = new Set<string>()
    for (let version = oldestVersion; version <= newestVersion; version++) {
      const {edges, apart} = bootEdges(allBootUnits(manager(version)))
      for (const name of apart) expect(bootOrder.apart.split(' ')).toContain(name)
      for (const [before, later] of edges) {
        expect(after.get(before), before).toContain(later)
        seen.add(`${before} ${later}`)
      }
    }
    expect(seen.size).toBe(bootOrder.after.split(/[ ,]+/).filter((place) => place !== '').length)
    expect(allBootUnits(manager(257, 'user'))).toEqual([])
  })

  it('is that of the version', () => {
    const order = (version: number) =>
      bootUnit('systemd-resolved.service', manager(version))
        ?.assignments('Unit', 'Before')[0]
        ?.value.split(' ')
    expect(order(247)).not.toContain('sysinit.target')
    expect(order(252)).toContain('sysinit.target')
    expect(bootUnit('systemd-pcrmachine.service', manager(252))).toBeUndefined()
  })

  it.each(providedVersions)('has no cycle in %i', (version) => {
    const units = allBootUnits(manager(version))
    expect(units.length).toBeGreaterThan(100)
    expect(
      cycles(
        relativesAmong([...units], (name) => bootUnit(name, manager(version))),
        {isInstalled: true},
      ),
    ).toEqual([])
  })

  it('has one with a unit that would be before what it waits for', () => {
    const early = unitNamed(
      'a.service',
      '[Unit]\nBefore=local-fs.target\n[Service]\nExecStart=/x\n',
    )
    const family = relativesAmong([early], (name) =>
      name === early.name ? early : bootUnit(name, manager(257)),
    )
    const found = cycles(family, {isOwn: ({name}) => name === early.name})
    expect(found.map(({closing}) => closing?.dependency.name)).toEqual(['local-fs.target'])
  })
})
