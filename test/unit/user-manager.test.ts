import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {directive, directiveNames} from '../../src/facts/directives.ts'
import {priorities} from '../../src/facts/priorities.ts'
import {rowOf} from '../../src/facts/sandboxing/rows.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {canWorkForUsers, fateForUsers, limitForUsers} from '../../src/unit/user-manager.ts'
import type {UserFate} from '../../src/unit/user-manager.ts'
import {parse} from '../../src/syntax/parse.ts'

/**
 * What was tried under booted systems: directives, and what became of them by version; see the head
 * of the file.
 */
const rows = readFileSync('test/boot/user-manager.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))

function unitOf(lines: string, version: number): LoadedUnit {
  const text = `[Service]\nExecStart=/bin/true\n${lines.replaceAll('; ', '\n')}\n`
  const file = {path: 'a.service', role: 'fragment', tree: parse(text)} as const
  return load([file], {
    name: 'a.service',
    type: 'service',
    target: {name: String(version), version},
    manager: 'user',
  })
}

function fates(line: string, version: number): UserFate[] {
  const unit = unitOf(line, version)
  return unit
    .all('Service')
    .filter(({key}) => key !== 'ExecStart')
    .map(({key, value}) => fateForUsers(unit, 'Service', key, value))
}

/** Whether it is a single directive that the version knows. */
function isAlone(line: string, version: number): boolean {
  return (
    !line.includes(';') &&
    directive('Service', line.slice(0, line.indexOf('=')), version) !== undefined
  )
}

it('of what has no row nobody says that it works', () => {
  const names = directiveNames().filter(
    (key) => !rowOf(key) && !priorities.some((one) => one.key === key),
  )
  expect(names.length).toBeGreaterThan(400)
  expect(
    names.filter((key) => fates(`${key}=yes`, 257).some((fate) => fate !== 'unknown')),
  ).toEqual([])
  expect(fates('Nonsense=yes', 257)).toEqual(['unknown'])
  const unit = unitOf('PrivateUsers=yes', 257)
  expect(names.filter((key) => canWorkForUsers(unit, key))).toEqual([])
  expect(canWorkForUsers(unit, 'ProtectSystem')).toBe(true)
  expect(fates('AppArmorProfile=a', 257)).toEqual(['unknown'])
})

it.each([
  ['PrivateBPF=yes', ['ignored']],
  ['PrivateUsers=yes; PrivateBPF=yes', ['works', 'ignored']],
  ['PrivateBPF=yes; CapabilityBoundingSet=', ['ignored', 'fails-without-users']],
  ['PrivatePIDs=yes; CapabilityBoundingSet=', ['works', 'works']],
  ['BindLogSockets=yes; CapabilityBoundingSet=', ['works', 'works']],
  ['DelegateNamespaces=yes; CapabilityBoundingSet=', ['works', 'works']],
])('%s as it was tried on a booted 262', (line, told) => {
  expect(fates(line, 262)).toEqual(told)
})

it('nothing is asked for by a value that is empty, or that nobody has to ask for', () => {
  expect(fates('ProtectSystem=yes; ProtectSystem=', 252)).toEqual([
    'ignored-without-users',
    'works',
  ])
})

it('a limit lets users raise what they may not otherwise, where there is one', () => {
  expect(['Nice', 'IOSchedulingClass', 'ProtectSystem'].map(limitForUsers)).toEqual([
    'LimitNICE',
    undefined,
    undefined,
  ])
})

describe.each([
  [252, 1],
  [257, 2],
])("under a user's systemd %i", (version, column) => {
  it('services start or fail as they did', () => {
    const told = rows.map(
      ([line = '']) =>
        `${line}: ${fates(line, version).some((fate) => fate.startsWith('fails')) ? 'fails' : 'starts'}`,
    )
    expect(told).toEqual(
      rows.map((row) => `${row[0]}: ${row[column] === 'fails' ? 'fails' : 'starts'}`),
    )
  })

  it('what is said to have no effect had none, alone', () => {
    const ignored = rows.filter(
      ([line = '']) =>
        !line.includes(';') && fates(line, version).some((fate) => fate.startsWith('ignored')),
    )
    expect(ignored.length).toBeGreaterThan(10)
    expect(ignored.filter((row) => row[column] !== 'unseen')).toEqual([])
  })

  it('what had an effect somewhere and none here is said to have none', () => {
    const visible = new Set(
      rows
        .filter((row) => row.includes('works'))
        .map(([line]) => line?.replace('PrivateUsers=yes; ', '')),
    )
    const lost = rows.filter(
      ([line = '', ...row]) =>
        isAlone(line, version) && row[column - 1] === 'unseen' && visible.has(line),
    )
    expect(lost.length).toBeGreaterThan(0)
    expect(
      lost.filter(
        ([line = '']) => !fates(line, version).every((fate) => fate.startsWith('ignored')),
      ),
    ).toEqual([])
  })
})
