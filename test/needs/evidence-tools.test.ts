import {describe, expect, test} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

function applicability(lines: string, ...denied: readonly AccessId[]): string {
  return weigh(denied, needs(service(`[Service]\n${lines}\n`))).applicability
}

describe('what runs nothing but tools for texts and files', () => {
  test.each([
    'ExecStart=/usr/bin/tr a-z A-Z',
    'ExecStart=/usr/bin/find /var/cache/example -mtime +7 -delete',
    // What would have find(1) start others are other options here.
    'ExecStart=/usr/bin/du -ok /var/cache/example',
    "ExecStart=/bin/sh -c 'cat /var/log/a | gzip > /srv/a.gz'",
    'ExecStart=/bin/rm -rf /var/lib/example/cache\nExecStartPost=/usr/bin/touch /var/lib/example/done',
  ])('talks to nobody and becomes nobody else: %s', (lines) => {
    expect(
      applicability(
        lines,
        'inet',
        'netlink',
        'CAP_SETUID',
        'CAP_KILL',
        'CAP_NET_ADMIN',
        'CAP_SYS_CHROOT',
        '@mount',
        '@resources',
      ),
    ).toBe('safe')
  })

  test.each([
    ['ExecStart=/usr/bin/tr a-z A-Z', 'CAP_CHOWN', 'safe'],
    ['ExecStart=/usr/bin/tr a-z A-Z', 'CAP_DAC_OVERRIDE', 'safe'],
    // It reads what may be of others.
    ['ExecStart=/bin/grep -c x /var/log/a', 'CAP_DAC_OVERRIDE', 'unsafe'],
    ['ExecStart=/bin/grep -c x /var/log/a', 'CAP_CHOWN', 'safe'],
    ["ExecStart=/bin/sh -c 'grep x /var/log/a > /srv/b'", 'CAP_CHOWN', 'unsafe'],
    ['ExecStart=/bin/mv /srv/a /var/lib/b', 'CAP_CHOWN', 'unsafe'],
    ['ExecStart=/bin/tar -C / -czf /srv/a.tgz etc', 'CAP_KILL', 'safe'],
    ['ExecStart=/bin/tar cf /srv/a.tar etc', 'CAP_KILL', 'safe'],
    // Owners by their names, other hosts, and programs that it is told to start.
    ['ExecStart=/bin/tar cf /srv/a.tar etc', 'inet', 'unsafe'],
    ['ExecStart=/bin/tar cf host:a.tar etc', 'CAP_KILL', 'unsafe'],
    ['ExecStart=/bin/tar -cf /srv/a -I /opt/x etc', 'CAP_KILL', 'unsafe'],
    ['ExecStart=/bin/tar cIf /opt/x /srv/a etc', 'CAP_KILL', 'unsafe'],
    ['ExecStart=/bin/tar --us=/opt/x -cf /srv/a etc', 'CAP_KILL', 'unsafe'],
    ['ExecStart=/bin/tar --to-command=/opt/x -xf /srv/a', 'CAP_KILL', 'unsafe'],
    // The name service may ask another host.
    ['ExecStart=/usr/bin/find /srv -user x', 'inet', 'unsafe'],
    ['ExecStart=/bin/chgrp www /srv/x', 'inet', 'unsafe'],
    // They start others, or send signals.
    ['ExecStart=/usr/bin/find /srv -exec /opt/x {} ;', 'inet', 'unsafe'],
    ["ExecStart=/usr/bin/awk '{system($1)}' /srv/x", 'inet', 'unsafe'],
    ["ExecStart=/bin/sed -i 's/a/b/e' /srv/x", 'inet', 'unsafe'],
    ['ExecStart=/usr/bin/sort --compress-program=/opt/x /srv/x', 'inet', 'unsafe'],
    ['ExecStart=/usr/bin/sort --co=/opt/x /srv/x', 'inet', 'unsafe'],
    ['ExecStart=/bin/sed --fi=/opt/x /srv/x', 'inet', 'unsafe'],
    ['ExecStart=/usr/bin/gawk -i /opt/x 1 /srv/x', 'inet', 'unsafe'],
    ['ExecStart=/usr/bin/gawk --load=x 1 /srv/x', 'inet', 'unsafe'],
    ["ExecStart=/bin/sh -c 'kill -9 $(cat /run/x)'", 'CAP_KILL', 'withheld'],
    ["ExecStart=/bin/sh -c 'ulimit -n 9999; cat /srv/x'", '@resources', 'unsafe'],
    ["ExecStart=/bin/sh -c '$TOOL /srv/x'", 'inet', 'unsafe'],
    ['Environment=LD_PRELOAD=/opt/x.so\nExecStart=/bin/cat /srv/x', 'inet', 'unsafe'],
    // A file that is more than a file.
    ["ExecStart=/bin/sh -c 'cat /srv/x > /sys/kernel/x'", 'CAP_NET_ADMIN', 'unsafe'],
    ['ExecStart=/bin/cat /opt/x\nExecStartPost=/opt/unheard-of', 'inet', 'unsafe'],
  ] as const)('%s without %s: %s', (lines, access, expected) => {
    expect(applicability(lines, access)).toBe(expected)
  })

  test.each([
    [
      '#!/bin/sh\nset -e\ntar -czf /srv/a.tgz /etc || [ $? -eq 1 ]\nmv /srv/a.tgz /srv/b.tgz\n',
      'safe',
    ],
    ['#!/bin/sh\nf() { sort "$1"; }\nf /srv/x > /srv/y\n', 'safe'],
    ['#!/bin/sh\n. /etc/x.conf\nsort /srv/x\n', 'unsafe'],
    ['#!/bin/sh\n$SORT /srv/x\n', 'unsafe'],
    ['#!/bin/sh\n/opt/unheard-of /srv/x\n', 'unsafe'],
    ['#!/usr/bin/perl\nprint 1;\n', 'unsafe'],
    ['#!/bin/sh\nseq 3\nexpr 1 + 1\n', 'safe'],
    // What they are told by a variable, by an alias, or at their end.
    ['#!/bin/sh\nPATH=/usr/bin:/bin\nA=1 sort /srv/x\n', 'safe'],
    ['#!/bin/sh\nexport LD_PRELOAD=/opt/x.so\nsort /srv/x\n', 'unsafe'],
    ['#!/bin/sh\nTAR_OPTIONS=--to-command=/opt/x tar xf /srv/x\n', 'unsafe'],
    ['#!/bin/sh\nPATH=/opt/bin:$PATH\nsort /srv/x\n', 'unsafe'],
    ['#!/bin/sh\nalias sort=/opt/x\nsort /srv/x\n', 'unsafe'],
    ['#!/bin/sh\ntrap /opt/x EXIT\nsort /srv/x\n', 'unsafe'],
  ])('may be a script in sight: %j: %s', (text, expected) => {
    for (const command of ['/usr/local/bin/x', '/bin/sh /usr/local/bin/x']) {
      const host = hostOf({'/usr/local/bin/x': text})
      const unit = service(`[Service]\nExecStart=${command}\n`, '257', 'a.service', host)
      expect(weigh(['CAP_NET_ADMIN', 'CAP_KILL'], needs(unit)).applicability).toBe(expected)
    }
  })

  test('are not known of a script that is too long to be read', () => {
    const judged = (comments: number): string => {
      const text = `#!/bin/sh\nsort /srv/x\n${'# c\n'.repeat(comments)}`
      const host = hostOf({'/usr/local/bin/x': text})
      const lines = '[Service]\nExecStart=/usr/local/bin/x\n'
      return weigh(['CAP_KILL'], needs(service(lines, '257', 'a.service', host))).applicability
    }
    expect([1_000, 70_000].map(judged)).toEqual(['safe', 'unsafe'])
  })
})

test.each([
  ["User=a\nExecStart=/bin/sh -c 'while sleep 9; do ip -4 address show; done'", 'withheld'],
  ['DynamicUser=yes\nExecStart=/usr/sbin/ip route', 'withheld'],
  ['ExecStart=/usr/sbin/ip route', 'unsafe'],
  ['User=a\nExecStart=/usr/bin/ss -tln', 'safe'],
])('`ip` gives up capabilities where it is not root’s: %s', (lines, expected) => {
  expect(applicability(lines, '@privileged')).toBe(expected)
})
