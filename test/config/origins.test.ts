import {expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'

it('print-config tells where each value is from', async () => {
  const cwd = makeFolder({
    'base.json': '{"requireReasons": true, "rules": {"private-tmp": "off"}}',
    'unitlint.config.json': `{
      "extends": ["strict", "./base.json"],
      "targets": ["debian-12"],
      "rules": {"protect-home": ["error", {"atLeast": "tmpfs"}]},
      "overrides": [{"files": ["b.service"], "manager": "user", "rules": {"protect-home": "warn"}}]
    }`,
  })
  const origins = async (...argv: string[]): Promise<{readonly rules: object}> => {
    const {stdout} = await cli(['print-config', ...argv], {cwd})
    return (JSON.parse(stdout) as {origins: {rules: object}}).origins
  }
  const config = 'unitlint.config.json'
  expect(await origins('a.service')).toMatchObject({
    targets: config,
    manager: 'default',
    profile: 'default',
    requireReasons: './base.json',
    rules: {
      'protect-home': [config, config],
      'private-tmp': ['./base.json', 'default'],
      'protect-clock': ['preset strict', 'default'],
    },
  })
  expect(
    await origins(
      'b.service',
      '--rule',
      'private-tmp: warn',
      '--target',
      '257',
      '--preset',
      'backup-job',
    ),
  ).toMatchObject({
    targets: '--target',
    manager: `${config}: overrides[0]`,
    profile: 'preset backup-job',
    rules: {
      'protect-home': [`${config}: overrides[0]`, config],
      'private-tmp': ['--rule', 'default'],
    },
  })
  expect(await origins('b.service', '--no-config', '--user')).toMatchObject({
    targets: 'default',
    manager: '--user',
    requireReasons: 'default',
  })
})
