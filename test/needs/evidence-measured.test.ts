import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {jobs} from '../../src/dev/facts-needs-jobs.ts'
import {optionDenials, readTable, trialsOf} from '../../src/dev/needs-table.ts'
import {breakageModule, needsModule} from '../../src/dev/facts-needs.ts'
import {isAccess} from '../../src/facts/accesses.ts'
import {measured} from '../../src/needs/data/measured.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {breakage, options} from './measured-breakage.ts'
import {service} from '../unit/unit.ts'

/** What the fixes would do to a job that an option is known to break. */
function verdictOf(name: string, user: 'root' | 'u', option: string): string {
  const job = jobs[name]
  if (!job) throw new Error(`Expected the job ${name} to have a command`)
  const command = job.command.startsWith('/') ? job.command : `/usr/bin/${job.command}`
  const unit = service(
    [
      '[Service]',
      ...(user === 'u' ? ['User=u'] : []),
      ...(job.lines ?? []),
      `ExecStart=${command.replaceAll('%', '%%')}`,
      '',
    ].join('\n'),
  )
  return weigh(optionDenials(option, job, user), needs(unit)).applicability
}

describe('what was measured to break', () => {
  const pairs = breakage.flatMap(({job, user, options: broken}) =>
    broken.map((index) => ({job, user, option: options[index] ?? ''})),
  )
  const isProbe = (job: string): boolean => jobs[job]?.isProbe === true

  it('is a table of some size', () => {
    expect(breakage.length).toBeGreaterThan(300)
    expect(pairs.length).toBeGreaterThan(1300)
    expect(measured.every(({needs: ids}) => ids.split(' ').every(isAccess))).toBe(true)
  })

  it('is never safe where there is a program to know it by, and withheld but for parts of a runtime', () => {
    const given = pairs
      .filter(({job}) => !isProbe(job))
      .map((pair) => ({...pair, verdict: verdictOf(pair.job, pair.user, pair.option)}))
    expect(given.filter(({verdict}) => verdict === 'safe')).toEqual([])
    expect(
      [...new Set(given.filter(({verdict}) => verdict === 'unsafe').map(({job}) => job))].filter(
        (job) => !/^(?:py|psutil|node|java|ruby|perl|erl)-/.test(job),
      ),
    ).toEqual([])
  })

  it('is safe only for bare system calls and unheard-of helpers, which nothing tells from what hardly any service does', () => {
    const safe = pairs
      .filter(({job}) => isProbe(job))
      .filter(({job, user, option}) => verdictOf(job, user, option) === 'safe')
    expect(safe.map(({job, user, option}) => `${job} as ${user}: ${option}`)).toEqual([
      'suid-helper as u: NoNewPrivileges=yes',
      'suid-helper as u: SystemCallFilter=@system-service ~@privileged (EPERM)',
      'suid-helper as u: SystemCallFilter=~@privileged (EPERM)',
      'filecap-helper as u: NoNewPrivileges=yes',
      'filecap-helper as u: CapabilityBoundingSet=',
      'filecap-helper as u: SystemCallFilter=@system-service ~@privileged (EPERM)',
      'filecap-helper as u: SystemCallFilter=~@privileged (EPERM)',
      'mlockall as root: CapabilityBoundingSet=~CAP_IPC_LOCK',
      'openat2 as root: RestrictSUIDSGID=yes',
      'openat2 as u: RestrictSUIDSGID=yes',
      'openat2-creat-0644 as root: RestrictSUIDSGID=yes',
      'openat2-creat-0644 as u: RestrictSUIDSGID=yes',
      'perf_event as root: SystemCallFilter=~@debug (EPERM)',
      'userfaultfd as root: CapabilityBoundingSet=~CAP_SYS_PTRACE',
    ])
  })
})

const shared =
  process.env['UNITLINT_FACTS'] ?? path.resolve(import.meta.dirname, '../../../shared/facts')
const table = path.join(shared, 'needs-measured.tsv')

describe.skipIf(!existsSync(table))('the table of measurements', () => {
  it('is what the generated modules say', () => {
    const read = readTable(readFileSync(table, 'utf8'))
    const trials = trialsOf(read)
    expect(needsModule(read, trials)).toBe(readFileSync('src/needs/data/measured.ts', 'utf8'))
    expect(breakageModule(read, trials)).toBe(
      readFileSync('test/needs/measured-breakage.ts', 'utf8'),
    )
  })
})
