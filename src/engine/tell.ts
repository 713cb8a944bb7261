import type {SourceFile} from '../unit/unit.ts'
import type {Located} from './check.ts'
import type {Finding} from './finding.ts'
import type {LintOptions} from './options.ts'
import {Suppressions} from './suppress.ts'
import {toldOnce} from './told-once.ts'

/**
 * What is left after the comments of the files and without what is told of already, and how to ask
 * what is to be said of those: what is wrong with them always, what is of no use when asked for.
 */
export function tell(
  sources: readonly SourceFile[],
  located: readonly Located[],
  options: LintOptions,
): {kept: Located[]; remarks: (file: SourceFile) => Finding[]} {
  const {inlineConfig = true, reportUnusedDisables} = options
  const byFile = new Map(sources.map((file) => [file, new Suppressions(file.tree, options)]))
  const asked = inlineConfig
    ? located.filter(({file, line, ruleId}) => !byFile.get(file)?.suppresses(ruleId, line))
    : located
  const severities = {
    fault: reportUnusedDisables ?? 1,
    reason: 2,
    unused: reportUnusedDisables,
  } as const
  return {
    kept: toldOnce(asked),
    remarks: (file) =>
      (inlineConfig ? (byFile.get(file)?.remarks() ?? []) : []).flatMap(
        ({comment, kind, message}) => {
          const severity = severities[kind]
          return severity === undefined
            ? []
            : [{ruleId: 'unused-disable', severity, message, position: comment.position}]
        },
      ),
  }
}
