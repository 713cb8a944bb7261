import path from 'node:path'
import {sealedReport, startReport} from '../../reporters/index.ts'
import type {Report, ReportContext, Seal} from '../../reporters/index.ts'
import {usesColor, write} from '../io.ts'
import type {Io, Output} from '../io.ts'
import {writeReport} from '../write-report.ts'
import type {LintArguments} from './lint-arguments.ts'
import {ruleLinks} from './rule-links.ts'

/** The reports of a run. */
export interface Reports extends Pick<Report, 'add'> {
  /** Write what is told already. */
  readonly tell: () => Promise<void>
  /**
   * Write all of them, or what is left. Rejects with a usage error for a file that cannot be
   * written.
   */
  readonly end: () => Promise<void>
}

/** What a report depends on that is of the place where it goes. */
export type Display = Pick<ReportContext, 'color' | 'columns' | 'links'>

/** How reports are made. */
interface Making {
  readonly contextOf: (place: Display) => ReportContext
  /** What is added to the report on a shard; absent: all is linted. */
  readonly sealOf?: ((format: string, context: ReportContext) => Seal) | undefined
}

/** Begin the reports that are wanted: one may go to `output`, all others go to their files. */
export async function startReports(
  {reports, color}: LintArguments,
  output: Output,
  {contextOf, sealOf}: Making,
  {cwd, env}: Pick<Io, 'cwd' | 'env'>,
): Promise<Reports> {
  const started: Array<{readonly file: string | undefined; readonly report: Report}> = []
  for (const {format, file} of reports) {
    const context = contextOf(
      file === undefined ? place(output, env, color) : {color: color ?? false},
    )
    started.push({
      file,
      report: await (sealOf
        ? sealedReport(format, context, sealOf(format, context))
        : startReport(format, context)),
    })
  }
  const told = started.find(({file}) => file === undefined)?.report
  let isBegun = false
  return {
    add(file, isFinal) {
      for (const {report} of started) report.add(file, isFinal)
    },
    async tell() {
      const part = told?.take() ?? ''
      isBegun ||= part !== ''
      await write(output, part)
    },
    async end() {
      for (const {file, report} of started) {
        const text = await report.text()
        if (file !== undefined) await writeReport(path.resolve(cwd, file), text)
        else if (text !== '' || isBegun) await write(output, `${text}\n`)
      }
    },
  }
}

function place(output: Output, env: Io['env'], option: boolean | undefined): Display {
  const color = usesColor(output, env, option)
  return {color, columns: output.columns, links: ruleLinks(output, env, color)}
}
