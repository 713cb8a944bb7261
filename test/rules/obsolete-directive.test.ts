import {describe, expect, it} from 'vitest'
import noObsoleteDirective from '../../rules/no-obsolete-directive.ts'
import noUnsupportedDirective from '../../rules/no-unsupported-directive.ts'
import noWarnedLine from '../../rules/no-warned-line.ts'
import {everywhere, directiveNames} from '../../src/facts/directives.ts'
import {advice, predecessor} from '../../src/unit/replacements.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noObsoleteDirective, {
  valid: [
    '[Unit]\nBindsTo=a.service\nStartLimitBurst=3\n[Service]\nExecStart=/x\nReadWritePaths=/a\n',
    {
      name: 'what systemd tells of itself',
      unit: '[Service]\nExecStart=/x\nMemoryLimit=1G\nPIDFile=/var/run/x.pid\n',
      target: '257',
    },
    {
      name: 'what systemd tells of itself, in older ones',
      unit: '[Service]\nExecStart=/x\nCapabilities=all\nStandardOutput=syslog\n',
      target: '247',
    },
    {name: 'a value that is not taken', unit: '[Service]\nExecStart=/x\nStartLimitInterval=5x\n'},
    {name: 'the wrong section', unit: '[Unit]\nReadOnlyDirectories=/a\n[Service]\nExecStart=/x\n'},
  ],
  invalid: [
    {
      name: 'names, each in its place',
      unit: '[Unit]\nBindTo=a.service b.service\nPropagateReloadTo = \\\n c.service\n[Service]\nExecStart=/x\nReadOnlyDirectories=\nReadOnlyDirectories=-/a\n',
      problems: [
        '2:1-2:7: Unexpected `BindTo` in `[Unit]`, expected `BindsTo`',
        '3:1-3:18: Unexpected `PropagateReloadTo` in `[Unit]`, expected `PropagatesReloadTo`',
        '7:1-7:20: Unexpected `ReadOnlyDirectories` in `[Service]`, expected `ReadOnlyPaths`',
        '8:1-8:20: Unexpected `ReadOnlyDirectories` in `[Service]`, expected `ReadOnlyPaths`',
      ],
      fixed:
        '[Unit]\nBindsTo=a.service b.service\nPropagatesReloadTo = \\\n c.service\n[Service]\nExecStart=/x\nReadOnlyPaths=\nReadOnlyPaths=-/a\n',
    },
    {
      name: 'another section',
      unit: '[Unit]\nDescription=a\n[Service]\nExecStart=/x\nStartLimitInterval=30s\nStartLimitBurst=3\n',
      problems: [
        '5:1-5:19: Unexpected `StartLimitInterval` in `[Service]`, expected `StartLimitIntervalSec` in `[Unit]`',
        '6:1-6:16: Unexpected `StartLimitBurst` in `[Service]`, expected `StartLimitBurst` in `[Unit]`',
      ],
      fixed:
        '[Unit]\nDescription=a\nStartLimitIntervalSec=30s\nStartLimitBurst=3\n[Service]\nExecStart=/x\n',
    },
    {
      name: 'another section that the file does not have',
      unit: '[Service]\nExecStart=/x\nStartLimitBurst=3\n',
      problems: [
        '3:1-3:16: Unexpected `StartLimitBurst` in `[Service]`, expected `StartLimitBurst` in `[Unit]`',
      ],
      fixed: '[Unit]\nStartLimitBurst=3\n\n[Service]\nExecStart=/x\n',
    },
    {
      name: 'another section that sets it too, by any name',
      unit: '[Unit]\nStartLimitInterval=1s\n[Service]\nExecStart=/x\nStartLimitInterval=2s\n',
      problems: [
        '2:1-2:19: Unexpected `StartLimitInterval` in `[Unit]`, expected `StartLimitIntervalSec`',
        '5:1-5:19: Unexpected `StartLimitInterval` in `[Service]`, expected `StartLimitIntervalSec` in `[Unit]`',
      ],
      fixed: '[Unit]\nStartLimitIntervalSec=1s\n[Service]\nExecStart=/x\nStartLimitInterval=2s\n',
    },
    {
      name: 'what an empty line takes back stays taken back',
      unit: '[Service]\nExecStart=/x\nBlockIOReadBandwidth=/dev/sda 5M\nBlockIOWriteBandwidth=\nBlockIOWriteBandwidth=/dev/sdb 5M\n',
      target: '247',
      problems: [
        '3:1-3:21: Unexpected `BlockIOReadBandwidth` in `[Service]`, expected `IOReadBandwidthMax`',
        '4:1-4:22: Unexpected `BlockIOWriteBandwidth` in `[Service]`, expected `IOWriteBandwidthMax`',
        '5:1-5:22: Unexpected `BlockIOWriteBandwidth` in `[Service]`, expected `IOWriteBandwidthMax`',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/x\nBlockIOReadBandwidth=/dev/sda 5M\nBlockIOWriteBandwidth=\nIOWriteBandwidthMax=/dev/sdb 5M\n',
    },
    {
      name: 'control groups of version 1, where nobody tells of them yet',
      unit: '[Service]\nExecStart=/x\nCPUShares=512\nBlockIOWeight=333\nMemoryLimit=1G\nMemoryHigh=512M\n',
      target: '247',
      problems: [
        '3:1-3:10: Unexpected `CPUShares` in `[Service]`, expected `CPUWeight=50`',
        '4:1-4:14: Unexpected `BlockIOWeight` in `[Service]`, expected `IOWeight=66`',
        '5:1-5:12: Unexpected `MemoryLimit` in `[Service]`, expected `MemoryMax`',
      ],
      fixed:
        '[Service]\nExecStart=/x\nCPUWeight=50\nBlockIOWeight=333\nMemoryLimit=1G\nMemoryHigh=512M\n',
      fixedUnsafely:
        '[Service]\nExecStart=/x\nCPUWeight=50\nIOWeight=66\nMemoryMax=1G\nMemoryHigh=512M\n',
    },
    {
      name: 'a folder that systemd changes by itself, which Debian keeps quiet',
      unit: '[Service]\nExecStart=/x\nPIDFile=/var/run/x.pid\n',
      problems: [
        '3:9-3:23: Unexpected `/var/run/x.pid`, expected a path below `/run` in `PIDFile=`',
      ],
      fixed: '[Service]\nExecStart=/x\nPIDFile=/run/x.pid\n',
    },
    {
      name: 'what no other directive does',
      unit: '[Service]\nExecStart=/x\nPermissionsStartOnly=yes\n',
      problems: [
        '3:1-3:21: Unexpected `PermissionsStartOnly` in `[Service]`, expected `!` or `+` before the commands that need to be root',
      ],
    },
  ],
})

tester.run(noUnsupportedDirective, {
  valid: [
    {
      name: 'what systemd keeps to itself',
      unit: '[Service]\nExecStart=/x\nPIDFile=/var/run/x.pid\n',
      target: '252',
    },
  ],
  invalid: [
    {
      name: 'too new, with what came before',
      unit: '[Service]\nExecStart=/x\nPrivatePIDs=yes\nImportCredential=a\n',
      problems: [
        '3:1-3:12: Unexpected `PrivatePIDs` in `[Service]`, known since systemd 257',
        '4:1-4:17: Unexpected `ImportCredential` in `[Service]`, known since systemd 254, expected `LoadCredential` before',
      ],
    },
    {
      name: 'gone',
      unit: '[Service]\nExecStart=/x\nMemoryLimit=1G\nCPUShares=1000\nCapabilities=all\nControlGroup=a\n',
      target: '262',
      problems: [
        '3:1-3:12: Unexpected `MemoryLimit` in `[Service]`, without effect since systemd 258, expected `MemoryMax`',
        '4:1-4:10: Unexpected `CPUShares` in `[Service]`, without effect since systemd 258, expected `CPUWeight=97`',
        '5:1-5:13: Unexpected `Capabilities` in `[Service]`, without effect since systemd 230, expected `CapabilityBoundingSet` or `AmbientCapabilities`',
        '6:1-6:13: Unexpected `ControlGroup` in `[Service]`, unknown since systemd 205, expected `Slice`',
      ],
      fixed:
        '[Service]\nExecStart=/x\nMemoryLimit=1G\nCPUShares=1000\nCapabilities=all\nControlGroup=a\n',
      fixedUnsafely:
        '[Service]\nExecStart=/x\nMemoryMax=1G\nCPUWeight=97\nCapabilities=all\nControlGroup=a\n',
    },
    {
      name: 'no such thing in a unit of this type',
      unit: '[Socket]\nListenStream=/run/x\nDelegate=yes\n',
      fileName: 'example.socket',
      problems: [
        '3:1-3:9: Unexpected `Delegate` in `[Socket]`, without effect in a unit of type `socket`',
      ],
    },
    {
      name: 'a name that lived for one version',
      unit: '[Service]\nExecStart=/x\nManagedOOMMemoryPressureLimitPercent=10%\n',
      problems: [
        '3:1-3:37: Unexpected `ManagedOOMMemoryPressureLimitPercent` in `[Service]`, unknown since systemd 248, expected `ManagedOOMMemoryPressureLimit`',
      ],
      fixedUnsafely: '[Service]\nExecStart=/x\nManagedOOMMemoryPressureLimit=10%\n',
    },
  ],
})

tester.run(noWarnedLine, {
  valid: [
    {
      name: 'what systemd keeps to itself',
      unit: '[Service]\nExecStart=/x\nPIDFile=/var/run/x.pid\n',
      target: '252',
    },
    {
      name: 'what a template leaves open',
      unit: '[Service]\nExecStart=/x\nUser=@USER@\n',
      options: {checkPlaceholders: false},
    },
  ],
  invalid: [
    {
      name: 'deprecated',
      unit: '[Unit]\nOnFailureIsolate=yes\nRequiresOverridable=a.service\n[Service]\nExecStart=/x\nMemoryLimit=1G\nBlockIODeviceWeight=/dev/sda 500\nStandardError=syslog\n',
      target: '257',
      problems: [
        '2:18-2:21: Unexpected `OnFailureIsolate` in `[Unit]`, deprecated, expected `OnFailureJobMode=isolate`',
        '3:1-3:20: Unexpected `RequiresOverridable` in `[Unit]`, deprecated, expected `Requires`',
        '6:13-6:15: Unexpected `MemoryLimit` in `[Service]`, deprecated, expected `MemoryMax`',
        '7:21-7:33: Unexpected `BlockIODeviceWeight` in `[Service]`, deprecated, expected `IODeviceWeight=/dev/sda 100`',
        '8:15-8:21: Unexpected `syslog`, which is obsolete, expected `journal`',
      ],
      fixed:
        '[Unit]\nOnFailureJobMode=isolate\nRequires=a.service\n[Service]\nExecStart=/x\nMemoryMax=1G\nIODeviceWeight=/dev/sda 100\nStandardError=journal\n',
    },
    {
      name: 'what nobody misses',
      unit: '[Service]\nExecStart=/x\nCPUAccounting=yes\nSysVStartPriority=99\n',
      target: '262',
      problems: [
        '3:1-3:14: Unexpected `CPUAccounting` in `[Service]`, needless since systemd 258, as processor time is always counted',
        '4:1-4:18: Unexpected `SysVStartPriority` in `[Service]`, needless since systemd 218, expected `After` or `Before`',
      ],
      fixed: '[Service]\nExecStart=/x\n',
    },
    {
      name: 'a backslash that stays one',
      unit: "[Service]\nExecStart=/bin/sed 's/a\\.b/\\n/'\n",
      problems: [
        '2:20-2:32: Unexpected escape sequence, expected one of C such as `\\x20`, or `\\\\` for a backslash in `ExecStart=`',
      ],
      fixed: "[Service]\nExecStart=/bin/sed 's/a\\\\.b/\\n/'\n",
    },
    {
      name: 'a user that others have too',
      unit: '[Service]\nExecStart=/x\nUser=nobody\n',
      problems: [
        '3:6-3:12: Unexpected `nobody`, expected a user that no other service has in `User=`',
      ],
    },
  ],
})

describe('what to do instead', () => {
  it('is told of every directive of units that was dropped without another in its place', () => {
    const dropped = directiveNames().filter((name) =>
      everywhere(name).some(
        ({sections, removedSince, unknownSince}) =>
          sections.some((section) => section !== 'BusName') && (removedSince ?? unknownSince),
      ),
    )
    const untold = dropped.filter(
      (name) =>
        advice(name) === undefined &&
        !/^(?:Startup)?(?:BlockIO|CPUShares|MemoryLimit)|^ManagedOOM|Null$|^ControlGroupPersistent$/.test(
          name,
        ),
    )
    expect(dropped.length).toBeGreaterThan(20)
    expect(untold).toEqual([])
  })

  it('names directives that are older', () => {
    const firstOf = (name: string): number =>
      Math.min(...everywhere(name).map(({since = 0}) => since))
    const newer = directiveNames().filter((name) => predecessor(name) !== undefined)
    expect(newer.length).toBeGreaterThan(5)
    for (const name of newer)
      expect(firstOf(predecessor(name) ?? ''), name).toBeLessThan(firstOf(name))
  })
})
