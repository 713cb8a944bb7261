import {describe, expect, test} from 'vitest'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {advice, modernWord, predecessor, removal, successor} from '../../src/unit/replacements.ts'

/** A service of one file. */
function unitOf(text: string, version: number): LoadedUnit {
  const files = [{path: 'a.service', role: 'fragment' as const, tree: parse(text)}]
  return load(files, {
    name: 'a.service',
    type: 'service',
    target: {name: String(version), version},
    manager: 'system',
  })
}

describe('what takes the place of an obsolete line', () => {
  test.each<[string, string, string, string, readonly number[], string | undefined]>([
    ['Service', 'CPUShares', '1024', '', [247, 257], 'Service.CPUWeight=100 same'],
    ['Service', 'CPUShares', '1024', '', [258, 262], 'Service.CPUWeight=100'],
    ['Service', 'CPUShares', '512', '', [247, 257], 'Service.CPUWeight=50 same'],
    ['Service', 'CPUShares', '512', '', [262], 'Service.CPUWeight=50'],
    ['Service', 'CPUShares', '1', '', [247, 257, 262], 'Service.CPUWeight=1'],
    ['Service', 'CPUShares', '2', '', [247, 257, 262], 'Service.CPUWeight=1'],
    ['Service', 'CPUShares', '262144', '', [247, 257, 262], 'Service.CPUWeight=10000'],
    ['Service', 'CPUShares', '', '', [247, 257], 'Service.CPUWeight= same'],
    ['Service', 'CPUShares', '', '', [262], 'Service.CPUWeight='],
    ['Service', 'CPUShares', 'x', '', [247, 257, 262], 'Service.CPUWeight=undefined'],
    ['Service', 'CPUShares', '0', '', [247, 257, 262], 'Service.CPUWeight=undefined'],
    ['Service', 'CPUShares', '01', '', [247, 257, 262], 'Service.CPUWeight=undefined'],
    ['Service', 'CPUShares', '99999999', '', [247, 257, 262], 'Service.CPUWeight=undefined'],
    ['Service', 'CPUShares', '1.5', '', [247, 257, 262], 'Service.CPUWeight=undefined'],
    ['Service', 'StartupCPUShares', '2048', '', [247, 257], 'Service.StartupCPUWeight=200 same'],
    ['Service', 'StartupCPUShares', '2048', '', [262], 'Service.StartupCPUWeight=200'],
    ['Service', 'BlockIOWeight', '500', '', [247, 257], 'Service.IOWeight=100 same'],
    ['Service', 'BlockIOWeight', '500', '', [262], 'Service.IOWeight=100'],
    ['Service', 'BlockIOWeight', '1000', '', [247, 257], 'Service.IOWeight=200 same'],
    ['Service', 'BlockIOWeight', '1000', '', [262], 'Service.IOWeight=200'],
    ['Service', 'BlockIOWeight', '7', '', [247, 257, 262], 'Service.IOWeight=1'],
    [
      'Service',
      'BlockIODeviceWeight',
      '/dev/sda 500',
      '',
      [247, 257],
      'Service.IODeviceWeight=/dev/sda 100 same',
    ],
    [
      'Service',
      'BlockIODeviceWeight',
      '/dev/sda 500',
      '',
      [262],
      'Service.IODeviceWeight=/dev/sda 100',
    ],
    [
      'Service',
      'BlockIODeviceWeight',
      '500',
      '',
      [247, 257, 262],
      'Service.IODeviceWeight=undefined',
    ],
    [
      'Service',
      'BlockIODeviceWeight',
      '/dev/sd a  10',
      '',
      [247, 257],
      'Service.IODeviceWeight=/dev/sd a 2 same',
    ],
    [
      'Service',
      'BlockIODeviceWeight',
      '/dev/sd a  10',
      '',
      [262],
      'Service.IODeviceWeight=/dev/sd a 2',
    ],
    ['Service', 'BlockIOWeight', '/x 500', '', [247, 257, 262], 'Service.IOWeight=undefined'],
    [
      'Service',
      'BlockIOReadBandwidth',
      '/dev/sda 5M',
      '',
      [247, 257],
      'Service.IOReadBandwidthMax=/dev/sda 5M same',
    ],
    [
      'Service',
      'BlockIOReadBandwidth',
      '/dev/sda 5M',
      '',
      [262],
      'Service.IOReadBandwidthMax=/dev/sda 5M',
    ],
    ['Service', 'BlockIOAccounting', 'yes', '', [247, 257, 262], 'Service.IOAccounting=yes'],
    ['Service', 'MemoryLimit', '1G', '', [247, 257], 'Service.MemoryMax=1G same'],
    ['Service', 'MemoryLimit', '1G', '', [262], 'Service.MemoryMax=1G'],
    ['Service', 'MemoryLimit', '', '', [247, 257], 'Service.MemoryMax= same'],
    ['Service', 'MemoryLimit', '', '', [262], 'Service.MemoryMax='],
    ['Service', 'MemoryLimit', '1G', 'MemoryMax=2G', [257], 'Service.MemoryMax=1G'],
    ['Service', 'MemoryLimit', '1G', 'MemoryAccounting=yes', [257], 'Service.MemoryMax=1G same'],
    ['Service', 'MemoryLimit', '1G', 'MemoryTHP=x', [257], 'Service.MemoryMax=1G same'],
    ['Service', 'CPUShares', '1024', 'CPUWeight=5', [257], 'Service.CPUWeight=100'],
    ['Service', 'CPUShares', '1024', 'CPUQuota=5%', [257], 'Service.CPUWeight=100 same'],
    ['Service', 'BlockIOWeight', '500', 'IOWeight=5', [257], 'Service.IOWeight=100'],
    ['Service', 'BlockIOWeight', '500', 'IOReadBandwidthMax=/a 5', [257], 'Service.IOWeight=100'],
    ['Unit', 'OnFailureIsolate', 'yes', '', [247, 257], 'Unit.OnFailureJobMode=isolate same'],
    ['Unit', 'OnFailureIsolate', 'no', '', [247, 257], 'Unit.OnFailureJobMode=replace same'],
    ['Unit', 'OnFailureIsolate', 'x', '', [247, 257], 'Unit.OnFailureJobMode=undefined'],
    ['Unit', 'OnFailureIsolate', '', '', [247, 257], 'Unit.OnFailureJobMode=undefined'],
    ['Unit', 'OnFailureIsolate', '1', '', [247, 257], 'Unit.OnFailureJobMode=isolate same'],
    ['Service', 'StartLimitInterval', '5', '', [257], 'Unit.StartLimitIntervalSec=5 same'],
    [
      'Service',
      'StartLimitInterval',
      '5',
      '[Unit]\nStartLimitIntervalSec=4',
      [257],
      'Unit.StartLimitIntervalSec=5',
    ],
    [
      'Service',
      'StartLimitInterval',
      '5',
      '[Unit]\nStartLimitInterval=4',
      [257],
      'Unit.StartLimitIntervalSec=5',
    ],
    [
      'Service',
      'StartLimitInterval',
      '5',
      'StartLimitInterval=4',
      [257],
      'Unit.StartLimitIntervalSec=5',
    ],
    ['Service', 'StartLimitBurst', '5', '', [257], 'Unit.StartLimitBurst=5 same'],
    [
      'Service',
      'StartLimitBurst',
      '5',
      '[Unit]\nStartLimitBurst=4',
      [257],
      'Unit.StartLimitBurst=5',
    ],
    ['Unit', 'StartLimitInterval', '5', '', [257], 'Unit.StartLimitIntervalSec=5 same'],
    ['Service', 'Restart', 'no', '', [257], undefined],
    ['Service', 'Nope', 'no', '', [257], undefined],
    ['Service', 'ManagedOOMMemoryPressureLimitPercent', '5%', '', [247], undefined],
    [
      'Service',
      'ManagedOOMMemoryPressureLimitPercent',
      '5%',
      '',
      [248],
      'Service.ManagedOOMMemoryPressureLimit=5%',
    ],
    ['Service', 'FailureAction', 'reboot', '', [257], 'Unit.FailureAction=reboot same'],
    ['Service', 'RebootArgument', 'x', '', [257], 'Unit.RebootArgument=x same'],
  ])('[%s] %s=%s, beside %j in %j: %s', (section, key, value, others, versions, expected) => {
    for (const version of versions) {
      const unit = unitOf(`[${section}]\n${key}=${value}\n${others}`, version)
      const found = successor(unit.all(section)[0]!, unit)
      expect(
        found && `${found.section}.${found.key}=${found.value}${found.isSame ? ' same' : ''}`,
      ).toBe(expected)
    }
  })

  test('is not worked out of what nobody writes', () => {
    const valueOf = (device: string): string | undefined => {
      const unit = unitOf(`[Service]\nBlockIODeviceWeight=${device} 500`, 257)
      return successor(unit.lines[0]!, unit)?.value
    }
    expect([valueOf('x'.repeat(196)), valueOf('x'.repeat(197))]).toEqual([
      `${'x'.repeat(196)} 100`,
      undefined,
    ])
  })
})

test.each<[string, number, number, boolean, string | undefined]>([
  ['CPUAccounting', 257, 258, true, 'as processor time is always counted'],
  ['CPUAccounting', 262, 258, true, 'as processor time is always counted'],
  ['BusPolicy', 257, 230, true, 'expected a policy of the D-Bus daemon'],
  ['BusPolicy', 262, 230, true, 'expected a policy of the D-Bus daemon'],
  ['Capabilities', 257, 230, false, 'expected `CapabilityBoundingSet` or `AmbientCapabilities`'],
  ['Capabilities', 262, 230, false, 'expected `CapabilityBoundingSet` or `AmbientCapabilities`'],
  ['Restart', 257, 257, false, undefined],
  ['Restart', 262, 262, false, undefined],
  ['NetClass', 257, 229, true, 'expected `NFTSet` or `IPAddressDeny`'],
  ['NetClass', 262, 229, true, 'expected `NFTSet` or `IPAddressDeny`'],
  ['SysVStartPriority', 257, 218, true, 'expected `After` or `Before`'],
  ['SysVStartPriority', 262, 218, true, 'expected `After` or `Before`'],
])('%s, for %i: gone since %i, needless: %s, %s', (key, version, since, isNeedless, expected) => {
  expect(removal(unitOf(`[Service]\n${key}=x`, version).lines[0]!, version)).toEqual({
    since,
    isNeedless,
  })
  expect(advice(key)).toBe(expected)
})

test('older directives and words that mean the same', () => {
  expect(['Upholds', 'RestartSteps', 'Restart'].map(predecessor)).toEqual([
    'Wants',
    'RestartSec',
    undefined,
  ])
  expect(modernWord('StandardOutput', 'syslog')).toBe('journal')
  expect(modernWord('StandardError', 'syslog+console')).toBe('journal+console')
  expect(modernWord('StandardOutput', 'journal')).toBeUndefined()
  expect(modernWord('StandardInput', 'syslog')).toBeUndefined()
})

test('lines that take each other back are tied up', () => {
  const tied = (lines: readonly string[], version: number): string[] => {
    const unit = unitOf(`[Service]\n${lines.join('\n')}\n`, version)
    return unit.lines.flatMap((line) =>
      successor(line, unit)?.isTiedUp ? [`${line.key}=${line.value}`] : [],
    )
  }
  for (const version of [247, 252, 257, 262]) {
    const bandwidths = ['BlockIOReadBandwidth=/a 5M', 'BlockIOWriteBandwidth=']
    expect(tied(bandwidths, version)).toEqual(bandwidths)
    expect(tied(['BlockIOWriteBandwidth=', 'BlockIOReadBandwidth=/a 5M'], version)).toEqual([])
    expect(tied(['CPUShares=5', 'CPUShares=', 'CPUShares=6'], version)).toEqual([
      'CPUShares=5',
      'CPUShares=',
    ])
    expect(tied(['MemoryLimit=5M', 'CPUShares='], version)).toEqual([])
    expect(tied(['ReadOnlyDirectories=/a', 'ReadOnlyDirectories='], version)).toEqual([])
  }
})
