const words: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'yes', 'y', 'true', 't', 'on'].map((word) => [word, true] as const),
  ...['0', 'no', 'n', 'false', 'f', 'off'].map((word) => [word, false] as const),
])

/**
 * The boolean that a value spells, in any case; undefined for anything else, the empty value
 * included (systemd.syntax(7)).
 */
export function parseBoolean(value: string): boolean | undefined {
  return value.length > 5 ? undefined : words.get(value.toLowerCase())
}
