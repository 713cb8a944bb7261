import type {ConfigFlags} from '../config/configs.ts'
import {instanceNamed, rootOf} from './unit-arguments.ts'
import {configFlags} from './config-arguments.ts'
import type {Arguments} from './grammar.ts'
import {ownConfigs} from './own-configs.ts'
import type {Io} from './io.ts'
import {rootFor} from './named-units.ts'
import {readNamed, stdinName} from './stdin.ts'
import {runOptions} from './unit-configs.ts'
import type {UnitsToLint} from './units.ts'

/**
 * What reads the unit that a command is asked about, be it on standard input, below a root or an
 * instance; flags may be made others for its config. Throws a usage error for what is wrong with
 * the words, before anything is read.
 */
export function askedUnit(
  file: string,
  given: Arguments,
  io: Io,
  flagsFor = (flags: ConfigFlags): ConfigFlags => flags,
): (run: Parameters<typeof runOptions>[0]) => Promise<UnitsToLint> {
  const stdin = stdinName(given, [file])
  const flags = configFlags(given, io)
  const {cwd} = io
  return async (run) =>
    readNamed(
      [file],
      stdin,
      {
        cwd,
        root: rootFor([file], {cwd, root: rootOf(given)}),
        instance: instanceNamed(given),
        configOf: ownConfigs(flagsFor(flags), cwd),
        optionsOf: runOptions(run),
      },
      io,
    )
}
