import type {UnitType} from '../../src/facts/unit-types.ts'
import {random, type Random} from './cases-random.ts'
import type {Subject} from './subject.ts'

/**
 * Small units of lines that decide whether systemd loads them. The same seed gives the same units.
 */
export function units(version: number, count: number, seed: number): Subject[] {
  const next = random(seed * 104_729 + version)
  return Array.from({length: count}, (_, index) => {
    const type = next.pick(types)
    const {section, names, lines} = parts[type] ?? {section: 'Unit', names: ['x'], lines: []}
    const chosen = Array.from({length: next.between(0, 6)}, () => next.pick(lines))
    const isFree = names.length === 1
    return {
      name: `${isFree ? `u${index}x` : next.pick(names)}.${type}`,
      text: `${chosen.map((line) => textOf(line, section, next)).join('')}[${section}]\n`,
    }
  })
}

interface Parts {
  readonly section: string
  readonly names: readonly string[]
  readonly lines: readonly string[]
}

const execution = [
  'PAMName=login',
  'PAMName=',
  'KillMode=process',
  'KillMode=mixed',
  'KillMode=control-group',
  'DynamicUser=yes',
  'User=root',
  'WorkingDirectory=~',
  'WorkingDirectory=/proc/1',
  'PrivatePIDs=yes',
  'ProtectSystem=yes',
  'PrivateUsers=managed',
  'UserNamespacePath=/a',
]

const parts: Partial<Record<UnitType, Parts>> = {
  service: {
    section: 'Service',
    names: ['x'],
    lines: [
      ...[
        'ExecStart=/bin/sh',
        'ExecStart=/bin/sh',
        'ExecStart=/bin/sh ; /bin/sh',
        'ExecStart=',
        'ExecStart=-foo/bar',
        'ExecStart=/bin/sh ; -foo/bar',
        'ExecStart="/bin/sh',
        'ExecStart=|',
        'ExecStop=/bin/sh',
        'ExecStop=',
      ],
      ...[
        'Type=oneshot',
        'Type=simple',
        'Type=forking',
        'Type=notify',
        'Type=notify-reload',
        'Type=foo',
        'Type=exec',
        'Type=idle',
        'RemainAfterExit=yes',
        'RemainAfterExit=no',
      ],
      ...[
        'Restart=always',
        'Restart=on-success',
        'Restart=on-failure',
        'Restart=no',
        'Restart=foo',
        'ExitType=cgroup',
        'ExitType=main',
        'RestartForceExitStatus=1',
        'RestartForceExitStatus=',
        'RestartForceExitStatus=foo',
      ],
      ...[
        'BusName=a.b',
        'BusName=',
        'BusName=a',
        '[Unit]SuccessAction=reboot',
        '[Unit]SuccessAction=none',
        '[Unit]SuccessAction=foo',
        'PIDFile=/run/x',
        'PIDFile=/proc/x',
        'GuessMainPID=no',
        'WatchdogSec=5',
        'USBFunctionDescriptors=/a',
        'USBFunctionStrings=/b',
        'RootDirectory=/a',
        'FileDescriptorStoreMax=1',
      ],
      ...execution,
    ],
  },
  socket: {
    section: 'Socket',
    names: ['x'],
    lines: [
      ...[
        'ListenStream=/run/a',
        'ListenStream=/run/a',
        'ListenStream=80',
        'ListenStream=',
        'ListenStream=foo',
        'ListenDatagram=/run/b',
        'ListenFIFO=/run/c',
        'ListenFIFO=',
        'ListenSequentialPacket=/run/d',
        'ListenNetlink=audit',
        'ListenMessageQueue=/a',
        'ListenSpecial=/dev/a',
        'ListenUSBFunction=/run/e',
      ],
      ...[
        'Accept=yes',
        'Accept=no',
        'Accept=',
        'MaxConnections=0',
        'MaxConnections=00',
        'MaxConnections=5',
        'Service=a.service',
        'Service=a',
        'Service=',
        'Symlinks=/a',
        'Symlinks=',
        'Symlinks=b',
        'DeferTrigger=yes',
        'DeferTrigger=no',
        'DeferTrigger=patient',
        'SocketUser=a',
        'ListenStream=@a',
        'ListenStream=%t/a',
      ],
      ...execution,
    ],
  },
  mount: {
    section: 'Mount',
    names: [
      'x',
      'proc',
      'run-lock',
      'a\\x20b',
      '-',
      'sys-fs-cgroup-x',
      'run-credentials-x',
      'a-b',
      '\\x2ea',
      'dev-shm',
    ],
    lines: [
      'What=/dev/a',
      'What=/dev/a',
      'What=a',
      'What=',
      'What=tmpfs',
      'Where=/x',
      'Where=/y',
      'Where=/proc',
      'Where=/a b',
      'Where=',
      'Where=x',
      'Where=/a/b/',
      'Where=//x',
      'Where=/run/lock',
      'Where=/',
      'Where=/.a',
      'Where=/dev/shm',
      'Type=foo',
      'Options=x',
      ...execution,
    ],
  },
  automount: {
    section: 'Automount',
    names: ['x', 'a-b', '-', 'proc'],
    lines: [
      'Where=/x',
      'Where=/y',
      'Where=/a/b',
      'Where=',
      'Where=x',
      'Where=/',
      'Where=/proc',
      'TimeoutIdleSec=5',
    ],
  },
  swap: {
    section: 'Swap',
    names: ['x', 'a-b', 'dev-disk-by\\x2duuid-x', 'dev-disk-by\\x2dlabel-a'],
    lines: [
      'What=/x',
      'What=/y',
      'What=/a/b',
      'What=',
      'What=x',
      'What=UUID=x',
      'What=LABEL=a',
      'What="/x"',
      'What=LABEL="a"',
      'Priority=5',
      ...execution,
    ],
  },
  timer: {
    section: 'Timer',
    names: ['x'],
    lines: [
      'OnBootSec=1',
      'OnBootSec=',
      'OnBootSec=foo',
      'OnCalendar=daily',
      'OnCalendar=',
      'OnCalendar=foo',
      'OnActiveSec=0',
      'OnClockChange=yes',
      'OnClockChange=no',
      'OnTimezoneChange=yes',
      'Unit=a.service',
      'Persistent=yes',
      'OnUnitActiveSec=',
    ],
  },
  path: {
    section: 'Path',
    names: ['x'],
    lines: [
      'PathExists=/a',
      'PathExists=',
      'PathExists=a',
      'PathChanged=/a',
      'PathModified=/b',
      'DirectoryNotEmpty=/c',
      'DirectoryNotEmpty=',
      'PathExistsGlob=/*',
      'Unit=a.service',
      'MakeDirectory=yes',
    ],
  },
  slice: {
    section: 'Slice',
    names: ['x', 'a-b', 'a--b', '-a', 'a-', '-', '--'],
    lines: ['MemoryMax=1G', 'Slice=a.slice'],
  },
}

const types: readonly UnitType[] = [
  'service',
  'service',
  'service',
  'socket',
  'socket',
  'mount',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
]

function textOf(line: string, section: string, next: Random): string {
  if (line.startsWith('[')) return `${line.replace(']', ']\n')}\n`
  return `${next.chance(0.2) ? '# comment\n' : ''}[${section}]\n${line}\n`
}
