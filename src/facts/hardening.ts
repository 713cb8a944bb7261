import type {CapabilityId} from './accesses.ts'
import type {Besides, Implication} from './sandboxing/row.ts'
import {isWordDirective, rowOf, rows} from './sandboxing/rows.ts'
import type {SandboxingKey, WordDirective} from './sandboxing/rows.ts'

/** Whether lines that harden a service belong beside a line of this directive. */
export function isHardening(directive: string): boolean {
  return rowOf(directive)?.grouped ?? false
}

/**
 * The directives that setting this one may set too, so that no line is added that another makes
 * needless.
 */
export function impliedBy(directive: string): readonly string[] {
  const {implies, drops} = besides(directive)
  const keys = [...new Set(implies.map(({key}) => key))]
  return drops.length > 0 ? ['CapabilityBoundingSet', ...keys] : keys
}

/** Whether it is put into effect by a filter of system calls, or by what takes the same rights. */
export function installsFilter(directive: string): boolean {
  return besides(directive).filters
}

/** Whether it needs files that units of early boot cannot count on. */
export function isLateBoot(directive: string): boolean {
  return besides(directive).lateBoot
}

/** What a directive does beside denying by itself. */
export function besides(directive: string): Besides {
  const row = rowOf(directive)
  return !row || row.besides === 'nothing' ? nothing : row.besides
}

const nothing: Besides = {implies: [], drops: [], spares: [], filters: false, lateBoot: false}

/** What sets a directive too: by which, and to which value. */
export interface Implier extends Implication {
  readonly by: WordDirective
}

/** The directives that set another too. */
export function impliersOf(directive: string): readonly Implier[] {
  return index().impliers.get(directive) ?? []
}

/** A directive that takes capabilities out of the bounding set. */
export interface Dropper {
  readonly by: WordDirective
  readonly drops: readonly CapabilityId[]
}

/** The directives that take capabilities out of the bounding set. */
export function droppers(): readonly Dropper[] {
  return index().droppers
}

interface Index {
  readonly impliers: ReadonlyMap<string, readonly Implier[]>
  readonly droppers: readonly Dropper[]
}

let made: Index | undefined

function index(): Index {
  if (made) return made
  const impliers = new Map<string, Implier[]>()
  const droppers: Dropper[] = []
  for (const by of wordDirectives()) {
    const {implies, drops} = besides(by)
    if (drops.length > 0) droppers.push({by, drops})
    for (const implication of implies) {
      const same = impliers.get(implication.key)
      if (same) same.push({...implication, by})
      else impliers.set(implication.key, [{...implication, by}])
    }
  }
  made = {impliers, droppers}
  return made
}

/** The names of all directives that have a row. */
export function sandboxingKeys(): readonly SandboxingKey[] {
  // The keys of a record whose type lists them.
  return Object.keys(rows) as SandboxingKey[]
}

/** The names of all directives whose value is one word. */
export function wordDirectives(): readonly WordDirective[] {
  return sandboxingKeys().filter(isWordDirective)
}

/**
 * The directives that are put into effect by a filter of system calls, or by what takes the same
 * rights.
 */
export const filters: readonly string[] = Object.keys(rows).filter(installsFilter)
