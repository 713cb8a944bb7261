import {existsSync} from 'node:fs'
import path from 'node:path'
import {usageError} from '../../config/usage-error.ts'
import {target as targetNamed} from '../../facts/targets.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {exposure} from '../../security/index.ts'
import {canaryText, learningText} from '../../try/by-hand.ts'
import {serviceLines} from '../../try/lines.ts'
import type {Main} from '../attempt.ts'
import {writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {interruptible} from './interruptible.ts'
import {managerHere, machineFolders} from './machine.ts'
import {readService} from './read-service.ts'
import type {ServiceToTry} from './read-service.ts'
import {evidenceFile, remember} from './remember.ts'
import {restore, startWatcher} from './restore.ts'
import {tryLines} from './run-try.ts'
import {Interrupted} from './service.ts'
import type {Systemd} from './systemd.ts'
import {trialJson, shownText} from './text.ts'
import type {TrialReport} from './text.ts'
import {tryArguments, tryOptions} from './try-arguments.ts'
import type {TryArguments} from './try-arguments.ts'
import {Busy, Failed, putBack, Undos} from './undo.ts'

/**
 * `unitlint try UNIT`: the strictest lines with which a service of this machine works.
 *
 * Returns the exit status: 0 where they are known, 2 where they cannot be; a signal ends it as
 * signals do. Rejects with a usage error.
 */
export const tryUnit: Main = {
  grammar: {usage: "unitlint try UNIT [--check 'COMMAND']", options: tryOptions},
  async run(given, io) {
    const asked = tryArguments(given, io)
    if ('restored' in asked) return restore(asked, io)
    return asked.mode === 'machine' ? onMachine(asked, io) : byHand(asked, io)
  },
}

async function byHand(given: TryArguments, io: Io): Promise<number> {
  const triable = await readService(given, given.configs, io)
  if (!triable) return 2
  const {unit, candidates} = triable
  // By hand nobody halves: what may well break it is left out.
  const likely = candidates.flatMap(
    (one) => [one, ...one.weaker].find(({evidence}) => evidence !== 'withheld') ?? [],
  )
  const lines = serviceLines(likely, unit)
  const text =
    given.mode === 'learn'
      ? learningText(unit, lines)
      : canaryText(unit, lines, given.checking.command)
  if (text === undefined)
    throw usageError(
      pastable(given.service),
      `Nothing of it can be logged by systemd ${unit.target.name}`,
    )
  await writeLine(io.stdout, text.trimEnd())
  return 0
}

async function onMachine(given: TryArguments, io: Io): Promise<number> {
  const {configs: flags} = given
  const {systemd, version} = await managerHere(io)
  const own = targetNamed(String(version))
  const evidence = evidenceFile(given, io)
  const known = evidence !== undefined && existsSync(evidence) ? evidence : undefined
  const triable = await readService(
    given,
    {
      ...flags,
      evidence: known,
      assumed: own ?? flags.assumed,
      targets: flags.targets ?? (own ? [own.name] : undefined),
    },
    io,
  )
  if (!triable) return 2
  const {unit} = triable
  await expectTriable(unit.name, given, systemd, io)
  const say = (line: string): void => void writeLine(io.stderr, printable(line))
  try {
    const report = await triedHere(triable, {given, systemd, evidence, say}, io)
    await writeLine(
      io.stdout,
      given.format === 'json' ? trialJson(report) : shownText(report).join('\n'),
    )
    return 0
  } catch (error) {
    if (error instanceof Interrupted) return 2
    if (error instanceof Failed || error instanceof Busy)
      throw usageError(pastable(unit.name), error.message)
    throw error
  }
}

/** How lines are tried on this machine. */
interface TrySetting {
  readonly given: TryArguments
  readonly systemd: Systemd
  /** The file that takes what comes of it. */
  readonly evidence: string | undefined
  readonly say: (line: string) => void
}

/** Put back what another run has left, try the lines of a service, and note what came of them. */
async function triedHere(
  {unit, candidates, unitWith}: ServiceToTry,
  {given: {checking, keep, starts}, systemd, evidence, say}: TrySetting,
  io: Io,
): Promise<TrialReport> {
  const undos = new Undos(machineFolders)
  const before = exposure(unit)
  await putBackLeft(unit.name, undos, systemd, say)
  const date = new Date(io.date()).toISOString().slice(0, 10)
  const outcome = await interruptible((signal) =>
    tryLines(
      {
        unit,
        candidates,
        unitWith,
        checking,
        keep,
        most: starts,
        date,
        tell: io.stderr.isTTY === true ? say : () => undefined,
        warn: say,
      },
      {systemd, undos, places: machineFolders, env: io.env, signal, watch: startWatcher},
    ),
  )
  const by = checking.command === undefined ? 'is-active' : 'check'
  await remember(unit, outcome, {date, by}, evidence)
  const lines = outcome.lines.map(([key, value]) => `${key}=${value}\n`)
  return {
    unit: unit.name,
    systemd: unit.target.name,
    date,
    tried: candidates.length,
    before,
    after: exposure(unitWith(`[Service]\n${lines.join('')}`)),
    outcome,
    keep,
  }
}

/** Put back what another run has left of a service, if one has. */
async function putBackLeft(
  unit: string,
  undos: Undos,
  systemd: Systemd,
  say: TrySetting['say'],
): Promise<void> {
  const left = undos.left(unit)
  if (!left) return
  for (const line of await putBack(left, systemd)) say(line)
  undos.end(unit)
  say(`${unit}: Put back first what a run that was killed had left`)
}

/**
 * Rejects with a usage error where the service is none of this machine, or none that may be started
 * and stopped.
 */
async function expectTriable(
  unit: string,
  {service}: TryArguments,
  systemd: Systemd,
  {cwd}: Io,
): Promise<void> {
  const its = await systemd.show(unit, [
    'LoadState',
    'RefuseManualStart',
    'RefuseManualStop',
    'FragmentPath',
    'NeedDaemonReload',
  ])
  if (its('LoadState') !== 'loaded')
    throw usageError(
      pastable(unit),
      `Expected a service of this machine, systemd says \`${its('LoadState') || 'nothing'}\``,
    )
  if (service.includes('/') && path.resolve(cwd, service) !== its('FragmentPath'))
    throw usageError(
      pastable(service),
      `Expected a service of this machine, whose \`${unit}\` is ${its('FragmentPath')}; \`--canary\` takes any file`,
    )
  if (its('NeedDaemonReload') === 'yes')
    throw usageError(
      pastable(unit),
      'Its files have changed since systemd has read them, expected `systemctl daemon-reload` first',
    )
  if (its('RefuseManualStart') === 'yes' || its('RefuseManualStop') === 'yes')
    throw usageError(pastable(unit), 'Not to be started or stopped by hand, as it says itself')
}
