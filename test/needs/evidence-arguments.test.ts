import {describe, expect, test} from 'vitest'
import {addressNeeds, portNeeds} from '../../src/needs/evidence/addresses.ts'
import {activity} from '../../src/needs/evidence/activity.ts'
import {scriptOf} from '../../src/needs/evidence/invocations.ts'
import {usesOf} from '../../src/needs/evidence/uses.ts'
import {wrapped} from '../../src/needs/evidence/wrappers.ts'

describe('addresses', () => {
  test.each([
    ['x.y', ''],
    ['a', ''],
    ['@', ''],
    [':::', 'inet inet-local'],
    ['unix:/run/x', 'unix-sockets'],
    ['UNIX:/x', 'unix-sockets'],
    ['abstract:x', 'unix-sockets'],
    ['local:/x', 'unix-sockets'],
    ['unix-listen:/x,fork', 'unix-sockets'],
    ['fd:3', ''],
    ['file:a.b', ''],
    ['file:///etc/x', ''],
    ['http://db', 'inet inet-local'],
    ['http:/x.y', ''],
    ['http://', ''],
    ['mysql:///run/x.sock', 'unix-sockets'],
    ['ldap://u:p@[::1]:389/x', 'inet-local'],
    ['http://user@127.0.0.1:80/', 'inet-local'],
    ['tcp:host:80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['tcp:127.0.0.1:80', 'inet-local bind-ports'],
    ['*:80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['localhost:80', 'inet-local bind-ports'],
    ['::1', 'inet-local'],
    ['[::1]', 'inet-local'],
    ['[::1]:80', 'inet-local bind-ports'],
    ['h_x:80', ''],
    ['host:80/x', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['host:0', ''],
    ['host:1', ''],
    ['host:65535', 'inet inet-local bind-ports'],
    ['host:65536', ''],
    ['host:1023', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['host:1024', 'inet inet-local bind-ports'],
    ['1.2.3.4/24', 'inet inet-local'],
    ['1.2.3.4/240', ''],
    ['1.2.3', ''],
    ['1.2.3.400', 'inet inet-local'],
    ['h:80x', ''],
    ['9:80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['::80', 'inet inet-local'],
    ['u@h.de:x', 'inet inet-local'],
    ['u@h.dex1', ''],
    ['fe80::1', 'inet inet-local'],
    ['a::', 'inet inet-local'],
    ['u@h.de', 'inet inet-local'],
    ['u@h', ''],
    ['u@h:', 'inet inet-local'],
    ['u@h:/x', 'inet inet-local'],
    ['user@host:x', 'inet inet-local'],
    ['u@h.d', ''],
    ['h.de:/x', 'inet inet-local'],
    ['h.de:~', 'inet inet-local'],
    ['h.de:x', ''],
    ['h:/x', ''],
    ['a=1.2.3.4,::1', 'inet inet-local'],
    ['(1.2.3.4)', 'inet inet-local'],
    ['ab:', ''],
    ['127.0.0.1', 'inet-local'],
    ['-1.2.3.4', ''],
    ['x1.2.3.4', ''],
    ['1.2.3.4x', ''],
    ['rsync://h/m', 'inet inet-local'],
    ['_x://h', ''],
    ['abcdefghijklmnopqrstuv://h', ''],
  ])('%s shows that it needs: %s', (text, expected) => {
    expect(addressNeeds(text).join(' ')).toBe(expected)
  })

  test('are looked for where they can be, and no further', () => {
    expect(addressNeeds('1.2.3.4'.padEnd(257, '0'))).toEqual([])
    expect(addressNeeds(`${'x'.repeat(4088)} 1.2.3.4`)).toEqual(['inet', 'inet-local'])
    expect(addressNeeds(`${'x'.repeat(4096)} 1.2.3.4`)).toEqual([])
  })

  test.each([
    ['-p', '80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['-l', '80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['-P', '80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['-x', '80', ''],
    ['--port', '8', ''],
    ['--port', '80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['--port', '8080', 'inet inet-local bind-ports'],
    ['--PORT', '8080', 'inet inet-local bind-ports'],
    ['--listen', '8080', 'inet inet-local bind-ports'],
    ['--bind', '80800', ''],
    ['--bind-addr', '65536', ''],
    ['--addr', '65535', 'inet inet-local bind-ports'],
    ['port', '80', ''],
    ['x--port', '80', ''],
    ['--port=', '80', ''],
    ['---port', '80', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['--port', '80x', ''],
    ['--port', 'x80', ''],
    ['--port', '1024', 'inet inet-local bind-ports'],
    ['--port', '1023', 'inet inet-local bind-ports CAP_NET_BIND_SERVICE'],
    ['-port1', '80', ''],
    ['--', '80', ''],
    ['-pl', '80', ''],
  ])('the option %s with %s shows: %s', (option, value, expected) => {
    expect(portNeeds(option, value).join(' ')).toBe(expected)
  })
})

/** The program and the arguments of a command line without quotes. */
function split(line: string): readonly [program: string, args: readonly string[]] {
  const [program = '', ...args] = line.split(' ')
  return [program, args]
}

describe('what is done with arguments', () => {
  test.each([
    ['cp a-t b c', 'read a-t, read b, write c'],
    ['cp a b', 'read a, write b'],
    ['cp -t d a', 'read -t, write d, read a'],
    ['cp a b -v', 'read a, write b, read -v'],
    ['cp --target-directory=d a b', 'write --target-directory=d, read a, read b'],
    ['cp -pt/d a b', 'write -pt/d, read a, read b'],
    ['cp --target-directory d a', 'read --target-directory, write d, read a'],
    ['install -d a b', 'write -d, write a, write b'],
    ['install -Dm644 a b', 'read -Dm644, read a, write b'],
    ['ln -s a b', 'read -s, read a, write b'],
    ['rsync a b', 'read a, write b'],
    ['sed -i s/a/b/ f', 'write -i, write s/a/b/, write f'],
    ['sed s/a/b/ f', 'read s/a/b/, read f'],
    ['sed s/a-i/b/ f', 'read s/a-i/b/, read f'],
    ['sed -ni s f', 'write -ni, write s, write f'],
    ['perl -pi -e x f', 'write -pi, write -e, write x, write f'],
    ['perl x', 'read x'],
    ['dd if=a of=b', 'read if=a, write of=b'],
    ['curl -o f u', 'read -o, write f, read u'],
    ['curl -so f u', 'read -so, write f, read u'],
    ['curl -of u', 'write -of, read u'],
    ['curl -sof u', 'write -sof, read u'],
    ['curl --output=f u', 'write --output=f, read u'],
    ['wget -qO- u', 'write -qO-, read u'],
    ['curl -O u', 'read -O, write u'],
    ['wget -P d u', 'read -P, write d, read u'],
    ['wget --output-document f u', 'read --output-document, write f, read u'],
    ['curl --outputs f u', 'read --outputs, read f, read u'],
    ['curl x-o f', 'read x-o, read f'],
    ['curl x--output f', 'read x--output, read f'],
    ['sh f a', 'read f, mention a'],
    ['sh -x f a', 'mention -x, read f, mention a'],
    ['sh', ''],
    ['python3 f a', 'read f, mention a'],
    ['python3.11 -u f', 'mention -u, read f'],
    ['xpython3 f', 'mention f'],
    ['python3x f', 'mention f'],
    ['node f', 'read f'],
    ['nodejs f', 'mention f'],
    ['cat a', 'read a'],
    ['mv a b', 'write a, write b'],
    ['echo a', ''],
    ['unknown a', 'mention a'],
    ['sh -c x a', 'mention -c, mention a'],
    ['bash -c x', 'mention -c'],
    ['env A=1', ''],
  ])('in %s: %s', (line, expected) => {
    const [program, args] = split(line)
    const uses = usesOf({path: program, program, args})
    expect(uses.map(({use, text}) => `${use} ${text}`).join(', ')).toBe(expected)
  })
})

describe('the command that another starts', () => {
  test.each([
    ['x a', ''],
    ['nice a b', 'a b'],
    ['nice -n 5 a -n b', 'a -n b'],
    ['nice -n5 a', 'a'],
    ['nice --adjustment 5 a', 'a'],
    ['nice --adjustment=5 a', 'a'],
    ['nice --other 5 a', '5 a'],
    ['nice -- -a', '-a'],
    ['nice -5 a', 'a'],
    ['nice - a', '- a'],
    ['nice', ''],
    ['nice -n', ''],
    ['env A=1 B=2 a C=3', 'a C=3'],
    ['env -u X a', 'a'],
    ['env -iu X a', 'a'],
    ['env -ui X a', 'X a'],
    ['env 1A=1 a', '1A=1 a'],
    ['chroot /r a', 'a'],
    ['chroot --userspec u /r a', 'a'],
    ['chroot -- /r a', 'a'],
    ['chroot /r -- a', 'a'],
    ['chroot /r', ''],
    ['flock -w 5 f a', 'a'],
    ['chpst -u tinydns -e /env -m 1000 -P a', 'a'],
    ['softlimit -m 1000 -f 10 a', 'a'],
    ['envdir /env a', 'a'],
    ['envuidgid u a', 'a'],
    ['s6-envdir /env s6-softlimit -m 1 a', 's6-softlimit -m 1 a'],
    ['setlock -n /lock a', 'a'],
    ['pgrphack a', 'a'],
    ['chrt -f 5 a', 'a'],
    ['nohup A=1 a', 'A=1 a'],
    ['timeout 5 a', 'a'],
    ['timeout -s 9 5 a', 'a'],
    ['su u -c a', ''],
    ['sudo -u x a', 'a'],
    ['setpriv --reuid 1 a', 'a'],
    ['env a -u b', 'a -u b'],
  ])('in %s is: %s', (line, expected) => {
    const [program, args] = split(line)
    expect(wrapped(program, args).join(' ')).toBe(expected)
  })
})

describe('what a command starts', () => {
  test.each([
    ['/bin/nice /a/b c', '/a/b c'],
    ['busybox ls x', 'ls x'],
    ['find / -exec rm {} ;', 'rm {} ;'],
    ['find / -name x', ''],
    ['start-stop-daemon -S -x /a -- b', '/a b'],
    ['start-stop-daemon --exec a', 'a'],
    ['start-stop-daemon --startas a', 'a'],
    ['start-stop-daemon -a b', 'b'],
    ['start-stop-daemon c-a b', ''],
    ['screen -S n -d a', 'a'],
    ['python3 -m a.b c', 'a.b c'],
    ['python3 -W x f.py y', 'f y'],
    ['python3 -c x y', ''],
    ['python3 -u', ''],
    ['java -cp x -jar a.jar b', 'a b'],
    ['python3 -m run b', 'run b'],
    ['java -jar run b', 'run b'],
    ['java -cp x a.B', 'a.B'],
    ['node -r x a.mjs', 'a'],
    ['bun run a.ts', 'a'],
    ['dotnet a.dll', 'a'],
    ['perl -I x a.pl', 'a'],
    ['su u -c x', 'x'],
    ['su u', ''],
    ['sudo -u x y', 'y'],
    ['sh /x.sh y', ''],
    ['runuser -u u -- a b', 'a b'],
    ['flock f sh -c x', 'sh -c x | x'],
  ])('by %s: %s', (line, expected) => {
    const {invocations} = activity(line.split(' '))
    expect(
      invocations
        .slice(1)
        .map(({path, args}) => [path, ...args].join(' '))
        .join(' | '),
    ).toBe(expected)
  })

  test('is in one word', () => {
    const started = (...words: readonly string[]): string[] =>
      activity(words)
        .invocations.slice(1)
        .map(({path, args}) => [path, ...args].join(' '))
    expect(started('env', '-S', 'a  b c', 'd')).toEqual(['a b c d'])
    expect(started('env', '--split-string=a b', 'c')).toEqual(['a b c'])
    expect(started('tmux', 'new', 'a b')).toEqual(['a b'])
    expect(started('')).toEqual([])
  })
})

describe('the script that a program is given', () => {
  test.each<[string, string | undefined]>([
    ['sh -c x', 'x'],
    ['sh -ec x', 'x'],
    ['sh -c -- x', 'x'],
    ['sh -cx y', 'y'],
    ['bash -exc y z', 'y'],
    ['sh --norc x', undefined],
    ['script -cx y', undefined],
    ['sh -c -e x-', 'x-'],
    ['trap x- EXIT', 'x-'],
    ['trap -- x EXIT', 'x'],
    ['alias a=x', 'x'],
    ['bash --command x', 'x'],
    ['fish --command=x', 'x'],
    ['eval a b', 'a b'],
    ['watch a', undefined],
    ['su -c x u', 'x'],
    ['su u', undefined],
    ['su - u --session-command x', 'x'],
    ['flock f -c x', 'x'],
    ['flock f a -c x', undefined],
    ['runuser -u u a -c x', undefined],
    ['runuser -c x u', 'x'],
    ['cat -c x', undefined],
    ['sh x', undefined],
    ['script -c x', 'x'],
    ['sh -c', undefined],
  ])('by %s: %s', (line, expected) => {
    const [program, args] = split(line)
    expect(scriptOf({program, args})).toBe(expected)
  })
})
