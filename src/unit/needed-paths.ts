import type {LoadedUnit} from './load.ts'
import {valuesOf, type PlacedText, type Value} from './value.ts'

/** What has to be there for any command, even one with `+`. */
const listing = ['ReadWritePaths', 'BindPaths', 'BindReadOnlyPaths'] as const
/** What has to be there for those in the sandbox. */
const confining = ['ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths'] as const
const single = ['WorkingDirectory', 'EnvironmentFile'] as const
/** Of a file that they open, the folder has to be there. */
const outputs = ['StandardOutput', 'StandardError'] as const

/** The directives that name paths which have to be there. */
export const neededKeys = [...listing, ...confining, ...single, ...outputs] as const

/** A path that has to be there, and where it is named. */
export interface NeededPath {
  readonly key: string
  /** As it is written. */
  readonly text: string
  readonly path: string
  readonly line: Value
  readonly at: PlacedText['at']
  readonly isConfining: boolean
  readonly isOutput: boolean
}

/**
 * The paths that systemd sets up, or opens, for each command of a service (systemd.exec(5)); not
 * those that may be missing.
 */
export function neededPaths(unit: LoadedUnit): readonly NeededPath[] {
  const listed = [...listing, ...confining].flatMap((key) =>
    valuesOf(unit, key).flatMap((line) =>
      line.paths
        .filter(({marks}) => !marks.includes('-'))
        .map(({text, written, marks, at}) => ({
          key,
          text: written.slice(marks.length),
          path: text,
          line,
          at,
          isConfining: confining.some((one) => one === key),
          isOutput: false,
        })),
    ),
  )
  const written = [...single, ...outputs].flatMap((key) =>
    valuesOf(unit, key).flatMap((line) => {
      const isOutput = outputs.some((one) => one === key)
      const path = isOutput
        ? /^(?:append|file|truncate):(\/.+)\//.exec(line.expanded ?? '')?.[1]
        : line.expanded
      const at = {file: line.file, span: line.directive.valueSpan}
      return path?.startsWith('/')
        ? [{key, text: line.value, path, line, at, isConfining: false, isOutput}]
        : []
    }),
  )
  return [...listed, ...written]
}
