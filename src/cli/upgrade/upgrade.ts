import {unknownTarget} from '../../config/unknown-target.ts'
import {usageError} from '../../config/usage-error.ts'
import {namedTargets, target} from '../../facts/targets.ts'
import type {Target} from '../../facts/targets.ts'
import {pastable} from '../../reporters/printable.ts'
import {upgrade as upgradeOf} from '../../upgrade/differences.ts'
import type {Main} from '../attempt.ts'
import type {Arguments} from '../grammar.ts'
import {
  filesOf,
  instanceNamed,
  instanceOption,
  rootOf,
  rootOption,
  searchOf,
  searchOptions,
} from '../unit-arguments.ts'
import {configFlags, configOptions} from '../config-arguments.ts'
import {guardUnit} from '../guard.ts'
import {ownConfigs} from '../own-configs.ts'
import {tellAll, writeLine} from '../io.ts'
import {findUnits, loadedUnit} from '../units.ts'
import type {UnitsToRead} from '../units.ts'
import {runOptions} from '../unit-configs.ts'
import {textOrJson, textOrJsonOption} from '../text-or-json.ts'
import {closing, isOfNote, shownUnit} from './text.ts'
import type {UpgradedUnit} from './text.ts'
import {jsonOf} from './json.ts'

const {config, user} = configOptions
const options = {
  from: {
    type: 'string',
    describe: 'The systemd that is there: a version or a release, see `unitlint targets`',
  },
  to: {type: 'string', describe: 'The one that comes'},
  all: {
    type: 'boolean',
    describe: 'Show units too that change in exposure, or in words for the same, alone',
  },
  ...textOrJsonOption,
  config,
  user,
  ...rootOption,
  ...instanceOption,
  ...searchOptions,
} as const

/**
 * `unitlint upgrade --from RELEASE --to RELEASE [files]`: what changes for units when another
 * systemd reads them, by unit and line.
 *
 * Returns the exit status: 1 where what worked does not any more, 2 where a file cannot be read.
 * Rejects with a usage error.
 */
export const upgrade: Main = {
  grammar: {usage: 'unitlint upgrade --from RELEASE --to RELEASE [files...]', options},
  async run(given, io) {
    const [from, to] = [targetOf('from', given), targetOf('to', given)]
    const format = textOrJson(given)
    const flags = {...configFlags(given, io), targets: [to.name]}
    const {units, faults, notes} = await findUnits(filesOf(given), {
      cwd: io.cwd,
      root: rootOf(given),
      instance: instanceNamed(given),
      search: searchOf(given),
      configOf: ownConfigs(flags, io.cwd),
      optionsOf: runOptions({}),
    })
    const {all, left, count, refused} = upgraded(units, from, to)
    await tellAll(io, [...notes, ...faults, ...left])
    if (format === 'json') await writeLine(io.stdout, jsonOf(all, {from, to, cwd: io.cwd}))
    else {
      const isWhole = given.on('all') ?? false
      for (const unit of all)
        if (isWhole || isOfNote(unit))
          await writeLine(io.stdout, [...shownUnit(unit, io.cwd), ''].join('\n'))
      // Where nothing could be read, nothing can be said of it.
      if (count > 0 || faults.size + left.size === 0)
        for (const line of closing(all, {count, refused}, {from, to, isWhole}))
          await writeLine(io.stdout, line)
    }
    if (faults.size + left.size > 0) return 2
    return all.some(({differences}) => differences.some(({isLoss}) => isLoss)) ? 1 : 0
  },
}

/** The units that change, how many there are, and why some could not be looked at. */
function upgraded(
  units: UnitsToRead['units'],
  from: Target,
  to: Target,
): {
  readonly all: readonly UpgradedUnit[]
  readonly left: ReadonlySet<string>
  readonly count: number
  readonly refused: number
} {
  const all: UpgradedUnit[] = []
  const left = new Set<string>()
  let [count, refused] = [0, 0]
  for (const sources of units) {
    const made = guardUnit(sources.files, () => upgradeOf(loadedUnit(sources, from), from, to))
    if ('fault' in made) {
      left.add(made.fault)
      continue
    }
    count++
    if (made.made.isRefused) refused++
    if (made.made.differences.length > 0) all.push({path: sources.files[0].path, ...made.made})
  }
  return {all, left, count, refused}
}

function targetOf(option: 'from' | 'to', given: Arguments): Target {
  const name = given.value(option)
  if (typeof name !== 'string' || name === '')
    throw usageError(`--${option}`, 'Expected a version or a release, see `unitlint targets`')
  const found = target(name)
  if (found) return found
  if (typeof namedTargets(name) !== 'string')
    throw usageError(
      `--${option}`,
      `Unexpected \`${pastable(name)}\`, expected one version or release`,
    )
  throw usageError(`--${option}`, unknownTarget(pastable(name)))
}
