import {valueSpan} from '../../syntax/place.ts'
import type {Edit} from '../../syntax/edit.ts'
import {applyEdits} from '../../syntax/edit.ts'
import {sectionsIn} from '../../syntax/tree.ts'
import type {Directive, Header, UnitTree} from '../../syntax/tree.ts'
import {query} from '../../unit/query.ts'
import type {SourceFile} from '../../unit/unit.ts'
import type {Insertion, Operation} from '../operations.ts'

/** An edit of one file of a unit. */
export interface FileEdit extends Edit {
  readonly file: SourceFile
}

/**
 * Edits of the files that operations are about, in the habits of each: its line ends, its spaces,
 * an empty line before what stands apart. Nothing else changes.
 *
 * Insertions at the same point stack in their order, behind one empty line.
 */
export function edits(all: readonly Operation[]): FileEdit[] {
  const led = new Set<Directive | Header>()
  // What ends a line comes before what follows it, where no line end is between them.
  const within: FileEdit[] = []
  const between: FileEdit[] = []
  for (const operation of all) {
    const {file} = operation
    if (operation.kind !== 'insert') {
      for (const {range, text} of editsOf(operation)) within.push({file, range, text})
    } else if (operation.behind) {
      const {behind} = operation
      const lead = led.has(behind) ? '' : leadOf(operation)
      if (lead !== '') led.add(behind)
      const offset = behind.position.start.offset + behind.raw.length
      between.push({file, range: [offset, offset], text: lead + linesOf(operation)})
    }
  }
  return [...within, ...between, ...newSections(all)]
}

/** The texts of the files that operations change. */
export function texts(all: readonly Operation[]): Map<SourceFile, string> {
  const byFile = new Map<SourceFile, FileEdit[]>()
  for (const edit of edits(all)) {
    const its = byFile.get(edit.file)
    if (its) its.push(edit)
    else byFile.set(edit.file, [edit])
  }
  return new Map([...byFile].map(([file, its]) => [file, applyEdits(file.tree.text, its)]))
}

/** The sections that files get, each before the first one of its file and an empty line. */
function newSections(all: readonly Operation[]): FileEdit[] {
  const byFile = new Map<SourceFile, Insertion[]>()
  for (const operation of all) {
    if (operation.kind !== 'insert' || operation.behind) continue
    const its = byFile.get(operation.file)
    if (its) its.push(operation)
    else byFile.set(operation.file, [operation])
  }
  return [...byFile].flatMap(([file, its]) => {
    const {lineEnd, text} = file.tree
    const start = sectionsIn(file.tree)[0]?.position.start.offset ?? 0
    const offset = text.charCodeAt(start) === byteOrderMark ? start + 1 : start
    // No other than `[Unit]` is made.
    const [first] = its
    return first
      ? [
          {
            file,
            range: [offset, offset] as const,
            text: `[${first.section}]${lineEnd}${its.map(linesOf).join('')}${lineEnd}`,
          },
        ]
      : []
  })
}

const byteOrderMark = 0xfeff

/** What must stand before a line: the end of the one before, an empty line. */
function leadOf({file, behind, isApart}: Insertion): string {
  if (!behind) return ''
  // A line that the end of the file cut short must end first; one that it left continued must be
  // ended by an empty line.
  const isContinued = behind.type === 'directive' && behind.unfinished === true
  const ends = (/[\n\r\0]$/.test(behind.raw) ? 0 : 1) + (isContinued ? 1 : 0)
  return file.tree.lineEnd.repeat(isApart ? ends + 1 : ends)
}

function linesOf({file, section, lines, isAlike}: Insertion): string {
  const {before, equals} = isAlike ? habit(file.tree, section) : {before: '', equals: '='}
  return lines
    .map(
      ([key, value]) =>
        `${before}${key}${value === '' ? equals.trimEnd() : equals}${value}${file.tree.lineEnd}`,
    )
    .join('')
}

/** How a section writes its lines: what stands before the key, and the `=` with its white space. */
const habit = query((tree: UnitTree, name: string): {before: string; equals: string} => {
  const counts = new Map<string, number>()
  for (const section of sectionsIn(tree)) {
    if (section.name !== name) continue
    for (const entry of section.children) {
      if (entry.type !== 'directive' || entry.pieces || entry.value === '') continue
      const indent = tree.text.slice(entry.position.start.offset, entry.keySpan.start)
      const equals = tree.text.slice(entry.keySpan.end, entry.valueSpan.start)
      if (!/^[ \t]*$/.test(indent)) continue
      const way = `${indent}\n${equals}`
      counts.set(way, (counts.get(way) ?? 0) + 1)
    }
  }
  const [way] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? ['\n=']
  const end = way.indexOf('\n')
  return {before: way.slice(0, end), equals: way.slice(end + 1)}
})

function editsOf(operation: Exclude<Operation, {kind: 'insert'}>): Edit[] {
  switch (operation.kind) {
    case 'remove': {
      const {position, raw} = operation.entry
      const start = position.start.offset
      return [{range: [start, start + raw.length], text: ''}]
    }
    case 'rewrite':
      return rewritten(operation)
    case 'word': {
      const {start, end} = valueSpan(operation.entry, operation.span.start, operation.span.end)
      return [{range: [start, end], text: operation.text}]
    }
    case 'key': {
      const {start, end} = operation.entry.keySpan
      return [{range: [start, end], text: operation.key}]
    }
    case 'assign':
      return [{range: [operation.sign.start, operation.sign.end], text: '='}]
    case 'header': {
      const {start, end} = operation.entry.nameSpan
      return [{range: [start, end], text: operation.name}]
    }
  }
}

/** A line written anew, the comment above it. */
function rewritten({file, entry, values, comment}: Extract<Operation, {kind: 'rewrite'}>): Edit[] {
  const {lineEnd, text} = file.tree
  const start = entry.position.start.offset
  const {start: from, end: to} = entry.valueSpan
  const edit = {
    range: [from, to] as const,
    text: values.join(lineEnd + text.slice(start, from).replace('\uFEFF', '')),
  }
  return comment === undefined
    ? [edit]
    : [{range: [start, start], text: `${comment}${lineEnd}`}, edit]
}
