import type {Complaint} from '../unit/read/complaint.ts'
import {parseUnitName} from '../values/unit-names.ts'
import {rewrite} from './change.ts'
import type {FaultyLine} from './faulty-line.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'
import {takenIn} from './taken-in.ts'
import type {Unit} from './unit.ts'
import {isValid} from './validity.ts'

/** Why a whole value is not taken, whatever words of it systemd complains of. */
export interface Misread {
  readonly words: string
  readonly because: string
  readonly fix?: Fix | undefined
}

/** The reason why systemd takes a whole value for another than was meant, where there is one. */
export function misread(unit: Unit, line: FaultyLine): Misread | undefined {
  return continued(line, unit) ?? asQuoted(line, unit)
}

/** The reason where a unit that is no template has no instance. */
export function emptyInstance(
  unit: Unit,
  {file, span}: Complaint,
): Pick<Misread, 'because' | 'fix'> | undefined {
  const [specifier] =
    /%[iI]/.exec(file.tree.text.slice(span.start, Math.min(span.end, span.start + longest))) ?? []
  if (specifier === undefined || unit.names.some((name) => name.includes('@'))) return undefined
  const {prefix, suffix} = parseUnitName(unit.name)
  return {
    because: `\`${specifier}\` is empty in a unit that is no template such as \`${prefix}@.${suffix}\``,
  }
}

/** The reason where a `\\` at the end of a line makes the next one a part of it. */
function continued(line: FaultyLine, unit: Unit): Misread | undefined {
  const [first] = takenIn(unit, line)
  return (
    first && {
      words: `Unexpected \`${first.word}\``,
      because: 'which goes on in the next line behind a `\\` at its end',
    }
  )
}

/** Nobody reads on in longer values. */
const longest = 4096

/**
 * The reason where quotes stand around a value, as people write in other languages or as text
 * editors make them, and systemd takes what is within.
 */
function asQuoted(line: FaultyLine, unit: Unit): Misread | undefined {
  const {section, key, value, directive, faults} = line
  const {pieces} = directive
  const isTypographic = /[\u201C-\u201F\u2018\u2019\u00AB\u00BB]/.test(value)
  if (pieces || (!isTypographic && (faults.length < 2 || !/^(["']).*\1$/.test(value))))
    return undefined
  const plain = isTypographic
    ? value.replaceAll(/[\u201C-\u201F\u2018\u2019\u00AB\u00BB]/g, '')
    : value.slice(1, -1)
  if (!isValid(unit, section, key, plain)) return undefined
  const kind = isTypographic ? 'typographic quotes' : 'quotes around the value'
  return {
    words: `Unexpected ${kind}`,
    because: 'systemd takes them for a part of it',
    fix: fixBy(
      // There they may stand around words, too.
      key.startsWith('Exec') ? 'suggestion' : 'unsafe',
      rewrite(line, plain),
      'Remove the quotes',
    ),
  }
}
