import {expect, test} from 'vitest'
import {isInMode} from '../../src/needs/programs/modes.ts'
import type {ModeName} from '../../src/needs/programs/modes.ts'

/** The arguments, a line each, with which a program is used so, and those with which it is used otherwise. */
test.each<[ModeName, readonly string[], readonly string[]]>([
  [
    'extracts',
    ['-xf a.tar', 'xf a.tar', '-f a.tar -x', '--extract', '--get --file=a', '-f a.tar', 'f a.tar', '', '-cf $F'],
    ['-cf a.tar x', 'cf a.tar x', '-tf a.tar', 'tf a.tar', '--create', '--list -f a', '-rf a x', '-uf a', '-df a', '-Af a', '--update', '--delete'],
  ],
  [
    'looksForProcesses',
    ['--stop --exec /a', '--stop --pidfile /p --exec /a', '-K -p /p -x /a', '--stop --pidfile=/p --name=a', '--stop --user u', '', '--stop --pidfile $P'],
    ['--quiet --stop --retry QUIT/5 --pidfile /p', '-K -p /p', '--stop --pidfile=/p', '--stop --pid 7'],
  ],
  [
    'reachesBeyondSockets',
    [
      '',
      '-u - ',
      'TCP-LISTEN:$PORT -',
      'TCP-LISTEN:80 OPEN:/dev/ttyUSB0,b9600',
      '/dev/ttyS0,raw TCP:h:1',
      'TUN:10.0.0.1/24 UDP:h:1',
      'VSOCK-LISTEN:1 STDIO',
      'TCP-LISTEN:80,so-bindtodevice=eth0 STDIO',
      'TCP-LISTEN:80,ip-transparent STDIO',
      'IP-DATAGRAM:10.0.0.255:44 STDIO',
      'TCP-LISTEN:80!!INTERFACE:eth0 STDIO',
      'PTY,link=/dev/ttyV0 TCP:h:1',
    ],
    [
      'TCP-LISTEN:80,fork,reuseaddr,bind=127.0.0.1 SYSTEM:id',
      '-d -d -T 30 tcp4-l:80,fork unix-connect:/run/x.sock',
      'UDP-RECVFROM:514 OPEN:/var/log/x,creat,append',
      'openssl-listen:443,cert=/etc/x.pem,fork EXEC:/srv/x,pty',
      '-,raw 3',
      '-u UDP-RECV:9 /var/log/packets',
    ],
  ],
  ['copiesIn', ['-i', '-p x', '-id', '--extract', '--pass-through', '', '-v', '-o -i'], ['-o', '-ot', '-t', '--create', '--list']],
  ['restores', ['restore latest', '-r /x restore', 'extract a::b', '', 'whatever', 'backup restore'], ['backup /x', 'list', 'create a::b', '-q snapshots']],
  ['mounts', ['mount /m', 'umount /m', 'cmount a:', '', '-r $R'], ['backup /m', 'mounts', 'x', '$R backup']],
  [
    'copiesUnnamed',
    ['', 'backup', 'backup src', '-r /repo', '--exclude-file /x', '--repo /r', '--cache-dir /c'],
    ['backup /src', '-v /src', '--exclude /x', '-x /a'],
  ],
  [
    'storesElsewhere',
    ['', 'backup /x', '--repo=s3:x', '-r s3:x', '--repo sftp:h:/x', 'host::a', 'user@h:/x::a', '-x /r'],
    ['--repo=/r', '--repo=local:/r', '-r /r', '--repo /r', '-r local:/r', '/r::a'],
  ],
  [
    'keepsOwners',
    ['-a x y', '-o', '-p', '-g', '-rp', '--archive', '--preserve=all', '--owner', '--group=x', '--chown=a', '--perms', '', '$X'],
    ['x y', '-r x y', '--recursive', 'a-o'],
  ],
  [
    'setsIdBits',
    ['4755 x', '04755 x', '2755 x', '6755 x', '7777 x', 'u+s x', '+s x', 'g=rws x', 'ug+xs x', 'a+st x', '=2755 x', '+4000 x', '002755 x', '', '$M x'],
    ['755 x', '0755 x', '1755 x', '8755 x', '47555 x', 'u+x x', 'u-s x', 'x+s'],
  ],
  [
    'makesIdBits',
    ['-d -m 2750 /x', '-dm2750 /x', '-Dm 02755 a /x', '-p -m g+s /x', '--mode=6755 /x', '--mode 2770 /x', '-o a -g b -m u=rwx,g=rxs /x', '-m $M /x'],
    ['-d /x', '-m 0750 /x', '-dm 1777 /x', '--mode=755 /2750', '-o 2750 /x', '', '/m2750'],
  ],
  ['cachesInHome', ['', 'backup /x', '-no-cache', 'no-cache'], ['--no-cache', '--cache-dir /x', '--cache-dir=/x']],
  ['looksUpHosts', ['hosts x', 'ahosts x', 'ahostsv4 x', '', '$D'], ['passwd x', 'group', 'xhosts']],
  [
    'changesNetwork',
    ['link set x', 'addr add x', 'a', '-b f', '--batch f', 'route flush x', '', 'netns', '$X'],
    ['link show', 'route', '-4 addr', 'addr list'],
  ],
  ['namesNetworkNamespaces', ['netns add x', '-n x link', '-nx link', '', '$X'], ['link', 'xnetns', 'netnsx', 'a-n']],
  ['showsProcesses', ['-p', '-tlp', '--processes', '--program', '--programs', '', '$X'], ['-tl', '--listening', 'p']],
  ['setsKernelSettings', ['-w x', '-p', '-f', '--write', '--load=x', '--system', 'a=b', '', '$X'], ['a.b', '-a', '--all']],
  ['setsHostName', ['x', '-F f', '-b', '--file=x', '--boot', '-f x'], ['', '-f', '--fqdn']],
  ['asksRealtime', ['', '-f 5 x', '-r 5 x', '50 x', '--fifo 5'], ['-o 0 x', '-b x', '-i x', '-p 1', '-m', '--other', '--batch', '--idle', '--pid', '--max']],
  [
    'asksRealtimeAccess',
    ['', '$X', '-c1 x', '-c 1 x', '--class 1 x', '--class=1 x', '-c realtime x', '-n 5 -c1 x', '-c1'],
    ['-c2 x', '-c 3', '--class=idle', '-c 12', 'x-c1', '-c1x', '-n 1'],
  ],
  ['attaches', ['', '-p 5', '5', '--attach', '--pid=5', '-fp x', '$P'], ['x', '-o f x', 'x5', '5x', '--args']],
  ['signalsOthers', ['', '-HUP 5', '$PID', '$MAINPIDX', 'x$MAINPID'], ['$MAINPID', '-HUP $MAINPID', '${MAINPID}']],
  ['compiles', ['', 'x.js', '--jitless-x', '-j'], ['--jitless x.js', '-joff x']],
  [
    'reachesOthers',
    ['', 'x', 'http://example.org', 'user@host', 'example.org', 'example.org:80', 'http://localhost http://example.org', 'localhost a@b', '-x'],
    [
      'http://localhost/x',
      'http://127.0.0.1',
      'root@localhost',
      'http://[::1]/',
      '--unix-socket /x',
      '-unix-socket /x',
      '--host=localhost',
      'localhost x',
      'localhost -f',
    ],
  ],
  [
    'setsClock',
    ['', '-s x', '--set=x', 'set-time x', '01011200', '010112002026.30', '202601011200', '$D'],
    ['+%s', '-u', '0101120', '010112002026123', '01011200.3', 'x01011200', '--settle'],
  ],
])('%s', (mode, so, otherwise) => {
  const splitting = (line: string): readonly string[] => (line === '' ? [] : line.split(' '))
  expect(so.filter((line) => !isInMode(mode, splitting(line)))).toEqual([])
  expect(otherwise.filter((line) => isInMode(mode, splitting(line)))).toEqual([])
})
