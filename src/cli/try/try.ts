import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {evidenceName, readEvidence} from '../../config/evidence-file.ts'
import {checkFlags, configs} from '../../config/configs.ts'
import type {ConfigFlags} from '../../config/configs.ts'
import {unexpected} from '../../config/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import {askerFor} from '../../engine/check-held.ts'
import {facadeFor, readyUnit} from '../../engine/ready-unit.ts'
import {tell as tellOf} from '../../engine/tell.ts'
import {target as targetNamed} from '../../facts/targets.ts'
import {putText} from '../../files/put.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import type {Unit} from '../../rule/unit.ts'
import {exposure} from '../../security/index.ts'
import {parse} from '../../syntax/parse.ts'
import {canaryText, learningText} from '../../try/by-hand.ts'
import type {Candidate} from '../../try/candidate.ts'
import {addedByHand, candidates, hardeningOf} from '../../try/candidates.ts'
import {recorded, withTrial} from '../../try/record.ts'
import type {Shown} from '../../try/record.ts'
import {linesOf} from '../../try/lines.ts'
import {load} from '../../unit/load.ts'
import {parseArguments} from '../arguments.ts'
import type {Arguments} from '../grammar.ts'
import {configFlags, configOptions, hardeningFlags, instanceNamed, instanceOption} from '../config-arguments.ts'
import {guardUnit} from '../guard.ts'
import {writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {noMore, only} from '../positionals.ts'
import {loadedUnit, readUnits, runOptions} from '../units.ts'
import type {UnitSources} from '../units.ts'
import {interruptible} from './interruptible.ts'
import {leftOut, tryLines} from './run-try.ts'
import type {Means, Outcome} from './run-try.ts'
import {Interrupted} from './service.ts'
import {Systemd} from './systemd.ts'
import {shownJson, shownText} from './text.ts'
import {Busy, Failed, putBack, Undos} from './undo.ts'
import type {Places} from './undo.ts'

const {preset, config, target, evidence} = configOptions
const options = {
  check: {type: 'string', describe: 'A command for the shell that ends with status 0 where the service works; else it has to stay active'},
  'check-timeout': {type: 'string', describe: 'How many seconds the check may take; default: 30'},
  settle: {type: 'string', describe: 'Without a check: how many seconds it has to stay active; default: 5'},
  'start-timeout': {type: 'string', describe: 'How many seconds the service may take to start as it is; default: 90'},
  starts: {type: 'string', describe: 'How often the service may be started at most; default: 100'},
  keep: {type: 'string', describe: 'What works stays as a dropin (the default), inline in a unit of your own, or none of it'},
  line: {type: 'string', describe: "Try this line of [Service] as well: 'Directive=value'; may be repeated"},
  canary: {type: 'boolean', describe: 'Only print what to do to try it all by hand'},
  learn: {type: 'boolean', describe: 'Only print a drop-in that logs the system calls that would be denied'},
  restore: {type: 'boolean', describe: 'Put back what a run has left that was killed'},
  format: {type: 'string', alias: 'f', describe: 'text, or json for programs'},
  preset,
  config,
  target,
  evidence,
  ...instanceOption,
} as const

const formats = ['text', 'json']
const keeps = ['dropin', 'inline', 'none'] as const

/** Where all is on a machine that systemd runs. */
const places: Places = {transient: '/run/systemd/system', lasting: '/etc/systemd/system', own: '/run/unitlint'}

/**
 * `unitlint try UNIT`: the strictest lines with which a service of this machine works.
 *
 * Returns the exit status: 0 where they are known, 2 where they cannot be; a signal ends it as signals do. Rejects with a usage error.
 */
export async function tryUnit(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseArguments(argv, {usage: "unitlint try UNIT [--check 'COMMAND']", options}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  const asked = settingsOf(given)
  if (given.on('restore')) return restore(given, io)
  const named = only(given.positionals, 'a service, by its name')
  return isByHand(given) ? byHand(named, given, io) : onMachine(named, asked, given, io)
}

/** Whether nothing is to be started: what is looked at may be a file. */
function isByHand(given: Arguments): boolean {
  return given.on('canary') === true || given.on('learn') === true
}

/** What the options say. */
interface Settings {
  readonly format: string
  readonly keep: (typeof keeps)[number]
  readonly starts: number
  /** Milliseconds. */
  readonly timeout: number
  readonly settle: number
  readonly startTimeout: number
}

function settingsOf(given: Arguments): Settings {
  const format = String(given.value('format') ?? 'text')
  if (!formats.includes(format)) throw usageError('--format', unexpected('format', format, formats))
  const said = String(given.value('keep') ?? 'dropin')
  const keep = keeps.find((known) => known === said)
  if (!keep) throw usageError('--keep', unexpected('place', said, keeps))
  const milliseconds = (name: string, usual: number): number => Math.round(number(given, name, usual, 'seconds', 86_400) * 1000)
  return {
    format,
    keep,
    starts: number(given, 'starts', 100, 'starts', 10_000),
    timeout: milliseconds('check-timeout', 30),
    settle: milliseconds('settle', 5),
    startTimeout: milliseconds('start-timeout', 90),
  }
}

function number(given: Arguments, name: string, usual: number, unit: string, most: number): number {
  const text = given.value(name)
  if (text === undefined) return usual
  const isWhole = unit === 'starts'
  const value = (isWhole ? /^\d{1,5}$/ : /^\d{1,5}(\.\d{1,3})?$/).test(String(text)) ? Number(text) : 0
  if (value <= 0 || value > most) throw usageError(`--${name}`, `Unexpected \`${String(text)}\`, expected a number of ${unit}`)
  return value
}

/** A service with all that may be tried of it. */
interface Tried {
  readonly sources: UnitSources
  readonly unit: Unit
  readonly candidates: readonly Candidate[]
  readonly unitWith: (text: string) => Unit
}

/** Read the service, and work out what to try; undefined where it cannot be read, which has been told. */
async function read(named: string, flags: ConfigFlags, given: Arguments, io: Io): Promise<Tried | undefined> {
  checkFlags({rules, presets}, flags)
  const isFile = named.includes('/') || (isByHand(given) && existsSync(path.resolve(io.cwd, named)))
  const name = isFile || /\.\w+$/.test(named) ? named : `${named}.service`
  const {units, faults, notes} = await readUnits([name], {
    cwd: io.cwd,
    root: isFile ? undefined : '/',
    instance: instanceNamed(given),
    configOf: configs({rules, presets}, hardeningFlags(flags), io.cwd),
    optionsOf: runOptions({}),
  })
  for (const line of [...notes, ...faults]) await writeLine(io.stderr, printable(line))
  const [sources, ...others] = units
  if (others.length > 0) throw usageError(pastable(named), `Expected one unit, found ${units.length}`)
  if (!sources) return undefined
  const made = guardUnit(sources.files, () => triedOf(sources, given))
  if ('made' in made) return made.made
  await writeLine(io.stderr, printable(made.fault))
  return undefined
}

function triedOf(sources: UnitSources, given: Arguments): Tried {
  const {options: lintOptions, identity} = sources
  const loaded = loadedUnit(sources)
  const unit = readyUnit(loaded, lintOptions)
  const name = pastable(sources.files[0].path)
  if (unit.type !== 'service') throw usageError(name, 'Unexpected kind of unit, expected a service')
  if (/@\.\w+$/.test(unit.name)) throw usageError(name, 'Expected an instance of the template, such as `name@instance.service`')
  if (unit.verdict.refusal) throw usageError(name, 'systemd does not load it, see `unitlint` for the reasons')
  const facade = facadeFor(lintOptions)
  const active = lintOptions.rules.filter(({rule}) => rule.directives.length > 0)
  const {located} = askerFor(lintOptions, () => facade)(unit, active)
  const {kept} = tellOf(unit.files, located, lintOptions)
  const isTurnedOff = (id: string): boolean => located.some(({ruleId}) => ruleId === id) && !kept.some(({ruleId}) => ruleId === id)
  const wanted = hardeningOf(active.map(({rule}) => rule).filter(({id}) => !isTurnedOff(id)))
  const added = given.values('line').map((text) => addedByHand(unit, String(text)))
  const wrong = added.find((one) => typeof one === 'string')
  if (typeof wrong === 'string') throw usageError('--line', wrong)
  const byHand = added.filter((one) => typeof one !== 'string')
  const others = candidates(unit, {found: kept, wanted, facade}).filter((one) => !byHand.some(({key, member}) => key === one.key && member === one.member))
  return {
    sources,
    unit,
    candidates: [...others, ...byHand],
    unitWith: (text) => {
      const files = [...loaded.files, {path: `/run/systemd/system/${unit.name}.d/50-unitlint.try.conf`, role: 'drop-in' as const, tree: parse(text)}]
      return readyUnit(load(files, {...identity, target: loaded.target, manager: loaded.manager, host: loaded.host}), lintOptions)
    },
  }
}

async function byHand(named: string, given: Arguments, io: Io): Promise<number> {
  const read_ = await read(named, configFlags(given, io), given, io)
  if (!read_) return 2
  const {unit, candidates: all} = read_
  // By hand nobody halves: what may well break it is left out.
  const likely = all.flatMap((one) => [one, ...one.weaker].find(({evidence: its}) => its !== 'withheld') ?? [])
  const lines = linesOf(likely, unit)
  if (given.on('learn') === true) {
    const text = learningText(unit, lines)
    if (text === undefined) throw usageError(pastable(named), `Nothing of it can be logged by systemd ${unit.target.name}`)
    await writeLine(io.stdout, text.trimEnd())
    return 0
  }
  const check = given.value('check')
  await writeLine(io.stdout, canaryText(unit, lines, typeof check === 'string' ? check : undefined))
  return 0
}

/** The manager of this machine, or why there is none that we may tell what to do. */
async function manager({env}: Io): Promise<{readonly systemd: Systemd; readonly version: number}> {
  if (process.getuid?.() !== 0)
    throw usageError('unitlint', 'Expected to be root, as services are started again: `sudo unitlint try`, or `--canary` to try by hand')
  const systemd = new Systemd(env)
  const version = existsSync(places.transient) ? await systemd.version() : undefined
  if (version === undefined) throw usageError('unitlint', 'Expected a machine that systemd runs; `--canary` prints what to try on one')
  return {systemd, version}
}

async function onMachine(named: string, asked: Settings, given: Arguments, io: Io): Promise<number> {
  const {systemd, version} = await manager(io)
  const flags = configFlags(given, io)
  const own = targetNamed(String(version))
  const evidence = evidenceFile(given, asked, io)
  const known = evidence !== undefined && existsSync(evidence) ? evidence : undefined
  const tried = await read(
    named,
    {...flags, evidence: known, assumed: own ?? flags.assumed, targets: flags.targets ?? (own ? [own.name] : undefined)},
    given,
    io,
  )
  if (!tried) return 2
  const {unit, candidates: all, unitWith} = tried
  const its = await systemd.show(unit.name, ['LoadState', 'RefuseManualStart', 'RefuseManualStop', 'FragmentPath', 'NeedDaemonReload'])
  if (its('LoadState') !== 'loaded')
    throw usageError(pastable(unit.name), `Expected a service of this machine, systemd says \`${its('LoadState') || 'nothing'}\``)
  if (named.includes('/') && path.resolve(io.cwd, named) !== its('FragmentPath'))
    throw usageError(pastable(named), `Expected a service of this machine, whose \`${unit.name}\` is ${its('FragmentPath')}; \`--canary\` takes any file`)
  if (its('NeedDaemonReload') === 'yes')
    throw usageError(pastable(unit.name), 'Its files have changed since systemd has read them, expected `systemctl daemon-reload` first')
  if (its('RefuseManualStart') === 'yes' || its('RefuseManualStop') === 'yes')
    throw usageError(pastable(unit.name), 'Not to be started or stopped by hand, as it says itself')
  const undos = new Undos(places)
  const isWatched = io.stderr.isTTY === true
  const tell = (line: string): void => {
    if (isWatched) void writeLine(io.stderr, printable(line))
  }
  const check = given.value('check')
  const before = exposure(unit)
  try {
    const left = undos.left(unit.name)
    if (left) {
      for (const line of await putBack(left, systemd)) await writeLine(io.stderr, printable(line))
      undos.end(unit.name)
      await writeLine(io.stderr, printable(`${unit.name}: Put back first what a run that was killed had left`))
    }
    const date = new Date(io.date()).toISOString().slice(0, 10)
    const outcome = await interruptible((signal) =>
      tryLines(
        {
          unit,
          candidates: all,
          unitWith,
          checking: {
            command: typeof check === 'string' ? check : undefined,
            timeout: asked.timeout,
            settle: asked.settle,
            startTimeout: asked.startTimeout,
            grace: 2000,
          },
          keep: asked.keep,
          most: asked.starts,
          date,
          tell,
          warn: (line) => void writeLine(io.stderr, printable(line)),
        },
        {systemd, undos, places, env: io.env, signal, watch},
      ),
    )
    await remember(unit, outcome, {date, by: typeof check === 'string' ? 'check' : 'is-active'}, evidenceFile(given, asked, io))
    const after = exposure(unitWith(`[Service]\n${outcome.lines.map(([key, value]) => `${key}=${value}\n`).join('')}`))
    const report = {unit: unit.name, systemd: unit.target.name, date, tried: all.length, before, after, outcome, keep: asked.keep}
    await writeLine(io.stdout, asked.format === 'json' ? shownJson(report) : shownText(report).join('\n'))
    return 0
  } catch (error) {
    if (error instanceof Interrupted) return 2
    if (error instanceof Failed || error instanceof Busy) throw usageError(pastable(unit.name), error.message)
    throw error
  }
}

/** Where what is found out is written to, and read from: the file that is named, else the one beside what is kept. */
function evidenceFile(given: Arguments, {keep}: Settings, {cwd}: Io): string | undefined {
  const named = given.value('evidence')
  if (typeof named === 'string') return path.resolve(cwd, named)
  const usual = path.join(places.lasting, evidenceName)
  return keep === 'none' && !existsSync(usual) ? undefined : usual
}

/** Write down what was found out, for later runs. */
async function remember(unit: Unit, outcome: Outcome, how: Pick<Shown, 'date' | 'by'>, file: string | undefined): Promise<void> {
  if (file === undefined || outcome.found.kept.length + outcome.found.culprits.length === 0) return
  const before = existsSync(file) ? await readEvidence(file) : undefined
  const {lines, found} = outcome
  const trial = recorded({unit, ...how, lines, culprits: found.culprits, left: leftOut(outcome)})
  const fault = putText(file, `${JSON.stringify(withTrial(before, unit.name, trial), undefined, 2)}\n`)
  if (fault !== undefined) throw new Failed(`${file}: ${fault}`)
}

/** Have another process see to it that all is put back should this one be killed: it waits until we are gone. */
const watch: Means['watch'] = (unit) => {
  const words = [process.execPath, process.argv[1] ?? '', 'try', '--restore', unit]
  const child = spawn('/bin/sh', ['-c', 'trap "" INT HUP TERM; cat >/dev/null; exec "$@"', 'sh', ...words], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
}

/** `--restore`: put back what is left of a unit, or of all. */
async function restore(given: Arguments, io: Io): Promise<number> {
  const {systemd} = await manager(io)
  const [named, ...more] = given.positionals
  noMore(more)
  const undos = new Undos(places)
  const units = named === undefined ? undos.units() : [/\.\w+$/.test(named) ? named : `${named}.service`]
  let failed = false
  let count = 0
  for (const unit of units) {
    try {
      const left = undos.left(unit)
      if (!left) continue
      const faults = await interruptible(() => putBack(left, systemd))
      for (const line of faults) await writeLine(io.stderr, printable(line))
      if (faults.length === 0) undos.end(unit)
      failed ||= faults.length > 0
      count++
      if (faults.length === 0) await writeLine(io.stdout, printable(`${unit}: as it was`))
    } catch (error) {
      failed = true
      await writeLine(io.stderr, printable(error instanceof Error ? error.message : String(error)))
    }
  }
  if (count === 0 && !failed) await writeLine(io.stdout, 'Nothing to put back')
  return failed ? 2 : 0
}
