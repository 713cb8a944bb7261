import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {Readable, Writable} from 'node:stream'
import {run} from '../../cli/run.ts'
import {encode} from '../../syntax/bytes.ts'
import {hostileCases} from './cases.ts'
import type {HostileJob} from './jobs.ts'

/**
 * Run what the parent asks for, one job after another, and answer with the milliseconds of CPU that
 * it took.
 */
export function main(): void {
  const byName = new Map(hostileCases().map((one) => [one.name, one]))
  process.on('message', (job: HostileJob) => {
    const files = byName.get(job.name)?.files(job.bytes) ?? {}
    void measured(files, job.argv).then((took) => process.send?.(took))
  })
}

async function measured(
  files: Readonly<Record<string, string>>,
  argv: readonly string[],
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), {recursive: true})
      writeFileSync(path.join(folder, name), encode(text))
    }
    const before = process.cpuUsage()
    await run(
      argv.map((argument) => (argument === 'FILE' ? (Object.keys(files)[0] ?? '') : argument)),
      {
        cwd: folder,
        env: {},
        stdin: Readable.from([]),
        stdout: nowhere(),
        stderr: nowhere(),
        now: () => 0,
        date: () => 0,
      },
    )
    return process.cpuUsage(before).user / 1000
  } finally {
    rmSync(folder, {recursive: true})
  }
}

function nowhere(): Writable {
  return new Writable({write: (_chunk, _encoding, done) => done()})
}
