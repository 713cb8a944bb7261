import type {Target} from '../facts/targets.ts'
import type {Located} from './check.ts'

/**
 * What several targets say, each finding once, with the names of those that it holds for in its message; one target's findings stay as they are.
 *
 * Targets are in order of their versions. What the oldest does not find may be right for it: a fix of that is for a person to judge.
 */
export function union(targets: readonly Target[], all: ReadonlyArray<readonly Located[]>): readonly Located[] {
  const [first = []] = all
  if (targets.length < 2) return first
  const found = new Map<string, {located: Located; names: string[]}>()
  for (const [index, {name}] of targets.entries()) {
    for (const located of all[index] ?? []) {
      const key = identityOf(located)
      const known = found.get(key)
      if (!known) found.set(key, {located: index === 0 ? located : suggested(located), names: [name]})
      else if (!known.names.includes(name)) known.names.push(name)
    }
  }
  return [...found.values()].map(({located, names}) => ({
    ...located,
    finding: {...located.finding, message: `${located.finding.message} (${names.join(', ')})`},
  }))
}

function identityOf({file, finding: {ruleId, position, message}}: Located): string {
  return `${file.path}\n${position.start.offset}\n${position.end.offset}\n${ruleId}\n${message}`
}

/** The same with a fix that is only for a person to make. */
function suggested(located: Located): Located {
  const {fixes, finding} = located
  const fix = finding.fix && {
    title: finding.fix.title,
    applicability: 'suggestion' as const,
    get edits() {
      return finding.fix?.edits ?? []
    },
  }
  return {...located, fixes: fixes.map((one) => ({...one, applicability: 'suggestion' as const})), finding: {...finding, fix}}
}
