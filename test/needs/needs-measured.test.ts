import {describe, expect, test} from 'vitest'
import {jobs} from '../../src/dev/facts-needs-jobs.ts'
import type {Job} from '../../src/dev/facts-needs-jobs.ts'
import {optionDenials} from '../../src/dev/needs-table.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import {breakage, options} from './measured-breakage.ts'

/** A job as a unit of the systemd that it was measured under. */
function unitOf({command, lines = []}: Job, user: 'root' | 'u'): LoadedUnit {
  const text = [
    '[Service]',
    `ExecStart=${command.startsWith('/') ? '' : '/usr/bin/'}${command}`,
    ...(user === 'u' ? ['User=u'] : []),
    ...lines,
    '',
  ].join('\n')
  const its = target('257')
  if (!its) throw new Error('Expected 257 to be a target')
  return load([{path: 'job.service', role: 'fragment', tree: parse(text)}], {
    name: 'job.service',
    type: 'service',
    target: its,
    manager: 'system',
  })
}

/** `job (user): option` of all measured breakage that a judgement lets pass as safe. */
function safeBreakage(profile?: {needs: []; closed: true}): {pairs: number; safe: string[]} {
  const safe: string[] = []
  let pairs = 0
  for (const {job: name, user, options: columns} of breakage) {
    const job = jobs[name]
    // A bare system call has no program that could be known by its name.
    if (!job || job.isProbe) continue
    const its = needs(unitOf(job, user), profile)
    for (const column of columns) {
      const option = options[column] ?? ''
      if (job.frame?.includes(option)) continue
      pairs++
      if (weigh(optionDenials(option, job, user), its).applicability === 'safe')
        safe.push(`${name} (${user}): ${option}`)
    }
  }
  return {pairs, safe}
}

describe('what was measured to break is never safe', () => {
  test('without a profile', () => {
    const {pairs, safe} = safeBreakage()
    expect(pairs).toBeGreaterThan(1000)
    expect(safe).toEqual([])
  })

  test('not even when a profile says that nothing is needed', () => {
    expect(safeBreakage({needs: [], closed: true}).safe).toEqual([])
  })
})
