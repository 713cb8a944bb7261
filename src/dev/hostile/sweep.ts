import process from 'node:process'
import {rules} from '../../../rules/index.ts'
import {judge} from '../../engine/judge.ts'
import {everywhere} from '../../facts/directives.ts'
import {defaultTarget} from '../../facts/targets.ts'
import type {HostileCase} from './case.ts'
import {valueCases} from './values.ts'

/** A case and the milliseconds of processor that it takes to judge and fix it. */
interface Cost {
  readonly name: string
  readonly took: number
}

const active = rules.map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
const options = {rules: active, targets: [defaultTarget], manager: 'system', fix: 'unsafe'} as const

/**
 * Judge a value of each pattern for each kind of directive, warm and in one process: `npm run bench
 * -- hostile values [BYTES] [WORD ...]`.
 *
 * Prints the worst, and how many times more half the size made of it: below 2.5 it is in
 * proportion.
 */
export function sweep([size = '60000', ...words]: readonly string[]): void {
  const bytes = Number(size)
  const costs: Cost[] = []
  const cases = ofEachKind(valueCases()).filter(({name}) =>
    words.every((word) => name.includes(word)),
  )
  for (const one of cases) {
    costs.push({name: one.name, took: cost(one, bytes)})
    if (costs.length % 1_000 === 0) process.stderr.write(`${costs.length} of ${cases.length}\n`)
  }
  const byName = new Map(cases.map((one) => [one.name, one]))
  for (const {name, took} of costs.toSorted((one, other) => other.took - one.took).slice(0, 60)) {
    const one = byName.get(name)
    if (!one) continue
    const [whole, half] = [
      Math.min(took, cost(one, bytes)),
      Math.min(cost(one, bytes / 2), cost(one, bytes / 2)),
    ]
    process.stdout.write(
      `${Math.round(whole)} ms, ${(whole / half).toFixed(1)} times that of half: ${name}\n`,
    )
  }
  process.stdout.write(`${cases.length} values\n`)
}

function cost({files}: HostileCase, bytes: number): number {
  const [[path = '', text = ''] = []] = Object.entries(files(bytes))
  const before = process.cpuUsage()
  judge({files: [{path, text}]}, options)
  return process.cpuUsage(before).user / 1000
}

/** The cases of one directive for each way to read one; what shells read, of commands alone. */
function ofEachKind(cases: readonly HostileCase[]): HostileCase[] {
  const kinds = new Map<string, string>()
  return cases.filter(({name}) => {
    const [place = ''] = name.split(' ')
    const key = place.slice(place.indexOf('.') + 1)
    const [facts] = everywhere(key)
    const kind = `${facts?.parser} ${facts?.type} ${facts?.repeat}`
    if (!kinds.has(kind)) kinds.set(kind, place)
    return kinds.get(kind) === place && (key.startsWith('Exec') || !name.includes(' script of '))
  })
}
