import {spawn, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import process from 'node:process'
import {batches} from './batches.ts'
import type {Subject} from './subject.ts'

/** What a program said about some subjects. */
export interface Output {
  /** The folder that they were in. */
  readonly root: string
  readonly stdout: string
  readonly stderr: string
  /** Undefined unless a signal ended the program. */
  readonly signal: string | undefined
}

/**
 * Ask about many subjects with few processes.
 *
 * `read` takes an output apart: an answer for each subject, or undefined when it cannot tell whose
 * some part of it is. Then the subjects are asked about again in halves, down to one, for which
 * `read` must find an answer.
 */
export async function ask<Answer>(
  subjects: readonly Subject[],
  run: (batch: readonly Subject[]) => Promise<Output>,
  read: (batch: readonly Subject[], output: Output) => readonly Answer[] | undefined,
): Promise<Map<Subject, Answer>> {
  const answers = new Map<Subject, Answer>()
  const waiting = batches(subjects)
  const worker = async () => {
    for (let batch = waiting.pop(); batch; batch = waiting.pop()) {
      const found = read(batch, await run(batch))
      if (found)
        for (const [index, subject] of batch.entries()) answers.set(subject, answerAt(found, index))
      else if (batch.length === 1) throw new Error(`No answer about ${batch[0]?.name ?? ''}`)
      else waiting.push(batch.slice(0, batch.length / 2), batch.slice(batch.length / 2))
    }
  }
  await Promise.all(Array.from({length: availableParallelism()}, worker))
  return answers
}

/**
 * Run a systemd-analyze on subjects in a new folder, with an environment and a unit path of nothing
 * else.
 *
 * One folder for all: every folder more is searched again for each drop-in of each unit, ten times
 * slower for a hundred.
 */
export async function analyze(
  command: string,
  words: readonly string[],
  batch: readonly Subject[],
): Promise<Output> {
  const folder = mkdtempSync(join(memory, 'unitlint-oracle-'))
  try {
    for (const subject of batch) place(folder, subject)
    const root = canMount ? unitFolder : folder
    const all = [command, ...words, ...batch.map(({name}) => join(root, name))]
    const [program = '', ...rest] = canMount
      ? [unshare, '-m', 'sh', '-c', inView, folder, ...all]
      : all
    return {root, ...(await output(program, rest))}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** Where units lie for systemd: sockets and devices may not be below `/dev/shm`, as `%Y` would be. */
const unitFolder = '/mnt'
const unshare = '/usr/bin/unshare'
const inView = `mount --bind "$0" ${unitFolder} && exec "$@"`
const canMount =
  process.getuid?.() === 0 &&
  spawnSync(unshare, ['-m', 'sh', '-c', inView, tmpdir(), 'true'], {stdio: 'ignore'}).status === 0

function place(folder: string, {name, text, dropins}: Subject): void {
  writeFileSync(join(folder, name), text, {mode: 0o644})
  for (const [path, content] of dropins ?? []) {
    mkdirSync(dirname(join(folder, path)), {recursive: true})
    writeFileSync(join(folder, path), content, {mode: 0o644})
  }
}

/**
 * Files in memory: a disk can take a millisecond for each, four times what systemd takes for a
 * unit.
 */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const environment = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C.UTF-8',
  SYSTEMD_UNIT_PATH: '',
  XDG_RUNTIME_DIR: '/tmp',
}

function output(command: string, words: readonly string[]): Promise<Omit<Output, 'root'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    const parts = {stdout: [] as Buffer[], stderr: [] as Buffer[]}
    child.stdout.on('data', (part: Buffer) => parts.stdout.push(part))
    child.stderr.on('data', (part: Buffer) => parts.stderr.push(part))
    child.on('error', reject)
    child.on('close', (_, signal) => {
      resolve({
        stdout: String(Buffer.concat(parts.stdout)),
        stderr: String(Buffer.concat(parts.stderr)),
        signal: signal ?? undefined,
      })
    })
  })
}

function answerAt<Answer>(found: readonly Answer[], index: number): Answer {
  const answer = found[index]
  if (answer === undefined) throw new Error('Expected an answer for every subject')
  return answer
}
