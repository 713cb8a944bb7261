import {execFileSync} from 'node:child_process'
import {accessSync, constants, readdirSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {analyze, ask, type Output} from './ask.ts'
import {stemOf} from './batches.ts'
import type {Subject} from './subject.ts'

export {dropinSubject, type Subject} from './subject.ts'

/** A real systemd-analyze. */
export interface Oracle {
  /** `257`, or `host` for the one that is installed here. */
  readonly name: string
  readonly version: number
  /** Path of the program. */
  readonly command: string
}

/**
 * One line that systemd prints about a unit. The words differ between versions: only `file` and
 * `line` are facts.
 */
export interface Complaint {
  /** Path from the unit's folder, when the message names a file. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly text: string
}

/** What `systemd-analyze verify` thinks of a unit. */
export interface Verdict {
  readonly loads: boolean
  readonly complaints: readonly Complaint[]
}

/** One row of `systemd-analyze security --json=short`. */
export interface Row {
  readonly set: boolean | null
  readonly name: string
  readonly json_field: string
  readonly description: string
  readonly exposure: string | null
}

/** What `systemd-analyze security --offline=true` thinks of a unit that loads. */
export interface Score {
  /** Overall exposure in tenths: 96 for 9.6. */
  readonly total: number
  readonly rows: readonly Row[]
}

/** Which manager the unit is for. */
export interface Manager {
  readonly user?: boolean
}

/**
 * The systemds at hand, oldest first: those in the folder `UNITLINT_ORACLE` (default: `.oracle`
 * here; get-systemd.sh fills it), each as VERSION/systemd-analyze, and the installed one.
 */
export function oracles(): Oracle[] {
  const folder = process.env['UNITLINT_ORACLE'] ?? join(import.meta.dirname, '../../.oracle')
  const found = versionsIn(folder).map((name) => ({
    name,
    version: Number(name),
    command: join(folder, name, 'systemd-analyze'),
  }))
  const installed = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, 'systemd-analyze'))
  const command = installed.find(isExecutable)
  if (command !== undefined) found.push({name: 'host', version: versionOf(command), command})
  return found
    .filter((oracle) => isExecutable(oracle.command))
    .toSorted((one, other) => one.version - other.version)
}

/** Whether this systemd can score a unit file without loading it into the manager (from 250 on). */
export function canScore(oracle: Oracle): boolean {
  return oracle.version >= 250
}

/**
 * Ask `systemd-analyze verify` about each subject as if it were alone in the world.
 *
 * From 250 on verify takes a colon in a file's name for an alias; `security`, which complains about
 * the same lines, is asked then.
 */
export async function verify(
  oracle: Oracle,
  subjects: readonly Subject[],
  {user = false}: Manager = {},
): Promise<Map<Subject, Verdict>> {
  const manager = user ? ['--user'] : []
  const named = subjects.filter((subject) => isFileName(subject.name))
  const isAlias = (subject: Subject) => canScore(oracle) && subject.name.includes(':')
  const asked = new Map([
    ...(await ask(
      named.filter(isAlias),
      (batch) =>
        analyze(oracle.command, ['security', ...manager, '--offline=true', '--no-pager'], batch),
      verdicts,
    )),
    ...(await ask(
      named.filter((subject) => !isAlias(subject)),
      (batch) => analyze(oracle.command, ['verify', ...manager, '--man=no'], batch),
      verdicts,
    )),
  ])
  return new Map(
    subjects.map((subject) => [subject, asked.get(subject) ?? {loads: false, complaints: []}]),
  )
}

/**
 * Ask `systemd-analyze security` about each subject as if it were alone in the world; undefined for
 * one that does not load.
 */
export async function security(
  oracle: Oracle,
  subjects: readonly Subject[],
  {user = false}: Manager = {},
): Promise<Map<Subject, Score | undefined>> {
  const words = ['security', ...(user ? ['--user'] : []), '--offline=true', '--no-pager']
  const scored = await ask(
    subjects.filter((subject) => isFileName(subject.name)),
    async (batch) => {
      // The table has the names and totals, the JSON has the rows; both come in the same order.
      const table = await analyze(oracle.command, words, batch)
      const json = await analyze(oracle.command, [...words, '--json=short'], batch)
      return {
        ...table,
        stdout: `${table.stdout}\n${json.stdout}`,
        signal: table.signal ?? json.signal,
      }
    },
    scores,
  )
  return new Map(subjects.map((subject) => [subject, scored.get(subject)?.score]))
}

/**
 * Whether a complaint is about the unit's text, not about programs and units that are missing on
 * this machine.
 */
export function aboutTheFile({line, text}: Complaint): boolean {
  return line !== undefined || !aboutTheMachine.test(text)
}

const aboutTheMachine =
  / is not executable: |: (?:Failed to create|Creating|Trying to enqueue job) \S+\/\w+|Cannot add dependency job|: service \S+ not loaded, /

function verdicts(
  batch: readonly Subject[],
  {root, stderr, signal}: Output,
): Verdict[] | undefined {
  if (signal !== undefined)
    return batch.length > 1
      ? undefined
      : [{loads: false, complaints: [{file: undefined, line: undefined, text: signal}]}]
  const found = batch.map(() => ({loads: true, complaints: [] as Complaint[]}))
  const byStem = new Map(found.map((verdict, index) => [stemOf(batch[index]?.name ?? ''), verdict]))
  for (const line of stderr.split('\n')) {
    if (line === '' || aboutNoUnit.test(line)) continue
    const text = line.replaceAll(`${root}/`, '')
    const place = text === line ? undefined : placed.exec(text)?.groups
    const verdict =
      batch.length === 1
        ? found[0]
        : byStem.get(stemOf(place?.['unit'] ?? unit.exec(text)?.[1] ?? ''))
    if (!verdict) return undefined
    verdict.complaints.push({
      file: place?.['file'],
      line: place ? Number(place['line']) : undefined,
      text,
    })
    if (notLoaded.test(text)) verdict.loads = false
  }
  return found
}

/** 247 says it of itself, once, when it is asked about a user's units. */
const aboutNoUnit = /^Failed to connect to system bus: /
const placed = /^(?<file>(?<unit>[^/]*?)(?:\.d\/[^/]*?)?):(?<line>\d+): /
const unit = /^(?:Unit )?([\w:.\\@-]+\.[a-z]+)(?:: | )/
const notLoaded =
  /^(?:Unit \S+ (?:has a bad unit file setting|failed to load|not found|is masked)|Failed to prepare filename )/

function scores(
  batch: readonly Subject[],
  {stdout, signal}: Output,
): {score: Score | undefined}[] | undefined {
  if (signal !== undefined) return batch.length > 1 ? undefined : [{score: undefined}]
  const lines = stdout.split('\n')
  const totals = lines.flatMap((line) => [
    ...line.matchAll(/^→ Overall exposure level for (\S+): (\d+)\.(\d) /g),
  ])
  const tables = lines.filter((line) => line.startsWith('[')).map(rowsOf)
  if (totals.length !== tables.length) return undefined
  const byStem = new Map(
    totals.map(([, name = '', units, tenths], index) => [
      stemOf(name),
      {total: Number(units) * 10 + Number(tenths), rows: tables[index] ?? []},
    ]),
  )
  return batch.map((subject) => ({score: byStem.get(stemOf(subject.name))}))
}

/** The rows of one unit; systemd prints an array of objects with these fields. */
function rowsOf(json: string): Row[] {
  // True of every version that knows --json; the tests look at each field.
  return JSON.parse(json) as Row[]
}

function isFileName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !/[/\0]/.test(name) &&
    Buffer.byteLength(name) <= 255
  )
}

function versionsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d{3}$/.test(name))
  } catch {
    return []
  }
}

function versionOf(command: string): number {
  return Number(
    /^systemd (\d+)/.exec(execFileSync(command, ['--version'], {encoding: 'utf8'}))?.[1],
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
