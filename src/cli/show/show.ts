import {styleText} from 'node:util'
import {usageError} from '../../config/usage-error.ts'
import {effectiveUnit} from '../../unit/effective.ts'
import {relativePath} from '../../reporters/relative-path.ts'
import {parseArguments} from '../arguments.ts'
import {instanceOption, rootOption} from '../unit-arguments.ts'
import {configOptions} from '../config-arguments.ts'
import {usesColor, writeLine} from '../io.ts'
import type {Io} from '../io.ts'
import {only} from '../positionals.ts'
import {shownJson} from './json.ts'
import {shownLines} from './text.ts'
import type {ShownLine} from './text.ts'
import {stdinOption} from '../stdin.ts'
import {notLoadedLine} from '../not-loaded.ts'
import {loadedUnit} from '../units.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {guardUnit} from '../guard.ts'
import {askedUnit} from '../asked-unit.ts'

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
  color: {type: 'boolean', describe: 'Use colours, or --no-color; else for terminals only'},
} as const

/**
 * `unitlint show FILE`: the effective unit, each value with where it comes from.
 *
 * Returns the exit status: 1 for a unit that systemd does not load, 2 where a file cannot be read.
 * Rejects with a usage error.
 */
export async function show(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseArguments(argv, {usage: 'unitlint show FILE|UNIT', options}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  const file = only(given.positionals, 'a unit file')
  const {units, faults, notes} = await askedUnit(file, given, io)({})
  for (const line of [...notes, ...faults]) await writeLine(io.stderr, printable(line))
  const [sources, ...others] = units
  if (others.length > 0)
    throw usageError(pastable(file), `Expected one unit, found ${units.length}`)
  if (!sources) return 2
  const made = guardUnit(sources.files, () => {
    const read = loadedUnit(sources)
    return {
      loaded: read,
      unit: {
        ...effectiveUnit(read, {defaults: given.on('all') ?? false}),
        files: read.files,
        target: read.target.name,
      },
    }
  })
  if ('fault' in made) {
    await writeLine(io.stderr, printable(made.fault))
    return 2
  }
  const {loaded, unit} = made.made
  const pathOf = (path: string): string => relativePath(path, io.cwd).path
  const paint = painter(usesColor(io.stdout, io.env, given.on('color')))
  const text = given.on('json')
    ? shownJson(unit, loaded, pathOf)
    : shownLines(unit, {pathOf, all: given.on('all') ?? false})
        .map(paint)
        .join('\n')
  await writeLine(io.stdout, text)
  const refused = notLoadedLine(loaded, pathOf)
  if (refused !== undefined) await writeLine(io.stderr, printable(refused))
  if (faults.size > 0) return 2
  return refused === undefined ? 0 : 1
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
