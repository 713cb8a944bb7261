import type {UnitType} from './unit-types.ts'

/**
 * The section that holds what a unit of some type says about its processes; undefined for types
 * that start none (systemd.exec(5)).
 */
export function executionSection(type: UnitType): string | undefined {
  return executing.get(type)
}

/**
 * The section that holds what a unit of some type says about its control group
 * (systemd.resource-control(5)).
 */
export function resourceSection(type: UnitType): string | undefined {
  return executing.get(type) ?? grouping.get(type)
}

const executing: ReadonlyMap<UnitType, string> = new Map([
  ['service', 'Service'],
  ['socket', 'Socket'],
  ['mount', 'Mount'],
  ['swap', 'Swap'],
])

const grouping: ReadonlyMap<UnitType, string> = new Map([
  ['slice', 'Slice'],
  ['scope', 'Scope'],
])
