import {newestTarget, soleTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import {managerOf, unitOf} from '../unit/load.ts'
import type {Example} from './rule.ts'
import {sightOf} from '../machine/sight.ts'
import type {Sight} from '../machine/sight.ts'

/** An example with all that it may leave out. */
export interface WholeExample {
  /** The name of its file. */
  readonly name: string
  readonly unit: string
  /** What it is for: the newest systemd, unless it says another. */
  readonly target: Target
  /** The permission bits of its file, where they matter. */
  readonly mode: number | undefined
  /** The other units of the run, by name. */
  readonly others: Readonly<Record<string, string>>
  /** It and the other units. */
  readonly sight: Sight
  /** Whose unit it is, by its folder. */
  readonly manager: 'system' | 'user'
}

/** An example with its defaults: a service by the name of `example`, alone. */
export function wholeExample(example: Example): WholeExample {
  const {
    name,
    unit,
    target,
    mode,
    others = {},
    isComplete,
  }: Exclude<Example, string> = typeof example === 'string'
    ? {name: 'example.service', unit: example}
    : example
  const base = name.slice(
    name.lastIndexOf(
      '/',
      unitOf(name)?.role === 'drop-in' ? name.lastIndexOf('/') - 1 : undefined,
    ) + 1,
  )
  return {
    name,
    unit,
    target: target === undefined ? newestTarget : (soleTarget(target) ?? newestTarget),
    mode,
    others,
    sight: sightOf({...others, [base]: unit}, isComplete),
    manager: managerOf(name),
  }
}

/** The files of an example as text: one alone, or each under its name in a comment. */
export function exampleText(example: Example): string {
  if (typeof example === 'string') return example
  const {name, target, mode} = example
  const own = [
    name,
    ...(mode === undefined ? [] : [`mode 0${mode.toString(8)}`]),
    ...(target === undefined ? [] : [`for ${target}`]),
  ].join(', ')
  const files = [[own, example.unit] as const, ...Object.entries(example.others ?? {})]
  return files.map(([name, text]) => `# ${name}\n${text}`).join('\n')
}
