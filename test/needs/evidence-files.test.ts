import {describe, expect, it} from 'vitest'
import {lacksOfWrites, writesAreInSight} from '../../src/needs/evidence/of-writes.ts'
import {hasOnlyTools, lacksOfTools} from '../../src/needs/evidence/of-tools.ts'
import {madeBefore} from '../../src/needs/evidence/made.ts'
import {leavesFiles} from '../../src/needs/evidence/leaves.ts'
import type {Need} from '../../src/needs/evidence/need.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import {service} from '../unit/unit.ts'

const unitOf = (lines: string): LoadedUnit => service(`[Service]\n${lines}\n`)

/** A unit that is no service. */
function socket(lines: string): LoadedUnit {
  const its = target('257')
  if (!its) throw new Error('Expected 257')
  return load([{path: 'a.socket', role: 'fragment', tree: parse(`[Socket]\n${lines}\n`)}], {
    name: 'a.socket',
    type: 'socket',
    target: its,
    manager: 'system',
  })
}

describe('commands that say of all that they write where it is', () => {
  it.each([
    'ExecStart=/bin/cp /opt/a /srv/b',
    'ExecStart=/bin/cp -a --sparse=always /opt/a /srv/b',
    'ExecStart=/bin/cat a b',
    'ExecStart=/bin/chmod 0644 /srv/a',
    'ExecStart=/bin/chmod u+rw /srv/a',
    'ExecStart=/bin/chmod -x /srv/a',
    'ExecStart=/bin/chown a:b /srv/a',
    'ExecStart=/bin/chown a: /srv/a',
    'ExecStart=/bin/chmod 75 /srv/a',
    'ExecStart=/bin/chmod 02755 /srv/a',
    'ExecStart=/bin/chmod go-w /srv/a',
    'ExecStart=/bin/chown a-b:c-d /srv/a',
    'ExecStart=/bin/cp -a --backup=t.1 /opt/a /srv/b',
    'ExecStart=/usr/bin/touch -w /srv/a',
    'ExecStart=/bin/mkdir /srv/a-d /srv/a--b',
    'ExecStart=/usr/bin/truncate -s 10M /srv/a',
    'ExecStart=/bin/mkdir /srv/a',
    'ExecStart=/bin/mkdir -m 700 /srv/a',
    'ExecStart=/usr/bin/install /opt/a /srv/p',
    'ExecStart=/usr/bin/test -r /srv/a',
    'ExecStart=/usr/bin/nice -n 5 /bin/cp /opt/a /srv/b',
    "ExecStart=/bin/sh -c 'cat /opt/a > /srv/b 2>&1'",
    "ExecStart=/bin/sh -c 'cat /opt/a; touch /srv/b'",
    'ExecStart=/bin/true\nExecStop=/usr/bin/touch /srv/a',
  ])('%s', (lines) => expect(writesAreInSight(unitOf(lines))).toBe(true))

  it.each([
    'ExecStart=/bin/cp /opt/a b',
    'ExecStart=/bin/cp /opt/a /srv/$a',
    'ExecStart=/bin/cp /opt/a b-x',
    'ExecStart=/bin/cp /opt/a b755',
    'ExecStart=/usr/bin/touch xyz',
    "ExecStart=/bin/sh -c 'cat /opt/a > b&1'",
    "ExecStart=/bin/sh -c 'cat /opt/a > 1b'",
    'ExecStart=/bin/cp /opt/a /srv/{a,b}',
    'ExecStart=/usr/bin/touch a/srv/b',
    'ExecStart=/usr/bin/touch -a=/srv/b',
    'ExecStart=/usr/bin/touch 12ab',
    'ExecStart=/usr/bin/touch a',
    'ExecStart=/opt/unheard-of',
    'ExecStart=/bin/sh /opt/a',
    'ExecStart=/bin/sh',
    'ExecStart=/usr/bin/nice',
    'ExecStart=/usr/bin/nice /opt/unheard-of',
    'ExecStart=/bin/mkdir -p /srv/a',
    'ExecStart=/bin/mkdir -vp /srv/a',
    'ExecStart=/bin/mkdir --parents /srv/a',
    'ExecStart=/usr/bin/install -d /srv/a',
    'ExecStart=/usr/bin/install -D /opt/a /srv/a',
    'ExecStart=/usr/bin/sort /opt/a',
    'ExecStart=/usr/bin/rsync /opt/a /srv/b',
    'ExecStart=/usr/bin/test -w /srv/a',
    'ExecStart=[ -w /srv/a ]',
    "ExecStart=/bin/sh -c 'cd /srv; touch /srv/b'",
    "ExecStart=/bin/sh -c 'pushd /srv; touch /srv/b'",
    "ExecStart=/bin/sh -c 'cat /opt/a `date`'",
    "ExecStart=/bin/sh -c 'cat $$A'",
    "ExecStart=/bin/sh -c 'cat /opt/a > b'",
    "ExecStart=/bin/sh -c 'cat /opt/a > /srv/b; cat > c'",
    "ExecStart=/bin/sh -c 'cat /opt/a; touch b'",
    'ExecStart=/bin/true\nExecStop=/opt/unheard-of',
    'Environment=A=b\nExecStart=/bin/cp /opt/a /srv/b',
    'Type=oneshot',
  ])('not %s', (lines) => expect(writesAreInSight(unitOf(lines))).toBe(false))

  it('need no other places, and it is said why', () => {
    const unit = unitOf('ExecStart=/bin/cp /opt/a /srv/b')
    const needed: Need = {access: 'write-config', because: 'a', certain: true}
    const lacks = lacksOfWrites(unit, [needed])
    expect([...lacks.keys()]).toEqual([
      'write-anywhere',
      'write-system',
      'home-write',
      'temporary-files',
    ])
    expect(lacks.get('home-write')).toMatchObject({grade: 'read'})
    expect(lacks.get('home-write')?.words()).toBe('read: its commands say where they write')
    expect(lacksOfWrites(unitOf('ExecStart=/opt/a'), [needed]).size).toBe(0)
  })

  it('are those of services', () => {
    expect(writesAreInSight(socket('ExecStartPre=/bin/cp /opt/a /srv/b'))).toBe(false)
    expect(lacksOfTools(socket('ExecStartPre=/bin/cp /opt/a /srv/b'), []).size).toBe(0)
  })
})

describe('what runs nothing but tools', () => {
  const lacking = (lines: string, needs: readonly Need[] = []): readonly string[] => [
    ...lacksOfTools(unitOf(lines), needs).keys(),
  ]

  it.each([
    ["/bin/sed -n 's/a/b/p' /srv/x", true],
    ["/usr/bin/gawk '{print $1}' /srv/x", true],
    ["/usr/bin/awk '{system(a)}' /srv/x", false],
    ["/usr/bin/awk '{print | a}' /srv/x", false],
    ['/usr/bin/gawk \'{print > "/inet/tcp"}\' /srv/x', false],
    ["/bin/sed 's/a/b/e' /srv/x", false],
    ["/bin/sed 'e date' /srv/x", false],
    ["/bin/sed 's/a/b/;e date' /srv/x", false],
    ["/bin/sed '1{e date' /srv/x", false],
    ["/bin/sed 's/a/b/; e date' /srv/x", false],
    ["/bin/sed 'the date' /srv/x", true],
    ['/bin/sed -f /opt/x /srv/x', false],
    ['/bin/sed -nf /opt/x /srv/x', false],
    ['/bin/sed --file=/opt/x /srv/x', false],
    ['/bin/sed s/a-f// /srv/x', true],
    ['/usr/bin/sort /srv/x', true],
    ['/usr/bin/sort --compress-program=gzip /srv/x', false],
    ['/usr/bin/find /srv -name a', true],
    ['/usr/bin/find /srv -exec rm {} +', false],
    ['/usr/bin/find /srv -ok rm {} +', false],
    ['/usr/bin/xargs rm', false],
    ['/usr/bin/date', false],
    ['/bin/sh -c true', true],
    ['/bin/sed s/a--file=b// /srv/x', true],
    ['/usr/bin/find /srv -name a-exec', true],
    ['/bin/sh /opt/a', false],
    ['/opt/a', false],
  ])('%s: %s', (line, expected) => expect(hasOnlyTools(unitOf(`ExecStart=${line}`))).toBe(expected))

  it.each([
    ['/usr/bin/find /srv -user a', false],
    ['/usr/bin/find /srv -ls', false],
    ['/usr/bin/find /srv -name a-user', true],
    ['/usr/bin/find /srv -name user', true],
    ['/usr/bin/find /srv -users', true],
    ['/bin/cat -user', true],
    ["/bin/sh -c 'cat /srv/a; ls /srv'", false],
    ['/bin/ls /srv', false],
    ['/bin/cat /srv/a', true],
  ])('%s talks to nobody: %s', (line, expected) =>
    expect(lacking(`ExecStart=${line}`).includes('inet')).toBe(expected),
  )

  it.each([
    ['/usr/bin/find /srv -name a', true],
    ['/usr/bin/find /srv -delete', false],
    ['/usr/bin/find /srv -name a-delete', true],
    ['/bin/cp /srv/a /srv/b', false],
    ["/bin/sh -c 'touch /srv/a; cat /srv/b'", false],
    ["/bin/cat /srv/a\nExecStartPost=/bin/sh -c 'cat /srv/a >/srv/b'", false],
    ['/usr/bin/find /srv -fprint /srv/a', false],
    ['/usr/bin/find /srv -fls /srv/a', false],
    ['/usr/bin/sort /srv/a', false],
    ['/usr/bin/touch /srv/a', false],
    ['/bin/sh -c "cat /srv/a"', true],
    ['/bin/sh -c "cat /srv/a >/srv/b"', false],
  ])('%s changes nothing: %s', (line, expected) =>
    expect(lacking(`ExecStart=${line}`).includes('CAP_CHOWN')).toBe(expected),
  )

  it.each([
    ['/usr/bin/tr a b', true],
    ['/bin/cat /srv/a', false],
    ["/bin/sh -c 'tr a b; cat /srv/a'", false],
    ['/bin/sh -c "tr a b >c"', false],
  ])('%s names no file: %s', (line, expected) =>
    expect(lacking(`ExecStart=${line}`).includes('home-read')).toBe(expected),
  )

  it('lacks what is not needed for another reason, and nothing where a file may ask for any right', () => {
    const of = (access: Need['access']): readonly string[] =>
      lacking('ExecStart=/usr/bin/tr a b', [{access, because: 'a', certain: true}])
    expect(of('CAP_KILL')).not.toContain('CAP_KILL')
    expect(of('CAP_KILL')).toContain('CAP_SETUID')
    expect(of('raw-devices')).toEqual([])
    expect(lacksOfTools(unitOf('ExecStart=/usr/bin/tr a b'), []).get('inet')?.words()).toBe(
      'read: it runs nothing but tools for texts and files',
    )
    expect(lacksOfTools(unitOf('ExecStart=/usr/bin/tr a b'), []).get('inet')?.grade).toBe('read')
    expect(lacking('ExecStart=/bin/ls /srv')).toEqual(expect.not.arrayContaining(['inet']))
    expect(lacking("ExecStart=/bin/sh -c 'ls /srv > /srv/a'")).toHaveLength(11)
    expect(lacking('Environment=A=b\nExecStart=/usr/bin/tr a b')).toEqual([])
  })
})

describe('what is made before a service starts', () => {
  it.each([
    ['/bin/mkdir /srv/a', ['folder /srv/a']],
    [
      '/bin/mkdir -p /srv/a /srv/b/',
      ['folder with those above /srv/a', 'folder with those above /srv/b'],
    ],
    ['/bin/mkdir --parents /srv/a', ['folder with those above /srv/a']],
    ['/bin/mkdir -vp /srv/a', ['folder with those above /srv/a']],
    ['/bin/mkdir -m 700 /srv/a', ['folder /srv/a']],
    ['/bin/mkdir -m /x /srv/a', ['folder /srv/a']],
    ['/bin/mkdir /srv/a-p /srv/a--parents', ['folder /srv/a-p', 'folder /srv/a--parents']],
    ['/bin/mkdir --parentsx /srv/a', ['folder /srv/a']],
    ['/bin/mkdir --mode=7 /srv/a-', ['folder /srv/a-']],
    ['/bin/mkdir /x-m /srv/a', ['folder /x-m', 'folder /srv/a']],
    ['/bin/mkdir -mx /srv/a', ['folder /srv/a']],
    ['/usr/bin/install -vd /srv/a', ['folder with those above /srv/a']],
    ['/usr/bin/install /opt/a-d /srv/a--directory', []],
    ['/usr/bin/install --directoryx /srv/a', []],
    ['/opt/install -v /opt/b', []],
    ['/opt/a -d /srv/a', []],
    ['/usr/bin/install -d -vm /m /srv/a', ['folder with those above /srv/a']],
    [
      '/usr/bin/install -d -mx /srv/a /x--mode /srv/b',
      ['/srv/a', '/x--mode', '/srv/b'].map((path) => `folder with those above ${path}`),
    ],
    ['/usr/bin/touch /x-r /srv/a', ['file /x-r', 'file /srv/a']],
    ['/usr/bin/touch -rx /srv/a', ['file /srv/a']],
    ['/bin/mkdir --mode /x /srv/a', ['folder /srv/a']],
    ['/bin/mkdir /srv/$a /srv/*', []],
    ['/bin/mkdir srv/a', []],
    ['/usr/bin/install -d -o /u -m 755 /srv/a', ['folder with those above /srv/a']],
    [
      '/usr/bin/install --directory --owner /u --group /g --suffix /s --mode /m /srv/a',
      ['folder with those above /srv/a'],
    ],
    ['/usr/bin/install /opt/a /srv/a', []],
    ['/usr/bin/touch /srv/a', ['file /srv/a']],
    ['/usr/bin/touch -r /opt/a /srv/a', ['file /srv/a']],
    ['/usr/bin/touch --date /opt/a /srv/a', ['file /srv/a']],
    ['/usr/bin/tee -a /srv/a', ['file /srv/a']],
    ['/bin/cat /srv/a', []],
    ["/bin/sh -c 'cat /opt/a > /srv/a'", ['file /srv/a']],
    ["/bin/sh -c 'cat < /opt/a'", []],
  ])('by %s: %j', (line, expected) => {
    const made = madeBefore(unitOf(`ExecStartPre=${line}\nExecStart=/opt/a`))
    expect(
      made.map(
        ({path, hasParents, isFolder}) =>
          `${isFolder ? 'folder' : 'file'}${hasParents ? ' with those above' : ''} ${path}`,
      ),
    ).toEqual(expected)
  })

  it('is what commands before it make, and of some without its sandbox', () => {
    const unit = unitOf(
      'ExecStartPre=+/bin/mkdir /srv/a\nExecStartPre=/bin/mkdir /srv/b\nExecStart=/bin/mkdir /srv/c',
    )
    expect(
      madeBefore(unit).map(({path, isUnconfined, assignment}) => [
        path,
        isUnconfined,
        assignment.key,
      ]),
    ).toEqual([
      ['/srv/a', true, 'ExecStartPre'],
      ['/srv/b', false, 'ExecStartPre'],
    ])
    expect(madeBefore(socket('ExecStartPre=/bin/mkdir /srv/a'))).toEqual([])
    expect(madeBefore(unitOf('ExecStart=/bin/mkdir /srv/a'))).toEqual([])
  })
})

describe('a service that takes no file away', () => {
  it.each([
    ['ExecStart=/bin/cp /opt/a /srv/b', true],
    ['ExecStart=/bin/rm /srv/b', false],
    ['ExecStart=/opt/unheard-of', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\nRemainAfterExit=yes', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\nRemainAfterExit=no', true],
    ['ExecStart=/bin/cp /opt/a /srv/b\nExecCondition=/bin/true', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\nExecStop=/bin/rm /srv/b', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\n[Unit]\nConditionPathExists=/srv', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\n[Unit]\nAssertPathExists=/srv', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\n[Unit]\nOnSuccess=b.service', false],
    ['ExecStart=/bin/cp /opt/a /srv/b\n[Unit]\nOnSuccessJobMode=fail', true],
    ["ExecStart=/bin/sh -c 'cp /opt/a /srv/b'", true],
    ["ExecStart=/bin/sh -ec 'cp /opt/a /srv/b'", true],
    ["ExecStart=/bin/sh -c 'rm /srv/b'", false],
    ['ExecStart=/bin/sh --rc /opt/a', false],
    ['ExecStart=/bin/sh --rc', false],
    ['ExecStart=/bin/sh /opt/a', false],
    ['ExecStart=/bin/sh', false],
    ['ExecStart=/usr/bin/systemctl stop a.service', true],
    ['ExecStart=/usr/bin/systemctl stop a.path', false],
    ['ExecStart=/usr/bin/rsync /opt/a /srv/b', true],
    ['ExecStart=/usr/bin/rsync --remove-source-files /opt/a /srv/b', false],
    ['ExecStart=/usr/bin/rsync --delete /opt/a /srv/b', false],
    ['Type=oneshot', false],
  ])('%s: %s', (lines, expected) => expect(leavesFiles(unitOf(lines))).toBe(expected))
})
