import type {LoadableRelatives} from '../../src/machine/ordering-reasons.ts'
import {summary} from '../../src/machine/summary.ts'
import {load, unitOf} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'

/** A unit of that name and text, with links in its folders such as `wants/other.service`. */
export function unitNamed(
  name: string,
  text: string,
  {version = '257', manager = 'system', links = []}: Setting = {},
): LoadedUnit {
  const [identity, its] = [unitOf(name), target(version)]
  if (!identity || !its) throw new Error(`Unexpected name ${name} or version ${version}`)
  const pulls = links.map((link) => {
    const [kind = '', pulled = ''] = link.split('/')
    if (kind !== 'wants' && kind !== 'requires' && kind !== 'upholds')
      throw new Error(`Unexpected link ${link}`)
    return {kind, name: pulled} as const
  })
  return load([{path: name, role: 'fragment', tree: parse(text)}], {
    ...identity,
    pulls,
    target: its,
    manager,
  })
}

/** Units that see each other, by their names. */
export function relatives(texts: Readonly<Record<string, string>>): LoadableRelatives {
  const units = new Map(Object.entries(texts).map(([name, text]) => [name, unitNamed(name, text)]))
  return relativesAmong([...units.values()], (name) => units.get(name))
}

/** Loaded units as cycles are looked for among them, and others that are found by name. */
export function relativesAmong(
  units: readonly LoadedUnit[],
  find: (name: string) => LoadedUnit | undefined,
): LoadableRelatives {
  const found = (name: string) => {
    const unit = find(name)
    return unit && summary(unit)
  }
  return {all: () => units.map((unit) => summary(unit)), find: found, load: ({name}) => find(name)}
}

interface Setting {
  readonly version?: string
  readonly manager?: 'system' | 'user'
  readonly links?: readonly string[]
}
