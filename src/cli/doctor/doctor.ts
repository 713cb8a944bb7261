import {createReadStream} from 'node:fs'
import path from 'node:path'
import {usageError} from '../../config/usage-error.ts'
import {diagnosisOf} from '../../doctor/diagnosis.ts'
import type {Diagnosis} from '../../doctor/diagnosis.ts'
import {readyUnit} from '../../engine/ready-unit.ts'
import {commandKeys} from '../../facts/command-keys.ts'
import {reasonOfFile} from '../../files/fault.ts'
import {pastable} from '../../reporters/printable.ts'
import type {Unit} from '../../rule/unit.ts'
import type {Main} from '../attempt.ts'
import type {Arguments} from '../grammar.ts'
import {instanceNamed, instanceOption, rootOf, rootOption} from '../unit-arguments.ts'
import {configFlags, configOptions} from '../config-arguments.ts'
import {ownConfigs} from '../own-configs.ts'
import {tellAll, wrapWidth, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {onlyUnit, rootFor} from '../named-units.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {loadedUnit, readUnits} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import type {UnitSources, UnitsToLint} from '../units.ts'
import {textOrJson, textOrJsonOption} from '../text-or-json.ts'
import {readLog} from './read-log.ts'
import type {Log} from './read-log.ts'
import {shownReport} from './text.ts'
import {diagnosisJson} from './json.ts'
import type {Scope} from '../scope.ts'
import {guardAndTell} from '../guard.ts'

const {config, target, user} = configOptions
const options = {
  journal: {type: 'string', describe: 'Read this log instead of standard input'},
  ...textOrJsonOption,
  config,
  target,
  user,
  ...rootOption,
  ...instanceOption,
} as const

/**
 * `unitlint doctor [UNIT] < journal`: which lines of a service made it fail, by what its log says.
 *
 * Returns the exit status: 1 where a line is to blame, 0 where none is, 2 where a file cannot be
 * read. Rejects with a usage error.
 */
export const doctor: Main = {
  grammar: {usage: 'unitlint doctor [UNIT] < journal', options},
  async run(given, io) {
    const format = textOrJson(given)
    const [named, ...others] = given.positionals
    if (others.length > 0)
      throw usageError('unitlint', 'Expected one unit, by its file or by its name')
    const flags = configFlags(given, io)
    const log = await readLog(logOf(given, io), named && path.basename(named))
    expectLog(log, named)
    const asked = named ?? onlyOf(log)
    const read = await unitsOf(asked, given, io, ownConfigs(flags, io.cwd))
    const cut = log.isCut
      ? ['the log has lines that are cut: `systemctl status -l` and `journalctl` have them whole']
      : []
    await tellAll(io, [...cut, ...read.notes, ...read.faults])
    const sources = onlyUnit(asked, read)
    const found = sources && (await foundBy(sources, log, io))
    if (!found) return 2
    await writeLine(
      io.stdout,
      format === 'json'
        ? diagnosisJson(found, io.cwd)
        : shownReport(found, {cwd: io.cwd, width: wrapWidth(io.stdout), asked}).join('\n'),
    )
    if (read.faults.size > 0) return 2
    return found.causes.length > 0 ? 1 : 0
  },
}

/** Throws a usage error for what is no log, and for one of nothing. */
function expectLog(log: Log, named: string | undefined): void {
  if (!log.isText)
    throw usageError(
      'unitlint',
      'Unexpected log, expected text, such as of `journalctl --file FILE`',
    )
  if (log.entries === 0 && !log.isOfShow)
    throw usageError(
      'unitlint',
      `Expected a log, such as of \`journalctl -u ${named === undefined ? 'UNIT' : pastable(path.basename(named))}\``,
    )
}

/** What the log says of a unit, and on standard error what keeps it from saying more. */
async function foundBy(sources: UnitSources, log: Log, io: Io): Promise<Diagnosis | undefined> {
  const made = await guardAndTell(sources.files, () => reportOn(sources, log), io)
  if (!made) return undefined
  const {found, refused} = made
  if (refused !== undefined) await tellAll(io, [refused])
  if (found.causes.length === 0)
    for (const line of expected(log, pastable(found.unit))) await writeLine(io.stderr, line)
  return found
}

/** What would tell more, where a log tells of nothing that is to blame. */
function expected({isKnown, isOfShow}: Log, unit: string): readonly string[] {
  if (isOfShow)
    return [
      `unitlint: \`systemctl show\` tells how a service ended and not what it said, which \`journalctl -u ${unit}\` has`,
    ]
  return isKnown
    ? []
    : [
        `unitlint: No line says who speaks, all are taken for words of the service; expected what \`journalctl -u ${unit}\`, \`systemctl status\` or \`systemctl show\` prints`,
      ]
}

function logOf(given: Arguments, {cwd, stdin}: Io): AsyncIterable<Uint8Array | string> {
  const file = given.value('journal')
  if (typeof file !== 'string') {
    if ('isTTY' in stdin && stdin.isTTY === true)
      throw usageError(
        'unitlint',
        'Expected a log on standard input, such as of `journalctl -u UNIT`',
      )
    return stdin
  }
  return fileOf(path.resolve(cwd, file), file)
}

async function* fileOf(file: string, named: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array
  } catch (cause) {
    throw usageError('--journal', `${pastable(named)}: ${reasonOfFile(cause)}`)
  }
}

/** The unit that a log is about. */
function onlyOf({units}: Log): string {
  const [only, ...others] = units.filter((unit) => unit.endsWith('.service'))
  if (only !== undefined && others.length === 0) return only
  const seen =
    only === undefined
      ? 'the log names none'
      : `the log names ${[only, ...others].slice(0, 5).map(pastable).join(', ')}${others.length > 4 ? ', ...' : ''}`
  throw usageError('unitlint', `Expected a unit: ${seen}`)
}

/** By its file; else by its name, among the units of the machine or of the root that is given. */
async function unitsOf(
  asked: string,
  given: Arguments,
  {cwd}: Io,
  configOf: Scope['configOf'],
): Promise<UnitsToLint> {
  const root = rootFor([asked], {cwd, root: rootOf(given)})
  return readUnits([asked], {
    cwd,
    root,
    instance: instanceNamed(given),
    configOf,
    optionsOf: runOptions({}),
  })
}

/** The report, and what keeps systemd from loading the unit, where something does. */
function reportOn(
  sources: UnitSources,
  log: Log,
): {readonly found: Diagnosis; readonly refused: string | undefined} {
  const {files, options: run} = sources
  const loaded = loadedUnit(sources)
  const unit = readyUnit(loaded, run)
  if (unit.type !== 'service')
    throw usageError(pastable(files[0].path), 'Unexpected kind of unit, expected a service')
  const found = diagnosisOf(unit, log.about(unit.name, speakerOf(unit)))
  return {found, refused: notLoadedLine(loaded)}
}

/**
 * Whether somebody who speaks in a log may be a service: by the names of its programs, or the one
 * that it gives itself.
 */
function speakerOf(unit: Unit): (identifier: string) => boolean {
  const own = unit.value('SyslogIdentifier')?.value
  const programs = commandKeys.flatMap((key) =>
    unit
      .values(key)
      .flatMap(({value}) => value.match(/(?<=^|[\s/])[\w.+-]+(?=\s|$)/g)?.slice(0, 3) ?? []),
  )
  const names = new Set([...programs, ...(own === undefined ? [] : [own])])
  return (identifier) =>
    names.has(identifier.replaceAll(/[()]/g, '')) || ['kernel', 'audit', ''].includes(identifier)
}
