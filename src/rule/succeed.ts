import type {Successor} from '../unit/replacements.ts'
import type {Assignment} from '../unit/unit.ts'
import {addLines, removeAssignment} from './edits.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'
import {isEmptyValid, isValid} from './validity.ts'

/** Write what takes the place of an obsolete assignment; undefined where its value takes thought, or its new section is not in the file. */
export function replaceDirective(unit: Unit, assignment: Assignment, {section, key, value, isSame}: Successor): Fix | undefined {
  const {file, directive} = assignment
  const isTaken = value === '' ? isEmptyValid(unit, section, key) : value !== undefined && isValid(unit, section, key, value)
  const applicability = !isTaken ? 'suggestion' : isSame ? 'safe' : 'unsafe'
  if (value === undefined) return undefined
  if (section !== assignment.section) {
    const added = directive.pieces || !isSame ? undefined : addLines(unit, section, [[key, value]])
    if (!added?.every((edit) => edit.file === file)) return undefined
    return {title: `Move it to \`[${section}]\``, applicability, edits: [removeAssignment(assignment), ...added]}
  }
  if (directive.pieces && value !== assignment.value) return undefined
  const {keySpan, valueSpan} = directive
  const renamed = {file, range: [keySpan.start, keySpan.end] as const, text: key}
  const edits = value === assignment.value ? [renamed] : [renamed, {file, range: [valueSpan.start, valueSpan.end] as const, text: value}]
  return {title: `Write \`${key}=${value === assignment.value ? '' : value}\``, applicability, edits}
}
