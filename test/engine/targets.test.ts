import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {judge} from '../../src/engine/judge.ts'
import {target} from '../../src/facts/targets.ts'

const run = '[Service]\nExecStart=/usr/bin/x\n'

/**
 * What some rules find for some targets, with how safe their fixes are; and the exposure before and
 * after those that are safe.
 */
function judged(
  text: string,
  ids: readonly string[],
  targets: readonly string[],
): {readonly found: readonly string[]; readonly exposure: string | undefined} {
  const active = rules
    .filter(({id}) => ids.includes(id))
    .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
  const options = {
    rules: active,
    targets: targets.map((name) => target(name)!),
    manager: 'system',
  } as const
  const {files, exposure} = judge({files: [{path: 'a.service', text}]}, options)
  const found = files.flatMap(({findings}) =>
    findings.map(
      ({position, message, fix}) =>
        `${position.start.line}: ${message}${fix ? ` [${fix.applicability}]` : ''}`,
    ),
  )
  return {found, exposure: exposure && `${exposure.target}: ${exposure.before} ${exposure.after}`}
}

test.each<[string, readonly string[], readonly string[], readonly string[], string | undefined]>([
  [run, ['private-tmp'], ['257'], ['1: Expected `PrivateTmp=yes` [safe]'], '257: 94 92'],
  [
    run,
    ['private-tmp'],
    ['247', '257'],
    ['1: Expected `PrivateTmp=yes` (247, 257) [safe]'],
    '247: 96 94',
  ],
  [
    run,
    ['private-tmp'],
    ['257', '247'],
    ['1: Expected `PrivateTmp=yes` (247, 257) [safe]'],
    '247: 96 94',
  ],
  [
    run,
    ['private-tmp'],
    ['257', '257'],
    ['1: Expected `PrivateTmp=yes` (257) [safe]'],
    '257: 94 92',
  ],
  [
    run,
    ['private-tmp', 'private-pids'],
    ['252', '257'],
    [
      '1: Expected `PrivatePIDs=yes` (257) [suggestion]',
      '1: Expected `PrivateTmp=yes` (252, 257) [safe]',
    ],
    '252: 96 94',
  ],
  [
    '[Service]\nExecStart=/usr/bin/x\nPrivatePIDs=yes\n',
    ['no-unknown-directive'],
    ['252', '254', '257'],
    [],
    '252: 96 96',
  ],
  [
    '[Service]\nExecStart=/usr/bin/x\nPrivatePIDs=x\n',
    ['no-unknown-directive', 'no-invalid-value'],
    ['252', '257', '262'],
    ['3: Unexpected `x`, expected `no` or `yes` in `PrivatePIDs=` (257, 262)'],
    '252: 96 96',
  ],
  [run, ['private-tmp'], [], ['1: Expected `PrivateTmp=yes` [safe]'], '252: 96 94'],
  [
    '[Service]\nExecStart=/usr/bin/x\nMemoryLimit=1G\n',
    ['no-obsolete-directive'],
    ['247', '262'],
    ['3: Unexpected `MemoryLimit` in `[Service]`, expected `MemoryMax` (247) [safe]'],
    '247: 96 96',
  ],
  [
    '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=x\nProtectHome=y\nPrivateTmp=z ProtectSystem=x\n',
    ['no-invalid-value', 'private-tmp'],
    ['257'],
    [
      '1: Expected `PrivateTmp=yes` [safe]',
      '3: Unexpected `x`, expected `yes`, `no`, `connected` or `disconnected` in `PrivateTmp=`',
      '5: Unexpected `z ProtectSystem=x`, expected `yes`, `no`, `connected` or `disconnected` in `PrivateTmp=`',
    ],
    '257: 92 90',
  ],
  [
    '[Service]\nType=oneshot\nExecStart=/usr/bin/x\nRestart=always\n',
    ['private-tmp'],
    ['257'],
    ['1: Expected `PrivateTmp=yes` [safe]'],
    undefined,
  ],
])('%j by %j for %j', (text, ids, targets, found, exposure) => {
  expect(judged(text, ids, targets)).toEqual({found, exposure})
})

test('a fix that a later target would refuse the unit for is not made', () => {
  const active = rules
    .filter(({id}) => id === 'private-users')
    .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
  const text = `${run}UserNamespacePath=/proc/1/ns/user\n`
  const fixed = (names: readonly string[]): string | undefined =>
    judge(
      {files: [{path: 'a.service', text}]},
      {
        rules: active,
        targets: names.map((name) => target(name)!),
        manager: 'system',
        fix: 'unsafe',
      },
    ).files[0]?.text
  expect(fixed(['247'])).toContain('PrivateUsers=yes')
  expect(fixed(['247', '260'])).toBe(text)
})
