import type {Placing, PlacedWord} from './placing.ts'
import type {TakenLine} from './lines.ts'
import {changeOfNumbers} from './number-sets.ts'
import {fieldsOf} from '../../values/fields.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import type {AssignmentSource} from '../unit.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {applyCapabilities} from '../../values/capabilities.ts'
import {contextWith} from '../../values/context.ts'
import {loadCredential, setCredential} from '../../values/credentials.ts'
import {meaningOf} from '../../values/fault.ts'
import {expandSpecifiers, type Named} from '../../values/specifiers.ts'

/**
 * What a line that systemd takes does to the lines before it (systemd.unit(5), systemd.exec(5),
 * systemd.service(5), systemd.socket(5), systemd.timer(5), systemd.path(5)).
 */
export function placingOf(line: TakenLine, unit: AssignmentSource): Placing {
  const {assignment, facts} = line
  const {section, key, value} = assignment
  const place = listWrittenBy(section, key, facts)
  if (value === '' || isNothing(value, facts, unit)) {
    // The list goes with all that belongs to it; seen in 252, not in 247.
    const mode =
      facts.type === 'relative-directory-list' && unit.target.version >= 251 ? [`${place}Mode`] : []
    return {
      clears: isReset(facts) ? [place, ...mode] : [],
      places: isSetEmpty(facts) ? [place] : [],
    }
  }
  if (facts.type === 'cpu-set') return changeOfNumbers(assignment, place, facts, unit)
  if (key === 'Environment') return ofVariables(line, place, unit.target.version)
  const credential = credentialIn(line, unit)
  if (credential !== undefined) return replaced(`${place}/${credential}`)
  if (key === 'CPUSchedulingPolicy')
    return {
      clears: [`${place}/policy`, ...(isRealTime(value) ? [] : [place])],
      places: [`${place}/policy`],
    }
  if (key === 'CPUSchedulingPriority') return replaced(`${place}/priority`)
  if (key === 'IOSchedulingClass')
    return {
      clears: [`${place}/class`, ...(isNoClass(value, unit) ? [place] : [])],
      places: [`${place}/class`],
    }
  if (key === 'IOSchedulingPriority') return replaced(`${place}/priority`)
  if (section === 'Service' && key === 'TimeoutSec')
    return replaced('Service.TimeoutStartSec', 'Service.TimeoutStopSec')
  return (facts.repeat === 'replace' && !addingUp.has(facts.type)) || isSetWhole(value, facts, unit)
    ? replaced(place)
    : {clears: [], places: [place]}
}

/**
 * Whether a value that is written comes to nothing in this unit, such as `%i` in one that is no
 * instance, and systemd takes that for an empty one.
 */
export function isNothing(value: string, {parser, specifiers}: ValueFacts, unit: Named): boolean {
  return (
    ofTheName.test(value) && emptied.has(parser) && expandSpecifiers(value, unit, specifiers) === ''
  )
}

/**
 * Specifiers that only the name of a unit fills: what a machine fills, as `%M`, is not known to be
 * nothing.
 */
const ofTheName = /^(?:%[iIjJ])+$/

/**
 * Parsers that look for an empty value behind specifiers; all that take `%i` for nothing were tried
 * on 247, 252, 254, 257 and 262.
 */
const emptied: ReadonlySet<string> = new Set([
  ...[
    'config_parse_unit_string_printf',
    'config_parse_unit_path_printf',
    'config_parse_reboot_parameter',
  ],
  ...['config_parse_documentation', 'config_parse_mount_node', 'config_parse_unit_cpu_set'],
  ...['config_parse_exec_cpu_affinity', 'config_parse_numa_mask'],
])

/** Types whose values add up although the table has them as one. */
const addingUp: ReadonlySet<string> = new Set(['partition-options-list'])

function replaced(...places: readonly string[]): Placing {
  return {clears: places, places}
}

/** The list or setting that a directive writes to: several share one. */
export function listWrittenBy(
  section: string,
  key: string,
  {parser, lastWorkingParser, aliasOf}: ValueFacts,
): string {
  if (section === 'Unit' && key.startsWith('Condition')) return 'conditions'
  if (section === 'Unit' && key.startsWith('Assert')) return 'asserts'
  const shared = byParser.get(lastWorkingParser ?? parser)
  if (shared !== undefined) return shared
  if (aliasOf !== undefined) return aliasOf.includes('.') ? aliasOf : `${section}.${aliasOf}`
  return `${section}.${key}`
}

const byParser: ReadonlyMap<string, string> = new Map([
  ['config_parse_socket_listen', 'listeners'],
  ['config_parse_timer', 'timers'],
  ['config_parse_path_spec', 'paths'],
  ['config_parse_bind_paths', 'binds'],
  // An empty value of either empties both: seen in 247 to 257.
  ['config_parse_blockio_bandwidth', 'block bandwidths'],
  ['config_parse_exec_input_text', 'input'],
  ['config_parse_exec_input_data', 'input'],
  ['config_parse_load_credential', 'loaded credentials'],
  ['config_parse_set_credential', 'set credentials'],
  ['config_parse_exec_cpu_sched_policy', 'scheduling'],
  ['config_parse_exec_cpu_sched_prio', 'scheduling'],
  ['config_parse_exec_io_class', 'input and output'],
  ['config_parse_exec_io_priority', 'input and output'],
])

/**
 * Whether an empty value takes back what was there; the table does not say so of all directives.
 */
function isReset({key, resets = key !== 'Also'}: ValueFacts): boolean {
  return resets
}

/**
 * Whether an empty value is one: a set without members, a control group that is delegated without
 * controllers, or what the manager is configured to.
 */
function isSetEmpty({key, type}: ValueFacts): boolean {
  return (
    type === 'boolean-or-controller-list' ||
    ['CapabilityBoundingSet', 'OOMScoreAdjust', 'TasksMax'].includes(key)
  )
}

/** Whether a value of a set that lines add up to puts a new set in the place of the old one. */
function isSetWhole(
  value: string,
  {key, type}: ValueFacts,
  {target: {version}}: AssignmentSource,
): boolean {
  switch (type) {
    case 'capability-set': {
      // No word means this bit, so that it is gone only if the line takes no account of what was
      // there.
      const unnamed = 1n << 64n
      const set =
        key === 'CapabilityBoundingSet' || key === 'AmbientCapabilities'
          ? applyCapabilities(key, unnamed, value, version)?.value
          : undefined
      return set !== undefined && (set & unnamed) === 0n
    }
    case 'address-family-list':
      return value === 'none' && version >= 249
    case 'boolean-or-controller-list':
    case 'boolean-or-flag-list':
    case 'boolean-or-namespace-list':
      return parseBoolean(value) !== undefined
    default:
      return false
  }
}

function ofVariables(
  {assignment: {value}, faults}: TakenLine,
  place: string,
  version: number,
): Placing {
  let at = 0
  const words = fieldsOf(value, version, {quotes: true, backslash: 'c'}).fields.flatMap(
    ({text, start, end}): PlacedWord[] => {
      while ((faults[at] ?? Infinity) < start) at++
      const isBad = (faults[at] ?? Infinity) < end
      return isBad || !text.includes('=')
        ? []
        : [{from: start, to: end, place: `${place}/${text.slice(0, text.indexOf('='))}`}]
    },
  )
  const places = [...new Set(words.map((word) => word.place))]
  return {clears: places, places, words}
}

/** The name of the credential that a line is about. */
function credentialIn({assignment, facts}: TakenLine, unit: AssignmentSource): string | undefined {
  const {section, value} = assignment
  const context = contextWith(facts, unit, section)
  if (facts.type === 'load-credential') return meaningOf(loadCredential, value, context)
  return facts.type === 'set-credential' ? meaningOf(setCredential, value, context) : undefined
}

/** Whether a policy has priorities; by name or number. */
function isRealTime(policy: string): boolean {
  return ['fifo', 'rr', '1', '2'].includes(policy)
}

/**
 * Whether a class is none, which takes back the priority; not so in 247, where the priority stays.
 */
function isNoClass(value: string, {target: {version}}: AssignmentSource): boolean {
  return (value === 'none' || value === '0') && version >= 250
}
