import {existsSync} from 'node:fs'
import path from 'node:path'
import {evidenceName, readEvidence} from '../../config/evidence-file.ts'
import {putText} from '../../files/put.ts'
import type {Unit} from '../../rule/unit.ts'
import {recorded, withTrial} from '../../try/record.ts'
import type {TriedService} from '../../try/record.ts'
import type {Io} from '../io.ts'
import {machineFolders} from './machine.ts'
import {leftOut} from './run-try.ts'
import type {TrialOutcome} from './run-try.ts'
import type {TryArguments} from './try-arguments.ts'
import {Failed} from './undo.ts'

/**
 * Where what is found out is written to, and read from: the file that is named, else the one beside
 * what is kept.
 */
export function evidenceFile(
  {keep, configs: {evidence}}: TryArguments,
  {cwd}: Io,
): string | undefined {
  if (evidence !== undefined) return path.resolve(cwd, evidence)
  const usual = path.join(machineFolders.lasting, evidenceName)
  return keep === 'none' && !existsSync(usual) ? undefined : usual
}

/**
 * Write down what was found out, for later runs. Rejects with `Failed`, or a usage error where the
 * file says something else.
 */
export async function remember(
  unit: Unit,
  outcome: TrialOutcome,
  how: Pick<TriedService, 'date' | 'by'>,
  file: string | undefined,
): Promise<void> {
  if (file === undefined || outcome.found.kept.length + outcome.found.culprits.length === 0) return
  const before = existsSync(file) ? await readEvidence(file) : undefined
  const {lines, found} = outcome
  const trial = recorded({unit, ...how, lines, culprits: found.culprits, left: leftOut(outcome)})
  const fault = putText(
    file,
    `${JSON.stringify(withTrial(before, unit.name, trial), undefined, 2)}\n`,
  )
  if (fault !== undefined) throw new Failed(`${file}: ${fault}`)
}
