import {existsSync} from 'node:fs'
import path from 'node:path'
import {diagnose} from '../../doctor/diagnose.ts'
import type {NewLine} from '../../engine/anchors.ts'
import {blamedAmong} from '../../try/blame.ts'
import {lineOf} from '../../try/candidate.ts'
import type {Candidate} from '../../try/candidate.ts'
import {trialName, trialText} from '../../try/drop-in.ts'
import type {LeftOut} from '../../try/drop-in.ts'
import {serviceLines} from '../../try/lines.ts'
import {search} from '../../try/search.ts'
import type {Culprit, Culprits} from '../../try/search.ts'
import type {Unit} from '../../rule/unit.ts'
import {readLog} from '../doctor/read-log.ts'
import {keeping, put} from './keep.ts'
import type {Keeping} from './keep.ts'
import type {Systemd} from './systemd.ts'
import {LinesOnTrial} from './trial.ts'
import type {Checking, Failure} from './trial.ts'
import {Failed, putBack, removeEmpty, startAgain} from './undo.ts'
import type {MachineFolders, Undo, Undos} from './undo.ts'
import {count} from '../../reporters/summary.ts'

/** What is to be tried of a service, and how. */
export interface TryPlan {
  readonly unit: Unit
  readonly candidates: readonly Candidate[]
  /** The unit with lines at its end. */
  readonly unitWith: (text: string) => Unit
  readonly checking: Checking
  readonly keep: 'dropin' | 'inline' | 'none'
  /** How many starts there may be to search. */
  readonly most: number
  /** `2026-11-28` */
  readonly date: string
  /** Tells whoever watches what is being done. */
  readonly tell: (line: string) => void
  /** Says what went wrong with putting things back. */
  readonly warn: (line: string) => void
}

/** What a job is done with. */
export interface Means {
  readonly systemd: Systemd
  readonly undos: Undos
  readonly places: MachineFolders
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Starts what watches over us: it puts all back should we be killed. Returns how to end it. */
  readonly watch: (unit: string) => () => void
}

/** What was found out of a service. */
export interface TrialOutcome {
  readonly found: Culprits<Candidate>
  /** Why each culprit is one: a clause. */
  readonly reasons: ReadonlyMap<Candidate, string>
  readonly lines: readonly NewLine[]
  /** The file that they stay in. */
  readonly file?: string
  /** All starts, those to see how it works without them too. */
  readonly starts: number
}

const related = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf', 'UpheldBy', 'TriggeredBy']

/**
 * Try lines on a service of this machine. Whatever happens, be it a signal, what was not told to
 * stay is put back.
 *
 * Rejects with `Failed` where the service does not work as it is, or not with what was found; with
 * `Interrupted` after a signal.
 */
export async function tryLines(job: TryPlan, means: Means): Promise<TrialOutcome> {
  const {unit, keep} = job
  const {systemd, undos, places} = means
  const keepingIn = keep === 'none' ? undefined : keeping(keep, unit, places)
  if (keepingIn && 'fault' in keepingIn) throw new Failed(keepingIn.fault)
  if (job.candidates.length === 0)
    return {
      found: {kept: [], culprits: [], unknown: [], starts: 0},
      reasons: new Map(),
      lines: [],
      starts: 0,
    }
  const noted = {undo: undos.begin(await prospect(unit.name, systemd, places))}
  const release = means.watch(unit.name)
  let isDone = false
  try {
    const outcome = await done(job, noted, means, keepingIn)
    isDone = true
    return outcome
  } finally {
    const faults = isDone ? [] : await putBack(noted.undo, systemd)
    for (const fault of faults) job.warn(fault)
    // What is left to do stays written down, for `--restore`.
    if (faults.length === 0) undos.end(unit.name)
    release()
  }
}

/** How to put back what has been done so far. */
interface UndoNote {
  undo: Undo
}

async function prospect(
  unit: string,
  systemd: Systemd,
  {transient}: MachineFolders,
): Promise<Omit<Undo, 'pid' | 'born'>> {
  const its = await systemd.show(unit, ['ActiveState', ...related])
  const others: string[] = []
  for (const other of new Set(
    related.flatMap((name) =>
      its(name)
        .split(' ')
        .filter((word) => word !== ''),
    ),
  )) {
    if (
      (await systemd.show(other, ['ActiveState']))('ActiveState') === 'active' &&
      !other.endsWith('.target')
    )
      others.push(other)
  }
  const folder = path.join(transient, `${unit}.d`)
  const folders = [folder, transient].filter((one) => !existsSync(one))
  return {
    unit,
    dropIn: path.join(folder, trialName),
    folders,
    wasActive: ['active', 'reloading', 'activating'].includes(its('ActiveState')),
    others,
    kept: null,
  }
}

async function done(
  job: TryPlan,
  noted: UndoNote,
  means: Means,
  keepingIn: Keeping | undefined,
): Promise<TrialOutcome> {
  const {unit, candidates, checking, most, tell, warn} = job
  const {systemd, env, signal} = means
  const trials = new LinesOnTrial(noted.undo, {systemd, checking, env, signal})
  let starts = 0
  const fault = async (lines: readonly NewLine[] | undefined): Promise<Failure | undefined> => {
    starts++
    return trials.fault(lines)
  }
  tell(`${unit.name}: checked as it is`)
  await expectWorking(noted.undo, trials, async () => fault([]))
  const reasons = new Map<Candidate, string>()
  const found = await search(candidates, {
    // One was to see how it is without any, one is to see what is to stay.
    most: Math.max(0, most - 2),
    works: async (tried) => {
      const failure = await fault(serviceLines(tried, unit))
      const [only] = tried
      const blamed =
        failure && tried.length > 1 ? await blame(job, tried, failure, systemd) : undefined
      if (failure && only && tried.length === 1) reasons.set(only, failure.because)
      tell(`start ${starts}, ${count(tried.length, 'line')}: ${wordsOf(failure, blamed)}`)
      return {works: failure === undefined, blamed}
    },
  })
  const its: TrialOutcome = {found, reasons, lines: serviceLines(found.kept, unit), starts}
  if (!keepingIn || its.lines.length === 0) {
    for (const line of await putBack(noted.undo, systemd)) warn(line)
    return its
  }
  await stay(its, keepingIn, {job, noted, means, works: async () => fault(undefined)})
  return {...its, starts, file: keepingIn.file}
}

/** Rejects with `Failed` where a service does not work as it is, active or started again. */
async function expectWorking(
  {wasActive}: Undo,
  trials: LinesOnTrial,
  fault: () => Promise<Failure | undefined>,
): Promise<void> {
  const asItIs = wasActive ? await trials.asItIs() : undefined
  if (asItIs !== undefined) throw new Failed(`Does not work as it is: ${ofItself(asItIs)}`)
  // What fails once may have been chance.
  const plain = (await fault()) && (await fault())
  if (plain)
    throw new Failed(`Does not work when it is started again as it is: ${ofItself(plain.because)}`)
}

function wordsOf(failure: Failure | undefined, blamed: Candidate | undefined): string {
  if (!failure) return 'works'
  return `${failure.because}${blamed ? `, the log blames ${lineOf(blamed)}` : ''}`
}

function ofItself(because: string): string {
  return because.replace(/ with it$/, '')
}

/** Why each line is left out, for people. */
export function leftOut({
  found: {culprits, unknown},
  reasons,
}: Pick<TrialOutcome, 'found' | 'reasons'>): readonly LeftOut[] {
  const because = ({line, beside}: Culprit<Candidate>): string => {
    const reason = reasons.get(line) ?? 'the check failed with it'
    return beside.length === 0
      ? reason
      : `the check failed with it and ${beside.map(lineOf).join(', ')} together`
  }
  return [
    ...culprits.map((culprit) => ({line: lineOf(culprit.line), because: because(culprit)})),
    ...unknown.map((line) => ({line: lineOf(line), because: 'not tried, no starts were left'})),
  ]
}

/** How lines are left to stay. */
interface Staying {
  readonly job: TryPlan
  readonly noted: UndoNote
  readonly means: Means
  /** Starts the service as it is then. */
  readonly works: () => Promise<Failure | undefined>
}

/** Leave the service with what was found, as it is to stay, and see that it works so. */
async function stay(
  {found, reasons, lines}: TrialOutcome,
  {file, before, after}: Keeping,
  {job: {date, warn}, noted, means: {systemd, undos}, works}: Staying,
): Promise<void> {
  const {undo} = noted
  const folder = path.dirname(file)
  const folders = [...undo.folders, ...(existsSync(folder) ? [] : [folder])]
  const text = after(lines, leftOut({found, reasons}), date)
  noted.undo = undos.change({...undo, folders, kept: {file, before, after: text}})
  const refused = put(file, before, text)
  if (refused !== undefined) throw new Failed(`${file}: ${refused}`)
  const failure = (await works()) && (await works())
  if (failure)
    throw new Failed(
      `Does not work with what was found, as it was written to ${file}: ${ofItself(failure.because)}`,
    )
  // From here on it stays.
  noted.undo = undos.change({...noted.undo, kept: null})
  for (const made of undo.folders) removeEmpty(made)
  if (!undo.wasActive) for (const line of await putBack(noted.undo, systemd)) warn(line)
  for (const other of undo.others) await startAgain(other, systemd)
}

/** The line that the log of a failed start blames. */
async function blame(
  {unit, unitWith}: TryPlan,
  tried: readonly Candidate[],
  {since}: Failure,
  systemd: Systemd,
): Promise<Candidate | undefined> {
  const its = unitWith(trialText(serviceLines(tried, unit)))
  const text = await systemd.log(its.name, since)
  const log = await readLog(chunksOf(text))
  return blamedAmong(
    tried,
    diagnose(
      its,
      log.about(its.name, () => true),
    ),
  )
}

async function* chunksOf(text: string): AsyncIterable<string> {
  yield text
}
