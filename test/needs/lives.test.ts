import {describe, expect, it} from 'vitest'
import {isSilent, lifeOf} from '../../src/needs/programs/lives.ts'
import {lives} from '../../src/needs/programs/tables/lives.ts'

/** What a command line tells of how its program lives: `stays`, `forks`, or nothing. */
function told(line: string): string | undefined {
  const [path = '', ...args] = line.split(' ')
  return lifeOf(path, args)?.life
}

describe('the table of lives', () => {
  it('has each program once, and many', () => {
    const programs = lives.flatMap((row) => row.programs.split(' '))
    expect(programs.filter((program, index) => programs.indexOf(program) !== index)).toEqual([])
    expect(programs.length).toBeGreaterThan(300)
  })

  it.each(lives.map((row) => [row.programs.slice(0, 40), row] as const))(
    'says where it has that of %s from, and something',
    (_programs, row) => {
      expect(row.source).not.toBe('')
      expect(row.life ?? row.stays ?? row.forks ?? row.isSilent ?? row.isStarter).toBeDefined()
    },
  )
})

describe('the life of a program', () => {
  it.each([
    ['/usr/sbin/nginx', 'forks'],
    ['/usr/sbin/nginx -g daemon off;', 'stays'],
    ['/usr/sbin/nginx -g daemon on; master_process on;', 'forks'],
    ['/usr/sbin/nginx -c /etc/a.conf', undefined],
    ['/usr/sbin/nginx -t', undefined],
    ['/usr/sbin/nginx $OPTIONS', undefined],
    ['/usr/sbin/nginx __OPTIONS', undefined],
    ['/usr/sbin/nginx @options@', undefined],
    ['/usr/sbin/nginx {{ options }}', undefined],
    ['/usr/sbin/nginx <%= options %>', undefined],
    ['/usr/sbin/nginx %OPTIONS%', undefined],
    ['/usr/sbin/nginx __options', 'forks'],
    ['/usr/sbin/httpd -k start -DFOREGROUND', 'stays'],
    ['/usr/sbin/apache2 -D FOREGROUND', 'stays'],
    ['/usr/sbin/httpd -k start', 'forks'],
    ['/etc/cron.daily/lighttpd', undefined],
    ['/usr/sbin/httpd -D SSL', 'forks'],
    ['/usr/sbin/httpd -k graceful', undefined],
    ['/usr/sbin/httpd -fv -p 80 -h /www', undefined],
    ['/usr/bin/ssh-agent -a /run/a', 'forks'],
    ['/usr/bin/ssh-agent -D -a /run/a', 'stays'],
    ['/usr/bin/ssh-agent -t 1h /usr/bin/sway', undefined],
    ['/usr/bin/node /opt/a.js', 'stays'],
    ['/usr/bin/node /opt/a.js start', undefined],
    ['php-fpm8.2 --nodaemonize --fpm-config /etc/php.conf', 'stays'],
    ['php-fpm -F', 'stays'],
    ['/usr/sbin/sshd -D', 'stays'],
    ['/usr/sbin/sshd -De', 'stays'],
    ['/usr/sbin/sshd -eD', 'stays'],
    ['/usr/sbin/sshd', undefined],
    ['/usr/sbin/sshd $SSHD_OPTS', undefined],
    ['/usr/sbin/sshd -D $SSHD_OPTS', 'stays'],
    ['/usr/sbin/cron -f -P', 'stays'],
    ['/usr/sbin/cron -Pf', 'stays'],
    ['/usr/sbin/snmpd -LS0-6d -f', 'stays'],
    ['/usr/sbin/snmpd -Lf /var/log/snmpd.log', 'forks'],
    ['/usr/bin/memcached -vd', 'forks'],
    ['/usr/bin/memcached -l 127.0.0.1', 'stays'],
    ['/usr/bin/redis-server /etc/redis.conf', undefined],
    ['/usr/bin/redis-server --daemonize yes', 'forks'],
    ['/usr/bin/redis-server --daemonize no --supervised systemd', 'stays'],
    ['/usr/bin/distccd --no-detach --daemon', 'stays'],
    ['/usr/bin/rsync --daemon', 'forks'],
    ['/usr/bin/rsync --daemon --no-detach', 'stays'],
    ['/usr/bin/rsync -a /a /b', undefined],
    ['/usr/bin/freshclam -d --foreground=true', 'stays'],
    ['/usr/sbin/clamd --foreground=false', undefined],
    ['/usr/bin/pulseaudio --daemonize=no', 'stays'],
    ['/usr/bin/hypnotoad', undefined],
    ['/usr/sbin/apachectl start', 'forks'],
    ['/usr/bin/rails s -p 3000', 'stays'],
    ['/usr/bin/rails server -d', 'forks'],
    ['/usr/bin/screen -dmS a /bin/b', 'forks'],
    ['/usr/bin/screen -S a -d -m /bin/b', 'forks'],
    ['/usr/bin/screen -DmS a /bin/b', 'stays'],
    ['/usr/bin/ssh -fNT -L 1:b:2 a', 'forks'],
    ['/usr/bin/ssh -N a', 'stays'],
    ['/usr/bin/ssh -N -o ControlPersist=1h a', undefined],
    ['/usr/bin/docker run -d a', 'forks'],
    ['/usr/bin/docker run --rm --name a -p 1:1 -d b', 'forks'],
    ['/usr/bin/docker run --rm b -d', undefined],
    ['/usr/bin/docker run --name a b serve -d', undefined],
    ['/usr/bin/docker compose -f a.yml up -d', 'forks'],
    ['/usr/bin/docker-compose up', 'stays'],
    ['/usr/bin/docker-compose -f a.yml up -d', 'forks'],
    ['/usr/bin/docker-compose ps', undefined],
    ['/usr/bin/docker run a', 'stays'],
    ['/usr/bin/docker run -it $OPTIONS a', undefined],
    ['/opt/tomcat/bin/startup.sh', 'forks'],
    ['/opt/a/bin/startup.sh', undefined],
    ['/usr/bin/docker start -a b', undefined],
    ['/usr/bin/postfix start', 'forks'],
    ['/usr/bin/postfix start-fg', 'stays'],
    ['/usr/bin/qemu-system-x86_64 -m 1G -daemonize', 'forks'],
    ['/usr/bin/fail2ban-server -xf start', 'stays'],
    ['/usr/sbin/tinyproxy -d -c /etc/tinyproxy.conf', 'stays'],
    ['/usr/sbin/hd-idle -d', undefined],
  ])('of `%s` is told: %s', (line, expected) => {
    expect(told(line)).toBe(expected)
  })

  it('takes no time that grows faster than the arguments', () => {
    for (const [program, word] of [
      ['docker', '-a b'],
      ['docker-compose', 'up'],
      ['celery', 'worker'],
      ['screen', '-d'],
      ['nginx', 'daemon'],
    ] as const) {
      const line = `${program} run ${Array.from({length: 100_000}, () => word).join(' ')}`
      expect(['stays', 'forks', undefined]).toContain(told(line))
    }
  })
})

describe('what never tells systemd anything', () => {
  it('is known by name', () => {
    expect(
      ['/bin/sleep', 'cron', '/usr/sbin/nginx', '/usr/bin/redis-server', '/opt/a'].map(isSilent),
    ).toEqual([true, true, true, false, false])
  })
})
