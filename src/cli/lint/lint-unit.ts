import {VFile} from 'vfile'
import {lint, textOf} from '../../engine/unified/lint.ts'
import {sealed} from '../seal.ts'
import type {UnitSources} from '../units.ts'
import type {SourceText} from '../source.ts'

/**
 * Lint a unit with these texts of its files, main file first. Returns its files with their
 * messages, fixed where the options say so; what was not asked for has none.
 */
export function lintUnit(
  sources: readonly SourceText[],
  {identity, sight, options}: Omit<UnitSources, 'files'>,
  cwd: string,
): VFile[] {
  const files = sources.map(({path, text}) => new VFile({path, cwd, value: text}))
  const [main, ...dropIns] = files
  const changeable = new Set(files.filter((_, index) => isChangeable(sources[index])))
  const modes = new Map(files.map((file, index) => [file, sources[index]?.mode]))
  if (main)
    lint(main, options, {
      dropIns,
      identity,
      sight,
      mode: (file) => modes.get(file),
      fixed: (file) => changeable.has(file),
    })
  for (const [index, file] of files.entries())
    if (file.path === options.into && textOf(file) !== sources[index]?.text)
      file.value = sealed(textOf(file))
  for (const [index, file] of files.entries())
    if (!sources[index]?.isAsked) file.messages = file.messages.filter(({fatal}) => fatal)
  return files
}

function isChangeable(source: SourceText | undefined): boolean {
  return source !== undefined && source.isAsked && !source.isShared && !source.isKept
}
