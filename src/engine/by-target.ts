import type {Target} from '../facts/targets.ts'
import type {Located} from './check.ts'
import type {Finding} from './finding.ts'

/**
 * What several targets say, each finding once, with the names of those that it holds for in its
 * message; one target's findings stay as they are.
 *
 * Targets are in order of their versions. What the oldest does not find may be right for it: a fix
 * of that is for a person to judge.
 */
export function union(
  targets: readonly Target[],
  all: ReadonlyArray<readonly Located[]>,
): readonly Located[] {
  const [first = []] = all
  if (targets.length < 2) return first
  const found = new Map<string, {located: Located; finding: Finding; names: string[]}>()
  for (const [index, {name}] of targets.entries()) {
    for (const given of all[index] ?? []) {
      const located = index === 0 ? given : suggested(given)
      const finding = located.finding()
      const key = `${placeOf(located)}\n${finding.message}`
      const known = found.get(key)
      if (known?.names.includes(name)) continue
      if (known) known.names.push(name)
      else found.set(key, {located, finding, names: [name]})
    }
  }
  return [...found.values()].map(({located, finding, names}) => ({
    ...located,
    finding: () => ({...finding, message: `${finding.message} (${names.join(', ')})`}),
  }))
}

/** What a finding is of which rule, whatever its words. */
function placeOf({file, finding}: Located): string {
  const {ruleId, position} = finding()
  return `${file.path}\n${position.start.offset}\n${position.end.offset}\n${ruleId}`
}

/** The same with fixes that are only for a person to make. */
export function suggested(located: Located): Located {
  const applicability = 'suggestion'
  const finding = (): Finding => {
    const its = located.finding()
    return {...its, fix: its.fix && {...its.fix, applicability}}
  }
  return {...located, fixes: located.fixes.map((one) => ({...one, applicability})), finding}
}
