import {severityNames} from './lint-result.ts'
import type {EachFormatter} from './formatter.ts'
import {printable} from './printable.ts'
import {standingPath} from './relative-path.ts'
import {attributes, xmlHead} from './xml.ts'

/** Checkstyle's XML, which many tools read: a file for each with messages. */
export function checkstyle(): EachFormatter {
  return {
    each: ({path, messages}, {cwd}) => {
      if (messages.length === 0) return ''
      const errors = messages.map(({severity, place, text, ruleId}) => {
        const {line, column} = place?.start ?? {line: 1, column: 1}
        const source = ruleId === undefined ? 'unitlint' : `unitlint.${ruleId}`
        return `    <error${attributes({line, column, severity: severityNames[severity], message: printable(text), source: printable(source)})}/>`
      })
      const name = standingPath(path, cwd)
      return [`  <file${attributes({name: printable(name)})}>`, ...errors, '  </file>'].join('\n')
    },
    frame: [`${xmlHead}\n<checkstyle version="4.3">\n`, '\n', '\n</checkstyle>'],
  }
}
