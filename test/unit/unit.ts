import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import type {Host} from '../../src/unit/host.ts'

/** A service of that text, judged by that systemd; `host` has the files of its machine. */
export function service(
  text: string,
  version = '257',
  name = 'a.service',
  host?: Host,
): LoadedUnit {
  const its = target(version)
  if (!its) throw new Error(`Unexpected version ${version}`)
  return load([{path: name, role: 'fragment', tree: parse(text)}], {
    name,
    type: 'service',
    target: its,
    manager: 'system',
    host,
  })
}
