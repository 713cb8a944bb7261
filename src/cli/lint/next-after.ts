import {nextCommands, nextLines} from '../next-commands.ts'
import {fixed} from './linted-unit.ts'
import type {LintedUnit} from './linted-unit.ts'

/** What to do once drop-ins are written, in lines; none where none is. */
export function nextAfter(
  linted: readonly LintedUnit[],
  where: {readonly cwd: string; readonly root: string | undefined},
): string[] {
  const written = linted.filter(({unit, files}) =>
    unit.files.some(
      ({path, text}, index) => path === unit.options.into && fixed(files, index) !== text,
    ),
  )
  const units = written.map(({unit}) => unit)
  return units.length === 0 ? [] : ['', ...nextLines(nextCommands(units, where))]
}
