import type {Target} from '../facts/targets.ts'
import type {Located} from './check.ts'
import type {Finding} from './finding.ts'

/**
 * What several targets say, each finding once, with the names of those that it holds for in its message; one target's findings stay as they are.
 *
 * Targets are in order of their versions. What the oldest does not find may be right for it: a fix of that is for a person to judge.
 */
export function union(targets: readonly Target[], all: ReadonlyArray<readonly Located[]>): readonly Located[] {
  const [first = []] = all
  if (targets.length < 2) return first
  const found = new Map<string, {located: Located; finding: Finding; names: string[]}>()
  for (const [index, {name}] of targets.entries()) {
    for (const located of all[index] ?? []) {
      const finding = located.finding()
      const key = identityOf(located, finding)
      const known = found.get(key)
      if (known?.names.includes(name)) continue
      if (known) known.names.push(name)
      else found.set(key, index === 0 ? {located, finding, names: [name]} : {...suggested(located, finding), names: [name]})
    }
  }
  return [...found.values()].map(({located, finding, names}) => ({
    ...located,
    finding: () => ({...finding, message: `${finding.message} (${names.join(', ')})`}),
  }))
}

function identityOf({file}: Located, {ruleId, position, message}: Finding): string {
  return `${file.path}\n${position.start.offset}\n${position.end.offset}\n${ruleId}\n${message}`
}

/** The same with a fix that is only for a person to make. */
function suggested(located: Located, finding: Finding): {located: Located; finding: Finding} {
  const applicability = 'suggestion'
  const fixes = located.fixes.map((one) => ({...one, applicability}) as const)
  return {located: {...located, fixes}, finding: {...finding, fix: finding.fix && {...finding.fix, applicability}}}
}
