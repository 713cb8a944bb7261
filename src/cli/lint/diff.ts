import {styleText} from 'node:util'
import path from 'node:path'
import {createTwoFilesPatch, FILE_HEADERS_ONLY} from 'diff'
import {printable} from '../../reporters/printable.ts'

/** What a unified diff is for. */
export interface DiffContext {
  readonly cwd: string
  /**
   * For people: control characters are escaped. Else the bytes are those of the files, fit for
   * `patch -p1`.
   */
  readonly isTerminal: boolean
  readonly color: boolean
}

/**
 * The change of a file, of a new one where there is no text before, as a unified diff (diff(1)).
 */
export function unifiedDiff(
  file: string,
  before: string | undefined,
  after: string,
  {cwd, isTerminal, color}: DiffContext,
): string {
  const name = nameOf(file, cwd)
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a${name}`,
    `b${name}`,
    before ?? '',
    after,
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    },
  )
  if (!isTerminal && !color) return patch
  const lines = patch.split('\n').map((line) => (isTerminal ? escape(line) : line))
  return lines.map((line) => (color ? painted(line) : line)).join('\n')
}

function nameOf(file: string, cwd: string): string {
  const absolute = path.resolve(cwd, file)
  const relative = path.relative(cwd, absolute)
  return relative.startsWith('..') || path.isAbsolute(relative) ? absolute : `/${relative}`
}

/** Tabs stay, and the carriage return of a line end. */
function escape(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text
    .split('\t')
    .map((part) => printable(part))
    .join('\t')
}

function painted(line: string): string {
  const format =
    line.startsWith('+++') || line.startsWith('---')
      ? 'bold'
      : line.startsWith('+')
        ? 'green'
        : line.startsWith('-')
          ? 'red'
          : line.startsWith('@@')
            ? 'cyan'
            : undefined
  return format === undefined ? line : styleText(format, line, {validateStream: false})
}
