import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {configNames} from '../config/find.ts'
import {usageError} from '../config/usage-error.ts'
import {realPath} from '../files/locate.ts'
import {notWritten, writer} from '../files/writer.ts'
import type {Main} from './attempt.ts'
import {writeLine} from './io.ts'
import {noMore} from './positionals.ts'
import {uninterrupted} from './uninterrupted.ts'

/** Where editors find what a config may hold. */
const schema = 'node_modules/unitlint/docs/schema.json'

/** `unitlint init`: write a config file to start from. */
export const init: Main = {
  grammar: {usage: 'unitlint init', options: {}},
  async run(given, io) {
    noMore(given.positionals)
    const present = new Set(readdirSync(io.cwd))
    const existing = configNames.find((name) => present.has(name))
    if (existing !== undefined) throw usageError(existing, 'Already there, left as it is')
    const name = 'unitlint.config.json'
    const config = {
      ...(existsSync(path.join(io.cwd, schema)) ? {$schema: `./${schema}`} : {}),
      extends: ['recommended'],
      rules: {},
    }
    const text = `${JSON.stringify(config, undefined, 2)}\n`
    const fault = await uninterrupted(async () =>
      notWritten(writer().create(path.join(realPath(io.cwd), name), text)),
    )
    if (fault !== undefined) throw usageError(name, fault)
    await writeLine(io.stdout, `Wrote ${name}`)
    return 0
  },
}
