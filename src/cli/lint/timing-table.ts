import type {Spent, Timing} from '../../engine/timing.ts'

/** How many rules are told of. */
const most = 10

/**
 * What a run took, in lines for people: its stages, all rules together among them, and the slowest
 * rules.
 */
export function timingTable({stages, rules}: Timing): readonly string[] {
  const ofRules: Spent = {
    name: 'rules',
    calls: sum(rules, 'calls'),
    milliseconds: sum(rules, 'milliseconds'),
  }
  const parts = [...stages, ofRules].toSorted((one, other) => other.milliseconds - one.milliseconds)
  const all = sum(parts, 'milliseconds')
  const slowest = rules.slice(0, most)
  const width = [...parts, ...slowest].reduce(
    (widest, {name}) => Math.max(widest, name.length),
    'Stage'.length,
  )
  const row = ({name, calls, milliseconds}: Spent): string => {
    const share = all === 0 ? 0 : (100 * milliseconds) / all
    return `${name.padEnd(width)}  ${String(calls).padStart(8)}  ${milliseconds.toFixed(1).padStart(10)}  ${share.toFixed(1).padStart(5)}`
  }
  const head = (name: string): string =>
    `${name.padEnd(width)}  ${'Calls'.padStart(8)}  ${'Time (ms)'.padStart(10)}  ${'%'.padStart(5)}`
  const others = rules.length > most ? [`and ${rules.length - most} other rules`] : []
  return [head('Stage'), ...parts.map(row), '', head('Rule'), ...slowest.map(row), ...others]
}

function sum(all: readonly Spent[], field: 'calls' | 'milliseconds'): number {
  return all.reduce((total, spent) => total + spent[field], 0)
}
