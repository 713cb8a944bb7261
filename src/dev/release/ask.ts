import {execFile, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {promisify} from 'node:util'
import type {UnitType} from '../../facts/unit-types.ts'
import {directiveTable, readLibrary, wordsIn, type Item} from './library.ts'

/** A systemd to learn from. */
export interface AskedSystemd {
  readonly version: number
  /** Of the distribution: `257.13-1~deb13u1`. */
  readonly package: string
  /** The version of libseccomp that it found. */
  readonly libseccomp: string
  /** All directives that it knows, those without effect included. */
  readonly items: readonly Item[]
  /** All words in its libraries, sorted: among them those that enumerations take. */
  readonly words: readonly string[]
  /** What `systemd-analyze` prints. */
  run(...words: readonly string[]): Promise<string>
  /** What it does with each line. */
  ask(lines: readonly AskedLine[]): Promise<Reception[]>
  /** What it does with each value of a directive. */
  answers(place: DirectivePlace, values: readonly string[]): Promise<Map<string, Reception>>
}

/** Where a directive stands. */
export interface DirectivePlace {
  readonly section: string
  readonly key: string
  readonly unitType: UnitType
}

/** A line of a unit, and the section that it stands in. */
export interface AskedLine extends DirectivePlace {
  readonly value: string
}

/** Takes a value without a word, complains of it, or does not load the unit. */
export type Reception = 'silent' | 'warns' | 'refuses'

/** A systemd in a folder made by test/oracle/get-systemd.sh. Throws when it is not all there. */
export async function openSystemd(folder: string): Promise<AskedSystemd> {
  const command = resolve(folder, 'systemd-analyze')
  const libraries = join(resolve(folder), 'root/usr/lib/x86_64-linux-gnu')
  const run = (...words: readonly string[]): Promise<string> => output(command, words)
  const [, version, name] = /^systemd (\d+) \(([^)\s]*)\)/.exec(await run('--version')) ?? []
  if (version === undefined || name === undefined)
    throw new Error(`Expected ${command} to tell its version`)
  const read = async (part: string) =>
    readLibrary(await readFile(join(libraries, `systemd/libsystemd-${part}-${version}.so`)))
  const [core, shared] = [await read('core'), await read('shared')]
  const items = directiveTable(core)
  checkItems(
    items,
    await output(join(libraries, 'ld-linux-x86-64.so.2'), dumpWords(resolve(folder))),
  )
  return {
    version: Number(version),
    package: name,
    libseccomp: await libseccompOf(libraries),
    items,
    words: [...new Set([...wordsIn(core), ...wordsIn(shared)])].toSorted(),
    run,
    ask: (lines) => ask(command, lines),
    answers: async (place, values) => {
      const found = await ask(
        command,
        values.map((value) => ({...place, value})),
      )
      return new Map(values.map((value, index) => [value, found[index] ?? 'refuses']))
    },
  }
}

/** The manager is run with the loader and the libraries that it came with. */
function dumpWords(folder: string): string[] {
  const lib = join(folder, 'root/usr/lib')
  const path = [
    `${lib}/x86_64-linux-gnu`,
    `${lib}/x86_64-linux-gnu/systemd`,
    `${lib}/systemd`,
  ].join(':')
  return [
    '--inhibit-cache',
    '--library-path',
    path,
    `${lib}/systemd/systemd`,
    '--dump-configuration-items',
  ]
}

/**
 * The table read from the library against what systemd says itself, so that nothing is missed in
 * silence.
 */
function checkItems(items: readonly Item[], dump: string): void {
  const known = new Set(items.map(({section, key}) => `${section}.${key}`))
  let section = ''
  let count = 0
  for (const line of dump.split('\n')) {
    section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section
    const key = /^(\w+)=/.exec(line)?.[1]
    if (key === undefined) continue
    count++
    if (!known.has(`${section}.${key}`))
      throw new Error(
        `${key}= of [${section}] is in the dump, and not in the table of the library: it has another form`,
      )
  }
  if (count < 1000)
    throw new Error(`Expected more than ${count} directives from --dump-configuration-items`)
}

async function libseccompOf(folder: string): Promise<string> {
  const version = (await readdir(folder))
    .map((name) => /^libseccomp\.so\.(\d+\.\d+\.\d+)$/.exec(name)?.[1])
    .find((found) => found !== undefined)
  if (version === undefined)
    throw new Error('Expected a libseccomp: without it systemd knows no system calls')
  return version
}

/**
 * Those for one type of unit are lines of one unit, with a line behind them that is complained of
 * if systemd gets there.
 *
 * Where it does not, the last complaint was about the line that the unit is refused for; the rest
 * is asked again.
 */
async function ask(command: string, lines: readonly AskedLine[]): Promise<Reception[]> {
  const found = new Map<AskedLine, Reception>()
  for (const unitType of new Set(lines.map((line) => line.unitType))) {
    let left = lines.filter((line) => line.unitType === unitType)
    while (left.length > 0) {
      const lines = left.map(
        ({section, key, value}, index) =>
          `${left[index - 1]?.section === section ? '' : `[${section}]\n`}${key}=${value}\n`,
      )
      const complained = await complaints(command, `unitlint.${unitType}`, [
        ...lines,
        'Unitlint=\n',
      ])
      const last = complained.has(left.length)
        ? left.length
        : [...complained].reduce((one, other) => Math.max(one, other), -Infinity)
      if (last < 0) throw new Error(`Expected systemd to say where it stops reading a ${unitType}`)
      for (const [index, line] of left.slice(0, last).entries())
        found.set(line, complained.has(index) ? 'warns' : 'silent')
      const refused = left[last]
      if (refused) found.set(refused, 'refuses')
      left = left.slice(last + 1)
    }
  }
  return lines.map((line) => found.get(line) ?? 'refuses')
}

/**
 * Which parts of a unit are complained of, by number; a part is a line, maybe with a header
 * before it. That verify fails is no news.
 */
async function complaints(
  command: string,
  name: string,
  parts: readonly string[],
): Promise<Set<number>> {
  const folder = await mkdtemp(
    join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'unitlint-release-'),
  )
  const file = join(folder, name)
  try {
    await writeFile(file, parts.join(''))
    const text = await warnings(command, ['verify', '--man=no', file])
    const owners = parts.flatMap((part, index) => part.match(/\n/g)?.map(() => index) ?? [])
    const lines = text.split('\n').filter((line) => line.startsWith(`${file}:`))
    return new Set(
      lines.flatMap((line) => owners[Number.parseInt(line.slice(file.length + 1), 10) - 1] ?? []),
    )
  } finally {
    await rm(folder, {recursive: true})
  }
}

const environment = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C.UTF-8',
  SYSTEMD_UNIT_PATH: '',
  XDG_RUNTIME_DIR: '/tmp',
}

function warnings(command: string, words: readonly string[]): Promise<string> {
  return new Promise((done, reject) => {
    const child = spawn(command, words, {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 120_000,
    })
    const parts: Buffer[] = []
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (_, signal) => {
      if (signal) reject(new Error(`${signal} ended ${command}`))
      else done(String(Buffer.concat(parts)))
    })
  })
}

async function output(command: string, words: readonly string[]): Promise<string> {
  const {stdout} = await promisify(execFile)(command, words, {env: environment, maxBuffer: 1 << 26})
  return stdout
}
