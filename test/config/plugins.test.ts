import {describe, expect, it} from 'vitest'
import {configs} from '../../src/config/configs.ts'
import {copyPlugin} from '../../src/config/foreign.ts'
import {defineRule} from '../../src/rule/define.ts'
import {complaints, lines, refusedUnits, signs, typed, unitsOfUsers} from '../../src/rule/on.ts'
import type {Occasion} from '../../src/rule/on.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {soundProblems} from '../../src/rule/sound.ts'
import {makeFolder} from '../files/folder.ts'
import {presets, rules} from './rules.ts'

const schema = `{_zod: {}, safeParse: (data) => ({success: true, data})}`
const rule = (id: string, check = '() => []'): string =>
  `{id: '${id}', summary: 's', why: 'w', directives: [], options: ${schema}, messages: {}, examples: {bad: [], good: []}, word: 'own', check: ${check}}`
const plugin = `export default {rules: [${rule('no-foo')}, ${rule('no-bar', 'function () { if (this.word !== "own") throw 1; return [] }')}], configs: {all: {rules: {'acme/no-foo': 'error', 'acme/no-bar': 'warn', 'private-tmp': 'off'}}}}`

async function active(folder: string): Promise<string[]> {
  const config = await configs({rules, presets}, {}, folder)(folder)
  return config
    .settings(`${folder}/a.service`)
    .rules.map(({rule: {id}, severity}) => `${id} ${severity}`)
}

describe('plugins', () => {
  it('are modules, with rules by the name that they get', async () => {
    const folder = makeFolder({
      'unitlint.config.json':
        '{"plugins": {"acme": "./acme.mjs"}, "rules": {"acme/no-foo": "warn"}}',
      'acme.mjs': plugin,
    })
    expect(await active(folder)).toEqual(['private-tmp 1', 'acme/no-foo 1'])
  })

  it('are packages, for `require`, for `import`, with conditions', async () => {
    const packages = {
      'node_modules/one/package.json': '{"main": "main.mjs"}',
      'node_modules/one/main.mjs': plugin,
      'node_modules/two/package.json':
        '{"type": "module", "exports": {"types": "./x.d.ts", "import": "./index.js"}}',
      'node_modules/two/index.js': plugin,
      'node_modules/@three/rules/package.json':
        '{"type": "module", "exports": {".": {"import": {"node": "./index.js"}}, "./more": {"import": "./more.js"}}}',
      'node_modules/@three/rules/index.js': plugin,
      'node_modules/@three/rules/more.js': plugin,
    }
    for (const name of ['one', 'two', '@three/rules', '@three/rules/more']) {
      const folder = makeFolder({
        ...packages,
        'unitlint.config.json': `{"plugins": {"acme": "${name}"}, "extends": "acme/all"}`,
      })
      expect(await active(folder), name).toEqual(['acme/no-foo 2', 'acme/no-bar 1'])
    }
  })

  it('keep what their rules call `this`', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"plugins": {"acme": "./acme.mjs"}, "extends": "acme/all"}',
      'acme.mjs': plugin,
    })
    const {rules: known} = await configs({rules, presets}, {}, folder)(folder)
    const unit = {files: []} as unknown as Unit // The rule asks for nothing.
    expect([...(known.get('acme/no-bar')?.check(unit, undefined) ?? [5])]).toEqual([])
  })

  it('name the directives that there are, and what nobody knows', async () => {
    const about = (directives: string): string => {
      const its = rule('no-foo').replace('directives: []', `directives: ${directives}`)
      return makeFolder({
        'unitlint.config.mjs': `export default {extends: [], plugins: {acme: {rules: [${its}]}}, rules: {'acme/no-foo': 'error'}}`,
      })
    }
    await expect(active(about('["Nice", "PrivateTpm"]'))).rejects.toThrow(
      'unitlint.config.mjs: plugins.acme.rules[0].directives[1]: Unexpected directive `PrivateTpm`, did you mean `PrivateTmp`?',
    )
    const known = about('["BindTo", "X-PrivateTpm", "Container.Image", "PrivateMarbles"]')
    expect(await active(known)).toEqual(['acme/no-foo 2'])
  })

  it('are held to what they say that their rules are about', async () => {
    const about = (on: string): string => {
      const its = rule('no-foo', '() => { throw new Error("called") }').replace(
        'word:',
        `on: ${on}, word:`,
      )
      return `export default {plugins: {acme: {rules: [${its}]}}}`
    }
    const folder = makeFolder({'unitlint.config.mjs': about('{types: ["socket"]}')})
    const its = (await configs({rules, presets}, {}, folder)(folder)).rules.get('acme/no-foo')
    const [service, socket] = (['service', 'socket'] as const).map(
      (type) => ({type, files: []}) as unknown as Unit,
    ) // Asked for no more.
    expect(its && service && soundProblems(its, service, {})).toEqual([])
    expect(() => its && socket && soundProblems(its, socket, {})).toThrow('called')
    const bad = makeFolder({'unitlint.config.mjs': about('{types: ["sokcet"]}')})
    await expect(active(bad)).rejects.toThrow(
      'unitlint.config.mjs: plugins.acme.rules[0].on.types[0]: Unexpected value `sokcet`, did you mean `socket`?',
    )
    const unknown = makeFolder({'unitlint.config.mjs': about('{type: ["socket"]}')})
    await expect(active(unknown)).rejects.toThrow(
      'unitlint.config.mjs: plugins.acme.rules[0].on.type: Unexpected key `type`, did you mean `types`?',
    )
  })

  it.each([{type: ['socket']}, 'socket'])(
    'keep what `defineRule` is told wrongly of what a rule is about, to be told of: %j',
    (on) => {
      const rule = defineRule({
        id: 'no-foo',
        summary: 'Say nothing',
        why: 'It says nothing',
        // As JavaScript may have it.
        on: on as Occasion,
        messages: {},
        examples: {bad: [], good: []},
        check: () => [],
      })
      expect(copyPlugin({rules: [rule]})).toMatchObject({rules: [{on}]})
    },
  )

  it.each(
    Object.entries({
      manager: unitsOfUsers,
      types: typed('socket', 'timer'),
      lines: lines('User'),
      signs: signs('$'),
      continued: {continued: true},
      complaints: complaints('junk-line'),
      modes: {modes: 0o111},
      refused: refusedUnits,
      contained: {contained: true},
    } satisfies Record<keyof Occasion, Occasion>),
  )('may be about all that rules may: %s', async (_key, on) => {
    const its = rule('no-foo').replace('word:', `on: ${JSON.stringify(on)}, word:`)
    const folder = makeFolder({
      'unitlint.config.mjs': `export default {plugins: {acme: {rules: [${its}]}}, extends: [], rules: {'acme/no-foo': 'error'}}`,
    })
    expect(await active(folder)).toEqual(['acme/no-foo 2'])
  })

  it('that ask for what our kit has not are told to be of another version', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"plugins": {"acme": "./acme.mjs"}}',
      // As Node says it of `import {fromLater} from 'unitlint/rule'`.
      'acme.mjs': `throw new SyntaxError("The requested module 'unitlint/rule' does not provide an export named 'fromLater'")`,
    })
    await expect(active(folder)).rejects.toThrow(
      "unitlint.config.json: plugins.acme: Cannot load `./acme.mjs`: The requested module 'unitlint/rule' does not provide an export named 'fromLater', which another version of unitlint may have",
    )
  })

  it('come along with packages that extend them', async () => {
    const folder = makeFolder({
      'unitlint.config.json':
        '{"extends": ["unitlint-config-acme"], "rules": {"acme/no-bar": "error"}}',
      'node_modules/unitlint-config-acme/package.json':
        '{"type": "module", "exports": "./index.js"}',
      'node_modules/unitlint-config-acme/index.js': `import acme from './acme.js'\nexport default {plugins: {acme}, extends: ['strict', 'acme/all']}`,
      'node_modules/unitlint-config-acme/acme.js': plugin,
    })
    expect(await active(folder)).toEqual(['limit 2', 'acme/no-foo 2', 'acme/no-bar 2'])
  })

  it('are taken once, and never two by one name', async () => {
    const twice = makeFolder({
      'unitlint.config.json':
        '{"plugins": {"acme": "./acme.mjs"}, "extends": [[], "./base.json"]}'.replace('[], ', ''),
      'base.json': '{"plugins": {"acme": "./acme.mjs"}}',
      'acme.mjs': plugin,
    })
    expect(await active(twice)).toEqual([])
    const two = makeFolder({
      'unitlint.config.json': '{"plugins": {"acme": "./acme.mjs"}, "extends": ["./base.json"]}',
      'base.json': '{"plugins": {"acme": "./other.mjs"}}',
      'acme.mjs': plugin,
      'other.mjs': plugin,
    })
    await expect(active(two)).rejects.toThrow(
      './base.json: plugins.acme: Unexpected second plugin `acme`',
    )
  })

  it('have no two rules of one id, and no config by another name', async () => {
    const same = makeFolder({
      'unitlint.config.mjs': `export default {plugins: {acme: {rules: [${rule('a')}, ${rule('b')}, ${rule('a')}]}}}`,
    })
    await expect(active(same)).rejects.toThrow(
      'unitlint.config.mjs: plugins.acme.rules[2]: Unexpected second rule `a`',
    )
    const config = makeFolder({
      'unitlint.config.json': '{"plugins": {"acme": "./acme.mjs"}, "extends": "acme/al"}',
      'acme.mjs': plugin,
    })
    await expect(active(config)).rejects.toThrow(
      'unitlint.config.json: extends: Unexpected config `al`, did you mean `all`?',
    )
    const spoilt = makeFolder({
      'unitlint.config.mjs':
        'export default {plugins: {acme: {rules: [], configs: {all: {rule: {}}}}}, extends: "acme/all"}',
    })
    await expect(active(spoilt)).rejects.toThrow(
      'acme/all: rule: Unexpected key `rule`, did you mean `rules`?',
    )
  })

  it('may be TypeScript by path', async () => {
    const folder = makeFolder({
      'unitlint.config.json': '{"plugins": {"acme": "./acme.ts"}, "extends": "acme/all"}',
      'acme.ts': plugin
        .replace('export default', 'const own: object =')
        .concat('\nexport default own'),
    })
    expect(await active(folder)).toEqual(['acme/no-foo 2', 'acme/no-bar 1'])
  })
})
