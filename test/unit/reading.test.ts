import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {deadLines} from '../../src/unit/dead.ts'
import {overridden} from '../../src/unit/overridden.ts'
import {literalPercents} from '../../src/unit/percents.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {taken} from '../../src/unit/read/taken.ts'

/** A unit with drop-ins. */
function unitOf(
  name: string,
  text: string,
  version = 257,
  dropIns: readonly string[] = [],
): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const own = dropIns.map((dropIn, index) => ({
    path: `${name}.d/${index}.conf`,
    role: 'drop-in' as const,
    tree: parse(dropIn),
  }))
  return load([{path: name, role: 'fragment', tree: parse(text)}, ...own], {
    name,
    type,
    target: {name: String(version), version},
    manager: 'system',
  })
}

describe('what becomes of lines', () => {
  /** `KEY=VALUE: STATE by WHAT as WHAT COUNTS -LOST WORD`. */
  test.each<[string, string, number, readonly string[]]>([
    [
      'a.service',
      '[Service]\nCapabilityBoundingSet=CAP_CHOWN\nCapabilityBoundingSet=~CAP_KILL\nCapabilityBoundingSet=CAP_KILL',
      257,
      [
        'CapabilityBoundingSet=CAP_CHOWN: counts',
        'CapabilityBoundingSet=~CAP_KILL: counts',
        'CapabilityBoundingSet=CAP_KILL: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nCapabilityBoundingSet=CAP_CHOWN\nCapabilityBoundingSet=',
      257,
      [
        'CapabilityBoundingSet=CAP_CHOWN: taken-back by CapabilityBoundingSet=',
        'CapabilityBoundingSet=: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nCapabilityBoundingSet=CAP_CHOWN\nCapabilityBoundingSet=~',
      257,
      [
        'CapabilityBoundingSet=CAP_CHOWN: overridden by CapabilityBoundingSet=~',
        'CapabilityBoundingSet=~: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nAmbientCapabilities=CAP_CHOWN\nAmbientCapabilities=',
      257,
      [
        'AmbientCapabilities=CAP_CHOWN: taken-back by AmbientCapabilities=',
        'AmbientCapabilities=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nCapabilityBoundingSet=CAP_CHOWN CAP_FOO 5\nCapabilityBoundingSet=CAP_FOO',
      257,
      [
        'CapabilityBoundingSet=CAP_CHOWN CAP_FOO 5: overridden by CapabilityBoundingSet=CAP_FOO -CAP_FOO',
        'CapabilityBoundingSet=CAP_FOO: counts -CAP_FOO',
      ],
    ],
    [
      'a.service',
      '[Service]\nRestrictAddressFamilies=AF_INET\nRestrictAddressFamilies=none',
      249,
      [
        'RestrictAddressFamilies=AF_INET: overridden by RestrictAddressFamilies=none',
        'RestrictAddressFamilies=none: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nRestrictAddressFamilies=AF_INET\nRestrictAddressFamilies=none',
      247,
      ['RestrictAddressFamilies=AF_INET: counts', 'RestrictAddressFamilies=none: counts -none'],
    ],
    [
      'a.service',
      '[Service]\nRestrictAddressFamilies=AF_FOO\nRestrictAddressFamilies=AF_INET AF_FOO AF_UNIX',
      257,
      [
        'RestrictAddressFamilies=AF_FOO: counts -AF_FOO',
        'RestrictAddressFamilies=AF_INET AF_FOO AF_UNIX: counts as AF_INET AF_UNIX -AF_FOO',
      ],
    ],
    [
      'a.service',
      '[Service]\nRestrictNamespaces=user\nRestrictNamespaces=yes\nRestrictNamespaces=~net',
      257,
      [
        'RestrictNamespaces=user: overridden by RestrictNamespaces=yes',
        'RestrictNamespaces=yes: counts',
        'RestrictNamespaces=~net: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nRestrictNamespaces=user\nRestrictNamespaces=',
      257,
      ['RestrictNamespaces=user: taken-back by RestrictNamespaces=', 'RestrictNamespaces=: resets'],
    ],
    [
      'a.service',
      '[Service]\nDelegate=cpu\nDelegate=yes\nDelegate=io\nDelegate=',
      257,
      [
        'Delegate=cpu: overridden by Delegate=yes',
        'Delegate=yes: taken-back by Delegate=',
        'Delegate=io: taken-back by Delegate=',
        'Delegate=: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nSystemCallFilter=@clock @foo\nSystemCallFilter=~@mount\nSystemCallFilter=',
      257,
      [
        'SystemCallFilter=@clock @foo: taken-back by SystemCallFilter= -@foo',
        'SystemCallFilter=~@mount: taken-back by SystemCallFilter=',
        'SystemCallFilter=: resets',
      ],
    ],
    ['a.service', '[Service]\nSystemCallFilter=@foo', 257, ['SystemCallFilter=@foo: counts -@foo']],
    [
      'a.service',
      '[Service]\nSystemCallFilter=~@foo @mount',
      257,
      ['SystemCallFilter=~@foo @mount: counts as ~@mount -@foo'],
    ],
    [
      'a.service',
      '[Service]\nStateDirectory=a\nStateDirectoryMode=0700\nStateDirectory=',
      247,
      [
        'StateDirectory=a: taken-back by StateDirectory=',
        'StateDirectoryMode=0700: counts',
        'StateDirectory=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nStateDirectory=a\nStateDirectoryMode=0700\nStateDirectory=',
      251,
      [
        'StateDirectory=a: taken-back by StateDirectory=',
        'StateDirectoryMode=0700: taken-back by StateDirectory=',
        'StateDirectory=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nStateDirectory=a ../b /c\nStateDirectory=/d',
      257,
      ['StateDirectory=a ../b /c: counts', 'StateDirectory=/d: refused -/d'],
    ],
    [
      'a.service',
      '[Service]\nLoadCredential=a:/b\nLoadCredential=a:/c\nSetCredential=a:x\nLoadCredentialEncrypted=a:/d\nLoadCredential=',
      257,
      [
        'LoadCredential=a:/b: overridden by LoadCredential=a:/c',
        'LoadCredential=a:/c: overridden by LoadCredentialEncrypted=a:/d',
        'SetCredential=a:x: counts',
        'LoadCredentialEncrypted=a:/d: taken-back by LoadCredential=',
        'LoadCredential=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nSetCredential=a:x\nSetCredentialEncrypted=',
      257,
      [
        'SetCredential=a:x: taken-back by SetCredentialEncrypted=',
        'SetCredentialEncrypted=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=other',
      257,
      [
        'CPUSchedulingPolicy=rr: overridden by CPUSchedulingPolicy=other',
        'CPUSchedulingPriority=5: overridden by CPUSchedulingPolicy=other',
        'CPUSchedulingPolicy=other: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nCPUSchedulingPolicy=fifo\nCPUSchedulingPriority=6',
      257,
      [
        'CPUSchedulingPolicy=rr: overridden by CPUSchedulingPolicy=fifo',
        'CPUSchedulingPriority=5: overridden by CPUSchedulingPriority=6',
        'CPUSchedulingPolicy=fifo: counts',
        'CPUSchedulingPriority=6: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nIOSchedulingClass=best-effort\nIOSchedulingPriority=5\nIOSchedulingClass=none\nIOSchedulingPriority=6',
      257,
      [
        'IOSchedulingClass=best-effort: overridden by IOSchedulingClass=none',
        'IOSchedulingPriority=5: overridden by IOSchedulingClass=none',
        'IOSchedulingClass=none: counts',
        'IOSchedulingPriority=6: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nIOSchedulingClass=idle\nIOSchedulingPriority=5\nIOSchedulingClass=',
      257,
      [
        'IOSchedulingClass=idle: taken-back by IOSchedulingClass=',
        'IOSchedulingPriority=5: taken-back by IOSchedulingClass=',
        'IOSchedulingClass=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nTimeoutSec=5\nTimeoutStartSec=6\nTimeoutStopSec=7',
      257,
      [
        'TimeoutSec=5: overridden by TimeoutStopSec=7',
        'TimeoutStartSec=6: counts',
        'TimeoutStopSec=7: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nTimeoutStartSec=6\nTimeoutStopSec=7\nTimeoutSec=5',
      257,
      [
        'TimeoutStartSec=6: overridden by TimeoutSec=5',
        'TimeoutStopSec=7: overridden by TimeoutSec=5',
        'TimeoutSec=5: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nTimeoutSec=5\nTimeoutStopSec=7',
      257,
      ['TimeoutSec=5: counts', 'TimeoutStopSec=7: counts'],
    ],
    [
      'a.service',
      '[Service]\nEnvironment=A=1 B=2\nEnvironment=B=3\nEnvironment=C=4 C=5',
      257,
      [
        'Environment=A=1 B=2: counts as A=1 -B=2',
        'Environment=B=3: counts',
        'Environment=C=4 C=5: counts as C=5 -C=4',
      ],
    ],
    [
      'a.service',
      '[Service]\nEnvironment=A=1\nEnvironment=',
      257,
      ['Environment=A=1: taken-back by Environment= -A=1', 'Environment=: resets'],
    ],
    [
      'a.service',
      '[Service]\nEnvironment=A=1 2B=3 "C=4 5"\nEnvironment=\'A=2\'',
      257,
      ['Environment=A=1 2B=3 "C=4 5": counts as "C=4 5" -A=1 -2B=3', "Environment='A=2': counts"],
    ],
    [
      'a.service',
      '[Service]\nEnvironment=A=1\nEnvironment=A=2',
      257,
      ['Environment=A=1: overridden by Environment=A=2 -A=1', 'Environment=A=2: counts'],
    ],
    [
      'a.service',
      '[Service]\nNice=1\nNice=\nNice=2',
      257,
      ['Nice=1: taken-back by Nice=', 'Nice=: resets', 'Nice=2: counts'],
    ],
    ['a.service', '[Service]\nNice=\nNice=', 257, ['Nice=: resets', 'Nice=: resets']],
    [
      'a.service',
      '[Service]\nUser=a\nUser=b\nUser=',
      257,
      ['User=a: overridden by User=b', 'User=b: taken-back by User=', 'User=: resets'],
    ],
    [
      'a.service',
      '[Service]\nReadWritePaths=/a b /c\nReadWritePaths=b',
      257,
      ['ReadWritePaths=/a b /c: counts as /a /c -b', 'ReadWritePaths=b: refused -b'],
    ],
    [
      'a.service',
      '[Service]\nReadWritePaths=/a "/b c" -/d\nReadWritePaths=\nReadWritePaths=/e',
      257,
      [
        'ReadWritePaths=/a "/b c" -/d: taken-back by ReadWritePaths=',
        'ReadWritePaths=: resets',
        'ReadWritePaths=/e: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nBindPaths=/a\nBindReadOnlyPaths=/b\nBindPaths=',
      257,
      [
        'BindPaths=/a: taken-back by BindPaths=',
        'BindReadOnlyPaths=/b: taken-back by BindPaths=',
        'BindPaths=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nOOMScoreAdjust=5\nOOMScoreAdjust=',
      257,
      ['OOMScoreAdjust=5: taken-back by OOMScoreAdjust=', 'OOMScoreAdjust=: counts'],
    ],
    [
      'a.service',
      '[Service]\nTasksMax=5\nTasksMax=',
      257,
      ['TasksMax=5: taken-back by TasksMax=', 'TasksMax=: counts'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=0 1\nCPUAffinity=2',
      257,
      ['CPUAffinity=0 1: counts', 'CPUAffinity=2: counts'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=0\nCPUAffinity=numa',
      257,
      ['CPUAffinity=0: overridden by CPUAffinity=numa', 'CPUAffinity=numa: counts'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=0 3-1',
      257,
      ['CPUAffinity=numa: overridden by CPUAffinity=0 3-1', 'CPUAffinity=0 3-1: counts as 0 -3-1'],
    ],
    ['a.service', '[Service]\nCPUAffinity=3-0', 254, ['CPUAffinity=3-0: counts']],
    ['a.service', '[Service]\nCPUAffinity=3-0', 262, ['CPUAffinity=3-0: refused -3-0']],
    [
      'a.service',
      '[Service]\nCPUAffinity=0\nCPUAffinity=3-0',
      254,
      ['CPUAffinity=0: counts', 'CPUAffinity=3-0: refused -3-0'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=3-0\nCPUAffinity=0',
      254,
      ['CPUAffinity=3-0: overridden by CPUAffinity=0', 'CPUAffinity=0: counts'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=3-0',
      254,
      ['CPUAffinity=numa: overridden by CPUAffinity=3-0', 'CPUAffinity=3-0: counts'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=a',
      257,
      ['CPUAffinity=numa: counts', 'CPUAffinity=a: refused'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=a',
      262,
      ['CPUAffinity=numa: overridden by CPUAffinity=a', 'CPUAffinity=a: refused -a'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=%z',
      262,
      ['CPUAffinity=numa: counts', 'CPUAffinity=%z: refused'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=0 "1',
      262,
      ['CPUAffinity=numa: counts', 'CPUAffinity=0 "1: refused'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=numa\nCPUAffinity=8192',
      262,
      ['CPUAffinity=numa: overridden by CPUAffinity=8192', 'CPUAffinity=8192: refused -8192'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=0\nCPUAffinity=,',
      257,
      ['CPUAffinity=0: overridden by CPUAffinity=,', 'CPUAffinity=,: resets'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=0\nCPUAffinity=4294967295',
      257,
      ['CPUAffinity=0: overridden by CPUAffinity=4294967295', 'CPUAffinity=4294967295: resets'],
    ],
    [
      'a.service',
      '[Service]\nAllowedCPUs=0\nAllowedCPUs=,',
      262,
      ['AllowedCPUs=0: counts', 'AllowedCPUs=,: idle'],
    ],
    [
      'a.service',
      '[Service]\nCPUAffinity=0\nCPUAffinity=%i',
      257,
      ['CPUAffinity=0: overridden by CPUAffinity=%i', 'CPUAffinity=%i: resets'],
    ],
    [
      'a.service',
      '[Service]\nAllowedCPUs=3-0\nAllowedCPUs=3-0 1',
      257,
      ['AllowedCPUs=3-0: refused -3-0', 'AllowedCPUs=3-0 1: counts as 1 -3-0'],
    ],
    [
      'a.service',
      '[Service]\nAllowedCPUs=0,2-4%inuma\nAllowedCPUs=0 2-4%inuma 7',
      262,
      ['AllowedCPUs=0,2-4%inuma: counts', 'AllowedCPUs=0 2-4%inuma 7: counts as 0 7 -2-4%inuma'],
    ],
    ['a.service', '[Service]\nAllowedCPUs=a,b', 262, ['AllowedCPUs=a,b: refused']],
    [
      'a.service',
      '[Service]\nNUMAMask=3-0\nNUMAMask=all',
      257,
      ['NUMAMask=3-0: overridden by NUMAMask=all', 'NUMAMask=all: counts'],
    ],
    [
      'a.service',
      '[Service]\nSupplementaryGroups=a b:c d',
      257,
      ['SupplementaryGroups=a b:c d: counts'],
    ],
    [
      'a.service',
      '[Service]\nExecStart=/a\nExecStart=b\nExecStart=/c ; d ; /e',
      257,
      ['ExecStart=/a: counts', 'ExecStart=b: counts', 'ExecStart=/c ; d ; /e: counts'],
    ],
    ['a.service', '[Service]\nExecStart=/a %z', 257, ['ExecStart=/a %z: counts']],
    [
      'a.service',
      '[Service]\nStandardInputText=a\nStandardInputData=YQ==\nStandardInputText=',
      257,
      [
        'StandardInputText=a: taken-back by StandardInputText=',
        'StandardInputData=YQ==: taken-back by StandardInputText=',
        'StandardInputText=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nDeviceAllow=/dev/a rw\nDeviceAllow=\nDevicePolicy=closed',
      257,
      [
        'DeviceAllow=/dev/a rw: taken-back by DeviceAllow=',
        'DeviceAllow=: resets',
        'DevicePolicy=closed: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nIPAddressAllow=any\nIPAddressAllow=x 1.2.3.4 y',
      257,
      ['IPAddressAllow=any: counts', 'IPAddressAllow=x 1.2.3.4 y: counts as 1.2.3.4 -x -y'],
    ],
    [
      'a.service',
      '[Service]\nIPAddressAllow=x 1.2.3.4',
      247,
      ['IPAddressAllow=x 1.2.3.4: refused'],
    ],
    [
      'a.service',
      '[Service]\nLogExtraFields=A=b c=d',
      257,
      ['LogExtraFields=A=b c=d: counts as A=b -c=d'],
    ],
    [
      'a.service',
      '[Service]\nUnsetEnvironment=A 2B C',
      257,
      ['UnsetEnvironment=A 2B C: counts as A C -2B'],
    ],
    [
      'a.service',
      '[Service]\nPassEnvironment=A 2B C\nPassEnvironment=',
      257,
      ['PassEnvironment=A 2B C: taken-back by PassEnvironment= -2B', 'PassEnvironment=: resets'],
    ],
    [
      'a.service',
      '[Service]\nSlice=a.slice\nSlice=',
      257,
      ['Slice=a.slice: counts', 'Slice=: refused'],
    ],
    [
      'a.service',
      '[Service]\nRestrictFileSystems=ext4 foo',
      257,
      ['RestrictFileSystems=ext4 foo: counts'],
    ],
    [
      'a.service',
      '[Service]\nSystemCallErrorNumber=EPERM\nSystemCallErrorNumber=EFOO\nSystemCallErrorNumber=',
      257,
      [
        'SystemCallErrorNumber=EPERM: taken-back by SystemCallErrorNumber=',
        'SystemCallErrorNumber=EFOO: refused',
        'SystemCallErrorNumber=: resets',
      ],
    ],
    ['a.service', '[Service]\nMountImages=/a:/b /c', 257, ['MountImages=/a:/b /c: counts']],
    [
      'a.service',
      '[Service]\nTemporaryFileSystem=/a b /c:ro',
      257,
      ['TemporaryFileSystem=/a b /c:ro: counts'],
    ],
    [
      'a.service',
      '[Service]\nLimitNOFILE=5\nLimitNOFILE=6:7\nLimitNOFILE=',
      257,
      [
        'LimitNOFILE=5: overridden by LimitNOFILE=6:7',
        'LimitNOFILE=6:7: counts',
        'LimitNOFILE=: refused',
      ],
    ],
    [
      'a.service',
      '[Service]\nSuccessExitStatus=1 foo SIGTERM\nSuccessExitStatus=',
      257,
      [
        'SuccessExitStatus=1 foo SIGTERM: taken-back by SuccessExitStatus= -foo',
        'SuccessExitStatus=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nRestartPreventExitStatus=foo',
      257,
      ['RestartPreventExitStatus=foo: refused -foo'],
    ],
    [
      'a.service',
      '[Service]\nSocketBindAllow=tcp:80\nSocketBindAllow=any',
      257,
      ['SocketBindAllow=tcp:80: counts', 'SocketBindAllow=any: counts'],
    ],
    [
      'a.service',
      '[Service]\nProtectSystem=full # c\nProtectSystem=yes',
      257,
      ['ProtectSystem=full # c: refused', 'ProtectSystem=yes: counts'],
    ],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nListenFIFO=/a\nListenDatagram=\nListenStream=81',
      257,
      [
        'ListenStream=80: taken-back by ListenDatagram=',
        'ListenFIFO=/a: taken-back by ListenDatagram=',
        'ListenDatagram=: resets',
        'ListenStream=81: counts',
      ],
    ],
    [
      'a.timer',
      '[Timer]\nOnBootSec=1\nOnCalendar=daily\nOnActiveSec=\nOnCalendar=weekly',
      257,
      [
        'OnBootSec=1: taken-back by OnActiveSec=',
        'OnCalendar=daily: taken-back by OnActiveSec=',
        'OnActiveSec=: resets',
        'OnCalendar=weekly: counts',
      ],
    ],
    [
      'a.path',
      '[Path]\nPathExists=/a\nPathChanged=\nPathModified=/b',
      257,
      [
        'PathExists=/a: taken-back by PathChanged=',
        'PathChanged=: resets',
        'PathModified=/b: counts',
      ],
    ],
    [
      'a.target',
      '[Unit]\nAfter=a.service\nAfter=\nAfter=b foo c.service\nDocumentation=http://a man:b x\nDocumentation=\nConditionPathExists=/a\nConditionUser=\nConditionPathExists=/b\nRequiresMountsFor=/a b /c',
      257,
      [
        'After=a.service: counts',
        'After=: idle',
        'After=b foo c.service: counts as c.service -b -foo',
        'Documentation=http://a man:b x: taken-back by Documentation= -x',
        'Documentation=: resets',
        'ConditionPathExists=/a: taken-back by ConditionUser=',
        'ConditionUser=: resets',
        'ConditionPathExists=/b: counts',
        'RequiresMountsFor=/a b /c: counts as /a /c -b',
      ],
    ],
    [
      'a.target',
      '[Unit]\nAssertPathExists=/a\nAssertUser=root\nConditionUser=root\nAssertPathExists=',
      257,
      [
        'AssertPathExists=/a: taken-back by AssertPathExists=',
        'AssertUser=root: taken-back by AssertPathExists=',
        'ConditionUser=root: counts',
        'AssertPathExists=: resets',
      ],
    ],
    [
      'a.service',
      '[Service]\nReadWritePaths=/a%z /b\nReadOnlyPaths=~%z /b\nSystemCallArchitectures=native 5\nCapabilityBoundingSet=CAP_CHOWN 99',
      257,
      [
        'ReadWritePaths=/a%z /b: counts as /b -/a%z',
        'ReadOnlyPaths=~%z /b: counts as /b -~%z',
        'SystemCallArchitectures=native 5: counts as native -5',
        'CapabilityBoundingSet=CAP_CHOWN 99: counts',
      ],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation=x http://a',
      252,
      ['Documentation=x http://a: counts as http://a -x'],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation=man:a x%z\nDocumentation=man:a man:%z',
      252,
      ['Documentation=man:a x%z: refused', 'Documentation=man:a man:%z: refused'],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation=man:%n x\nDocumentation="http://a b\nDocumentation=man:a "man:b c',
      252,
      [
        'Documentation=man:%n x: counts',
        'Documentation="http://a b: refused',
        'Documentation=man:a "man:b c: counts as man:a -"man:b c',
      ],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation="http://a b\nDocumentation=man:a "man:b c',
      257,
      ['Documentation="http://a b: refused', 'Documentation=man:a "man:b c: refused'],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation=http://a x man:b',
      252,
      ['Documentation=http://a x man:b: counts as http://a man:b -x'],
    ],
    [
      'a.target',
      '[Unit]\nDocumentation=http://a x man:b',
      257,
      ['Documentation=http://a x man:b: counts as http://a man:b -x'],
    ],
    [
      'a.service',
      '[Install]\nWantedBy=a.target\nWantedBy=\nAlso=b.service\nAlso=\nAlias=c.service',
      257,
      [
        'WantedBy=a.target: taken-back by WantedBy=',
        'WantedBy=: resets',
        'Also=b.service: counts',
        'Also=: idle',
        'Alias=c.service: counts',
      ],
    ],
    [
      'a.service',
      '[Unit]\nStartLimitBurst=5\n[Service]\nStartLimitBurst=6\nStartLimitInterval=7',
      257,
      [
        'StartLimitBurst=5: overridden by StartLimitBurst=6',
        'StartLimitBurst=6: counts',
        'StartLimitInterval=7: counts',
      ],
    ],
    [
      'a.service',
      '[Service]\nBlockIOReadBandwidth=/a 5M\nBlockIOWriteBandwidth=\nCPUShares=5\nCPUShares=',
      252,
      [
        'BlockIOReadBandwidth=/a 5M: taken-back by BlockIOWriteBandwidth=',
        'BlockIOWriteBandwidth=: resets',
        'CPUShares=5: taken-back by CPUShares=',
        'CPUShares=: resets',
      ],
    ],
    [
      'a.service',
      '[Unit]\nRequiresMountsFor=/b "/a %z "/a /c\nRequiresMountsFor="/%z"',
      262,
      [
        'RequiresMountsFor=/b "/a %z "/a /c: counts as /b /c -"/a %z "/a',
        'RequiresMountsFor="/%z": refused -"/%z"',
      ],
    ],
    [
      'a.slice',
      '[Slice]\nMemoryMax=1G\nMemoryMax=infinity',
      257,
      ['MemoryMax=1G: overridden by MemoryMax=infinity', 'MemoryMax=infinity: counts'],
    ],
  ])('%s %j (%i)', (name, text, version, expected) => {
    const told = reading(unitOf(name, text, version)).lines.map(
      ({assignment: {key, value}, state, by, counted, lost}) => {
        const taken = by ? ` by ${by.key}=${by.value}` : ''
        const left = counted.value === value ? '' : ` as ${counted.value}`
        return `${key}=${value}: ${state}${taken}${left}${lost.map(({from, to}) => ` -${value.slice(from, to)}`).join('')}`
      },
    )
    expect(told).toEqual(expected)
  })
})

describe('lines of one file that others take the effect of', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['[Service]\nNice=1\nNice=2', [], ['Nice=1 replaced by Nice=2 idle']],
    ['[Service]\nNice=1', ['[Service]\nNice=2'], []],
    ['[Service]\nNice=1\nNice=2\nUser=a:b', [], []],
    [
      '[Service]\nReadWritePaths=/a\nReadWritePaths=',
      [],
      ['ReadWritePaths=/a reset by ReadWritePaths='],
    ],
    [
      '[Service]\nEnvironment=A=1 B=2\nEnvironment=B=3',
      [],
      ['Environment=A=1 B=2 variable by Environment=B=3 idle B 4-7'],
    ],
    [
      '[Service]\nEnvironment=A=1\nEnvironment=A=2',
      [],
      ['Environment=A=1 variable by Environment=A=2 idle A 0-3 alone'],
    ],
    ['[Service]\nEnvironment=A=1\nEnvironment=', [], ['Environment=A=1 reset by Environment=']],
    [
      '[Service]\nEnvironment=A=1 A=2',
      [],
      ['Environment=A=1 A=2 variable by Environment=A=1 A=2 idle A 0-3'],
    ],
    [
      '[Service]\nCPUSchedulingPolicy=rr\nCPUSchedulingPolicy=fifo',
      [],
      ['CPUSchedulingPolicy=rr replaced by CPUSchedulingPolicy=fifo'],
    ],
    ['[Service]\nNice=\nNice=1', [], []],
    [
      '[Service]\nEnvironment=A=1',
      ['[Service]\nEnvironment=A=2\nEnvironment=A=3'],
      ['Environment=A=2 variable by Environment=A=3 idle A 0-3 alone'],
    ],
  ])('%j with %j', (text, dropIns, expected) => {
    const told = [...overridden(unitOf('a.service', text, 257, dropIns))].map(
      ({assignment, why, by, isIdle, variable}) => {
        const word = variable
          ? ` ${variable.name} ${variable.word.start}-${variable.word.end}${variable.isAlone ? ' alone' : ''}`
          : ''
        return `${assignment.key}=${assignment.value} ${why} by ${by.key}=${by.value}${isIdle ? ' idle' : ''}${word}`
      },
    )
    expect(told).toEqual(expected)
  })
})

describe('lines written in vain', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'a.service',
      'x\n[Service]\nfoo\nNice=1\nNice=2\n=a\n[Foo]\nbar\nNice=3\n[X-Foo]\nbaz=1\nX-a=1\n',
      [],
      [
        'a.service:1-1  =x: before the first section',
        'a.service:3-3 Service =foo: a line without `=`',
        'a.service:4-4 Service Nice=1: overridden by Nice=2',
        'a.service:6-6 Service ==a: a line without a key',
        'a.service:9-9 Foo Nice=3: in a section that is unknown here',
      ],
    ],
    [
      'a.service',
      '[Service]\nUser=a:b\nNice=1\nfoo\n',
      ['[Service]\nNice=2\n'],
      [
        'a.service:2-2 Service User=a:b: Unexpected `a:b`, expected a name or number',
        'a.service:3-3 Service Nice=1: not read, as reading ends before',
        'a.service.d/0.conf:2-2 Service Nice=2: not read, as reading ends before',
      ],
    ],
    [
      'a.service',
      '[Service]\nNice=1\n',
      ['[Service]\nUser=a:b\nNice=2\n', '[Service]\nNice=3\n'],
      [
        'a.service:2-2 Service Nice=1: overridden by Nice=3',
        'a.service.d/0.conf:2-2 Service User=a:b: Unexpected `a:b`, expected a name or number',
        'a.service.d/0.conf:3-3 Service Nice=2: not read, as reading ends before',
      ],
    ],
    [
      'a.service',
      '[Service]\nNice=1\n[Serv\nNice=2\n',
      [],
      [
        'a.service:3-3 Service =[Serv: a header without `]`, at which reading ends',
        'a.service:4-4 Service Nice=2: not read, as reading ends before',
      ],
    ],
    [
      'a.service',
      '[Service]\nNice=1 \\\n 2 \\\n 3\nReadWritePaths=/a b\nRestartModee=x\nReadWritePaths=c\n',
      [],
      [
        'a.service:2-4 Service Nice=1   2   3: Unexpected `1   2   3`, expected a number from `-20` to `19`',
        'a.service:5-5 Service ReadWritePaths=b: Unexpected `b`, expected an absolute path',
        'a.service:6-6 Service RestartModee=x: unknown to systemd, which knows `RestartMode`',
        'a.service:7-7 Service ReadWritePaths=c: Unexpected `c`, expected an absolute path',
      ],
    ],
    [
      'a.service',
      '[Timer]\nNice=1\n[Unit]\nNice=2\nCPUShares=5\n',
      [],
      [
        'a.service:2-2 Timer Nice=1: in a section that is unknown here',
        'a.service:4-4 Unit Nice=2: unknown in [Unit], belongs in [Service]',
        'a.service:5-5 Unit CPUShares=5: unknown in [Unit], belongs in [Service]',
      ],
    ],
    [
      'a.socket',
      '[Socket]\nListenStream=80\nDelegate=yes\n',
      [],
      ['a.socket:3-3 Socket Delegate=yes: without effect in a socket'],
    ],
    [
      'a.timer',
      '[Timer]\nOnBootSec=1\nUnit=a.service\nUnit=b.service\n',
      [],
      ['a.timer:4-4 Timer Unit=b.service: only the first one counts'],
    ],
    [
      'a.service',
      '[Service]\nType=\nEnvironment=A=1 2B=2\nEnvironment=A=3\nRestrictNamespaces=\nReadWritePaths=\nX-a=1\nUser=a\nUser=\n',
      [],
      [
        'a.service:2-2 Service Type=: Unexpected empty value',
        'a.service:3-3 Service Environment=A=1 2B=2: overridden by Environment=A=3',
        'a.service:8-8 Service User=a: taken back by User=',
      ],
    ],
    [
      'a.service',
      '[Service]\n\udc80=1\nNice=1\n',
      [],
      [
        'a.service:2-2 Service =\udc80=1: bytes that are not UTF-8, at which reading ends',
        'a.service:3-3 Service Nice=1: not read, as reading ends before',
      ],
    ],
    [
      'a.service',
      '[a"b]\nNice=1\n',
      [],
      ['a.service:2-2 a"b Nice=1: not read, as reading ends before'],
    ],
  ])('%s %j with %j', (name, text, dropIns, expected) => {
    const told = deadLines(unitOf(name, text, 257, dropIns), new Map()).map(
      ({file, line, lastLine, section = '', key = '', value, reason, by}) => {
        return `${file.path}:${line}-${lastLine} ${section} ${key}=${value}: ${reason}${by ? ` by ${by.key}=${by.value}` : ''}`
      },
    )
    expect(told).toEqual(expected)
  })
})

test('of a line of which a part counts the others have that part', () => {
  const unit = unitOf('a.service', '[Service]\nSystemCallFilter=@clock nonsense')
  const values = taken(unit).assignments('Service', 'SystemCallFilter')
  expect(values.map(({value}) => value)).toEqual(['@clock'])
})

describe('percent signs that are meant as they stand', () => {
  const percents = (key: string, value: string, version: number): readonly number[] => {
    const section = ['Description', 'Documentation', 'After'].includes(key) ? 'Unit' : 'Service'
    const unit = unitOf('a.service', `[${section}]\n${key}=${value}`, version)
    return literalPercents(unit.lines[0]!, unit)
  }

  test.each<[string, string, number, readonly number[]]>([
    ['ExecStart', '/bin/date +%Y-%m', 257, [11, 14]],
    ['ExecStart', '/bin/date +%%Y', 257, []],
    ['ExecStart', '/bin/gdate "+%H %M" %i', 257, [13, 16]],
    ['ExecStart', "/bin/sh -c 'date +%s; echo %h'", 257, [18]],
    ['ExecStart', '/bin/updatedate +%s', 257, []],
    ['ExecStart', '/x %Y%m printf %s date +%d', 257, [3, 5, 15, 24]],
    ['ExecStart', '/bin/printf %s %i', 257, [12]],
    ['ExecStart', '/bin/printf -v x %s', 257, [17]],
    ['ExecStart', '/bin/printf -- %s', 257, [15]],
    ['ExecStart', '/bin/sh -c "printf(%d)"', 257, [19]],
    ['ExecStart', '/bin/printf %d/x', 257, []],
    ['ExecStart', '/bin/stat -c %U %h', 257, [13]],
    ['ExecStart', '/bin/stat --format=%U %h', 257, [19]],
    ['ExecStart', '/bin/stat -c "%U %G" %h', 257, [14, 17]],
    ['ExecStart', '/bin/find / -printf %p %h', 257, [20]],
    ['ExecStart', '/bin/git log --pretty=format:%h %h', 257, [29]],
    ['ExecStart', '/x core_pattern=%u %h', 257, [16]],
    ['ExecStart', '/x http://a/%C3%A9 %h', 257, [12, 15]],
    ['ExecStart', '/x http://a/%h', 257, []],
    ['ExecStart', '/x %Y%m%d', 257, [3, 5, 7]],
    ['ExecStart', '/x 100%% %Y%m', 257, [9, 11]],
    ['ExecStart', '/x %Y-%m %h', 257, [3, 6]],
    ['ExecStart', '/x %d.%m.%Y', 257, [3, 6, 9]],
    ['ExecStart', '/x %H:%M:%S', 257, [3, 6, 9]],
    ['ExecStart', '/x %H%M', 257, [3, 5]],
    ['ExecStart', '/x %H', 257, []],
    ['ExecStart', '/x %H-%M-%S', 257, [3, 6, 9]],
    ['ExecStart', '/x 100%CPU', 257, []],
    ['ExecStart', '/x %n', 257, []],
    ['ExecStart', 'date +%n', 257, [6]],
    ['ExecStart', '/bin/date -d x +%s ; %h', 257, [16]],
    ['ExecStart', '/bin/date -d "a|b" +%s', 257, []],
    ['Description', '100%CPU and %H', 257, [3]],
    ['Description', '100% of', 257, []],
    ['After', '%Y-%m', 257, []],
    ['Documentation', 'http://a/%C3%A9', 257, [9, 12]],
    ['ExecStart', '/bin/date +%Y-%m', 247, [14]],
    ['Nice', '%Y-%m', 257, []],
  ])('%s=%s (%i): %j', (key, value, version, expected) => {
    expect(percents(key, value, version)).toEqual(expected)
  })

  test('are looked for in lines that people write', () => {
    expect(
      [9997, 9998].map(
        (length) => percents('ExecStart', `/x ${'%Y%m'.padStart(length)}`, 257).length,
      ),
    ).toEqual([2, 0])
  })
})
