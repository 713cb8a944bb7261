import {existsSync, readdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {configNames} from '../config/find.ts'
import {usageError} from '../config/usage-error.ts'
import {reasonOfFile} from '../files/fault.ts'
import {defaultTarget} from '../facts/targets.ts'
import {parseArguments} from './arguments.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'
import {noMore} from './positionals.ts'

/** Where editors find what a config may hold. */
const schema = 'node_modules/unitlint/docs/schema.json'

/** `unitlint init`: write a config file to start from. */
export async function init(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseArguments(argv, {usage: 'unitlint init', options: {}}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  noMore(given.positionals)
  const present = new Set(readdirSync(io.cwd))
  const existing = configNames.find((name) => present.has(name))
  if (existing !== undefined) throw usageError(existing, 'Already there, left as it is')
  const name = 'unitlint.config.json'
  const config = {
    ...(existsSync(path.join(io.cwd, schema)) ? {$schema: `./${schema}`} : {}),
    extends: ['recommended'],
    targets: [defaultTarget.name],
    rules: {},
  }
  try {
    writeFileSync(path.join(io.cwd, name), `${JSON.stringify(config, undefined, 2)}\n`, {flag: 'wx'})
  } catch (error) {
    throw usageError(name, `Not written: ${reasonOfFile(error)}`, error)
  }
  await writeLine(io.stdout, `Wrote ${name}`)
  return 0
}
