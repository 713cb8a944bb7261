import {fileSections} from '../facts/data/directives.ts'
import type {Dialect} from '../facts/dialect.ts'
import {valueFacts} from '../facts/value-facts.ts'
import type {Target} from '../facts/targets.ts'
import {validate} from './validate.ts'

/** How systemd reads the files of its own units (systemd.unit(5)). */
const systemd: Dialect = {types: fileSections, row: valueFacts, grammar: validate}

/** The dialect that a target reads: that of systemd where it names none. */
export function dialectOf({dialect = systemd}: Target): Dialect {
  return dialect
}
