import type {Target} from '../../facts/targets.ts'
import {relativePath} from '../../reporters/relative-path.ts'
import type {UpgradedUnit} from './text.ts'

/** What changes for units as JSON, for programs: exposures in tenths. */
export function jsonOf(
  all: readonly UpgradedUnit[],
  {from, to, cwd}: {readonly from: Target; readonly to: Target; readonly cwd: string},
): string {
  const pathOf = (path: string): string => relativePath(path, cwd).path
  return JSON.stringify(
    all.map(({path, differences, exposure}) => ({
      filePath: pathOf(path),
      from: from.version,
      to: to.version,
      exposure,
      differences: differences.map(({at, ...its}) => ({
        ...(at ? {filePath: pathOf(at.path), line: at.line} : {}),
        ...its,
      })),
    })),
    undefined,
    2,
  )
}
