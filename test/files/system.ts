import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'

/** What a system says that does not do what it is asked. */
export function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), {code})
}

/**
 * Do something on a system some of whose calls do other things: what no folder of this machine
 * does, such as having no hard links.
 */
export function withSystem<T>(calls: Partial<typeof fs>, use: () => T): T {
  const own = Object.fromEntries(Object.keys(calls).map((name) => [name, Reflect.get(fs, name)]))
  change(calls)
  try {
    return use()
  } finally {
    change(own)
  }
}

function change(calls: object): void {
  Object.assign(fs, calls)
  syncBuiltinESMExports()
}
