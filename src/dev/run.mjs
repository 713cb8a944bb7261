import process from 'node:process'
import {importBundled} from './bundle.mjs'
import {top} from './top.mjs'

// node src/dev/run.mjs NAME ARGUMENTS: call `main(arguments)` of src/dev/NAME.ts, in the folder of
// the repository.
const [name, ...args] = process.argv.slice(2)
if (name === undefined) throw new Error('Expected the name of a module in src/dev')
process.chdir(top)
process.setSourceMapsEnabled(true)
const {main} = await importBundled(`src/dev/${name}.ts`)
await main(args)
