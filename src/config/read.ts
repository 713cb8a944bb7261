import path from 'node:path'
import {messageOf} from '../rule/thrown.ts'
import type {Config} from './config.ts'
import {faultOf} from '../rule/issues.ts'
import {inside, wrong} from './origin.ts'
import type {ConfigOrigin} from './origin.ts'
import {plainCopy} from './plain.ts'
import {isData} from './source.ts'
import type {ConfigSource} from './source.ts'

/** The config in a file. Rejects with a usage error: when it cannot be read, throws, or is none. */
export async function readConfig(origin: ConfigOrigin, source: ConfigSource): Promise<Config> {
  const extension = path.extname(origin.file)
  if (!/^\.([cm]?[jt]s|json)$/.test(extension))
    throw wrong(
      origin,
      'Unexpected kind of config file, expected `.ts`, `.mts`, `.cts`, `.js`, `.mjs`, `.cjs` or `.json`',
    )
  let value: unknown
  try {
    value = await source.load(origin.file)
  } catch (error) {
    throw wrong(origin, messageOf(error), error)
  }
  return checkConfig(value, origin, source)
}

/**
 * A value as the config that it must be. Rejects with a usage error that names the first wrong key.
 */
export async function checkConfig(
  value: unknown,
  origin: ConfigOrigin,
  source: ConfigSource,
): Promise<Config> {
  const {configSchema} = await import('./schema.ts')
  let copy: unknown
  try {
    copy = isData(origin.file) ? plainCopy(value) : source.bounded(() => plainCopy(value))
  } catch (error) {
    throw wrong(origin, messageOf(error), error)
  }
  const {success, error} = configSchema.safeParse(copy)
  if (success) return copy as Config // The schema has just said so.
  const fault = faultOf(error, copy)
  throw wrong(inside(origin, fault.path), fault.message)
}
