import {choiceObject} from './choice.ts'
import {tally} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import type {EachFormatter} from './formatter.ts'
import {printableJson} from './printable.ts'

/**
 * An array with an object a file, on one line. Lines and columns count from 1, ranges are UTF-16
 * offsets from 0; exposures are as systemd shows them, such as 9.2.
 */
export const json: EachFormatter = {
  each: (entry) => printableJson(fileObject(entry)),
  frame: ['[', ',', ']'],
}

function fileObject({path, messages, exposure, choice}: LintResult): object {
  const {errors, warnings, fixableErrors, fixableWarnings} = tally(messages)
  return {
    filePath: path,
    messages: messages.map(messageObject),
    errorCount: errors,
    warningCount: warnings,
    fixableErrorCount: fixableErrors,
    fixableWarningCount: fixableWarnings,
    ...(exposure && {
      exposure: {target: exposure.target, before: exposure.before / 10, after: exposure.after / 10},
    }),
    ...(choice && {profile: choiceObject(choice)}),
  }
}

function messageObject({ruleId, severity, text, place, url, note, fix}: Message): object {
  const start = place?.start ?? {line: 1, column: 1}
  const end = place?.end ?? start
  return {
    ruleId: ruleId ?? null,
    severity,
    message: text,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    url,
    note,
    ...(fix && {
      fix: {
        title: fix.title,
        applicability: fix.applicability,
        edits: fix.edits.map(({range, text: inserted}) => ({range, text: inserted})),
      },
    }),
  }
}
