import {describe, expect, it, test} from 'vitest'
import {activities} from '../../src/needs/evidence/activities.ts'
import {commands} from '../../src/needs/evidence/commands.ts'
import {activity, mostCharacters} from '../../src/needs/evidence/activity.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'

/** The words of all commands of some lines, unless marked otherwise. */
function wordsOf(lines: string): Array<readonly string[]> {
  return commands(service(`[Service]\n${lines}\n`)).map(({words}) => words)
}

/** The programs that a command line starts, with their arguments. */
function started(line: string): string[] {
  return wordsOf(`ExecStart=${line}`).flatMap((words) =>
    activity(words).invocations.map(({program, args}) => [program, ...args].join(' ')),
  )
}

describe('command lines', () => {
  it('are split as systemd splits them', () => {
    expect(wordsOf(String.raw`ExecStart=/bin/a "b c" 'd e'f g\x20h ; /bin/i \; j`)).toEqual([
      ['/bin/a', 'b c', 'd ef', 'g h'],
      ['/bin/i', ';', 'j'],
    ])
    expect(wordsOf('ExecStart=/bin/a \\\n  b\n#c\nExecStartPre=/bin/d')).toEqual([
      ['/bin/d'],
      ['/bin/a', 'b'],
    ])
    expect(wordsOf('ExecStart=;')).toEqual([])
    expect(wordsOf('ExecStart=/bin/a\nExecStart=\nExecStart=/bin/b')).toEqual([['/bin/b']])
  })

  it('lose their prefixes', () => {
    expect(wordsOf('ExecStart=-@/bin/a a1 b\nExecStart=:-/bin/c $D')).toEqual([
      ['/bin/a', 'b'],
      ['/bin/c', '$D'],
    ])
    expect(wordsOf('ExecStart=|echo a b > /c')).toEqual([['/bin/sh', '-c', 'echo a b > /c']])
    const [full, privileged, both] = commands(
      service('[Service]\nExecStart=+/bin/a\nExecStart=!/bin/b\nExecStart=-!!/bin/c\n'),
    )
    expect(
      [full, privileged, both].map((command) => [command?.isUnconfined, command?.isPrivileged]),
    ).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ])
  })

  it('have specifiers and variables replaced', () => {
    expect(wordsOf('Environment=A=/srv/a "B=b c"\nExecStart=%h/x ${A}/y $B $$C %%d $E')).toEqual([
      ['/root/x', '/srv/a/y', 'b', 'c', '$C', '%d', '$E'],
    ])
  })
})

describe('programs', () => {
  it.each([
    [
      '/usr/bin/env A=b -u C nice -n 5 /opt/x y',
      ['env A=b -u C nice -n 5 /opt/x y', 'nice -n 5 /opt/x y', 'x y'],
    ],
    ['/usr/bin/env -S "node --x" a', ['env -S node --x a', 'node --x a', 'a']],
    [
      'chrt -f 10 taskset -c 1 timeout -k 5 10 nohup a b',
      expect.arrayContaining(['taskset -c 1 timeout -k 5 10 nohup a b', 'nohup a b', 'a b']),
    ],
    ['ionice -c2 -n 7 flock -w 10 /l a -c b', expect.arrayContaining(['a -c b'])],
    ['flock /l -c "a b"', ['flock /l -c a b', 'a b']],
    ['sudo -u u -- a -b', expect.arrayContaining(['a -b'])],
    ['su - u -s /bin/sh -c "cd /x && a b"', expect.arrayContaining(['cd /x', 'a b'])],
    ['runuser -u u -- a b', expect.arrayContaining(['a b'])],
    [
      'systemd-inhibit --what=sleep --who w dumb-init -- tini -g -- a',
      expect.arrayContaining(['a']),
    ],
    ['xvfb-run -a -s "-screen 0" a b', expect.arrayContaining(['a b'])],
    ['setpriv --reuid u --init-groups a b', expect.arrayContaining(['a b'])],
    ['chroot --userspec=u /r a b', expect.arrayContaining(['a b'])],
    ['busybox httpd -f', expect.arrayContaining(['httpd -f'])],
    ['find /x -name y -exec a {} +', expect.arrayContaining(['a {} +'])],
    ['start-stop-daemon --start --exec /usr/sbin/a -- b', expect.arrayContaining(['a b'])],
    ['stdbuf -oL numactl --cpunodebind=0 setsid -w a', expect.arrayContaining(['a'])],
    ['python3 -u -W ignore /opt/a.py b', ['python3 -u -W ignore /opt/a.py b', 'a b']],
    // No more than the name of one of machine code.
    ['python3 /home/a/watchdog.py b', ['python3 /home/a/watchdog.py b', 'watchdog.py b']],
    ['php -f /var/www/x/cron.php', ['php -f /var/www/x/cron.php', 'cron.php']],
    ['ruby /srv/x/puma.rb', ['ruby /srv/x/puma.rb', 'puma']],
    ['python3 -m gunicorn a:b', ['python3 -m gunicorn a:b', 'gunicorn a:b']],
    [
      'java -Xmx1g -cp /x:/y -jar /opt/jenkins.war --p',
      ['java -Xmx1g -cp /x:/y -jar /opt/jenkins.war --p', 'jenkins --p'],
    ],
  ])('are seen behind %s', (line, expected) => {
    expect(started(line)).toEqual(expected)
  })

  it.each([
    ['sh -c "a | b && c; d &"', ['a', 'b', 'c', 'd']],
    ['bash -lc "if a; then exec b; else c; fi"', ['a', 'exec b', 'b', 'c']],
    ['bash -o pipefail -c "x=$(a) y=`b` c <(d)"', ['a', 'b', 'c', 'd']],
    [
      'sh -c "for i in 1 2; do a $i; done; case x in x) b;; esac; f() { c; }; (d); { e; }"',
      ['a', 'b', 'c', 'd', 'e'],
    ],
    ['sh -c "while a; do b; done"', ['a', 'b']],
    ['sh -c "sh -c \'a\'"', ['a']],
    ['sh -c "eval a b"', ['a']],
  ])('are seen in the script of %s', (line, expected) => {
    const names = started(line).map((invocation) => invocation.split(' ')[0])
    for (const program of expected) expect(names).toContain(program.split(' ')[0])
  })

  it('open files by redirection', () => {
    const [words = []] = wordsOf(
      'ExecStart=/bin/sh -c "a > /1 2>> /2 < /3; { b; } &> /4; c 2>&1 <> /5; D=/6 e <<< /7"',
    )
    const {redirections, values} = activity(words)
    expect(redirections.map(({path, use}) => `${use} ${path}`).toSorted()).toEqual([
      'read /3',
      'read /5',
      'write /1',
      'write /2',
      'write /4',
      'write /5',
    ])
    expect(values).toEqual(['/6'])
  })

  it('end somewhere', () => {
    const nested = 'sh -c '.repeat(50)
    expect(activity([...nested.split(' ').filter(Boolean), 'a']).invocations.length).toBeLessThan(
      60,
    )
    expect(activity(Array.from({length: 5000}, () => 'nice')).invocations.length).toBeLessThan(300)
    expect(activity(['sh', '-c', 'a;'.repeat(5000)]).invocations.length).toBeLessThan(300)
  })
})

test('scripts are read once for all that asks, and no more of them in a unit than there is a budget for', () => {
  const unit = service(
    `[Service]\n${`ExecStart=/bin/sh -c '${'echo a; '.repeat(500)}'\n`.repeat(10)}`,
  )
  const all = activities(unit)
  expect(all).toHaveLength(10)
  expect(all.reduce((sum, {activity: {scripts}}) => sum + scripts.join('').length, 0)).toBe(
    mostCharacters,
  )
  expect(activities(unit)).toBe(all)
})

describe('members of groups, lists of capabilities and what others have a program run', () => {
  it.each([
    ['/usr/bin/prometheus-node-exporter', '@clock', 'withheld'],
    ['/usr/bin/prometheus-node-exporter', 'CAP_SYS_TIME', 'safe'],
    ['/usr/sbin/nscd', 'CAP_AUDIT_WRITE', 'withheld'],
    ['/usr/sbin/proftpd', 'CAP_AUDIT_WRITE', 'withheld'],
    ['/usr/sbin/rsyslogd -n', 'CAP_BLOCK_SUSPEND', 'withheld'],
    ['/usr/lib/postfix/sbin/master', 'shared-tmp', 'withheld'],
    ['/usr/sbin/exim4 -bd', 'privileges-by-exec', 'withheld'],
    ['/usr/bin/fcgiwrap', 'shared-tmp', 'withheld'],
  ] as const)('%s, %s: %s', (command, id, expected) => {
    expect(weigh([id], needs(service(`[Service]\nExecStart=${command}\n`))).applicability).toBe(
      expected,
    )
  })

  it('are those of a program, not of a script that people call as one', () => {
    const judged = (command: string) =>
      weigh(['lasting-ipc'], needs(service(`[Service]\nUser=pi\nExecStart=${command}\n`)))
        .applicability
    expect(judged('/usr/bin/garage server')).toBe('safe')
    expect(judged('/usr/bin/python3 /home/pi/garage.py')).toBe('unsafe')
  })

  it('are no less safe to deny for a line of ours than without it', () => {
    const unit = '[Service]\nExecStart=/usr/bin/unheard-of\n'
    const ours = `${unit}RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n`
    for (const id of ['CAP_IPC_LOCK', 'kernel-modules', 'write-exec-memory'] as const) {
      expect(weigh([id], needs(service(ours))).applicability).toBe(
        weigh([id], needs(service(unit))).applicability,
      )
    }
  })
})
