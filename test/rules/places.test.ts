import {describe, it} from 'vitest'
import noLiteralGlob from '../../rules/no-literal-glob.ts'
import protectSystem from '../../rules/protect-system.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const service = (...commands: readonly string[]): string =>
  `[Service]\n${commands.map((command) => `ExecStart=${command}\n`).join('')}`
const header = '1:1-1:10: Expected `ProtectSystem='

tester.run(protectSystem, {
  valid: [
    {
      name: 'as much as is asked for',
      unit: '[Service]\nExecStart=/usr/bin/x /usr/local/y/z /var/lib/a\nProtectSystem=full\nReadWritePaths=/var/lib/a\n',
      options: {atLeast: 'full'},
    },
  ],
  invalid: [
    {
      name: 'less than that is there',
      unit: `${service('/usr/bin/x --data /var/lib/a/data')}ProtectSystem=full\n`,
      problems: ['3:1-3:19: Unexpected `ProtectSystem=full`, expected `strict`'],
      fixedUnsafely: `${service('/usr/bin/x --data /var/lib/a/data')}ProtectSystem=strict\nReadWritePaths=-/var/lib/a/data\n`,
    },
    {
      name: 'tools that are told where to write',
      unit: service(
        '/bin/rm -f /var/lib/a/lock',
        '/bin/cp -p /usr/share/a/x /var/lib/a/b/x',
        '/usr/bin/touch /srv/b/stamp',
      ),
      problems: [`${header}strict\``],
      fixed: `${service('/bin/rm -f /var/lib/a/lock', '/bin/cp -p /usr/share/a/x /var/lib/a/b/x', '/usr/bin/touch /srv/b/stamp')}\nProtectSystem=strict\nReadWritePaths=-/srv/b -/var/lib/a\n`,
    },
    {
      name: 'tools that write nowhere',
      unit: service('/bin/cat /etc/hostname', '/bin/echo a'),
      problems: [`${header}strict\``],
      fixed: `${service('/bin/cat /etc/hostname', '/bin/echo a')}\nProtectSystem=strict\n`,
    },
    {
      name: 'a script of such tools',
      unit: service("/bin/sh -c 'echo 1 > /var/lib/a/n; chmod 0644 /var/lib/a/n'"),
      problems: [`${header}strict\``],
      fixed: `${service("/bin/sh -c 'echo 1 > /var/lib/a/n; chmod 0644 /var/lib/a/n'")}\nProtectSystem=strict\nReadWritePaths=-/var/lib/a\n`,
    },
    {
      name: 'a program that may write elsewhere too',
      unit: service('/usr/bin/x --data /var/lib/a/data --log /var/log/a'),
      problems: [`${header}strict\``],
      fixed: `${service('/usr/bin/x --data /var/lib/a/data --log /var/log/a')}\nProtectSystem=yes\n`,
      fixedUnsafely: `${service('/usr/bin/x --data /var/lib/a/data --log /var/log/a')}\nProtectSystem=strict\nReadWritePaths=-/var/lib/a/data -/var/log/a\n`,
    },
    {
      name: 'folders made on the way',
      unit: service('/bin/mkdir -p /var/lib/a/b'),
      problems: [`${header}strict\``],
      fixed: `${service('/bin/mkdir -p /var/lib/a/b')}\nProtectSystem=yes\n`,
      fixedUnsafely: `${service('/bin/mkdir -p /var/lib/a/b')}\nProtectSystem=strict\nReadWritePaths=-/var/lib/a/b\n`,
    },
    {
      name: 'a place that is too wide',
      unit: service('/bin/rm -f /run/a.pid'),
      problems: [`${header}full\``],
      fixed: `${service('/bin/rm -f /run/a.pid')}\nProtectSystem=full\n`,
    },
    {
      name: 'a path that nobody can write down',
      unit: service("/bin/sh -c 'rm -f /var/lib/a/$x'"),
      problems: [`${header}full\``],
      fixed: `${service("/bin/sh -c 'rm -f /var/lib/a/$x'")}\nProtectSystem=yes\n`,
      fixedUnsafely: `${service("/bin/sh -c 'rm -f /var/lib/a/$x'")}\nProtectSystem=full\n`,
    },
    {
      name: 'a tool that is told elsewhere',
      unit: service('/usr/bin/rsync --daemon --no-detach'),
      problems: [`${header}strict\``],
      fixed: `${service('/usr/bin/rsync --daemon --no-detach')}\nProtectSystem=yes\n`,
      fixedUnsafely: `${service('/usr/bin/rsync --daemon --no-detach')}\nProtectSystem=strict\n`,
    },
    {
      name: 'the end of a path',
      unit: service('/usr/bin/x ${A}/var/lib/a'),
      problems: [`${header}full\``],
      fixed: `${service('/usr/bin/x ${A}/var/lib/a')}\nProtectSystem=yes\n`,
      fixedUnsafely: `${service('/usr/bin/x ${A}/var/lib/a')}\nProtectSystem=full\n`,
    },
    {
      name: 'a home',
      unit: service('/bin/rm -f /home/a/b/c'),
      problems: [`${header}strict\``],
      fixed: `${service('/bin/rm -f /home/a/b/c')}\nProtectSystem=strict\nReadWritePaths=-/home/a/b\n`,
    },
  ],
})

tester.run(noLiteralGlob, {
  valid: [
    {
      name: 'where patterns are read',
      unit: `[Unit]\nConditionPathExistsGlob=/etc/a/*.conf\n${service('/bin/a /srv/*')}EnvironmentFile=/etc/a/*.env\nDeviceAllow=char-* rw\n`,
    },
    {
      name: 'a template of another program',
      unit: `${service('/bin/a')}WorkingDirectory=/srv/@A@*\n`,
    },
    {
      name: 'what systemd complains of itself',
      unit: `${service('/bin/a')}ReadWritePaths=srv/a/*\n`,
    },
  ],
  invalid: [
    {
      name: 'conditions',
      unit: `[Unit]\nConditionPathExists=|!/etc/a/*.conf\nAssertDirectoryNotEmpty=/srv/*\n${service('/bin/a')}`,
      problems: [
        '2:23-2:36: Unexpected pattern `/etc/a/*.conf` in `ConditionPathExists=`, systemd takes it for the name of one file, expected `ConditionPathExistsGlob=`',
        '3:25-3:31: Unexpected pattern `/srv/*` in `AssertDirectoryNotEmpty=`, systemd takes it for the name of one file',
      ],
      fixedUnsafely: `[Unit]\nConditionPathExistsGlob=|!/etc/a/*.conf\nAssertDirectoryNotEmpty=/srv/*\n${service('/bin/a')}`,
    },
    {
      name: 'a path',
      fileName: 'a.path',
      unit: '[Path]\nPathExists=/srv/a/*.csv\nPathModified=/srv/b/*.csv\n',
      problems: [
        '2:12-2:24: Unexpected pattern `/srv/a/*.csv` in `PathExists=`, systemd takes it for the name of one file, expected `PathExistsGlob=`',
        '3:14-3:26: Unexpected pattern `/srv/b/*.csv` in `PathModified=`, systemd takes it for the name of one file',
      ],
      fixedUnsafely: '[Path]\nPathExistsGlob=/srv/a/*.csv\nPathModified=/srv/b\n',
    },
    {
      name: 'lists',
      unit: `${service('/bin/a')}ReadWritePaths=-/srv/a/* /srv/b\n`,
      problems: [
        '3:17-3:25: Unexpected pattern `/srv/a/*` in `ReadWritePaths=`, systemd takes it for the name of one file',
      ],
      fixedUnsafely: `${service('/bin/a')}ReadWritePaths=-/srv/a /srv/b\n`,
    },
    {
      name: 'a program',
      unit: service('-/opt/a-*/bin/a --all *'),
      problems: [
        '2:12-2:26: Unexpected pattern `/opt/a-*/bin/a` in the program of `ExecStart=`, no shell makes a path of it',
      ],
    },
  ],
})
