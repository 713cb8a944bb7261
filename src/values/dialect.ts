import {fileSections} from '../facts/data/directives.ts'
import type {Dialect, ValueFault, ValueContext} from '../facts/dialect.ts'
import {
  isQuadlet,
  quadletRow,
  quadletSections,
  quadletService,
  quadletTypes,
} from '../facts/quadlet.ts'
import type {QuadletType} from '../facts/quadlet.ts'
import {valueFacts} from '../facts/value-facts.ts'
import type {Target} from '../facts/targets.ts'
import {validate} from './validate.ts'

/**
 * How systemd reads the files of its own units (systemd.unit(5)), and Quadlet those that it makes
 * units of (podman-systemd.unit(5)).
 */
const systemd: Dialect = {
  types: {...fileSections, ...quadletSections},
  row: (section, key, version) => valueFacts(section, key, version) ?? quadletRow(section, key),
  grammar: (value, context) =>
    isQuadlet(context.unitType)
      ? inService(value, context, context.unitType)
      : validate(value, context),
}

/** The dialect that a target reads: that of systemd where it names none. */
export function dialectOf({dialect = systemd}: Target): Dialect {
  return dialect
}

/**
 * What is said of a value that goes into the service that Quadlet makes. In dependencies it writes
 * services for its own files.
 */
function* inService(value: string, context: ValueContext, type: QuadletType): Iterable<ValueFault> {
  if (context.facts.type === 'quadlet') return
  const its = {
    ...context,
    unitType: 'service',
    unitName: quadletService(context.unitName, type),
  } as const
  for (const fault of validate(value, its))
    if (context.section !== 'Unit' || !namesFile(value.slice(fault.from, fault.to))) yield fault
}

function namesFile(word: string): boolean {
  return quadletTypes.some((type) => word.endsWith(`.${type}`))
}
