import type {ResolvedConfig} from '../../config/configs.ts'
import {unexpected} from '../../rule/suggest.ts'
import {UsageError, usageError} from '../../config/usage-error.ts'
import type {FindingSeverity} from '../../engine/finding.ts'
import {Timing, timed, timedEach} from '../../engine/timing.ts'
import type {Rule} from '../../rule/rule.ts'
import type {Trace} from '../../needs/evidence/traced.ts'
import {nearest} from '../../facts/nearest.ts'
import type {ReportContext, Seal} from '../../reporters/index.ts'
import type {Part} from '../part/part.ts'
import {commands} from '../commands.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {cutGlob} from './cut-glob.ts'
import {deliver} from './deliver.ts'
import {configsOfAll} from '../own-configs.ts'
import type {Io} from '../io.ts'
import {tellAll, writeLine} from '../io.ts'
import {tooManyWarnings} from '../max-warnings.ts'
import type {LintArguments} from './lint-arguments.ts'
import {lintUnit} from './lint-unit.ts'
import type {Delivery, LintedUnit} from './linted-unit.ts'
import {RunOutcome} from './outcome.ts'
import {progress} from './progress.ts'
import {startReports} from './reports.ts'
import type {Display, Reports} from './reports.ts'
import {timingTable} from './timing-table.ts'
import {readStdin, checkedUnitName} from '../stdin.ts'
import {findUnits, inFull, stdinUnit} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitSources, UnitsToRead} from '../units.ts'
import {dateOf} from '../seal.ts'
import {version} from '../version.ts'
import {inOrder} from '../rules-in-order.ts'
import {traceNamed} from '../trace-option.ts'
import {TracedUnits} from '../trace/traced-units.ts'
import type {ExposureGates} from '../security/security-gates.ts'
import type {KnownFindings} from './known-findings.ts'

/**
 * Lint what the arguments name, and fix and report as they say. Returns the exit status; rejects
 * with a usage error.
 */
export async function runLint(given: LintArguments, io: Io): Promise<number> {
  const part = given.part && (await import('../part/part.ts')).wantedPart(given.part, io.cwd)
  if (part && 'fault' in part) throw new UsageError(printable(part.fault))
  const timing = given.timing ? new Timing(io.now) : undefined
  const reading = timing?.begin('read')
  const trace = await traceNamed(given.traces, io)
  const found = await toLint(await find(given, {part, trace}, io, timing), given, io)
  timing?.end(reading)
  const traced = trace && new TracedUnits(trace, given.traces)
  const telling = await begin(found, {part, traced}, given, io)
  const linted = await lintAll(found, telling, given, io, timing)
  const missed = traced?.faults ?? []
  await tellAll(io, [...(traced?.notes ?? []), ...missed])
  await tellOfFiles(found, given, io)
  const delivery = await deliver(linted, given, found, io)
  const {outcome, reports, known, gates} = telling
  outcome.add(delivery.files)
  outcome.end()
  const reporting = timing?.begin('report')
  await reports.end()
  timing?.end(reporting)
  if (!delivery.failed) await tellWhatIsNext(linted, given, io)
  await tellAll(io, outcome.crashes.values())
  if (timing) for (const line of timingTable(timing)) await writeLine(io.stderr, line)
  for (const its of [known, gates]) await tellAll(io, (await its?.end()) ?? [])
  const pending = delivery.pending.filter(
    ({path: file, ruleId}) => known?.has(file, ruleId) !== true,
  )
  const hadFaults = delivery.failed || found.faults.size > 0 || missed.length > 0
  return exitStatus(outcome, pending, hadFaults, given, io)
}

/** What is told of units while they are linted, and what is demanded of them. */
interface RunOutput {
  readonly reports: Reports
  readonly known: KnownFindings | undefined
  readonly gates: ExposureGates | undefined
  readonly outcome: RunOutcome
  readonly seen: Seen
  /** Whose traces there are, where there are any. */
  readonly traced: TracedUnits | undefined
}

/** What a run has met. */
interface Seen {
  /** Those that ran. */
  readonly rules: Set<Rule>
  /** The systemds that units were judged for, in words. */
  readonly targets: Set<string>
  units: number
}

async function begin(
  found: UnitsToRead,
  {part, traced}: {readonly part: Part | undefined} & Pick<RunOutput, 'traced'>,
  given: LintArguments,
  io: Io,
): Promise<RunOutput> {
  const seen: Seen = {rules: new Set(), targets: new Set(), units: 0}
  const reports = await reportsOf(found, seen, part, given, io)
  const known =
    given.baseline &&
    new (await import('./known-findings.ts')).KnownFindings(given.baseline, io.cwd)
  const gates =
    given.gates &&
    (await import('../security/security-gates.ts')).exposureGates(given.gates, io.cwd)
  const isShown = given.fix?.show ?? false
  const outcome = new RunOutcome(found.planned, reports, {
    isFixed: isFixed(given),
    isShown,
    known,
    gates,
  })
  return {reports, known, gates, outcome, seen, traced}
}

/** Whether fixes are delivered. */
function isFixed({fix}: LintArguments): boolean {
  return fix !== undefined && !fix.show
}

/** Whether standard output has the report that people read. */
function isForPeople({reports}: LintArguments): boolean {
  return reports.find(({file}) => file === undefined)?.format === 'stylish'
}

/** What there is to say of files that were not linted as they were asked for. */
async function tellOfFiles(
  {notes, faults}: UnitsToRead,
  given: LintArguments,
  io: Io,
): Promise<void> {
  const cut = isForPeople(given) ? globCut(given, io) : []
  for (const line of [...notes, ...cut, ...faults])
    await writeLine(io.stderr, printable(line) + commandMeant(line, given.files))
}

/** What to do with units that were fixed. */
async function tellWhatIsNext(
  linted: readonly LintedUnit[],
  given: LintArguments,
  io: Io,
): Promise<void> {
  if (!isFixed(given) || given.stdin !== undefined || !isForPeople(given)) return
  const {nextAfter} = await import('./next-after.ts')
  for (const line of nextAfter(linted, {cwd: io.cwd, root: given.root}))
    await writeLine(io.stdout, line)
}

/** Start the reports on what is found, with what is seen of it until they are told. */
async function reportsOf(
  {faults, skipped}: UnitsToRead,
  seen: Seen,
  part: Part | undefined,
  given: LintArguments,
  io: Io,
): ReturnType<typeof startReports> {
  // Where standard output has a unit or a diff, the report goes beside it.
  const output = given.fix && (given.fix.show || given.stdin !== undefined) ? io.stderr : io.stdout
  const contextOf = (place: Display): ReportContext => ({
    ...place,
    cwd: io.cwd,
    quiet: given.quiet,
    get rules() {
      return inOrder(seen.rules)
    },
    version,
    fixed: isFixed(given),
    fixing: given.fix !== undefined,
    // A filter whose standard error may be shown beside its output says nothing of what is well.
    get run() {
      return given.fix && given.stdin !== undefined
        ? undefined
        : {
            units: seen.units,
            targets: [...seen.targets].toSorted(),
            skipped,
            isPartial: faults.size > 0,
          }
    },
  })
  const shard = given.part?.shard && part
  const sealOf =
    shard &&
    ((format: string, context: ReportContext): Seal =>
      (text, entries) =>
        shard.seal(text, entries, {format, context, faults: [...faults]}))
  return startReports(given, output, {contextOf, sealOf}, io)
}

/** That the shell has cut a glob short, where it seems so, in a line. */
function globCut({root, files}: LintArguments, io: Io): readonly string[] {
  const cut = root === undefined && files.length > 1 ? cutGlob(files, io) : undefined
  return cut === undefined ? [] : [cut]
}

/**
 * What there is to lint: all of it read at once where it is to be fixed, as it is kept until it is
 * written.
 */
async function toLint(
  found: UnitsToRead,
  {fix, root}: LintArguments,
  io: Io,
): Promise<UnitsToRead> {
  if (!fix) return found
  const read = {...inFull(found), passedOver: found.passedOver}
  if (fix.to !== 'dropin' && root === undefined) return {...read, planned: read.units}
  const {intoDropIns, sparingVendors} = await import('./fix-to.ts')
  const where = {cwd: io.cwd, root, date: dateOf(io)}
  const its = fix.to === 'dropin' ? intoDropIns(read, where) : sparingVendors(read, where)
  return {...its, planned: its.units}
}

/**
 * Lint units, one after the other, as they are read. Returns those that are to be fixed; where
 * nothing is, each is forgotten when it is told.
 */
async function lintAll(
  {planned, units}: UnitsToRead,
  {outcome, reports, seen, traced}: RunOutput,
  {fix}: LintArguments,
  io: Io,
  timing: Timing | undefined,
): Promise<readonly LintedUnit[]> {
  const shown = progress(io, planned.length)
  const linted: LintedUnit[] = []
  let done = 0
  for (const unit of timedEach(timing, 'read', units)) {
    note(unit, seen)
    traced?.take(unit)
    const files = lintUnit(unit.files, unit, io.cwd)
    if (fix) linted.push({unit, files})
    else {
      timed(timing, 'report', () => outcome.add(files))
      await reports.tell()
    }
    shown.done(++done)
  }
  shown.end()
  return linted
}

function note({options: {rules: active, targets, upTo}}: UnitSources, seen: Seen): void {
  seen.units++
  for (const {rule} of active) seen.rules.add(rule)
  for (const {name} of targets) seen.targets.add(upTo ? `${name} and later` : name)
}

async function find(
  given: LintArguments,
  {part, trace}: {readonly part: Part | undefined; readonly trace: Trace | undefined},
  io: Io,
  timing: Timing | undefined,
): Promise<UnitsToRead> {
  const {files, stdin, root, search, instance, fix, reports, reportUnusedDisables} = given
  const configOf = await configsOfAll(given.configs, io.cwd)
  const ofPlugins = typeof fix?.only === 'object' ? fix.only.filter(isOfPlugin) : []
  if (ofPlugins.length > 0) checkFixOnly(ofPlugins, await configOf(io.cwd))
  const scope = {
    cwd: io.cwd,
    root,
    search,
    instance,
    configOf,
    choose: part?.choose,
    optionsOf: runOptions({
      fix: fix?.upTo,
      fixOnly: fix?.only,
      gains: reports.some(({format}) => format === 'html') || given.part?.shard !== undefined,
      inlineConfig: given.inlineConfig,
      reportUnusedDisables: reportUnusedDisables ? 2 : undefined,
      now: io.date(),
      timing,
      trace,
    }),
  }
  if (stdin === undefined) return findUnits(files, scope)
  return stdinUnit(checkedUnitName(stdin), await readStdin(io), scope)
}

function isOfPlugin(rule: string): boolean {
  return rule.includes('/')
}

/** Throws a usage error for a rule of `--fix-only` that no plugin has. */
function checkFixOnly(ofPlugins: readonly string[], {rules: known}: ResolvedConfig): void {
  const unknown = ofPlugins.find((id) => !known.has(id))
  if (unknown !== undefined)
    throw usageError('--fix-only', unexpected('rule', unknown, [...known.keys()]))
}

/** What to add where the first name is no file: it may be a command. */
function commandMeant(line: string, [first = '']: readonly string[]): string {
  if (line !== `${pastable(first)}: No such file or folder`) return ''
  if (commands.has(first)) return ', expected the command before all options'
  if (/^(?:lint|check)$/.test(first)) return ', linting needs no command'
  if (/^(?:fix|diff|undo|help|version|quiet|statistics)$/.test(first))
    return `, did you mean the option \`--${first}\`?`
  const meant = nearest(first, [...commands.keys()], first.length < 5 ? 1 : undefined)
  return meant === undefined ? '' : `, did you mean the command \`${meant}\`?`
}

async function exitStatus(
  {severities, isFatal}: RunOutcome,
  pending: Delivery['pending'],
  hadFaults: boolean,
  {maxWarnings}: LintArguments,
  io: Io,
): Promise<number> {
  const many = (severity: FindingSeverity): number =>
    (severities.get(severity) ?? 0) + pending.filter((other) => other.severity === severity).length
  const warnings = many(1)
  const tooMany = warnings > maxWarnings
  if (tooMany) await writeLine(io.stderr, tooManyWarnings(warnings, maxWarnings))
  if (hadFaults || isFatal) return 2
  return tooMany || many(2) > 0 ? 1 : 0
}
