import {unexpected} from '../rule/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {directiveNames} from '../facts/directives.ts'
import {readyUnit} from '../engine/ready-unit.ts'
import {chosenProfile, whyNot as answersFor} from '../explain/why-not.ts'
import type {Answer, Reason} from '../explain/why-not.ts'
import {pastable, printable} from '../reporters/printable.ts'
import {wrap} from '../reporters/wrap.ts'
import type {Unit} from '../rule/unit.ts'
import {faultsIn} from '../rule/validity.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {Main} from './attempt.ts'
import {instanceOption, rootOption} from './unit-arguments.ts'
import {configOptions, hardeningFlags} from './config-arguments.ts'
import {tellAll, wrapWidth, writeLine} from './io.ts'
import type {Io} from './io.ts'
import {traceNamed, traceOption, tracesOf} from './trace-option.ts'
import {TracedUnits} from './trace/traced-units.ts'
import {notLoadedLine} from './not-loaded.ts'
import {stdinOption} from './stdin.ts'
import {loadedUnit} from './units.ts'
import type {UnitSources} from './units.ts'
import {askedUnit} from './asked-unit.ts'
import {guardAndTell} from './guard.ts'

/**
 * `unitlint why-not DIRECTIVE[=VALUE] FILE`: what a directive would deny to a service, and what
 * speaks for and against that.
 *
 * All rules that harden are asked what they would write by themselves, as for a plan: that is no
 * evidence.
 */
export const whyNot: Main = {
  grammar: {
    usage: 'unitlint why-not DIRECTIVE[=VALUE] FILE|UNIT',
    options: {...configOptions, ...rootOption, ...instanceOption, ...traceOption, ...stdinOption},
  },
  async run(given, io) {
    const {files: words, traces} = tracesOf(given, given.positionals, io)
    const [asked, file, ...rest] = words
    if (asked === undefined || file === undefined || rest.length > 0)
      throw usageError('unitlint', 'Expected a directive and a file')
    if (isDirective(file) && !isDirective(asked))
      throw usageError('unitlint', `Expected the directive, \`${file}\`, before the file`)
    const read = askedUnit(file, given, io, hardeningFlags)
    const trace = await traceNamed(traces, io)
    const {units, faults, notes} = await read({trace})
    const traced = trace && new TracedUnits(trace, traces)
    await tellAll(io, [...notes, ...faults])
    let failed = faults.size > 0 || units.length === 0
    for (const unit of units) {
      traced?.take(unit)
      if (!(await isAnswered(asked, unit, io))) failed = true
    }
    await tellAll(io, [...(traced?.notes ?? []), ...(traced?.faults ?? [])])
    return failed || (traced && traced.faults.length > 0) ? 2 : 0
  },
}

function isDirective(word: string): boolean {
  return directiveNames().includes(word.replace(/=.*/s, ''))
}

/** Whether there was an answer for a unit, which is told, as is why there is none. */
async function isAnswered(asked: string, unit: UnitSources, io: Io): Promise<boolean> {
  const answer = (): {readonly text: string; readonly refused: string | undefined} => {
    const loaded = loadedUnit(unit)
    const text = answers(loaded, unit, asked, wrapWidth(io.stdout)).join('\n')
    return {text, refused: notLoadedLine(loaded)}
  }
  const answered = await guardAndTell(unit.files, answer, io)
  if (!answered) return false
  const {text, refused} = answered
  if (refused !== undefined) await tellAll(io, [refused])
  await writeLine(io.stdout, text)
  return true
}

function answers(
  loaded: LoadedUnit,
  {files: [main], options}: UnitSources,
  asked: string,
  width: number,
): string[] {
  const unit = readyUnit(loaded, options)
  if (unit.type !== 'service')
    throw usageError(pastable(main.path), 'Unexpected kind of unit, expected a service')
  const equals = asked.indexOf('=')
  const key = equals === -1 ? asked : asked.slice(0, equals)
  if (!directiveNames().includes(key))
    throw usageError('unitlint', unexpected('directive', key, directiveNames()))
  const value = equals === -1 || asked.endsWith('=') ? undefined : asked.slice(equals + 1)
  const chosen = chosenProfile(unit)
  const blocks = [
    ...(chosen === undefined ? [] : [[chosen]]),
    ...(refusal(unit, key, value) ?? answersFor(unit, key, value).map(lines)),
  ]
  return blocks.flatMap((block, index) =>
    [...(index === 0 ? [] : ['']), ...block].flatMap((line) => wrapped(line, width)),
  )
}

/** Why the unit's systemd does not take a value; undefined where it does. */
function refusal(unit: Unit, key: string, value: string | undefined): string[][] | undefined {
  if (value === undefined) return undefined
  const faults = faultsIn(unit, 'Service', key, value) ?? []
  const fault = faults.find(({effect}) => effect !== 'notice')
  return fault && [[`${key}=${value}, systemd ${unit.target.name}: ${fault.message}`]]
}

function lines({title, reasons}: Answer): string[] {
  return [
    title,
    ...reasons.flatMap((its) => [
      `  ${its.title}:`,
      ...its.items.map((item) => `    ${reasonLine(item)}`),
    ]),
  ]
}

function reasonLine({at, text}: Reason): string {
  return at ? `${pastable(at.path)}:${at.line}: ${text}` : text
}

/** Evidence quotes the unit. */
function wrapped(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? ''
  return wrap(printable(line.trim()), width - indent.length).map((part) => indent + part)
}
