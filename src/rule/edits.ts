import type {Directive, Section, UnitTree} from '../syntax/tree.ts'
import {isHardening} from '../facts/hardening.ts'
import type {Assignment, SourceFile} from '../unit/unit.ts'
import type {FileEdit} from './rule.ts'
import type {Unit} from './unit.ts'

/** A line to add: `[key, value]`. */
export type NewLine = readonly [key: string, value: string]

/**
 * Give a directive a value: in its last assignment where there is one, in a new line otherwise.
 *
 * Undefined where it cannot be written: the unit has no such section. An assignment that spans lines or that systemd ignores keeps its
 * text, and the new line follows it, so that no comment is lost.
 */
export function setDirective(unit: Unit, section: string, key: string, value: string): FileEdit[] | undefined {
  const last = unit.assignments(section, key).at(-1)
  if (last && !last.directive.pieces && !last.value.includes('#')) return [replaceValue(last, value)]
  return addLines(unit, section, [[key, value]])
}

/** Put a value in the place of an assignment's; everything else on the line stays. */
export function replaceValue({file, directive}: Assignment, value: string): FileEdit {
  return {file, range: [directive.valueSpan.start, directive.valueSpan.end], text: value}
}

/** Take an assignment out, its whole line with it. */
export function removeAssignment({file, directive}: Assignment): FileEdit {
  const start = directive.position.start.offset ?? 0
  return {file, range: [start, start + directive.raw.length], text: ''}
}

/**
 * Add lines to a section, where such lines stand: behind the last assignment of the same directive, else behind the last hardening
 * directive, else at the end of the section, one empty line apart. They are written as the file writes its lines.
 *
 * Undefined when the main file has no such section.
 */
export function addLines(unit: Unit, section: string, lines: readonly NewLine[]): FileEdit[] | undefined {
  const anchor = anchorOf(unit, section, lines)
  if (!anchor) return undefined
  const {file, entry, separate} = anchor
  const {tree} = file
  const offset = (entry.position.start.offset ?? 0) + entry.raw.length
  const {before, equals} = habit(tree, section)
  const text = lines.map(([key, value]) => `${before}${key}${value === '' ? equals.trimEnd() : equals}${value}${tree.lineEnd}`).join('')
  // A line that the end of the file cut short must end first; one that it left continued must be ended by an empty line.
  const ends = (/[\n\r\0]$/.test(entry.raw) ? 0 : 1) + (entry.type === 'directive' && entry.unfinished ? 1 : 0)
  return [{file, range: [offset, offset], text, lead: tree.lineEnd.repeat(Math.max(ends, ends + (separate ? 1 : 0)))}]
}

interface Anchor {
  file: SourceFile
  /** Behind which to insert. */
  entry: Directive | Section['header']
  /** Whether an empty line belongs between. */
  separate: boolean
}

function anchorOf(unit: Unit, name: string, lines: readonly NewLine[]): Anchor | undefined {
  for (const [key] of lines) {
    const same = unit.assignments(name, key).at(-1)
    if (same) return {file: same.file, entry: same.directive, separate: false}
  }
  const file = unit.files.find((candidate) => candidate.role === 'fragment') ?? unit.files[0]
  if (!file) return undefined
  const sections = file.tree.children.filter((child) => child.type === 'section').filter((child) => child.name === name)
  const directives = sections.flatMap((section) => section.children.filter((child) => child.type === 'directive'))
  const hardening = directives.findLast((directive) => isHardening(directive.key))
  if (hardening) return {file, entry: hardening, separate: false}
  const last = directives.at(-1)
  if (last) return {file, entry: last, separate: usesBlankLines(file.tree)}
  const header = sections.at(-1)?.header
  return header && {file, entry: header, separate: false}
}

/** Whether the file sets groups of lines apart, as far as one can see: a file of one section has no reason to yet. */
function usesBlankLines(tree: UnitTree): boolean {
  const sections = tree.children.filter((child) => child.type === 'section')
  return (
    sections.length < 2 ||
    tree.children.some((child) => child.type === 'blank' || (child.type === 'section' && child.children.some((entry) => entry.type === 'blank')))
  )
}

/** How a section writes its lines: what stands before the key, and the `=` with its white space. */
function habit(tree: UnitTree, name: string): {before: string; equals: string} {
  const counts = new Map<string, number>()
  for (const child of tree.children) {
    if (child.type !== 'section' || child.name !== name) continue
    for (const entry of child.children) {
      if (entry.type !== 'directive' || entry.pieces || entry.value === '') continue
      const indent = tree.text.slice(entry.position.start.offset, entry.keySpan.start)
      const equals = tree.text.slice(entry.keySpan.end, entry.valueSpan.start)
      if (!/^[ \t]*$/.test(indent)) continue
      const way = `${indent}\n${equals}`
      counts.set(way, (counts.get(way) ?? 0) + 1)
    }
  }
  const [way] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? ['\n=']
  const [before = '', equals = '='] = way.split('\n')
  return {before, equals}
}
