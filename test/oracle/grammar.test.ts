import {describe, expect, test} from 'vitest'
import {differences, score, systemdScore} from '../security/compare.ts'
import {canScore, oracles, security, type Subject} from './systemd.ts'
import {compared} from './verify-subjects.ts'

const found = oracles()

/** Values that once meant something else than was said to be wrong with them. */
const scored: readonly Subject[] = [
  service(
    'errno',
    'SystemCallFilter=~@clock:eperm @swap:ETYPO @reboot:KILL @mount:Eagain @debug:+5',
  ),
  service('allowed', 'SystemCallFilter=@system-service @clock:EPERM'),
  service('nothing', 'SystemCallFilter=read\\ '),
  service('open', 'CapabilityBoundingSet=CAP_SYS_TIME "CAP_NET_ADMIN'),
  service('escape', String.raw`CapabilityBoundingSet=CAP_SYS_TIME CAP_NET_ADMIN\ `),
  service('numbers', 'CapabilityBoundingSet=~0b1 " 12" +0x19 21 64 -1'),
  service('lengths', 'IPAddressDeny=0.0.0.0/+0 ::/0x0'),
  service('family', 'RestrictAddressFamilies=af_unix "AF_INET" AF_TYPO AF_PACKET'),
  service('device', 'DeviceAllow=%B/dev/null r\nDevicePolicy=closed'),
]

const judged: readonly Subject[] = [
  ...['/a.raw', '-/a.raw:root:x', '/a.raw:nope:x', 'a.raw', '/a%Z.raw', '"/a.raw'].map(
    (value, index) => service(`image${index}`, `WorkingDirectory=/proc\nExtensionImages=${value}`),
  ),
  ...['/a.raw:/b', '/a.raw', '/a.raw:b', '/a.raw:/b:nope:x'].map((value, index) =>
    service(`mount${index}`, `WorkingDirectory=/proc\nMountImages=${value}`),
  ),
  ...['%A', '/%A', '%B/a', '/%m'].map((value, index) =>
    service(`root${index}`, `RootDirectory=${value}`),
  ),
  ...[`/${'n'.repeat(256)}`, '%A', '%r/bin/sh', '-%A', '-"/bin/sh'].map((value, index) =>
    service(`command${index}`, `ExecStartPre=${value}`),
  ),
  swap(String.raw`dev-disk-by\x2duuid-a\x5cx2fb`, 'UUID=a/b'),
  swap(String.raw`dev-disk-by\x2duuid-a-c`, 'UUID=a/c'),
  swap(String.raw`dev-disk-by\x2dlabel-x\x5cx20y`, 'LABEL="x y"'),
  swap(String.raw`dev-disk-by\x2dlabel-m`, 'LABEL="m"n'),
  swap(String.raw`dev-disk-by\x2did-foo`, 'ID=foo'),
  swap(String.raw`dev-disk-by\x2dpath-foo`, 'PATH=foo'),
]

describe.skipIf(found.length === 0)('what a value means', () => {
  test.each(found.filter(canScore))(
    'scores as systemd $name scores it',
    {timeout: 600_000},
    async (oracle) => {
      const answers = await security(oracle, scored)
      for (const subject of scored) {
        const theirs = systemdScore(answers.get(subject))
        expect(theirs, subject.name).toBeDefined()
        expect(differences(score(subject, oracle.version), theirs), subject.name).toEqual([])
      }
    },
  )

  test.each(found)('loads or not as systemd $name loads it', {timeout: 600_000}, async (oracle) => {
    const comparison = await compared(oracle, judged)
    expect(comparison.units).toBe(judged.length)
    expect(comparison.differences).toEqual([])
  })
})

test.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

function service(name: string, lines: string): Subject {
  return {name: `${name}.service`, text: `[Service]\nExecStart=/bin/sh\n${lines}\n`}
}

function swap(name: string, what: string): Subject {
  return {name: `${name}.swap`, text: `[Swap]\nWhat=${what}\n`}
}
