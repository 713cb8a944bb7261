import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {build} from 'esbuild'
import type {BuildOptions, Plugin} from 'esbuild'
import {browser} from '../bundle.mjs'
import {parts} from './playground-parts.ts'
import {shortRule, shortRules} from './short-rules.ts'
import {shortTables} from './short-tables.ts'
import {withoutHost} from './without-host.ts'

/** The worker of the playground, as the text of a script, and its parts as texts of modules. */
export interface PlaygroundSplit {
  readonly core: string
  readonly parts: Readonly<Record<string, string>>
}

/** What is called of packages. */
const called: Readonly<Record<string, readonly string[]>> = {
  unbash: ['forEachChild', 'parse'],
  zod: ['array', 'boolean', 'enum', 'literal', 'object', 'strictObject', 'string', 'union'],
}

/** What stands in for a module has these names. */
export async function namesOf(module: string): Promise<readonly string[]> {
  const ofPackage = called[module]
  if (ofPackage) return ofPackage
  const text = await readFile(module, 'utf8')
  const exported = /^export (?:async )?(?:const|function\*?) (\w+)/gm
  return [...text.matchAll(exported)].map(([, name = '']) => name)
}

/** The folder of the repository, where all of `src/dev` is run. */
const top = path.resolve('.')

/** Make the worker and its parts. What both have the core has, and hands to its parts. */
export async function split(): Promise<PlaygroundSplit> {
  const alone = await bundle(start, [standIns])
  const inCore = new Set(alone.inputs.filter((module) => !isDoor(module)))
  /** What parts take of the core. */
  const shared = new Map<string, CoreImport>()
  const texts: Array<readonly [string, string]> = []
  for (const [name, modules] of Object.entries(parts)) {
    const all = modules.map(async (module) =>
      isRule(module)
        ? `export {default as ${exportOf(module)}} from './${module}'`
        : `export {${(await namesOf(module)).join(', ')}} from '${specifier(module)}'`,
    )
    const {text} = await bundle((await Promise.all(all)).join('\n'), [fromCore(inCore, name)])
    texts.push([name, text])
    for (const taken of takenOf(text)) shared.set(keyOf(taken), taken)
  }
  const places = new Map([...shared.keys()].map((key, index) => [key, index]))
  const imports = [...shared.values()].map(
    ({module, name}, index) => `import {${name} as its${index}} from '${specifier(module)}'`,
  )
  const list = imports.map((_, index) => `its${index}`).join(', ')
  const {text: core} = await bundle(
    [...imports, `self.unitlintCore = [${list}]`, start].join('\n'),
    [standIns],
    'iife',
  )
  return {
    core,
    parts: Object.fromEntries(texts.map(([name, text]) => [name, linked(text, places)])),
  }
}

/** What a part takes of the core: a name of a module, and what it calls it. */
interface CoreImport {
  readonly module: string
  readonly name: string
  readonly local: string
}

const keyOf = ({module, name}: CoreImport): string => `${module} ${name}`

/** What only names others, as whole modules too, is everybody's own. */
const isDoor = (module: string): boolean => /^src\/rule\/(?:index\.ts|door\/)/.test(module)

const start = `import {listen} from './docs/playground/worker.ts'\nlisten()`
const ofCore = 'unitlint-core:'
/** An import of a module that the core has, as esbuild writes it. */
const taking = /\bimport\s*\{([^}]*)\}\s*from\s*"unitlint-core:([^"]*)";?/g

function takenOf(text: string): CoreImport[] {
  return [...text.matchAll(taking)].flatMap(([, list = '', module = '']) =>
    list.split(',').map((one) => {
      const [name = '', local = name] = one.trim().split(' as ')
      return {module, name, local}
    }),
  )
}

/** A part that takes what it imports from what the core has put out for it. */
function linked(text: string, places: ReadonlyMap<string, number>): string {
  const its = text.replaceAll(taking, (whole) => {
    const list = takenOf(whole).map(
      (taken) => `${taken.local}=self.unitlintCore[${places.get(keyOf(taken))}]`,
    )
    return `const ${list.join()};`
  })
  if (its.includes(ofCore)) throw new Error('Expected each import of the core by names')
  return its
}

async function bundle(
  contents: string,
  plugins: readonly Plugin[],
  format: BuildOptions['format'] = 'esm',
): Promise<{text: string; inputs: string[]}> {
  const {outputFiles, metafile, warnings} = await build({
    ...browser,
    absWorkingDir: top,
    entryPoints: [],
    stdin: {contents, resolveDir: top, loader: 'ts'},
    format,
    outdir: 'out',
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'error',
    plugins: [...plugins, withoutHost, shortRules, shortTables],
  })
  // What a stand-in does not have would be undefined.
  const [warning] = warnings
  if (warning) throw new Error(warning.text)
  const [output] = Object.values(metafile.outputs)
  return {
    text: outputFiles[0]?.text ?? '',
    inputs: Object.entries(output?.inputs ?? {}).flatMap(([name, {bytesInOutput}]) =>
      bytesInOutput > 0 ? [name] : [],
    ),
  }
}

/** The name by which the top folder imports a module. */
function specifier(module: string): string {
  return module.includes('/') ? `./${module}` : module
}

/** The part that a module is of, as it is imported. */
const partOf = new Map(
  Object.entries(parts).flatMap(([name, modules]) =>
    modules.map((module) => [module, name] as const),
  ),
)
const resolving = 'resolving'
const partsModule = path.resolve('docs/playground/parts.ts')

const isRule = (module: string): boolean => module.startsWith('rules/')

/** The name by which a part has a rule. */
function exportOf(module: string): string {
  return path.basename(module, '.ts').replaceAll('-', '_')
}

/** What a rule does, with all of its lines: the format is held to. */
const checking = /^ {2}\*check\(.*\{\n(?:(?: {3}.*)?\n)*? {2}\},\n/m

/** Functions that ask for their part, in place of the modules of parts. */
const standIns: Plugin = {
  name: 'stand-ins',
  setup({onResolve, onLoad, resolve}) {
    onResolve({filter: /./}, async ({path: name, kind, resolveDir, importer, pluginData}) => {
      if (pluginData === resolving || kind === 'entry-point') return undefined
      if (partOf.has(name)) return {path: name, namespace: 'part'}
      const found = await resolve(name, {kind, resolveDir, importer, pluginData: resolving})
      const module = path.relative(top, found.path)
      return partOf.has(module) && !isRule(module) ? {path: module, namespace: 'part'} : found
    })
    onLoad({filter: /[\\/]rules[\\/][^\\/]*\.ts$/}, async ({path: file}) => {
      const module = path.relative(top, file)
      const name = partOf.get(module)
      if (name === undefined) return undefined
      const rule = await shortRule(file)
      if (!checking.test(rule)) throw new Error(`Expected \`*check(\` in ${module}`)
      const contents = rule.replace(
        checking,
        `  check: (...args) => part('${name}').${exportOf(module)}.check(...args),\n`,
      )
      return {contents: `import {part} from '${partsModule}'\n${contents}`, loader: 'ts'}
    })
    onLoad({filter: /./, namespace: 'part'}, async ({path: module}) => {
      const name = partOf.get(module) ?? ''
      const stands = (await namesOf(module)).map(
        (its, index) =>
          `const f${index} = (...args) => part('${name}').${its}(...args)\nexport {f${index} as ${its}}`,
      )
      return {
        contents: [`import {part} from '${partsModule}'`, ...stands].join('\n'),
        resolveDir: top,
      }
    })
  },
}

/** Leave out of a part what the core has, and what other parts are. */
function fromCore(inCore: ReadonlySet<string>, part: string): Plugin {
  return {
    name: 'from-core',
    setup({onResolve, resolve}) {
      onResolve({filter: /./}, async ({path: name, kind, resolveDir, importer, pluginData}) => {
        if (pluginData === resolving || kind === 'entry-point') return undefined
        const found = await resolve(name, {kind, resolveDir, importer, pluginData: resolving})
        const module = partOf.has(name) ? name : path.relative(top, found.path)
        const its = partOf.get(module)
        if (its === part || (its === undefined && !inCore.has(module))) return found
        return {path: `${ofCore}${module}`, external: true}
      })
    },
  }
}
