import type {ValueFacts} from '../facts/directives.ts'

/** What several lines of a directive do together. */
export function repeats({key, type, repeat}: ValueFacts): string {
  if (type === 'condition-path' || type === 'condition-string')
    return 'all lines must hold, and one of those behind `|`'
  if (type === 'exec-command')
    return key === 'ExecStart'
      ? 'with `Type=oneshot`, one command runs after the other'
      : 'one command runs after the other'
  return kinds[repeat]
}

const kinds = {
  replace: 'the last line counts',
  append: 'lines add up',
  merge: 'lines add up',
  first: 'the first line counts, further ones are ignored with a warning',
} as const

/** What a line without a value does; undefined where nobody has tried. */
export function empty(facts: ValueFacts): string | undefined {
  const now = byKey[facts.key] ?? means(facts)
  const warned = Object.entries(facts.emptyByVersion ?? {})
  const silent = warned.find(([, says]) => says === 'silent')?.[0]
  return now !== undefined && warned[0]?.[1] === 'warns' && silent !== undefined
    ? `${now}; ignored with a warning before ${silent}`
    : now
}

/** `emptyResets` is in the table where a reset reaches further than its directive. */
function means(facts: ValueFacts): string | undefined {
  if (facts.emptyAssignment === 'refuses the unit') return 'systemd refuses the unit'
  if (facts.emptyAssignment === 'rejected with a warning') return 'ignored with a warning'
  if (facts.resets === false) return 'does nothing'
  if (!facts.resets) return undefined
  if (facts.emptyResets !== undefined) return `takes back ${reach(facts)}`
  return facts.repeat === 'append' ? 'takes back all lines so far' : 'takes it back to the default'
}

function reach({key, emptyResets = ''}: ValueFacts): string {
  const condition = /^(?:Condition|Assert)/.exec(key)?.[0]
  return condition === undefined
    ? `${emptyResets.replace('path specs', 'paths')} so far`
    : `all ${condition}*= of the unit so far`
}

const byKey: Readonly<Record<string, string>> = {
  AmbientCapabilities: 'leaves no capability',
  CapabilityBoundingSet: 'leaves no capability',
  CPUQuotaPeriodSec: 'means infinity',
  Delegate: 'means yes, without any controllers',
  TimeoutAbortSec: 'as long as `TimeoutStopSec=`',
}
