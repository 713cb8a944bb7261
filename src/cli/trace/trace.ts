import path from 'node:path'
import {usageError} from '../../config/usage-error.ts'
import {profileText} from '../../trace/profile-text.ts'
import type {Trace} from '../../needs/evidence/traced.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {isUnitName} from '../../values/units.ts'
import type {Main} from '../attempt.ts'
import type {Arguments} from '../grammar.ts'
import {writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {traceNamed} from '../trace-option.ts'
import {record} from './record.ts'
import type {Recording} from './record.ts'

const options = {
  summary: {
    type: 'string',
    describe:
      'Print what this log of `strace -f` shows, as JSON, without arguments and contents; may be repeated, and files may follow',
  },
  unit: {type: 'string', describe: 'With --summary: of a log of several services, this one alone'},
  'output-file': {
    type: 'string',
    alias: 'o',
    describe:
      'Write to a file: the summary of what was traced, or of the logs; else standard output',
  },
  log: {type: 'string', describe: 'Keep the whole log there, which may hold secrets'},
  check: {
    type: 'string',
    describe: 'When it has started, run this command, which has the service do its work',
  },
  settle: {type: 'string', describe: 'Seconds to trace without --check after the start; else 10'},
} as const

const usage = 'unitlint trace UNIT | --summary FILE...'

/**
 * `unitlint trace UNIT`: what a service does, traced by strace while it starts, works, reloads and
 * stops; `unitlint trace --summary FILE...`: the same of logs that there are.
 *
 * Returns the exit status: 0, or 2 where there is nothing to trace with. Rejects with a usage
 * error.
 */
export const trace: Main = {
  grammar: {usage, options},
  async run(given, io) {
    const output = given.value('output-file')
    const to = output === false ? undefined : output
    const named = given.values('summary').map(String)
    if (named.length > 0) {
      const logs = [...named, ...given.positionals].filter((name) => name !== '')
      const unit = given.value('unit')
      const all = await traceNamed(logs, io)
      return deliver(
        of(all ?? {services: []}, unit === false ? undefined : unit, logs[0] ?? ''),
        to,
        io,
      )
    }
    const [unit, ...others] = given.positionals
    if (unit === undefined || others.length > 0)
      throw usageError('unitlint', `Expected a unit to trace, or \`--summary\` with logs: ${usage}`)
    const seen = await record(recordingOf(unit, given, io), io)
    return seen ? deliver(seen, to, io) : 2
  },
}

/** How to trace, as the command line says. Throws a usage error. */
function recordingOf(unit: string, given: Arguments, {cwd}: Io): Recording {
  const [check, settle, log] = [given.value('check'), given.value('settle'), given.value('log')]
  if (typeof settle === 'string' && !/^\d{1,4}$/.test(settle))
    throw usageError('--settle', `Unexpected \`${settle}\`, expected a number of seconds`)
  return {
    unit,
    check: typeof check === 'string' ? check : undefined,
    settle: typeof settle === 'string' ? Number(settle) : 10,
    log: typeof log === 'string' ? path.resolve(cwd, log) : undefined,
  }
}

/** The services that are a unit, where one is named. */
function of(all: Trace, unit: string | undefined, log: string): Trace {
  if (unit === undefined) return all
  const name = isUnitName(unit) ? unit : `${unit}.service`
  const stem = name.replace(/@[^.]*\.service$|\.service$/, '')
  const services = all.services.filter((one) =>
    one.unit === undefined ? path.posix.basename(one.program) === stem : one.unit === name,
  )
  if (services.length > 0) return {services}
  const seen = all.services
    .map((one) => one.unit ?? path.posix.basename(one.program))
    .filter((one) => one !== '')
  throw usageError(
    '--unit',
    `${pastable(log)}: Nothing of \`${name}\` in it${seen.length === 0 ? '' : `, only of ${seen.slice(0, 8).map(pastable).join(', ')}`}`,
  )
}

/** Print a summary, or write it to a file. */
async function deliver(made: Trace, to: string | undefined, io: Io): Promise<number> {
  const text = profileText(made)
  if (to === undefined) {
    await writeLine(io.stdout, text)
    return 0
  }
  const {putText} = await import('../../files/put.ts')
  const fault = putText(path.resolve(io.cwd, to), `${text}\n`)
  if (fault === undefined) return 0
  await writeLine(io.stderr, printable(`--output-file: ${pastable(to)}: ${fault}`))
  return 2
}
