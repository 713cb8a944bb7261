import type {HostileCase} from './case.ts'
import {structureCases} from './structures.ts'
import {valueCases} from './values.ts'

/** All input that is searched. */
export function hostileCases(): readonly HostileCase[] {
  return [...structureCases(), ...valueCases()]
}
