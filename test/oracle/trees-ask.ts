import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {canScore, type Oracle, type Row} from './systemd.ts'
import type {Tree} from './trees.ts'

/** What systemd makes of a name in a tree. */
export interface Loaded {
  readonly state: 'loaded' | 'masked' | 'not loaded'
  /** Its own name and its aliases. */
  readonly id: string
  readonly names: readonly string[]
  readonly fragment: string | undefined
  readonly dropIns: readonly string[]
  readonly description: string | undefined
  readonly environment: readonly string[]
  readonly umask: string | undefined
  /** `Wants far.target`, of those that files say. */
  readonly pulls: readonly string[]
  /** Undefined where systemd does not score files. */
  readonly rows: readonly Row[] | undefined
}

/**
 * Ask a systemd about names in a planted tree: its loader by the dump that `verify` gives when it
 * debugs, and `security`.
 *
 * All names are loaded into one manager.
 */
export async function askTree(
  oracle: Oracle,
  {folders, isRoot}: Tree,
  top: string,
  names: readonly string[],
): Promise<Loaded[]> {
  const paths = isRoot ? ':' : folders.map((folder) => join(top, folder)).join(':')
  const root = isRoot ? [`--root=${top}`] : []
  const files = names.map((name) => join(top, 'asked', name))
  const dumped = await run(oracle, [...root, 'verify', '--man=no', ...files], paths, 'debug')
  const states = statesOf(dumped.stderr, files)
  const dumps = dumpsOf(dumped.stdout)
  const loaded = names.flatMap((name, index) => (states[index] === 'loaded' ? [name] : []))
  if (dumps.length !== loaded.length)
    throw new Error(
      `systemd ${oracle.name} dumped ${dumps.length} units, loaded ${loaded.length} of ${names.join(' ')}`,
    )
  const scored = canScore(oracle)
    ? await run(
        oracle,
        [...root, 'security', '--offline=true', '--no-pager', '--json=short', ...files],
        paths,
        'err',
      )
    : undefined
  const tables = scored?.stdout.split('\n').filter((line) => line.startsWith('['))
  if (tables && tables.length !== loaded.length)
    throw new Error(
      `systemd ${oracle.name} scored ${tables.length} units, loaded ${loaded.length} of ${names.join(' ')}`,
    )
  return names.map((name, index) => {
    const state = states[index] ?? 'not loaded'
    if (state !== 'loaded') return {...unloaded, state, id: name}
    const at = states.slice(0, index).filter((one) => one === 'loaded').length
    // True of every version that knows --json.
    return {
      ...unloaded,
      ...dumps[at],
      state,
      id: dumps[at]?.id ?? name,
      rows: tables && (JSON.parse(tables[at] ?? '[]') as Row[]),
    }
  })
}

const unloaded = {
  names: [],
  fragment: undefined,
  dropIns: [],
  description: undefined,
  environment: [],
  umask: undefined,
  pulls: [],
  rows: undefined,
} as const

function statesOf(stderr: string, files: readonly string[]): Loaded['state'][] {
  const [, ...handled] = stderr.split(/^Handling .*\.\.\.$/m)
  if (handled.length !== files.length)
    throw new Error(`Expected ${files.length} files to be handled: ${stderr}`)
  return handled.map((said) => {
    if (/^Unit \S+ is masked\.$/m.test(said)) return 'masked'
    return /^Unit \S+ (?:not found\.$|has a bad unit file setting|failed to load properly)|^Failed to load unit file /m.test(
      said,
    )
      ? 'not loaded'
      : 'loaded'
  })
}

function dumpsOf(stdout: string): Omit<Loaded, 'state' | 'rows'>[] {
  const [, ...units] = stdout.split(/^\t(?:->|→) Unit /m)
  return units.map((dump) => {
    const all = (key: string): string[] =>
      [...dump.matchAll(new RegExp(`^\\t\\t${key}: (.*)$`, 'gm'))].map(([, value = '']) => value)
    const id = dump.slice(0, dump.indexOf(':\n'))
    return {
      id,
      names: [id, ...all('Alias').toSorted()],
      fragment: all('Fragment Path')[0],
      dropIns: all('DropIn Path'),
      description: all('Description')[0],
      environment: all('Environment'),
      umask: all('UMask')[0],
      pulls: ['Wants', 'Requires', 'Upholds'].flatMap((key) =>
        all(key).flatMap((value) => {
          const [, name, origin = ''] = /^(\S+) \((.*)\)$/.exec(value) ?? []
          return origin.includes('origin-file') ? [`${key} ${name}`] : []
        }),
      ),
    }
  })
}

function run(
  oracle: Oracle,
  words: readonly string[],
  paths: string,
  level: string,
): Promise<{readonly stdout: string; readonly stderr: string}> {
  const environment = {
    PATH: '/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    SYSTEMD_UNIT_PATH: paths,
    SYSTEMD_LOG_LEVEL: level,
    XDG_RUNTIME_DIR: '/tmp',
  }
  return new Promise((resolve, reject) => {
    // A link to a folder that is not absolute is looked for where systemd runs.
    const child = spawn(oracle.command, words, {
      env: environment,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    const parts = {stdout: [] as Buffer[], stderr: [] as Buffer[]}
    child.stdout.on('data', (part: Buffer) => parts.stdout.push(part))
    child.stderr.on('data', (part: Buffer) => parts.stderr.push(part))
    child.on('error', reject)
    child.on('close', (_, signal) => {
      if (signal) reject(new Error(`systemd ${oracle.name} ended by ${signal}`))
      else
        resolve({
          stdout: String(Buffer.concat(parts.stdout)),
          stderr: String(Buffer.concat(parts.stderr)),
        })
    })
  })
}
