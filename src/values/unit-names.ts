/** A unit's name without its type: what stands before the last dot. */
export function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}

/** The parts of `PREFIX@INSTANCE.SUFFIX`. */
export interface UnitName {
  readonly prefix: string
  /** Empty for a template; undefined for a plain unit. */
  readonly instance: string | undefined
  /** Without its dot. */
  readonly suffix: string
}

/** Split a unit's name; the first `@` and the last dot separate (systemd.unit(5)). */
export function parseUnitName(name: string): UnitName {
  const dot = name.lastIndexOf('.')
  const stem = dot === -1 ? name : name.slice(0, dot)
  const at = stem.indexOf('@')
  return {
    prefix: at === -1 ? stem : stem.slice(0, at),
    instance: at === -1 ? undefined : stem.slice(at + 1),
    suffix: dot === -1 ? '' : name.slice(dot + 1),
  }
}

/** The instance of a template that has a name; undefined for a name of no template. */
export function instanceOf(template: string, instance: string): string | undefined {
  const {prefix, instance: own, suffix} = parseUnitName(template)
  return own === '' ? `${prefix}@${instance}.${suffix}` : undefined
}

/** Undo the escaping of a name or a part of it: `-` is a slash, `\xHH` a byte. */
export function unescapeUnitName(text: string): string {
  return text.replaceAll('-', '/').replaceAll(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) => {
    const byte = Number.parseInt(digits, 16)
    return String.fromCharCode(byte > 0x7f ? 0xdc00 + byte : byte)
  })
}
