import {directive} from '../facts/directives.ts'
import {isHardening} from '../facts/hardening.ts'
import {defaultTarget} from '../facts/targets.ts'
import type {Insertion, Operation} from './operations.ts'
import type {NewLine} from './anchors.ts'

/** What is done to a line that is there. */
export type ChangeOfLine = Exclude<Operation, {kind: 'insert'}>

/** The lines that fixes are about. */
export class LineUse {
  readonly #changed = new Map<unknown, readonly ChangeOfLine[]>()
  /** By rule, so that one may add several lines of a kind, though none twice. */
  readonly #added = new Map<string, string>()

  /** Take the lines of a fix, unless others have them. */
  take(ruleId: string, all: readonly Operation[]): boolean {
    const added = all.flatMap((operation) =>
      operation.kind === 'insert' ? linesOf(operation) : [],
    )
    if (added.some((line) => (this.#added.get(line) ?? ruleId) !== ruleId)) return false
    if (added.some((line) => line.includes('=') && this.#added.has(line))) return false
    const changing = all.filter((operation) => operation.kind !== 'insert')
    if (
      changing.some((operation) =>
        this.#changesOf(operation).some((other) => areAtOdds(operation, other)),
      )
    )
      return false
    for (const line of added) this.#added.set(line, ruleId)
    for (const operation of changing)
      this.#changed.set(operation.entry, [...this.#changesOf(operation), operation])
    return true
  }

  #changesOf({entry}: ChangeOfLine): readonly ChangeOfLine[] {
    return this.#changed.get(entry) ?? []
  }
}

/** What an insertion adds: its lines, and the directives of those that harden or have one value. */
function linesOf({section, lines}: Insertion): string[] {
  return [
    ...lines.map(([key, value]) => `${section}.${key}=${value}`),
    ...lines
      .filter((line) => isHardening(line[0]) || hasOneValue(section, line))
      .map(([key]) => `${section}.${key}`),
  ]
}

/** Whether of several lines of a directive the last one alone counts. */
function hasOneValue(section: string, [key]: NewLine): boolean {
  return directive(section, key, defaultTarget.version)?.repeat === 'replace'
}

/** A change of a line that another of the same fix changes otherwise; undefined where none is. */
export function atOddsAmong(all: readonly Operation[]): ChangeOfLine | undefined {
  const changing = all.filter((operation) => operation.kind !== 'insert')
  return changing.find((one, index) =>
    changing
      .slice(0, index)
      // Words of a fix that meet do not overlap.
      .some(
        (other) =>
          one.entry === other.entry &&
          !(one.kind === 'word' && other.kind === 'word') &&
          areAtOdds(one, other),
      ),
  )
}

/** Whether two operations on one line cannot both be made. */
function areAtOdds(one: ChangeOfLine, other: ChangeOfLine): boolean {
  const kinds = new Set([one.kind, other.kind])
  if (one.kind === 'word' && other.kind === 'word') {
    return one.span.start <= other.span.end && other.span.start <= one.span.end
  }
  return kinds.size === 1 || kinds.has('remove') || kinds.has('assign') || !kinds.has('key')
}
