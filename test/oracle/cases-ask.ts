import {analyze} from './ask.ts'
import type {Case} from './cases.ts'
import type {Oracle} from './systemd.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'

/** What systemd makes of one assignment. */
export interface Answer {
  /** What it says about the line; empty when it is content. */
  readonly texts: readonly string[]
  /** Whether it stops reading the file there: the value refuses the unit. */
  readonly ends: boolean
}

/**
 * Ask `systemd-analyze verify` about assignments, many a process.
 *
 * Each stands in a drop-in of a unit that loads without it, most of them several to a drop-in. A
 * line behind them that is always complained of shows whether systemd read so far; where it did
 * not, they are asked about again, one a drop-in.
 */
export async function askAbout(
  oracle: Oracle,
  cases: readonly Case[],
  {user = false}: {user?: boolean} = {},
): Promise<ReadonlyMap<Case, Answer>> {
  const answers = new Map<Case, Answer>()
  const alone: Case[] = []
  for (const group of groupsOf(cases)) {
    for (const [portion, found] of await askGroup(oracle, group, user)) {
      for (const [index, one] of portion.entries()) {
        if (found.isWhole || portion.length === 1)
          answers.set(one, {texts: found.texts[index] ?? [], ends: !found.isWhole})
        else alone.push(one)
      }
    }
  }
  if (alone.length > 0)
    for (const [one, answer] of await askAloneEach(oracle, alone, user)) answers.set(one, answer)
  return answers
}

async function askAloneEach(
  oracle: Oracle,
  cases: readonly Case[],
  user: boolean,
): Promise<ReadonlyMap<Case, Answer>> {
  const answers = new Map<Case, Answer>()
  for (const group of groupsOf(cases, 1)) {
    for (const [[one], found] of await askGroup(oracle, group, user))
      if (one) answers.set(one, {texts: found.texts[0] ?? [], ends: !found.isWhole})
  }
  return answers
}

/** Cases of one unit, by drop-in. */
type Group = readonly (readonly Case[])[]

interface Found {
  /** What is said about each case, in order. */
  readonly texts: readonly (readonly string[])[]
  /** Whether the drop-in was read to its end. */
  readonly isWhole: boolean
}

const portionSize = 50
const groupSize = 2000

/** Keys of which only the first assignment counts, and a unit of their own is needed for each. */
const onlyOnce = new Set(['Timer.Unit', 'Path.Unit', 'Service.LUOSession'])

/** Keys that change what specifiers and values in other lines mean. */
const apart = new Set(['Slice', 'CPUSchedulingPolicy'])

function* groupsOf(cases: readonly Case[], size = portionSize): Generator<Group> {
  for (const all of byName(cases)) {
    const isOnce = ({section, key}: Case): boolean => onlyOnce.has(`${section}.${key}`)
    const isApart = ({key}: Case): boolean => apart.has(key)
    const rest = all.filter((one) => !isOnce(one))
    for (const some of [rest.filter((one) => !isApart(one)), rest.filter(isApart)]) {
      for (const group of slices(some, groupSize)) yield slices(group, size)
    }
    for (const one of all.filter(isOnce)) yield [[one]]
  }
}

function byName(cases: readonly Case[]): Iterable<readonly Case[]> {
  const groups = new Map<string, Case[]>()
  for (const one of cases) {
    const same = groups.get(one.unitName)
    if (same) same.push(one)
    else groups.set(one.unitName, [one])
  }
  return groups.values()
}

function slices<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  return Array.from({length: Math.ceil(items.length / size)}, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

async function askGroup(
  oracle: Oracle,
  portions: Group,
  user: boolean,
): Promise<(readonly [readonly Case[], Found])[]> {
  const [first] = portions.flat()
  if (!first) return []
  const {unitName: name, unitType} = first
  const dropins = new Map(
    portions.map((portion, index) => [`${name}.d/${fileName(index)}`, textOf(portion)]),
  )
  const words = ['verify', ...(user ? ['--user'] : []), '--man=no']
  const {stderr} = await analyze(oracle.command, words, [
    {name, text: smallest[unitType] ?? '', dropins},
  ])
  const lines = new Map<string, string[]>()
  for (const text of stderr.split('\n')) {
    const [, file, line, rest = ''] = complaint.exec(text) ?? []
    if (file === undefined) continue
    const place = `${file}:${line}`
    const same = lines.get(place)
    if (same) same.push(rest)
    else lines.set(place, [rest])
  }
  return portions.map((portion, index) => {
    const texts = portion.map(
      (_, at) =>
        lines.get(`${fileName(index)}:${at * 3 + 2}`) ??
        lines.get(`${fileName(index)}:${at * 3 + 3}`) ??
        [],
    )
    return [
      portion,
      {texts, isWhole: lines.has(`${fileName(index)}:${portion.length * 3 + 2}`)},
    ] as const
  })
}

const complaint = /\/(\d{6}\.conf):(\d+): (.*)$/s

function fileName(index: number): string {
  return `${String(index).padStart(6, '0')}.conf`
}

/**
 * Three lines a case, of which the last ends a continuation, and at the end one that is complained
 * of.
 */
export function textOf(portion: readonly Case[]): string {
  return `${portion.map(({section, key, value}) => `[${section}]\n${key}=${value}\n\n`).join('')}[Unit]\nSentinel=1\n`
}

/** The smallest unit of each type that loads. */
export const smallest: Partial<Record<UnitType, string>> = {
  service: '[Service]\nExecStart=/bin/sh\n',
  socket: '[Socket]\nListenStream=/run/any\nAccept=yes\n',
  timer: '[Timer]\nOnBootSec=1\n',
  path: '[Path]\nPathExists=/run/any\n',
  mount: '[Mount]\nWhat=/dev/any\nWhere=/x\n',
  automount: '[Automount]\nWhere=/x\n',
  swap: '[Swap]\nWhat=/x\n',
  target: '[Unit]\nDescription=Any\n',
  device: '[Unit]\nDescription=Any\n',
  slice: '[Slice]\n',
}
