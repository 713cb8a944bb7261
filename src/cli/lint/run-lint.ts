import path from 'node:path'
import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {checkFlags, configs} from '../../config/configs.ts'
import {unexpected} from '../../config/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {unitNameExpected} from '../../files/find.ts'
import {unitOf} from '../../unit/load.ts'
import {nearest} from '../../facts/nearest.ts'
import {formats, report} from '../../reporters/index.ts'
import {commands} from '../commands.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {deliver} from './deliver.ts'
import type {Io} from '../io.ts'
import {usesColor, write, writeLine} from '../io.ts'
import type {LintArguments} from './lint-arguments.ts'
import {lintUnit} from './lint-unit.ts'
import type {Delivery, LintedUnit} from '../linted-unit.ts'
import {progress} from './progress.ts'
import type {ExposedUnit} from '../security/security-gates.ts'
import {readStdin} from './stdin.ts'
import {readUnits, runOptions, stdinUnit} from '../units.ts'
import type {Units, UnitSources} from '../units.ts'
import {version} from '../version.ts'
import {uninterrupted} from '../uninterrupted.ts'

/** Lint what the arguments name, and fix and report as they say. Returns the exit status; rejects with a usage error. */
export async function runLint(given: LintArguments, io: Io): Promise<number> {
  const format = given.format ?? formats[0] ?? ''
  if (!formats.includes(format)) throw usageError('--format', unexpected('format', format, formats))
  const found = await findUnits(given, io)
  const {units, faults, notes} = given.fix?.to === 'dropin' ? (await import('./fix-to.ts')).intoDropIns(found, {cwd: io.cwd, root: given.root}) : found
  for (const line of [...notes, ...faults]) await writeLine(io.stderr, printable(line) + commandMeant(line, given.files))

  const shown = progress(io, units.length)
  const linted: LintedUnit[] = []
  for (const unit of units) {
    linted.push({unit, files: lintUnit(unit.files, unit, io.cwd)})
    shown.done(linted.length)
  }
  shown.end()

  const delivered = await deliver(linted, given, found.reach, io)
  const delivery = {...delivered, files: reported(delivered.files, units)}
  const activeRules = new Set(units.flatMap(({options}) => options.rules.map(({rule}) => rule)))
  const isFixed = given.fix !== undefined && !given.fix.show
  // Where standard output has a unit or a diff, the report goes beside it.
  const output = given.fix && (given.fix.show || given.stdin !== undefined) ? io.stderr : io.stdout
  const color = given.outputFile === undefined ? usesColor(output, io.env, given.color) : (given.color ?? false)
  const text = await report(format, delivery.files, {
    color,
    cwd: io.cwd,
    quiet: given.quiet,
    columns: output.columns,
    rules: [...activeRules],
    version,
    fixed: isFixed,
  })
  if (given.outputFile !== undefined) await writeReport(path.resolve(io.cwd, given.outputFile), text)
  else if (text !== '') await write(output, `${text}\n`)
  for (const line of crashes(delivery.files)) await writeLine(io.stderr, printable(line))
  const status = await exitStatus(delivery, faults.size > 0, given, io)
  if (!given.gates) return status
  const {checkGates} = await import('../security/security-gates.ts')
  const problems = await checkGates(exposures(delivery.files, isFixed), given.gates, io.cwd)
  for (const line of problems) await writeLine(io.stderr, printable(line))
  return status === 0 && problems.length > 0 ? 1 : status
}

/** The files that were asked for, each once: one that amends several units has what all of them say, once. */
function reported(files: readonly VFile[], units: readonly UnitSources[]): VFile[] {
  const asked = new Set(units.flatMap((unit) => unit.files.filter(({isAsked}) => isAsked).map(({path: file}) => file)))
  const byPath = new Map<string, {readonly file: VFile; readonly said?: Set<string>}>()
  for (const file of files) {
    if (!asked.has(file.path) && file.messages.length === 0) continue
    const known = byPath.get(file.path)
    if (!known) {
      byPath.set(file.path, {file})
      continue
    }
    const said = known.said ?? new Set(known.file.messages.map(identityOf))
    byPath.set(file.path, {file: known.file, said})
    // Of one unit all that it says counts, also twice.
    const added = file.messages.filter((message) => !said.has(identityOf(message)))
    for (const message of added) {
      known.file.messages.push(message)
      said.add(identityOf(message))
    }
  }
  return [...byPath.values()].map(({file}) => file)
}

function identityOf({ruleId, line, column, reason}: VFileMessage): string {
  return `${ruleId}\n${line}\n${column}\n${reason}`
}

/** The exposures of services: after fixes where they have been delivered. */
function exposures(files: Delivery['files'], isFixed: boolean): ExposedUnit[] {
  return files.flatMap(({path: file, data}) => {
    const exposure = data.unitlint?.exposure
    if (!exposure || unitOf(file)?.type !== 'service') return []
    return [{path: file, target: exposure.target, exposure: isFixed ? exposure.after : exposure.before}]
  })
}

async function findUnits({configs: flags, fix, inlineConfig, reportUnusedDisables, stdin, files, root}: LintArguments, io: Io): Promise<Units> {
  checkFlags({rules, presets}, flags)
  const configOf = configs({rules, presets}, flags, io.cwd)
  // It is for all files; one that was found spoils only the files that are its own.
  if (typeof flags.config === 'string') await configOf(io.cwd)
  const scope = {cwd: io.cwd, root, configOf, optionsOf: runOptions({fix: fix?.upTo, inlineConfig, reportUnusedDisables: reportUnusedDisables ? 2 : undefined})}
  if (stdin === undefined) return readUnits(files, scope)
  if (!unitOf(stdin)) throw usageError('--stdin-filename', unitNameExpected)
  return stdinUnit(stdin, await readStdin(io), scope)
}

/** What kept rules from being of use, each once: a report may go where nobody looks, and a rule is at fault in all units alike. */
function crashes(files: readonly VFile[]): ReadonlySet<string> {
  const messages = files.flatMap((file) => file.messages).filter(({fatal, ruleId}) => fatal === true && ruleId !== undefined)
  return new Set(messages.map(({reason}) => `unitlint: ${reason}`))
}

/** What to add where the first name is no file: it may be a command. */
function commandMeant(line: string, [first = '']: readonly string[]): string {
  if (line !== `${pastable(first)}: No such file or folder`) return ''
  if (commands.has(first)) return ', expected the command before all options'
  const meant = nearest(first, [...commands.keys()])
  return meant === undefined ? '' : `, did you mean the command \`${meant}\`?`
}

async function writeReport(file: string, text: string): Promise<void> {
  const {putText} = await import('../../files/put.ts')
  const fault = await uninterrupted(async () => putText(file, text === '' ? '' : `${text}\n`))
  if (fault !== undefined) throw usageError('--output-file', `${pastable(file)}: ${fault}`)
}

async function exitStatus({files, failed, pending}: Delivery, hadFaults: boolean, {maxWarnings}: LintArguments, io: Io): Promise<number> {
  const messages = files.flatMap((file) => file.messages)
  const severities = [...messages.map((message) => message.severity ?? 1), ...pending]
  const warnings = severities.filter((severity) => severity === 1).length
  const tooMany = warnings > maxWarnings
  if (tooMany) await writeLine(io.stderr, `unitlint: ${warnings} warnings, expected at most ${maxWarnings}`)
  if (failed || hadFaults || messages.some((message) => message.fatal === true)) return 2
  return tooMany || severities.includes(2) ? 1 : 0
}
