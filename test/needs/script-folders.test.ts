import {describe, expect, it} from 'vitest'
import {activities} from '../../src/needs/evidence/activities.ts'
import {reduced, withOwn} from '../../src/needs/evidence/own-folder.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

type Files = Parameters<typeof hostOf>[0]

/** What runs for a command of a unit, by its path. */
function paths(line: string, files: Files, lines = ''): readonly string[] {
  const unit = service(
    `[Service]\nExecStart=${line}\n${lines}\n`,
    '257',
    'a.service',
    hostOf(files),
  )
  return activities(unit).flatMap(({activity}) => activity.invocations.map(({path}) => path))
}

/** Ways to change to `/opt/x`, or to name it, from a script in `/opt/x/bin`. */
const changes: readonly string[] = [
  'cd /opt/x',
  'cd -- /opt/x',
  'cd -P /opt/x || exit 1',
  'cd "/opt/x/" && true',
  'cd /opt; cd x',
  'cd /opt && cd ./x',
  'pushd /opt/x > /dev/null',
  'cd /opt/x; popd; pushd +1; cd -',
  'cd /opt/x/bin; cd ..',
  'A=/opt/x; cd $A',
  'A=/opt; cd "${A}/x"',
  'cd "${A:-/opt/x}"',
  'cd "$(dirname "$0")/.."',
  'cd "$(dirname "$(readlink -f "$0")")/.."',
  'cd "$(dirname "$(dirname "$(realpath -- "$0")")")"',
  'cd `dirname $0`/..',
  'cd "${0%/*}/.."',
  'cd "${BASH_SOURCE[0]%/*}/.."',
  'cd "$(dirname "${BASH_SOURCE[0]}")"/..',
  'cd "$(dirname -- "$BASH_SOURCE")/.."',
  'A="$(cd "$(dirname "$0")/.." && pwd)"; cd "$A"',
  'A="$(cd "$(dirname "${BASH_SOURCE[0]}")" >/dev/null 2>&1 && pwd -P)"; cd "$A/.."',
  'A=$(cd "$(dirname "$0")"; pwd)\nB="$(dirname "$A")"\ncd "$B"',
  'readonly A="$(dirname "$0")"\nB="$(realpath "$A/..")"\ncd "$B"',
  '. "$(dirname "$0")/folder.sh"; cd "$FOLDER"',
]

/** Ways to run a file of the folder that is changed to. */
const runs: ReadonlyArray<readonly [text: string, path: string]> = [
  ['./run', '/opt/x/run'],
  ['exec ./run a', '/opt/x/run'],
  ['nohup nice -n 5 ./run', '/opt/x/run'],
  ['(sleep 1; ./run)', '/opt/x/run'],
  ['f() { ./run; }\nf', '/opt/x/run'],
  ['sub/run', '/opt/x/sub/run'],
  ['sh run', '/opt/x/run'],
  ['bash ./sub/run', '/opt/x/sub/run'],
  ['. ./run', '/opt/x/run'],
  ['cd sub && ./run', '/opt/x/sub/run'],
]

const own = {
  started: {path: '/usr/local/bin/a', real: '/opt/x/bin/a.sh'},
  read: {path: '/opt/x/b.sh', real: '/opt/x/b.sh'},
}

describe('a script that changes to a folder', () => {
  it.each(changes)('%j is followed to what it runs there', (change) => {
    for (const [text, path] of runs) {
      const files = {
        '/opt/x/bin/begin': `#!/bin/bash\n${change}\n${text}\n`,
        '/opt/x/bin/folder.sh': 'FOLDER=$(dirname "$(dirname "${BASH_SOURCE[0]}")")\n',
        [path]: '#!/bin/sh\n/opt/found\n',
      }
      expect(paths('/opt/x/bin/begin', files), text).toContain('/opt/found')
      // Not by its name alone.
      expect(
        paths('/opt/x/bin/begin', {...files, '/opt/x/bin/begin': `#!/bin/bash\n${text}\n`}),
        text,
      ).not.toContain('/opt/found')
    }
  })

  it('is followed in a line of a unit as well, and to applications and programs', () => {
    const found = {'/opt/x/run': '#!/bin/sh\n/opt/found\n'}
    expect(paths("/bin/sh -c 'cd /opt/x && exec ./run'", found)).toContain('/opt/found')
    const of = (line: string, path: string, text = 'import os\nos.system("/opt/found")\n') =>
      paths(`/bin/sh -c 'cd /opt/x && ${line}'`, {[path]: text})
    expect(of('python3 app.py', '/opt/x/app.py')).toContain('/opt/found')
    expect(of('python3 -m app', '/opt/x/app.py')).toContain('/opt/found')
    expect(of('gunicorn app:app', '/opt/x/app.py')).toContain('/opt/found')
    expect(
      of('npm start', '/opt/x/package.json', '{"scripts": {"start": "/opt/found"}}'),
    ).toContain('/opt/found')
    // A program in machine code is called by its path.
    expect(of('./server', '/opt/x/server', '\0')).toContain('/opt/x/server')
  })

  it.each(['bash "$A/run"', 'sh -e ${A}/run', 'exec "$A"/run', '"$A/run" b', '. "$A/run"'])(
    'runs what a variable names: %s',
    (text) => {
      const files = {
        '/opt/x/begin': `#!/bin/bash\nA="$(cd "$(dirname "$0")" && pwd)"\n${text}\n`,
        '/opt/x/run': '#!/bin/sh\n/opt/found\n',
      }
      expect(paths('/opt/x/begin', files)).toContain('/opt/found')
    },
  )

  it.each([
    'cd "/opt/my x" && ./run',
    'cd "$(dirname "$0")/my x"; ./run',
    'A="/opt/my x"; "$A/run" b',
    'A=/opt; exec "$A/my x/run"',
    'A=/opt; bash "$A/my x/run"',
  ])('may have a space in its name: %s', (text) => {
    const files = {
      '/opt/begin': `#!/bin/bash\n${text}\n`,
      '/opt/my x/run': '#!/bin/sh\n/opt/found\n',
    }
    expect(paths('/opt/begin', files)).toContain('/opt/found')
    // A variable may also be a program with its arguments.
    expect(
      paths('/opt/begin', {...files, '/opt/begin': '#!/bin/sh\nA="/opt/a b"\n$A c\n'}),
    ).toContain('/opt/a')
  })

  it('may be one of several, all of which are looked at', () => {
    const files = {
      '/opt/begin': '#!/bin/sh\ncd /opt/a\n./run\ncd /opt/b\n./run\n',
      '/opt/a/run': '#!/bin/sh\n/opt/first\n',
      '/opt/b/run': '#!/bin/sh\n/opt/second\n',
    }
    expect(paths('/opt/begin', files)).toEqual(
      expect.arrayContaining(['/opt/first', '/opt/second']),
    )
  })

  it('takes no longer for hostile ones', () => {
    const many = Array.from({length: 3000}, (_, index) => `cd a${index}\n./run${index}\n`).join('')
    expect(paths('/opt/begin', {'/opt/begin': `#!/bin/sh\n${many}`}).length).toBeLessThan(300)
    expect(
      paths('/opt/begin', {'/opt/begin': '#!/bin/sh\n./begin\n'}, 'WorkingDirectory=/opt').length,
    ).toBeLessThan(50)
  })
})

describe('what a script calls itself by', () => {
  it.each([
    ['$0', '/usr/local/bin/a'],
    ['${0}', '/usr/local/bin/a'],
    ['${0%/*}/c', '/usr/local/bin/c'],
    ['${0##*/}', 'a'],
    ['$(basename $0)', 'a'],
    ['$(dirname "$0")', '/usr/local/bin'],
    ['$(readlink -f "$0")', '/opt/x/bin/a.sh'],
    ['$(dirname "$(realpath "$0")")', '/opt/x/bin'],
    ['$BASH_SOURCE', '/opt/x/b.sh'],
    ['${BASH_SOURCE[0]}', '/opt/x/b.sh'],
    ['$(cd "$(dirname "${BASH_SOURCE[0]}")/.." &> /dev/null && pwd)', '/opt'],
    ['${0:-a} ${BASH_SOURCE[1]} $BASH_SOURCES', '${0:-a} ${BASH_SOURCE[1]} $BASH_SOURCES'],
    ['$(dirname "$1") $(date)', '$(dirname "$1") $(date)'],
    ['$(dirname "$0") $(date)', '/usr/local/bin $(date)'],
  ])('%s is %s', (text, expected) => expect(withOwn(text, own)).toBe(expected))

  it('is left where nobody knows it', () => {
    expect(withOwn('$0 $BASH_SOURCE', {read: own.read})).toBe('$0 /opt/x/b.sh')
    expect(withOwn('$0', undefined)).toBe('$0')
  })

  it.each([
    ['$(dirname /a/b)', '/a'],
    ['$(dirname /a)', '/'],
    ['$(dirname a)', '$(dirname a)'],
    ['$(cd /a/../b && pwd)', '/b'],
    ['$(cd /a && ls)', '$(cd /a && ls)'],
    ['$(dirname /a/b | tr a b)', '$(dirname /a/b | tr a b)'],
    ['$(dirname "/a/$B")', '$(dirname "/a/$B")'],
    ['`realpath /a/./b`', '/a/b'],
    ['$(readlink /a)', '$(readlink /a)'],
  ])('%s is what it prints: %s', (text, expected) => expect(reduced(text)).toBe(expected))
})
