import {expect, test} from 'vitest'
import {hostTold} from '../../src/needs/evidence/hosts-told.ts'
import {service} from '../unit/unit.ts'

test.each([
  ['curl -fsS https://me@example.org:8443/x', 'example.org'],
  ['wget http://example.org', 'example.org'],
  ['git -C /srv/a push ssh://git@example.org/a', 'example.org'],
  ['ssh me@example.org uptime', 'example.org'],
  ['ssh -F /etc/a example.org', undefined],
  ['scp /srv/a backup:a', 'backup'],
  ['scp me@backup.example.org:/srv/a /srv', 'backup.example.org'],
  ['rsync -a /srv/ backup::module', 'backup'],
  ['rsync -a me@b:~/a /srv/', 'b'],
  ['scp /srv/a backup:', 'backup'],
  ['rsync -a --exclude=a:b /srv/a /srv/b', undefined],
  ['rsync -a localhost:/srv/a /srv/b', undefined],
  ['curl --unix-socket /run/a http://example.org/', undefined],
  ['curl -x proxy:3128 http://example.org/', undefined],
  ['curl http://127.0.0.1/', undefined],
  ['my-client http://example.org/', undefined],
])('the host that %s names is %s', (command, host) => {
  expect(hostTold(service(`[Service]\nExecStart=-/usr/bin/${command}\n`))).toBe(host)
})
