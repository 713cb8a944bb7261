import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {said} from './cases.ts'

const service = (text: string): string =>
  `[Unit]\nDescription=A\n\n[Service]\nExecStart=/usr/bin/a\n${text}`

/** What is said of values, in the words of their author, and what is proposed. */
async function told(name: string, text: string): Promise<readonly string[]> {
  const {stdout} = await cli(['--no-config', '--preset', 'strict', '-f', 'json', '.'], {
    cwd: makeFolder({[name]: service(text)}),
  })
  const files: ReadonlyArray<{
    messages: ReadonlyArray<{ruleId: string; message: string; fix?: {title: string}}>
  }> = JSON.parse(stdout) // Our own format.
  return files.flatMap(({messages}) =>
    messages
      .filter(({ruleId}) => ruleId === 'no-invalid-value')
      .map(({message, fix}) => (fix ? `${message}: ${fix.title}` : message)),
  )
}

describe('messages name a value as it is written', () => {
  it.each([
    [
      'a@.service',
      'WorkingDirectory=%I\n',
      [
        'Unexpected `%I`, expected an absolute path in `WorkingDirectory=`: the unit does not load, did you mean `%f`?: Write `%f`',
      ],
    ],
    [
      'a@.service',
      'ReadWritePaths=/srv -%i/x\n',
      ['Unexpected `-%i/x`, expected an absolute path in `ReadWritePaths=`'],
    ],
    [
      'a@.service',
      '[Unit]\nConditionPathExists=!%I\n',
      [
        'Unexpected `%I`, expected an absolute path in `ConditionPathExists=`, did you mean `%f`?: Write `%f`',
      ],
    ],
    [
      'a.service',
      'WorkingDirectory=%p\n',
      ['Unexpected `%p`, expected an absolute path in `WorkingDirectory=`: the unit does not load'],
    ],
    [
      'a.service',
      'StandardOutput=append:%p.log\n',
      ['Unexpected `%p.log`, expected an absolute path in `StandardOutput=`'],
    ],
    [
      'a.service',
      'BusName=org..%p\n',
      ['Unexpected `org..%p`, expected a bus name such as `org.example.Name` in `BusName=`'],
    ],
    [
      'a.service',
      'ExecStop=%p/stop\n',
      [
        'Unexpected `%p/stop`, expected an absolute path or a plain name in `ExecStop=`: the unit does not load',
      ],
    ],
    [
      'a.service',
      'User=%i\n',
      [
        'Unexpected `%i`, expected a name or number in `User=`, `%i` is empty in a unit that is no template such as `a@.service`: the unit does not load',
      ],
    ],
  ])('%s: %s', async (name, text, expected) => {
    expect(await told(name, text)).toEqual(expected)
  })
})

describe('specifiers where a variable is meant', () => {
  it('are told of', async () => {
    expect(await said({'a.service': service('ExecReload=/bin/kill -HUP %MAINPID\n')})).toEqual([
      'a.service:6 error no-unescaped-percent',
    ])
    expect(
      await said({
        'a.service': service('ExecReload=/bin/kill -HUP $MAINPID\nEnvironment=IMAGE=%M\n'),
      }),
    ).toEqual([])
  })
})

describe('patterns that nothing reads', () => {
  it('are told of', async () => {
    const job = '[Service]\nType=oneshot\nExecStart=/usr/lib/acme/import\n'
    const path = (line: string): string => `[Path]\n${line}\n\n[Install]\nWantedBy=paths.target\n`
    expect(await said({'a.path': path('PathChanged=/srv/in/*.csv'), 'a.service': job})).toEqual([
      'a.path:2 error no-literal-glob',
    ])
    expect(await said({'a.path': path('PathExistsGlob=/srv/in/*.csv'), 'a.service': job})).toEqual(
      [],
    )
  })
})
