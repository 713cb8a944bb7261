import path from 'node:path'
import type {z} from 'zod'
import {messageOf} from '../rule/thrown.ts'
import type {Plugin} from './config.ts'
import {copyPlugin} from './foreign.ts'
import {faultOf} from '../rule/issues.ts'
import type {SchemaFault} from '../rule/issues.ts'
import {inside, wrong} from './origin.ts'
import type {ConfigOrigin} from './origin.ts'
import type {ConfigSource} from './source.ts'

/** A value as the plugin that it must be. Rejects with a usage error when it is none. */
export async function checkPlugin(
  name: string,
  value: unknown,
  origin: ConfigOrigin,
  source: ConfigSource,
): Promise<Plugin> {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name))
    throw wrong(
      origin,
      `Unexpected plugin name \`${name}\`, expected letters, digits, \`-\`, \`_\` and \`.\``,
    )
  const {pluginSchema} = await import('./schema.ts')
  const known = source.copies.get(value)
  if (known) return known
  const {copy, fault} = copyOf(value, pluginSchema, origin, source)
  if (fault) throw wrong(inside(origin, fault.path), fault.message)
  const checked = copy as Plugin // The schema has just said so.
  const ids = checked.rules.map(({id}) => id)
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index)
  if (twice !== -1)
    throw wrong(inside(origin, `rules[${twice}]`), `Unexpected second rule \`${ids[twice]}\``)
  source.copies.set(value, checked)
  return checked
}

/** A copy of what should be a plugin, and what its schema found wrong with it. */
function copyOf(
  value: unknown,
  schema: z.ZodType,
  origin: ConfigOrigin,
  source: ConfigSource,
): {copy: unknown; fault: SchemaFault | undefined} {
  try {
    return source.bounded(() => {
      const copy = copyPlugin(value)
      // It asks the schemas of options, which are the plugin's own.
      const {success, error} = schema.safeParse(copy)
      return {copy, fault: success ? undefined : faultOf(error, copy)}
    })
  } catch (error) {
    throw wrong(origin, messageOf(error), error)
  }
}

/**
 * The file that a config names: of a package, or by its path from the config's folder. Throws a
 * usage error.
 */
export function fileNamed(specifier: string, origin: ConfigOrigin, source: ConfigSource): string {
  const isPath = /^\.{0,2}[/\\]/.test(specifier) || path.isAbsolute(specifier)
  const file = isPath
    ? path.resolve(path.dirname(origin.file), specifier)
    : findPackage(specifier, origin, source)
  if (file === undefined)
    throw wrong(origin, `Cannot find package \`${specifier}\`, expected it to be installed`)
  return file
}

/**
 * The file of a package that a config names; undefined when it is not installed. Throws a usage
 * error where it cannot be told.
 */
export function findPackage(
  specifier: string,
  origin: ConfigOrigin,
  source: ConfigSource,
): string | undefined {
  try {
    return source.find(specifier, origin.file)
  } catch (error) {
    throw wrong(origin, messageOf(error), error)
  }
}

/** What a file that a config names holds. Rejects with a usage error. */
export async function loadModule(
  file: string,
  specifier: string,
  origin: ConfigOrigin,
  source: ConfigSource,
): Promise<unknown> {
  try {
    return await source.load(file)
  } catch (error) {
    const reason = messageOf(error)
    const hint = ofOtherVersion.test(reason) ? ', which another version of unitlint may have' : ''
    throw wrong(origin, `Cannot load \`${specifier}\`: ${reason}${hint}`, error)
  }
}

/** What a module asks our kit for, and it has not. */
const ofOtherVersion = /'unitlint(?:\/\w+)?' does not provide an export named/
