import path from 'node:path'
import {reasonOf} from '../rule/reason.ts'
import type {Rule} from '../rule/rule.ts'
import type {Plugin} from './config.ts'
import {faultOf} from './issues.ts'
import {inside, wrong} from './origin.ts'
import type {Origin} from './origin.ts'
import type {Source} from './source.ts'

/** A value as the plugin that it must be. Rejects with a usage error when it is none. */
export async function checkPlugin(name: string, value: unknown, origin: Origin): Promise<Plugin> {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name)) throw wrong(origin, `Unexpected plugin name \`${name}\`, expected letters, digits, \`-\`, \`_\` and \`.\``)
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

/** The file that a config names: of a package, or by its path from the config's folder. Throws a usage error. */
export function fileNamed(specifier: string, origin: Origin, source: Source): string {
  const isPath = /^\.{0,2}[/\\]/.test(specifier) || path.isAbsolute(specifier)
  const file = isPath ? path.resolve(path.dirname(origin.file), specifier) : findPackage(specifier, origin, source)
  if (file === undefined) throw wrong(origin, `Cannot find package \`${specifier}\`, expected it to be installed`)
  return file
}

/** The file of a package that a config names; undefined when it is not installed. Throws a usage error where it cannot be told. */
export function findPackage(specifier: string, origin: Origin, source: Source): string | undefined {
  try {
    return source.find(specifier, origin.file)
  } catch (error) {
    throw wrong(origin, reasonOf(error), error)
  }
}

/** What a file that a config names holds. Rejects with a usage error. */
export async function load(file: string, specifier: string, origin: Origin, source: Source): Promise<unknown> {
  try {
    return await source.load(file)
  } catch (error) {
    throw wrong(origin, `Cannot load \`${specifier}\`: ${reasonOf(error)}`, error)
  }
}
