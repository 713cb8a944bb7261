import {pastable, printable} from './printable.ts'
import {lines} from './formatter.ts'
import type {EachFormatter} from './formatter.ts'

/** One line a message, as compilers write them: `file:line:column: severity: message [rule]`. */
export const compact: EachFormatter = {
  each: ({path, messages}) =>
    messages
      .map(({severity, text, place, ruleId}) => {
        const {line, column} = place?.start ?? {line: 1, column: 1}
        const rule = ruleId === undefined ? '' : ` [${ruleId}]`
        return printable(`${pastable(path)}:${line}:${column}: ${severity === 2 ? 'error' : 'warning'}: ${text}${rule}`)
      })
      .join('\n'),
  frame: lines,
}
