import type {Diagnosis} from '../../doctor/diagnosis.ts'
import {relativePath} from '../../reporters/relative-path.ts'

/**
 * A report as JSON, for programs: the unit, what its log says, and the lines to blame, best first.
 */
export function diagnosisJson({unit, symptoms, causes}: Diagnosis, cwd: string): string {
  return JSON.stringify(
    {
      unit,
      symptoms: symptoms.map(({kind, message, error, call, step, signal, result}) => ({
        kind,
        message,
        error,
        call,
        step,
        signal,
        result,
      })),
      causes: causes.map(({directive, value, filePath, ...its}) => ({
        directive,
        value,
        filePath: relativePath(filePath, cwd).path,
        ...its,
      })),
    },
    undefined,
    2,
  )
}
