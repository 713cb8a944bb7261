import {execFileSync} from 'node:child_process'
import {existsSync, mkdtempSync, realpathSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {readText} from '../../src/files/read.ts'
import {rootUnitPath, unitFolders} from '../../src/files/unit-folders.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {settings} from '../../src/unit/settings.ts'
import {unitPath} from '../../src/machine/unit-path.ts'
import type {UnitPath} from '../../src/machine/unit-path.ts'
import type {UnitFolder} from '../../src/machine/unit-folder.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {valueOf} from '../../src/unit/value.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {assess} from '../../src/security/index.ts'
import {parse} from '../../src/syntax/parse.ts'
import {oracles, type Oracle} from './systemd.ts'
import {askTree, type Loaded} from './trees-ask.ts'
import {plant, tree, type Tree} from './trees.ts'

const found = oracles()
const count = Number(process.env['UNITLINT_TREES'] ?? 60)
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

describe.skipIf(found.length === 0)(
  'units are put together as systemd does (needs UNITLINT_ORACLE)',
  () => {
    test.each(found)(
      `systemd $name: ${count} trees`,
      {timeout: 300_000 + count * 1000},
      async (oracle) => {
        const tally: Tally = {asked: 0, loaded: 0, masked: 0, undetermined: 0}
        const differences: string[] = []
        const waiting = Array.from({length: count}, (_, index) => index)
        const worker = async (): Promise<void> => {
          for (let index = waiting.pop(); index !== undefined; index = waiting.pop())
            differences.push(
              ...(await compare(
                oracle,
                tree(seed, index, oracle.version),
                `tree ${seed}/${index}`,
                tally,
              )),
            )
        }
        await Promise.all([worker(), worker()])
        if (process.env['UNITLINT_TELL'])
          console.log(
            `${oracle.name}: ${count} trees, ${JSON.stringify(tally)}, ${differences.length} differ`,
          )
        expect(differences).toEqual([])
        expect(tally.loaded).toBeGreaterThan(count)
        expect(tally.masked).toBeGreaterThan(0)
        // What depends on the order of hash tables is rare.
        expect(tally.undetermined).toBeLessThan(Math.max(3, tally.asked / 20))
      },
    )
  },
)

describe.skipIf(found.length === 0)('the unit path is that of systemd', () => {
  test.each(found)('systemd $name', ({command}) => {
    const pathsOf = (...words: string[]): string[] =>
      execFileSync(command, [...words, 'unit-paths'], {
        encoding: 'utf8',
        env: {PATH: '/usr/bin:/bin', SYSTEMD_UNIT_PATH: ':'},
      })
        .trimEnd()
        .split('\n')
    // What is built for a split /usr looks there too; it is the same folder where this machine has
    // /lib for a link.
    const ours = rootUnitPath('/', 'system').filter((folder) => folder !== '/lib/systemd/system')
    expect(pathsOf().filter((folder) => folder !== '/lib/systemd/system')).toEqual(ours)
    expect(pathsOf('--global')).toEqual(rootUnitPath('/', 'user'))
  })
})

interface Tally {
  asked: number
  loaded: number
  masked: number
  /** Units that systemd itself puts together now one way, now another. */
  undetermined: number
}

/** What we say otherwise than systemd about the units of a tree, with all there is to know. */
async function compare(oracle: Oracle, made: Tree, title: string, tally: Tally): Promise<string[]> {
  const top = realpathSync(mkdtempSync(join(memory, 'unitlint-trees-')))
  try {
    plant(made, top)
    const path = unitPath(foldersOf(made, top), oracle.version)
    const said = await askTree(oracle, made, top, made.asked)
    const differing: string[] = []
    for (const [index, name] of made.asked.entries()) {
      const theirs = essence(said[index], path)
      const ours = located(path, name, oracle.version)
      tally.asked++
      if (theirs.startsWith('state: loaded')) tally.loaded++
      if (theirs.startsWith('state: masked')) tally.masked++
      if (theirs === ours) continue
      // Two names of one unit, asked for together, may get what neither would get alone; and the
      // order of aliases is chance.
      const alone: string[] = []
      while (alone.length < 24 && alone.at(-1) !== ours)
        alone.push(essence((await askTree(oracle, made, top, [name]))[0], path))
      if (alone[0] === ours) continue
      if (alone.at(-1) === ours) tally.undetermined++
      else
        differing.push(
          `${title}, ${name}, systemd ${oracle.name}\n${differenceOf(ours, alone[0] ?? '')}\n${textOf(made)}`.replaceAll(
            `${top}/`,
            '',
          ),
        )
    }
    return differing
  } finally {
    rmSync(top, {recursive: true, force: true})
  }
}

function foldersOf({folders, isRoot}: Tree, top: string): UnitFolder[] {
  return isRoot
    ? unitFolders(rootUnitPath(top, 'system'), top)
    : unitFolders(folders.map((folder) => join(top, folder)))
}

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** What we say of a name. */
function located(path: UnitPath, name: string, version: number): string {
  const unit = path.find(name)
  if (unit.state === 'masked') return told({state: 'masked'})
  if (unit.state !== 'found') return told({state: 'not loaded'})
  const file = (place: string, role: SourceFile['role']): SourceFile[] => {
    const read = readText(place)
    return 'text' in read ? [{path: place, role, tree: parse(read.text)}] : []
  }
  const files = [
    ...(unit.fragment === undefined ? [] : file(unit.fragment, 'fragment')),
    ...unit.dropIns.flatMap((dropIn) => file(dropIn, 'drop-in')),
  ]
  // The trees have no other types.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const loaded = load(files, {
    ...unit,
    type,
    target: {name: String(version), version},
    manager: 'system',
  })
  const {complaints, refusal} = verdict(loaded)
  if (
    refusal ||
    complaints.some(({effect, file: {role}}) => effect === 'unit' && role === 'fragment')
  )
    return told({state: 'not loaded'})
  const {UMask} = settings(loaded)
  const section = {service: 'Service', socket: 'Socket', mount: 'Mount'}[type as string]
  const assessment = assess(loaded)
  return told({
    state: 'loaded',
    names: unit.names,
    fragment: unit.fragment === undefined ? undefined : realpathSync(unit.fragment),
    dropIns: unit.dropIns.map((dropIn) => realpathSync(dropIn)),
    description: valueOf(loaded, 'Description')?.value,
    environment: section && environmentOf(environmentLines(loaded, section)),
    umask: section && UMask.value.toString(8).padStart(4, '0'),
    pulls: pullsOf(
      unit.pulls.map(({kind, name: pulled}) => [kind, pulled]),
      path,
      unit.names,
      type,
    ),
    rows:
      version < 250 || assessment.refused
        ? undefined
        : assessment.rows.map(({name: row, set, exposure}) => `${row} ${set} ${exposure}`),
  })
}

/** The lines that set variables, and that take them back, as far as the files are read. */
function environmentLines(unit: LoadedUnit, section: string): string[] {
  const lines = reading(unit).lines.filter(
    ({assignment, state}) =>
      assignment.section === section && assignment.key === 'Environment' && state !== 'unread',
  )
  return lines.map(({assignment}) => assignment.value)
}

/**
 * What is left of assignments behind the last reset, each once and at its first place: systemd
 * replaces a variable where it stands.
 */
function environmentOf(values: readonly string[]): string[] {
  return [...new Set(values.slice(values.lastIndexOf('') + 1))]
}

/** What systemd says, in the same words. */
function essence(said: Loaded | undefined, path: UnitPath): string {
  if (said?.state !== 'loaded') return told({state: said?.state})
  const {id, names, fragment, dropIns, description, environment, umask, pulls, rows} = said
  const type = id.slice(id.lastIndexOf('.') + 1)
  return told({
    state: 'loaded',
    names,
    fragment: fragment !== undefined && hasText(fragment) ? realpathSync(fragment) : undefined,
    dropIns: dropIns.filter(hasText).map((dropIn) => realpathSync(dropIn)),
    // Other units are called by their names, or by what they stand for.
    description: /^\d+$/.test(description ?? '') ? description : undefined,
    environment,
    umask,
    pulls: pullsOf(
      pulls
        .map((pull) => pull.split(' '))
        .map(([kind = '', name = '']) => [kind.toLowerCase(), name]),
      path,
      names,
      type,
    ),
    rows: rows?.map(({name, set, exposure}) => `${name} ${set} ${exposure}`),
  })
}

function hasText(file: string): boolean {
  try {
    const stats = statSync(file)
    return stats.isFile() && stats.size > 0
  } catch {
    // A link to nothing, or to itself.
    return false
  }
}

/** Which units are pulled in, each by its own name, and none that systemd adds by itself. */
function pullsOf(
  pulls: ReadonlyArray<readonly [string, string]>,
  path: UnitPath,
  own: readonly string[],
  type: string,
): string[] {
  if (type === 'slice' || type === 'mount') return []
  const named = pulls
    .filter(
      ([, name]) => !/^system[^ ]*\.slice$|^-\.slice$|^(?:-|tmp|var|var-tmp)\.mount$/.test(name),
    )
    .map(([kind, name]) => [kind, path.find(name).name] as const)
  return [
    ...new Set(named.filter(([, name]) => !own.includes(name)).map((pull) => pull.join(' '))),
  ].toSorted()
}

/** One fact a line. */
function told({
  rows = [],
  ...facts
}: Readonly<Record<string, unknown>> & {readonly rows?: readonly string[] | undefined}): string {
  const lines = Object.entries(facts).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? value.join(' ') : String(value ?? '')}`,
  )
  return [...lines, ...rows.map((row) => `row ${row}`).toSorted()].join('\n')
}

function differenceOf(ours: string, theirs: string): string {
  const [mine, systemds] = [ours.split('\n'), theirs.split('\n')]
  return [
    ...mine.filter((line) => !systemds.includes(line)).map((line) => `ours    ${line}`),
    ...systemds.filter((line) => !mine.includes(line)).map((line) => `systemd ${line}`),
  ].join('\n')
}

function textOf({files}: Tree): string {
  const contents = [...files].map(([path, content]) => [
    path,
    content === 'folder'
      ? ' (folder)'
      : 'text' in content
        ? `\n${content.text}`
        : ` -> ${content.link}`,
  ])
  return contents.map(([path, content]) => `--- ${path}${content}`).join('\n')
}
