const integer = /^([+-]?)(?:0[xX]([0-9a-fA-F]{1,16})|0[oO]?([0-7]{1,22})|0[bB]([01]{1,64})|(0|[1-9][0-9]{0,19}))$/

/** A number as C writes it, with optional sign and `0x`, `0`, `0o` or `0b`; undefined for anything else. */
export function parseInteger(text: string): number | undefined {
  const match = integer.exec(text)
  if (!match) return undefined
  const [, sign, hexadecimal, octal, binary, decimal] = match
  const size =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : binary !== undefined
          ? Number.parseInt(binary, 2)
          : Number(decimal)
  return sign === '-' && size > 0 ? -size : size
}
