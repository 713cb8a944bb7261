import {ScannedTree} from './nodes.ts'
import {scan} from './scan.ts'
import type {UnitTree} from './tree.ts'

/**
 * Read unit syntax into a lossless tree, as systemd's `config_parse()` reads it
 * (systemd.syntax(7)).
 *
 * Takes any text and never throws: what systemd would not understand becomes `junk` with the
 * reason. The tree is cheap until it is looked at, and is only for reading: see `plain`.
 */
export function parse(text: string): UnitTree {
  return new ScannedTree(scan(text))
}
