import {Buffer} from 'node:buffer'
import {createRequire} from 'node:module'
import path from 'node:path'
import process from 'node:process'
import {getAsset} from 'node:sea'
import vm from 'node:vm'
import {commands} from '../commands.ts'
import type {InProcess} from '../start/in-process.ts'
import {version} from '../version.ts'

/*
 * Starts the executable that has Node in it (`npm run executable`). The scripts that are files of
 * the package are its assets, by their names, and their compiled code, where there is any, beside
 * them.
 */

// Node tells of what we use to import configs as of an experiment.
const {emitWarning} = process
process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]) => {
  if (rest[0] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, [warning, ...rest])
}

const loaded = new Map<string, {readonly exports: unknown}>()

const nodeRequire = createRequire(process.execPath)

const argv = process.argv.slice(2)
if (argv.length === 1 && argv[0] === '--version') process.stdout.write(`${version}\n`)
else void start()

async function start(): Promise<void> {
  const [first = ''] = argv
  const script = first === 'lsp' ? 'lsp.js' : commands.has(first) ? 'commands.js' : 'lint.js'
  // The build makes all scripts, of modules that export just this.
  const {inProcess} = load(script) as {readonly inProcess: InProcess}
  await inProcess(argv, () => undefined)
}

/** What a script exports, run when it is first asked for. */
function load(name: string): unknown {
  const known = loaded.get(name)
  if (known) return known.exports
  const module = {exports: {}}
  loaded.set(name, module)
  const source = getAsset(name, 'utf8')
  const cachedData = compiled(name)
  const script = new vm.Script(
    source.startsWith('//')
      ? source
      : `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    {
      filename: path.join(path.dirname(process.execPath), name),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData ? {cachedData} : {}),
    },
  )
  // The build makes nothing else.
  const run = script.runInThisContext() as (
    exports: object,
    require: (name: string) => unknown,
    module: object,
    file: string,
    folder: string,
  ) => void
  run(
    module.exports,
    (other) => (other.startsWith('./') ? load(other.slice(2)) : nodeRequire(other)),
    module,
    process.execPath,
    path.dirname(process.execPath),
  )
  return module.exports
}

function compiled(name: string): Buffer | undefined {
  try {
    return Buffer.from(getAsset(`${name}.compiled`))
  } catch {
    return undefined
  }
}
