import type {AccessId} from '../facts/accesses.ts'
import {query} from '../unit/query.ts'
import {rarityKinds, rarityRows} from './data/rarity.ts'
import {populations} from './populations.ts'
import type {Population} from './populations.ts'
import {isUncounted} from './uncounted.ts'

/**
 * How many services need an access, of those of a kind that say something about it and show no sign
 * of it.
 */
export interface Figure {
  readonly needing: number
  readonly of: number
}

/**
 * The bound: where no more than one service in sixteen of a kind can need an access, with 95 %
 * confidence, denying it is safe without evidence about the program. Of those counted hardly one in
 * forty does; what is counted, and what came of it, is in docs/evidence.md.
 */
export const mostNeeding = 1 / 16

/** The quantile of the normal distribution below which 95 % of it lies. */
const confidence = 1.645

/**
 * The share of services that need something, as it may be at most with 95 % confidence (Wilson's
 * bound, one-sided).
 */
export function upperBound({needing, of}: Figure): number {
  if (of === 0) return 1
  const share = needing / of
  const square = confidence ** 2
  const spread = confidence * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2))
  return (share + square / (2 * of) + spread) / (1 + square / of)
}

/**
 * Whether so few services of a kind need an access that denying it is safe where nothing shows that
 * this one does.
 */
export function isRare(id: AccessId, kind: Population): boolean {
  return rare(kind, id)
}

/** Whether hardly any service needs an access, of whatever kind it is. */
export function isRareForAll(id: AccessId): boolean {
  return populations.every((kind) => isRare(id, kind))
}

/** Whether hardly any service needs an access that does not start as root. */
export function isRareForUsers(id: AccessId): boolean {
  return populations.every((kind) => kind.asRoot || isRare(id, kind))
}

/** The figure behind: of the kind where few are known, else of all that run as the same user. */
export function figureOf(id: AccessId, kind: Population): Figure {
  return figure(kind, id)
}

const figure = query((kind: Population, id: AccessId): Figure => {
  const cells = cellsOf(id)
  const all = figureIn(cells, {...kind, program: 'unheard-of'})
  return upperBound(all) <= mostNeeding ? all : figureIn(cells, kind)
})

const none: Figure = {needing: 0, of: 0}

/** In words: how few need it. */
export function rarityWords(id: AccessId, kind: Population): string {
  const {needing, of} = figureOf(id, kind)
  return needing === 0
    ? `no such service minds (0 of ${of})`
    : `hardly any such service minds (${needing} of ${of})`
}

/** Counted nowhere by themselves: what has the same needs in every unit that has them. */
const countedAs: Readonly<Partial<Record<AccessId, AccessId>>> = {
  'delegated-control-groups': 'control-groups',
  'host-bpf': 'CAP_BPF',
}

/** Of known programs there are too few to count those of root apart. */
function keyOf(kind: Population): string {
  return kind.program === 'known' ? 'known' : nameOf(kind)
}

function nameOf({asRoot, program}: Population): string {
  return `${program} ${asRoot ? 'root' : 'own'}`
}

/** What the table has of an access, a cell for each kind; none for what is not counted. */
function cellsOf(id: AccessId): readonly string[] {
  const found = `\n${countedAs[id] ?? id} `
  const start = rarityRows.indexOf(found)
  return start === -1
    ? []
    : rarityRows.slice(start + found.length, rarityRows.indexOf('\n', start + 1)).split(' ')
}

function figureIn(cells: readonly string[], kind: Population): Figure {
  const cell = cells[kinds.indexOf(keyOf(kind))]
  if (cell === undefined) return none
  const slash = cell.indexOf('/')
  return {needing: Number(cell.slice(0, slash)), of: Number(cell.slice(slash + 1))}
}

const kinds: readonly string[] = rarityKinds.split(',')

const rare = query(
  (kind: Population, id: AccessId): boolean =>
    !isUncounted(kind, id) && upperBound(figureOf(id, kind)) <= mostNeeding,
)
