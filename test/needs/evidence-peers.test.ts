import {expect, test} from 'vitest'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'

test.each<[string, readonly string[]]>([
  ['ExecStart=/opt/x/run\nUser=example\nRuntimeDirectory=x', ['host-users']],
  ['ExecStart=/usr/bin/python3 /opt/x/run\nRuntimeDirectory=x', ['host-users']],
  ['ExecStart=/usr/sbin/nginx\nRuntimeDirectory=x', []],
  ['ExecStart=/opt/x/run\nUser=example', []],
  [
    'ExecStart=/opt/x/run\nUser=example\nSupplementaryGroups=adm',
    ['@chown', '@privileged', 'host-users'],
  ],
  ['ExecStart=/usr/sbin/nginx\nUser=example\nSupplementaryGroups=adm', []],
])('what peers and groups show of %j', (lines, expected) => {
  const found = needs(service(`[Service]\n${lines}\n`, '257', 'example.service'))
  expect(
    found.filter(({because}) => /socket, by|may give/.test(because)).map(({access}) => access),
  ).toEqual(expected)
})
