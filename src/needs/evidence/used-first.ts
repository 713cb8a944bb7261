import type {NamedPath} from '../../unit/hidden-paths.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf, valuesOf} from '../../unit/value.ts'
import {scriptRunBy} from './invocations.ts'

/** The first program, where it runs in the sandbox, and the script that it is there for. */
export function programsOf(unit: LoadedUnit): readonly NamedPath[] {
  const [line] = valuesOf(unit, 'ExecStart')
  const [first, ...rest] = line?.words ?? []
  const [, marks = '', path = ''] = /^([-@:+!|]*)(.*)$/s.exec(first?.text ?? '') ?? []
  if (!line || !first || !path.startsWith('/') || marks.includes('+')) return []
  const named = {key: 'ExecStart', mark: '', line}
  const program = {...named, path, written: first.written.slice(marks.length), at: first.at}
  const script = scriptRunBy([path, ...rest.map(({text}) => text)])
  const word = rest.find(({text}) => text === script)
  if (!word || !script?.startsWith('/')) return [program]
  return [program, {...named, path: script, written: word.written, at: word.at}]
}

/**
 * What has to be found for a start: the first program with its script, where nothing runs before
 * that may bring it, and the folder that it starts in.
 */
export function usedFirst(unit: LoadedUnit): readonly NamedPath[] {
  const isFirst = ['ExecStartPre', 'ExecCondition'].every((key) => valuesOf(unit, key).length === 0)
  const programs = isFirst ? programsOf(unit) : []
  const line = valueOf(unit, 'WorkingDirectory')
  const path = line?.expanded ?? ''
  if (!line || !path.startsWith('/')) return programs
  const at = {file: line.file, span: line.directive.valueSpan}
  return [...programs, {key: 'WorkingDirectory', path, written: line.value, mark: '', line, at}]
}
