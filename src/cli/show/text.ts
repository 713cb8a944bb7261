import {linesOfEntry} from '../../unit/dead.ts'
import type {DeadLine, EffectiveUnit} from '../../unit/effective.ts'
import type {EffectiveValue} from '../../unit/effective-value.ts'
import type {Assignment, SourceFile} from '../../unit/unit.ts'

/** A line to show, and what it is, for its colour. */
export interface ShownLine {
  readonly kind: 'comment' | 'header' | 'value' | 'blank'
  readonly text: string
}

/** A unit to show. */
export interface ShownUnit extends EffectiveUnit {
  readonly files: readonly SourceFile[]
  /** Of the systemd that it is judged by. */
  readonly target: string
}

/** How to show a unit. */
export interface ShowOptions {
  /** A path as people know it. */
  readonly pathOf: (path: string) => string
  /** Dead lines too, as comments. */
  readonly all: boolean
}

/**
 * The effective unit as a unit file that systemd reads as it reads all the files of the unit.
 *
 * Where values come from stands in comments above them, as in `systemctl cat`: behind them it would
 * be part of the value.
 */
export function shownLines(unit: ShownUnit, options: ShowOptions): ShownLine[] {
  const {pathOf, all} = options
  const files = unit.files.map(({path, role}) =>
    comment(role === 'fragment' ? pathOf(path) : `drop-in ${pathOf(path)}`),
  )
  const live = bySection(unit.values)
  const dead = bySection(all ? unit.dead : [])
  const blank = {kind: 'blank', text: ''} as const
  const sections = [...live].flatMap(([section, values]): ShownLine[] => [
    blank,
    {kind: 'header', text: `[${section}]`},
    ...groups(inOrder(values, dead.get(section) ?? [], unit), unit, options),
  ])
  const others = [...dead].flatMap(([section, its]): ShownLine[] => {
    if (section !== undefined && live.has(section)) return []
    const header = section === undefined ? [] : [{kind: 'comment', text: `#[${section}]`} as const]
    return [blank, ...header, ...groups(inOrder([], its, unit), unit, options)]
  })
  return [...files, ...sections, ...others]
}

function bySection<Item extends {readonly section?: string}>(
  items: readonly Item[],
): ReadonlyMap<string | undefined, readonly Item[]> {
  const sections = new Map<string | undefined, Item[]>()
  for (const item of items) {
    const section = sections.get(item.section)
    if (section) section.push(item)
    else sections.set(item.section, [item])
  }
  return sections
}

/** What is shown of a line, with all that decides which lines are told of together. */
interface LineToTell {
  readonly text: string
  /** What is said of it beside its place. */
  readonly note: string
  readonly place?: {readonly file: SourceFile; readonly line: number; readonly lastLine: number}
  readonly isDead: boolean
}

/** Dead lines among those in force, each where it stands. */
function inOrder(
  values: readonly EffectiveValue[],
  dead: readonly DeadLine[],
  {files}: ShownUnit,
): Array<EffectiveValue | DeadLine> {
  const ranks = new Map(files.map((file, index) => [file, index]))
  const isBefore = ({file, line}: DeadLine, {origin}: EffectiveValue): boolean => {
    if (origin.kind !== 'written') return true
    const [rank = 0, other = 0] = [ranks.get(file), ranks.get(origin.assignment.file)]
    return rank === other ? line < linesOfEntry(origin.assignment.directive).line : rank < other
  }
  const all: Array<EffectiveValue | DeadLine> = []
  let at = 0
  for (const value of values) {
    for (let next = dead[at]; next && isBefore(next, value); next = dead[++at]) all.push(next)
    all.push(value)
  }
  return [...all, ...dead.slice(at)]
}

/** Lines that follow each other in a file, under one comment that says where. */
function groups(
  items: ReadonlyArray<EffectiveValue | DeadLine>,
  unit: ShownUnit,
  options: ShowOptions,
): ShownLine[] {
  const lines: ShownLine[] = []
  let group: LineToTell[] = []
  const close = (): void => {
    const [first, last] = [group[0], group.at(-1)]
    if (!first || !last) return
    lines.push(comment(where(first, last, options)))
    for (const {text, isDead} of group) lines.push({kind: isDead ? 'comment' : 'value', text})
    group = []
  }
  for (const item of items) {
    const next = 'origin' in item ? shownValue(item, unit, options) : shownDead(item, options)
    const last = group.at(-1)
    if (last && !goesOn(last, next)) close()
    group.push(next)
  }
  close()
  return lines
}

function goesOn(last: LineToTell, next: LineToTell): boolean {
  if (last.isDead !== next.isDead || last.note !== next.note) return false
  if (!last.place || !next.place) return !last.place && !next.place
  return last.place.file === next.place.file && next.place.line === last.place.lastLine + 1
}

function where({place, note}: LineToTell, last: LineToTell, {pathOf}: ShowOptions): string {
  if (!place) return note
  const end = last.place && last.place.line > place.line ? `-${last.place.line}` : ''
  return `${pathOf(place.file.path)}:${place.line}${end}${note === '' ? '' : `, ${note}`}`
}

function shownValue(
  {key, value, expanded, origin}: EffectiveValue,
  {target}: ShownUnit,
  options: ShowOptions,
): LineToTell {
  const text = `${key}=${value}`
  switch (origin.kind) {
    case 'written': {
      const {directive, file} = origin.assignment
      return {
        text,
        note: expanded === undefined ? '' : `that is: ${expanded}`,
        place: {file, ...linesOfEntry(directive)},
        isDead: false,
      }
    }
    case 'implied':
      return {
        text,
        note: `implied by ${origin.by}, ${placeWords(origin.assignment, options)}`,
        isDead: false,
      }
    case 'default':
      return {
        text,
        note: `default of ${/^\d+$/.test(target) ? `systemd ${target}` : target}`,
        isDead: false,
      }
  }
}

function shownDead(
  {file, line, lastLine, key, value, reason, by}: DeadLine,
  options: ShowOptions,
): LineToTell {
  const place = by ? placeWords(by, options) : ''
  const note = by
    ? `${reason} by ${by.key === key ? place : `${by.key}=${by.value}, ${place}`}`
    : reason
  return {
    text: key === undefined ? `#${value}` : `#${key}=${value}`,
    note,
    place: {file, line, lastLine},
    isDead: true,
  }
}

function placeWords({file, directive}: Assignment, {pathOf}: ShowOptions): string {
  return `${pathOf(file.path)}:${linesOfEntry(directive).line}`
}

function comment(text: string): ShownLine {
  return {kind: 'comment', text: `# ${text}`}
}
