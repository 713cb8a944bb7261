import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import type {Arguments} from '../grammar.ts'
import {countedFormats, formats} from '../../reporters/index.ts'
import {text} from './lint-options.ts'

/** A report, and the file that it goes to. */
export interface ReportWanted {
  readonly format: string
  readonly file: string | undefined
}

/**
 * The reports that are wanted: `-f NAME`, and `-f NAME:FILE` for each that goes to a file of its
 * own.
 */
export function reportsOf(given: Arguments): readonly ReportWanted[] {
  const output = text(given, 'output-file')
  const isCounted = given.on('statistics') ?? false
  const all = given.values('format').map((value): ReportWanted => {
    const [name = '', ...rest] = String(value).split(':')
    if (rest.length > 0 && rest.join(':') === '')
      throw usageError('--format', `Expected a file after \`${name}:\``)
    return {
      format: formatNamed(name, isCounted),
      file: rest.length > 0 ? rest.join(':') : undefined,
    }
  })
  const apart = all.filter(({file}) => file !== undefined)
  const last = all.findLast(({file}) => file === undefined)
  const one =
    last ??
    (apart.length === 0 || output !== undefined
      ? {format: formatNamed(formats[0] ?? '', isCounted), file: undefined}
      : undefined)
  const wanted = [...(one ? [{...one, file: output}] : []), ...apart]
  const twice = wanted.find(
    ({file}, index) =>
      file !== undefined && wanted.findIndex((other) => other.file === file) !== index,
  )
  if (twice) throw usageError('--format', `Unexpected \`${twice.file}\` for two reports`)
  return wanted
}

/** The format of that name, or of its figures. */
function formatNamed(name: string, isCounted: boolean): string {
  if (!formats.includes(name)) throw usageError('--format', unexpected('format', name, formats))
  if (!isCounted) return name
  if (!countedFormats.has(name))
    throw usageError(
      '--statistics',
      `Unexpected format \`${name}\` with it, expected ${[...countedFormats.keys()].map((one) => `\`${one}\``).join(' or ')}`,
    )
  return countedFormats.get(name) ?? name
}
