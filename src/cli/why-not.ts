import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {checkFlags, configs} from '../config/configs.ts'
import {unexpected} from '../config/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {access} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {directive as factsOf, directiveNames} from '../facts/directives.ts'
import type {Need} from '../needs/needs.ts'
import {readyUnit} from '../engine/ready-unit.ts'
import {load} from '../unit/load.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {strictness} from '../facts/strictness.ts'
import {pastable, printable} from '../reporters/printable.ts'
import {wrap} from '../reporters/wrap.ts'
import type {Unit} from '../rule/unit.ts'
import {parse} from '../syntax/parse.ts'
import {parseArguments} from './arguments.ts'
import {guardUnit} from './guard.ts'
import {configFlags, configOptions, hardeningFlags, rootOf, rootOption} from './config-arguments.ts'
import {widthOf, writeLine} from './io.ts'
import type {Io} from './io.ts'
import {readUnits, runOptions} from './units.ts'
import type {UnitSources} from './units.ts'

/**
 * `unitlint why-not DIRECTIVE[=VALUE] FILE`: what a directive would deny to a service, and what speaks for and against that.
 *
 * All rules that harden are asked what they would write by themselves, as for a plan: that is no evidence.
 */
export async function whyNot(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseArguments(argv, {usage: 'unitlint why-not DIRECTIVE[=VALUE] FILE', options: {...configOptions, ...rootOption}}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  const [asked, file, ...rest] = given.positionals
  if (asked === undefined || file === undefined || rest.length > 0) throw usageError('unitlint', 'Expected a directive and a file')
  const flags = configFlags(given, io)
  checkFlags({rules, presets}, flags)
  const {units, faults, notes} = await readUnits([file], {
    cwd: io.cwd,
    root: rootOf(given),
    configOf: configs({rules, presets}, hardeningFlags(flags), io.cwd),
    optionsOf: runOptions({}),
  })
  for (const line of [...notes, ...faults]) await writeLine(io.stderr, printable(line))
  let failed = faults.size > 0
  for (const unit of units) {
    const answered = guardUnit(unit.files, () => answers(unit, asked, widthOf(io.stdout)).join('\n'))
    failed ||= 'fault' in answered
    if ('fault' in answered) await writeLine(io.stderr, printable(answered.fault))
    else await writeLine(io.stdout, answered.made)
  }
  return failed ? 2 : 0
}

function answers(sources: UnitSources, asked: string, width: number): string[] {
  const unit = unitOfSources(sources)
  const [main] = sources.files
  if (unit.type !== 'service') throw usageError(pastable(main.path), 'Unexpected kind of unit, expected a service')
  const equals = asked.indexOf('=')
  const key = equals === -1 ? asked : asked.slice(0, equals)
  const {name, version} = unit.target
  if (!directiveNames().includes(key)) throw usageError('unitlint', unexpected('directive', key, directiveNames()))
  if (!factsOf('Service', key, version)) return [`${key}= is not known to systemd ${version} in [Service]`]
  const values = equals === -1 || asked.endsWith('=') ? valuesOf(key, version) : [asked.slice(equals + 1)]
  const blocks = values.map((value) => [...answer(unit, key, value, name), ''])
  return blocks
    .flat()
    .slice(0, -1)
    .flatMap((line) => wrapped(line, width))
}

/** As it is linted: by the oldest target, with the drop-ins that amend it. */
function unitOfSources({files, identity, options}: UnitSources): Unit {
  const target = options.targets.reduce((one, other) => (other.version < one.version ? other : one))
  const sources = files.map(({path, text}, index) => ({path, role: index === 0 ? identity.role : ('drop-in' as const), tree: parse(text)}))
  return readyUnit(load(sources, {...identity, target, manager: options.manager}), options)
}

/** The values to think of when none is named, strictest first; one that is empty where nothing is known of any. */
function valuesOf(key: string, version: number): readonly string[] {
  const row = rowOf(key)
  if (row && row.holds !== 'word' && row.samples.length > 0) return row.samples.toReversed()
  const stricter = strictness(key, version).slice(1).toReversed()
  return stricter.length === 0 ? [''] : stricter.map(([value = '']) => value)
}

const verdicts = {
  safe: 'safe, `--fix` may set it',
  unsafe: 'unsafe, `--fix --unsafe-fixes` may set it',
  withheld: 'withheld, no fix sets it',
} as const

function answer(unit: Unit, key: string, value: string, target: string): string[] {
  const denied = unit.denies(key, value)
  const title = `${key}=${value}, systemd ${target}`
  if (denied[0] === 'unknown-effect') return [`${key}=: not known what it denies`]
  const {applicability, because} = unit.judge(denied)
  const needed = new Set(because.map((need) => need.access))
  const others = denied.filter((id) => !needed.has(id))
  const [rare, ordinary] = (['rare', 'ordinary'] as const).map((nature) => others.filter((id) => access(id).nature === nature))
  const unasked = unit.needs.isClosed ? 'Denies what the profile says that it does not need' : 'Denies what nothing shows that it needs'
  return [
    denied.length === 0 ? `${title}: denies nothing` : `${title}: ${verdicts[applicability]}`,
    ...list('Denies what the service needs', because.map(reason)),
    ...list(`${unasked}, and hardly any service does`, titles(rare)),
    ...list(`${unasked}, though many services do`, titles(ordinary)),
  ]
}

function reason({access: id, because, certain, assignment}: Need): string {
  const place = assignment ? `${pastable(assignment.file.path)}:${assignment.directive.position.start.line}: ` : ''
  const {title} = access(id)
  const meaning = [...(because.endsWith(title) ? [] : [title]), ...(certain ? [] : ['perhaps'])].join(', ')
  return `${place}${because}${meaning === '' ? '' : ` (${meaning})`}`
}

function titles(ids: readonly AccessId[] = []): string[] {
  return ids.length === 0 ? [] : [ids.map((id) => access(id).title).join('; ')]
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`  ${title}:`, ...items.map((item) => `    ${item}`)]
}

/** Evidence quotes the unit. */
function wrapped(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? ''
  return wrap(printable(line.trim()).split(' '), width - indent.length).map((part) => indent + part)
}
