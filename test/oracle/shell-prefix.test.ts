import {expect, test} from 'vitest'
import {judge} from '../../src/engine/judge.ts'
import {presetOptions} from '../../configs/options.ts'
import {oracles, verify} from './systemd.ts'

/**
 * Commands that a shell gets from 258 on, where they are no paths (systemd.service(5), "Command
 * lines").
 */
const commands = [
  '|"it\'s fine" --x',
  '|/opt/app/',
  '|bin/app --x',
  '|echo a',
  '|',
  '| ',
  '-|bin/app',
  '|-bin/app',
  '|@bin/app a',
  '@|bin/app',
  '+|bin/app',
  '!|bin/app',
  ':|bin/app $X',
  '||bin/app',
  '|"a',
  '|a\\',
  '|%q',
  'bin/app',
  '/opt/app/',
  '"it\'s fine"',
]

const all = oracles()

test.skipIf(all.length === 0).each(all.map((oracle) => [oracle.name, oracle] as const))(
  'systemd %s takes commands for a shell as we say',
  async (_name, oracle) => {
    const subjects = ['ExecStart', 'ExecStartPre', 'ExecStop', 'ExecReload'].flatMap((key, row) =>
      commands.map((command, index) => ({
        name: `u${row}x${index}.service`,
        text: `[Service]\n${key === 'ExecStart' ? '' : 'ExecStart=/bin/true\n'}${key}=${command}\n`,
      })),
    )
    const verdicts = await verify(oracle, subjects)
    const options = {
      ...presetOptions('verify')!,
      targets: [{name: oracle.name, version: oracle.version}],
    }
    const [ours, theirs] = [
      new Map<string, readonly number[]>(),
      new Map<string, readonly number[]>(),
    ]
    for (const subject of subjects) {
      const {name, text} = subject
      const lines = (verdicts.get(subject)?.complaints ?? []).flatMap(({line}) => line ?? [])
      const said =
        judge({files: [{path: name, text}]}, options).files[0]?.findings.filter(
          ({ruleId}) => ruleId === 'no-invalid-value',
        ) ?? []
      theirs.set(text, [...new Set(lines)])
      ours.set(text, [...new Set(said.map(({position}) => position.start.line))])
    }
    expect(ours).toEqual(theirs)
  },
  120_000,
)
