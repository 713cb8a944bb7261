import {spawn, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {availableParallelism} from 'node:os'
import path from 'node:path'
import process from 'node:process'

/**
 * All that the built command says of a corpus of units and how it fixes them, against what it
 * said before: `npm run golden -- CORPUS [--update] [--first]`.
 *
 * The hashes of `test/corpus/golden.tsv` tell which files differ. `--first` builds the commit
 * that they are from and shows where the first one does; `--update` takes the new ones.
 */
export async function main(args: readonly string[]): Promise<void> {
  const corpus = args.find((arg) => !arg.startsWith('-'))
  if (corpus === undefined) throw new Error('Expected the folder of a corpus')
  const said = await sayings(process.cwd(), path.resolve(corpus), 'now')
  const [before, now] = [readHashes(), hashes(said)]
  const differing = [...new Set([...before.keys(), ...now.keys()])]
    .filter((file) => before.get(file) !== now.get(file))
    .toSorted()
  if (args.includes('--update')) return writeHashes(now)
  for (const file of differing)
    console.log(`${file}: ${presetsThatDiffer(before.get(file), now.get(file))}`)
  console.log(`${differing.length} of ${now.size} files differ`)
  if (differing.length > 0) process.exitCode = 1
  if (differing.length > 0 && args.includes('--first'))
    await showFirst(differing, said, path.resolve(corpus))
}

const store = 'test/corpus/golden.tsv'
const presets = ['verify', 'recommended', 'strict', 'backup-job']
const fixes: ReadonlyArray<readonly string[]> = [
  [],
  ['--fix', '--diff'],
  ['--fix', '--unsafe-fixes', '--diff'],
]
const targets = ['252', '257', '262']

/** How the command is called, in order: for each preset what is fixed, and for which systemd. */
const runs = presets.flatMap((preset) =>
  fixes.flatMap((fix) =>
    targets.map((target) => [
      '--no-config',
      '--preset',
      preset,
      '--target',
      target,
      '--format',
      'json',
      ...fix,
    ]),
  ),
)

/** What each run says of each file: its entry of the report, and the diff of its fixes. */
type Sayings = ReadonlyArray<ReadonlyMap<string, string>>

async function sayings(checkout: string, corpus: string, name: string): Promise<Sayings> {
  const folder = path.join(process.cwd(), 'node_modules', '.cache', 'unitlint', 'golden', name)
  mkdirSync(folder, {recursive: true})
  const files = unitsBelow(corpus)
  const pending = [...runs.entries()]
  const said: Array<Map<string, string>> = []
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [index, args] = next
      const kept = path.join(folder, `${index}.json`)
      // What another commit says stays the same.
      if (name === 'now' || !existsSync(kept)) await call(checkout, corpus, args, files, kept)
      said[index] = parts(readFileSync(kept, 'utf8'), readFileSync(`${kept}.diff`, 'utf8'), corpus)
      process.stderr.write(`\r${name}: ${said.filter(Boolean).length} of ${runs.length} runs `)
    }
  }
  await Promise.all(Array.from({length: availableParallelism()}, work))
  process.stderr.write('\n')
  return said
}

/**
 * All files that have the name of a unit or a drop-in, named one by one: none is passed over for
 * what it looks like.
 */
function unitsBelow(corpus: string): string[] {
  const type = 'automount|mount|path|scope|service|slice|socket|swap|target|timer'
  const isUnit = new RegExp(String.raw`\.(${type})$|\.(${type})\.d/[^/]+\.conf$`)
  const found = readdirSync(corpus, {recursive: true, withFileTypes: true})
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  return files
    .map((file) => path.relative(corpus, file))
    .filter((file) => isUnit.test(file))
    .toSorted()
}

async function call(
  checkout: string,
  corpus: string,
  args: readonly string[],
  files: readonly string[],
  kept: string,
): Promise<void> {
  const command = path.join(checkout, 'dist', 'cli.js')
  const child = spawn(
    process.execPath,
    [command, ...args, '--output-file', `${kept}.part`, '--', ...files],
    {
      cwd: corpus,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const diff: Uint8Array[] = []
  child.stdout.on('data', (chunk: Uint8Array) => diff.push(chunk))
  const status = await new Promise((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  if (!existsSync(`${kept}.part`))
    throw new Error(`${args.join(' ')}: no report, status ${String(status)}`)
  writeFileSync(`${kept}.diff`, Buffer.concat(diff))
  renameSync(`${kept}.part`, kept)
}

function parts(json: string, diff: string, corpus: string): Map<string, string> {
  // The contract of the command says so.
  const entries = JSON.parse(json) as ReadonlyArray<{filePath: string}>
  const said = new Map(
    entries.map(({filePath, ...entry}) => [
      path.relative(corpus, path.resolve(corpus, filePath)),
      JSON.stringify(entry, undefined, 1),
    ]),
  )
  for (const part of diff.split(/^(?=--- (?:a\/|\/dev\/null|"))/m)) {
    const file = /^\+\+\+ "?b\/(.*?)"?$/m.exec(part)?.[1]
    if (file !== undefined) said.set(file, `${said.get(file) ?? ''}\n${part}`)
  }
  return said
}

/** A short hash a preset, by file. */
function hashes(said: Sayings): Map<string, string> {
  const files = new Set(said.flatMap((run) => [...run.keys()]))
  const each = runs.length / presets.length
  return new Map(
    [...files].toSorted().map((file) => {
      const row = presets.map((_, preset) => {
        const hash = createHash('sha256')
        for (const run of said.slice(preset * each, (preset + 1) * each))
          hash.update(`${run.get(file) ?? ''}\0`)
        return hash.digest('hex').slice(0, 8)
      })
      return [file, row.join('\t')]
    }),
  )
}

function presetsThatDiffer(before: string | undefined, now: string | undefined): string {
  if (before === undefined || now === undefined) return before === undefined ? 'new' : 'gone'
  const [old, fresh] = [before.split('\t'), now.split('\t')]
  return presets.filter((_, index) => old[index] !== fresh[index]).join(', ')
}

function readHashes(): Map<string, string> {
  if (!existsSync(store)) return new Map()
  const lines = readFileSync(store, 'utf8').trimEnd().split('\n').slice(1)
  return new Map(
    lines.map((line) => {
      const [file = '', ...row] = line.split('\t')
      return [file, row.join('\t')]
    }),
  )
}

function writeHashes(rows: ReadonlyMap<string, string>): void {
  const lines = [...rows].map(([file, row]) => `${file}\t${row}\n`)
  writeFileSync(store, `file\t${presets.join('\t')}\n${lines.join('')}`)
  console.log(`${store} written: ${rows.size} files`)
}

/**
 * The first line in which a run of the commit that the hashes are from and one of now differ, with
 * what is around it.
 */
async function showFirst(files: readonly string[], now: Sayings, corpus: string): Promise<void> {
  const commit = git('log', '-1', '--format=%H', '--', store)
  const before = await sayings(builtCheckout(commit), corpus, commit)
  for (const file of files) {
    for (const [index, args] of runs.entries()) {
      const [old = '', fresh = ''] = [before[index]?.get(file), now[index]?.get(file)]
      if (old === fresh) continue
      const [oldLines, freshLines] = [old.split('\n'), fresh.split('\n')]
      const place = oldLines.findIndex((line, at) => line !== freshLines[at])
      const start = Math.max(0, (place === -1 ? oldLines.length : place) - 6)
      console.log(`${file}: unitlint ${args.join(' ')}`)
      for (const line of oldLines.slice(start, start + 12)) console.log(`- ${line}`)
      for (const line of freshLines.slice(start, start + 12)) console.log(`+ ${line}`)
      return
    }
  }
  console.log(`The hashes are of other files than those of ${commit}`)
}

/** The folder of a commit, built with the packages that are installed here. */
function builtCheckout(commit: string): string {
  const folder = path.join(
    process.cwd(),
    'node_modules',
    '.cache',
    'unitlint',
    'golden',
    'checkouts',
    commit,
  )
  if (!existsSync(folder)) {
    git('worktree', 'add', '--detach', folder, commit)
    symlinkSync(
      path.join(process.cwd(), 'node_modules'),
      path.join(folder, 'node_modules'),
      'junction',
    )
  }
  const {status} = spawnSync(process.execPath, ['src/dev/build.mjs'], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`${commit} does not build`)
  return folder
}

function git(...args: readonly string[]): string {
  const {status, stdout, stderr} = spawnSync('git', args, {encoding: 'utf8'})
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}
