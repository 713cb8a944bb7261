import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {facadeFor, readyUnit} from '../../src/engine/ready-unit.ts'
import {target} from '../../src/facts/targets.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {candidates, hardeningOf} from '../../src/try/candidates.ts'
import type {Candidate} from '../../src/try/candidate.ts'
import {lineOf} from '../../src/try/candidate.ts'
import {serviceLines} from '../../src/try/lines.ts'
import {load} from '../../src/unit/load.ts'

const options = {rules: [], targets: [], manager: 'system'} as const

function unit(text: string, version = '257'): Unit {
  const its = target(version)
  if (!its) throw new Error(`Expected systemd ${version}`)
  return readyUnit(
    load([{path: 'app.service', role: 'fragment', tree: parse(text)}], {
      name: 'app.service',
      type: 'service',
      target: its,
      manager: 'system',
    }),
    options,
  )
}

function candidatesOf(its: Unit): readonly Candidate[] {
  return candidates(its, {found: [], wanted: hardeningOf(rules), facade: facadeFor(options)})
}

const names = (all: readonly Candidate[]): readonly string[] => all.map(lineOf)
const app = '[Service]\nExecStart=/opt/app/bin/server\n'

describe('what is tried', () => {
  test('is all that hardens, each as strict as it gets, with what is weaker behind it', () => {
    const all = candidatesOf(unit(app))
    const strongest = new Map(
      all.map((one) => [one.member === undefined ? one.key : lineOf(one), one]),
    )
    expect(strongest.get('ProtectSystem')).toMatchObject({
      value: 'strict',
      weaker: [{value: 'full'}, {value: 'yes'}],
    })
    expect(strongest.get('ProtectHome')).toMatchObject({value: 'yes'})
    for (const line of [
      'CapabilityBoundingSet=~CAP_SYS_ADMIN',
      'SystemCallFilter=~@mount',
      'RestrictNamespaces=~user',
      'RestrictAddressFamilies=~AF_INET AF_INET6',
    ]) {
      expect(strongest.has(line)).toBe(true)
    }
  })

  test('is nothing that would stay when the line is gone, nor what a check from here says nothing of', () => {
    const keys = new Set(candidatesOf(unit(app)).map(({key}) => key))
    for (const key of ['DynamicUser', 'User', 'RemoveIPC', 'UMask', 'IPAddressDeny', 'Delegate'])
      expect(keys.has(key)).toBe(false)
  })

  test('is nothing that evidence is certain of, down to the level that it bears', () => {
    const all = names(
      candidatesOf(unit('[Service]\nExecStart=/opt/app/bin/server --data /home/app\n')),
    )
    expect(all).not.toContain('ProtectHome=yes')
    expect(all.some((line) => line.startsWith('ProtectHome=yes'))).toBe(false)
  })

  test('is nothing that the unit has, or that its systemd does not know or refuses', () => {
    expect(
      names(
        candidatesOf(unit(`${app}PrivateTmp=yes\nProtectClock=yes\nSystemCallFilter=~@mount\n`)),
      ),
    ).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(?:ProtectClock=|SystemCallFilter=~@mount)/),
      ]),
    )
    expect(
      names(candidatesOf(unit(app, '252'))).filter((line) => line.startsWith('PrivatePIDs')),
    ).toEqual([])
    const forking = `[Service]\nType=forking\nPIDFile=/run/app.pid\nExecStart=/opt/app/bin/server\n`
    expect(
      names(candidatesOf(unit(forking))).filter((line) => line.startsWith('PrivatePIDs')),
    ).toEqual([])
  })

  test.each(['252', '257', '262'])(
    'is taken by systemd %s without a word, all of it at once',
    (version) => {
      for (const text of [
        app,
        `${app}CapabilityBoundingSet=CAP_CHOWN CAP_KILL\nRestrictAddressFamilies=AF_UNIX AF_INET\nRestrictNamespaces=user\nSystemCallFilter=@system-service\n`,
      ]) {
        const its = unit(text, version)
        const lines = serviceLines(candidatesOf(its), its)
        const after = unit(
          text + lines.map(([key, value]) => `${key}=${value}\n`).join(''),
          version,
        )
        expect(after.verdict).toEqual({complaints: [], refusal: undefined})
        expect(candidatesOf(after).map(lineOf)).toEqual([])
      }
    },
  )

  test('is written as one would write it', () => {
    const its = unit(app)
    const all = candidatesOf(its)
    const but = (...left: readonly string[]): readonly string[] =>
      serviceLines(
        all.filter((one) => one.member !== undefined && !left.includes(one.member)),
        its,
      ).map((line) => line.join('='))
    expect(but()).toEqual(
      expect.arrayContaining([
        'CapabilityBoundingSet=',
        'RestrictAddressFamilies=none',
        'RestrictNamespaces=yes',
        'SystemCallErrorNumber=EPERM',
      ]),
    )
    expect(but('CAP_CHOWN', 'AF_INET AF_INET6', 'user')).toEqual(
      expect.arrayContaining([
        'CapabilityBoundingSet=CAP_CHOWN',
        'RestrictAddressFamilies=AF_INET AF_INET6',
        'RestrictNamespaces=~cgroup ipc net mnt pid uts',
      ]),
    )
    expect(but('others')).toContain(
      'RestrictAddressFamilies=~AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET',
    )
  })
})
