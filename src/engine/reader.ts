import type {Target} from '../facts/targets.ts'
import {machineIn} from '../machine/machine.ts'
import type {WholeMachine} from '../machine/machine.ts'
import type {Sight} from '../machine/sight.ts'
import type {Unit} from '../rule/unit.ts'
import {parse} from '../syntax/parse.ts'
import {load} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {askerFor} from './check-held.ts'
import type {Asker} from './check-held.ts'
import type {LintOptions} from './options.ts'
import type {Facade} from './proposal.ts'
import {facadeFor, readyUnit} from './ready-unit.ts'
import {askedBefore, timed} from './timing.ts'

/** Reads files as a unit, for one systemd. */
export interface UnitReader {
  readonly read: (sources: readonly SourceFile[]) => Unit
  readonly facade: Facade
  readonly ask: Asker
}

/** How a run reads a unit for one of its targets. */
export function readerFor(
  target: Target,
  identity: UnitIdentity,
  options: LintOptions,
  sight: Sight | undefined,
): UnitReader {
  const {manager, now, timing} = options
  const machineOf = (its: Target): WholeMachine | undefined =>
    sight && machineIn(sight, its, manager)
  const machine = machineOf(target)
  const facade = facadeFor(options, machine)
  return {
    facade,
    ask: askerFor(options, (its) => (its === target ? facade : facadeFor(options, machineOf(its)))),
    read: (sources) => {
      const loaded = timed(timing, 'load', () =>
        load(sources, {...identity, target, manager, host: sight?.host, now}),
      )
      return askedBefore(readyUnit(loaded, options, machine), timing)
    },
  }
}

/** A file of a unit with its tree. */
export function sourceOf(
  {path, text, mode}: Pick<SourceFile, 'path' | 'mode'> & {readonly text: string},
  role: SourceFile['role'],
): SourceFile {
  return {path, role, tree: parse(text), mode}
}
