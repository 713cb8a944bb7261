import {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {choiceWords} from './choice.ts'
import type {LintResult} from './lint-result.ts'
import {painter} from './exposure.ts'
import type {Paint} from './exposure.ts'
import type {Formatter, ReportContext} from './formatter.ts'
import {heldBack, withHints} from './hints.ts'
import {inert, pastable, printable} from './printable.ts'
import {rowsOf} from './rows.ts'
import type {ReportRow} from './rows.ts'
import {summary} from './summary.ts'

/**
 * For people: vfile-reporter's report, on fewer lines.
 *
 * What a unit lacks at one place is one message with lists below it, by what would add it. Each
 * file is headed by `file:line:column` of its first message, which terminals open at a click. Clean
 * files are counted only.
 */
export const stylish: Formatter = async (entries, context) => {
  const {color, columns = 100, fixing = false, quiet, links} = context
  const paint = painter(color)
  const shown = entries.map((entry) => ({entry, rows: rowsOf(entry, context, paint)}))
  const blocks = shown.filter(({rows}) => rows.length > 0)
  const silent = shown.flatMap(({entry, rows}) => (rows.length > 0 || quiet ? [] : [entry]))
  const hints = hintLines(silent, fixing, paint)
  const told = quiet ? entries.map((entry) => ({...entry, applied: []})) : entries
  const closing = summary(told, quiet ? {...context, run: undefined} : context, paint)
  if (blocks.length === 0)
    return inert([hints.join('\n'), closing].filter((part) => part !== '').join('\n\n'))
  const [{reporter}, {layout}] = await Promise.all([
    import('vfile-reporter'),
    import('./layout.ts'),
  ])
  const lay = layout(
    blocks.flatMap(({rows}) => rows),
    Math.max(columns, 40),
    paint,
  )
  const files = blocks.map(({entry, rows}) => {
    const file = new VFile({path: heading(entry, rows)})
    for (const [index, row] of rows.entries()) {
      const message = file.message(lay(row), {
        place: row.place,
        ruleId: row.ruleId === undefined ? undefined : linked(row.ruleId, links),
      })
      message.fatal = fatalOf[row.severity]
      if (row.stack !== undefined) message.cause = Object.assign(new Error(), {stack: row.stack})
      // It sorts by line, what has none first, but shows `place`: so they stay in our order.
      message.line = index + 1
    }
    return file
  })
  const report = reporter(files, {color})
  // Its last line counts what is shown: not the messages, of which many may be in one row.
  const isCounted = blocks.some(({rows}) => rows.some(({severity}) => severity !== 'info'))
  const body = isCounted ? report.slice(0, report.lastIndexOf('\n\n')) : report
  return inert([body, hints.join('\n'), closing].filter((part) => part !== '').join('\n\n'))
}

/**
 * What is told of files of which there is nothing else to say; why units stay as bare as they are of
 * a few alone.
 */
function hintLines(entries: readonly LintResult[], fixing: boolean, paint: Paint): string[] {
  const all = entries.map((entry) => ({entry, held: heldBack(entry, paint)}))
  const many = all.filter(({held}) => held !== undefined).length
  const isFolded = many > mostHeld
  const lines = all.flatMap(({entry, held}) => {
    const {hint = isFolded ? undefined : held} = withHints(entry, {fixing}, paint)
    const told = [
      ...(hint === undefined ? [] : [hint]),
      ...(entry.choice ? [printable(choiceWords(entry.choice))] : []),
    ]
    return told.length === 0 ? [] : [`${printable(pastable(entry.path))}: ${told.join('; ')}`]
  })
  return isFolded
    ? [
        ...lines,
        `${many} units more are UNSAFE, with nothing that is safe to add: name one to see why`,
      ]
    : lines
}

/** Of more nobody reads each. */
const mostHeld = 5

/** What vfile-reporter reads the level from. */
const fatalOf: Readonly<Record<ReportRow['severity'], VFileMessage['fatal']>> = {
  error: true,
  warning: false,
  info: undefined,
}

function heading({path}: LintResult, rows: readonly ReportRow[]): string {
  const start = rows.find(({place}) => place !== undefined)?.place?.start
  return printable(pastable(path)) + (start ? `:${start.line}:${start.column}` : '')
}

/** A rule that leads to its page at a click (OSC 8). */
function linked(ruleId: string, links: ReportContext['links']): string {
  const url = links?.(ruleId)
  return url === undefined ? ruleId : `\u001B]8;;${url}\u0007${ruleId}\u001B]8;;\u0007`
}
