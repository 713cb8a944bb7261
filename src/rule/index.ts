/** The kit that rules are written with: ours use nothing else (but zod). */
export {access} from '../facts/accesses.ts'
export type {AccessId} from '../facts/accesses.ts'
export type {Machine} from '../machine/machine.ts'
export type {LoadedUnit} from '../unit/load.ts'
export {query} from '../unit/query.ts'
export type {Complaint} from '../unit/read/complaint.ts'
export type {Assignment} from '../unit/unit.ts'
export type {Value} from '../unit/value.ts'
export {requireAtLeast} from './at-least.ts'
export {add, assign, move, remove, rename, replaceWord, rewrite, set} from './change.ts'
export type {Change} from './change.ts'
export {defineRule} from './define.ts'
export {fixBy} from './fix-by.ts'
export * as history from './door/history.ts'
export * as lives from './door/lives.ts'
export * as quadlet from './door/quadlet.ts'
export * as relations from './door/relations.ts'
export * as sandboxing from './door/sandboxing.ts'
export * as shell from './door/shell.ts'
export * as timers from './door/timers.ts'
export * as unitNames from './door/unit-names.ts'
export * as values from './door/values.ts'
export {meantLine} from './meant-line.ts'
export type {MeantLine} from './meant-line.ts'
export {
  complaints,
  everyUnit,
  lines,
  refusedUnits,
  services,
  signs,
  typed,
  unitsOfUsers,
} from './on.ts'
export type {Example, Fix, Rule} from './rule.ts'
export {requireDirective} from './require-directive.ts'
export {partOf} from './place.ts'
export type {Place} from './place.ts'
export {isJudged, writtenIn} from './subject.ts'
export type {Unit} from './unit.ts'
export {isValid, sectionsOf} from './validity.ts'
