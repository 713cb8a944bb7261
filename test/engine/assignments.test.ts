import {describe, expect, test} from 'vitest'
import {amended} from '../../src/engine/amend.ts'
import {operations} from '../../src/engine/operations.ts'
import {lower, safety} from '../../src/engine/safety.ts'
import {isList, resetOf, waysTo, withAssignments} from '../../src/engine/write/assignments.ts'
import {target} from '../../src/facts/targets.ts'
import {valueFacts} from '../../src/facts/value-facts.ts'
import {remove, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {unitOf} from './fixing.ts'

/**
 * Ways to have a directive of a service mean something else in the drop-in behind one file; values
 * as `FILE:VALUE`.
 */
function ways(key: string, before: readonly string[], after: readonly string[]): unknown {
  const facts = valueFacts('Service', key, 257)!
  const values = (all: readonly string[]) =>
    all.map((one) => ({at: Number(one.slice(0, 1)), value: one.slice(2)}))
  return waysTo(
    {id: key, section: 'Service', key, facts, before: values(before), after: values(after)},
    1,
  )
}

describe('ways to say in a drop-in what a change means', () => {
  test.each<[string, readonly string[], readonly string[], unknown]>([
    ['Nice', ['0:1'], ['0:2'], [{values: ['2']}]],
    ['Nice', [], ['0:1', '0:2'], [{values: ['2']}]],
    ['User', ['0:a'], [], [{values: ['']}]],
    ['Type', ['0:oneshot'], [], []],
    ['ReadWritePaths', ['0:/a'], ['0:/a', '0:/b'], [{values: ['/b']}, {values: ['', '/a', '/b']}]],
    ['ReadWritePaths', ['0:/a'], ['0:/b'], [{values: ['', '/b']}]],
    ['ReadWritePaths', ['0:/a'], [], [{values: ['']}]],
    [
      'ReadWritePaths',
      ['0:/a', '1:/b'],
      ['0:/c', '1:/b'],
      [{values: ['', '/c'], isAbove: true}, {values: ['', '/c', '/b']}],
    ],
    [
      'ReadWritePaths',
      ['0:/a', '2:/z'],
      ['0:/a', '0:/b', '2:/z'],
      [{values: ['/b']}, {values: ['', '/a', '/b']}],
    ],
    ['CapabilityBoundingSet', ['0:CAP_CHOWN'], ['0:CAP_KILL'], [{values: ['~', 'CAP_KILL']}]],
    ['LoadCredential', ['0:a:/b'], ['0:a:/c'], []],
    ['LoadCredential', ['0:a:/b'], ['0:a:/b', '0:c:/d'], [{values: ['c:/d']}]],
  ])('%s from %j to %j', (key, before, after, expected) => {
    expect(ways(key, before, after)).toEqual(expected)
  })

  test('take back what was there', () => {
    const reset = (key: string, section = 'Service'): string | undefined =>
      resetOf(valueFacts(section, key, 257)!)
    expect(
      [
        'ReadWritePaths',
        'CapabilityBoundingSet',
        'User',
        'LoadCredential',
        'SetCredentialEncrypted',
        'Type',
      ].map((key) => reset(key)),
    ).toEqual(['', '~', '', undefined, undefined, undefined])
    expect(
      ['ReadWritePaths', 'Nice', 'ExecStart'].map((key) =>
        isList(valueFacts('Service', key, 257)!),
      ),
    ).toEqual([true, false, true])
  })
})

describe('a drop-in with assignments', () => {
  const opening = '# Written by `unitlint --fix-to dropin`. Removing this file undoes it all.\n'
  const written = (
    text: string,
    assignments: Parameters<typeof withAssignments>[2],
    key = 'ReadWritePaths',
  ): string => {
    const files = [{path: 'a.service.d/x.conf', role: 'drop-in' as const, tree: parse(text)}]
    const dropIn = load(files, {
      name: 'a.service',
      type: 'service',
      target: target('257')!,
      manager: 'system',
    })
    return withAssignments(dropIn, {section: 'Service', key}, assignments)
  }

  test.each<[string, Parameters<typeof withAssignments>[2], string]>([
    ['', {values: ['/a']}, `${opening}[Service]\nReadWritePaths=/a\n`],
    ['# c', {values: ['/a']}, '# c\n\n[Service]\nReadWritePaths=/a\n'],
    ['# c\n', {values: ['/a', '/b']}, '# c\n\n[Service]\nReadWritePaths=/a\nReadWritePaths=/b\n'],
    ['[Unit]\r\n', {values: ['/a']}, '[Unit]\r\n\r\n[Service]\r\nReadWritePaths=/a\r\n'],
    ['[Service]\nNice=1\n', {values: ['/a']}, '[Service]\nNice=1\n\nReadWritePaths=/a\n'],
    [
      '[Service]\nReadWritePaths=/b\n',
      {values: ['/a']},
      '[Service]\nReadWritePaths=/b\nReadWritePaths=/a\n',
    ],
    [
      '[Service]\nReadWritePaths=/b\n',
      {values: ['', '/a'], isAbove: true},
      '[Service]\nReadWritePaths=\nReadWritePaths=/a\nReadWritePaths=/b\n',
    ],
    [
      '[Service]\nNice=1\n# c\n# d\n  ReadWritePaths = /b\nReadWritePaths=/c\n',
      {values: ['', '/a'], isAbove: true},
      '[Service]\nNice=1\n  ReadWritePaths =\n  ReadWritePaths = /a\n# c\n# d\n  ReadWritePaths = /b\nReadWritePaths=/c\n',
    ],
    [
      '[Service]\nReadWritePaths= \\\n /b\n',
      {values: ['/a'], isAbove: true},
      '[Service]\nReadWritePaths=/a\nReadWritePaths= \\\n /b\n',
    ],
    [
      '[Service]\nNice=1\n',
      {values: ['/a'], isAbove: true},
      '[Service]\nNice=1\n\nReadWritePaths=/a\n',
    ],
    [
      '[Unit]\nDescription=x\n',
      {values: ['/a'], isAbove: true},
      '[Unit]\nDescription=x\n\n[Service]\nReadWritePaths=/a\n',
    ],
  ])('%j and %j', (text, assignments, expected) => {
    expect(written(text, assignments)).toBe(expected)
  })
})

describe('how safe a fix is', () => {
  const of = (
    lines: string,
    change: (unit: Unit, line: (key: string) => Unit['lines'][number]) => readonly Change[],
  ): string => {
    const unit = unitOf(`[Service]\nExecStart=/opt/x\n${lines}\n`, '', target('257'))
    const all = operations(
      unit,
      change(unit, (key) => unit.lines.find((one) => one.key === key)!),
    )!
    return safety(unit, all, () => unitFor(amended(unit, all))).applicability
  }

  test.each<
    [
      string,
      string,
      (unit: Unit, line: (key: string) => Unit['lines'][number]) => readonly Change[],
      string,
    ]
  >([
    ['what hardly any service needs', '', () => [set('Service', 'ProtectClock', 'yes')], 'safe'],
    ['what services may need', '', () => [set('Service', 'PrivateNetwork', 'yes')], 'unsafe'],
    [
      'what this one shows to need',
      'Environment=X_HOST=db',
      () => [set('Service', 'PrivateNetwork', 'yes')],
      'suggestion',
    ],
    [
      'what another line than the one that changes shows to need',
      'Environment=X_HOST=db\nPrivateNetwork=no',
      (_unit, line) => [rewrite(line('PrivateNetwork'), 'yes')],
      'suggestion',
    ],
    ['what denies nothing', '', () => [set('Service', 'Restart', 'always')], 'safe'],
    [
      'what denies no more',
      'ProtectHome=yes',
      (_unit, line) => [remove(line('ProtectHome'))],
      'safe',
    ],
    [
      'what only the line itself shows to be needed',
      'CapabilityBoundingSet=CAP_SYS_MODULE',
      (_unit, line) => [rewrite(line('CapabilityBoundingSet'), '~CAP_SYS_MODULE')],
      'unsafe',
    ],
  ])('%s', (_what, lines, change, expected) => {
    expect(of(lines, change)).toBe(expected)
  })

  test('is the less safe of two', () => {
    const all = ['safe', 'unsafe', 'suggestion'] as const
    expect(all.map((one) => all.map((other) => lower(one, other)).join(' '))).toEqual([
      'safe unsafe suggestion',
      'unsafe unsafe suggestion',
      'suggestion suggestion suggestion',
    ])
  })
})
