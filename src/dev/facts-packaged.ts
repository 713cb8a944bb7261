import {readdirSync, readFileSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import path from 'node:path'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {defaultTarget} from '../facts/targets.ts'
import {activities} from '../needs/evidence/activities.ts'
import {interpretedBy, startsAnother} from '../needs/evidence/invocations.ts'
import type {Invocation} from '../needs/evidence/invocations.ts'
import {isHelperOf, givenName} from '../needs/evidence/core-programs.ts'
import {isForItself} from '../needs/evidence/uses.ts'
import {kindOfProgram} from '../needs/programs/kinds.ts'
import {deniedBy} from '../rule/denied.ts'
import {parse} from '../syntax/parse.ts'
import {load} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {Assignment} from '../unit/unit.ts'
import {parseBoolean} from '../values/boolean.ts'
import {isRoot} from '../values/users.ts'
import {packagedTable} from './facts-attested.ts'

/**
 * Write how services of Debian are run by their packages: `facts-packaged FOLDER`, run at the top of
 * the repository.
 *
 * Each folder in FOLDER has a package of that name unpacked (`dpkg --extract`). Counted are services
 * of which a line of their own denies something, by the programs of their main commands.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [folder] = args
  if (folder === undefined) throw new Error('Expected a folder of packages: facts-packaged FOLDER')
  await writeFile(packagedTable, [header, ...packagedRows(folder), ''].join('\n'))
}

/** The rows of all services of the packages in a folder. */
export function packagedRows(folder: string): ReadonlySet<string> {
  return new Set(
    namesIn(folder).flatMap((name) =>
      servicesIn(path.join(folder, name)).map((row) => `${name}\t${row}`),
    ),
  )
}

const header = `# How services of Debian 13 are run by their packages: \`node src/dev/run.mjs facts-packaged FOLDER\` made it.
# PACKAGE, PROGRAM, and what a unit says of its sandbox, in its order; User= as root or another one.`

/** The rows of the services that a package has. */
function servicesIn(root: string): readonly string[] {
  return folders.flatMap(([below, manager]) => {
    const folder = path.join(root, below)
    return namesIn(folder)
      .filter((name) => name.endsWith('.service'))
      .flatMap((name) => rowsFor(read(path.join(folder, name), name, manager)))
  })
}

const folders = [
  ['usr/lib/systemd/system', 'system'],
  ['lib/systemd/system', 'system'],
  ['usr/lib/systemd/user', 'user'],
  ['lib/systemd/user', 'user'],
] as const

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function read(file: string, name: string, manager: LoadedUnit['manager']): LoadedUnit | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    // A link to a unit of another package, or to nothing.
    return undefined
  }
  return load([{path: name, role: 'fragment', tree: parse(text)}], {
    name,
    type: 'service',
    target: defaultTarget,
    manager,
  })
}

/** What a unit says of its sandbox, or of who it is. */
function isOfSandbox(key: string): boolean {
  return rowOf(key) !== undefined || key === 'User' || key === 'SupplementaryGroups'
}

/** Who it is, which alone is no hardening. */
const ofUsers: ReadonlySet<string> = new Set([
  'User',
  'Group',
  'DynamicUser',
  'AmbientCapabilities',
  'SupplementaryGroups',
])

/** `User` only as root or another one, as in the tables of production. */
function userOf(value: string): string {
  return value === '' || isRoot(value) ? 'root' : 'non-root'
}

/** A row for each main program of a service. */
function rowsFor(unit: LoadedUnit | undefined): readonly string[] {
  if (!unit) return []
  const lines = unit.lines.filter(({section, key}) => section === 'Service' && isOfSandbox(key))
  if (!lines.some((line) => isTelling(unit, line))) return []
  const said = lines.map(({key, value}) => `${key}=${key === 'User' ? userOf(value) : value}`)
  const programs = new Set(
    activities(unit)
      .filter(({assignment}) => assignment.key === 'ExecStart')
      .flatMap(({activity}) => activity.invocations)
      .filter((its) => isForItself(its.program) && !runsOthers(its))
      .map(({program, path: its}) =>
        isHelperOf(givenName(unit), its) ? givenName(unit) : program,
      ),
  )
  const ofUser = unit.manager === 'user' ? ['User=non-root'] : []
  return [...programs].map((program) => [program, ...ofUser, ...said].join('\t'))
}

/** What a package runs beside its program, and others for ends of their own. */
const ofAnyone: ReadonlySet<string> = new Set(['ip', 'systemctl'])

/** Whether it is what another program is run by, or none that a name tells; of systemd its own word is there. */
function runsOthers(invocation: Invocation): boolean {
  return (
    interpretedBy(invocation.program, invocation.args) !== undefined ||
    startsAnother(invocation) ||
    kindOfProgram(invocation.path, invocation.args)?.isHost === true ||
    invocation.program.startsWith('systemd') ||
    ofAnyone.has(invocation.program) ||
    !/^\w[\w.+-]*$/.test(invocation.program)
  )
}

/** Whether a line takes something away, or says that it is left. */
function isTelling(unit: LoadedUnit, {key, value}: Assignment): boolean {
  return (
    rowOf(key) !== undefined &&
    !ofUsers.has(key) &&
    (deniedBy(unit, key).size > 0 || parseBoolean(value) === false)
  )
}
