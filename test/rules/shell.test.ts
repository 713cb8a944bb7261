import {describe, it} from 'vitest'
import noInvalidValue from '../../rules/no-invalid-value.ts'
import noLiteralQuotes from '../../rules/no-literal-quotes.ts'
import noLostVariable from '../../rules/no-lost-variable.ts'
import noQuotedCommand from '../../rules/no-quoted-command.ts'
import noShellSyntax from '../../rules/no-shell-syntax.ts'
import noTrailingComment from '../../rules/no-trailing-comment.ts'
import noUnexpandedVariable from '../../rules/no-unexpanded-variable.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

/** A service with some lines; `/` begins another. */
const service = (...lines: readonly string[]): string =>
  `[Service]\n${lines.map((line) => `${line}\n`).join('')}`
const start = (command: string, ...lines: readonly string[]): string =>
  service(`ExecStart=${command}`, ...lines)

/** A case: what is written, what is said, and what it is made. */
const found = (unit: string, problem: string, fixedUnsafely?: string) => ({
  unit,
  problems: [problem],
  ...(fixedUnsafely === undefined ? {} : {fixedUnsafely}),
})
const gets = (at: string, word: string, program: string, key = 'ExecStart'): string =>
  `${at}: Unexpected \`${word}\` in \`${key}=\`, no shell reads it: \`${program}\` gets it as an argument`

tester.run(noShellSyntax, {
  valid: [
    start('/bin/sh -c "exec /x > /y 2>&1 || true"'),
    start('/usr/bin/x "a > b" \'c | d\''),
    start('/usr/bin/test 1 -lt 2 -a a > b'),
    start('/usr/bin/find /x -size +1k -exec rm {} +'),
    start(String.raw`/usr/bin/find /x -exec rm {} \;`),
    start('/usr/bin/ssh host cat /x > /y'),
    start('/usr/bin/tcpdump -w /x host a & port 3'),
    start('/usr/bin/curl http://example.org/?a=b&c=d&'),
    start('/usr/bin/mail -s x <user@example.org>'),
    start('/usr/bin/x --port {{ port | default(80) }}'),
    start('/usr/bin/a ; /usr/bin/b', 'Type=oneshot'),
    start("/usr/sbin/nginx -g 'daemon off;'"),
    start('/usr/bin/env MODE=fast x'),
    start('/usr/bin/rclone mount ~/x'),
    start('/usr/bin/grep -r a* /x'),
    start('/usr/bin/x *.txt'),
    start("/usr/bin/ttyd bash -c 'echo `hostname`; bash'"),
    start('|/usr/bin/x > /y'),
    start('/usr/bin/pip install x>=1.0'),
    start('/usr/bin/expr 1 | 2'),
    start('/bin/su -c /opt/x bob'),
    start('/bin/su - bob -c "/opt/x start"'),
    start('/usr/bin/grep -E a|/b /x'),
    start('/x http://a/b?c=d&e=/f a->b'),
    start('/usr/bin/tar -xf /x --wildcards */y.txt'),
    start('/usr/bin/rsync -a --exclude *.tmp /x host:/y/*'),
    start('/usr/bin/find /x -name *.gz -delete'),
    start('/usr/bin/syncthing --home=~/x'),
    start('/bin/bash /y.sh ~/x'),
    start("/bin/bash -lc 'cd ~/x'"),
    start('/usr/bin/python3 -m ~/x'),
    start('/bin/sh -x'),
    start('/usr/sbin/nginx -g "daemon off;"'),
    start('/x -e "a;"'),
  ],
  invalid: [
    found(
      start('/x > /y.log'),
      gets('2:14-2:15', '>', '/x'),
      start('/x', '', 'StandardOutput=truncate:/y.log', 'StandardError=journal'),
    ),
    found(
      start('/x a >> /y.log 2>&1'),
      gets('2:16-2:18', '>>', '/x'),
      start('/x a', '', 'StandardOutput=append:/y.log'),
    ),
    found(
      start('/x 2>>/y.log'),
      gets('2:14-2:23', '2>>/y.log', '/x'),
      start('/x', '', 'StandardError=append:/y.log'),
    ),
    found(
      start('/x &> /y.log'),
      gets('2:14-2:16', '&>', '/x'),
      start('/x', '', 'StandardOutput=truncate:/y.log'),
    ),
    found(start('/x < /y'), gets('2:14-2:15', '<', '/x'), start('/x', '', 'StandardInput=file:/y')),
    found(
      start('/x > /dev/null &'),
      gets('2:14-2:15', '>', '/x'),
      start('/x', '', 'StandardOutput=null', 'StandardError=journal'),
    ),
    found(
      start('/x > /dev/null 2>&1'),
      gets('2:14-2:15', '>', '/x'),
      start('/x', '', 'StandardOutput=null'),
    ),
    found(
      start('/x > /a', 'StandardOutput=journal'),
      gets('2:14-2:15', '>', '/x'),
      start("/bin/sh -c 'exec /x > /a'", 'StandardOutput=journal'),
    ),
    found(
      start('/bin/echo 3 > /proc/sys/vm/drop_caches'),
      gets('2:23-2:24', '>', '/bin/echo'),
      start("/bin/sh -c 'exec /bin/echo 3 > /proc/sys/vm/drop_caches'"),
    ),
    found(
      service('ExecStartPre=/a 2>/dev/null || true', 'ExecStart=/x'),
      gets('2:17-2:28', '2>/dev/null', '/a', 'ExecStartPre'),
      service('ExecStartPre=-/a', 'ExecStart=/x'),
    ),
    found(
      service('ExecStartPre=/a > /b', 'ExecStart=/x'),
      gets('2:17-2:18', '>', '/a', 'ExecStartPre'),
      service("ExecStartPre=/bin/sh -c 'exec /a > /b'", 'ExecStart=/x'),
    ),
    found(
      service('ExecStartPre=/a && /b', 'ExecStart=/x'),
      gets('2:17-2:19', '&&', '/a', 'ExecStartPre'),
      service('ExecStartPre=/a', 'ExecStartPre=/b', 'ExecStart=/x'),
    ),
    found(start('/a && /b'), gets('2:14-2:16', '&&', '/a'), start("/bin/sh -c '/a && /b'")),
    found(
      start('/a | /b "c d"'),
      gets('2:14-2:15', '|', '/a'),
      start('/bin/sh -c \'/a | /b "c d"\''),
    ),
    found(start('/a || /b'), gets('2:14-2:16', '||', '/a'), start("/bin/sh -c '/a || /b'")),
    found(
      start('/x \\\n  --a \\\n  > /y'),
      gets('4:3-4:4', '>', '/x'),
      start('/x --a', '', 'StandardOutput=truncate:/y', 'StandardError=journal'),
    ),
    found(
      start('/x \\\n  --a \\\n  | /y'),
      gets('4:3-4:4', '|', '/x'),
      start("/bin/sh -c '/x --a | /y'"),
    ),
    found(start('/x &'), gets('2:14-2:15', '&', '/x'), start('/x')),
    found(
      start('/x&'),
      '2:11-2:14: Unexpected `&` in `ExecStart=`, no shell reads it, and systemd does not wait for services anyway',
      start('/x'),
    ),
    found(
      service('ExecStartPost=/x &', 'ExecStart=/y'),
      gets('2:18-2:19', '&', '/x', 'ExecStartPost'),
      service('ExecStartPost=/x &', 'ExecStart=/y'),
    ),
    found(
      start('cd /opt/x && ./run a'),
      '2:11-2:13: Unexpected `cd` in `ExecStart=`, a word of shells and no program',
      start('/opt/x/run a', '', 'WorkingDirectory=/opt/x'),
    ),
    found(
      start('while true; do /x; sleep 5; done'),
      '2:11-2:16: Unexpected `while` in `ExecStart=`, a word of shells and no program',
      start("/bin/sh -c 'while true; do /x; sleep 5; done'"),
    ),
    found(
      start('source /etc/x && /y'),
      '2:11-2:17: Unexpected `source` in `ExecStart=`, a word of shells and no program',
      start("/bin/bash -c 'source /etc/x && /y'"),
    ),
    found(
      start('MODE=fast x'),
      '2:11-2:20: Unexpected `MODE=fast` before the program in `ExecStart=`, no shell sets it, expected `Environment=`',
      start('x', '', 'Environment=MODE=fast'),
    ),
    found(
      service('ExecStartPre=A=1 B="x y" x', 'ExecStart=/y'),
      '2:14-2:17: Unexpected `A=1` before the program in `ExecStartPre=`, no shell sets it, expected `Environment=`',
      service('ExecStartPre=/usr/bin/env A=1 "B=x y" x', 'ExecStart=/y'),
    ),
    found(
      start('/x --name $(hostname -s)'),
      '2:21-2:31: Unexpected `$(hostname` in `ExecStart=`, no shell runs what is in it',
      start("/bin/sh -c 'exec /x --name $$(hostname -s)'"),
    ),
    found(
      start('/x --name=`hostname`'),
      '2:14-2:31: Unexpected `--name=`hostname`` in `ExecStart=`, no shell runs what is in it',
      start("/bin/sh -c 'exec /x --name=`hostname`'"),
    ),
    found(
      start('/x ~/y'),
      '2:14-2:17: Unexpected `~/y` in `ExecStart=`, no shell makes `~` a home',
      start('/x %h/y'),
    ),
    found(
      start('/x ~/y', 'User=bob'),
      '2:14-2:17: Unexpected `~/y` in `ExecStart=`, no shell makes `~` a home',
      start('/x ${HOME}/y', 'User=bob'),
    ),
    found(
      start('/usr/bin/python3 -u ~/y.py ~/z'),
      '2:31-2:37: Unexpected `~/y.py` in `ExecStart=`, no shell makes `~` a home',
      start('/usr/bin/python3 -u %h/y.py ~/z'),
    ),
    found(
      start('/bin/bash ~/y.sh'),
      '2:21-2:27: Unexpected `~/y.sh` in `ExecStart=`, no shell makes `~` a home',
      start('/bin/bash %h/y.sh'),
    ),
    found(
      start('/bin/rm -f /run/x/*.sock'),
      '2:22-2:35: Unexpected `/run/x/*.sock` in `ExecStart=`, no shell looks for such files: `/bin/rm` gets the pattern',
      start("/bin/sh -c 'exec /bin/rm -f /run/x/*.sock'"),
    ),
    found(
      start('/bin/x /run/{a,b}', 'ExecStartPre=/bin/chown x /run/{a,b}'),
      '3:27-3:37: Unexpected `/run/{a,b}` in `ExecStartPre=`, no shell looks for such files: `/bin/chown` gets the pattern',
      start('/bin/x /run/{a,b}', "ExecStartPre=/bin/bash -c 'exec /bin/chown x /run/{a,b}'"),
    ),
    found(
      service('ExecCondition=/usr/bin/test -f /a || exit 1', 'ExecStart=/x'),
      gets('2:35-2:37', '||', '/usr/bin/test', 'ExecCondition'),
      service("ExecCondition=/bin/sh -c '/usr/bin/test -f /a || exit 1'", 'ExecStart=/x'),
    ),
    found(
      start('/usr/bin/mysql db < /x.sql'),
      gets('2:29-2:30', '<', '/usr/bin/mysql'),
      start('/usr/bin/mysql db', '', 'StandardInput=file:/x.sql'),
    ),
    found(
      start('/usr/bin/cd /a && /b'),
      '2:11-2:22: Unexpected `/usr/bin/cd` in `ExecStart=`, a word of shells and no program',
      start('/b', '', 'WorkingDirectory=/a'),
    ),
    found(
      start('/x --conf=~/y'),
      '2:14-2:24: Unexpected `--conf=~/y` in `ExecStart=`, no shell makes `~` a home',
      start('/x --conf=%h/y'),
    ),
    found(
      start('/usr/bin/rsync -a /x/* /y'),
      '2:29-2:33: Unexpected `/x/*` in `ExecStart=`, no shell looks for such files: `/usr/bin/rsync` gets the pattern',
      start("/bin/sh -c 'exec /usr/bin/rsync -a /x/* /y'"),
    ),
    found(
      start('/bin/bash -c cd /opt && ./x'),
      '2:24-2:26: Unexpected words behind `-c cd` in `ExecStart=`, the shell runs `cd` alone, expected quotes around all of it',
      start("/bin/bash -c 'cd /opt && ./x'"),
    ),
    found(
      start("/bin/sh -c '/a; /b' > /y"),
      gets('2:31-2:32', '>', '/bin/sh'),
      start("/bin/sh -c '/a; /b'", '', 'StandardOutput=truncate:/y', 'StandardError=journal'),
    ),
    found(
      start('/usr/bin/a; /usr/bin/b'),
      '2:11-2:22: Unexpected `/usr/bin/a;` in `ExecStart=`, no shell reads the `;`, expected a `;` between blanks or another line',
      start("/bin/sh -c '/usr/bin/a; /usr/bin/b'"),
    ),
    found(
      start('/a --b;'),
      '2:14-2:18: Unexpected `--b;` in `ExecStart=`, no shell reads the `;`, expected a `;` between blanks or another line',
      start('/a --b'),
    ),
    found(
      start('"/usr/bin/a";'),
      '2:11-2:24: Unexpected `"/usr/bin/a";` in `ExecStart=`, no shell reads the `;`, expected a `;` between blanks or another line',
      start('"/usr/bin/a"'),
    ),
    found(
      start('/usr/bin/find /x -exec rm {} ;'),
      '2:37-2:39: Unexpected `;` in `ExecStart=`, which ends the command of systemd, expected `\\;`',
      start(String.raw`/usr/bin/find /x -exec rm {} \;`),
    ),
    {
      name: 'no `truncate:` yet',
      ...found(start('/x > /y'), gets('2:14-2:15', '>', '/x'), start("/bin/sh -c 'exec /x > /y'")),
      target: '247',
    },
  ],
})

const lost = (at: string, word: string): string =>
  `${at}: Unexpected \`${word}\` in \`ExecStart=\`, systemd drops a word that begins with \`$\` and is no variable`

tester.run(noLostVariable, {
  valid: [
    start("/bin/sh -c 'for i in 1 2; do echo $i $${i} ${PATH} ${X}; done'"),
    start("/bin/sh -c 'x=1; exec y ${PATH} ${HOME}'"),
    start('/x $A ${B} $$C ${D:-e} a$B/c'),
    start(':/x $A/b ${C-d}'),
    start('/bin/sh -c \'grep "a$$" /x | awk "{print $$1}"\''),
    start('/x ${mac_%i} $mac_%i'),
    start('/bin/sh -c "$A"', 'Environment=A=/x'),
    start('/x ${A}', 'Environment="A=--b c"'),
    start("/bin/sh -c 'A=${A}; exec x'"),
    start("/bin/sh -c 'A=/x; exec x ${A}'", 'EnvironmentFile=/etc/x'),
  ],
  invalid: [
    found(
      start("/bin/sh -c '$A/bin/x -y'"),
      lost('2:23-2:34', '$A/bin/x -y'),
      start("/bin/sh -c '$$A/bin/x -y'"),
    ),
    found(start('/x \\\n  $HOME/y'), lost('3:3-3:10', '$HOME/y'), start('/x \\\n  ${HOME}/y')),
    found(start('/x $HOME/y'), lost('2:14-2:21', '$HOME/y'), start('/x ${HOME}/y')),
    found(
      start("/usr/bin/awk '$1 > 2' /x"),
      lost('2:25-2:31', '$1 > 2'),
      start("/usr/bin/awk '$$1 > 2' /x"),
    ),
    found(
      start("/bin/sh -c 'for i in 1 2; do echo ${i}; done'"),
      '2:45-2:49: Unexpected `${i}` in `ExecStart=`, systemd puts nothing in its place before the shell sets it, expected `$${i}`',
      start("/bin/sh -c 'for i in 1 2; do echo $${i}; done'"),
    ),
    found(
      start("/bin/sh -c '. /etc/x; exec y ${OPTS}'"),
      '2:40-2:47: Unexpected `${OPTS}` in `ExecStart=`, systemd puts nothing in its place before the shell sets it, expected `$${OPTS}`',
      start("/bin/sh -c '. /etc/x; exec y $${OPTS}'"),
    ),
    found(
      start("/bin/sh -c 'x=/a.b; echo ${x%%.*}'").replaceAll('%%', '##'),
      '2:36-2:44: Unexpected `${x##.*}` in `ExecStart=`, systemd puts nothing in the place of what is no name of a variable',
      start("/bin/sh -c 'x=/a.b; echo $${x##.*}'"),
    ),
    found(
      start("/bin/sh -c 'echo $$ > /run/x.pid'"),
      '2:28-2:30: Unexpected `$$` in `ExecStart=`, of which systemd leaves a `$`, expected `$$$$` for the number of the process',
      start("/bin/sh -c 'echo $$$$ > /run/x.pid'"),
    ),
    found(
      start('/bin/sh -c "$A"', 'Environment="A=ls -l"'),
      '2:23-2:25: Unexpected `$A` as the script of a shell in `ExecStart=`, systemd splits it and the shell runs its first word, expected `${A}`',
      start('/bin/sh -c "${A}"', 'Environment="A=ls -l"'),
    ),
    found(
      start('/x ${A}', 'Environment="A=--b --c"'),
      '2:14-2:18: Unexpected `${A}` in `ExecStart=`, which is one argument with all the options in it, expected `$A`',
      start('/x $A', 'Environment="A=--b --c"'),
    ),
  ],
})

tester.run(noUnexpandedVariable, {
  valid: [
    start('/x ${A} --b=${C} $D', 'Environment=PATH=/usr/bin'),
    start("/bin/sh -c 'echo a$HOME'"),
    start('/usr/bin/ssh host ls /home/$USER'),
    start('/x', 'Environment=HASH=$2y$10$abc', 'Environment=PASSWORD=a$HOME', 'Environment=A=x$yz'),
    start('/x --price=5$'),
    start('/x', 'Environment=SUM=US$AA'),
    service('ExecStart=:/x --a=$A'),
    start('/x ${PWD}', 'EnvironmentFile=/etc/x'),
  ],
  invalid: [
    found(
      start('/x --port=$PORT'),
      '2:21-2:26: Unexpected `$PORT` within a word of `ExecStart=`, which systemd leaves as it is, expected `${PORT}`',
      start('/x --port=${PORT}'),
    ),
    found(
      start('/x ${PORT:-80}'),
      '2:14-2:25: Unexpected `${PORT:-80}` in `ExecStart=`, systemd knows no defaults of variables and leaves it as it is',
      start('/x ${PORT}', '', 'Environment=PORT=80'),
    ),
    found(
      start('/opt/$V/x'),
      '2:16-2:18: Unexpected `$V` in the program of `ExecStart=`, where systemd replaces no variables',
      start('/usr/bin/env /opt/${V}/x'),
    ),
    found(
      start('/x', 'Environment=PATH=/a:$PATH'),
      '3:21-3:26: Unexpected `$PATH` in `Environment=`, where systemd replaces no variables',
      start('/x', 'Environment=PATH=/a:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'),
    ),
    found(
      start('/x', 'Environment=A=/a', 'Environment="B=${A}/b"'),
      '4:16-4:20: Unexpected `${A}` in `Environment=`, where systemd replaces no variables',
      start('/x', 'Environment=A=/a', 'Environment="B=/a/b"'),
    ),
    found(
      start('/x', 'Environment=A="$(date)"'),
      '3:16-3:23: Unexpected `$(date)` in `Environment=`, no shell runs what is in it',
    ),
    found(
      start('/x', 'PIDFile=/run/$NAME.pid'),
      '3:14-3:19: Unexpected `$NAME` in `PIDFile=`, where systemd replaces no variables',
    ),
    found(
      start('/x', 'User=$name'),
      '3:6-3:11: Unexpected `$name` in `User=`, where systemd replaces no variables',
    ),
    found(
      start('/x', 'WorkingDirectory=/home/$USER'),
      '3:24-3:29: Unexpected `$USER` in `WorkingDirectory=`, where systemd replaces no variables',
    ),
    found(
      start('/x', 'Environment=PATH=/a:~/bin'),
      '3:21-3:22: Unexpected `~/bin` in `Environment=`, no shell makes `~` a home',
      start('/x', 'Environment=PATH=/a:%h/bin'),
    ),
    found(
      start('/x ${HOSTNAME}'),
      '2:14-2:25: Unexpected `${HOSTNAME}` in `ExecStart=`, a variable of shells that systemd does not set',
      start('/x %H'),
    ),
    {
      ...found(
        start('/x', 'Environment=A=$HOME/a'),
        '3:15-3:20: Unexpected `$HOME` in `Environment=`, where systemd replaces no variables',
        start('/x', 'Environment=A=%h/a'),
      ),
      manager: 'user',
    },
  ],
})

tester.run(noTrailingComment, {
  valid: [
    start('/x #general --join'),
    start('/x --colour #fff'),
    start('/x "# a b"'),
    '[Unit]\nDescription=C# server #1\n',
    '[Unit]\nDescription=Issue # 5\n',
    start('/x', 'Environment="A=b # c"'),
  ],
  invalid: [
    found(
      start('/x a # the main thing'),
      '2:16-2:32: Unexpected comment in `ExecStart=`, its words are arguments of the program',
      service('# the main thing', 'ExecStart=/x a'),
    ),
    found(
      start('/x #needed for now'),
      '2:14-2:29: Unexpected comment in `ExecStart=`, its words are arguments of the program',
      service('#needed for now', 'ExecStart=/x'),
    ),
    found(
      '[Unit]\nDescription=X # to be renamed\n',
      '2:15-2:30: Unexpected comment behind the value of `Description=`, which systemd takes for a part of it',
      '[Unit]\n# to be renamed\nDescription=X\n',
    ),
    found(
      start('/x', 'WorkingDirectory=/srv/x # data'),
      '3:25-3:31: Unexpected comment behind the value of `WorkingDirectory=`, which systemd takes for a part of it',
      start('/x', '# data', 'WorkingDirectory=/srv/x'),
    ),
  ],
})

tester.run(noQuotedCommand, {
  valid: [
    start('"/opt/My App/bin/x" a'),
    start('"/usr/lib/plexmediaserver/Plex Media Server"'),
    start('/x "a b"'),
    start('"/usr/bin/x" a'),
    start("'my-server'"),
  ],
  invalid: [
    found(
      start('"node server"'),
      '2:11-2:24: Unexpected quotes around `node server` in `ExecStart=`, which make one name of a program of it',
      start('node server'),
    ),
    found(
      start("-'/usr/bin/x --y' z"),
      '2:11-2:28: Unexpected quotes around `/usr/bin/x --y` in `ExecStart=`, which make one name of a program of it',
      start('-/usr/bin/x --y z'),
    ),
    found(
      start('"/usr/bin/x y"'),
      '2:11-2:25: Unexpected quotes around `/usr/bin/x y` in `ExecStart=`, which make one name of a program of it',
      start('/usr/bin/x y'),
    ),
    found(
      start('"/opt/x/run -p 80"'),
      '2:11-2:29: Unexpected quotes around `/opt/x/run -p 80` in `ExecStart=`, which make one name of a program of it',
      start('/opt/x/run -p 80'),
    ),
  ],
})

tester.run(noLiteralQuotes, {
  valid: [
    '[Unit]\nDescription="X"\n',
    start('/x', 'Environment="A=b"', 'ReadWritePaths="/x"'),
    ...['KernelVersion=">= 5.4"', 'Version=">=5.4"', "OSRelease='ID=debian'"].map(
      (condition) => `[Unit]\nCondition${condition}\nAssert${condition}\n`,
    ),
  ],
  invalid: [
    found(
      start('/x', 'PIDFile="/run/x.pid"'),
      '3:9-3:21: Unexpected quotes around the value of `PIDFile=`, systemd takes them for a part of it',
      start('/x', 'PIDFile=/run/x.pid'),
    ),
    found(
      start('/x', 'Group="x"'),
      '3:7-3:10: Unexpected quotes around the value of `Group=`, systemd takes them for a part of it',
      start('/x', 'Group=x'),
    ),
    found(
      "[Unit]\nConditionHost='x'\n",
      '2:15-2:18: Unexpected quotes around the value of `ConditionHost=`, systemd takes them for a part of it',
      '[Unit]\nConditionHost=x\n',
    ),
  ],
})

tester.run(noInvalidValue, {
  valid: [],
  invalid: [
    {
      unit: start('/x', 'EnvironmentFile="/etc/x"'),
      problems: [
        '3:17-3:25: Unexpected `"/etc/x"`, expected an absolute path in `EnvironmentFile=`, systemd keeps the quotes there',
      ],
      fixed: start('/x', 'EnvironmentFile=/etc/x'),
    },
    found(
      start('/x', "EnvironmentFile=-'/etc/x'"),
      "3:17-3:26: Unexpected `-'/etc/x'`, expected an absolute path in `EnvironmentFile=`, systemd keeps the quotes there",
      start('/x', 'EnvironmentFile=-/etc/x'),
    ),
    found(
      start('~/bin/x'),
      '2:11-2:18: Unexpected `~/bin/x`, expected an absolute path or a plain name in `ExecStart=`, no shell makes `~` a home: the unit does not load',
      start('%h/bin/x'),
    ),
    found(
      start('$A/bin/x y'),
      '2:11-2:19: Unexpected `$A/bin/x`, expected an absolute path or a plain name in `ExecStart=`, systemd replaces no variables in a program: the unit does not load',
      start('/usr/bin/env ${A}/bin/x y'),
    ),
    found(
      start('A=/b x'),
      '2:11-2:15: Unexpected `A=/b`, expected an absolute path or a plain name in `ExecStart=`, no shell sets a variable before a program: the unit does not load',
      start('x', '', 'Environment=A=/b'),
    ),
    found(
      start('/x', 'WorkingDirectory=~/y'),
      '3:18-3:21: Unexpected `~/y`, expected an absolute path in `WorkingDirectory=`, no shell makes `~` a home: the unit does not load',
      start('/x', 'WorkingDirectory=%h/y'),
    ),
    found(
      start('/x', 'MemoryMax=$max'),
      '3:11-3:15: Unexpected `$max`, expected a size such as `512M`, a percentage up to `100%` or `infinity` in `MemoryMax=`, systemd replaces no variables there',
    ),
  ],
})
