import {expect, test} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {load} from '../../src/unit/load.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'

/** Accesses that the lines of `[Service]` show for certain. */
function certain(lines: string): string[] {
  const unit = load([{path: 'a.service', role: 'fragment', tree: parse(`[Service]\n${lines}\n`)}], {
    name: 'a.service',
    type: 'service',
    target: defaultTarget,
    manager: 'system',
  })
  return needs(unit)
    .filter((need) => need.certain)
    .map(({access}) => access)
}

test('what was taken for a need, and is none', () => {
  expect(certain('ExecStart=/usr/bin/rsync -aL /etc/a root@192.0.2.1:/srv/certs')).not.toContain(
    'write-anywhere',
  )
  expect(certain('ExecStart=/usr/sbin/logrotate /etc/logrotate.conf')).not.toContain('write-config')
  expect(
    certain('Environment=HOME=/var/lib/a\nExecStart=/bin/sh -c "mkdir -p $HOME/content"'),
  ).not.toContain('home-write')
  expect(certain('PrivateTmp=yes\nExecStart=/bin/sh -c "touch /var/tmp/x"')).not.toContain(
    'write-anywhere',
  )
})

test('what stays one', () => {
  expect(certain('ExecStart=/bin/sh -c "mkdir -p $HOME/content"')).toContain('home-write')
  expect(certain('ExecStart=/bin/sh -c "touch /var/tmp/x"')).toContain('write-anywhere')
  expect(certain('ExecStart=/bin/cp /etc/a /srv/certs')).toContain('write-anywhere')
})
