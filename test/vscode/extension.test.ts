import {spawnSync} from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {build} from 'esbuild'
import picomatch from 'picomatch'
import {createHighlighter} from 'shiki'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {buildExtension} from '../../src/dev/extension.mjs'
import {quadletTypes} from '../../src/facts/quadlet.ts'
import {fileTypes, unitTypes} from '../../src/facts/unit-types.ts'
import {judge, presetOptions} from '../../src/index.ts'
import type {LintOptions} from '../../src/index.ts'
import {defaultSettings, settingsFrom} from '../../src/lsp/settings.ts'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'

const recommended = presetOptions('recommended') as LintOptions
const from = path.join(top, 'src', 'vscode')

interface Manifest {
  readonly main: string
  readonly version: string
  readonly files: readonly string[]
  readonly engines: {readonly vscode: string}
  readonly capabilities: {
    readonly untrustedWorkspaces: {readonly restrictedConfigurations: readonly string[]}
  }
  readonly contributes: {
    readonly languages: ReadonlyArray<{
      readonly extensions: readonly string[]
      readonly filenamePatterns: readonly string[]
      readonly configuration: string
    }>
    readonly grammars: ReadonlyArray<{readonly path: string}>
    readonly snippets: ReadonlyArray<{readonly path: string}>
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, {readonly scope: string; readonly default: unknown}>
      >
    }
  }
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const {contributes, capabilities} = read(path.join(from, 'manifest.json')) as Manifest
const [language] = contributes.languages

describe('the manifest', () => {
  test('has the settings that the server reads, and none that it does not', () => {
    const known = ['preset', 'targets', 'trust']
    expect(Object.keys(contributes.configuration.properties)).toEqual(
      known.map((name) => `unitlint.${name}`),
    )
    const {settings, faults} = settingsFrom({
      unitlint: {preset: 'strict', targets: [252], trust: true},
    })
    expect([settings, faults]).toEqual([{presets: ['strict'], targets: ['252'], trust: true}, []])
    const defaults = Object.entries(contributes.configuration.properties).map(([name, its]) => [
      name.replace('unitlint.', ''),
      its.default,
    ])
    // That of trust says no more than what the editor's own trust does; see the test with a
    // workspace that has none.
    expect(settingsFrom(Object.fromEntries(defaults))).toEqual({
      settings: {...defaultSettings, trust: true},
      faults: [],
    })
  })

  test('lets no folder say that it is trusted', () => {
    expect(contributes.configuration.properties['unitlint.trust']?.scope).toBe('machine')
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(['unitlint.trust'])
  })

  test.each([
    ...fileTypes.flatMap((type) => [
      `/etc/systemd/system/a@b.${type}.d/x.conf`,
      `/home/me/a-.${type}.d/x.conf`,
    ]),
    ...unitTypes.flatMap((type) => [
      `/home/me/a.${type}`,
      `/usr/lib/systemd/user/${type}.d/x.conf`,
    ]),
    ...quadletTypes.flatMap((type) => [
      `/etc/containers/systemd/a.${type}`,
      `/home/me/.config/containers/systemd/web/a.${type}`,
      `/home/me/quadlets/a.${type}`,
    ]),
  ])('takes %s', (file) => {
    expect(isTaken(file)).toBe(true)
  })

  test.each([
    '/etc/a.conf',
    '/etc/systemd/system.conf',
    '/etc/systemd/network/eth.network',
    '/home/me/disk.image',
    '/etc/sysctl.d/x.conf',
    '/home/me/service.d/x.py',
  ])('leaves %s to others', (file) => {
    expect(isTaken(file)).toBe(false)
  })
})

/** As VS Code has it: by the end of the name, or a pattern of the path. */
function isTaken(file: string): boolean {
  const {extensions = [], filenamePatterns = []} = language ?? {}
  return (
    extensions.some((ending) => file.endsWith(ending)) ||
    picomatch.isMatch(file, [...filenamePatterns], {dot: true})
  )
}

describe('the grammar', () => {
  const text = String.raw`# a comment
[Service]
ExecStart=/usr/bin/foo --name %n ${'$'}{HOME} \
  # between
  "a b" \
  2s
Restart=on-failure
After=a.service
`
  test.each([
    ['# a comment', 'comment.line.systemd'],
    ['Service', 'entity.name.section.systemd'],
    ['ExecStart', 'variable.other.property.systemd'],
    ['%n', 'constant.other.placeholder.systemd'],
    ['${HOME}', 'variable.other.environment.systemd'],
    ['\\', 'constant.character.escape.continuation.systemd'],
    ['  # between', 'comment.line.systemd'],
    ['a b', 'string.quoted.double.systemd'],
    ['2s', 'constant.numeric.systemd'],
    ['Restart', 'variable.other.property.systemd'],
    ['a.service', 'entity.name.type.unit.systemd'],
  ])('colours %s', async (words, scope) => {
    const its = read(path.join(from, contributes.grammars[0]?.path ?? '')) as {
      readonly scopeName: string
    }
    const painter = await createHighlighter({
      themes: ['github-light'],
      langs: [{...its, name: 'ours'} as never],
    })
    const {tokens} = painter.codeToTokens(text, {
      lang: 'ours' as never,
      theme: 'github-light',
      includeExplanation: 'scopeName',
    })
    painter.dispose()
    const parts = tokens.flat().flatMap(({explanation = []}) => explanation)
    expect(
      parts
        .find(({content}) => content === words || content === `${words}\n`)
        ?.scopes.map(({scopeName}) => scopeName),
    ).toContain(scope)
  })
})

describe('a snippet', () => {
  const snippets = read(path.join(from, contributes.snippets[0]?.path ?? '')) as Record<
    string,
    {readonly prefix: string; readonly body: string | readonly string[]}
  >
  const types: Readonly<Record<string, string>> = {oneshot: 'service', 'unitlint-disable': ''}
  const units = Object.values(snippets).flatMap(({prefix, body}) =>
    (types[prefix] ?? prefix) === '' ? [] : [[prefix, types[prefix] ?? prefix, body] as const],
  )

  test.each(units)('is sound: %s', (_, type, body) => {
    const path = `example.${type}`
    const {files, faults} = judge({files: [{path, text: filled(body)}]}, recommended)
    const wrong = files.flatMap(({findings}) =>
      findings.filter(({severity, ruleId}) => severity === 2 || ruleId.startsWith('no-')),
    )
    expect([wrong.map(({message}) => message), faults]).toEqual([[], []])
  })

  test('has units of each kind that people write', () => {
    expect(units.map(([prefix]) => prefix)).toEqual([
      'service',
      'oneshot',
      'timer',
      'socket',
      'path',
      'container',
    ])
  })

  test('turns a rule off with a reason', () => {
    const comment = filled(snippets['Disable a rule']?.body ?? '').replace(
      'rule',
      'no-unknown-directive',
    )
    const unit = (line: string): string => `[Service]\nExecStart=/usr/bin/a\n${line}Nonsense=1\n`
    const ids = (line: string): readonly string[] =>
      judge({files: [{path: 'a.service', text: unit(line)}]}, recommended).files.flatMap(
        ({findings}) => findings.map(({ruleId}) => ruleId),
      )
    expect(ids('')).toContain('no-unknown-directive')
    expect(ids(`${comment}\n`)).not.toContain('no-unknown-directive')
  })
})

/** As the editor leaves it when nothing is typed. */
function filled(body: string | readonly string[]): string {
  const text = typeof body === 'string' ? body : body.join('\n')
  return text.replaceAll(/\$\{\d+:([^}]*)\}/g, '$1').replaceAll(/\$\d+/g, '')
}

describe('what is packed', () => {
  let to = ''
  beforeAll(async () => {
    to = realpathSync(mkdtempSync(path.join(tmpdir(), 'unitlint-vscode-')))
    await buildExtension(to)
  })
  afterAll(() => rmSync(to, {recursive: true, force: true}))

  test('has all that the manifest names, with the version of the command', () => {
    const its = read(path.join(to, 'package.json')) as Manifest
    const {version} = read(path.join(top, 'package.json')) as {version: string}
    expect(its.version).toBe(version)
    const named = [
      its.main,
      ...its.files,
      ...its.contributes.languages.map(({configuration}) => configuration),
    ]
    const others = [...its.contributes.grammars, ...its.contributes.snippets].map((one) => one.path)
    expect(
      [...named, ...others, 'README.md', 'LICENSE'].filter(
        (name) => !existsSync(path.join(to, name)),
      ),
    ).toEqual([])
    const packed = new Set([...its.files, 'package.json', 'README.md', 'LICENSE'])
    expect(readdirSync(to).filter((name) => !packed.has(name) && name !== 'node_modules')).toEqual(
      [],
    )
  })

  test('starts the server, which finds what is wrong, shows the exposure, and ends with the editor', async () => {
    const {told} = await edited(to, {isTrusted: true, settings: {preset: 'recommended'}})
    // What the server writes on standard error is logged.
    expect(
      told.filter(
        ([kind, what]) =>
          kind === 'error' || (kind === 'log' && String(what).startsWith('unitlint:')),
      ),
    ).toEqual([])
    expect(told.find(([kind]) => kind === 'found')?.[1]).toContain(
      'Unexpected directive `Restar`, did you mean `Restart`?',
    )
    expect(told.find(([kind]) => kind === 'status')?.[1]).toMatch(
      /^\$\(shield\) exposure \d\.\d [A-Z]+/,
    )
    expect(told.at(-1)).toEqual(['stopped', true])
  })

  test.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])(
    'runs a config that is code where the workspace (%s) and the user (%s) say so: %s',
    async (isTrusted, trust, isRun) => {
      const {hasRun} = await edited(to, {isTrusted, settings: {trust}})
      expect(hasRun).toBe(isRun)
    },
  )
})

/**
 * Activate the extension in what stands in for an editor, wait for the status, and deactivate it.
 */
async function edited(
  extension: string,
  given: {readonly isTrusted: boolean; readonly settings: object},
) {
  const folder = makeFolder({
    'a.service': '[Service]\nExecStart=/usr/bin/foo\nRestar=always\n',
    'unitlint.config.mjs': `import {writeFileSync} from 'node:fs'\nwriteFileSync(new URL('has-run', import.meta.url), '')\nexport default {}\n`,
  })
  const editor = path.join(extension, 'node_modules', 'vscode')
  await build({
    entryPoints: [path.join(top, 'test', 'vscode', 'editor.ts')],
    outfile: path.join(editor, 'editor.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  })
  writeFileSync(path.join(editor, 'index.js'), `module.exports = require('./editor.js').editor\n`)
  const declarations = createRequire(import.meta.url).resolve('@types/vscode/index.d.ts')
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    ['-e', `require('./node_modules/vscode/editor.js').run()`],
    {
      encoding: 'utf8',
      cwd: extension,
      env: {
        PATH: process.env['PATH'],
        UNITLINT_EDITOR: JSON.stringify({
          ...given,
          extension,
          file: path.join(folder, 'a.service'),
          declarations,
        }),
      },
    },
  )
  expect([status, stderr]).toEqual([0, ''])
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as [kind: string, what: unknown])
  return {told, hasRun: existsSync(path.join(folder, 'has-run'))}
}
