import type {VFile} from 'vfile'
import {failure} from '../engine/judge.ts'
import {sayFault} from '../engine/unified/say.ts'
import {lintResult} from './lint-result.ts'
import type {LintResult} from './lint-result.ts'
import type {EachFormatter, Formatter, ReportContext} from './formatter.ts'

export type {ReportContext} from './formatter.ts'

const formatters = new Map<string, () => Promise<Formatter | EachFormatter>>([
  ['stylish', async () => (await import('./stylish.ts')).stylish],
  ['compact', async () => (await import('./compact.ts')).compact],
  ['json', async () => (await import('./json.ts')).json],
  ['github', async () => (await import('./github.ts')).github],
  ['sarif', async () => (await import('./sarif.ts')).sarif],
  ['gitlab', async () => (await import('./gitlab.ts')).gitlab()],
  ['junit', async () => (await import('./junit.ts')).junit()],
  ['checkstyle', async () => (await import('./checkstyle.ts')).checkstyle()],
  ['rdjson', async () => (await import('./rdjson.ts')).rdjson()],
  ['markdown', async () => (await import('./markdown-report.ts')).markdown],
  ['html', async () => (await import('./html-report.ts')).html],
])

/** The names of the formats, the default first. */
export const formats: readonly string[] = [...formatters.keys()]

/**
 * How often each rule found something, in the place of what: by format, the format of the figures.
 */
export const countedFormats: ReadonlyMap<string, string> = new Map([
  ['stylish', 'statistics'],
  ['json', 'statistics-json'],
])

const counting = new Map<string, () => Promise<Formatter>>([
  ['statistics', async () => (await import('./statistics.ts')).statistics],
  ['statistics-json', async () => (await import('./statistics.ts')).statisticsJson],
])

/** A report in the making. */
export interface Report {
  /** Add what is to be said of a file, in order; what will not change any more need not be kept. */
  add(file: VFile, isFinal: boolean): void
  /**
   * What can be written already, where that is much: nothing that was added before it will change.
   */
  take(): string
  /** All of it, or the rest, without a line end at its end; empty when there is nothing to say. */
  text(): Promise<string>
}

/**
 * Begin a report on linted files. Rejects with a RangeError for a format that is none of `formats`.
 *
 * A file that cannot be reported costs the others nothing: that is said of it in place of the rest.
 */
export async function startReport(format: string, context: ReportContext): Promise<Report> {
  const formatter = await formatterOf(format)
  if (typeof formatter === 'function')
    return wholeReport(async (files) =>
      formatter(
        files.map((file) => lintResult(file, context.quiet)),
        context,
      ),
    )
  const said = (file: VFile): string =>
    sayable(file, () => formatter.each(lintResult(file, context.quiet), context))
  const [start, between, end] = formatter.frame
  let waiting: Array<string | VFile> = []
  let [length, head] = [0, start]
  const written = (parts: readonly string[]): string => {
    const its = parts.filter((part) => part !== '')
    if (its.length === 0) return ''
    const text = head + its.join(between)
    head = between
    return text
  }
  return {
    add(file, isFinal) {
      const part = isFinal ? said(file) : file
      if (typeof part === 'string') length += part.length
      waiting.push(part)
    },
    take() {
      if (length < much) return ''
      const open = waiting.findIndex((part) => typeof part !== 'string')
      const done = open === -1 ? waiting : waiting.slice(0, open)
      waiting = open === -1 ? [] : waiting.slice(open)
      length = 0
      return written(done.filter((part) => typeof part === 'string'))
    },
    text: async () =>
      (written(waiting.map((part) => (typeof part === 'string' ? part : said(part)))) ||
        (head === start ? start : '')) + end,
  }
}

/** So many characters are worth a write of their own. */
const much = 65_536

/** A report whose format tells of all files at once. */
function wholeReport(written: (files: readonly VFile[]) => Promise<string>): Report {
  const files: VFile[] = []
  return {
    add: (file) => files.push(file),
    take: () => '',
    async text() {
      try {
        return await written(files)
      } catch {
        for (const file of files) {
          try {
            await written([file])
          } catch (cause) {
            fail(file, cause)
          }
        }
        return written(files)
      }
    },
  }
}

function sayable(file: VFile, say: () => string): string {
  try {
    return say()
  } catch (cause) {
    fail(file, cause)
    return say()
  }
}

function fail(file: VFile, cause: unknown): void {
  file.messages = []
  sayFault(file, failure(cause))
}

/** The report on what was found elsewhere already; see `startReport`. */
export async function reportOn(
  format: string,
  entries: readonly LintResult[],
  context: ReportContext,
): Promise<string> {
  const formatter = await formatterOf(format)
  if (typeof formatter === 'function') return formatter(entries, context)
  const [start, between, end] = formatter.frame
  const parts = entries.map((one) => formatter.each(one, context)).filter((part) => part !== '')
  return start + parts.join(between) + end
}

async function formatterOf(format: string): Promise<Formatter | EachFormatter> {
  const load = formatters.get(format) ?? counting.get(format)
  if (!load)
    throw new RangeError(
      `Unexpected format \`${format}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}`,
    )
  return load()
}

/** Adds to a report what is to be put together with that of others. */
export type Seal = (text: string, entries: readonly LintResult[]) => string

/**
 * What a shard of a run reports: the report on its files, with what is to be put together with that
 * of other shards.
 */
export function sealedReport(format: string, context: ReportContext, seal: Seal): Report {
  const files: VFile[] = []
  return {
    add: (file) => files.push(file),
    take: () => '',
    async text() {
      const text = await report(format, files, context)
      return seal(
        text,
        files.map((file) => lintResult(file, context.quiet)),
      )
    },
  }
}

/** The whole report on linted files, in the order given; see `startReport`. */
export async function report(
  format: string,
  files: readonly VFile[],
  context: ReportContext,
): Promise<string> {
  const started = await startReport(format, context)
  for (const file of files) started.add(file, true)
  return started.text()
}
