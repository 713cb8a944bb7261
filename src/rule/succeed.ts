import {advice, successor} from '../unit/replacements.ts'
import type {Successor} from '../unit/replacements.ts'
import type {Assignment} from '../unit/unit.ts'
import {move, rename, rewrite} from './change.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'
import {isEmptyValid, isValid} from './validity.ts'

/**
 * Write what takes the place of an obsolete assignment; undefined where its value takes thought.
 */
export function replaceDirective(
  unit: Unit,
  assignment: Assignment,
  {section, key, value, isSame, isTiedUp}: Successor,
): Fix | undefined {
  const {directive} = assignment
  if (value === undefined || isTiedUp) return undefined
  const isTaken =
    value === '' ? isEmptyValid(unit, section, key) : isValid(unit, section, key, value)
  const applicability = !isTaken ? 'suggestion' : isSame ? 'safe' : 'unsafe'
  if (section !== assignment.section) {
    if (directive.pieces || !isSame) return undefined
    return fixBy(applicability, move(assignment, section, {key, value}))
  }
  const renamed = rename(assignment, key)
  if (value === assignment.value) return fixBy(applicability, renamed)
  if (directive.pieces) return undefined
  const changes = [renamed, rewrite(assignment, value)]
  return fixBy(applicability, changes, `Write \`${key}=${value}\``)
}

/** The fix that writes what came in the place of a directive, where something did. */
export function succeeding(unit: Unit, assignment: Assignment): Fix | undefined {
  const found = successor(assignment, unit)
  return found && replaceDirective(unit, assignment, found)
}

/** The end of a message about a directive: what to write for it. */
export function insteadOf(unit: Unit, assignment: Assignment): string {
  const found = successor(assignment, unit)
  if (found)
    return `, expected \`${found.key}${found.value === undefined || found.value === assignment.value ? '' : `=${found.value}`}\``
  const words = advice(assignment.key)
  return words === undefined ? '' : `, ${words}`
}
