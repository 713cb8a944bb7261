import {severityNames} from './lint-result.ts'
import type {LintResult, Message} from './lint-result.ts'
import {unmarked} from './exposure.ts'
import type {EachFormatter, ReportContext} from './formatter.ts'
import {withHints} from './hints.ts'
import {printable} from './printable.ts'
import {standingPath} from './relative-path.ts'
import {attributes, escapeXml, xmlHead} from './xml.ts'

/**
 * JUnit's XML, as Jenkins and GitLab read it: a suite a file, a case a finding. Errors and warnings
 * are failures, what is fatal is an error, and information is what a case that passed has written.
 * A file without findings is a case that passed.
 */
export function junit(): EachFormatter {
  return {
    each: suite,
    frame: [`${xmlHead}\n<testsuites name="unitlint">\n`, '\n', '\n</testsuites>'],
  }
}

function suite(entry: LintResult, context: ReportContext): string {
  const {messages, hint} = withHints(entry, context, unmarked)
  const name = printable(standingPath(entry.path, context.cwd))
  const [told, counted] = [
    messages.filter(({severity}) => severity === 0),
    messages.filter(({severity}) => severity > 0),
  ]
  const passed = [...told.map(lineOf), ...(hint === undefined ? [] : [hint])]
  const cases = [
    ...counted.map((message) => failed(message, name)),
    ...(counted.length === 0 || passed.length > 0
      ? [
          testcase(
            'unitlint',
            name,
            passed.length === 0
              ? ''
              : `<system-out>${passed.map((line) => escapeXml(printable(line))).join('\n')}</system-out>`,
          ),
        ]
      : []),
  ]
  const errors = counted.filter(({fatal}) => fatal).length
  const counts = {
    tests: cases.length,
    failures: counted.length - errors,
    errors,
    skipped: 0,
    time: 0,
  }
  return [`  <testsuite${attributes({name, ...counts})}>`, ...cases, '  </testsuite>'].join('\n')
}

function failed(message: Message, path: string): string {
  const {ruleId, severity, fatal, text, note} = message
  const kind = fatal ? 'error' : 'failure'
  const body = [`${path}:${lineOf(message)}`, ...(note === undefined ? [] : [`note: ${note}`])]
    .map((line) => escapeXml(printable(line)))
    .join('\n')
  const name = [ruleId ?? 'unitlint', ...(message.place ? [placeOf(message)] : [])].join(' at ')
  return testcase(
    printable(name),
    path,
    `<${kind}${attributes({type: severityNames[severity], message: printable(text)})}>${body}</${kind}>`,
  )
}

function testcase(name: string, classname: string, content: string): string {
  const head = `    <testcase${attributes({name, classname, time: 0})}`
  return content === '' ? `${head}/>` : `${head}>${content}</testcase>`
}

function placeOf({place}: Message): string {
  const {line, column} = place?.start ?? {line: 1, column: 1}
  return `${line}:${column}`
}

function lineOf(message: Message): string {
  const {severity, text, ruleId} = message
  return `${placeOf(message)}: ${severityNames[severity]}: ${text}${ruleId === undefined ? '' : ` [${ruleId}]`}`
}
