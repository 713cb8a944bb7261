import {directive, directiveNames, everywhere} from '../../facts/directives.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {defaultTarget, newestVersion, oldestVersion, soleTarget} from '../../facts/targets.ts'
import {unitTypes} from '../../facts/unit-types.ts'
import {parse} from '../../syntax/parse.ts'
import {load, unitOf} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {verdict} from '../../unit/verdict.ts'
import {example} from '../../explain/examples.ts'

/** The directive that a new rule is about. */
export interface DirectiveForRule {
  readonly directive: string
  /** The section that units of the rule's tests have it in. */
  readonly section: string
  /** The file that such a unit is in. */
  readonly file: string
  /** A systemd that knows it, where that which is judged by otherwise does not. */
  readonly target: string | undefined
  /** A value that it takes. */
  readonly value: string
  /** The rule asks for it, or complains of it: its id starts with `no`. */
  readonly isWanted: boolean
}

/** No directive has more words in its name. */
const mostWords = 12

/**
 * The directive that words of an id name together, the longest name of those: `MemoryMax` of
 * `require-memory-max`. Undefined where there is none.
 */
export function aboutOf(id: string): DirectiveForRule | undefined {
  const words = id.split('-')
  const names = new Map(directiveNames().map((name) => [name.toLowerCase(), name]))
  for (let length = Math.min(words.length, mostWords); length > 0; length--)
    for (let start = 0; start + length <= words.length; start++) {
      const named = names.get(words.slice(start, start + length).join(''))
      const section = named === undefined ? undefined : sectionOf(named)
      if (named === undefined || section === undefined) continue
      const type = unitTypes.find((known) => known === section.toLowerCase()) ?? 'service'
      const isWanted = start === 0 || !/^(?:no|disallow|forbid|ban)$/.test(words[0] ?? '')
      const file = `example.${type}`
      const its = taken(section, named, file)
      if (its) return {directive: named, section, file, ...its, isWanted}
    }
  return undefined
}

/** That of services, else of all units, else of another type. */
function sectionOf(key: string): string | undefined {
  const its = everywhere(key).flatMap(({sections}) => sections)
  const known = [
    'Service',
    'Unit',
    'Install',
    ...unitTypes.map((type) => type.replace(/^./, (first) => first.toUpperCase())),
  ]
  return known.find((section) => its.includes(section))
}

/**
 * The newest systemd that takes the directive, where that which is judged by otherwise does not,
 * and a value that it takes; undefined where none is to be written any more.
 */
function taken(
  section: string,
  key: string,
  file: string,
): Pick<DirectiveForRule, 'target' | 'value'> | undefined {
  const versions = Array.from(
    {length: newestVersion - oldestVersion + 1},
    (_, index) => newestVersion - index,
  )
  for (const version of [defaultTarget.version, ...versions]) {
    const facts: ValueFacts | undefined = directive(section, key, version)
    if (
      !facts ||
      version >= (facts.removedSince ?? Infinity) ||
      facts.aliasOf !== undefined ||
      facts.obsolete ||
      facts.legacy
    )
      continue
    const known = (facts.values ?? []).map(({value}) => value)
    const value = [example(section, facts), ...known, 'yes', '10', '2', 'example'].find(
      (one) => one !== undefined && isTaken(section, key, one, version, file),
    )
    if (value !== undefined)
      return {value, target: version === defaultTarget.version ? undefined : String(version)}
  }
  return undefined
}

function isTaken(
  section: string,
  key: string,
  value: string,
  version: number,
  file: string,
): boolean {
  const [target, identity] = [soleTarget(String(version)), unitOf(file)]
  if (!target || !identity) return false
  const tree = parse(`[${section}]\n${key}=${value}\n`)
  const unit = load([{path: file, role: 'fragment', tree}], {
    ...identity,
    target,
    manager: 'system',
  })
  return (
    valueOf(unit, key)?.value === value &&
    verdict(unit).complaints.every(({kind}) => !kind.startsWith('deprecated'))
  )
}
