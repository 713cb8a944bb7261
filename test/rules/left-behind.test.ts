import {describe, it} from 'vitest'
import noMisspeltProgram from '../../rules/no-misspelt-program.ts'
import noPlaceholder from '../../rules/no-placeholder.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})
const started = (command: string): string => `[Service]\nExecStart=${command}\n`

tester.run(noMisspeltProgram, {
  valid: [
    // Known programs whose names are as near.
    ...['/usr/bin/dockerd', '/usr/bin/ssh', '/bin/sync', '/bin/ash', '/usr/bin/gunicorn3'],
    // Others that are, and folders of their own, where a program may have any name.
    ...['/usr/sbin/thttpd', '/usr/sbin/sleepd', '/opt/example/bin/nod', '/usr/bin/ode'],
    '/usr/bin/python3.11 -m http.server',
    '/usr/bin/env FOO=bar nod',
  ].map((command) => ({name: command, unit: started(command)})),
  invalid: [
    ['/usr/bin/pyhton3 /srv/main.py', '2:11-2:27', '/usr/bin/pyhton3', '/usr/bin/python3'],
    ['-/usr/bin/bsah /srv/main.sh', '2:12-2:25', '/usr/bin/bsah', '/usr/bin/bash'],
    ['/bin/nod /srv/main.js', '2:11-2:19', '/bin/nod', '/bin/node'],
    ['/usr/bin/env pythoon3 /srv/main.py', '2:24-2:32', 'pythoon3', 'python3'],
    ['sytsemctl restart a.service', '2:11-2:20', 'sytsemctl', 'systemctl'],
  ].map(([command = '', place = '', path = '', meant = '']) => ({
    name: command,
    unit: started(command),
    problems: [`${place}: Unexpected program \`${path}\`, did you mean \`${meant}\`?`],
  })),
})

tester.run(noPlaceholder, {
  valid: [
    started('/usr/bin/example --path /srv/path/to/x'),
    started("/usr/bin/web2py -a '<recycle>'"),
    started('/usr/bin/example --your-style'),
    `${started('@bindir@/example')}User={{ user }}\n`,
    `${started('/usr/bin/example')}Environment=API_KEY=YOUR_KEY\n`,
  ],
  invalid: [
    ['ExecStart=/path/to/lynis audit', '2:11-2:25', '/path/to/lynis', 'ExecStart'],
    ['ExecStart=/usr/bin/a /PATH/TO/x', '2:22-2:32', '/PATH/TO/x', 'ExecStart'],
    ['ExecStart=/opt/your-app/run', '2:16-2:24', 'your-app', 'ExecStart'],
    ['ExecStart=/usr/bin/a <your_domain>:80', '2:22-2:35', '<your_domain>', 'ExecStart'],
    ['User=YOUR_USERNAME', '2:6-2:19', 'YOUR_USERNAME', 'User'],
    ['User=yourusername', '2:6-2:18', 'yourusername', 'User'],
    ['Group=CHANGEME', '2:7-2:15', 'CHANGEME', 'Group'],
    ['WorkingDirectory=/home/<USER>/app', '2:24-2:30', '<USER>', 'WorkingDirectory'],
  ].map(([line = '', place = '', text = '', key = '']) => ({
    name: line,
    unit: `[Service]\n${line}\n`,
    problems: [`${place}: Unexpected \`${text}\` in \`${key}=\`, expected what it stands for`],
  })),
})
