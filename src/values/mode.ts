import {lineFault, type Validator} from './fault.ts'
import {parseUnsigned} from './integers.ts'
import {plainly} from './meant.ts'
import {quote} from './quote.ts'

/**
 * Modes of files and masks, in octal digits: `UMask=`, `SocketMode=` (systemd.exec(5),
 * systemd.socket(5)).
 */
export const mode: Validator = function* (value, context) {
  if (parseMode(value, context.version) !== undefined) return
  const meant = plainly(
    value,
    mode,
    context,
    (bare) => /^(?:0?o|0O|\\)([0-7]{3,4})$/.exec(bare)?.[1],
  )
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected octal digits up to \`7777\` such as \`0644\``,
    meant,
  )
}

/**
 * A file mode or mask in octal digits, at most 7777; undefined for anything else, the empty value
 * included.
 */
export function parseMode(value: string, version: number): number | undefined {
  const number = parseUnsigned(value, 32, version, {base: 8, refusesSign: true})
  return number !== undefined && number <= 0o7777n ? Number(number) : undefined
}
