/** A directive as systemd's own table has it. */
export interface Item {
  readonly section: string
  readonly key: string
  readonly parser: string
  /**
   * What is said of a directive without effect: why it has none; means other things to other
   * parsers.
   */
  readonly kind: string
}

/** A shared library for x86-64, as far as its pointers and texts go. */
export interface Library {
  /**
   * Where each pointer leads: to an address, or to a symbol of some library; by the place of the
   * pointer.
   */
  readonly pointers: ReadonlyMap<number, number | string>
  /** The text that starts at an address; undefined outside of the constants. */
  textAt(address: number): string | undefined
  /** The 32-bit number at an address in the file. */
  numberAt(address: number): number
  /** Everything that stands between two zeros in the constants. */
  readonly texts: readonly string[]
}

/**
 * Read a shared library: little-endian 64-bit ELF with `.rela.dyn`, which is all that is needed
 * here (elf(5)).
 *
 * Throws for any other file.
 */
export function readLibrary(bytes: Buffer): Library {
  if (bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01')
    throw new Error('Expected a 64-bit little-endian ELF file')
  const sections = sectionsOf(bytes)
  const symbols = symbolsOf(bytes, sections)
  const constants = sectionNamed(sections, '.rodata')
  const end = constants.address + constants.size
  const toOffset = (address: number): number => {
    const section = sections.find(
      ({address: from, size, holdsBytes}) =>
        holdsBytes && from > 0 && address >= from && address < from + size,
    )
    if (!section) throw new Error(`Expected something at ${address.toString(16)}`)
    return address - section.address + section.offset
  }
  return {
    pointers: pointersOf(bytes, sectionNamed(sections, '.rela.dyn'), symbols),
    textAt: (address) =>
      address >= constants.address && address < end
        ? textFrom(bytes, toOffset(address))
        : undefined,
    numberAt: (address) => bytes.readInt32LE(toOffset(address)),
    texts: bytes
      .toString('latin1', constants.offset, constants.offset + constants.size)
      .split('\0'),
  }
}

/**
 * The table of directives in systemd's core library: what `--dump-configuration-items` prints, with
 * the parsers, and with the directives that are without effect.
 *
 * An entry is a pointer to `Section.Key`, one to the parser, and two numbers (`ConfigPerfItem` of
 * systemd's conf-parser).
 */
export function directiveTable({pointers, textAt, numberAt}: Library): Item[] {
  const items: Item[] = []
  for (const [place, target] of pointers) {
    const name = typeof target === 'number' ? textAt(target) : undefined
    const [, section, key] = /^([A-Z]\w*)\.([A-Z]\w*)$/.exec(name ?? '') ?? []
    if (section === undefined || key === undefined) continue
    const parser = pointers.get(place + 8) ?? 'NULL'
    if (typeof parser === 'string')
      items.push({section, key, parser, kind: kinds[numberAt(place + 16)] ?? 'unknown'})
  }
  return items
}

/** Why `config_parse_warn_compat` ignores a directive, in the order of systemd's enumeration. */
const kinds = ['DISABLED_CONFIGURATION', 'DISABLED_LEGACY', 'DISABLED_EXPERIMENTAL']

/**
 * All that could be a word of some directive: texts in the constants, and those that start inside
 * of another.
 */
export function wordsIn({pointers, textAt, texts}: Library): string[] {
  const pointed = [...pointers.values()].flatMap((target) =>
    typeof target === 'number' ? (textAt(target) ?? []) : [],
  )
  return [...new Set([...texts, ...pointed])].filter((text) =>
    /^[A-Za-z0-9@][A-Za-z0-9@:+._-]{0,40}$/.test(text),
  )
}

interface ElfSection {
  readonly name: string
  readonly address: number
  readonly offset: number
  readonly size: number
  readonly holdsBytes: boolean
}

function sectionsOf(bytes: Buffer): ElfSection[] {
  const [start, count, names] = [
    wide(bytes, 0x28),
    bytes.readUInt16LE(0x3c),
    bytes.readUInt16LE(0x3e),
  ]
  const nameOffset = wide(bytes, start + names * 64 + 24)
  return Array.from({length: count}, (_, index) => {
    const at = start + index * 64
    return {
      name: textFrom(bytes, nameOffset + bytes.readUInt32LE(at)),
      address: wide(bytes, at + 16),
      offset: wide(bytes, at + 24),
      size: wide(bytes, at + 32),
      // `.bss` has a size and no bytes.
      holdsBytes: bytes.readUInt32LE(at + 4) !== 8,
    }
  })
}

function sectionNamed(sections: readonly ElfSection[], name: string): ElfSection {
  const section = sections.find((one) => one.name === name)
  if (!section) throw new Error(`Expected a section ${name} in the library`)
  return section
}

function symbolsOf(bytes: Buffer, sections: readonly ElfSection[]): string[] {
  const [symbols, texts] = [sectionNamed(sections, '.dynsym'), sectionNamed(sections, '.dynstr')]
  return Array.from({length: symbols.size / 24}, (_, index) =>
    textFrom(bytes, texts.offset + bytes.readUInt32LE(symbols.offset + index * 24)),
  )
}

function pointersOf(
  bytes: Buffer,
  {offset, size}: ElfSection,
  symbols: readonly string[],
): Map<number, number | string> {
  const pointers = new Map<number, number | string>()
  for (let at = offset; at < offset + size; at += 24) {
    const place = wide(bytes, at)
    const type = bytes.readUInt32LE(at + 8)
    // R_X86_64_64 and R_X86_64_RELATIVE.
    if (type === 1) pointers.set(place, symbols[bytes.readUInt32LE(at + 12)] ?? '')
    else if (type === 8) pointers.set(place, wide(bytes, at + 16))
  }
  return pointers
}

function textFrom(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset, bytes.indexOf(0, offset))
}

function wide(bytes: Buffer, offset: number): number {
  return Number(bytes.readBigUInt64LE(offset))
}
