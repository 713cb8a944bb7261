import type {AccessId} from '../../facts/accesses.ts'
import type {Host} from '../../unit/host.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valuesOf} from '../../unit/value.ts'
import {isKnownProgram, isMeasured} from '../programs/programs.ts'
import {configOf, shownByCode, shownBySettings} from '../sight/seen.ts'
import type {ShownByFiles, Sign} from '../sight/sign.ts'
import {activities} from './activities.ts'
import {declaredPlaces, listedPaths} from './declared.ts'
import type {Declared} from './declared.ts'
import {isShell} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import {linkedWith} from './linked.ts'
import type {Need} from './need.ts'
import {hasLoadElse, lacksOfPython, mayLoadElse} from './of-python.ts'
import {ofPath} from './of-commands.ts'
import type {Borne, Production} from './of-production.ts'
import {hostOfPrograms, programFile} from './program-files.ts'
import {ownSettings, settingsIn} from './settings.ts'
import {isFileTool} from './uses.ts'

/** What the files of a machine show of a service that uses them. */
export interface Sighted {
  readonly needs: readonly Need[]
  /** What all of its programs do without, as is read in them, in words. */
  readonly lacks: ReadonlyMap<AccessId, Borne>
}

/**
 * What the programs of a service and their configs show where they are in sight; `bears` is what
 * others who run it attest.
 */
export function ofSight(unit: LoadedUnit, bears: Production['bears']): Sighted {
  if (unit.type !== 'service') return nothing
  const host = hostOfPrograms(unit)
  const places = declaredPlaces(unit)
  const needs: Need[] = []
  const add = (sign: Sign, assignment: Assignment): void => {
    for (const need of needsOf(sign, assignment, places)) {
      if (!sign.yieldsTo || bears.get(need.access)?.grade !== 'attested') needs.push(need)
    }
  }
  const seen = new Map<string, ReadonlyMap<AccessId, string>>()
  // Scripts that stand behind what runs them, of which all is told.
  const told = new Set<string>()
  // What is loaded beside it, and what a script does, its imports do not tell.
  let isAll = host !== undefined && !mayPreload(unit) && !isCovered(unit)
  for (const {assignment, activity} of activities(unit)) {
    for (const invocation of activity.invocations.filter(({program}) => !isFileTool(program))) {
      const key = JSON.stringify([invocation.path, invocation.args])
      if (seen.has(key) || told.has(invocation.path)) continue
      if (seen.size >= mostPrograms) return {needs, lacks: nothing.lacks}
      const shown = shownBy(invocation, host)
      seen.set(key, shown?.lacks ?? new Map<AccessId, string>())
      isAll &&= shown !== undefined && (!isScripted(invocation) || shown.lacks.size > 0)
      if (isScripted(invocation) && shown && shown.lacks.size > 0)
        told.add((invocation.script ?? '').replace(/\.pyz?$/, ''))
      for (const sign of shown?.signs ?? []) add(sign, assignment)
    }
  }
  return {needs, lacks: isAll ? inAll([...seen.values()]) : nothing.lacks}
}

/** What the files show that an invocation uses; undefined where its program is not in sight. */
function shownBy(invocation: Invocation, host: Host | undefined): ShownByFiles | undefined {
  const {path, program, args, seen} = invocation
  const config = host && (configOf(program, args, host) ?? shownByItsSettings(invocation, host))
  if (isScripted(invocation))
    return {
      signs: [...(config?.signs ?? []), ...(seen?.shown?.signs ?? [])],
      lacks: lacksOfScript(invocation),
    }
  const file = host && programFile(path, host)
  // Of what is not in sight it is known what it is linked with in Debian.
  const imported = file ? shownByCode(file, host) : shown(linkedWith(program))
  if (!imported) return config && {...config, lacks: new Map<AccessId, string>()}
  return {
    signs: [...untold(imported.signs, path), ...(config?.signs ?? [])],
    lacks: new Map([...imported.lacks, ...(config?.lacks ?? [])]),
  }
}

/** What the settings show that a program is given, else those that it finds by itself. */
function shownByItsSettings(invocation: Invocation, host: Host): ShownByFiles | undefined {
  const given = settingsIn(invocation.args)
  const findsOwn = given.length === 0 && !isScripted(invocation)
  return shown(shownBySettings(findsOwn ? ownSettings(invocation.program, host) : given, host))
}

/** What a script does without whose modules are all in sight or come with Python. */
function lacksOfScript(invocation: Invocation): ShownByFiles['lacks'] {
  if (!lacksOfPython(invocation).has('write-exec-memory')) return new Map()
  const path = invocation.seen?.path ?? invocation.path
  return new Map([['write-exec-memory', `read: \`${path}\` loads no module of others`]])
}

function shown(signs: readonly Sign[]): ShownByFiles | undefined {
  return signs.length === 0 ? undefined : {signs, lacks: new Map()}
}

/** The signs of a program's code that say more than what is known of it by its name. */
function untold(signs: readonly Sign[], path: string): readonly Sign[] {
  if (isMeasured(path)) return []
  const isKnown = isKnownProgram(path)
  return signs.filter(({yieldsTo}) => !isKnown || yieldsTo === 'production')
}

/**
 * Whether something has the dynamic linker of a program, or Python, load more, or from elsewhere: a
 * variable that the unit or `env` gives it (ld.so(8), python(1)).
 */
function mayPreload(unit: LoadedUnit): boolean {
  return (
    mayLoadElse(unit) ||
    activities(unit).some(({activity}) =>
      activity.invocations.some(({args}) => args.some(hasLoadElse)),
    )
  )
}

/**
 * Whether other files may lie where those in sight do: of images, or bound there from elsewhere
 * (systemd.exec(5)).
 */
function isCovered(unit: LoadedUnit): boolean {
  return (
    ['MountImages', 'ExtensionImages', 'ExtensionDirectories'].some(
      (key) => valuesOf(unit, key).length > 0,
    ) ||
    ['BindPaths', 'BindReadOnlyPaths'].some((key) =>
      listedPaths(unit, key).some(({path, inside}) => inside !== undefined && inside !== path),
    )
  )
}

const nothing: Sighted = {needs: [], lacks: new Map()}

/** Programs with their arguments that are looked at for one unit. */
const mostPrograms = 64

/** Whether a script tells what a command does, not its own code. */
function isScripted({program, script, seen}: Invocation): boolean {
  return script !== undefined || isShell(program) || seen?.isNamed === true
}

function* needsOf(
  {needs, path, because, yieldsTo, isOfCode}: Sign,
  assignment: Assignment,
  places: Declared,
): Generator<Need> {
  const how = {
    certain: false,
    ...(yieldsTo === 'profile' && {isGuess: true as const}),
    ...(isOfCode && {isUsual: true as const}),
  }
  for (const access of needs) yield {access, because, ...how, assignment}
  if (path)
    for (const need of ofPath(path.path, path.use, because, assignment, places))
      yield {...need, ...how}
}

/** What all of them do without. */
function inAll([first, ...others]: ReadonlyArray<ReadonlyMap<AccessId, string>>): Sighted['lacks'] {
  const kept = [...(first ?? [])].filter(([id]) => others.every((other) => other.has(id)))
  return new Map(kept.map(([id, words]) => [id, {grade: 'read', words: () => words}]))
}
