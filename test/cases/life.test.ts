import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const lines = (...given: readonly string[]): string => given.map((line) => `${line}\n`).join('')
const service = (...given: readonly string[]): string =>
  lines('[Unit]', 'Description=A', '[Service]', ...given, '[Install]', 'WantedBy=multi-user.target')
const limited = (...given: readonly string[]): string => lines('[Unit]', 'Description=A', ...given)

/**
 * What public bug reports tell of services whose lines are at odds with how they live: what a first
 * run says of them, and what it is silent on.
 */
describe('the life of a service', () => {
  it.each([
    [
      'commands that undo at once what a oneshot service has done',
      service(
        'Type=oneshot',
        'ExecStart=/usr/bin/resolvectl dns br0 10.0.0.1',
        'ExecStop=/usr/bin/resolvectl revert br0',
      ),
      ['a.service:6 error no-immediate-stop'],
    ],
    [
      'an interval of starts without an end',
      limited(
        'StartLimitIntervalSec=infinity',
        '[Service]',
        'ExecStart=/opt/a/run',
        'Restart=on-failure',
      ),
      [3],
    ],
    [
      'a number of starts where the limit is off',
      limited(
        'StartLimitIntervalSec=0',
        'StartLimitBurst=3',
        '[Service]',
        'ExecStart=/a',
        'Restart=always',
        'RestartSec=9',
      ),
      [4],
    ],
    [
      'a limit that restarts never come to',
      limited(
        'StartLimitIntervalSec=30',
        'StartLimitBurst=5',
        '[Service]',
        'ExecStart=/a',
        'Restart=always',
        'RestartSec=10',
      ),
      [3],
    ],
    [
      'the same for the usual number',
      limited(
        'StartLimitIntervalSec=1min',
        '[Service]',
        'ExecStart=/a',
        'Restart=on-failure',
        'RestartSec=15',
      ),
      [3],
    ],
    [
      'the same for the usual interval',
      limited(
        'StartLimitBurst=3',
        '[Service]',
        'ExecStart=/a',
        'Restart=on-failure',
        'RestartSec=5',
      ),
      [3],
    ],
    [
      'the same for restarts further and further apart',
      limited(
        'StartLimitIntervalSec=20',
        'StartLimitBurst=4',
        '[Service]',
        'ExecStart=/a',
        'Restart=on-failure',
        'RestartSec=1',
        'RestartSteps=3',
        'RestartMaxDelaySec=30',
      ),
      [3],
    ],
  ])('tells of %s', async (_name, text, expected) => {
    const found = await said({'a.service': text}, '--target', '257')
    expect(found).toEqual(
      expected.map((line) =>
        typeof line === 'string' ? line : `a.service:${line} warning no-idle-start-limit`,
      ),
    )
  })

  it.each([
    [
      'restarts without a limit and without a pause',
      limited(
        'StartLimitIntervalSec=0',
        '[Service]',
        'ExecStart=/a',
        'Restart=always',
        'RestartSec=100ms',
      ),
      '7 warning no-restart-loop',
    ],
    [
      'restarts of what remains',
      service('ExecStart=/usr/bin/a', 'RemainAfterExit=yes', 'Restart=always'),
      '6 warning no-idle-restart',
    ],
    [
      'sudo beside a user',
      service(
        'User=postgres',
        'ExecStartPre=/usr/bin/sudo /sbin/modprobe softdog',
        'ExecStart=/usr/bin/patroni',
      ),
      '5 warning no-sudo',
    ],
    [
      'sudo without a password',
      service(
        'User=postgres',
        'ExecStartPre=-sudo -n /sbin/modprobe softdog',
        'ExecStart=/usr/bin/patroni',
      ),
      '5 warning no-sudo',
    ],
  ])('tells of %s', async (_name, text, expected) => {
    expect(await said({'a.service': text})).toEqual([`a.service:${expected}`])
  })

  it.each([
    [
      'a oneshot service that remains',
      service(
        'Type=oneshot',
        'RemainAfterExit=yes',
        'ExecStart=/usr/bin/a up',
        'ExecStop=/usr/bin/a down',
      ),
    ],
    [
      'commands after the end of a oneshot service',
      service('Type=oneshot', 'ExecStart=/usr/bin/a', 'ExecStopPost=/usr/bin/rm -f /run/a.lock'),
    ],
    [
      'a limit that restarts without a pause reach, which have no steps',
      limited(
        'StartLimitIntervalSec=60',
        'StartLimitBurst=5',
        '[Service]',
        'ExecStart=/a',
        'Restart=on-failure',
        'RestartSec=0',
        'RestartSteps=3',
        'RestartMaxDelaySec=30',
      ),
    ],
    [
      'a limit that is reached',
      limited(
        'StartLimitIntervalSec=60',
        'StartLimitBurst=5',
        '[Service]',
        'ExecStart=/a',
        'Restart=always',
        'RestartSec=10',
      ),
    ],
    [
      'a limit of what is not restarted',
      limited(
        'StartLimitIntervalSec=5',
        'StartLimitBurst=5',
        '[Service]',
        'ExecStart=/a',
        'RestartSec=10',
      ),
    ],
    [
      'no limit, asked for plainly',
      limited(
        'StartLimitIntervalSec=0',
        '[Service]',
        'ExecStart=/a',
        'Restart=always',
        'RestartSec=5',
      ),
    ],
    [
      'more starts than usual',
      limited('StartLimitBurst=100', '[Service]', 'ExecStart=/a', 'Restart=on-failure'),
    ],
    [
      'a restart at once below the usual limit',
      service('ExecStart=/a', 'Restart=always', 'RestartSec=0'),
    ],
    [
      'restarts after failures of what remains',
      service('ExecStart=/a', 'RemainAfterExit=yes', 'Restart=on-failure'),
    ],
    ['sudo of root', service('ExecStart=/usr/bin/sudo -u a /usr/bin/a')],
    [
      'sudo to become another user',
      service('User=b', 'ExecStartPre=/usr/bin/sudo -u a /usr/bin/a', 'ExecStart=/usr/bin/b'),
    ],
  ])('is silent on %s', async (_name, text) => {
    expect(await said({'a.service': text}, '--target', '257')).toEqual([])
  })

  it.each([
    [
      'what stays in front',
      service('Type=forking', 'ExecStart=/usr/sbin/httpd -k start -DFOREGROUND'),
      '4 error no-type-mismatch',
    ],
    [
      'the same behind a wrapper',
      service('Type=forking', "ExecStart=/usr/bin/nice -n 5 /usr/sbin/nginx -g 'daemon off;'"),
      '4 error no-type-mismatch',
    ],
    [
      'the same in a script',
      service('Type=forking', "ExecStart=/bin/sh -c 'exec /usr/sbin/sshd -D'"),
      '4 error no-type-mismatch',
    ],
    [
      'what runs on a runtime',
      service('Type=forking', 'User=a', 'ExecStart=/usr/bin/java -jar /opt/a.jar'),
      '4 error no-type-mismatch',
    ],
    [
      'what goes to the background',
      service('Type=simple', 'ExecStart=/usr/bin/gunicorn -D a:app'),
      '4 error no-type-mismatch',
    ],
    [
      'what goes there by itself',
      service('ExecStart=/usr/sbin/chronyd'),
      '4 error no-type-mismatch',
    ],
    [
      'what goes there from a oneshot service',
      service('Type=oneshot', 'ExecStart=/usr/bin/screen -dmS a /opt/a'),
      '4 error no-type-mismatch',
    ],
    [
      'what returns at once',
      service('ExecStart=/usr/bin/docker compose up -d', 'ExecStop=/usr/bin/docker compose down'),
      '4 error no-type-mismatch',
    ],
    [
      'messages that are heard all the same',
      service('Type=notify', 'NotifyAccess=none', 'ExecStart=/opt/a'),
      '5 warning no-idle-notify-access',
    ],
    [
      'sudo as root',
      service('User=b', 'ExecStartPre=/usr/bin/sudo -u root /bin/a', 'ExecStart=/opt/b'),
      '5 warning no-sudo',
    ],
    [
      'a message that a program never sends',
      service('Type=notify', 'ExecStart=/usr/sbin/cron -f'),
      '4 error no-unsent-notification',
    ],
    [
      'one that a script never sends',
      service('Type=notify', "ExecStart=/bin/sh -c 'touch /run/a; sleep infinity'"),
      '4 error no-unsent-notification',
    ],
    [
      'one that is not heard',
      service(
        'Type=notify',
        'User=a',
        "ExecStart=/bin/sh -c 'systemd-notify --ready; sleep infinity'",
      ),
      '4 error no-unsent-notification',
    ],
    [
      'a watchdog that nothing feeds',
      service('ExecStart=/bin/sleep infinity', 'WatchdogSec=30s', 'Restart=always'),
      '5 warning no-unfed-watchdog',
    ],
    [
      'one that a script does not feed',
      service(
        'Type=notify',
        "ExecStart=/bin/sh -c 'systemd-notify --ready; while true; do sleep 1; done'",
        'WatchdogSec=30s',
      ),
      '6 warning no-unfed-watchdog',
    ],
    [
      'a shell that alone is killed',
      service('ExecStart=/opt/a/run.sh', 'KillMode=process'),
      '5 warning no-surviving-process',
    ],
    [
      'several processes of which none is the main one',
      service('Type=forking', "ExecStart=/bin/sh -c '/opt/a & /opt/b &'", 'Restart=always'),
      '4 warning no-guessed-process',
    ],
    [
      'a loop of a shell',
      service('ExecStart=/bin/sh -c "while true; do /opt/a/run; done"', 'KillMode=process'),
      '5 warning no-surviving-process',
    ],
    [
      'nothing that is killed',
      service('ExecStart=/opt/a/run', 'KillMode=none'),
      '5 warning no-surviving-process',
    ],
  ])('tells of %s', async (_name, text, expected) => {
    expect(await said({'a.service': text})).toContain(`a.service:${expected}`)
  })

  it.each([
    [
      'what goes to the background as it should',
      service('Type=forking', 'PIDFile=/run/a.pid', 'ExecStart=/usr/sbin/nginx'),
    ],
    [
      'what stays in front as it should',
      service('Type=exec', "ExecStart=/usr/sbin/nginx -g 'daemon off;'"),
    ],
    ['what a configuration decides', service('ExecStart=/usr/sbin/nginx -c /etc/a.conf')],
    ['what variables decide', service('ExecStart=/usr/sbin/chronyd $OPTIONS')],
    ['what nobody knows', service('ExecStart=/opt/a/run -d --daemon')],
    ['a flag that means something else', service('ExecStart=/usr/sbin/tinyproxy -d')],
    [
      'what is kept',
      service('RemainAfterExit=yes', 'Type=oneshot', 'ExecStart=/usr/bin/screen -dmS a /opt/a'),
    ],
    ['what outlives its service', service('KillMode=process', 'ExecStart=/usr/sbin/chronyd')],
    [
      'a connection',
      lines('[Service]', 'ExecStart=-/usr/bin/rsync --daemon', 'StandardInput=socket'),
    ],
    [
      'a script that starts several',
      service(
        'Type=forking',
        "ExecStart=/bin/sh -c '/usr/bin/node /opt/a.js & echo $$! > /run/a.pid'",
      ),
    ],
    ['what a template leaves open', lines('[Service]', 'ExecStart=@sbindir@/atd -f')],
    [
      'a container that returns at once and is left alone',
      service('ExecStart=/usr/bin/docker run -d b'),
    ],
    [
      'a message of a script',
      service(
        'Type=notify',
        'NotifyAccess=all',
        'User=a',
        "ExecStart=/bin/sh -c 'systemd-notify --ready; sleep infinity'",
      ),
    ],
    [
      'a message of a script of root',
      service('Type=notify', "ExecStart=/bin/sh -c 'systemd-notify --ready; sleep infinity'"),
    ],
    [
      'a message of what nobody knows',
      service('Type=notify', "ExecStart=/bin/sh -c 'exec /opt/a/run'"),
    ],
    ['a watchdog that is off', service('ExecStart=/bin/sleep infinity', 'WatchdogSec=0')],
    [
      'a watchdog that is fed',
      service(
        'NotifyAccess=all',
        "ExecStart=/bin/sh -c 'while true; do systemd-notify WATCHDOG=1; sleep 1; done'",
        'WatchdogSec=30s',
      ),
    ],
    [
      'sessions that outlive their server',
      service('ExecStart=/usr/sbin/sshd -D', 'KillMode=process'),
    ],
    [
      'a script that becomes what it starts',
      service("ExecStart=/bin/sh -c 'cd /opt/a; exec ./run'", 'KillMode=process'),
    ],
  ])('is silent on %s', async (_name, text) => {
    expect(
      (await said({'a.service': text})).filter((line) =>
        /no-(?:type-m|unsent|unfed|surv)/.test(line),
      ),
    ).toEqual([])
  })

  it('is silent on a job of a timer that tidies up', async () => {
    const timer = lines('[Timer]', 'OnCalendar=daily', '[Install]', 'WantedBy=timers.target')
    expect(
      await said({
        'a.timer': timer,
        'a.service': lines(
          '[Service]',
          'Type=oneshot',
          'ExecStart=/usr/bin/a',
          'ExecStop=/usr/bin/b',
        ),
      }),
    ).toEqual([])
  })
})

describe('what waits for what does not come', () => {
  const typed = (type: string, ...given: readonly string[]): string =>
    service(`Type=${type}`, ...given)

  it.each([
    ['a runtime that stays', 'forking', 'ExecStart=/usr/bin/ruby /opt/a/a.rb'],
    ['a container in front', 'forking', 'ExecStart=/usr/bin/docker run --rm --name a a:latest'],
    ['containers in front', 'forking', 'ExecStart=/usr/bin/docker-compose -f /opt/a.yml up'],
    [
      'a mount in front',
      'forking',
      'ExecStart=/usr/bin/rclone mount a: /mnt/a --vfs-cache-mode full',
    ],
    ['a relay', 'forking', 'ExecStart=/usr/bin/socat TCP-LISTEN:80,fork TCP:10.0.0.1:80'],
    ['a camera in front', 'forking', 'ExecStart=/usr/bin/motion -n'],
    [
      'a server that starts itself in the background',
      'simple',
      'ExecStart=/opt/tomcat/bin/startup.sh',
    ],
    ['a server of Atlassian', 'simple', 'ExecStart=/opt/atlassian/jira/bin/start-jira.sh'],
    [
      'a mount that goes to the background',
      'simple',
      'ExecStart=/usr/bin/sshfs a@example:/srv /mnt/a',
    ],
    ['a mount that is told to', 'exec', 'ExecStart=/usr/bin/rclone mount a: /mnt/a --daemon'],
    [
      'a script that leaves all in the background',
      'simple',
      `ExecStart=/bin/sh -c 'nohup /opt/a/run > /var/log/a.log 2>&1 &'`,
    ],
  ])('tells of %s', async (_name, type, command) => {
    expect(await said({'a.service': typed(type, command)})).toEqual([
      'a.service:4 error no-type-mismatch',
    ])
  })

  it('tells of scripts of another init system that are stopped at once', async () => {
    const text = service('ExecStart=/etc/init.d/a start', 'ExecStop=/etc/init.d/a stop')
    expect(await said({'a.service': text})).toEqual(['a.service:4 error no-type-mismatch'])
  })

  it.each([
    ['a worker that has no such message', ['ExecStart=/usr/bin/celery -A a worker']],
    ['a client of containers', ['ExecStart=/usr/bin/docker run --rm a']],
    ['a child of npm', ['User=a', 'WorkingDirectory=/opt/a', 'ExecStart=/usr/bin/npm start']],
    [
      'a report of a script that becomes another program',
      ['User=a', `ExecStart=/bin/bash -c 'systemd-notify --ready && exec sleep infinity'`],
    ],
  ])('tells of %s', async (_name, given) => {
    expect(await said({'a.service': typed('notify', ...given)})).toEqual([
      'a.service:4 error no-unsent-notification',
    ])
  })

  it.each([
    [
      'a container in the background',
      typed(
        'forking',
        'PIDFile=/run/a.pid',
        'ExecStart=/usr/bin/podman run -d --conmon-pidfile /run/a.pid a',
      ),
    ],
    [
      'options that are not in sight',
      typed(
        'forking',
        'EnvironmentFile=/etc/default/a',
        'ExecStart=/usr/bin/docker run $OPTIONS a',
      ),
    ],
    ['a script of the same name elsewhere', service('ExecStart=/opt/a/bin/startup.sh')],
    [
      'a server that was told to stay',
      service('ExecStart=/opt/atlassian/jira/bin/start-jira.sh -fg'),
    ],
    ['a mount that stays', service('ExecStart=/usr/bin/sshfs -f a@example:/srv /mnt/a')],
    ['a script that waits', service(`ExecStart=/bin/sh -c '/opt/a/one & /opt/a/two & wait'`)],
    ['a mount that reports', typed('notify', 'ExecStart=/usr/bin/rclone mount a: /mnt/a')],
    [
      'a container that reports',
      typed(
        'notify',
        'NotifyAccess=all',
        'ExecStart=/usr/bin/podman run --sdnotify=conmon -d --rm a',
      ),
    ],
    ['a child that is heard', typed('notify', 'NotifyAccess=all', 'ExecStart=/usr/bin/npm start')],
    ['scripts of another init system once', typed('oneshot', 'ExecStart=/etc/init.d/a start')],
  ])('is silent on %s', async (_name, text) => {
    expect(await said({'a.service': text})).toEqual([])
  })
})

describe('commands of root before services of others', () => {
  const service = (...lines: readonly string[]): string =>
    `[Service]\n${lines.map((line) => `${line}\n`).join('')}ExecStart=/usr/bin/a\n`
  it.each([
    ['a folder below `/run`', ['User=a', 'ExecStartPre=/bin/mkdir -p /run/a']],
    ['files for another', ['User=a', 'ExecStartPre=/bin/chown -R root:root /srv/a']],
    ['a module', ['User=a', 'ExecStartPre=/sbin/modprobe a']],
  ])('are told of: %s', async (_name, lines) => {
    expect(await said({'a.service': service(...lines)})).toEqual([
      'a.service:3 warning no-unprivileged-command',
    ])
  })

  it.each([
    ['as root', ['User=a', 'ExecStartPre=+/sbin/modprobe a', 'ExecStartPre=-/sbin/modprobe b']],
    ['of root', ['ExecStartPre=/bin/mkdir -p /run/a', 'ExecStartPre=/bin/chown a /run/a']],
    [
      'in a folder of its own',
      [
        'User=a',
        'RuntimeDirectory=a',
        'ExecStartPre=/bin/mkdir -p /run/a/b',
        'ExecStartPre=/bin/chown a /run/a',
      ],
    ],
    [
      'with the right to',
      ['User=a', 'AmbientCapabilities=CAP_SYS_MODULE', 'ExecStartPre=/sbin/modprobe a'],
    ],
  ])('may be run %s', async (_name, lines) => {
    expect(
      (await said({'a.service': service(...lines)})).filter((line) =>
        line.includes('unprivileged'),
      ),
    ).toEqual([])
  })
})
