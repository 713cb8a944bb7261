import {VFile} from 'vfile'
import {lint} from '../engine/lint.ts'
import type {LintOptions} from '../engine/options.ts'
import type {Source} from './units.ts'

/** Lint a unit, main file first. Returns its files with their messages, fixed where the options say so. */
export function lintUnit(sources: readonly Source[], options: LintOptions, cwd: string): VFile[] {
  const files = sources.map(({path, text}) => new VFile({path, cwd, value: text}))
  const [main, ...dropIns] = files
  if (main) lint(main, options, dropIns)
  return files
}
