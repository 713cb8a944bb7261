import {choiceWords} from './choice.ts'
import {severityNames} from './lint-result.ts'
import type {Message} from './lint-result.ts'
import {unmarked} from './exposure.ts'
import {withHints} from './hints.ts'
import {pastable, printable} from './printable.ts'
import {belowEachOther} from './formatter.ts'
import type {EachFormatter} from './formatter.ts'

/** One line a message, as compilers write them: `file:line:column: severity: message [rule]`. */
export const compact: EachFormatter = {
  each: (entry, context) => {
    const {messages, hint} = withHints(entry, context, unmarked)
    const said = ({
      severity,
      text,
      place,
      ruleId,
    }: Pick<Message, 'severity' | 'text' | 'place' | 'ruleId'>): string => {
      const {line, column} = place?.start ?? {line: 1, column: 1}
      const rule = ruleId === undefined ? '' : ` [${ruleId}]`
      return printable(
        `${pastable(entry.path)}:${line}:${column}: ${severityNames[severity]}: ${text}${rule}`,
      )
    }
    const told = [
      ...(hint === undefined ? [] : [hint]),
      ...(entry.choice && !context.quiet ? [choiceWords(entry.choice)] : []),
    ]
    return [
      ...messages.map(said),
      ...told.map((text) => said({severity: 0, text, place: undefined, ruleId: undefined})),
    ].join('\n')
  },
  frame: belowEachOther,
}
