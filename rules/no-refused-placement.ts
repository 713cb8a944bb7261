import {defineRule, typed, values} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const about = ['NUMAPolicy', 'NUMAMask', 'CPUAffinity']

export default defineRule({
  id: 'no-refused-placement',
  summary: 'Disallow memory policies and processors that the kernel refuses',
  why: 'The unit loads, and none of its commands is run: systemd asks the kernel for nodes that nothing names, or for more than one where one is preferred, and gives up with the status 242 (`NUMA_POLICY`) or 215 (`CPUAFFINITY`).',
  unless:
    'The kernel knows no memory nodes, as it is built without `CONFIG_NUMA`: there systemd passes over the policy.',
  directives: about,
  on: {...typed('service', 'mount', 'swap'), lines: about},
  messages: {
    nodeless: 'Unexpected `NUMAPolicy={policy}` without a node in `NUMAMask=`: nothing starts',
    single: 'Unexpected `NUMAMask={mask}`, expected one node {where}: nothing starts',
    processors: 'Unexpected `CPUAffinity=numa` without a node in `NUMAMask=`: nothing starts',
  },
  *check(unit) {
    if (unit.isPartial || about.some((key) => isOpen(key, unit))) return
    const nodes = values.memoryNodes(unit)
    const policy = unit.value('NUMAPolicy')
    const is = policy?.value ?? ''
    const mask = unit.value('NUMAMask')
    const hasNone = nodes === 'unset' || nodes === 'none'
    if (policy && ofNodes.has(is) && hasNone)
      yield {message: 'nodeless', data: {policy: is}, at: policy}
    else if (mask && (is === '' || is === 'preferred') && (nodes === 'several' || nodes === 'none'))
      yield {message: 'single', data: {mask: mask.value, where: whereSingle(is)}, at: mask}
    const affinity = unit.value('CPUAffinity')
    if (affinity?.value === 'numa' && hasNone) yield {message: 'processors', at: affinity}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nNUMAPolicy=bind\n',
      '[Service]\nExecStart=/usr/bin/example\nNUMAPolicy=preferred\nNUMAMask=0-1\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nNUMAPolicy=bind\nNUMAMask=0-1\nCPUAffinity=numa\n',
      '[Service]\nExecStart=/usr/bin/example\nNUMAPolicy=preferred\nNUMAMask=0\n',
    ],
  },
})

/** Policies that mean nothing without nodes (set_mempolicy(2)). */
const ofNodes: ReadonlySet<string> = new Set([
  'bind',
  'interleave',
  'preferred-many',
  'weighted-interleave',
])

/** A mask without a policy is for `preferred`, of which the manuals say nothing. */
function whereSingle(policy: string): string {
  return policy === ''
    ? 'unless `NUMAPolicy=` says what several are for'
    : `for \`NUMAPolicy=${policy}\``
}

/** Whether a value is yet to be filled in, or hangs on what only the machine knows. */
function isOpen(key: string, unit: Unit): boolean {
  return unit.written(key).some(({value}) => values.hasPlaceholder(value) || value.includes('%'))
}
