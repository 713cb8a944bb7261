import {spawn} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import process from 'node:process'
import {batches} from './batches.ts'
import type {Subject} from './subject.ts'
import type {Oracle} from './systemd.ts'

/**
 * What a systemd holds of a unit: all that it has made of its files, by the name of the field, in
 * its order.
 */
export type Dump = ReadonlyMap<string, readonly string[]>

/**
 * Whether this systemd can be asked: it lies beside its systemd-analyze, and root can give it a
 * view of the machine that it starts in.
 */
export function canDump({command}: Oracle): boolean {
  return (
    process.getuid?.() === 0 &&
    [
      join(dirname(command), 'root', manager),
      '/usr/lib/systemd',
      '/usr/bin/setpriv',
      unshare,
    ].every((path) => existsSync(path))
  )
}

/**
 * Let a manager load each subject as if it were alone in the world, and ask it what it holds;
 * undefined for what it does not load.
 */
export async function dumps(
  oracle: Oracle,
  subjects: readonly Subject[],
): Promise<Map<Subject, Dump | undefined>> {
  const found = new Map<Subject, Dump | undefined>()
  const waiting = batches(subjects)
  const worker = async (): Promise<void> => {
    for (let batch = waiting.pop(); batch; batch = waiting.pop()) {
      const text = await dumpText(oracle, batch)
      // 247 dies of some units.
      if (text === undefined && batch.length > 1)
        waiting.push(batch.slice(0, batch.length / 2), batch.slice(batch.length / 2))
      else {
        const blocks = blocksOf(text ?? '')
        for (const subject of batch)
          found.set(subject, blocks.get(subject.name.replace('@.', '@i.')))
      }
    }
  }
  await Promise.all(Array.from({length: availableParallelism()}, worker))
  return found
}

const manager = 'usr/lib/systemd/systemd'
const unshare = '/usr/bin/unshare'
const nobody = 65534

/** Where units lie for the manager: sockets may not be below `/dev`, as `%Y` would have it. */
const unitFolder = '/mnt'

/**
 * The manager refuses to be tested by root, and others may not see where it lies; it wants version
 * 2 of control groups, and from 255 on the executor at its place.
 */
const inView = `
mount --bind "$1" "$2"
mount --bind "$3" ${unitFolder}
shift 3
if [ -d /sys/fs/cgroup/unified ]; then mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup; fi
mount -t tmpfs none /usr/lib/systemd && touch /usr/lib/systemd/systemd-executor && chmod 755 /usr/lib/systemd/systemd-executor
exec setpriv --reuid=${nobody} --regid=${nobody} --clear-groups "$@"`

async function dumpText({command}: Oracle, batch: readonly Subject[]): Promise<string | undefined> {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'unitlint-dump-'))
  try {
    chmodSync(root, 0o755)
    const runtime = join(root, 'run')
    mkdirSync(runtime)
    chownSync(runtime, nobody, nobody)
    for (const {name, text, dropins = []} of batch) {
      for (const [path, content] of [[name, text] as const, ...dropins]) {
        mkdirSync(dirname(join(root, 'units', path)), {recursive: true})
        writeFileSync(join(root, 'units', path), content)
      }
    }
    const names = batch.map(({name}) => `Wants=${name.replace('@.', '@i.')}\n`).join('')
    writeFileSync(join(root, 'units', 'default.target'), `[Unit]\nDefaultDependencies=no\n${names}`)
    const seen = join(root, 'systemd')
    mkdirSync(seen)
    const library = join(seen, 'usr/lib')
    const path = ['x86_64-linux-gnu', 'x86_64-linux-gnu/systemd', 'systemd']
      .map((folder) => join(library, folder))
      .join(':')
    const loader = [
      `${library}/x86_64-linux-gnu/ld-linux-x86-64.so.2`,
      '--inhibit-cache',
      '--library-path',
      path,
    ]
    const words = [
      'sh',
      join(dirname(command), 'root'),
      seen,
      join(root, 'units'),
      ...loader,
      join(seen, manager),
      '--test',
      '--system',
    ]
    const text = await output(['-m', 'sh', '-c', inView, ...words], {
      SYSTEMD_UNIT_PATH: unitFolder,
      XDG_RUNTIME_DIR: runtime,
    })
    return text?.replaceAll(root, '')
  } finally {
    rmSync(root, {recursive: true, force: true})
  }
}

function output(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const env = {PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: '/nonexistent', ...environment}
    const child = spawn(unshare, words, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 120_000,
    })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status !== null && status !== 0)
        reject(new Error(`Unexpected exit status ${status} of systemd --test`))
      else resolve(status === 0 ? String(Buffer.concat(parts)) : undefined)
    })
  })
}

function blocksOf(text: string): Map<string, Dump> {
  const blocks = new Map<string, Map<string, string[]>>()
  let block: Map<string, string[]> | undefined
  // After some fields they forget to end the line, which a line of the unit, or the heading behind
  // the last one, then goes on with.
  for (const line of text
    .replaceAll(/(?<=[^\n\t])(?=\t|-> By (?:units|jobs):$)/gm, '\n')
    .split('\n')) {
    const [, name] = /^\t\S+ Unit (\S+):$/.exec(line) ?? []
    if (name !== undefined) blocks.set(name, (block = new Map()))
    else if (!line.startsWith('\t\t')) block = undefined
    if (!block || name !== undefined) continue
    const colon = line.indexOf(':')
    const label = (colon === -1 ? line : line.slice(0, colon)).trim()
    if (aboutFiles.test(label)) continue
    const values = block.get(label)
    const value = (colon === -1 ? '' : line.slice(colon + 1)).trim()
    if (values) values.push(value)
    else block.set(label, [value])
  }
  return new Map(
    [...blocks].map(([name, fields]) => [
      name,
      new Map([...fields].map(([label, values]) => [label, settled(label, values)])),
    ]),
  )
}

/**
 * What differs although the unit is the same: its files, jobs, and controllers that a list needed
 * before it was emptied.
 */
const aboutFiles =
  /^(?:Fragment Path|DropIn Path|Need Daemon Reload|Invocation ID|May GC|CGroup own mask|.*Timestamp|\S+ Job \d+|Action|State|Irreversible)$/

/** Without the order of what systemd keeps in sets, which is another one each time. */
function settled(label: string, values: readonly string[]): readonly string[] {
  if (setsInWords.has(label))
    return values.map((value) => value.replace('~', '~ ').split(' ').toSorted().join(' '))
  if (label.startsWith('IPAddress')) return withoutCovered(values)
  if (label === 'DeviceAllow') return [...new Set(values)].toSorted()
  return sets.has(label) ||
    /^(?:Block)?IO/.test(label) ||
    values.some((value) => value.includes(' (origin-') || value.includes(' (destination-'))
    ? values.toSorted()
    : values
}

/** Some lines leave addresses in the list that others cover. */
function withoutCovered(values: readonly string[]): readonly string[] {
  const all = ['0.0.0.0/0', '::/0'].filter((any) => values.includes(any))
  return [...new Set(values)]
    .filter(
      (value) =>
        all.includes(value) || !all.some((any) => value.includes(':') === any.includes(':')),
    )
    .toSorted()
}

const setsInWords: ReadonlySet<string> = new Set([
  'SystemCallFilter',
  'SystemCallArchitectures',
  'LogFilterPatterns',
])
const sets: ReadonlySet<string> = new Set([
  'Environment',
  'RestrictFileSystems',
  'RestrictNetworkInterfaces',
])
