import {createHash} from 'node:crypto'
import {readdir, readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import {alias, common, external} from './bundle.mjs'
import {top} from './top.mjs'

/**
 * Bundle the command into a folder: a script that starts it, one that lints, one that is the
 * language server, and one with all other commands.
 *
 * They are CommonJS, which Node starts sooner, and whose compiled code can be kept; see
 * src/cli/start.
 *
 * @param {string} outdir
 * @returns {Promise<import('esbuild').Metafile>}
 */
export async function buildCommand(outdir) {
  const names = await lazyNames()
  const {metafile} = await build({
    ...scripts,
    outdir,
    entryPoints: {
      cli: 'src/cli/main.ts',
      lint: 'src/cli/lint/run.ts',
      commands: 'src/cli/run.ts',
      lsp: 'src/cli/lsp/run.ts',
      ...Object.fromEntries([...lazyModules].map(([name, {file}]) => [name, file])),
      ...Object.fromEntries([...names.keys()].map((name) => [name, `inner:${name}`])),
    },
    plugins: [lazyPackages(names), nodeModules(await nodeNames()), flatModules, versionAlone],
  })
  await Promise.all(Object.keys(metafile.outputs).map((output) => giveUrl(path.join(top, output))))
  await Promise.all(
    ['lint', 'commands', 'lsp'].map((name) => seal(path.join(outdir, `${name}.js`))),
  )
  await writeFile(path.join(outdir, 'package.json'), '{"type": "commonjs"}\n')
  return metafile
}

/**
 * Give a script the URL of its file, where a package asks for it: ours do not, as it takes a while
 * to be told.
 *
 * @param {string} file
 */
async function giveUrl(file) {
  const text = await readFile(file, 'utf8')
  if (text.includes('importMetaUrl'))
    await writeFile(
      file,
      `const importMetaUrl=require("node:url").pathToFileURL(__filename).href;${text}`,
    )
}

/**
 * Make a script what `loadScript` takes: a function, as which it need not be copied to be run, with
 * a hash before it, which tells it from what another build made (src/cli/start/code-cache.ts).
 *
 * Text of a script that is not all ASCII takes V8 twice as long to read.
 *
 * @param {string} file
 */
async function seal(file) {
  const text = await readFile(file, 'utf8')
  const other = /[^\0-\x7F].{0,20}/.exec(text)?.[0]
  if (other !== undefined)
    throw new Error(
      `Unexpected \`${other}\` in ${path.basename(file)}, expected ASCII: write it as an escape`,
    )
  const hash = createHash('sha256').update(text).digest('hex')
  await writeFile(file, `//${hash}\n(function (exports, require, module, __filename) {${text}\n})`)
}

const scripts = /** @satisfies {import('esbuild').BuildOptions} */ ({
  ...common,
  format: 'cjs',
  // Names stay: the stack of a fault of ours must be of use to whoever reads it.
  minifyWhitespace: true,
  minifySyntax: true,
  define: {
    'import.meta.filename': '__filename',
    'import.meta.dirname': '__dirname',
    'import.meta.url': 'importMetaUrl',
  },
  alias,
  external,
  metafile: true,
})

/**
 * Modules of ours that are files of their own, loaded when one of their functions is first called.
 */
const lazyModules = new Map([
  // It imports what a config names, which code that was kept compiled cannot.
  ['import', {file: 'src/config/native-import.ts', functions: ['nativeImport']}],
  // What programs, scripts and configs of a machine show: most runs see none.
  // Formats that most runs do without.
  ['checkstyle', {file: 'src/reporters/checkstyle.ts', functions: ['checkstyle']}],
  ['gitlab', {file: 'src/reporters/gitlab.ts', functions: ['gitlab']}],
  ['html-report', {file: 'src/reporters/html-report.ts', functions: ['html']}],
  ['junit', {file: 'src/reporters/junit.ts', functions: ['junit']}],
  ['markdown-report', {file: 'src/reporters/markdown-report.ts', functions: ['markdown']}],
  ['rdjson', {file: 'src/reporters/rdjson.ts', functions: ['rdjson']}],
  // What only a part of all units is linted with.
  ['part', {file: 'src/cli/part/part.ts', functions: ['wantedPart']}],
  [
    'seen',
    {
      file: 'src/needs/sight/seen.ts',
      functions: ['configOf', 'isCode', 'readScript', 'shownByCode', 'shownBySettings'],
    },
  ],
  // What reads logs of strace.
  ['traces', {file: 'src/cli/trace/read-traces.ts', functions: ['readTraces']}],
])

/**
 * The packages that the common call does without, and what of them is used: functions, and
 * functions of these.
 *
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>}
 */
async function lazyNames() {
  return new Map([
    ['fast-string-width', ['default']],
    ['ignore', ['default']],
    ['jsonc-parser', ['parse', 'printParseErrorCode', 'visit']],
    ['picomatch', ['default', 'default.scan']],
    ['yargs', ['default']],
    ['unbash', ['forEachChild', 'parse']],
    ['vfile-reporter', ['reporter']],
    ['wrap-ansi', ['default']],
    ['yaml', ['parse']],
    ['zod', await zodFunctions()],
  ])
}

/** The functions of zod that stand anywhere in our sources. */
async function zodFunctions() {
  const zod = await import('zod')
  const used = new Set()
  for await (const text of sources())
    for (const [, word = ''] of text.matchAll(/\bz\s*\.(\w+)/g)) used.add(word)
  return Object.entries(zod).flatMap(([name, value]) =>
    used.has(name) && typeof value === 'function' ? [name] : [],
  )
}

/** The texts of our sources. */
async function* sources() {
  for (const folder of ['src', 'rules', 'configs'])
    for (const name of await readdir(path.join(top, folder), {recursive: true}))
      if (name.endsWith('.ts')) yield await readFile(path.join(top, folder, name), 'utf8')
}

/**
 * What our sources import of Node, by module.
 *
 * @returns {Promise<ReadonlyMap<string, ReadonlySet<string>>>}
 */
async function nodeNames() {
  /** @type {Map<string, Set<string>>} */
  const names = new Map()
  for await (const text of sources()) {
    for (const [, list = '', module = ''] of text.matchAll(
      /^import (?:\w+, )?\{([^}]*)\} from '(node:[\w/]+)'/gm,
    )) {
      const known = names.get(module) ?? new Set()
      for (const [name] of list.matchAll(/\w+(?: as \w+)?/g)) known.add(name.replace(/ as .*/, ''))
      names.set(module, known)
    }
  }
  return names
}

/**
 * Import at once what sources import when it is needed: esbuild makes a function of each module
 * that is loaded later and of all that it imports, which V8 goes through twice, and nearly all of
 * our modules would be such. Of what is dear to load only the module itself is a function.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const flatModules = {
  name: 'flat-modules',
  setup({onLoad}) {
    onLoad({filter: /[\\/]src[\\/].*\.ts$/}, async ({path: file}) => {
      const text = await readFile(file, 'utf8')
      /** @type {string[]} */
      const imports = []
      const contents = text.replaceAll(/\bimport\('(\.[^']+)'\)/g, (whole, name) => {
        if (threaded.has(path.basename(name))) return whole
        const flat = `flat${imports.length}`
        const isDear = dear.has(path.basename(name))
        imports.push(`import ${isDear ? flat : `* as ${flat}`} from '${name}'`)
        return `Promise.resolve(${isDear ? `${flat}()` : flat})`
      })
      if (dear.has(path.basename(file))) return {contents: madeLater(contents), loader: 'ts'}
      return imports.length === 0
        ? undefined
        : {contents: `${imports.join('\n')}\n${contents}`, loader: 'ts'}
    })
  },
}

/**
 * A module whose default is a function that makes all that it exports when it is first called; what
 * it imports is there from the start.
 *
 * @param {string} text as it is formatted: what begins a line is not within anything
 */
function madeLater(text) {
  const other = /^export (?!(?:async )?(?:const|function) |(?:type|interface) ).*/m.exec(text)?.[0]
  if (other !== undefined)
    throw new Error(`Expected nothing like \`${other}\` in a module of schemas`)
  const imports = text.match(/^import [^']*'[^']+'$/gm) ?? []
  const names = [...text.matchAll(/^export (?:async )?(?:const|function) (\w+)/gm)].map(
    ([, name]) => name,
  )
  const body = text.replaceAll(/^import [^']*'[^']+'$/gm, '').replaceAll(/^export /gm, '')
  return `${imports.join('\n')}
let made
export default () => (made ??= make())
function make() {
${body}
return {${names.join(', ')}}
}`
}

/**
 * Of the package's own description only the version is used.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const versionAlone = {
  name: 'version-alone',
  setup({onLoad}) {
    onLoad({filter: /[\\/]package\.json$/}, async ({path: file}) => {
      if (path.dirname(file) !== path.resolve(top)) return undefined
      const {version} = JSON.parse(await readFile(file, 'utf8'))
      return {contents: JSON.stringify({version}), loader: 'json'}
    })
  },
}

/** What every run loads of others, and imports of Node no more than we do. */
const asOurs = /[\\/]node_modules[\\/]vfile[\\/]/

/** Of Node: what takes milliseconds to be loaded. Functions of it are called alone. */
const dearOfNode = new Set([
  'node:child_process',
  'node:crypto',
  'node:module',
  'node:os',
  'node:url',
])

/** What makes schemas. */
const dear = new Set(['schema.ts', 'evidence-schema.ts', 'security-policy.ts'])

/** What loads threads, and next to nothing else. */
const threaded = new Set(['watch.ts'])

/**
 * Take what is imported from Node's modules once for all of our modules, as it is: esbuild copies a
 * module, all of it, for each that imports its default.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} names
 * @returns {import('esbuild').Plugin}
 */
function nodeModules(names) {
  return {
    name: 'node-modules',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^node:/}, ({path: name, kind, importer}) =>
        kind === 'import-statement' && (!importer.includes('node_modules') || asOurs.test(importer))
          ? {path: name, namespace: 'node', sideEffects: false}
          : undefined,
      )
      onLoad({filter: /./, namespace: 'node'}, ({path: name}) => ({
        contents: dearOfNode.has(name)
          ? stubs(name, [...(names.get(name) ?? [])])
          : whole(name, names.get(name) ?? new Set()),
      }))
    },
  }
}

/**
 * Make each of these packages a file of its own, which is loaded when one of its functions is first
 * called.
 *
 * @param {ReadonlyMap<string, readonly string[]>} names
 * @returns {import('esbuild').Plugin}
 */
function lazyPackages(names) {
  const stands = new Map(Object.entries(alias).filter(([, name]) => names.has(name)))
  const filter = new RegExp(`^(?:${[...names.keys(), ...stands.keys()].join('|')})$`)
  return {
    name: 'lazy-packages',
    setup({onResolve, onLoad}) {
      onResolve({filter}, ({path: name, namespace}) =>
        namespace === 'inner' ? undefined : {path: stands.get(name) ?? name, namespace: 'lazy'},
      )
      onResolve({filter: /^inner:/}, ({path: entry}) => ({
        path: entry.slice('inner:'.length),
        namespace: 'inner',
      }))
      for (const [name, {file}] of lazyModules) {
        const ending = new RegExp(`/${path.basename(file, '.ts')}\\.ts$`)
        onResolve({filter: ending}, ({kind}) =>
          kind === 'entry-point' ? undefined : {path: name, namespace: 'lazy'},
        )
      }
      onResolve({filter: /^\.\//, namespace: 'lazy'}, ({path: file}) => ({
        path: file,
        external: true,
      }))
      onLoad({filter: /./, namespace: 'lazy'}, ({path: name}) => ({
        contents: stubs(name, names.get(name) ?? lazyModules.get(name)?.functions ?? []),
      }))
      onLoad({filter: /./, namespace: 'inner'}, ({path: name}) => ({
        contents: `export {${(names.get(name) ?? []).filter((called) => !called.includes('.')).join(', ')}} from ${JSON.stringify(name)}`,
        resolveDir: top,
      }))
    },
  }
}

/**
 * What of a module of Node is imported, read once.
 *
 * @param {string} name
 * @param {ReadonlySet<string>} imported
 */
function whole(name, imported) {
  return `const it = require('${name}')\nexport default it\nexport const {${[...imported].join(', ')}} = it`
}

/**
 * Functions that load what they are of when they are first called.
 *
 * @param {string} name
 * @param {readonly string[]} functions
 */
function stubs(name, functions) {
  const made = functions.filter((called) => !called.includes('.'))
  /** @param {string} called */
  const stubOf = (called) => `stub${made.indexOf(called)}`
  /** @param {string} called */
  const calling = (called) => `(...args) => load().${called}(...args)`
  return [
    'let loaded',
    `const load = () => (loaded ??= require('${name.startsWith('node:') ? name : `./${name}.js`}'))`,
    ...made.map((called) => `const ${stubOf(called)} = ${calling(called)}`),
    ...functions
      .filter((called) => !made.includes(called))
      .map((called) => `${called.replace(/^\w+/, stubOf)} = ${calling(called)}`),
    `export {${made.map((called) => `${stubOf(called)} as ${called}`).join(', ')}}`,
  ].join('\n')
}
