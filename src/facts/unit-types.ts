import {quadletTypes} from './quadlet.ts'
import type {QuadletType} from './quadlet.ts'

/** The kinds of units, by file name suffix (systemd.unit(5)). */
export const unitTypes = [
  'service',
  'socket',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
  'scope',
  'target',
  'device',
] as const
export type UnitType = (typeof unitTypes)[number] | QuadletType

/** The kinds of files that there are to lint: those of units, and those that units are made of. */
export const fileTypes: readonly UnitType[] = [...unitTypes, ...quadletTypes]
