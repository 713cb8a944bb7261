import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'

const top = fileURLToPath(new URL('..', import.meta.url))

/**
 * The layers of docs/architecture.md, lowest first. Imports point down, or stay in their folder.
 */
const layers = [
  ['src/syntax', 'src/facts'],
  ['src/values'],
  ['src/unit'],
  ['src/needs', 'src/machine'],
  ['src/security', 'src/rule'],
  ['src/engine', 'rules'],
  [
    'src/config',
    'src/files',
    'src/reporters',
    'src/explain',
    'src/doctor',
    'src/harden',
    'src/upgrade',
    'src/trace',
  ],
  ['configs', 'src/try'],
  ['src/index.ts', 'src/browser.ts'],
  ['src/cli', 'src/lsp', 'src/vscode'],
  ['src/dev'],
]

/**
 * Folders of one layer that may know each other: Node has all that browsers have; the server is a
 * command.
 */
const neighbours = new Set(['src/index.ts src/browser.ts', 'src/cli src/lsp'])

/** The lowest layer that may use Node: all below runs in a browser. */
const periphery = layers.findIndex((folders) => folders.includes('src/files'))

describe('the sources', () => {
  const files = sources(['src', 'rules', 'configs'])

  test('are there', () => {
    expect(files.size).toBeGreaterThan(20)
  })

  test('keep to the layers', () => {
    expect(violations(files)).toEqual([])
  })

  test('have no circle of imports', () => {
    expect(circles(files)).toEqual([])
  })
})

describe('what the lower layers remember', () => {
  /** What has a memory of its own, and why. */
  const known = new Map([
    ['src/unit/query.ts', 'the memory of all the others'],
    ['src/rule/define.ts', 'the schemas of options, which nobody needs who lints with none'],
    ['src/needs/denial-context.ts', 'one context for all units that are alike in it'],
  ])

  test('is what queries were asked', () => {
    const files = sources([
      'src/unit',
      'src/needs',
      'src/machine',
      'src/security',
      'src/rule',
      'src/engine',
      'rules',
    ])
    const remembering = [...files].filter(([, text]) => memory.test(text)).map(([file]) => file)
    expect(remembering.toSorted()).toEqual([...known.keys()].toSorted())
  })

  test.each([
    'const made = new WeakMap<Unit, Family>()',
    '  return (its ??= settings(unit))',
    'let last: Map<string, Unit> = new Map()',
    'const known = new Map<string, Need>()',
  ])('is found: %s', (line) => expect(memory.test(line)).toBe(true))
})

/**
 * A weak map, what is filled when it is first asked for, and a map that is filled as the program
 * runs: one with what is in it is a table.
 */
const memory = /\bnew WeakMap\b|\?\?=|^(?:const|let) \w+(?:: [^=]+)? = new Map(?:<[^()]*>)?\(\)/m

describe('what a directive is', () => {
  /** What is about directives of systemd alone, and why. */
  const known = new Map([
    ['src/unit/replacements.ts', 'what systemd itself has renamed and given up'],
    ['src/unit/time-parts.ts', 'times of systemd.time(7)'],
  ])

  test('is asked of the dialect of the target, where there is one', () => {
    const files = sources([
      'src/unit',
      'src/needs',
      'src/machine',
      'src/security',
      'src/rule',
      'src/engine',
      'rules',
    ])
    const others = [...files]
      .filter(([, text]) =>
        /import \{[^}]*\b(?:fileSections|valueFacts|validate)\b[^}]*\}/.test(text),
      )
      .map(([file]) => file)
    expect(others.toSorted()).toEqual([...known.keys()].toSorted())
  })
})

describe('an editor', () => {
  const {overrides} = JSON.parse(readFileSync(path.join(top, '.oxlintrc.json'), 'utf8')) as Linted
  // Files of one name are told from others of that name by the check alone; rules import
  // `unitlint/rule`.
  const inFolders = layers.map((folders) => folders.filter((folder) => !folder.endsWith('.ts')))
  const held = inFolders.slice(0, -2).map((folders, at) => ({
    files: folders.filter((folder) => folder !== 'rules').map((folder) => `${folder}/**`),
    above: inFolders.slice(at + 1).flat(),
  }))

  test.each(held.filter(({files}) => files.length > 0))(
    'is told the layers above $files',
    ({files, above}) => {
      const own = overrides.find((some) => some.files.toSorted().join() === files.toSorted().join())
      const regex = `^(\\.\\./)+(${above.map((folder) => path.posix.basename(folder)).join('|')})/`
      expect(
        own?.rules['no-restricted-imports']?.[1].patterns.map((pattern) => pattern.regex),
      ).toContain(regex)
    },
  )
})

/** As much of the linter's settings as says what may be imported. */
interface Linted {
  readonly overrides: ReadonlyArray<{
    readonly files: readonly string[]
    readonly rules: {
      readonly 'no-restricted-imports'?: readonly [
        string,
        {readonly patterns: ReadonlyArray<{readonly regex?: string}>},
      ]
    }
  }>
}

describe('the check itself finds', () => {
  test.each([
    [
      'an upward import',
      'src/syntax/parse.ts',
      `import {unit} from '../unit/unit.ts'`,
      'src/syntax/parse.ts imports src/unit/unit.ts, which is above it',
    ],
    [
      'an upward export',
      'src/unit/unit.ts',
      `export * from '../rule/index.ts'`,
      'src/unit/unit.ts imports src/rule/index.ts, which is above it',
    ],
    [
      'an upward type',
      'src/unit/unit.ts',
      `import type {\n  Rule,\n} from '../rule/rule.ts'`,
      'src/unit/unit.ts imports src/rule/rule.ts, which is above it',
    ],
    [
      'an upward import when used',
      'src/engine/lint.ts',
      `  const x = await import('../config/load.ts')`,
      'src/engine/lint.ts imports src/config/load.ts, which is above it',
    ],
    [
      'an import for its effects',
      'src/engine/lint.ts',
      `import '../cli/main.ts'`,
      'src/engine/lint.ts imports src/cli/main.ts, which is above it',
    ],
    [
      'an import from beside',
      'src/engine/lint.ts',
      `import {rules} from '../../rules/index.ts'`,
      'src/engine/lint.ts imports rules/index.ts, which is beside it',
    ],
    [
      'a door from below',
      'src/engine/lint.ts',
      `import {lint} from 'unitlint'`,
      'src/engine/lint.ts imports src/index.ts, which is above it',
    ],
    [
      'Node in the browser',
      'src/rule/define.ts',
      `import {readFileSync} from 'node:fs'`,
      'src/rule/define.ts imports node:fs, which no browser has',
    ],
    [
      'a VFile in the engine',
      'src/engine/judge.ts',
      `import type {VFile} from 'vfile'`,
      'src/engine/judge.ts imports vfile, and VFiles begin in src/engine/unified',
    ],
    [
      'yargs outside of the command',
      'src/files/find.ts',
      `import yargs from 'yargs'`,
      'src/files/find.ts imports yargs, which the command alone uses',
    ],
    [
      'a rule that knows more',
      'rules/a.ts',
      `import {parse} from '../src/syntax/parse.ts'`,
      'rules/a.ts imports src/syntax/parse.ts, but rules import `unitlint/rule` and zod',
    ],
    [
      'a rule that uses a package',
      'rules/a.ts',
      `import {parse} from 'unbash'`,
      'rules/a.ts imports unbash, but rules import `unitlint/rule` and zod',
    ],
    ['a file in no layer', 'src/utils/text.ts', '', 'src/utils/text.ts is in no layer'],
    [
      'an import of no layer',
      'src/cli/main.ts',
      `import x from '../../test/x.ts'`,
      'src/cli/main.ts imports test/x.ts, which is in no layer',
    ],
  ])('%s', (_, file, text, violation) => {
    expect(violations(new Map([[file, text]]))).toEqual([violation])
  })

  test('no fault in imports that point down', () => {
    const files = new Map([
      [
        'src/cli/main.ts',
        `#!/usr/bin/env node\nimport yargs from 'yargs'\nimport process from 'node:process'\nimport {lint} from '../index.ts'`,
      ],
      ['rules/a.ts', `import {defineRule} from 'unitlint/rule'\nimport * as z from 'zod'`],
      ['rules/index.ts', `import a from './a.ts'`],
      [
        'src/rule/index.ts',
        `/** See import x from '../cli/main.ts'. */\nexport {defineRule} from './define.ts'`,
      ],
    ])
    expect(violations(files)).toEqual([])
  })

  test('a circle', () => {
    const files = new Map([
      ['src/unit/a.ts', `import {b} from './b.ts'`],
      ['src/unit/b.ts', `export * from './data/c.ts'`],
      ['src/unit/data/c.ts', `import {a} from '../a.ts'`],
      ['src/unit/d.ts', `import {a} from './a.ts'\nimport type {E} from './e.ts'`],
      ['src/unit/e.ts', `import type {D} from './d.ts'`],
    ])
    expect(circles(files)).toEqual([
      'src/unit/a.ts -> src/unit/b.ts -> src/unit/data/c.ts -> src/unit/a.ts',
      'src/unit/d.ts -> src/unit/e.ts -> src/unit/d.ts',
    ])
  })
})

/** The TypeScript files below some folders, by path from the top. */
function sources(folders: readonly string[]): Map<string, string> {
  const found = folders.flatMap((folder) =>
    readdirSync(path.join(top, folder), {recursive: true, encoding: 'utf8'})
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/'))),
  )
  return new Map(found.map((file) => [file, readFileSync(path.join(top, file), 'utf8')]))
}

/** What a file imports: modules by their path from the top, packages by name. */
function imports(file: string, text: string): string[] {
  return [...text.matchAll(anyImport)].map(([, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? ''
    if (specifier === 'unitlint') return 'src/index.ts'
    if (specifier === 'unitlint/browser') return 'src/browser.ts'
    if (specifier === 'unitlint/rule') return 'src/rule/index.ts'
    return specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : specifier
  })
}

const anyImport = /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm

function violations(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) => {
    if (layerOf(file) < 0) return [`${file} is in no layer`]
    return imports(file, text).flatMap((imported) => fault(file, imported) ?? [])
  })
}

function fault(file: string, imported: string): string | undefined {
  const says = `${file} imports ${imported}`
  const [from, to] = [folderOf(file), folderOf(imported)]
  if (
    from === 'rules' &&
    to !== 'rules' &&
    imported !== 'zod' &&
    imported !== 'src/rule/index.ts'
  ) {
    return `${says}, but rules import \`unitlint/rule\` and zod`
  }
  if (imported.startsWith('node:'))
    return layerOf(file) < periphery || file === 'src/browser.ts'
      ? `${says}, which no browser has`
      : undefined
  if (/^(?:vfile|unified)\b/.test(imported))
    return isBelowVFiles(file) ? `${says}, and VFiles begin in src/engine/unified` : undefined
  if (/^yargs\b/.test(imported))
    return from === 'src/cli' ? undefined : `${says}, which the command alone uses`
  if (!imported.endsWith('.ts')) return undefined
  if (to === undefined) return `${says}, which is in no layer`
  if (layerOf(imported) > layerOf(file)) return `${says}, which is above it`
  if (layerOf(imported) === layerOf(file) && from !== to && !neighbours.has(`${from} ${to}`))
    return `${says}, which is beside it`
  return undefined
}

/** Whether a file is of what judges units without knowing how they come and go. */
function isBelowVFiles(file: string): boolean {
  return (
    layerOf(file) <= layers.findIndex((folders) => folders.includes('src/engine')) &&
    !file.startsWith('src/engine/unified/')
  )
}

function layerOf(file: string): number {
  const folder = folderOf(file)
  return folder === undefined ? -1 : layers.findIndex((folders) => folders.includes(folder))
}

function folderOf(file: string): string | undefined {
  return layers.flat().find((folder) => file === folder || file.startsWith(`${folder}/`))
}

/** Each circle once, from where the walk first met it. */
function circles(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, above: readonly string[]): void => {
    const start = above.indexOf(file)
    if (start >= 0) found.push([...above.slice(start), file].join(' -> '))
    if (start >= 0 || done.has(file)) return
    for (const imported of imports(file, files.get(file) ?? ''))
      if (files.has(imported)) walk(imported, [...above, file])
    done.add(file)
  }
  for (const file of files.keys()) walk(file, [])
  return found
}
