import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import {target} from '../../src/facts/targets.ts'
import type {Target} from '../../src/facts/targets.ts'
import {wholeExample} from '../../src/rule/example.ts'
import {assess} from '../../src/security/index.ts'
import {parse} from '../../src/syntax/parse.ts'
import {effectiveUnit} from '../../src/unit/effective.ts'
import {load, readBy, unitOf} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {upgrade} from '../../src/upgrade/differences.ts'
import type {Difference} from '../../src/upgrade/differences.ts'

function by(version: number): Target {
  const its = target(String(version))
  if (!its) throw new Error(`Expected systemd ${version}`)
  return its
}

function unitOfText(text: string, name = 'a.service'): LoadedUnit {
  const identity = unitOf(name)
  if (!identity) throw new Error(`Expected ${name} to be a unit`)
  return load([{path: name, role: 'fragment', tree: parse(text)}], {
    ...identity,
    target: by(252),
    manager: 'system',
  })
}

function differences(text: string, from: number, to: number): readonly Difference[] {
  return upgrade(unitOfText(text), by(from), by(to)).differences
}

const service = (...lines: string[]): string =>
  `[Service]\nExecStart=/usr/bin/app\n${lines.join('\n')}\n`

describe('what changes between two systemds', () => {
  const told = (lines: readonly string[], from: number, to: number): string[] =>
    differences(service(...lines), from, to)
      .filter(({kind}) => kind !== 'exposure')
      .map(
        ({at, directive, kind, message, isLoss}) =>
          `${at?.line ?? '-'} ${kind} ${directive ?? ''}: ${message}${isLoss ? ' (lost)' : ''}`,
      )

  it('is nothing where they are the same', () => {
    expect(differences(service('PrivateTmp=yes', 'Typo=1'), 257, 257)).toEqual([])
  })

  it('is nothing in the name of the instance that a template is taken for', () => {
    const text = service('User=%i', 'RuntimeDirectory=app-%i', 'Environment=NAME=%n')
    const {differences: found} = upgrade(unitOfText(text, 'a@.service'), by(252), by(257))
    expect(found.filter(({kind}) => kind !== 'exposure')).toEqual([])
  })

  it('are lines that begin to count, or no longer do', () => {
    expect(told(['RestartMode=direct'], 252, 257)).toEqual([
      '3 line RestartMode: no longer: unknown before systemd 254',
    ])
    expect(told(['RestartMode=direct'], 257, 252)).toEqual([
      '3 line RestartMode: unknown before systemd 254 (lost)',
    ])
    expect(told(['MemoryLimit=1G'], 257, 262).join('\n')).toMatch(
      /^3 line MemoryLimit: .*\(lost\)$/m,
    )
  })

  it('are values that mean something else, also where another line implies them', () => {
    expect(told(['DynamicUser=yes'], 252, 257)).toContain(
      '3 value PrivateTmp: `yes` becomes `disconnected`',
    )
    expect(told(['PrivateTmp=yes'], 252, 257)).toEqual([
      '3 name PrivateTmp: `yes` becomes `connected`',
    ])
  })

  it('are values that are written alike', () => {
    expect(told(['IOSchedulingClass=none'], 247, 252)).toEqual([
      '3 value IOSchedulingClass: `none` becomes `best-effort`',
    ])
    expect(told(['IOSchedulingClass=idle'], 247, 252)).toEqual([])
    expect(told(['StateDirectory=a:b c'], 247, 250)).toEqual([
      '3 value StateDirectory: `a:b c` becomes `a (link b) c`',
    ])
    expect(told(['StateDirectory=a:b c'], 250, 257)).toEqual([])
  })

  it('is the type of services that have credentials', () => {
    expect(told(['ExecStart=/x', 'LoadCredential=a:/b'], 252, 257)).toEqual([
      '4 value Type: now `exec`',
    ])
    expect(told(['ExecStart=/x', 'LoadCredential=a:/b'], 257, 252)).toEqual([
      '4 value Type: no longer `exec`',
    ])
    expect(told(['ExecStart=/x', 'Type=simple', 'LoadCredential=a:/b'], 252, 257)).toEqual([])
    expect(told(['ExecStart=/x'], 252, 257)).toEqual([])
  })

  it('is where `/tmp` of its own lies', () => {
    const early = ['PrivateTmp=yes', '[Unit]', 'DefaultDependencies=no']
    expect(told(early, 257, 262)).toEqual([
      "3 value PrivateTmp: its own `/tmp` lies in memory, no longer in the machine's",
    ])
    expect(told(early, 262, 257)).toEqual([
      "3 value PrivateTmp: its own `/tmp` lies in the machine's, no longer in memory",
    ])
    expect(told([...early, 'After=tmp.mount'], 257, 262)).toEqual([])
    expect(told(['PrivateTmp=yes'], 257, 262)).toEqual([])
  })

  it('are the calls that filters let pass or deny', () => {
    const [allowed, ...others] = told(['SystemCallFilter=@system-service'], 252, 257)
    expect(others).toEqual([])
    expect(allowed).toMatch(/^3 value SystemCallFilter: now allows .*`mseal`/)
    expect(told(['SystemCallFilter=~@file-system'], 252, 257).join('\n')).toMatch(
      /^3 value SystemCallFilter: .*now denies `/,
    )
  })

  it('is whether it is loaded', () => {
    const loading = (from: number, to: number): string[] =>
      told(['PrivatePIDs=yes', 'Type=forking'], from, to).filter((line) => line.includes(' load '))
    expect(loading(252, 257)).toEqual([
      '3 load : not loaded: `PrivatePIDs=yes` with `Type=forking` (lost)',
    ])
    expect(loading(257, 252)).toEqual([
      '3 load : loaded, which it was not: `PrivatePIDs=yes` with `Type=forking`',
    ])
  })

  it('are the exposure and its rows', () => {
    const {differences: found, exposure} = upgrade(unitOfText(service()), by(252), by(257))
    expect(exposure).toEqual({from: 96, to: 94})
    expect(found.map(({message}) => message)).toEqual(['row `PrivateMounts=`: 0.2 becomes good'])
  })
})

it('leaves nothing out: no complaint, value in force or row of the exposure changes without a word', () => {
  const texts = rules.flatMap(({examples: {bad, good}}) =>
    [...bad, ...good].map((example) => wholeExample(example)),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.tuple(version, version),
      ({name, unit: text}, [from, to]) => {
        const unit = unitOfText(text, name)
        const [was, is] = [readBy(unit, by(from)), readBy(unit, by(to))]
        const {differences: found, exposure} = upgrade(unit, by(from), by(to))
        const kinds = new Set<string>(found.map(({kind}) => kind))
        if (complaints(was) !== complaints(is)) expect(kinds).toContain('line')
        if (verdict(was).refusal?.reason !== verdict(is).refusal?.reason)
          expect(kinds).toContain('load')
        if (values(was) !== values(is))
          expect([...kinds].filter((kind) => kind !== 'exposure')).not.toEqual([])
        const tables = [rows(was), rows(is)]
        if (tables[0] !== tables[1] && !tables.includes(undefined))
          expect(kinds).toContain('exposure')
        if (exposure.from !== undefined) expect(exposure.from).toBe(totalOf(was))
        if (from === to) expect(found).toEqual([])
      },
    ),
    {numRuns: 2000},
  )
})

const version = fc.constantFrom(247, 252, 254, 257, 262)

function complaints(unit: LoadedUnit): string {
  return JSON.stringify(
    verdict(unit).complaints.map(({kind, span, effect, message}) => [kind, span, effect, message]),
  )
}

function values(unit: LoadedUnit): string {
  return JSON.stringify(
    effectiveUnit(unit).values.map(({section, key, value, expanded}) => [
      section,
      key,
      expanded ?? value,
    ]),
  )
}

/** Of what both load: a unit that is not loaded has none. */
function rows(unit: LoadedUnit): string | undefined {
  if (unit.type !== 'service') return undefined
  const assessed = assess(unit)
  return assessed.refused
    ? undefined
    : assessed.rows
        .map(({name, exposure, set}) => `${name} ${exposure} ${set}`)
        .toSorted()
        .join('\n')
}

function totalOf(unit: LoadedUnit): number | undefined {
  const assessed = assess(unit)
  return assessed.refused ? undefined : assessed.total
}
