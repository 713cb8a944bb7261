import type {Change} from '../rule/change.ts'
import {applyEdits} from '../syntax/edit.ts'
import {pointAt} from '../syntax/place.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Directive, Entry, Header, Junk, Span, UnitTree} from '../syntax/tree.ts'
import {itself, load} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {operations} from './operations.ts'
import type {Insertion, Operation} from './operations.ts'
import type {NewLine} from './anchors.ts'
import {stripped} from '../values/words.ts'

/**
 * A unit as changes leave it, though nothing is written: it can be asked all that a unit can.
 * Undefined where they cannot be made.
 */
export function amend(unit: LoadedUnit, changes: readonly Change[]): LoadedUnit | undefined {
  const made = operations(unit, changes)
  return made && amended(unit, made)
}

/**
 * A unit as operations on its lines leave it; these must not be at odds.
 *
 * Lines that stay are the same nodes. A line that changes stands where it stood, and a new one
 * between its neighbours, so that the order of lines can be told by their positions as ever; what
 * is in them stands behind the text of the file, so that spans can be cut from it.
 */
export function amended(unit: LoadedUnit, all: readonly Operation[]): LoadedUnit {
  const {name, names, pulls, type, target, manager, host, now} = unit
  const files = unit.files.map((file) => {
    const its = all.filter((operation) => operation.file.path === file.path)
    return its.length === 0 ? file : amendedFile(file, its)
  })
  return load(files, {name, names, pulls, type, target, manager, host, now, amends: itself(unit)})
}

/** A file with lines that are written nowhere yet. */
interface AmendedFile extends SourceFile {
  /** The length of the text as it is; what is not written stands behind it. */
  readonly length: number
  /**
   * Where the text of such lines stands, and for which line of the file as it is they stand, in
   * order.
   */
  readonly unwritten: ReadonlyArray<{readonly offset: number; readonly line: number}>
}

/**
 * The line, from 1, of an offset in a file; of what is not written yet, the line that it will take
 * the place of or follow.
 */
export function lineAt(file: SourceFile, offset: number): number {
  const line = isAmended(file)
    ? file.unwritten.findLast((one) => one.offset <= offset)?.line
    : undefined
  return line ?? pointAt(file.tree.lineStarts, offset).line
}

function isAmended(file: SourceFile): file is AmendedFile {
  return 'unwritten' in file
}

function amendedFile(file: SourceFile, all: readonly Operation[]): AmendedFile {
  const opening = all.find(isOpening)
  if (opening) return opened(file, opening, all)
  const unwritten = new Unwritten(file)
  const byEntry = byAnchor(all)
  const children = file.tree.children.map((child): UnitTree['children'][number] => {
    if (child.type !== 'section') return child
    const own = byEntry.get(child.header) ?? []
    byEntry.delete(child.header)
    const header = unwritten.renamed(child.header, own)
    const lines: Entry[] = unwritten.inserted(header, own)
    for (const entry of child.children) {
      const its = byEntry.get(entry)
      if (!its) {
        lines.push(entry)
        continue
      }
      byEntry.delete(entry)
      for (const line of [...unwritten.instead(entry, its), ...unwritten.inserted(entry, its)])
        lines.push(line)
    }
    return {
      type: 'section',
      name: header.name,
      header,
      children: unwritten.placed(header, lines),
      position: child.position,
    }
  })
  const homeless = [...byEntry.values()].flat().flatMap((operation) => resettled(operation, file))
  if (homeless.length > 0)
    return amendedFile(file, [
      ...all.filter((operation) => !byEntry.has(anchorOf(operation))),
      ...homeless,
    ])
  return unwritten.file(file, children)
}

function byAnchor(all: readonly Operation[]): Map<unknown, Operation[]> {
  const byEntry = new Map<unknown, Operation[]>()
  for (const operation of all) {
    const entry = anchorOf(operation)
    const its = byEntry.get(entry)
    if (its) its.push(operation)
    else byEntry.set(entry, [operation])
  }
  return byEntry
}

/** Whether an operation makes a section. */
function isOpening(operation: Operation): operation is Insertion {
  return operation.kind === 'insert' && !operation.behind
}

/**
 * A file with a section before its first one, as one operation makes it and others add to it; where
 * there is one of that name, its end is the place.
 */
function opened(
  file: SourceFile,
  {section: name}: Insertion,
  all: readonly Operation[],
): AmendedFile {
  const [its, others] = [all.filter(isOpening), all.filter((one) => !isOpening(one))]
  const settled = its.flatMap((one) => resettled(one, file))
  if (settled.length > 0) return amendedFile(file, [...settled, ...others])
  const {children} = file.tree
  const [first] = sectionsIn(file.tree)
  if (!first) return amendedFile(file, others)
  const unwritten = new Unwritten(file)
  const header = unwritten.header(name, first.header)
  const section = {
    type: 'section' as const,
    name,
    header,
    children: unwritten.placed(header, unwritten.inserted(header, its)),
    position: header.position,
  }
  const made = unwritten.file(file, children.toSpliced(children.indexOf(first), 0, section))
  return others.length === 0 ? made : amendedFile(made, others)
}

/** The line that an operation changes, or that what it inserts follows. */
function anchorOf(operation: Operation): unknown {
  return operation.kind === 'insert' ? operation.behind : operation.entry
}

/** An insertion at the end of its section: the line that it should follow is not in the file. */
function resettled(operation: Operation, {tree}: SourceFile): Operation[] {
  if (operation.kind !== 'insert') return []
  const section = sectionsIn(tree).findLast(({name}) => name === operation.section)
  if (!section) return []
  const last = section.children.findLast((entry) => entry.type === 'directive')
  return [{...operation, behind: last ?? section.header}]
}

/** The lines of a file that are written nowhere yet. */
class Unwritten {
  /** The text of the file, and these lines. */
  whole: string
  readonly length: number
  readonly starts: number[] = []
  readonly places: Array<{readonly offset: number; readonly line: number}>

  constructor(file: SourceFile) {
    this.whole = `${file.tree.text}\n`
    this.length = isAmended(file) ? file.length : file.tree.text.length
    this.places = isAmended(file) ? [...file.unwritten] : []
  }

  /** What takes the place of a line. */
  instead(entry: Entry, all: readonly Operation[]): Entry[] {
    const own = all.filter(({kind}) => kind !== 'insert')
    if (own.length === 0 || (entry.type !== 'directive' && entry.type !== 'junk')) return [entry]
    if (own.some(({kind}) => kind === 'remove')) return []
    const {line} = entry.position.start
    return linesInstead(entry, own).map((added) => this.#directive(added, line))
  }

  /** The lines that are inserted behind one. */
  inserted({position}: Entry | Header, all: readonly Operation[]): Directive[] {
    const lines = all.flatMap((operation) => (operation.kind === 'insert' ? operation.lines : []))
    return lines.map((added) => this.#directive(added, position.start.line))
  }

  /** A file with these lines in it. */
  file(
    {path, role, mode, tree: {lineStarts, lineEnd, position}}: SourceFile,
    children: UnitTree['children'],
  ): AmendedFile {
    const tree: UnitTree = {
      type: 'unit',
      children,
      lineStarts: [...lineStarts, ...this.starts],
      lineEnd,
      text: this.whole,
      position,
    }
    return {path, role, mode, tree, length: this.length, unwritten: this.places}
  }

  /** A header right before another. */
  header(name: string, {position: {start}}: Header): Header {
    const nameSpan = this.#text(name, start.line)
    const point = {...start, offset: start.offset - 3 / 4}
    return {
      type: 'header',
      name,
      nameSpan,
      raw: `[${name}]\n`,
      line: start.line,
      position: {start: point, end: point},
    }
  }

  /** A header under the last name that it is given. */
  renamed(header: Header, all: readonly Operation[]): Header {
    const last = all.findLast((operation) => operation.kind === 'header')
    if (!last) return header
    const {raw, line, position} = header
    const nameSpan = this.#text(last.name, position.start.line)
    return {type: 'header', name: last.name, nameSpan, raw, line, position}
  }

  /**
   * Lines with positions in their order: between the last character of what is written before them
   * and what comes behind.
   */
  placed(header: Header, lines: readonly Entry[]): Entry[] {
    let before: Entry | Header = header
    let count = 0
    return lines.map((entry) => {
      if (entry.type !== 'directive' || entry.keySpan.start < this.length) {
        before = entry
        count = 0
        return entry
      }
      count++
      const point = {...entry.position.start, offset: endOf(before) - 1 / (count + 1)}
      // One that stays is the same, and what is known of it holds.
      if (entry.position.start.offset === point.offset) return entry
      return {...entry, position: {start: point, end: point}}
    })
  }

  #directive([key, value]: NewLine, line: number): Directive {
    const {start} = this.#text(`${key}=${value}`, line)
    const point = {line, column: 1, offset: start}
    const from = start + key.length + 1
    return {
      type: 'directive',
      key,
      value,
      keySpan: {start, end: start + key.length},
      valueSpan: {start: from, end: from + value.length},
      comments: [],
      line,
      raw: `${key}=${value}\n`,
      position: {start: point, end: point},
    }
  }

  /** Write a text that stands for something in a line of the file as it is. */
  #text(text: string, line: number): Span {
    const start = this.whole.length
    this.starts.push(start)
    this.places.push({offset: start, line})
    this.whole += `${text}\n`
    return {start, end: start + text.length}
  }
}

/** Where a line ends; one that is written nowhere yet, where the one behind it begins. */
function endOf({position, raw}: Entry | Header): number {
  const {offset = 0} = position.start
  return Number.isInteger(offset) ? offset + raw.length : Math.ceil(offset)
}

/** What a line says after operations on it. */
function linesInstead(entry: Directive | Junk, all: readonly Operation[]): NewLine[] {
  let key = entry.type === 'directive' ? entry.key : ''
  let values: readonly string[] = entry.type === 'directive' ? [entry.value] : []
  const words = all.filter((operation) => operation.kind === 'word')
  if (words.length > 0) {
    const edits = words.map(({span, text}) => ({range: [span.start, span.end] as const, text}))
    values = values.map((value) => stripped(applyEdits(value, edits)))
  }
  for (const operation of all) {
    if (operation.kind === 'key') ({key} = operation)
    if (operation.kind === 'rewrite') ({values} = operation)
    if (operation.kind === 'assign') [key, values] = [operation.line[0], [operation.line[1]]]
  }
  return values.map((value) => [key, value])
}
