import {createReadStream, readdirSync, statSync} from 'node:fs'
import path from 'node:path'
import {Readable} from 'node:stream'
import {createGunzip, constants} from 'node:zlib'
import {reasonOfFile} from '../../files/fault.ts'
import type {Trace} from '../../needs/evidence/traced.ts'
import {traceIn} from '../../needs/evidence/trace-profile.ts'
import {pastable} from '../../reporters/printable.ts'
import {readLine} from '../../trace/line.ts'
import {together, traceOf} from '../../trace/profile.ts'
import {TraceReader} from '../../trace/reader.ts'
import {logLines} from '../log-lines.ts'

/**
 * Read logs of strace and summaries of them, all as one trace; else what is wrong with one, as a
 * line. What is kept of them does not grow with them.
 */
export async function readTraces(
  names: readonly string[],
  cwd: string,
): Promise<Trace | {readonly fault: string}> {
  try {
    return await allOf(names, cwd)
  } catch (cause) {
    // This is a script of its own, whose errors others do not know.
    if (cause instanceof TraceFault) return {fault: cause.message}
    throw cause
  }
}

class TraceFault extends Error {}

async function allOf(names: readonly string[], cwd: string): Promise<Trace> {
  const files = names.flatMap((name) => filesIn(name, cwd))
  const seen: Array<Parameters<typeof traceOf>[0][number]> = []
  const summaries: Trace[] = []
  for (const [stem, its] of byStem(files)) {
    const log = path.basename(stem)
    const reader = new TraceReader(log)
    for (const {name, pid} of its) {
      const summary = await readFile(name, cwd, reader, its.length > 1 ? pid : undefined)
      if (summary) summaries.push(summary)
    }
    if (reader.understood > 0) seen.push({log, groups: reader.end()})
  }
  return together([traceOf(seen), ...summaries])
}

/** The files of a folder, each a log. */
function filesIn(name: string, cwd: string): readonly string[] {
  try {
    const file = path.resolve(cwd, name)
    if (!statSync(file).isDirectory()) return [name]
    const found = readdirSync(file, {withFileTypes: true}).flatMap((entry) =>
      entry.isFile() && !entry.name.startsWith('.') ? [path.join(name, entry.name)] : [],
    )
    if (found.length > 0) return found.toSorted()
  } catch (cause) {
    throw new TraceFault(`${pastable(name)}: ${reasonOfFile(cause)}`)
  }
  throw new TraceFault(`${pastable(name)}: No files in it, expected logs of \`strace -f\``)
}

interface TraceFile {
  readonly name: string
  /** The process that `-ff` names the file for. */
  readonly pid: number | undefined
}

/**
 * Logs by what they are called without the numbers of processes that `-ff` puts behind that, the
 * first process first.
 */
function byStem(names: readonly string[]): ReadonlyMap<string, readonly TraceFile[]> {
  const found = new Map<string, TraceFile[]>()
  for (const name of new Set(names)) {
    const [, stem, pid] = /^(.+)\.(\d{1,7})(?:\.gz)?$/.exec(name) ?? []
    const key = stem ?? name
    found.set(key, [
      ...(found.get(key) ?? []),
      {name, pid: pid === undefined ? undefined : Number(pid)},
    ])
  }
  for (const files of found.values()) files.sort((one, other) => (one.pid ?? 0) - (other.pid ?? 0))
  return found
}

/** Read one file into a reader; a summary is what it says. */
async function readFile(
  name: string,
  cwd: string,
  reader: TraceReader,
  pid: number | undefined,
): Promise<Trace | undefined> {
  const before = reader.understood
  let isBegun = false
  let lines = 0
  let summary: string[] | undefined
  try {
    for await (const line of logLines(chunksOf(path.resolve(cwd, name), () => reader.cut()))) {
      if (!isBegun) {
        const {pid: column, event} = readLine(line)
        if (lines === 0 && /^\s*\{/.test(line)) summary = []
        if (event) {
          isBegun = true
          reader.begin(column === undefined ? pid : undefined)
        }
      }
      lines++
      if (summary) {
        if (summary.length < mostOfSummary) summary.push(line)
      } else reader.take(line)
    }
  } catch (cause) {
    throw new TraceFault(`${pastable(name)}: ${reasonOfFile(cause)}`)
  }
  if (summary) return summaryIn(summary.join('\n'), name)
  if (reader.understood === before)
    throw new TraceFault(
      `${pastable(name)}: Expected a log of \`strace -f\`, or what \`unitlint trace --summary\` makes of one`,
    )
  return undefined
}

/** A summary has a few hundred lines. */
const mostOfSummary = 200_000

function summaryIn(text: string, name: string): Trace {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new TraceFault(
      `${pastable(name)}: Expected JSON, as \`unitlint trace --summary\` writes it`,
    )
  }
  const read = traceIn(value)
  if (typeof read === 'string') throw new TraceFault(`${pastable(name)}: ${read}`)
  return read
}

/**
 * What is in a file, unpacked where it is packed; of one that was cut, what there is. A pipe can be
 * read but once.
 */
async function* chunksOf(file: string, onCut: () => void): AsyncIterable<Uint8Array> {
  const chunks = chunksFrom(file)
  const first = await chunks.next()
  if (first.done === true) return
  const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b
  const all = behind(first.value, chunks)
  if (!isPacked) {
    yield* all
    return
  }
  try {
    const unpacked: AsyncIterable<unknown> = Readable.from(all).pipe(
      createGunzip({finishFlush: constants.Z_SYNC_FLUSH}),
    )
    for await (const chunk of unpacked) yield chunk as Uint8Array
  } catch (cause) {
    // What is damaged has told what it could.
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')))
      throw cause
    onCut()
  }
}

async function* chunksFrom(file: string): AsyncGenerator<Uint8Array> {
  // Nobody said in which encoding.
  for await (const chunk of createReadStream(file, {highWaterMark: 1 << 18}))
    yield chunk as Uint8Array
}

async function* behind(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}
