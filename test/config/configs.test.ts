import {execFileSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import {checkFlags, configs} from '../../src/config/configs.ts'
import {makeFolder} from '../files/folder.ts'
import {presets, rules, settingsOf} from './rules.ts'

describe('what is in force', () => {
  it('is `recommended` without a config and without presets', async () => {
    expect(await settingsOf(`${makeFolder()}/a.service`)).toEqual(['private-tmp: 1 {}'])
  })

  it('is what presets say, the later ones on top', async () => {
    const folder = makeFolder()
    expect(await settingsOf(`${folder}/a.service`, {presets: ['strict']})).toEqual([
      'private-tmp: 2 {}',
      'limit: 2 {"atLeast":"high","names":[]}',
    ])
    expect(await settingsOf(`${folder}/a.service`, {presets: ['strict', 'backup-job']})).toEqual([
      'private-tmp: 2 {}',
      'limit: 1 {"atLeast":"high","names":[]}',
    ])
    expect(await settingsOf(`${folder}/a.timer`, {presets: ['strict']})).toEqual([
      'limit: 2 {"atLeast":"high","names":[]}',
    ])
  })

  it('starts from `recommended` where a config extends nothing, and from nothing where it says so', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"rules": {"limit": "error"}}',
      'bare/unitlint.config.json': '{"extends": [], "rules": {"limit": 1}}',
    })
    expect(await settingsOf(`${folder}/a.service`)).toEqual([
      'private-tmp: 1 {}',
      'limit: 2 {"atLeast":"low","names":[]}',
    ])
    expect(await settingsOf(`${folder}/bare/a.service`)).toEqual([
      'limit: 1 {"atLeast":"low","names":[]}',
    ])
  })

  it('takes extends, then rules, then overrides, then the options of the command line', async () => {
    const folder = makeFolder({
      'unitlint.config.json': JSON.stringify({
        extends: ['strict', './base.json'],
        rules: {'private-tmp': 'warn'},
        overrides: [
          {
            files: ['jobs/**'],
            excludedFiles: ['*.socket'],
            rules: {'private-tmp': 'off', limit: ['warn', {names: ['a']}]},
          },
          {files: ['jobs/b.service'], rules: {limit: 'error'}},
        ],
      }),
      'base.json': '{"rules": {"limit": ["warn", {"atLeast": "low"}], "protect-home": 2}}',
    })
    expect(await settingsOf(`${folder}/a.service`)).toEqual([
      'private-tmp: 1 {}',
      'limit: 1 {"atLeast":"low","names":[]}',
      'protect-home: 2 {}',
    ])
    expect(await settingsOf(`${folder}/jobs/deep/a.service`)).toEqual([
      'limit: 1 {"atLeast":"low","names":["a"]}',
      'protect-home: 2 {}',
    ])
    expect(await settingsOf(`${folder}/jobs/a.socket`)).toEqual([
      'private-tmp: 1 {}',
      'limit: 1 {"atLeast":"low","names":[]}',
      'protect-home: 2 {}',
    ])
    expect(await settingsOf(`${folder}/jobs/b.service`)).toEqual([
      'limit: 2 {"atLeast":"low","names":["a"]}',
      'protect-home: 2 {}',
    ])
    expect(
      await settingsOf(`${folder}/jobs/b.service`, {
        rules: {'protect-home': 'off', limit: ['error', {atLeast: 'high'}]},
      }),
    ).toEqual(['limit: 2 {"atLeast":"high","names":[]}'])
  })

  it('takes presets of the command line as what config files build on', async () => {
    const folder = makeFolder({'unitlint.config.json': '{"rules": {"private-tmp": "off"}}'})
    expect(await settingsOf(`${folder}/a.service`, {presets: ['strict']})).toEqual([
      'limit: 2 {"atLeast":"high","names":[]}',
    ])
  })

  it('comes from the nearest config alone', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"extends": "strict"}',
      'a/unitlint.config.json': '{"extends": [], "rules": {"protect-home": "warn"}}',
      'a/b/unitlint.config.mjs': 'export default {extends: [], rules: {limit: "warn"}}',
      'a/b/unitlint.config.json': '{"extends": "nonsense"}',
    })
    expect(await settingsOf(`${folder}/a.service`, {}, folder)).toHaveLength(2)
    expect(await settingsOf(`${folder}/a/a.service`, {}, folder)).toEqual(['protect-home: 1 {}'])
    expect(await settingsOf(`${folder}/a/b/c/d/a.service`, {}, `${folder}/a/b/c`)).toEqual([
      'limit: 1 {"atLeast":"low","names":[]}',
    ])
    expect(
      await settingsOf(`${folder}/a/b/a.service`, {config: 'a/unitlint.config.json'}, folder),
    ).toEqual(['protect-home: 1 {}'])
    expect(await settingsOf(`${folder}/a/b/a.service`, {config: false})).toEqual([
      'private-tmp: 1 {}',
    ])
  })

  it('has targets, manager and profile of the last that says so', async () => {
    const folder = makeFolder({
      'unitlint.config.json': JSON.stringify({
        targets: ['debian-12', 257],
        manager: 'user',
        profile: 'backup-job',
        overrides: [{files: ['*.timer'], targets: ['252'], profile: {needs: [], closed: false}}],
      }),
    })
    const config = await configs({rules, presets}, {}, folder)(folder)
    expect(config.settings(`${folder}/a.service`)).toMatchObject({
      targets: [
        {name: 'debian-12', version: 252},
        {name: '257', version: 257},
      ],
      manager: 'user',
      profile: {needs: ['inet'], closed: true},
    })
    expect(config.settings(`${folder}/a.timer`)).toMatchObject({
      targets: [{version: 252}],
      profile: {needs: [], closed: false},
    })
    const flagged = await configs(
      {rules, presets},
      {targets: ['rhel-9'], manager: 'user', presets: ['backup-job'], config: false},
      folder,
    )(folder)
    expect(flagged.settings(`${folder}/a.service`)).toMatchObject({
      targets: [{name: 'rhel-9'}],
      manager: 'user',
      profile: {closed: true},
    })
    const plain = await configs({rules, presets}, {config: false}, folder)(folder)
    expect(plain.settings(`${folder}/a.service`)).toMatchObject({
      targets: [{version: 252}],
      manager: 'system',
      profile: undefined,
    })
  })

  it('takes globs from the folder of the config, those of what it extends too', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"extends": ["./shared/base.json"]}',
      'shared/base.json': JSON.stringify({
        extends: [],
        rules: {limit: 'error'},
        overrides: [{files: ['jobs/*.service'], rules: {limit: 'off'}}],
      }),
    })
    expect(await settingsOf(`${folder}/jobs/a.service`)).toEqual([])
    expect(await settingsOf(`${folder}/shared/jobs/a.service`)).toEqual([
      'limit: 2 {"atLeast":"low","names":[]}',
    ])
  })

  it('is one object for all files that the same overrides fit', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"overrides": [{"files": ["*.timer"], "rules": {}}]}',
    })
    const {settings} = await configs({rules, presets}, {}, folder)(folder)
    expect(settings(`${folder}/a.service`)).toBe(settings(`${folder}/b/c.service`))
    expect(settings(`${folder}/a.timer`)).not.toBe(settings(`${folder}/a.service`))
  })

  it('knows what is ignored', async () => {
    const folder = makeFolder({
      'unitlint.config.json':
        '{"ignores": ["vendor", "/top.service", "*.{mount,swap}", "!keep.mount", "a/**/b.service"]}',
    })
    const {isIgnored} = await configs({rules, presets}, {}, folder)(folder)
    const ignored = (name: string): boolean => isIgnored(`${folder}/${name}`)
    expect(
      [
        'vendor/x.service',
        'deep/vendor/y/x.service',
        'top.service',
        'x/a.mount',
        'b.swap',
        'a/x/y/b.service',
      ].filter((name) => !ignored(name)),
    ).toEqual([])
    expect(
      ['vendors/x.service', 'deep/top.service', 'x/keep.mount', 'a.service', 'b/b.service'].filter(
        ignored,
      ),
    ).toEqual([])
    expect(isIgnored('/elsewhere/vendor/x.service')).toBe(true)
    expect(isIgnored('/elsewhere/top.service')).toBe(false)
  })

  it('reads modules of both kinds, and asynchronous ones', async () => {
    const folder = makeFolder({
      'a/unitlint.config.js': 'export default {extends: [{rules: {limit: "error"}}]}',
      'a/package.json': '{"type": "module"}',
      'b/unitlint.config.ts':
        'import type {Config} from "nowhere"\nconst severity: "warn" | "error" = "warn"\nexport default {extends: [], rules: {limit: severity}} satisfies Config',
      'c/unitlint.config.mjs': 'export default await Promise.resolve({extends: "strict"})',
    })
    expect(await settingsOf(`${folder}/a/a.service`, {}, `${folder}/a`)).toEqual([
      'limit: 2 {"atLeast":"low","names":[]}',
    ])
    expect(await settingsOf(`${folder}/b/a.service`, {}, `${folder}/b`)).toEqual([
      'limit: 1 {"atLeast":"low","names":[]}',
    ])
    expect(await settingsOf(`${folder}/c/a.service`, {}, `${folder}/c`)).toHaveLength(2)
  })
})

const config = (text: string): Record<string, string> => ({'unitlint.config.json': text})
const module = (text: string): Record<string, string> => ({'unitlint.config.mjs': text})

describe('faults of configs', () => {
  const cases: Array<[name: string, files: Record<string, string>, message: string]> = [
    [
      'an unknown key',
      config('{"exten": []}'),
      'unitlint.config.json: exten: Unexpected key `exten`, did you mean `extends`?',
    ],
    [
      'a wrong type',
      config('{"rules": ["private-tmp"]}'),
      'unitlint.config.json: rules: Unexpected array, expected an object',
    ],
    [
      'an unknown rule',
      config('{"rules": {"privat-tmp": "warn"}}'),
      'unitlint.config.json: rules.privat-tmp: Unexpected rule `privat-tmp`, did you mean `private-tmp`?',
    ],
    [
      'an unknown rule in an override',
      config('{"overrides": [{"files": ["a"], "rules": {"limits": "off"}}]}'),
      'unitlint.config.json: overrides[0].rules.limits: Unexpected rule `limits`, did you mean `limit`?',
    ],
    [
      'an unknown key of an override',
      config('{"overrides": [{"file": ["a"]}]}'),
      'unitlint.config.json: overrides[0].file: Unexpected key `file`, did you mean `files`?',
    ],
    [
      'a wrong severity',
      config('{"rules": {"limit": "wran"}}'),
      'unitlint.config.json: rules.limit: Unexpected value `wran`, did you mean `warn`?',
    ],
    [
      'a wrong severity in a pair',
      config('{"rules": {"limit": ["errror", {}]}}'),
      'unitlint.config.json: rules.limit[0]: Unexpected value `errror`, did you mean `error`?',
    ],
    [
      'a number that is no severity',
      config('{"rules": {"limit": 3}}'),
      'unitlint.config.json: rules.limit: Unexpected `3`, expected `off`, `info`, `warn`, `error`, `0`, `1` or `2`, or an array',
    ],
    [
      'an unknown option',
      config('{"rules": {"limit": ["warn", {"atleast": "low"}]}}'),
      'unitlint.config.json: rules.limit[1].atleast: Unexpected key `atleast`, did you mean `atLeast`?',
    ],
    [
      'a wrong option',
      config('{"rules": {"limit": ["warn", {"atLeast": "hihg"}]}}'),
      'unitlint.config.json: rules.limit[1].atLeast: Unexpected value `hihg`, did you mean `high`?',
    ],
    [
      'a wrong item of an option',
      config('{"rules": {"limit": ["warn", {"names": ["a", 1]}]}}'),
      'unitlint.config.json: rules.limit[1].names[1]: Unexpected `1`, expected a string',
    ],
    [
      'options of a rule that takes none',
      config('{"rules": {"private-tmp": ["warn", {"x": 1}]}}'),
      'unitlint.config.json: rules.private-tmp[1].x: Unexpected key `x`',
    ],
    [
      'an unknown preset',
      config('{"extends": "recomended"}'),
      'unitlint.config.json: extends: Unexpected preset `recomended`, did you mean `recommended`?',
    ],
    [
      'an unknown preset in a list',
      config('{"extends": ["strict", "stric"]}'),
      'unitlint.config.json: extends[1]: Unexpected preset `stric`, did you mean `strict`?',
    ],
    [
      'a package without a scope that is missing',
      config('{"extends": ["acme-config"]}'),
      'unitlint.config.json: extends[0]: Unexpected `acme-config`, which is no preset, and no package of that name is installed',
    ],
    [
      'a missing package',
      config('{"extends": ["@acme/unitlint-config"]}'),
      'unitlint.config.json: extends[0]: Cannot find package `@acme/unitlint-config`, expected it to be installed',
    ],
    [
      'a missing base',
      config('{"extends": ["./base.json"]}'),
      'unitlint.config.json: extends[0]: Cannot load `./base.json`: No such file',
    ],
    [
      'a circle',
      {
        ...config('{"extends": ["./base.json"]}'),
        'base.json': '{"extends": "./unitlint.config.json"}',
      },
      './base.json: extends: Unexpected circle: `./unitlint.config.json` extends this config',
    ],
    [
      'a fault in a base',
      {...config('{"extends": ["./base.json"]}'), 'base.json': '{"rules": {"limitt": "off"}}'},
      './base.json: rules.limitt: Unexpected rule `limitt`, did you mean `limit`?',
    ],
    [
      'an unknown target',
      config('{"targets": ["debian12"]}'),
      'unitlint.config.json: targets[0]: Unexpected target `debian12`, did you mean `debian-12`?',
    ],
    [
      'a target too old',
      config('{"targets": [200]}'),
      'unitlint.config.json: targets[0]: Unexpected target `200`, expected a version from 247 to 262',
    ],
    ['no targets', config('{"targets": []}'), 'unitlint.config.json: targets: Expected a target'],
    [
      'an unknown profile',
      config('{"profile": "backupjob"}'),
      'unitlint.config.json: profile: Unexpected profile `backupjob`, did you mean `backup-job`?',
    ],
    [
      'an unknown access',
      config('{"profile": {"needs": ["inte"], "closed": true}}'),
      'unitlint.config.json: profile.needs[0]: Unexpected value `inte`, did you mean `inet`?',
    ],
    [
      'an unknown manager',
      config('{"manager": "sytem"}'),
      'unitlint.config.json: manager: Unexpected value `sytem`, did you mean `system`?',
    ],
    [
      'an empty glob',
      config('{"ignores": [""]}'),
      'unitlint.config.json: ignores[0]: Expected a glob',
    ],
    [
      'an exception among files',
      config('{"overrides": [{"files": ["!(b).service", "!a.service"]}]}'),
      'unitlint.config.json: overrides[0].files[1]: Unexpected `!` in `!a.service`, expected what is left out in `excludedFiles`',
    ],
    [
      'an exception among excluded files',
      config('{"overrides": [{"files": ["*"], "excludedFiles": ["!a.service"]}]}'),
      'unitlint.config.json: overrides[0].excludedFiles[0]: Unexpected `!` in `!a.service`, expected what to take in `files`',
    ],
    [
      'a glob that leads out of the folder',
      config('{"ignores": ["..a.service", "!../units/*.service"]}'),
      'unitlint.config.json: ignores[1]: Unexpected `!../units/*.service`, expected a glob of files below the folder that globs start from',
    ],
    [
      'a key that pollutes',
      config('{"rules": {"__proto__": "off"}}'),
      'unitlint.config.json: Unexpected key `__proto__`',
    ],
    [
      'a rule named like a method',
      config('{"rules": {"constructor": "off"}}'),
      'unitlint.config.json: rules.constructor: Unexpected rule `constructor`, expected `private-tmp`, `limit` or `protect-home`',
    ],
    ['an array', config('[]'), 'unitlint.config.json: Unexpected array, expected an object'],
    ['null', config('null'), 'unitlint.config.json: Unexpected `null`, expected an object'],
    [
      'a module without default export',
      module('export const config = {}'),
      'unitlint.config.mjs: Expected a default export',
    ],
    ['a module that throws', module('throw new Error("boom\\nmore")'), 'unitlint.config.mjs: boom'],
    ['a module that throws nothing', module('throw undefined'), 'unitlint.config.mjs: undefined'],
    [
      'a plugin that is not there',
      config('{"plugins": {"acme": "unitlint-plugin-acme"}}'),
      'unitlint.config.json: plugins.acme: Cannot find package `unitlint-plugin-acme`, expected it to be installed',
    ],
    [
      'a plugin that throws',
      {
        ...config('{"plugins": {"acme": "./acme.mjs"}}'),
        'acme.mjs': 'throw new TypeError("no luck")',
      },
      'unitlint.config.json: plugins.acme: Cannot load `./acme.mjs`: no luck',
    ],
    [
      'a plugin that is none',
      {...config('{"plugins": {"acme": "./acme.mjs"}}'), 'acme.mjs': 'export default 5'},
      'unitlint.config.json: plugins.acme: Unexpected `5`, expected an object',
    ],
    [
      'a plugin without rules',
      module('export default {plugins: {acme: {rule: []}}}'),
      'unitlint.config.mjs: plugins.acme.rules: Expected an array',
    ],
    [
      'a rule without check',
      module(
        'export default {plugins: {acme: {rules: [{id: "a", summary: "", why: "", directives: [], options: {}, messages: {}}]}}}',
      ),
      'unitlint.config.mjs: plugins.acme.rules[0].options: Expected a schema of zod 4',
    ],
    [
      'a plugin name with a slash',
      module('export default {plugins: {"a/b": {rules: []}}}'),
      'unitlint.config.mjs: plugins.a/b: Unexpected plugin name `a/b`, expected letters, digits, `-`, `_` and `.`',
    ],
  ]
  it.each(cases)('%s', async (_name, files, message) => {
    const folder = makeFolder(files)
    const settings = configs(
      {rules, presets},
      {},
      folder,
    )(folder).then((resolved) => resolved.settings(`${folder}/a.service`))
    await expect(settings).rejects.toMatchObject({name: 'UsageError', message})
  })

  it('takes comments and commas behind the last item, also in what it extends', async () => {
    const base = '\uFEFF{"rules": {"private-tmp": "off",}} // no more'
    const own =
      '// Ours\n{\n  /* the\n base */ "extends": ["strict", "./base.json"],\n  "rules": {"protect-home": "warn" /* "error" */,},\n}\n'
    const folder = makeFolder({'unitlint.config.json': own, 'base.json': base})
    const {rules: its} = (await configs({rules, presets}, {}, folder)(folder)).settings(
      `${folder}/a.service`,
    )
    expect(its.find(({rule}) => rule.id === 'protect-home')?.severity).toBe(1)
    expect(its.some(({rule}) => rule.id === 'private-tmp')).toBe(false)
  })

  it.each([
    ['{\n  // Ours\n  "rules": {"private-tmp" "off"}\n}', '3:27: Unexpected JSON: colon expected'],
    ['{"rules": {}} {}', '1:15: Unexpected JSON: end of file expected'],
    ['{"rules": {},,}', '1:14: Unexpected JSON: property name expected'],
    ['{"extends": "strict" /* }', '1:22: Unexpected JSON: unexpected end of comment'],
    ['{"__proto__": {}, }', '1:2: Unexpected key `__proto__`'],
    ['', '1:1: Unexpected JSON: value expected'],
    [
      '{"rules": {"nice": "off",\n "\\u006eice": "error"}}',
      '2:2: Unexpected second key `nice`, it is at 1:12 already',
    ],
    [
      '{"overrides": [{"files": "a"}], // "rules"\n "overrides": []}',
      '2:2: Unexpected second key `overrides`, it is at 1:2 already',
    ],
  ])('tells line and column of %j', async (text, fault) => {
    const folder = makeFolder({'unitlint.config.json': text})
    await expect(configs({rules, presets}, {}, folder)(folder)).rejects.toThrow(
      `unitlint.config.json: ${fault}`,
    )
  })

  it('takes what looks like a second key and is none', async () => {
    const text =
      '{"overrides": [{"files": ["a\\": b"], "rules": {"private-tmp": "off"}}, {"files": ["rules", "files" ], "rules" : {}}]}'
    const folder = makeFolder({'unitlint.config.json': text})
    expect(
      (await configs({rules, presets}, {}, folder)(folder)).settings(`${folder}/a`),
    ).toBeTruthy()
  })

  it('says where JSON breaks', async () => {
    const folder = makeFolder(config('{"rules": {,}}'))
    await expect(configs({rules, presets}, {}, folder)(folder)).rejects.toThrow(
      /^unitlint\.config\.json: .*JSON/,
    )
  })

  it('names a config beside or above the current folder in full', async () => {
    const folder = makeFolder({...config('{"x": 1}'), 'a/b.service': ''})
    await expect(configs({rules, presets}, {}, `${folder}/a`)(`${folder}/a`)).rejects.toThrow(
      `${folder}/unitlint.config.json: x: Unexpected key`,
    )
  })

  it('waits for no pipe', async () => {
    const folder = makeFolder({'a/unitlint.config.mjs/x': ''})
    execFileSync('mkfifo', [`${folder}/unitlint.config.json`])
    await expect(configs({rules, presets}, {}, folder)(folder)).rejects.toThrow(
      'unitlint.config.json: Not a regular file',
    )
    await expect(configs({rules, presets}, {}, `${folder}/a`)(`${folder}/a`)).rejects.toThrow(
      'unitlint.config.mjs: Not a regular file',
    )
  })

  it('names a config that is not there, or of another kind', async () => {
    const folder = makeFolder({'lint.yaml': ''})
    await expect(configs({rules, presets}, {config: 'nope.json'}, folder)(folder)).rejects.toThrow(
      'nope.json: No such file',
    )
    await expect(configs({rules, presets}, {config: 'lint.yaml'}, folder)(folder)).rejects.toThrow(
      'lint.yaml: Unexpected kind of config file',
    )
  })
})

describe('faults of flags', () => {
  it.each([
    [{presets: ['stric']}, '--preset: Unexpected preset `stric`, did you mean `strict`?'],
    [
      {targets: ['ubuntu-24.4']},
      '--target: Unexpected target `ubuntu-24.4`, did you mean `ubuntu-24.04`?',
    ],
    [
      {rules: {'privat-tmp': 'off' as const}},
      '--rule: Unexpected rule `privat-tmp`, did you mean `private-tmp`?',
    ],
    [
      {presets: ['__proto__']},
      '--preset: Unexpected preset `__proto__`, expected `recommended`, `strict` or `backup-job`',
    ],
  ])('%j', (flags, message) => {
    expect(() => checkFlags({rules, presets}, flags)).toThrow(message)
  })

  it('are found in options of rules', async () => {
    const folder = makeFolder()
    await expect(
      settingsOf(`${folder}/a.service`, {rules: {limit: ['warn', {atLeast: 'hihg'}]}}, folder),
    ).rejects.toThrow('--rule limit: Unexpected value `hihg`, did you mean `high`?')
    await expect(
      settingsOf(`${folder}/a.service`, {rules: {'acme/x': 'warn'}}, folder),
    ).rejects.toThrow('--rule: Unexpected rule `acme/x`')
  })
})
