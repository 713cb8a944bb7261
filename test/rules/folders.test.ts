import {describe, it} from 'vitest'
import noClosedDirectory from '../../rules/no-closed-directory.ts'
import noClosedSettings from '../../rules/no-closed-settings.ts'
import noEmptyInstance from '../../rules/no-empty-instance.ts'
import noHiddenPath from '../../rules/no-hidden-path.ts'
import noLatePath from '../../rules/no-late-path.ts'
import noSharedRuntimeDirectory from '../../rules/no-shared-runtime-directory.ts'
import noVanishingSocket from '../../rules/no-vanishing-socket.ts'
import noWritableFile from '../../rules/no-writable-file.ts'
import {RuleTester} from '../../src/engine/tester.ts'

// What each of these says was seen under booted systemds 252 and 257: see
// test/boot/faults/folders.py.
const tester = new RuleTester({describe, it})
const service = '[Service]\nExecStart=/x\n'
const folder = `${service}RuntimeDirectory=a\n`
const gone = (name: string, other: string): string =>
  `Unexpected \`RuntimeDirectory=${name}\`, which \`${other}\` uses too and loses when this unit stops, expected \`RuntimeDirectoryPreserve=yes\` or one of its own`

tester.run(noSharedRuntimeDirectory, {
  valid: [
    {
      fileName: 'a.service',
      unit: folder,
      others: {'b.service': `${service}RuntimeDirectory=b\nStateDirectory=a\n`},
    },
    {
      fileName: 'a.service',
      unit: `${folder}RuntimeDirectoryPreserve=yes\n`,
      others: {'b.service': folder},
    },
    {
      fileName: 'a.service',
      unit: folder,
      others: {'b.service': `[Unit]\nPartOf=a.service\n${folder}`},
    },
    {
      fileName: 'a.service',
      unit: folder,
      others: {'b.service': `[Unit]\nConflicts=a.service\n${folder}`},
    },
    {
      fileName: 'a.service',
      unit: `[Unit]\nConflicts=b.service\n${folder}`,
      others: {'b.service': folder},
    },
    {
      fileName: 'a.service',
      unit: `${service}RuntimeDirectory=a/one\n`,
      others: {'b.service': `${service}RuntimeDirectory=a/two\n`},
    },
    {
      fileName: 'a.service',
      unit: `${service}RuntimeDirectory=a/one\n`,
      others: {'b.service': folder},
    },
    {
      fileName: 'a.service',
      unit: folder,
      others: {'b.service': `[Unit]\nRequiresMountsFor=/run/a\n${service}`},
    },
    {fileName: 'a@.service', unit: `${service}RuntimeDirectory=a/%i b-%I %N\n`},
    {fileName: 'a@.service', unit: `${folder}RuntimeDirectoryPreserve=yes\n`},
    {
      fileName: 'a@1.service',
      unit: `${service}RuntimeDirectory=a-%i\n`,
      others: {'a@2.service': `${service}RuntimeDirectory=a-%i\n`},
    },
  ],
  invalid: [
    {
      fileName: 'a.service',
      unit: folder,
      others: {'b.service': folder},
      problems: [`3:18-3:19: ${gone('a', 'b.service')}`],
      fixedUnsafely: `${folder}RuntimeDirectoryPreserve=yes\n`,
    },
    {
      fileName: 'a.service',
      unit: `${service}RuntimeDirectory=c a:link\nRuntimeDirectoryPreserve=restart\n`,
      others: {'b.service': `[Unit]\nAfter=a.service\n${folder}`},
      problems: [`3:20-3:26: ${gone('a', 'b.service')}`],
      fixedUnsafely: `${service}RuntimeDirectory=c a:link\nRuntimeDirectoryPreserve=yes\n`,
    },
    {
      fileName: 'a.service',
      unit: `[Unit]\nRequires=b.service\n${folder}`,
      others: {'b.service': `${service}RuntimeDirectory=a/b\n`},
      problems: [`5:18-5:19: ${gone('a', 'b.service')}`],
      fixedUnsafely: `[Unit]\nRequires=b.service\n${folder}RuntimeDirectoryPreserve=yes\n`,
    },
    {
      fileName: 'a@.service',
      unit: `${service}RuntimeDirectory=%p\n`,
      problems: [
        '3:18-3:20: Unexpected `RuntimeDirectory=%p` without `%i`, all instances lose it when one of them stops',
      ],
      fixedUnsafely: `${service}RuntimeDirectory=%p\nRuntimeDirectoryPreserve=yes\n`,
    },
  ],
})

const socketAt = (path: string): string => `[Socket]\nListenStream=${path}\n`
const taken = (name: string, path: string, socket: string): string =>
  `Unexpected \`RuntimeDirectory=${name}\`, which takes \`${path}\` of \`${socket}\` away when the service stops, expected \`RuntimeDirectoryPreserve=yes\` or a socket elsewhere`

tester.run(noVanishingSocket, {
  valid: [
    {
      name: 'one that is kept',
      fileName: 'a.service',
      unit: `${folder}RuntimeDirectoryPreserve=yes\n`,
      others: {'a.socket': socketAt('/run/a/s')},
    },
    {
      name: 'one beside it',
      fileName: 'a.service',
      unit: folder,
      others: {'a.socket': socketAt('/run/a.sock')},
    },
    {
      name: 'one of a longer name',
      fileName: 'a.service',
      unit: folder,
      others: {'a.socket': socketAt('/run/a-b/s')},
    },
    {
      name: 'in a folder of its own within',
      fileName: 'a.service',
      unit: `${service}RuntimeDirectory=a/b\n`,
      others: {'a.socket': socketAt('/run/a/s')},
    },
    {name: 'a port', fileName: 'a.service', unit: folder, others: {'a.socket': socketAt('80')}},
    {
      name: 'of another service',
      fileName: 'a.service',
      unit: folder,
      others: {'b.socket': socketAt('/run/a/s')},
    },
    {
      name: 'a socket that stops with it',
      fileName: 'a.service',
      unit: folder,
      others: {'a.socket': `[Unit]\nPartOf=a.service\n${socketAt('/run/a/s')}`},
    },
    {
      name: 'another instance',
      fileName: 'a@.service',
      unit: `${service}RuntimeDirectory=a-%i\n`,
      others: {'a@.socket': socketAt('/run/a/%i')},
    },
    {name: 'no socket', fileName: 'a.service', unit: folder},
  ],
  invalid: [
    {
      fileName: 'a.service',
      unit: folder,
      others: {'a.socket': socketAt('%t/a/s')},
      problems: [`3:18-3:19: ${taken('a', '/run/a/s', 'a.socket')}`],
      fixedUnsafely: `${folder}RuntimeDirectoryPreserve=yes\n`,
    },
    {
      name: 'what is kept only over restarts, in the older folder',
      fileName: 'a.service',
      unit: `${service}RuntimeDirectory=c a\nRuntimeDirectoryPreserve=restart\n`,
      others: {'b.socket': '[Socket]\nService=a.service\nListenDatagram=/var/run/a/b/s\n'},
      problems: [`3:20-3:21: ${taken('a', '/var/run/a/b/s', 'b.socket')}`],
      fixedUnsafely: `${service}RuntimeDirectory=c a\nRuntimeDirectoryPreserve=yes\n`,
    },
    {
      name: 'a service for each connection',
      fileName: 'a@.service',
      unit: folder,
      others: {'a.socket': `${socketAt('/run/a/s')}Accept=yes\n`},
      problems: [`3:18-3:19: ${taken('a', '/run/a/s', 'a.socket')}`],
      fixedUnsafely: `${folder}RuntimeDirectoryPreserve=yes\n`,
    },
    {
      name: 'instances',
      fileName: 'a@.service',
      unit: `${service}RuntimeDirectory=a-%i\n`,
      others: {'a@.socket': socketAt('/run/a-%i/s')},
      problems: [`3:18-3:22: ${taken('a-%i', '/run/a-%i/s', 'a@.socket')}`],
      fixedUnsafely: `${service}RuntimeDirectory=a-%i\nRuntimeDirectoryPreserve=yes\n`,
    },
    {
      name: 'sockets that it takes',
      fileName: 'a.service',
      unit: `${folder}Sockets=b.socket\n`,
      others: {'b.socket': socketAt('/run/a/s')},
      problems: [`3:18-3:19: ${taken('a', '/run/a/s', 'b.socket')}`],
      fixedUnsafely: `${folder}RuntimeDirectoryPreserve=yes\nSockets=b.socket\n`,
    },
  ],
})

const late = (line: string, expected: string): string =>
  `Unexpected \`${line}\`, it has to be there before \`ExecStartPre=\` can make it, expected ${expected}`
const elsewhere = '`tmpfiles.d` or a `StateDirectory=` to make it'

tester.run(noLatePath, {
  valid: [
    {
      name: 'what names no path',
      unit: `${service}ExecStartPre=/bin/mkdir -p /srv/a\nStandardOutput=journal\nStandardError=inherit\nWorkingDirectory=~\nRootDirectory=%z\n`,
    },
    {
      name: 'a folder that systemd makes',
      unit: `${service}ExecStartPre=/bin/mkdir -p /var/lib/a\nStateDirectory=a\nReadWritePaths=/var/lib/a\n`,
    },
    {
      name: 'what may be missing',
      unit: `${service}ExecStartPre=+/bin/mkdir -p /srv/a\nReadWritePaths=-/srv/a\n`,
    },
    {
      name: 'what is made in it',
      unit: `${service}ExecStartPre=/bin/mkdir -p /srv/a/b\nReadWritePaths=/srv/a\n`,
    },
    {
      name: 'what a condition asks for',
      unit: `[Unit]\nConditionPathExists=/srv/a\n${service}ExecStartPre=/bin/mkdir -p /srv/a\nReadWritePaths=/srv/a\n`,
    },
    {
      name: 'made outside of the sandbox',
      unit: `${service}ExecStartPre=+/bin/mkdir -p /srv/a\nInaccessiblePaths=/srv/a\n`,
    },
    {
      name: 'a mount of its own',
      unit: `${service}ExecStartPre=/bin/mkdir -p /srv/a\nTemporaryFileSystem=/srv/a\n`,
    },
    {
      name: 'made later',
      unit: `${service}ExecStartPost=/bin/mkdir -p /srv/a\nReadWritePaths=/srv/a\n`,
    },
    {
      name: 'an option with a value',
      unit: `${service}ExecStartPre=/usr/bin/install -d -o /srv/a /srv/b\nReadWritePaths=/srv/a\n`,
    },
    {
      name: 'a file that is only read',
      unit: `${service}ExecStartPre=/bin/sh -c 'cat < /srv/a'\nEnvironmentFile=/srv/a\n`,
    },
    {
      name: 'variables',
      unit: `${service}ExecStartPre=/bin/sh -c 'mkdir -p "$D"'\nReadWritePaths=/srv/a\n`,
    },
  ],
  invalid: [
    {
      name: 'where systemd makes folders',
      unit: `${service}ExecStartPre=/bin/mkdir -p /var/lib/a\nReadWritePaths=/srv /var/lib/a\n`,
      problems: [`4:21-4:31: ${late('ReadWritePaths=/var/lib/a', '`StateDirectory=a`')}`],
      fixedUnsafely: `${service}ExecStartPre=/bin/mkdir -p /var/lib/a\nReadWritePaths=/srv /var/lib/a\nStateDirectory=a\n`,
    },
    {
      name: 'below /run, with the folders above',
      unit: `${service}ExecStartPre=/bin/mkdir -p /run/a/b\nWorkingDirectory=/run/a\n`,
      problems: [`4:18-4:24: ${late('WorkingDirectory=/run/a', '`RuntimeDirectory=a`')}`],
      fixedUnsafely: `${service}ExecStartPre=/bin/mkdir -p /run/a/b\nWorkingDirectory=/run/a\nRuntimeDirectory=a\n`,
    },
    {
      name: 'elsewhere, where the command may make it',
      unit: `${service}ExecStartPre=+/bin/mkdir -p /root/a /root/b\nProtectSystem=strict\nProtectHome=read-only\nReadWritePaths=/root/a /root/b\n`,
      problems: [
        `6:16-6:23: ${late('ReadWritePaths=/root/a', '`-/root/a`')}`,
        `6:24-6:31: ${late('ReadWritePaths=/root/b', '`-/root/b`')}`,
      ],
      fixedUnsafely: `${service}ExecStartPre=+/bin/mkdir -p /root/a /root/b\nProtectSystem=strict\nProtectHome=read-only\nReadWritePaths=-/root/a -/root/b\n`,
    },
    {
      name: 'elsewhere, where it may not',
      unit: `${service}ExecStartPre=/usr/bin/install -d -m 0700 /srv/a\nProtectSystem=strict\nBindPaths=/srv/a:/a\n`,
      problems: [`5:11-5:20: ${late('BindPaths=/srv/a:/a', elsewhere)}`],
    },
    {
      name: 'a file with variables',
      unit: `${service}ExecStartPre=-/bin/sh -c 'echo A=1 > /run/a.env'\nEnvironmentFile=/run/a.env\n`,
      problems: [`4:17-4:27: ${late('EnvironmentFile=/run/a.env', '`-/run/a.env`')}`],
      fixedUnsafely: `${service}ExecStartPre=-/bin/sh -c 'echo A=1 > /run/a.env'\nEnvironmentFile=-/run/a.env\n`,
    },
    {
      name: 'what is denied to the command too',
      unit: `${service}ExecStartPre=/bin/sh -c 'test -d /srv/a || mkdir /srv/a'\nInaccessiblePaths=/srv/a\n`,
      problems: [`4:19-4:25: ${late('InaccessiblePaths=/srv/a', '`-/srv/a`')}`],
      fixedUnsafely: `${service}ExecStartPre=/bin/sh -c 'test -d /srv/a || mkdir /srv/a'\nInaccessiblePaths=-/srv/a\n`,
    },
    {
      name: 'the folder of a log',
      unit: `${service}ExecStartPre=/bin/mkdir -p /var/log/a\nStandardOutput=append:/var/log/a/out\n`,
      problems: [
        `4:16-4:37: ${late('StandardOutput=append:/var/log/a/out', '`tmpfiles.d` to make the folder')}`,
      ],
    },
    {
      name: 'a log in a folder that systemd makes',
      unit: `${service}LogsDirectory=a\nStandardError=append:/var/log/a/%p/out\n`,
      problems: [
        '4:15-4:39: Unexpected `StandardError=append:/var/log/a/%p/out`, it is opened before `LogsDirectory=` makes the folder, expected `tmpfiles.d` to make it',
      ],
    },
  ],
})

tester.run(noHiddenPath, {
  valid: [
    {
      name: 'the folder itself, for root',
      unit: `${service}WorkingDirectory=/srv/a\nInaccessiblePaths=/srv/a\n`,
    },
    {
      name: 'what is bound into it',
      unit: `${service}WorkingDirectory=/srv/a/b\nTemporaryFileSystem=/srv\nBindPaths=/srv/a\n`,
    },
    {
      name: 'a directory that systemd makes',
      unit: `${service}StateDirectory=a\nWorkingDirectory=/var/lib/a\nTemporaryFileSystem=/var/lib\n`,
    },
    {
      name: 'a folder of /tmp, which the service shares with all',
      unit: `${service}WorkingDirectory=/tmp/a\nPrivateTmp=no\n`,
    },
    {
      name: 'a program outside of the sandbox',
      unit: '[Service]\nExecStart=+/srv/a/x\nInaccessiblePaths=/srv\n',
    },
    {
      name: 'a program that may be put there',
      unit: '[Service]\nExecStartPre=/x\nExecStart=/srv/a/x\nTemporaryFileSystem=/srv\n',
    },
    {
      name: 'a folder that may be missing',
      unit: `${service}WorkingDirectory=-/srv/a\nTemporaryFileSystem=/srv\n`,
    },
    {
      name: 'an argument that is not run',
      unit: '[Service]\nExecStart=/usr/bin/a --log /tmp/a.py\nPrivateTmp=yes\n',
    },
    {
      name: 'a script from elsewhere',
      unit: `[Service]\nExecStart=/usr/bin/python3 -c 'print()' /tmp/a.py\nPrivateTmp=yes\n`,
    },
  ],
  invalid: [
    {
      name: 'where it starts, inaccessible',
      unit: `${service}WorkingDirectory=/srv/a/%p\nInaccessiblePaths=/srv/a\n`,
      problems: [
        '3:18-3:27: Unexpected `WorkingDirectory=/srv/a/%p`, which `InaccessiblePaths=/srv/a` hides',
      ],
      fixedUnsafely: `${service}WorkingDirectory=/srv/a/%p\n\nTemporaryFileSystem=/srv/a:ro\nBindPaths=/srv/a/example\n`,
    },
    {
      name: 'where it starts, empty',
      unit: `${service}WorkingDirectory=/srv/a/b\nTemporaryFileSystem=/srv:ro\n`,
      problems: [
        '3:18-3:26: Unexpected `WorkingDirectory=/srv/a/b`, which `TemporaryFileSystem=/srv` hides',
      ],
      fixedUnsafely: `${service}WorkingDirectory=/srv/a/b\nTemporaryFileSystem=/srv:ro\n\nBindPaths=/srv/a/b\n`,
    },
    {
      name: 'its program',
      unit: '[Service]\nExecStart=-/srv/a/x --b\nInaccessiblePaths=/srv\n',
      problems: [
        '2:11-2:20: Unexpected `ExecStart=/srv/a/x`, which `InaccessiblePaths=/srv` hides',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=-/srv/a/x --b\n\nTemporaryFileSystem=/srv:ro\nBindReadOnlyPaths=/srv/a/x\n',
    },
    {
      name: 'its script',
      unit: '[Service]\nExecStart=/usr/bin/python3 -u /tmp/a.py --b\nPrivateTmp=yes\n',
      problems: ['2:31-2:40: Unexpected `ExecStart=/tmp/a.py`, which `PrivateTmp=yes` hides'],
      fixedUnsafely:
        '[Service]\nExecStart=/usr/bin/python3 -u /tmp/a.py --b\nPrivateTmp=yes\nBindReadOnlyPaths=/tmp/a.py\n',
    },
    {
      name: 'the script of a shell',
      unit: '[Service]\nExecStart=/bin/sh /srv/a.sh\nTemporaryFileSystem=/srv\n',
      problems: [
        '2:19-2:28: Unexpected `ExecStart=/srv/a.sh`, which `TemporaryFileSystem=/srv` hides',
      ],
      fixedUnsafely:
        '[Service]\nExecStart=/bin/sh /srv/a.sh\nTemporaryFileSystem=/srv\n\nBindReadOnlyPaths=/srv/a.sh\n',
    },
  ],
})

const daemon = '[Service]\nUser=a\nGroup=a\nExecStart=/x\nRuntimeDirectory=a\nStateDirectory=a\n'
const closed = (mask: string, mode: string, expected: string): string =>
  `Unexpected \`UMask=${mask}\` with \`${mode}\`, nothing that is made there is open to the group, expected \`${expected}\``

tester.run(noClosedDirectory, {
  valid: [
    {name: 'nobody else may enter', unit: `${daemon}RuntimeDirectoryMode=0700\nUMask=0077\n`},
    {name: 'the mode that it has anyway', unit: `${daemon}RuntimeDirectoryMode=0755\nUMask=0077\n`},
    {
      name: 'no group that it is meant for',
      unit: '[Service]\nExecStart=/x\nUser=a\nRuntimeDirectory=a\nRuntimeDirectoryMode=0750\nUMask=0077\n',
    },
    {
      name: 'files that the group may read',
      unit: `${daemon}RuntimeDirectoryMode=0750\nUMask=0027\n`,
    },
    {name: 'state that is protected twice', unit: `${daemon}StateDirectoryMode=0750\nUMask=0077\n`},
    {name: 'the mask that it has anyway', unit: `${daemon}RuntimeDirectoryMode=0770\nUMask=0022\n`},
    {
      name: 'modes set by a command',
      unit: `${daemon}RuntimeDirectoryMode=0750\nUMask=0077\nExecStartPost=/bin/chmod 0660 /run/a/s\n`,
    },
    {
      name: 'modes set by an option',
      unit: '[Service]\nExecStart=/x --socket-mode=0660\nRuntimeDirectory=a\nRuntimeDirectoryMode=0750\nUMask=0077\n',
    },
    {
      name: 'a socket of systemd',
      fileName: 'a.service',
      unit: `${daemon}RuntimeDirectoryMode=0750\nUMask=0077\n`,
      others: {'a.socket': '[Socket]\nListenStream=/run/a/s\nSocketMode=0660\n'},
    },
  ],
  invalid: [
    {
      name: 'a directory of sockets',
      unit: `${daemon}RuntimeDirectoryMode=0750\nUMask=0077\n`,
      problems: [`8:1-8:11: ${closed('0077', 'RuntimeDirectoryMode=0750', '0007')}`],
      fixedUnsafely: `${daemon}RuntimeDirectoryMode=0750\nUMask=0007\n`,
    },
    {
      name: 'a directory that the group may only go through',
      unit: `${daemon}UMask=077\nRuntimeDirectoryMode=710\n`,
      problems: [`7:1-7:10: ${closed('077', 'RuntimeDirectoryMode=710', '0007')}`],
      fixedUnsafely: `${daemon}UMask=0007\nRuntimeDirectoryMode=710\n`,
    },
    {
      name: 'state that the group may write',
      unit: `${daemon}StateDirectoryMode=2770\nUMask=0027\n`,
      problems: [`8:1-8:11: ${closed('0027', 'StateDirectoryMode=2770', '0007')}`],
      fixedUnsafely: `${daemon}StateDirectoryMode=2770\nUMask=0007\n`,
    },
    {
      name: 'state for the group of another service',
      unit: '[Service]\nUser=a\nGroup=b\nExecStart=/x\nStateDirectory=a\nStateDirectoryMode=0750\nUMask=0077\n',
      problems: [`7:1-7:11: ${closed('0077', 'StateDirectoryMode=0750', '0027')}`],
      fixedUnsafely:
        '[Service]\nUser=a\nGroup=b\nExecStart=/x\nStateDirectory=a\nStateDirectoryMode=0750\nUMask=0027\n',
    },
  ],
})

tester.run(noEmptyInstance, {
  valid: [
    {name: 'a template', fileName: 'a@.service', unit: '[Service]\nExecStart=/x %i\n'},
    {name: 'an instance', fileName: 'a@b.service', unit: '[Service]\nExecStart=/x %i\n'},
    {
      name: 'a template that gets its name later',
      fileName: 'a.service',
      unit: '[Unit]\nDescription=A for %i\n[Service]\nExecStart=/x %i\n',
    },
    {
      name: 'one with a default instance',
      unit: '[Service]\nExecStart=/x %i\n[Install]\nDefaultInstance=b\n',
    },
    {name: 'percent signs', unit: '[Service]\nExecStart=/x %%i %%%%I\n'},
    {name: 'a date', unit: '[Service]\nExecStart=/bin/sh -c "date +%I:%M"\n'},
  ],
  invalid: [
    {
      name: 'a file of its own',
      unit: '[Service]\nExecStart=/x --config /etc/a/%i.conf\nRuntimeDirectory=a-%i\n',
      problems: [
        '2:30-2:32: Unexpected `%i` in `ExecStart=`, which is empty here, expected the unit to be a template such as `example@.service`',
      ],
    },
    {
      name: 'a folder',
      unit: '[Service]\nExecStart=/x %%i\nWorkingDirectory=/srv/%I\n',
      problems: [
        '3:23-3:25: Unexpected `%I` in `WorkingDirectory=`, which is empty here, expected the unit to be a template such as `example@.service`',
      ],
    },
  ],
})

const settings = '[Service]\nExecStart=/x --settings /etc/a/settings.json\n'

tester.run(noClosedSettings, {
  valid: [
    {name: 'nothing is protected', unit: settings},
    {name: '/etc is not', unit: `${settings}ProtectSystem=yes\n`},
    {name: 'what may be written', unit: `${settings}ProtectSystem=full\nReadWritePaths=-/etc/a\n`},
    {
      name: 'settings elsewhere',
      unit: '[Service]\nExecStart=/x --settings=/var/lib/a/settings.json\nProtectSystem=full\nStateDirectory=a\n',
    },
    {
      name: 'settings that are read',
      unit: '[Service]\nExecStart=/x -c /etc/a/a.conf --cert /etc/ssl/a.pem\nProtectSystem=strict\n',
    },
    {name: 'another root', unit: `${settings}ProtectSystem=full\nRootDirectory=/srv\n`},
  ],
  invalid: [
    {
      name: 'a file',
      unit: `${settings}ProtectSystem=full\n`,
      problems: [
        '2:25-2:45: Unexpected `/etc/a/settings.json` with `ProtectSystem=full`, it cannot be changed, expected `ReadWritePaths=/etc/a` or a `StateDirectory=` where the service changes it',
      ],
      fixedUnsafely: `${settings}ProtectSystem=full\nReadWritePaths=/etc/a\n`,
    },
    {
      name: 'a folder that it starts in',
      unit: `${service}WorkingDirectory=/etc/a\nProtectSystem=strict\n`,
      problems: [
        '3:18-3:24: Unexpected `/etc/a` with `ProtectSystem=strict`, it cannot be changed, expected `ReadWritePaths=/etc/a` or a `StateDirectory=` where the service changes it',
      ],
      fixedUnsafely: `${service}WorkingDirectory=/etc/a\nProtectSystem=strict\nReadWritePaths=/etc/a\n`,
    },
    {
      name: 'a folder of systemd, for root',
      unit: `${settings}ConfigurationDirectory=a\nProtectSystem=full\n`,
      problems: [
        '3:24-3:25: Unexpected `ConfigurationDirectory=a`, which `ProtectSystem=full` leaves open to writing, expected `StateDirectory=` for what the service changes',
      ],
    },
    {
      name: 'the same for a user',
      unit: `${settings}User=a\nConfigurationDirectory=a\nProtectSystem=strict\n`,
      problems: [
        '4:24-4:25: Unexpected `ConfigurationDirectory=a` with `User=a`, `/etc/a` keeps its owner, who is mostly root, expected `StateDirectory=` for what the service changes',
      ],
    },
  ],
})

const one = (path: string, expected: string): string =>
  `Unexpected \`ReadWritePaths=${path}\` of one file, which can be written but not replaced, expected ${expected}`

tester.run(noWritableFile, {
  valid: [
    {name: 'a folder', unit: `${service}ProtectSystem=strict\nReadWritePaths=/etc/a.d /srv/a\n`},
    {name: 'in a folder that is open', unit: `${service}ReadWritePaths=/srv/a.json\n`},
    {
      name: 'in one that is opened',
      unit: `${service}ProtectSystem=strict\nReadWritePaths=/etc/a/a.json /etc/a\n`,
    },
    {
      name: 'in one of its own',
      unit: `${service}ProtectSystem=strict\nStateDirectory=a\nReadWritePaths=/var/lib/a/a.json\n`,
    },
    {
      name: 'what is written in place',
      unit: `${service}ProtectSystem=strict\nReadWritePaths=/var/log/a.log /run/a.pid /dev/a.dat /srv/a.sock\n`,
    },
    {
      name: 'outside of what is closed',
      unit: `${service}ProtectSystem=full\nReadWritePaths=/srv/a/a.json\n`,
    },
  ],
  invalid: [
    {
      unit: `${service}ProtectSystem=strict\nReadWritePaths=/srv -/etc/a/a.json\n`,
      problems: [`4:21-4:35: ${one('/etc/a/a.json', '`/etc/a`')}`],
      fixedUnsafely: `${service}ProtectSystem=strict\nReadWritePaths=/srv -/etc/a\n`,
    },
    {
      name: 'files of the system',
      unit: `${service}ProtectSystem=full\nReadWritePaths=/etc/resolv.conf\n`,
      problems: [`4:16-4:32: ${one('/etc/resolv.conf', 'a folder of its own for it')}`],
    },
  ],
})
