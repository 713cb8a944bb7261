import {fileSections} from '../../src/facts/data/directives.ts'
import {directive, directiveNames} from '../../src/facts/directives.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {smallest} from './cases-ask.ts'
import {random, type Random} from './cases-random.ts'
import {oddValues, valueOf} from './cases-values.ts'
import type {Subject} from './subject.ts'

/**
 * Units with drop-ins whose lines override, add to and take back each other. The same seed gives
 * the same units.
 */
export function trees(version: number, count: number, seed: number): Subject[] {
  const next = random(seed * 31_337 + version)
  const places = new Map(types.map(([, type]) => [type, placesOf(type, version)]))
  return Array.from({length: count}, (_, index) => {
    const type = next.weighted(types)
    const keys = few(places.get(type) ?? [], next)
    const lines = (most: number): string =>
      Array.from({length: next.between(1, most)}, () => line(next.pick(keys), version, next)).join(
        '',
      )
    const name = `u${index}x${type === 'service' && next.chance(0.2) ? '@a-b' : ''}.${type}`
    const dropins = new Map(
      Array.from(
        {length: next.between(0, 3)},
        (__, at) => [`${name}.d/${at}${next.pick(['a', 'b'])}.conf`, lines(6)] as const,
      ),
    )
    return {name, text: `${smallest[type] ?? ''}${lines(8)}`, dropins}
  })
}

/**
 * Units of two or three lines that have to do with each other, some of them in a drop-in. The same
 * seed gives the same units.
 */
export function fewLines(version: number, count: number, seed: number): Subject[] {
  const next = random(seed * 7919 + version)
  const places = new Map(types.map(([, type]) => [type, placesOf(type, version)]))
  return Array.from({length: count}, (_, index) => {
    const type = next.weighted(types)
    const all = places.get(type) ?? []
    const place = next.pick(all)
    const kin = all.filter(
      ({parser, key}) =>
        parser === place.parser || (key.startsWith(place.key.slice(0, 6)) && next.chance(0.3)),
    )
    const lines = Array.from({length: next.between(2, 3)}, () =>
      line(next.chance(0.7) ? place : next.pick(kin), version, next),
    )
    const own = next.chance(0.35) ? next.between(0, lines.length - 1) : lines.length
    const name = `u${index}x.${type}`
    const dropins = new Map(
      own < lines.length ? [[`${name}.d/a.conf`, lines.slice(own).join('')] as const] : [],
    )
    return {name, text: `${smallest[type] ?? ''}${lines.slice(0, own).join('')}`, dropins}
  })
}

/** Small units that were once taken for something else than systemd takes them for. */
export function settled(): Subject[] {
  return once.map(([type, text, dropIn], index) => {
    const name = `once${index}.${type}`
    return {
      name,
      text: `${smallest[type] ?? ''}${text}`,
      dropins: new Map(dropIn === undefined ? [] : [[`${name}.d/a.conf`, dropIn]]),
    }
  })
}

const once: readonly (readonly [type: UnitType, text: string, dropIn?: string])[] = [
  ...[
    'CPUAffinity=3-0',
    'CPUAffinity=3-0\nCPUAffinity=0',
    'CPUAffinity=0\nCPUAffinity=3-0',
    'CPUAffinity=3-0\nCPUAffinity=',
    'CPUAffinity=%i3-0 %i 1',
    'CPUAffinity=0\nCPUAffinity=,',
    'CPUAffinity=0\nCPUAffinity=%i',
    'CPUAffinity=0\nCPUAffinity=numa',
    'CPUAffinity=numa\nCPUAffinity=3-0',
    'CPUAffinity=0\nCPUAffinity=4294967295',
    'NUMAPolicy=bind\nNUMAMask=0\nNUMAMask=3-0 7',
    'NUMAMask=3-0',
    'NUMAMask=0\nNUMAMask=%i',
    'AllowedMemoryNodes=8191\nAllowedMemoryNodes=0,2-4%inuma\nAllowedMemoryNodes=08',
    'AllowedCPUs=0 2-4%inuma 7',
    'AllowedCPUs=0\nAllowedCPUs=a,b',
  ].map((lines) => ['service', `[Service]\n${lines}\n`] as const),
  [
    'service',
    '[Unit]\nRequiresMountsFor=/b "/a\\ b %z "/a b"\nAfter=a.service "%z b.service" c.service\n',
  ],
  ...[
    'CPUShares=5\nCPUShares=',
    'MemoryLimit=5M\nMemoryLimit=',
    'BlockIOReadBandwidth=/dev/sda 5M\nBlockIOWriteBandwidth=',
    'BlockIODeviceWeight=/dev/sda 50\nBlockIODeviceWeight=',
  ].map((lines) => ['service', `[Service]\n${lines}\n`] as const),
  ['service', '[Service]\nReadWritePaths=/b "/a %z "/a /c\nReadWritePaths="/%z" "/d\n'],
  ['service', '[Service]\nBindPaths=%i-/a\nBindPaths=%i-/b:%i/c -%i-/d\n'],
  ['socket', '[Socket]\nListenFIFO=%Y\n', '[Socket]\nListenUSBFunction=/run/../x\n'],
]

const types: readonly (readonly [weight: number, type: UnitType])[] = [
  [12, 'service'],
  [3, 'socket'],
  [1, 'timer'],
  [1, 'path'],
  [0.3, 'slice'],
  [0.1, 'mount'],
]

interface Place {
  readonly section: string
  readonly key: string
  readonly type: string
  readonly parser: string
}

function placesOf(type: UnitType, version: number): Place[] {
  return (fileSections[type] ?? []).flatMap((section) =>
    directiveNames().flatMap((key): Place[] => {
      const facts = directive(section, key, version)
      return facts && section !== 'Install'
        ? [{section, key, type: facts.type, parser: facts.parser}]
        : []
    }),
  )
}

/**
 * Some directives, often with those that share their parser, so that lines have to do with each
 * other.
 */
function few(places: readonly Place[], next: Random): readonly Place[] {
  return Array.from({length: next.between(1, 3)}, () => next.pick(places)).flatMap((place) => {
    const kin = places.filter(({parser}) => parser === place.parser)
    return next.chance(0.4) ? [place, next.pick(kin), next.pick(kin)] : [place]
  })
}

function line({section, key, type}: Place, version: number, next: Random): string {
  const value = next.weighted<() => string>([
    [16, () => valueOf({section, key, type}, version, next)],
    [3, () => ''],
    [1, () => next.pick(oddValues)],
  ])()
  // What ends a line would begin another; control characters are shown in another way.
  const clean = value.replaceAll(/[\p{Cc}\p{Cs}]|\\n/gu, '')
  // Without a name it means the file that any earlier line has named, even one that was overridden
  // since.
  if (type === 'exec-input' && (clean === 'file' || clean === 'fd')) return ''
  return `[${section}]\n${key}=${clean}\n${next.chance(0.02) ? '[Foo]\nBar=1\njunk\n' : ''}`
}
