import type {AccessId} from '../../facts/accesses.ts'
import {isOfRoot} from '../denial-context.ts'
import {normalPath} from '../../unit/host.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import type {ModeName} from '../programs/modes.ts'
import {programNeeds} from '../programs/programs.ts'
import {addressNeeds, portNeeds} from './addresses.ts'
import {activities} from './activities.ts'
import type {ActiveCommand} from './activities.ts'
import type {Activity} from './activity.ts'
import {declaredPlaces, isWithin} from './declared.ts'
import type {Declared} from './declared.ts'
import {environment} from './environment.ts'
import {fileOf} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import {needsFor, short} from './need.ts'
import type {Need} from './need.ts'
import {lacksOfPython, mayLoadElse} from './of-python.ts'
import {corePrograms} from './core-programs.ts'
import {pathNeeds} from './paths.ts'
import type {PathNeed, Use} from './paths.ts'
import {newFile} from './shell.ts'
import {pathsIn} from './texts.ts'
import {usesOf} from './uses.ts'
import {isWrittenByName} from './written.ts'

/**
 * What the commands of a unit show: the programs that they start, and the paths and addresses that
 * they name.
 */
export function* ofCommands(unit: LoadedUnit): Generator<Need> {
  const places = declaredPlaces(unit)
  const variables = environment(unit)
  const except = caches.some((name) => variables.has(name)) ? 'cachesInHome' : undefined
  const areOfRoot = isOfRoot(unit)
  const loadsElse = mayLoadElse(unit)
  for (const command of activities(unit)) {
    const home = command.isPrivileged ? undefined : places.home
    yield* ofCommand(command, {
      places: {...places, home},
      except,
      isOfRoot: areOfRoot || command.isPrivileged,
      mayLoadElse: loadsElse,
    })
  }
  // What a package has for a program of its own becomes that program, with arguments that nobody
  // sees.
  for (const {standsFor, assignment} of corePrograms(unit)) {
    if (standsFor !== undefined)
      for (const need of programNeeds(standsFor, [])) yield {...need, certain: false, assignment}
  }
}

/** Variables by which a program is told to keep its cache elsewhere than in the home directory. */
const caches = ['RESTIC_CACHE_DIR', 'XDG_CACHE_HOME', 'BORG_CACHE_DIR', 'BORG_BASE_DIR']

/** What the unit says beside its commands. */
interface Beside {
  readonly places: Declared
  /** How none of its programs is used, whatever their arguments leave open. */
  readonly except: ModeName | undefined
  /** The command starts as root. */
  readonly isOfRoot: boolean
  /** Its programs may load more than they say. */
  readonly mayLoadElse: boolean
}

function* ofCommand(
  {assignment, isPrivileged, activity}: ActiveCommand,
  beside: Beside,
): Generator<Need> {
  const {places} = beside
  const key = `\`${assignment.key}=\``
  if (isPrivileged)
    yield* needsFor(
      ['superuser', 'root-files'],
      `\`${assignment.key}=!\` runs as root`,
      false,
      assignment,
    )
  const {invocations, redirections, values, written} = activity
  const seen = new Set<string>()
  for (const invocation of invocations) {
    yield* ofInvocation(invocation, assignment, beside, seen)
    seen
      .add(invocation.program)
      .add(invocation.program.replace(/(?<=[a-z])[0-9.]+$/, ''))
      .add(invocation.program.replace(/(?<=[a-z][0-9])[0-9.]+$/, ''))
  }
  for (const {path, use} of redirections)
    if (path.startsWith('/')) yield* ofPath(path, use, key, assignment, places)
  for (const value of values)
    for (const path of pathsIn(value)) yield* ofPath(path, 'mention', key, assignment, places)
  const paths = [
    ...written.flatMap(({script, places: named}) => placesOf(named, script)),
    ...writtenElsewhere(activity),
  ]
  for (const path of paths)
    for (const need of ofPath(path, 'write', key, assignment, places))
      yield {...need, certain: false}
}

/**
 * What is written by a name that is seen from a folder that a script changes to; where nobody knows
 * that folder, any path that stands in the script.
 */
function writtenElsewhere(activity: Activity): readonly string[] {
  const {invocations, redirections, folders, scripts} = activity
  if (folders.length === 0) return []
  const names = [
    ...redirections.map(({path, use}) => ({text: path, use})),
    ...invocations.flatMap((invocation) => usesOf(invocation)),
  ].flatMap(({text, use}) => (use === 'write' && /^[\w.]/.test(text) ? [text] : []))
  if (names.length === 0) return []
  const known = folders.filter((folder) => folder.startsWith('/'))
  return [
    ...known.flatMap((folder) => names.slice(0, 8).map((name) => normalPath(`${folder}/${name}`))),
    ...(known.length < folders.length ? scripts.flatMap(systemPathsIn) : []),
  ]
}

/**
 * Where a script writes that writes to what variables name: where nobody knows the value of one,
 * that may be any path that stands in it.
 */
function placesOf(named: readonly string[], script: string): readonly string[] {
  return named.every((place) => place.startsWith('/'))
    ? named.filter((place) => place !== newFile)
    : systemPathsIn(script)
}

function systemPathsIn(script: string): readonly string[] {
  return (
    script
      .replaceAll(/^[ \t]*#.*/gm, '')
      .match(/(?<![\w.}-])\/(?:sys|proc|dev|etc|boot|usr|lib|run|home|root)\/[\w./*?+:-]{1,200}/g)
      ?.slice(0, 64) ?? []
  )
}

function* ofInvocation(
  invocation: Invocation,
  assignment: Assignment,
  {places, except, isOfRoot, mayLoadElse: loadsElse}: Beside,
  seen: ReadonlySet<string>,
): Generator<Need> {
  const {path, program, args} = invocation
  const key = `\`${assignment.key}=\``
  if (!isOfRoot && leavingCapabilities.has(program))
    yield* needsFor(
      ['@privileged'],
      `\`${program}\` gives up capabilities where it is not root's, and ends where it may not`,
      false,
      assignment,
    )
  if (updatesItself(program, args))
    yield* needsFor(
      ['write-system'],
      `${key} has \`${short(program)}\` update itself, or what it has`,
      false,
      assignment,
    )
  const lacking = loadsElse ? undefined : lacksOfPython(invocation)
  for (const need of programNeeds(path, args, seen, except)) {
    if (need.isPossible === true && lacking?.has(need.access) === true) continue
    // A script that has been read is what it runs, whatever it is called.
    if (need.isGuess === true && invocation.seen?.isWhole === true) continue
    const because = need.because.replace(`\`${path}\``, () => `\`${fileOf(invocation)}\``)
    const isMet = need.isEssential === true && isProvidedFor(need.access, places)
    yield {
      access: need.access,
      because,
      certain: need.certain && !isMet,
      isGuess: need.isGuess,
      isPossible: need.isPossible,
      isEssential: isMet ? undefined : need.isEssential,
      isUsual: need.isUsual,
      assignment,
    }
  }
  yield* ofPath(fileOf(invocation), 'run', key, assignment, places)
  const uses = usesOf(invocation)
  for (const [index, {text, use}] of uses.entries()) {
    for (const found of pathsIn(text)) {
      if (use === 'mention' && isWrittenByName(optionOf(text, uses[index - 1]?.text)))
        for (const need of ofPath(found, 'write', key, assignment, places))
          yield {...need, certain: false}
      else yield* ofPath(found, use, key, assignment, places)
    }
    yield* needsFor(addressNeeds(text), `${key} names \`${short(text)}\``, false, assignment)
  }
  for (const [index, arg] of args.entries()) {
    const [option = '', value = ''] =
      arg.startsWith('-') && arg.includes('=') ? arg.split('=', 2) : [args[index - 1] ?? '', arg]
    yield* needsFor(portNeeds(option, value), `${key} names port ${value}`, false, assignment)
  }
}

/** What calls capset(2) first where it is not root's, whatever it is asked (`drop_cap` of iproute2). */
const leavingCapabilities: ReadonlySet<string> = new Set(['ip'])

/** The option that a text is the value of: before `=`, or the argument before it. */
function optionOf(text: string, before = ''): string {
  const equals = text.indexOf('=')
  return text.startsWith('-') && equals !== -1
    ? text.slice(0, equals)
    : before.startsWith('-')
      ? before
      : ''
}

/** Whether a program is told to bring itself up to date. */
function updatesItself(program: string, [first = '', second = '']: readonly string[]): boolean {
  return (
    !workingCopies.has(program) &&
    (updates.test(first) || (/^[a-z]{2,12}$/.test(first) && updates.test(second)))
  )
}

const updates = /^(?:self-?)?(?:update|upgrade)$|^auto-?update$/

/** What updates a folder that it is told of. */
const workingCopies: ReadonlySet<string> = new Set(['git', 'hg', 'svn', 'bzr', 'composer', 'helm'])

/** What it takes to use a path; `subject` is what names it. */
export function* ofPath(
  path: string,
  use: Use,
  subject: string,
  assignment: Assignment,
  places: Declared,
): Generator<Need> {
  const isWritable = isWithin(path, places.writable)
  // What the unit provides for may be in order.
  const isProvided = isWritable || isWithin(path, places.bound)
  // Nobody knows where a variable leads.
  const isKnown = path.startsWith('/')
  for (const {access, certain} of ownPathNeeds(path, use, isWritable, places)) {
    yield {
      access,
      because: `${subject} ${verbs[use]} \`${short(path)}\``,
      certain: certain && isKnown && !isProvided,
      ...(isKnown ? {path} : {}),
      assignment,
    }
  }
}

/** What using a path needs, but for what files of others take where it is in the user's own home. */
export function ownPathNeeds(
  path: string,
  use: Use,
  isWritable: boolean,
  {home}: Pick<Declared, 'home'>,
): readonly PathNeed[] {
  const found = pathNeeds(path, use, isWritable)
  return home !== undefined && isWithin(path, [home])
    ? found.filter(({access}) => !ofOtherUsers.has(access))
    : found
}

/** What it takes to use files of other users. */
const ofOtherUsers: ReadonlySet<AccessId> = new Set<AccessId>([
  'host-users',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
])

/**
 * Whether a unit gives a program what other options of it take: devices that it binds, kernel
 * settings that it leaves writable.
 */
function isProvidedFor(access: AccessId, {writable, bound}: Declared): boolean {
  if (access === 'raw-devices') return bound.some((path) => path.startsWith('/dev/'))
  return (
    access === 'kernel-tunables' && writable.some((path) => /^\/(?:proc|sys)(?:\/|$)/.test(path))
  )
}

const verbs: Readonly<Record<Use, string>> = {
  run: 'runs',
  read: 'reads',
  write: 'writes',
  mention: 'names',
}
