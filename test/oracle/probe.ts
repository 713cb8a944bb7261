import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileSections} from '../../src/facts/data/directives.ts'
import {directiveNames} from '../../src/facts/directives.ts'
import {parserOf} from '../../src/values/parsers.ts'
import {valueFacts} from '../../src/facts/value-facts.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import type {Case} from './cases.ts'

/** Values picked by hand at the edges of what some types of values take. */
interface Probe {
  readonly types: readonly string[]
  readonly values: readonly string[]
}

/** All probes of a type on one directive of each parser and kind that read it in a version. */
export function probeCases(version: number): Case[] {
  const cases: Case[] = []
  for (const place of placesOf(version)) {
    const values = new Set(
      probes.filter(({types}) => types.includes(place.type)).flatMap((probe) => probe.values),
    )
    for (const value of values) cases.push({...place, value})
  }
  return cases
}

// The file has this shape; the test fails on any other.
const probes = JSON.parse(
  readFileSync(join(import.meta.dirname, 'probe.json'), 'utf8'),
) as readonly Probe[]

const unitTypes: readonly UnitType[] = [
  'service',
  'socket',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
]

function placesOf(version: number): Omit<Case, 'value'>[] {
  const places: Omit<Case, 'value'>[] = []
  const seen = new Set<string>()
  for (const unitType of unitTypes) {
    for (const section of fileSections[unitType] ?? []) {
      for (const key of section === 'Install' ? [] : directiveNames()) {
        const facts = valueFacts(section, key, version)
        if (!facts || facts.unsupportedInThisSection || (facts.removedSince ?? Infinity) <= version)
          continue
        const {type, min, max, resource, kind, form} = facts
        const id = JSON.stringify([
          type,
          parserOf(facts, version),
          min,
          max,
          resource,
          kind,
          form,
          sensitive.has(key) ? key : '',
        ])
        if (seen.has(id)) continue
        seen.add(id)
        places.push({unitName: `x.${unitType}`, unitType, section, key, type})
      }
    }
  }
  return places
}

/** Keys that their parsers know by name. */
const sensitive: ReadonlySet<string> = new Set([
  ...[
    'MemoryLow',
    'MemoryMin',
    'MemoryHigh',
    'MemorySwapMax',
    'DefaultMemoryLow',
    'DefaultStartupMemoryLow',
    'StartupMemoryLow',
  ],
  ...[
    'ConfigurationDirectory',
    'StateDirectory',
    'SetCredentialEncrypted',
    'DelegateNamespaces',
    'RestrictNamespaces',
    'AllowedCPUs',
  ],
])
