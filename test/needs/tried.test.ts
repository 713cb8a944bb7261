import {describe, expect, test} from 'vitest'
import {denials} from '../../src/needs/denials.ts'
import {denialContext} from '../../src/needs/denial-context.ts'
import type {Trial} from '../../src/needs/evidence/of-tried.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import type {Weighed} from '../../src/needs/weigh.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'

function unit(text: string): LoadedUnit {
  const its = target('257')
  if (!its) throw new Error('Expected systemd 257')
  return load([{path: 'app.service', role: 'fragment', tree: parse(text)}], {
    name: 'app.service',
    type: 'service',
    target: its,
    manager: 'system',
  })
}

/** What is made of a line of a service after trials. */
function judged(text: string, line: readonly [string, string], trials: readonly Trial[]): Weighed {
  const its = unit(text)
  return weigh(
    denials(...line, denialContext(its)),
    needs(its, undefined, false, undefined, trials),
  )
}

const app = '[Service]\nExecStart=/opt/app/bin/server\n'
const trial: Trial = {
  date: '2026-11-28',
  systemd: '257',
  program: '/opt/app/bin/server',
  worked: [
    ['ProtectSystem', 'full'],
    ['ProtectHome', 'read-only'],
    ['SystemCallFilter', '~@mount @swap'],
  ],
  failed: [{line: ['ProtectHome', 'yes'], because: 'the check failed with it'}],
}

describe('what was tried', () => {
  test.each(trial.worked.map((line) => [line] as const))('is safe where it worked: %s', (line) => {
    const {applicability, by} = judged(app, line, [trial])
    expect([applicability, by?.()]).toEqual(['safe', ['tried 2026-11-28 on systemd 257']])
  })

  test.each(trial.worked.map((line) => [line] as const))(
    'is safe where it worked, though nobody sees what the service does: %s',
    (line) => {
      const unseen = app.replace('server', 'run.sh')
      const program = '/opt/app/bin/run.sh'
      expect(judged(unseen, line, []).applicability).toBe('unsafe')
      expect(judged(unseen, line, [{...trial, program}]).applicability).toBe('safe')
    },
  )

  test('is withheld where it failed, with the reason', () => {
    const {applicability, because} = judged(app, ['ProtectHome', 'yes'], [trial])
    expect(applicability).toBe('withheld')
    expect(because[0]).toMatchObject({
      because: '`ProtectHome=yes` was tried 2026-11-28 on systemd 257: the check failed with it',
      certain: true,
    })
  })

  test('makes what it does not speak of no safer', () => {
    for (const line of [
      ['SystemCallFilter', '~@debug'],
      ['PrivateNetwork', 'yes'],
      ['PrivateUsers', 'yes'],
    ] as const) {
      expect(judged(app, line, [trial]).applicability).toBe(judged(app, line, []).applicability)
    }
  })

  test('is of no use where the service runs another program', () => {
    const other = app.replace('server', 'another')
    for (const line of [...trial.worked, ['ProtectHome', 'yes'] as const])
      expect(judged(other, line, [trial]).applicability).toBe(judged(other, line, []).applicability)
  })

  test('is of no use where the service runs none', () => {
    const idle = '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStop=/opt/app/bin/server\n'
    for (const line of trial.worked)
      expect(judged(idle, line, [trial])).toEqual(judged(idle, line, []))
  })

  test('counts for less than what was tried later', () => {
    const later: Trial = {
      ...trial,
      date: '2026-12-24',
      worked: [['ProtectHome', 'yes']],
      failed: [{line: ['ProtectSystem', 'full'], because: 'it failed (exit-code)'}],
    }
    expect(judged(app, ['ProtectHome', 'yes'], [trial, later]).applicability).toBe('safe')
    expect(judged(app, ['ProtectSystem', 'full'], [trial, later]).applicability).toBe('withheld')
    expect(judged(app, ['ProtectSystem', 'full'], [later, trial]).applicability).toBe('safe')
  })

  test('lifts what is no more than likely', () => {
    const named = `[Unit]\nDescription=Zigbee bridge\n${app}`
    const line = ['PrivateDevices', 'yes'] as const
    expect(judged(named, line, []).applicability).not.toBe('safe')
    expect(judged(named, line, [{...trial, worked: [line], failed: []}]).applicability).toBe('safe')
  })

  test('does not lift what evidence is certain of', () => {
    const reader = app.replace('server', 'server --data /home/app')
    const lying: Trial = {...trial, worked: [['ProtectHome', 'yes']], failed: []}
    for (const trials of [[], [lying]])
      expect(judged(reader, ['ProtectHome', 'yes'], trials).applicability).toBe('withheld')
  })
})
