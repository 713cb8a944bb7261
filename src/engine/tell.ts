import type {SourceFile} from '../unit/unit.ts'
import type {Located} from './check.ts'
import type {Finding} from './finding.ts'
import type {LintOptions} from './options.ts'
import {suppressions} from './suppress.ts'

/** What is left after the comments of the files, and how to ask what is to be said of those: what cannot work always, what is of no use when asked for. */
export function tell(
  sources: readonly SourceFile[],
  located: readonly Located[],
  {inlineConfig = true, reportUnusedDisables}: LintOptions,
): {kept: Located[]; unused: (file: SourceFile) => Finding[]} {
  const byFile = new Map(sources.map((file) => [file, suppressions(file.tree)]))
  const kept = inlineConfig ? located.filter(({file, line, ruleId}) => !byFile.get(file)?.suppresses(ruleId, line)) : [...located]
  return {
    kept,
    unused: (file) =>
      (inlineConfig ? (byFile.get(file)?.unused() ?? []) : [])
        .filter(({isImpossible}) => isImpossible || reportUnusedDisables !== undefined)
        .map(({comment, message}) => ({ruleId: 'unused-disable', severity: reportUnusedDisables ?? 1, message, position: comment.position})),
  }
}
