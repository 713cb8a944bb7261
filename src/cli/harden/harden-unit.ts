import {styleText} from 'node:util'
import {VFile} from 'vfile'
import {Descent} from '../../engine/exposure-steps.ts'
import {TooMuchToPlan} from '../../engine/planning-effort.ts'
import {keepRest, startOf} from '../../harden/walk.ts'
import type {Walk} from '../../harden/walk.ts'
import type {Paint} from '../../reporters/exposure.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {pullRequest} from '../../reporters/pull-request.ts'
import {formatExposure, levelOf} from '../../security/index.ts'
import {oldestOf} from '../../facts/targets.ts'
import {parse} from '../../syntax/parse.ts'
import type {SourceFile} from '../../unit/unit.ts'
import {load} from '../../unit/load.ts'
import type {UnitContext} from '../../unit/load.ts'
import {guardUnit} from '../guard.ts'
import {tellAll, usesColor, wrapWidth, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {showDiff} from '../lint/deliver.ts'
import type {LintedUnit} from '../lint/linted-unit.ts'
import {writeFixes} from '../lint/write-fixes.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {nextCommands, nextLines} from '../next-commands.ts'
import {sealed} from '../seal.ts'
import type {UnitsToLint, UnitSources} from '../units.ts'
import {converse} from './conversation.ts'
import type {Country} from './conversation.ts'
import type {HardenArguments} from './harden-arguments.ts'
import type {Person} from './person.ts'

/** What hardening a unit needs besides it. */
export interface Hardening {
  readonly given: HardenArguments
  readonly io: Io
  readonly units: UnitsToLint
  /** Who is asked. */
  readonly person: Person | undefined
  /** Takes the reports. */
  readonly reports: string[]
}

/** Returns the exit status for it, or that nothing more is wanted. */
export async function hardenUnit(
  unit: UnitSources,
  hardening: Hardening,
): Promise<0 | 1 | 2 | 'quit'> {
  const {given, io, person, reports} = hardening
  const begun = guardUnit(unit.files, () => begin(unit))
  const ready = 'fault' in begun ? begun : begun.made
  if ('fault' in ready) {
    await tellAll(io, [ready.fault])
    return 2
  }
  const {descent, start} = ready
  const safe = keepRest(descent, start, 'safe')
  const all = keepRest(descent, safe, 'unsafe')
  if (given.isReport)
    reports.push(reportOf(unit, descent, given.upTo === 'safe' ? safe : all, hardening))
  if (person === undefined) {
    if (!given.isSure) return 0
    const walk = given.upTo === 'safe' ? safe : all
    return walk.taken.length === 0
      ? nothingToDo(unit, start, hardening)
      : put(unit, walk, {...hardening, isShown: !given.isReport})
  }
  return walked(unit, {descent, start, safe, all}, person, hardening)
}

/** The steps of a unit: none of them taken, all that are safe, and all. */
interface StepsOfUnit {
  readonly descent: Descent
  readonly start: Walk
  readonly safe: Walk
  readonly all: Walk
}

/** Walk them with a person, and write what is kept. */
async function walked(
  unit: UnitSources,
  {descent, start, safe, all}: StepsOfUnit,
  person: Person,
  hardening: Hardening,
): Promise<0 | 1 | 2 | 'quit'> {
  const {given, io} = hardening
  const name = pastable(unit.files[0].path)
  const head = `${name}: ${words(start)}; with all safe steps ${words(safe)}, with all ${words(all)} (systemd ${start.standing.unit.target.name})`
  await person.say(printable(head))
  if (!start.step) return nothingToDo(unit, start, hardening)
  const country = countryOf(unit, descent, all.taken.length, io)
  const manner = {width: wrapWidth(io.stdout), paint: paintOf(given, io)}
  let isKept = false
  const walk = await converse(start, country, person, manner, async (now) => {
    isKept = isAsItWas(unit, now)
    if (!isKept) return confirmed(unit, now, person, hardening)
    await person.say('Nothing is kept, so that there is nothing to write')
    return 'write'
  })
  if (!walk) {
    await person.say('Nothing was written')
    return 'quit'
  }
  return isKept ? 1 : put(unit, walk, {...hardening, isShown: false})
}

/** What a walk goes through. */
function countryOf(unit: UnitSources, descent: Descent, steps: number, io: Io): Country {
  return {
    descent,
    steps,
    isChangeable: (path) => unit.options.into === undefined || path === unit.options.into,
    today: new Date(io.date()).toISOString().slice(0, 10),
  }
}

function isAsItWas(unit: UnitSources, {standing}: Walk): boolean {
  return standing.unit.files.every((file, index) => file.tree.text === unit.files[index]?.text)
}

/** What somebody wants who has seen what would be written. */
async function confirmed(
  unit: UnitSources,
  walk: Walk,
  person: Person,
  {given, io, units}: Hardening,
): Promise<'write' | 'back' | 'quit'> {
  await showDiff([linted(unit, walk)], given.color, units.reach, io)
  for (const line of leftLines(walk)) await person.say(line)
  for (;;) {
    const answer = await person.ask('Write this? yes, no, back to the last step [y/n/b]')
    if (answer === undefined || /^[nq]/i.test(answer)) return 'quit'
    if (/^b/i.test(answer)) return 'back'
    if (/^y/i.test(answer)) return 'write'
  }
}

function words({standing}: Walk): string {
  return `${formatExposure(standing.score.total)} ${levelOf(standing.score.total)}`
}

/** The way of a unit and its first step, or why there is none. */
function begin({
  files,
  identity,
  options,
  sight,
}: UnitSources): {readonly descent: Descent; readonly start: Walk} | {readonly fault: string} {
  const name = pastable(files[0].path)
  if (identity.role === 'drop-in')
    return {fault: `${name}: Drop-in without its unit beside it, which has no exposure`}
  const target = oldestOf(options.targets)
  const context: UnitContext = {...identity, target, manager: options.manager, host: sight.host}
  const sources = files.map(({path, text, mode}, index): SourceFile => ({
    path,
    role: index === 0 ? 'fragment' : 'drop-in',
    tree: parse(text),
    mode,
  }))
  try {
    const untouchable = new Set(
      files
        .filter(({isAsked, isShared, isKept}) => !isAsked || isShared || isKept)
        .map(({path}) => path),
    )
    const descent = new Descent(sources, context, options, {untouchable})
    const start = startOf(descent)
    return start
      ? {descent, start}
      : {
          fault:
            notLoadedLine(load(sources, context)) ??
            `${name}: Not loaded by systemd ${target.version}, \`unitlint security\` tells why`,
        }
  } catch (cause) {
    if (cause instanceof TooMuchToPlan) return {fault: `${name}: Not planned: ${cause.message}`}
    throw cause
  }
}

/** Write what is kept, and tell what to do next. */
async function put(
  unit: UnitSources,
  walk: Walk,
  {io, given, units, isShown}: Hardening & {readonly isShown: boolean},
): Promise<0 | 2> {
  const its = linted(unit, walk)
  if (isShown) await showDiff([its], given.color, units.reach, io)
  const {failed} = await writeFixes([its], units.reach, io)
  if (failed) return 2
  if (given.isReport) return 0
  const written = its.files
    .filter((file, index) => file.value !== unit.files[index]?.text)
    .map(({path}) => pastable(path))
  const {standing} = walk
  await writeLine(
    io.stdout,
    printable(
      `Written: ${written.join(', ')}; exposure ${formatExposure(standing.score.total)} ${levelOf(standing.score.total)}`,
    ),
  )
  for (const line of nextLines(nextCommands([unit], {cwd: io.cwd, root: given.root})))
    await writeLine(io.stdout, line)
  return 0
}

async function nothingToDo(
  {files: [main]}: UnitSources,
  start: Walk,
  {io, given}: Hardening,
): Promise<0> {
  if (!given.isReport)
    await writeLine(
      io.stdout,
      printable(`${pastable(main.path)}: nothing to do, it stays at ${words(start)}`),
    )
  return 0
}

/** What was decided against for this time only, in lines. */
function leftLines({skipped}: Walk): string[] {
  return skipped
    .filter(({isWritten, reason}) => !isWritten && reason !== undefined)
    .map(({step, reason}) =>
      printable(
        `Left out: ${step.located.ruleId}: ${reason}. A drop-in cannot say so for later runs; a config can: "rules": {"${step.located.ruleId}": "off"}`,
      ),
    )
}

function linted(unit: UnitSources, {standing}: Walk): LintedUnit {
  return {
    unit,
    files: standing.unit.files.map(
      ({path, tree}) =>
        new VFile({path, value: path === unit.options.into ? sealed(tree.text) : tree.text}),
    ),
  }
}

function reportOf(unit: UnitSources, descent: Descent, walk: Walk, {given, io}: Hardening): string {
  const {start} = descent
  const strictest = keepRest(descent, walk, 'unsafe')
  return pullRequest({
    path: unit.files[0].path,
    unit: walk.standing.unit,
    before: start?.score.total ?? 0,
    walk,
    others: strictest.taken.slice(walk.taken.length),
    strictest: strictest.standing.unit,
    descent,
    options: unit.options,
    next: nextCommands([unit], {cwd: io.cwd, root: given.root}),
  })
}

function paintOf({color}: HardenArguments, io: Io): Paint {
  const isColored = usesColor(io.stdout, io.env, color)
  return (style, text) => (isColored ? styleText(style, text, {validateStream: false}) : text)
}
