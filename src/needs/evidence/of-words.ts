import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valueOf} from '../../unit/value.ts'
import {isBelow} from '../../values/paths.ts'
import {hintsOf} from '../programs/hints.ts'
import {isNamedProgram, programNeeds} from '../programs/programs.ts'
import {activities} from './activities.ts'
import type {Invocation} from './invocations.ts'
import {isKnown} from './of-peers.ts'
import {isHelperOf, isUnknown, corePrograms, givenName} from './core-programs.ts'
import {folderOf} from './program-files.ts'
import {populationOf} from './population.ts'
import {isScriptRunner} from './uses.ts'
import {guessesFor, short} from './need.ts'
import type {Need} from './need.ts'
import {ofPowers} from './of-powers.ts'

/**
 * What words suggest where nobody knows the program: its arguments, the names of the unit and of
 * its working directory, its description.
 *
 * A guess each, which only ever withholds; a closed profile knows better.
 */
export function* ofWords(unit: LoadedUnit): Generator<Need> {
  if (unit.type !== 'service') return
  const name = givenName(unit)
  const unknown = activities(unit).flatMap(({assignment, activity}) =>
    activity.invocations.filter(isUnknown).map((invocation) => ({assignment, invocation})),
  )
  for (const {assignment, invocation} of unknown) yield* ofArguments(invocation, assignment)
  yield* ofBoard(unit)
  // They tell of what the service is, and that is known where its main programs are, and what else
  // it runs is their own.
  const areKnown = unknown.length === 0
  const mains = corePrograms(unit).filter(({isMain}) => isMain)
  const isNamed =
    unknown.every(({invocation}) => isHelperOf(name, invocation.path)) &&
    mains.every(({invocation}) => isNamedProgram(invocation.path))
  const isTold = mains.some(({invocation}) => isScriptRunner(invocation.program))
  const isOfKind =
    !isTold && (areKnown || (mains.length > 0 && (isNamed || mains.every(({kind}) => kind))))
  // What serves applications of others does what these do, which its name tells where that is one.
  if (isOfKind && !mains.some(({kind}) => kind?.isHost)) return
  if (!areKnown && namesPowers(unit)) yield* ofPowers(unit)
  if (!isOfKind) yield* guesses(name, 'the name of the unit suggests that it')
  yield* ofNamesake(name, unit)
  if (!isOfKind) yield* ofDescription(unit)
}

/** What the arguments of a program that nobody knows suggest. */
function* ofArguments({args}: Invocation, assignment: Assignment): Generator<Need> {
  const key = `\`${assignment.key}=\``
  for (const arg of args.filter((one) => /^[A-Za-z][A-Za-z0-9-]{2,31}$/.test(one)))
    yield* guesses(arg, `the word \`${arg}\` in ${key} suggests that the service`, assignment)
  for (const name of args.filter(isMedia))
    yield* guessesFor(ofMedia, `${key} names \`${short(name)}\`, which it may play`, assignment)
  const told = args.find(isDeviceName)
  if (told !== undefined) {
    const because = `\`${short(told)}\` in ${key} suggests that the service opens a device`
    yield* guessesFor(['raw-devices'], because, assignment)
  }
  for (const name of interfacesIn(args)) {
    const because = `${key} names the network interface \`${short(name)}\``
    yield* guessesFor(ofInterface, because, assignment)
  }
}

/** What the program needs that has the name of the unit. */
function* ofNamesake(name: string, unit: LoadedUnit): Generator<Need> {
  // What it mounts would be gone by the time that it is done.
  const except = valueOf(unit, 'Type')?.value === 'oneshot' ? 'mounts' : undefined
  for (const {access, because, isGuess} of programNeeds(name, [], undefined, except)) {
    // What the name itself suggests is told by itself.
    if (isGuess) continue
    const which = because.replace(/^(`[^`]*`) /, '$1, which ')
    yield {access, because: `the unit is named for ${which}`, certain: false, isGuess: true}
  }
}

function* ofDescription(unit: LoadedUnit): Generator<Need> {
  for (const [key, words] of [
    ['Description', 'description'],
    ['SyslogIdentifier', 'identifier'],
    ['WorkingDirectory', 'working directory'],
  ] as const) {
    const found = valueOf(unit, key)
    // `/root` is the home of whoever installed it, and says nothing of what it does.
    const told = found && isBelow(found.value, '/root') ? found.value.slice(5) : found?.value
    if (told !== undefined) yield* guesses(told, `its ${words} suggests that it`, found)
  }
}

/** The users that images for small boards come with, who may run anything by `sudo`. */
const usersOfBoards = 'pi orangepi alarm dietpi rock radxa odroid linaro khadas'.split(' ')

/** Those that images for the cloud and for virtual machines come with, who may do the same. */
const usersOfImages =
  'ubuntu debian admin ec2-user azureuser vagrant centos fedora rocky almalinux cloud-user opc'.split(
    ' ',
  )

/** Whether it names powers, as few units do: what they tell is a module of its own. */
function namesPowers(unit: LoadedUnit): boolean {
  if (valueOf(unit, 'Delegate')) return true
  const lists = ['AmbientCapabilities', 'CapabilityBoundingSet'].map(
    (key) => valueOf(unit, key)?.value ?? '',
  )
  return ['CAP_NET_', 'CAP_SYS_MODULE', 'CAP_BPF'].some((name) =>
    lists.some((list) => list.includes(name)),
  )
}

function* guesses(text: string, subject: string, assignment?: Need['assignment']): Generator<Need> {
  for (const {needs, because} of hintsOf(text))
    yield* guessesFor(needs, `${subject} ${because}`, assignment)
}

/**
 * What a service runs as the user that a Raspberry Pi or its like comes with, or from its home, often
 * drives what is wired to it.
 */
function* ofBoard(unit: LoadedUnit): Generator<Need> {
  if (isKnown(unit)) return
  yield* ofUser(unit)
  for (const {assignment, activity} of activities(unit))
    for (const {path, args} of activity.invocations) {
      const found = [path, ...args].find((one) =>
        usersOfBoards.some((name) => one.startsWith(`/home/${name}/`)),
      )
      if (found !== undefined)
        yield* guesses('pi', `\`${short(found)}\` suggests that the service`, assignment)
    }
}

/**
 * Users of boards and of images may run anything by `sudo`, and so may people, who run what they
 * wrote from their own homes, or as a user that has nothing to do with the service.
 */
function* ofUser(unit: LoadedUnit): Generator<Need> {
  const user = valueOf(unit, 'User')
  if (!user) return
  const isOfBoard = usersOfBoards.includes(user.value)
  const subject = `\`User=${user.value}\` suggests that it`
  if (isOfBoard) yield* guesses('pi', subject, user)
  const programs = activities(unit).flatMap(({activity}) => activity.invocations)
  const folder = folderOf(unit)
  const isTheirs =
    isOfBoard ||
    usersOfImages.includes(user.value) ||
    programs.some((one) => runsFrom(`/home/${user.value}/`, one, folder)) ||
    isPerson(unit, user.value)
  // A program in sight tells itself whether it does.
  if (isTheirs && !programs.some(({seen}) => seen?.shown))
    yield* guessesFor(['privileges-by-exec'], `${subject} may run anything by \`sudo\``, user)
}

/**
 * Whether a program that nobody has read runs as a user that looks like a person: not like an
 * account that somebody made for it, which is called like the service, its program or its folders.
 */
function isPerson(unit: LoadedUnit, user: string): boolean {
  if (!/^[a-z]{3,31}$/.test(user) || isNamedProgram(user) || accountName.test(user)) return false
  if (populationOf(unit).isUnread !== true) return false
  const texts = unit.lines.flatMap(({key, value}) =>
    /^(?:User|Group|SupplementaryGroups)$/.test(key) ? [] : [value],
  )
  // `max` is no account of `maxima`.
  const word = new RegExp(`(?<![a-z])${user}(?![a-z])`)
  return [unit.name, ...texts].every((text) => !word.test(text.toLowerCase()))
}

/** What accounts of services are called that have no name of their own. */
const accountName =
  /^(?:nobody|www|http|run|work|root|serv|svc|app|bot|web|api|node|prod)|(?:daemon|server|service|svc|app|bot|web|api|node|prod|system|agent|account)$/

/** Whether a program, or the script that an interpreter is given, lies below a home. */
function runsFrom(home: string, one: Invocation, folder = ''): boolean {
  const {path, script = ''} = one
  // Classes are named otherwise.
  const isRelative =
    /^[^/].*(?:\/|\.(?:jar|[cm]?js|lua|php|pl|py|rb|sh|ts)$)/.test(script) || isOwnModule(one)
  return [path, isRelative ? `${folder}/${script}` : script].some((file) => file.startsWith(home))
}

/** Whether Python runs a module that no known program is called like: it looks where it starts. */
function isOwnModule({program, script = ''}: Invocation): boolean {
  return (
    /^python[0-9.]*$/.test(program) && /^[a-z_][\w.]*$/i.test(script) && !isNamedProgram(script)
  )
}

/** Whether an argument names a file of what is heard or seen. */
function isMedia(text: string): boolean {
  const dot = text.lastIndexOf('.')
  return dot > 0 && text[dot - 1] !== '/' && mediaFiles.has(text.slice(dot + 1).toLowerCase())
}

/** Options and variables that are named for devices: their values may be out of sight. */
function isDeviceName(text: string): boolean {
  const small = text.toLowerCase()
  return devices.some((word) => small.includes(word)) && deviceName.test(small)
}

const devices = 'device tty serial camera gpio'.split(' ')
const deviceName =
  /^(?:--?(?:[\w-]*[-_])?|\$\{?(?:\w*_)?)(?:device|tty|serial|camera|gpio)(?:[-_]?port)?(?:[=}]|$)/

const mediaFiles: ReadonlySet<string> = new Set(
  'mp3 wav ogg opus flac m4a aac m3u m3u8 pls mp4 mkv avi webm mov'.split(' '),
)
const ofMedia: readonly AccessId[] = ['raw-devices', 'realtime', 'shared-ipc']

/** The arguments, or the values of options, that are what Linux calls network interfaces. */
function interfacesIn(args: readonly string[]): readonly string[] {
  return args
    .map((arg) => arg.slice(arg.lastIndexOf('=') + 1))
    .filter((text) => text.length < 17 && interfaceName.test(text))
}

const interfaceName =
  /^(?:eth|wlan|wlp|wlx|enp|eno|ens|enx|br|tun|tap|wg|can|vcan|ppp|veth|bond|vlan|mon|ib|wwan|usb)[0-9][\w.-]*$/

const ofInterface: readonly AccessId[] = [
  'packet-sockets',
  'exotic-sockets',
  'netlink',
  'host-network',
  'CAP_NET_RAW',
  'CAP_NET_ADMIN',
  'kernel-tunables',
]
