import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {said} from './cases.ts'

const service = (...lines: readonly string[]): string =>
  `[Unit]\nDescription=A\n\n[Service]\n${lines.map((line) => `${line}\n`).join('')}`

/**
 * What public bug reports tell of lines that were written for a shell: what a first run says of
 * them, and what it is silent on.
 */
describe('syntax of shells where there is no shell', () => {
  it.each([
    [
      'a log file behind `>>`',
      [
        'ExecStart=/usr/local/bin/render -config=/etc/render >> /var/log/render.log 2>&1',
        'Restart=always',
      ],
      ['5 error no-shell-syntax'],
    ],
    [
      'output thrown away in the background',
      ['ExecStart=/usr/lib/cluster/cluster > /dev/null &'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a command that may fail',
      ['ExecStartPre=/bin/systemctl stop a.path 2>/dev/null || true', 'ExecStart=/opt/a/a'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a command in quotes',
      ['WorkingDirectory=/srv/a', 'ExecStart="node server"'],
      ['6 error no-quoted-command'],
    ],
    [
      'a pipe of `echo`',
      ['ExecStartPre=echo y | tune --level 130', 'ExecStart=/usr/bin/a'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a folder and then a program',
      ['ExecStart=cd /srv/a && /usr/bin/npm start'],
      ['5 error no-shell-syntax'],
    ],
    [
      'the name of the host by a command',
      ['ExecStart=/usr/bin/a --hostname $(uname -n) --lang en'],
      ['5 error no-shell-syntax'],
    ],
    [
      'files by a pattern',
      ['ExecStartPre=/bin/chown -f a:a /var/lib/a/*.ldb', 'ExecStart=/usr/bin/a'],
      ['5 error no-shell-syntax'],
    ],
    [
      'an archive of Java by a pattern',
      ['ExecStart=/usr/bin/java -Xmx1g -jar /opt/a/a-*.jar'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a test of a shell',
      ['ExecStartPre=[[ -f /etc/a.conf ]]', 'ExecStart=/usr/bin/a'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a script without quotes',
      ['ExecStart=/bin/bash -c cd /srv/a && ./a'],
      ['5 error no-shell-syntax'],
    ],
    [
      'a comment behind a command',
      ['ExecStart=/usr/bin/a --one 1 # no comment'],
      ['5 error no-trailing-comment'],
    ],
    [
      '`PATH` of itself',
      ['Environment="PATH=$PATH:/opt/a/bin"', 'ExecStart=/usr/bin/a'],
      ['5 error no-unexpanded-variable'],
    ],
    [
      'a variable of another',
      ['Environment=A=/opt/a', 'Environment=B=${A}/lib', 'ExecStart=/usr/bin/a'],
      ['6 error no-unexpanded-variable'],
    ],
    [
      'a variable as the program',
      ['Environment=APP=/bin/true', 'ExecStart=${APP}'],
      ['6 error no-unexpanded-variable'],
    ],
    [
      'a script that begins with a variable',
      ['Environment=A=/usr/bin', 'ExecStart=/bin/bash -c "$A/echo 123"'],
      ['6 error no-lost-variable'],
    ],
    [
      'a folder behind a variable',
      ['RuntimeDirectory=a', 'ExecStart=/usr/bin/cp -a /srv/a/ $RUNTIME_DIRECTORY/'],
      ['6 error no-lost-variable'],
    ],
    [
      'a variable of the loop',
      [`ExecStart=/bin/sh -c 'for i in 1 2; do a \${i}; done'`],
      ['5 error no-lost-variable'],
    ],
    [
      'a file of variables in quotes',
      ['EnvironmentFile="/etc/a/env"', 'ExecStart=/usr/bin/a'],
      ['5 error no-invalid-value'],
    ],
    [
      'a file of a process in quotes',
      ['Type=forking', 'PIDFile="/run/a.pid"', 'ExecStart=/usr/bin/a'],
      ['6 error no-literal-quotes'],
    ],
    [
      'a file of a process with a variable',
      ['Type=forking', 'PIDFile=/run/$NAME.pid', 'ExecStart=/usr/bin/a'],
      ['6 error no-unexpanded-variable'],
    ],
  ])('tells of %s', async (_name, lines, expected) => {
    expect(await said({'a.service': service(...lines)})).toEqual(
      expected.map((line) => `a.service:${line}`),
    )
  })

  it.each([
    ['a shell', [`ExecStart=/bin/sh -c 'exec /usr/bin/a $A "$B" >> /var/log/a.log 2>&1'`]],
    [
      'commands of systemd',
      [
        'Type=oneshot',
        'ExecStart=/usr/bin/a ; /usr/bin/b',
        'ExecStart=-/usr/bin/c $A ${B} --c=${C}',
      ],
    ],
    [
      'programs that take such words',
      [
        'ExecCondition=/usr/bin/test 2 -gt 1 -a a < b',
        String.raw`ExecStartPre=/usr/bin/find /srv/a -type f -exec touch {} \;`,
        'ExecStart=/usr/bin/a',
      ],
    ],
    ['awk in its own quotes', [`ExecStart=/usr/bin/awk -f /usr/lib/a.awk 'a > 1 && b | "c"'`]],
    ['variables by way of `env`', ['ExecStart=/usr/bin/env A=b /usr/bin/a']],
    ['paths with spaces', ['ExecStart="/opt/A Server/bin/a" --b']],
    ['channels and colours', ['ExecStart=/usr/bin/a #channel --colour #ffffff']],
    ['a pattern that Java knows', ['ExecStart=/usr/bin/java -cp /opt/a/*:/etc/a a.Main']],
    ['hashes in variables', ['Environment=HASH=$apr1$abc$def', 'ExecStart=/usr/bin/a']],
    ['words that are not to be replaced', ['ExecStart=:/usr/bin/a $A/b ${C-d}']],
  ])('is silent on %s', async (_name, lines) => {
    expect(await said({'a.service': service(...lines)})).toEqual([])
  })
})

describe('all of a command that only a shell would read', () => {
  it('is told at once, and mended by one run', async () => {
    const command = 'ExecStartPre=/usr/bin/rm -f ~/cache/*.log >> /var/log/a.log 2>&1 || true'
    const cwd = makeFolder({'a.service': service(command, 'ExecStart=/usr/bin/a')})
    const {stdout} = await cli(['--no-config', '-f', 'json', '.'], {cwd})
    expect(stdout).toContain('"note":"Of shells in this command too: `>>`, `2>&1`, `||`"')
    expect(
      (
        await cli(
          [
            '--no-config',
            '--rule',
            'no-shell-syntax: error',
            '--fix',
            '--unsafe-fixes',
            '-f',
            'json',
            '.',
          ],
          {cwd},
        )
      ).stdout,
    ).not.toContain('no-shell-syntax')
  })
})
