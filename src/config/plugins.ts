import path from 'node:path'
import type {Rule} from '../rule/rule.ts'
import type {Plugin} from './config.ts'
import {importDefault} from './import.ts'
import {faultOf} from './issues.ts'
import {inside, reasonOf, wrong} from './origin.ts'
import type {Origin} from './origin.ts'
import {packageFile} from './package.ts'

/** The plugin that a config names: an object, a package, or the path of a module. Rejects with a usage error when there is none. */
export async function readPlugin(name: string, plugin: Plugin | string, origin: Origin): Promise<Plugin> {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name)) throw wrong(origin, `Unexpected plugin name \`${name}\`, expected letters, digits, \`-\`, \`_\` and \`.\``)
  const value = typeof plugin === 'string' ? await importPlugin(plugin, origin) : plugin
  const {pluginSchema} = await import('./schema.ts')
  const {success, error} = pluginSchema.safeParse(value)
  if (!success) {
    const fault = faultOf(error, value)
    throw wrong(inside(origin, fault.path), fault.message)
  }
  const checked = value as Plugin // The schema has just said so.
  const ids = checked.rules.map(({id}) => id)
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index)
  if (twice !== -1) throw wrong(inside(origin, `rules[${twice}]`), `Unexpected second rule \`${ids[twice]}\``)
  return checked
}

/** A plugin's rule as it is known in a config: by the id `plugin/rule`. */
export function rename(plugin: string, rule: Rule): Rule {
  return {...rule, id: `${plugin}/${rule.id}`, check: (unit, options) => rule.check(unit, options)}
}

/** What a config names, loaded: a package, or a path from the config's folder. Rejects with a usage error. */
export async function importNamed(specifier: string, origin: Origin): Promise<{file: string; value: unknown}> {
  const isPath = /^\.{0,2}[/\\]/.test(specifier) || path.isAbsolute(specifier)
  const file = isPath ? path.resolve(path.dirname(origin.file), specifier) : packageFile(specifier, origin.file)
  if (file === undefined) throw wrong(origin, `Cannot find package \`${specifier}\`, expected it to be installed`)
  try {
    return {file, value: await importDefault(file)}
  } catch (error) {
    throw wrong(origin, `Cannot load \`${specifier}\`: ${reasonOf(error)}`, error)
  }
}

async function importPlugin(specifier: string, origin: Origin): Promise<unknown> {
  return (await importNamed(specifier, origin)).value
}
