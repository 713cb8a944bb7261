import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import {denialContext} from '../denial-context.ts'
import {baseName, isBelow} from '../../values/paths.ts'
import {isHostOfApplications, kindOfProgram} from '../programs/kinds.ts'
import {isKnownProgram, isNamedProgram} from '../programs/programs.ts'
import {allPopulations} from '../populations.ts'
import type {Population} from '../populations.ts'
import {activities} from './activities.ts'
import {applicationOf} from './applications.ts'
import type {Invocation} from './invocations.ts'
import {isHelperOf, givenName} from './core-programs.ts'
import {isBroughtByPackage} from './paths.ts'
import {readIn} from './in-sight.ts'
import {folderOf} from './program-files.ts'
import {isFileTool, isForItself, isScriptRunner} from './uses.ts'

/** Of what kind a service is. */
export function populationOf(unit: LoadedUnit): Population {
  const asRoot = denialContext(unit).capabilities === 'all'
  const {program, isUnread, isByFolderAlone} = programKind(unit)
  const kind = allPopulations.find(
    (one) =>
      one.asRoot === asRoot &&
      one.program === program &&
      one.ofUser === (unit.manager === 'user' ? true : undefined) &&
      one.isUnread === isUnread &&
      one.isByFolderAlone === isByFolderAlone,
  )
  if (!kind) throw new Error(`Expected a kind of ${program} programs`)
  return kind
}

function programKind(
  unit: LoadedUnit,
): Pick<Population, 'program' | 'isUnread' | 'isByFolderAlone'> {
  const owners = ownersOfHelpers(unit)
  const programs = activities(unit).flatMap(({activity}) =>
    activity.invocations.filter(
      // What is called like a tool for files is another program where no package brought it.
      ({program, path}) =>
        isForItself(program) || (isFileTool(program) && path.startsWith('/') && !isInPackage(path)),
    ),
  )
  // Nothing is known of a script by what it runs on. What a package has for a program of its own
  // does what that does, where it is known of what kind that is.
  const isKnown = ({path, program, args}: Invocation): boolean =>
    (isNamedProgram(path) && (!ambiguous.has(program) || isPackaged(path))) ||
    owners.some(
      ({name, isOf}) =>
        isHelperOf(name, path) &&
        isKnownProgram(isOf) &&
        kindOfProgram(isOf, args)?.kind !== undefined,
    )
  const folder = folderOf(unit)
  const isTheirs = (one: Invocation): boolean =>
    isScriptRunner(one.program) || isOfTheirOwn(one, folder) || servesTheirs(one, folder)
  const isRead = readIn(unit)
  if (!programs.some(isTheirs)) {
    if (programs.length > 0 && programs.every(isKnown)) return {program: 'known'}
    if (programs.every(({path}) => isPackaged(path))) {
      const areTold = hasManual(unit) || programs.every((one) => isKnown(one) || isRead(one))
      return {program: 'packaged', ...(areTold ? {} : {isByFolderAlone: true})}
    }
  }
  const areRead = programs.every(
    (one) => isRead(one) || (!isTheirs(one) && (isPackaged(one.path) || isKnown(one))),
  )
  return {program: 'unheard-of', ...(areRead ? {} : {isUnread: true})}
}

/**
 * Whether an interpreter runs a script that no package brought and that only looks like a program,
 * as it is named by a path from the folder that it starts in.
 */
function isOfTheirOwn({script}: Invocation, folder: string | undefined): boolean {
  if (script === undefined || script === '' || script.startsWith('/')) return false
  const name = baseName(script).replace(/\.[a-z]{1,4}$/, '')
  // A module, which may be a program of a package: `python3 -m uvicorn`.
  const isModule = !script.includes('/') && name === script && script !== '.'
  if (isModule && (folder === '/' || isNamedProgram(script))) return false
  return folder === undefined || !isInPackage(`${folder}/${script}`)
}

/**
 * Whether a server of applications, or what takes jobs from a queue for one, runs an application
 * that no package brought: what is known of the server says nothing of it.
 */
function servesTheirs(one: Invocation, folder: string | undefined): boolean {
  if (!isHostOfApplications(one.path, one.args)) return false
  const around = applicationOf(one)?.folder ?? folder
  return around === undefined || !isInPackage(around)
}

/** Names of well-known programs that people give to their own as well. */
const ambiguous: ReadonlySet<string> = new Set(
  'bridge discord hub logger mail motion screen sensors session slack webhook'.split(' '),
)

/** Whether a script is where packages put theirs. */
function isInPackage(path: string): boolean {
  return isBroughtByPackage(path) || isBelow(path, '/usr/share')
}

/**
 * The names of the folders that a package may have for helpers, and the programs that these are
 * for: `varnish` for `varnishd`.
 */
function ownersOfHelpers(
  unit: LoadedUnit,
): ReadonlyArray<{readonly name: string; readonly isOf: string}> {
  const stem = givenName(unit)
  const mains = activities(unit).flatMap(({assignment, activity}) =>
    assignment.key === 'ExecStart' ? activity.invocations.map(({program}) => program) : [],
  )
  return [stem, ...mains].flatMap((isOf) =>
    [isOf, isOf.replace(/d$/, '')].map((name) => ({name, isOf})),
  )
}

/** Whether a unit names a page of a manual: who has none writes none for a service of their own. */
function hasManual(unit: LoadedUnit): boolean {
  return valuesOf(unit, 'Documentation').some(({value}) => /(?:^|\s)man:/.test(value))
}

/** Whether a program is where packages put theirs, or is found there by its name. */
function isPackaged(path: string): boolean {
  return path.startsWith('/') ? isBroughtByPackage(path) : !/[/$]/.test(path)
}
