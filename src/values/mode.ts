/** A file mode or mask in octal digits, at most 7777; undefined for anything else, the empty value included. */
export function parseMode(value: string): number | undefined {
  if (!/^[0-7]+$/.test(value)) return undefined
  const mode = Number.parseInt(value, 8)
  return mode <= 0o7777 ? mode : undefined
}
