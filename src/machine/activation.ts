import {valueOf, valuesIn} from '../unit/value.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {Assignment} from '../unit/unit.ts'
import {isTemplate, oneName} from '../unit/references.ts'
import {escapePath} from '../values/units.ts'
import {parseUnitName, stemOf} from '../values/unit-names.ts'
import {mountPoint} from '../unit/mount-source.ts'

/** The unit that another starts when its time has come. */
export interface Activation {
  readonly name: string
  /** An instance of it is started for each connection (systemd.socket(5), "Accept="). */
  readonly isTemplate: boolean
  /** The line that names it, or `implicit` where its name follows from the unit's own. */
  readonly origin: Assignment | 'implicit'
}

/**
 * What a timer, path, socket or automount activates (`Unit=`, `Service=`); undefined for other
 * units and where the name makes no sense.
 */
export function activation(unit: LoadedUnit): Activation | undefined {
  const {type} = unit
  if (type === 'timer' || type === 'path') {
    const written = valueOf(unit, 'Unit')
    const origin = written && isOther(oneName(written.value, unit), unit) ? written : undefined
    return {
      name: (origin && oneName(origin.value, unit)) ?? namesake(unit),
      isTemplate: false,
      origin: origin ?? 'implicit',
    }
  }
  if (type === 'socket') {
    if (acceptsConnections(unit))
      return {
        name: `${parseUnitName(unit.name).prefix}@.service`,
        isTemplate: true,
        origin: 'implicit',
      }
    const written = valueOf(unit, 'Service')
    const origin = written && !isTemplate(written.value) ? written : undefined
    return {
      name: (origin && oneName(origin.value, unit)) ?? namesake(unit),
      isTemplate: false,
      origin: origin ?? 'implicit',
    }
  }
  const where = type === 'automount' ? mountPoint(unit) : undefined
  return where === undefined
    ? undefined
    : {name: `${escapePath(where)}.mount`, isTemplate: false, origin: 'implicit'}
}

/**
 * Whether the socket hands each connection to a service of its own: all of its listeners must be
 * able to.
 */
function acceptsConnections(unit: LoadedUnit): boolean {
  if (!valueOf(unit, 'Accept')?.boolean) return false
  const listeners = valuesIn(unit, 'Socket').filter(({key}) => key.startsWith('Listen'))
  return listeners.every(({key}) => key === 'ListenStream' || key === 'ListenSequentialPacket')
}

function isOther(name: string | undefined, unit: LoadedUnit): boolean {
  return name !== undefined && !unit.names.includes(name)
}

/** The service of the same name: an instance's is an instance. */
function namesake({name}: LoadedUnit): string {
  return `${stemOf(name)}.service`
}
