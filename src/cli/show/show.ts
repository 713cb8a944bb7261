import {styleText} from 'node:util'
import {effectiveUnit} from '../../unit/effective.ts'
import {relativePath} from '../../reporters/relative-path.ts'
import type {Main} from '../attempt.ts'
import {colorOption} from '../color-option.ts'
import {instanceOption, rootOption} from '../unit-arguments.ts'
import {configOptions} from '../config-arguments.ts'
import {tellAll, usesColor, writeLine} from '../io.ts'
import {onlyArgument} from '../positionals.ts'
import {shownJson} from './json.ts'
import {shownLines} from './text.ts'
import type {ShownLine, ShownUnit} from './text.ts'
import {stdinOption} from '../stdin.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {loadedUnit} from '../units.ts'
import {printable} from '../../reporters/printable.ts'
import {askedUnit} from '../asked-unit.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {UnitSources} from '../units.ts'
import {guardAndTell} from '../guard.ts'
import {onlyUnit} from '../named-units.ts'

const {config, target, user} = configOptions
const options = {
  json: {type: 'boolean', describe: 'Print JSON, for programs'},
  all: {
    type: 'boolean',
    describe: 'Show what is written in vain, and defaults of the sandboxing, too',
  },
  config,
  target,
  user,
  ...rootOption,
  ...instanceOption,
  ...stdinOption,
  ...colorOption,
} as const

/**
 * `unitlint show FILE`: the effective unit, each value with where it comes from.
 *
 * Returns the exit status: 1 for a unit that systemd does not load, 2 where a file cannot be read.
 * Rejects with a usage error.
 */
export const show: Main = {
  grammar: {usage: 'unitlint show FILE|UNIT', options},
  async run(given, io) {
    const file = onlyArgument(given.positionals, 'a unit file')
    const all = given.on('all') ?? false
    const read = await askedUnit(file, given, io)({})
    await tellAll(io, [...read.notes, ...read.faults])
    const sources = onlyUnit(file, read)
    const made = sources && (await guardAndTell(sources.files, () => shownOf(sources, all), io))
    if (!made) return 2
    const {loaded, unit} = made
    const pathOf = (path: string): string => relativePath(path, io.cwd).path
    const paint = painter(usesColor(io.stdout, io.env, given.on('color')))
    const text = given.on('json')
      ? shownJson(unit, loaded, pathOf)
      : shownLines(unit, {pathOf, all}).map(paint).join('\n')
    await writeLine(io.stdout, text)
    const refused = notLoadedLine(loaded, pathOf)
    if (refused !== undefined) await tellAll(io, [refused])
    if (read.faults.size > 0) return 2
    return refused === undefined ? 0 : 1
  },
}

function shownOf(
  sources: UnitSources,
  defaults: boolean,
): {readonly loaded: LoadedUnit; readonly unit: ShownUnit} {
  const loaded = loadedUnit(sources)
  const {files, target: its} = loaded
  return {loaded, unit: {...effectiveUnit(loaded, {defaults}), files, target: its.name}}
}

const styles = {comment: 'dim', header: 'bold'} as const

/** Sets a line for people; a tab is part of many values and does no harm. */
function painter(isColored: boolean): (line: ShownLine) => string {
  return ({kind, text}) => {
    const safe = text.split('\t').map(printable).join('\t')
    return isColored && (kind === 'comment' || kind === 'header')
      ? styleText(styles[kind], safe, {validateStream: false})
      : safe
  }
}
