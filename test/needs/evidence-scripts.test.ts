import {describe, expect, it} from 'vitest'
import {activities} from '../../src/needs/evidence/activities.ts'
import {commands} from '../../src/needs/evidence/commands.ts'
import {declaredPlaces, saysWhereItWrites} from '../../src/needs/evidence/declared.ts'
import {environment, subjectOf} from '../../src/needs/evidence/environment.ts'
import {scriptRunBy} from '../../src/needs/evidence/invocations.ts'
import {ofCommands} from '../../src/needs/evidence/of-commands.ts'
import {hostOfPrograms, programFile} from '../../src/needs/evidence/program-files.ts'
import {readScript} from '../../src/needs/evidence/shell.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

type Files = Parameters<typeof hostOf>[0]

const unitOf = (lines: string, files?: Files) =>
  service(`[Service]\n${lines}\n`, '257', 'a.service', files && hostOf(files))

/** What is started by `/opt/a.sh`, which has this text, and by the files beside it. */
function started(text: string, files: Files = {}): readonly string[] {
  const unit = unitOf('ExecStart=/opt/a.sh', {'/opt/a.sh': text, ...files})
  return activities(unit).flatMap(({activity}) =>
    activity.invocations.slice(2).map(({path, args}) => [path, ...args].join(' ')),
  )
}

/** Whether all that the scripts in sight do is known. */
function areWhole(text: string, files: Files = {}): boolean {
  const unit = unitOf('ExecStart=/opt/a.sh', {'/opt/a.sh': text, ...files})
  return activities(unit).every(({activity}) =>
    activity.invocations.every(({seen}) => seen?.isWhole ?? true),
  )
}

describe('a script in sight', () => {
  it.each<[string, readonly string[]]>([
    ['#!/bin/sh\n/opt/b c\n', ['/opt/b c']],
    ['#! /bin/sh -e\n/opt/b\n', ['/opt/b']],
    ['#!/bin/sh  \t -e\n/opt/b\n', ['/opt/b']],
    ['#!/usr/bin/env -S  bash -x\n/opt/b\n', ['/opt/b']],
    ['#!/bin/sh\nA=/opt/b\n$A c\n', ['/opt/b c']],
    ['#!/bin/sh\nlong=/opt/b\n${long} c\n', ['/opt/b c']],
    ['#!/bin/sh\nlong=/opt/b\n$long c\n', ['/opt/b c']],
    ['#!/bin/sh\nA=`date`\nb=/opt/b\n${A}b c\n', ['${A}b c', 'date']],
    ['#!/bin/sh\nb() { /opt/c; }\n$1\n', ['$1', '/opt/c']],
    ['#!/bin/sh\nscreen -DmS chat-t /opt/b c\n', ['/opt/b c', 'screen -DmS chat-t /opt/b c']],
    ['#!/bin/sh\nA=/opt/b\n${A:-/opt/c} d\n', ['/opt/b d']],
    ['#!/bin/sh\n${A:-/opt/c} d\n', ['/opt/c d']],
    ['#!/bin/sh\n${A-/opt/c} d\n', ['/opt/c d']],
    ['#!/bin/sh\nA="/opt/b  -x"\n$A c\n', ['/opt/b -x c']],
    ['#!/bin/sh\nA=" "\n$A c\n', ['$A c']],
    ['#!/bin/sh\n$A c\n', ['$A c']],
    ['#!/bin/sh\nA=/opt/b\nA=/opt/c\n$A d\n', ['$A d']],
    ['#!/bin/sh\nA=`date`\n$A d\n', ['$A d', 'date']],
    ['#!/bin/sh\nA=$B\nB=/opt/b\n$A c\n', ['/opt/b c']],
    ['#!/bin/sh\nexport A=/opt/b\n$A c\n', ['/opt/b c', 'export A=/opt/b']],
    ['#!/bin/sh\nexport "A=/opt/b"\n$A c\n', ['/opt/b c', 'export A=/opt/b']],
    ['#!/bin/sh\nreadonlyx "A=/opt/b"\n$A c\n', ['$A c', 'readonlyx A=/opt/b']],
    ['#!/bin/sh\nread A\n$A c\n', ['$A c', 'read A']],
    ['#!/bin/bash\nA=a\nmapfile A\n$A c\n', ['$A c', 'mapfile A']],
    ['#!/bin/sh\ncommand -v b\ncommand c d\n', ['c d', 'command -v b', 'command c d']],
    ['#!/bin/sh\ntoybox b c\n', ['b c', 'toybox b c']],
    ['#!/bin/sh\nwatch "b c"\n', ['b c', 'b c', 'watch b c']],
    ['#!/bin/sh\nfind /b-exec c\n', ['find /b-exec c']],
    ['#!/bin/sh\nfind /b -execx c\n', ['find /b -execx c']],
    ['#!/bin/sh\nstart-stop-daemon /b-x c\n', ['start-stop-daemon /b-x c']],
    ['#!/bin/sh\npython3 -m\n', ['python3 -m']],
    ['#!/bin/sh\npython3 -m b.c d\n', ['b.c d', 'python3 -m b.c d']],
    ['#!/bin/sh\njava -jar b.jar.c d\n', ['b.jar.c d', 'java -jar b.jar.c d']],
    ['#!/bin/sh\npython3 b-c d\n', ['b-c d', 'python3 b-c d']],
    ['#!/usr/bin/env -S bash\n/opt/b\n', ['/opt/b']],
    ['#!/usr/bin/env   -S bash\n/opt/b\n', ['/opt/b']],
    ['#!/usr/bin/env -Sbash\n/opt/b\n', ['/opt/b']],
    ['#!/bin/sh\nA=/opt/b\nread A\n$A c\n', ['$A c', 'read A']],
    ['#!/bin/sh\nA=a\ngetopts a A\n$A c\n', ['$A c', 'getopts a A']],
    ['#!/bin/sh\nfor A in /opt/b; do $A c; done\n', ['$A c']],
    ['#!/bin/bash\nA=a\nselect A in /opt/b; do $A c; done\n', ['$A c']],
    ['#!/bin/sh\n: "${A:="/opt/b"}"\n"$A" c\n', [': ${A:="/opt/b"}', '/opt/b c']],
    ["#!/bin/sh\n: ${A='/opt/b'}\n$A c\n", [": ${A='/opt/b'}", '/opt/b c']],
    ['#!/bin/sh\n: ${A:=/opt/b}\nA=/opt/c\n$A d\n', [': ${A:=/opt/b}', '$A d']],
    [
      '#!/bin/sh\n: ${A:=/opt/b}\n: ${A:=/opt/c}\n$A d\n',
      [': ${A:=/opt/b}', ': ${A:=/opt/c}', '$A d'],
    ],
    ['#!/bin/sh\nb() { /opt/c; }\nb\n', ['/opt/c']],
    ['#!/bin/sh\nb_start() { /opt/c; }\nb_$1\n', ['/opt/c']],
    ['#!/bin/sh\nb_start() { /opt/c; }\nc_$1\n', ['/opt/c', 'c_$1']],
  ])('%j starts %j', (text, expected) =>
    expect(started(text).toSorted()).toEqual(expected.toSorted()),
  )

  it.each<[string, readonly string[]]>([
    ['#!/bin/sh\n', ['/bin/sh /opt/a.sh b']],
    ['#!/bin/sh -e', ['/bin/sh -e /opt/a.sh b']],
    ['#!/bin/bash', ['/bin/bash /opt/a.sh b']],
    ['#!/usr/bin/env -S bash -e\n', ['bash -e /opt/a.sh b']],
    ['/opt/c\n', []],
  ])('with %j is given to that which its first line names: %j', (text, expected) => {
    const unit = unitOf('ExecStart=/opt/a.sh b', {'/opt/a.sh': text})
    expect(
      activities(unit).flatMap(({activity}) =>
        activity.invocations.map(({path, args}) => [path, ...args].join(' ')),
      ),
    ).toEqual(['/opt/a.sh b', ...expected])
  })

  it.each<[string, string, string, readonly string[]]>([
    ['/opt/a.sh /opt/b c', '', '$1 "$2"\n', ['/opt/b $2']],
    ['/bin/sh -e /opt/a.sh /opt/b', '', 'set -e\n"$1"\n', ['/opt/b', 'set -e']],
    ['/opt/a.sh /opt/b', '', 'shift\n$1\n', ['$1', 'shift']],
    ['/opt/a.sh /opt/b', '', 'set -- x\n$1\n', ['$1', 'set -- x']],
    ['/opt/a.sh /opt/b', '', 'b() { $1; }\n', ['$1']],
    ['/opt/a.sh', '', '$1\n', ['$1']],
    ['/opt/a.sh', 'Environment=A=/opt/b', '$A c\n', ['/opt/b c']],
    ['/opt/a.sh', 'Environment=A=/opt/b', '${A:-/opt/c} d\n', ['/opt/b d']],
    ['/opt/a.sh', 'Environment=A=/opt/b', ': ${A:=/opt/c}\n$A d\n', ['/opt/b d', ': ${A:=/opt/c}']],
    ['/opt/a.sh', 'Environment=A=/opt/b', 'A=/opt/c\n${A:-/opt/d} e\n', ['${A:-/opt/d} e']],
    ['/opt/a.sh', 'Environment=A=/opt/b', '[ "$A" ] || A=/opt/c\n$A d\n', ['$A d', '[ $A ]']],
  ])('%s with %j has %j start %j', (start, lines, text, expected) => {
    const unit = unitOf(`ExecStart=${start}\n${lines}`, {'/opt/a.sh': `#!/bin/sh\n${text}`})
    const all = activities(unit).flatMap(({activity}) =>
      activity.invocations.map(({path, args}) => [path, ...args].join(' ')),
    )
    expect(all.filter((one) => !one.includes('/opt/a.sh')).toSorted()).toEqual(expected.toSorted())
  })

  it('goes on in what it sources, under names that it sets too', () => {
    expect(started('#!/bin/sh\n. /opt/b\n', {'/opt/b': '/opt/c\n'})).toContain('/opt/c')
    expect(started('#!/bin/sh\nsource /opt/b\n', {'/opt/b': '/opt/c\n'})).toContain('/opt/c')
    expect(started('#!/bin/sh\nA=/opt\n. $A/b\n', {'/opt/b': '/opt/c\n'})).toContain('/opt/c')
    expect(started('#!/bin/sh\n. /opt/b\n$D\n', {'/opt/b': 'D=/opt/d\n'})).toContain('/opt/d')
    expect(
      started('#!/bin/sh\nmain() {\n$D\n}\n. /opt/b\nmain\n', {'/opt/b': 'D=/opt/d\n'}),
    ).toContain('/opt/d')
    expect(started('#!/bin/sh\nA=/opt/b\n. /opt/b\n$A\n', {'/opt/b': 'A=/opt/d\n'})).toContain('$A')
  })

  it.each<[string, boolean]>([
    ['#!/bin/sh\n/opt/b\n', true],
    ['#!/bin/sh\n$A\n', false],
    ['#!/bin/sh\nA=/opt/b\n$A\n', true],
    ['#!/bin/sh\neval "$A"\n', false],
    ['#!/bin/sh\neval a "$B"\n', false],
    ['#!/bin/sh\neval a\n', true],
    ['#!/usr/bin/python3\nprint(1)\n', false],
    ['#!/bin/sh\n. $A\n', false],
    ['#!/bin/sh\n. /etc/default/$A\n', true],
    ['#!/bin/sh\nb_start() { a; }\nb_$1\n', true],
    ['#!/bin/tcsh\n/opt/b\n', false],
    ['#!/bin/csh\n/opt/b\n', false],
    ['#!/bin/fish\n/opt/b\n', false],
    ['#!/bin/dash\n/opt/b\n', true],
    [`#!/bin/sh\n${'#'.repeat(20_000)}\n/opt/b\n`, false],
  ])('%j is known whole: %s', (text, expected) => expect(areWhole(text)).toBe(expected))

  it('is none of an interpreter that is not a file, nor of machine code', () => {
    expect(started('#!sh\n/opt/b\n')).toEqual([])
    expect(started(' #!/bin/sh\n/opt/b\n')).toEqual([])
    expect(started('#!/bin/sh\n\0\n/opt/b\n')).toEqual([])
  })

  it('goes on in the file of variables that it is given', () => {
    const unit = unitOf('ExecStart=/opt/a.sh /opt/b', {
      '/opt/a.sh': '#!/bin/sh\n. "$1"\n"$D" e\n',
      '/opt/b': 'D=/opt/d\n',
    })
    const [{activity} = {activity: undefined}] = activities(unit)
    expect(activity?.invocations.map(({path}) => path)).toContain('/opt/d')
    expect(activity?.invocations.every(({seen}) => seen?.isWhole ?? true)).toBe(true)
  })

  it.each<[string, readonly string[]]>([
    ['A=/srv/a\necho b > $A\n# /etc/b\nc /etc/d\n', ['/srv/a']],
    ['A=/srv/a\ncp "$A" "${B}/x"\n# see /etc/b\nc /etc/d/e\n', ['$B/x', '/etc/d/e']],
    ['A=`mktemp`\necho b > "$A"\nc /etc/d/e\n', []],
    ['A=$(mktemp -d /srv/x.XXXXXX)\nrm -rf "$A"\nc /etc/d/e\n', ['/srv/x.XXXXXX']],
    ['A=$(mktemp -p "$B")\nrm "$A"\nc /etc/d/e\n', ['/etc/d/e']],
    ['echo b > $(c) /etc/d/e\n', ['/etc/d/e']],
    ['A=b\ntouch $A\nc /etc/d/e\n', ['/etc/d/e']],
    ['A=/srv/a\ncat $A /etc/d/e\n', []],
  ])('writes where its variables say: %j, %j', (text, expected) => {
    const unit = unitOf('ExecStart=/opt/a.sh', {'/opt/a.sh': `#!/bin/sh\n${text}`})
    const paths = [...ofCommands(unit)].flatMap(({because, certain}) =>
      certain ? [] : (/^`ExecStart=` writes `([^`]*)`$/.exec(because)?.[1] ?? []),
    )
    expect([...new Set(paths)]).toEqual(expected)
  })

  it('is read so far', () => {
    expect(readScript('a\nb\n', 4).isWhole).toBe(true)
    expect(readScript('a\nb\n', 3).isWhole).toBe(false)
    expect(readScript('a\nb\n', 1).commands).toEqual([['a']])
    expect(readScript('a;'.repeat(3000), 6000).isWhole).toBe(false)
    expect(readScript(`A=${'x'.repeat(256)}`).variables.get('A')).toBe('x'.repeat(256))
    expect(readScript(`A=${'x'.repeat(257)}`).variables.get('A')).not.toBe('x'.repeat(257))
    expect([...readScript('local a=b =c d\nmydeclare e=f\n').variables]).toEqual([['a', 'b']])
    expect(readScript('a >&2 2>&- >&f <&g').redirections).toEqual([{path: 'f', use: 'write'}])
    expect(readScript('a >&2x').redirections).toEqual([{path: '2x', use: 'write'}])
    expect(readScript('a > 2x > x2').redirections.map(({path}) => path)).toEqual(['x2', '2x'])
  })
})

describe('the file that a command runs', () => {
  it.each([
    ['sh /opt/a b', '/opt/a'],
    ['/bin/bash -x /opt/a', '/opt/a'],
    ['sh -c /opt/a', undefined],
    ['sh', undefined],
    ['python3 /opt/a.py', '/opt/a.py'],
    ['python3 -m a', undefined],
    ['java -jar /opt/a.jar', '/opt/a.jar'],
    ['/opt/a /opt/b', undefined],
    ['', undefined],
  ])('%s: %s', (line, expected) => expect(scriptRunBy(line.split(' '))).toBe(expected))
})

describe('the files of the programs of a unit', () => {
  const files: Files = {'/usr/bin/a': 'x', '/srv/root/usr/bin/b': 'y'}

  it.each<[string, string, string | undefined]>([
    ['', '/usr/bin/a', '/usr/bin/a'],
    ['', 'a', '/usr/bin/a'],
    ['', 'bin/a', undefined],
    ['', '', undefined],
    ['', 'b', undefined],
    ['RootDirectory=/srv/root', 'b', '/usr/bin/b'],
    ['RootDirectory=/srv/root/', '/usr/bin/b', '/usr/bin/b'],
    ['RootDirectory=/', 'a', '/usr/bin/a'],
  ])('with %j: %s is %s', (lines, path, expected) => {
    const host = hostOfPrograms(unitOf(`ExecStart=/opt/a\n${lines}`, files))
    const found = host && programFile(path, host)
    expect(found && (expected ?? 'none')).toBe(expected)
  })

  it('are not those of an image, nor where none are in sight', () => {
    expect(hostOfPrograms(unitOf('ExecStart=/opt/a\nRootImage=/srv/a.raw', files))).toBeUndefined()
    expect(hostOfPrograms(unitOf('ExecStart=/opt/a'))).toBeUndefined()
  })
})

describe('the variables of a unit', () => {
  const told = (lines: string, files?: Files) =>
    Object.fromEntries(
      [...environment(unitOf(lines, files))].map(([name, {value}]) => [name, value]),
    )

  it('are set by its lines', () => {
    expect(told('Environment=A=b "C=d e" F= =g H')).toEqual({A: 'b', C: 'd e', F: ''})
    expect(told('Environment=A=%n B=%d/x C=100%%')).toEqual({
      A: 'a.service',
      B: '/run/credentials/a.service/x',
      C: '100%',
    })
    expect(told(String.raw`Environment=A=b\x20c`)).toEqual({A: 'b c'})
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['A=b\n# C=d\n; E=f\n  G = h  \n', {A: 'b', G: 'h'}],
    ['A="b c"\nD=\'e f\'\n', {A: 'b c', D: 'e f'}],
    ['A="b \\" c"\nD=\'\'\n', {A: 'b " c', D: ''}],
    ['A="b\\\nc"\nD=e\\\nf\n', {A: 'bc', D: 'ef'}],
    ['A=b\\ c\\d\n', {A: 'b cd'}],
    ['A="b\\c\\$"\n', {A: 'b\\c$'}],
    ['A=b"c d"\'e\'f\n', {A: 'bc def'}],
    ['1A=b\nA b=c\nA-=d\n', {}],
  ])('are set by a file %j', (text, expected) => {
    expect(told('EnvironmentFile=/etc/a', {'/etc/a': text})).toEqual(expected)
    expect(told('EnvironmentFile=-/etc/%N', {'/etc/a': text})).toEqual(expected)
  })

  it('are called by what sets them', () => {
    const unit = unitOf('Environment=A=b B=c\nEnvironmentFile=/etc/a', {'/etc/a': 'B=d\n'})
    expect([...environment(unit).values()].map(subjectOf)).toEqual([
      '`Environment=A`',
      '`B` of `/etc/a`',
    ])
    expect(environment(unit).get('B')?.value).toBe('d')
  })
})

describe('the directories that systemd tells of', () => {
  it.each([
    ['StateDirectory=a b', '${STATE_DIRECTORY}/x', '/var/lib/a:/var/lib/b/x'],
    ['RuntimeDirectory=%N', '${RUNTIME_DIRECTORY}/x', '/run/a/x'],
    ['CacheDirectory=a', '${STATE_DIRECTORY}/x', '${STATE_DIRECTORY}/x'],
    ['StateDirectory=a\nEnvironment=STATE_DIRECTORY=/b', '${STATE_DIRECTORY}/x', '/b/x'],
    ['LoadCredential=c:/c', '${CREDENTIALS_DIRECTORY}/c', '/run/credentials/a.service/c'],
  ])('are what the variables stand for, with %j: %s is %s', (lines, word, expected) => {
    const [command] = commands(unitOf(`${lines}\nExecStart=/usr/bin/b ${word}`))
    expect(command?.words).toEqual(['/usr/bin/b', expected])
  })
})

describe('the places of a unit', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['StateDirectory=a b:c', ['/var/lib/a', '/var/lib/b'], []],
    [
      'CacheDirectory=a\nLogsDirectory=b\nRuntimeDirectory=c\nConfigurationDirectory=%N',
      ['/run/c', '/var/cache/a', '/var/log/b', '/etc/a'],
      [],
    ],
    ['ReadWritePaths=-/a/ +/b "/c d"', ['/a', '/b', '/c d'], []],
    ['BindPaths=/a:/b:rbind /c', ['/b', '/c'], ['/b', '/c']],
    ['BindReadOnlyPaths=/a:/b', [], ['/b']],
    ['PrivateTmp=yes', ['/tmp', '/var/tmp'], []],
    ['PrivateTmp=disconnected', ['/tmp', '/var/tmp'], []],
    ['PrivateTmp=connected', ['/tmp', '/var/tmp'], []],
    ['DynamicUser=yes', ['/tmp', '/var/tmp'], []],
    ['PrivateTmp=no', [], []],
    ['ExecStart=/opt/a', [], []],
  ])('of %j are: %j, and bound %j', (lines, writable, bound) =>
    expect(declaredPlaces(unitOf(lines))).toEqual({writable, bound}),
  )

  it.each([
    ['StateDirectory=a', true],
    ['CacheDirectory=a', true],
    ['LogsDirectory=a', false],
    ['StateDirectory=', false],
    ['ReadWritePaths=/srv', true],
    ['BindPaths=/srv', true],
    ['BindPaths=/srv:/tmp/a', false],
    ['BindPaths=/tmp:/srv', true],
    ['BindReadOnlyPaths=/srv', false],
    ['ReadWritePaths=/tmp /var/tmp/a /run/b', false],
    ['ReadWritePaths=/tmp /srv', true],
  ])('%s says where it writes: %s', (lines, expected) =>
    expect(saysWhereItWrites(unitOf(lines))).toBe(expected),
  )
})

describe('what a unit provides for', () => {
  const certain = (lines: string, access: string): readonly boolean[] =>
    [...ofCommands(unitOf(lines))].flatMap((need) => (need.access === access ? [need.certain] : []))

  it.each([
    ['', 'raw-devices', true],
    ['BindPaths=/dev/dri', 'raw-devices', false],
    ['BindPaths=/srv /dev/dri', 'raw-devices', false],
    ['BindPaths=/srv/dev/', 'raw-devices', true],
    ['ReadWritePaths=/sys', 'raw-devices', true],
  ])('by %j is no certain need: %s, %s', (lines, access, expected) => {
    expect(certain(`${lines}\nExecStart=/usr/sbin/hdparm -S 10 /srv/a`, access).some(Boolean)).toBe(
      expected,
    )
  })
})

describe('what commands need', () => {
  const told = (lines: string) =>
    [...ofCommands(unitOf(lines))].map(
      ({access, because, certain}) => `${access}: ${because}${certain ? '!' : ''}`,
    )

  it.each<[string, string, boolean]>([
    ['ExecStart=/opt/a --port 80', 'CAP_NET_BIND_SERVICE: `ExecStart=` names port 80', true],
    ['ExecStart=/opt/a --port=80', 'CAP_NET_BIND_SERVICE: `ExecStart=` names port 80', true],
    ['ExecStart=/opt/a port=80', 'CAP_NET_BIND_SERVICE: `ExecStart=` names port 80', false],
    ['ExecStart=/opt/a --port=x 80', 'CAP_NET_BIND_SERVICE: `ExecStart=` names port 80', false],
    ['ExecStart=/opt/a http://b', 'inet: `ExecStart=` names `http://b`', true],
    ['ExecStart=!/opt/a', 'superuser: `ExecStart=!` runs as root', true],
    ['ExecStart=/opt/a', 'superuser: `ExecStart=!` runs as root', false],
    ['ExecStart=/home/x/a', 'home-read: `ExecStart=` runs `/home/x/a`!', true],
    ["ExecStart=/bin/sh -c 'A=/home/x; a $$A'", 'home-read: `ExecStart=` names `/home/x`!', true],
    ["ExecStart=/bin/sh -c 'a > /home/x'", 'home-write: `ExecStart=` writes `/home/x`!', true],
    ["ExecStart=/bin/sh -c 'a > home/x'", 'home-write: `ExecStart=` writes `home/x`!', false],
    [
      "ExecStart=/bin/sh -c 'for a in /home/x; do b > $$a; done'",
      'home-write: `ExecStart=` writes `/home/x`',
      true,
    ],
    [
      "ExecStart=/bin/sh -c 'for a in /home/x; do cp b $$a; done'",
      'home-write: `ExecStart=` writes `/home/x`',
      true,
    ],
    [
      "ExecStart=/bin/sh -c 'for a in /home/x; do cp b; c $$a; done'",
      'home-write: `ExecStart=` writes `/home/x`',
      false,
    ],
    [
      'ExecStart=/bin/sh -c \'for a in /home/x; do tee "$$a"; done\'',
      'home-write: `ExecStart=` writes `/home/x`',
      true,
    ],
    [
      "ExecStart=/bin/sh -c 'for a in /home/x; do tees $$a; done'",
      'home-write: `ExecStart=` writes `/home/x`',
      false,
    ],
    [
      'ReadWritePaths=/home/x\nExecStart=/usr/bin/touch /home/x/a',
      'home-write: `ExecStart=` writes `/home/x/a`!',
      false,
    ],
    [
      'BindReadOnlyPaths=/home/x\nExecStart=/bin/cat /home/x/a',
      'home-read: `ExecStart=` reads `/home/x/a`',
      true,
    ],
    ['ExecStart=/bin/cat /home/x/a', 'home-read: `ExecStart=` reads `/home/x/a`!', true],
  ])('%s: %s, %s', (lines, expected, isNeeded) =>
    expect(told(lines).includes(expected)).toBe(isNeeded),
  )

  it('are those of a runtime once, whatever its version', () => {
    const runsOn = (line: string): readonly string[] =>
      told(`ExecStart=${line}`).filter((one) => one.includes('runs on'))
    expect(runsOn('/opt/x/venv/bin/gunicorn a:b')).not.toEqual([])
    for (const runtime of ['python3', 'python3.11'])
      expect(runsOn(`/usr/bin/${runtime} /opt/x/venv/bin/gunicorn a:b`)).toEqual([])
    expect(runsOn('/opt/x/gems/puma')).not.toEqual([])
    expect(runsOn('/usr/bin/ruby3.1 /opt/x/gems/puma')).toEqual([])
  })

  it('keep no cache at home where they are told of another place', () => {
    const caching = (lines: string): boolean =>
      told(lines).some((one) => one.includes('for its cache'))
    expect(caching('ExecStart=/usr/bin/restic backup /srv')).toBe(true)
    expect(
      caching('Environment=RESTIC_CACHE_DIR=/var/cache/a\nExecStart=/usr/bin/restic backup /srv'),
    ).toBe(false)
  })
})

describe('the scripts that variables name', () => {
  const programs = (lines: string, files?: Files): readonly string[] =>
    activities(unitOf(lines, files)).flatMap(({assignment, activity}) =>
      activity.invocations.map(({path, args}) => `${assignment.key} ${[path, ...args].join(' ')}`),
    )

  it('are run where they are in sight', () => {
    const lines = 'Environment=HOOK=/srv/deploy PORT=1\nExecStart=/opt/receiver'
    expect(programs(lines, {'/srv/deploy': '#!/bin/sh\nchmod 2755 /srv/www\n'})).toEqual([
      'ExecStart /opt/receiver',
      'Environment /srv/deploy',
      'Environment /bin/sh /srv/deploy',
      'Environment chmod 2755 /srv/www',
    ])
  })

  it('are found in a file of variables', () => {
    const lines = 'EnvironmentFile=/etc/receiver.env\nExecStart=/opt/receiver'
    const files = {'/etc/receiver.env': 'HOOK=/srv/deploy\n', '/srv/deploy': '#!/bin/sh\nid\n'}
    expect(programs(lines, files)).toContain('EnvironmentFile id')
  })

  it.each([
    ['Environment=HOOK=/srv/deploy.sh\nExecStart=/opt/receiver', true],
    ['Environment=HOOK=/srv/deploy\nExecStart=/opt/receiver', false],
    ['Environment="HOOK=/srv/deploy.sh now"\nExecStart=/opt/receiver', false],
    // The command itself names it.
    ['Environment=HOOK=/srv/deploy.sh\nExecStart=/bin/sh $HOOK', false],
  ])('are told by their name where they are not: %j', (lines, expected) => {
    expect(programs(lines).includes('Environment /srv/deploy.sh')).toBe(expected)
  })

  it('are none where a file of another kind is named', () => {
    const lines = 'Environment=DATA=/srv/a.sh\nExecStart=/opt/receiver'
    expect(programs(lines, {'/srv/a.sh': 'id\n'})).toEqual(['ExecStart /opt/receiver'])
  })
})

describe('what a script writes by a name that is seen from a folder', () => {
  /** What it would be denied of the kernel's settings and of the system. */
  const written = (lines: string, files?: Files): readonly string[] => [
    ...new Set(
      [...ofCommands(unitOf(lines, files))].flatMap(({access, because}) =>
        because.includes(' writes ') && /^(?:kernel-tunables|write-system)$/.test(access)
          ? [access]
          : [],
      ),
    ),
  ]
  const ofScript = (text: string): readonly string[] =>
    written('ExecStart=/opt/a.sh', {'/opt/a.sh': `#!/bin/sh\n${text}\n`})

  it.each<[string, readonly string[]]>([
    ['cd /sys/class/x\necho 1 > fan', ['kernel-tunables']],
    ['cd /sys/class/x && echo 1 | tee fan', ['kernel-tunables']],
    ['D=/sys/class/x\ncd "$D"\necho 1 > fan', ['kernel-tunables']],
    ['cd /sys\ncd class/x\necho 1 > fan', ['kernel-tunables']],
    ['cd /sys/class/hwmon/hwmon*\necho 1 > fan', ['kernel-tunables']],
    ['for d in /sys/class/hwmon/*; do cd $d; echo 1 > fan; done', ['kernel-tunables']],
    ['cd /usr/share/x\nrm -f old', ['write-system']],
    ['cd /sys/class/x\ncat fan', []],
    ['cd /sys/class/x\ncat fan > /run/fan', []],
    ['cd /srv\necho 1 > fan', []],
    ['echo 1 > fan', []],
    ['cd -\ncd\necho 1 > fan', []],
  ])('%j: %j', (text, expected) => {
    expect(ofScript(text)).toEqual(expected)
  })

  it('is that of a script in the unit, too', () => {
    const line = "ExecStart=/bin/sh -c 'cd /sys/class/x && echo 1 > fan'"
    expect(written(line)).toEqual(['kernel-tunables'])
    expect(written(line.replace('/sys/', '/srv/'))).toEqual([])
  })
})
