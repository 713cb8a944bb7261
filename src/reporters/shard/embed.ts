import type {Buffer} from 'node:buffer'

/** The formats whose reports have a place for what a shard found. */
export const shardFormats: readonly string[] = ['json', 'sarif', 'junit', 'html']

/**
 * Put what a shard found into its report, where readers of the format pass over it. A report in a
 * format that has no place for it stays as it is.
 */
export function embed(format: string, text: string, packed: () => string): string {
  switch (format) {
    case 'json':
      return `${jsonStart}${packed()}",${text === '[]' ? noFile : text.slice(2)}`
    case 'sarif':
      return text.replace(
        /^(.*?"runs":\[\{)/s,
        (start) => `${start}"properties":{"shard":"${packed()}"},`,
      )
    case 'junit':
    case 'html':
      return `${text}\n${comment[0]}${packed()}${comment[1]}`
    default:
      return text
  }
}

/** Whether a report is one in JSON without a file, which says no more. */
export function isBare(report: Buffer): boolean {
  return /^\s*\[\s*\]\s*$/.test(report.toString('latin1', 0, 2000))
}

/**
 * What a shard found, of its report; undefined where there is nothing of the kind.
 *
 * It is looked for only where no unit that was linted can have put it.
 */
export function extract(report: Buffer): string | undefined {
  const start = report.subarray(0, 2000).toString('latin1')
  const key = start.startsWith(jsonStart)
    ? jsonStart
    : /^\{"\$schema":"[^"]*","version":"2\.1\.0","runs":\[\{"properties":\{"shard":"/.exec(
        start,
      )?.[0]
  if (key !== undefined) {
    const end = report.indexOf('"', key.length)
    return report.toString('latin1', key.length, end === -1 ? undefined : end)
  }
  if (/^\s*[[{]/.test(start)) return fromJson(report)
  const at = report.lastIndexOf(comment[0])
  const end =
    at === -1
      ? undefined
      : /^([\w+/=]+) -->\s*$/.exec(report.toString('latin1', at + comment[0].length))
  return end?.[1]
}

/** In the place of a first file, where a shard has none to tell of. */
const noFile =
  '"filePath":"","messages":[],"errorCount":0,"warningCount":0,"fixableErrorCount":0,"fixableWarningCount":0}]'

const jsonStart = '[{"shard":"'
const comment = ['<!-- unitlint-shard ', ' -->'] as const

/** Of a report that something else has written anew. */
function fromJson(report: Buffer): string | undefined {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null
  try {
    const value: unknown = JSON.parse(report.toString())
    const runs =
      isObject(value) && Array.isArray(value['runs']) ? (value['runs'] as readonly unknown[]) : []
    const [run] = runs
    const [first] = Array.isArray(value)
      ? (value as readonly unknown[])
      : [isObject(run) ? run['properties'] : undefined]
    const packed = isObject(first) ? first['shard'] : undefined
    return typeof packed === 'string' ? packed : undefined
  } catch {
    return undefined
  }
}
