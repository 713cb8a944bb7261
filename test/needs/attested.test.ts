import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {attestedModule, borneBy, servicesOf, unitOfService} from '../../src/dev/facts-attested.ts'
import type {ProductionService} from '../../src/dev/facts-attested.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import {rowOf} from '../../src/facts/sandboxing/rows.ts'
import {attestedRows} from '../../src/needs/data/attested.ts'
import {denialContext, denials} from '../../src/needs/denials.ts'
import {judge, needs} from '../../src/needs/needs.ts'
import type {Judgement} from '../../src/needs/needs.ts'
import {attested, isAttested} from '../../src/needs/programs/attested.ts'
import {deniedBy} from '../../src/rule/denied.ts'
import {parseBoolean} from '../../src/values/boolean.ts'
import {service} from '../unit/unit.ts'

function judged(lines: string, ...denied: readonly AccessId[]): Judgement {
  return judge(denied, needs(service(`[Service]\n${lines}\n`)))
}

describe('what production attests', () => {
  it('makes safe to deny what many services need, and says who vouches for it', () => {
    const {applicability, by} = judged('ExecStart=/usr/bin/gitea web\nUser=gitea', 'write-exec-memory')
    expect(applicability).toBe('safe')
    expect(by).toEqual([expect.stringMatching(/^attested: [\w-]+\/[\w.-]+ .*runs? `gitea` so that nothing of it makes writable memory executable$/)])
  })

  it('says nothing of what is rare, or of other programs', () => {
    expect(judged('ExecStart=/usr/bin/gitea web\nUser=gitea', 'kernel-modules')).toEqual({applicability: 'safe', because: []})
    expect(judged('ExecStart=/usr/bin/unheard-of\nUser=u', 'write-exec-memory').applicability).toBe('unsafe')
  })

  it('of another user than root says nothing of root', () => {
    expect(judged('ExecStart=/usr/bin/gitea web', 'write-exec-memory').applicability).toBe('unsafe')
  })

  it('says nothing of a service that runs what nobody knows beside it, but for helpers of its own', () => {
    const main = 'ExecStart=/usr/bin/gitea web\nUser=gitea\n'
    expect(judged(`${main}ExecStartPre=/opt/x/unheard-of`, 'write-exec-memory').applicability).toBe('unsafe')
    expect(judged(`${main}ExecStartPre=/opt/x/gitea-migrate`, 'write-exec-memory').applicability).toBe('safe')
    expect(judged(`${main}ExecStartPre=/bin/mkdir -p /var/lib/gitea`, 'write-exec-memory').applicability).toBe('safe')
  })

  it('counts less than what a unit shows', () => {
    expect(judged('ExecStart=/usr/bin/gitea web\nUser=gitea\nAmbientCapabilities=CAP_SYS_NICE', 'CAP_SYS_NICE').applicability).toBe('withheld')
  })

  it('has a grade by how many vouch for it, and who', () => {
    const text = attestedModule([
      production('a', 'x/one', 'C', ['MemoryDenyWriteExecute', 'yes']),
      production('b', 'x/one', 'C', ['MemoryDenyWriteExecute', 'yes']),
      production('b', 'x/two', 'E', ['MemoryDenyWriteExecute', 'yes']),
      production('c', 'x/three', 'D', ['MemoryDenyWriteExecute', 'yes']),
    ])
    expect(text).toContain("'x/one C|x/three D|x/two E'")
    const [first = ''] = attestedRows.trim().split('\n')
    expect(first.split(' ')).toHaveLength(5)
    const names = attestedRows
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    expect(names.filter((name) => !isAttested(name))).toEqual([])
    expect(['', 'A', 'zz', 'git', 'unheard-of'].filter((name) => isAttested(name) !== names.includes(name))).toEqual([])
    const grades = [...new Set(names)].flatMap((name) => [...(attested(name, false)?.bears.values() ?? [])])
    expect(new Set(grades.map(({grade}) => grade))).toEqual(new Set(['attested', 'once']))
  })

  it('is told of the lines of a service as systemd reads them', () => {
    const {bears, needs: left} = borneBy(
      production('a', 'x/one', 'A', ['MemoryDenyWriteExecute', 'no'], ['ProcSubset', 'pid'], ['CapabilityBoundingSet', '~CAP_SYS_PTRACE']),
    )
    expect([...left]).toContain('write-exec-memory')
    expect([...bears]).toEqual(expect.arrayContaining(['proc-files', 'CAP_SYS_PTRACE']))
    expect(bears.has('write-exec-memory')).toBe(false)
  })
})

function production(program: string, repository: string, tier: string, ...lines: ReadonlyArray<readonly [string, string]>): ProductionService {
  return {program, repository, tier, lines}
}

const shared = process.env['UNITLINT_FACTS'] ?? path.resolve(import.meta.dirname, '../../../shared/facts')
const table = path.join(shared, 'production-hardening.tsv')

describe.skipIf(!existsSync(table))('the table of production', () => {
  const services = existsSync(table)
    ? servicesOf(
        readFileSync(table, 'utf8')
          .split('\n')
          .slice(1)
          .filter((line) => line !== '')
          .map((line) => line.split('\t')),
      )
    : []

  it('is what the generated module says', () => {
    expect(attestedModule(services)).toBe(readFileSync('src/needs/data/attested.ts', 'utf8'))
  })

  it('has hardly a line that is off for a reason and that we call safe, also where its source is left out', () => {
    const counted = {lines: 0, safe: 0, off: 0, wrong: 0, wrongWithout: 0}
    for (const one of services.filter(({tier}) => 'ABCE'.includes(tier))) {
      const unit = unitOfService({program: one.program, lines: one.lines.filter(([directive]) => directive === 'User' || directive === 'DynamicUser')})
      const all = needs(unit)
      const without = {...attested(one.program, denialContext(unit).capabilities === 'all', (repository) => repository === one.repository)}
      const borne = new Map([...(without.bears ?? [])].map(([id, {grade}]) => [id, {grade, words: () => ''}]))
      const others = all.filter(({because, access}) => !because.includes(' leaves it to ') || without.needs?.has(access))
      const left = Object.assign(others, {isClosed: false, borne})
      for (const directive of new Set(one.lines.map(([its]) => its))) {
        if (!rowOf(directive)) continue
        const denied = [...deniedBy(unitOfService(one), directive)]
        const isOff = parseBoolean(one.lines.findLast(([its]) => its === directive)?.[1] ?? '') === false
        if (denied.length > 0) {
          counted.lines++
          if (judge(denied, left).applicability === 'safe') counted.safe++
        } else if (isOff && one.tier !== 'E') {
          const asked = denials(directive, 'yes', denialContext(unit))
          counted.off++
          if (asked.length > 0 && judge(asked, all).applicability === 'safe') counted.wrong++
          if (asked.length > 0 && judge(asked, left).applicability === 'safe') counted.wrongWithout++
        }
      }
    }
    if (process.env['UNITLINT_FIGURES'] !== undefined) console.log(JSON.stringify(counted))
    expect(counted.off).toBeGreaterThan(20)
    expect(counted.wrong).toBe(0)
    expect(counted.wrongWithout / counted.safe).toBeLessThan(0.004)
    expect(counted.safe / counted.lines).toBeGreaterThan(0.6)
  })
})
